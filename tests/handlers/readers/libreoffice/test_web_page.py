"""A document saved as a web page is written anew; of any other page nothing goes to be converted
(failure mode 83)."""

from __future__ import annotations

import pytest

from handlers.readers.libreoffice.web_page import PLAIN_PAGE_MAGIC, plain_page
from tests.each_case import each_case

HEAD = "<head><meta http-equiv=Content-Type content='text/html; charset=utf-8'></head>"


def page(body: str, head: str = HEAD) -> bytes:
    return f"<html xmlns:w='urn:x'>{head}<body lang=EN-GB>{body}</body></html>".encode()


def made(body: str, head: str = HEAD) -> str:
    written = plain_page(page(body, head))
    assert written is not None
    assert written.startswith(PLAIN_PAGE_MAGIC)
    return written.partition(b"<body>")[2].removesuffix(b"</body></html>").decode()


def test_text_tables_lists_and_looks_are_kept_and_nothing_else_of_their_tags() -> None:
    said = made(
        "<div class=Section1><h2 id=x>Title</h2><ul type=disc><li>One &amp; two</ul>"
        "<table border=1 width=500><tr><td colspan=2 bgcolor=#ffff00 width=1>A<br>B</td></tr>"
        "</table>"
        "<p class=MsoNormal><span style='font-size:12pt;font-weight:bold;color:#444'>Bold</span>"
        "</p>"
    )
    assert said == (
        "<div><h2>Title</h2><ul><li>One &amp; two</ul>"
        '<table><tr><td colspan="2" bgcolor="#ffff00">A<br>B</td></tr></table>'
        '<p><span style="font-weight:bold;color:#444">Bold</span></p>'
    )


OF_WORD = (
    HEAD + "<link rel=File-List href='x_files/filelist.xml'><style><!-- @font-face "
    "{font-family:Wingdings; panose-1:5 0;} p.MsoNormal {margin:0cm; font-size:12.0pt;} "
    "v\\:* {behavior:url(#default#VML);} @list l0:level1 {font-family:Symbol;} --></style>"
)


def test_what_word_itself_writes_into_a_page_is_passed_over() -> None:
    bullet = (
        "<span style='font-family:Symbol'><span style='mso-list:Ignore'>\u00b7<span "
        "style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span></span>"
    )
    said = made(f"<p><![if !supportLists]>{bullet}<![endif]>Text<o:p></o:p></p>", OF_WORD)
    assert said.replace("<span>", "").replace("</span>", "").replace("\u00a0 ", "") == "<p>Text</p>"


REFUSED = {
    "a script": "<script>x()</script>",
    "something that happens": "<p onclick='x()'>Text</p>",
    "a form": "<form action='https://x.example'><input type=text></form>",
    "a box to tick": "<p><input type=checkbox checked>Yes</p>",
    "a picture": "<p><img src='signature.png'></p>",
    "a picture from elsewhere": "<p><img src='https://x.example/a.png'></p>",
    "a frame": "<iframe src='https://x.example'></iframe>",
    "an object": "<object data='a.exe'></object>",
    "an embedded file": "<embed src='a.swf'>",
    "a link": "<p><a href='https://x.example'>Text</a></p>",
    "a script as a link": "<p><a href='javascript:x()'>Text</a></p>",
    "a base": "<base href='https://x.example/'>",
    "a picture behind": "<p style='background:url(https://x.example/a.png)'>Text</p>",
    "another background": "<table background='https://x.example/a.png'></table>",
    "a drawing": "<!--[if gte vml 1]><v:shape/><![endif]-->",
    "hidden text": "<p style='display:none'>Text</p>",
    "text hidden by Word": "<p><span style='mso-hide:all'>Text</span></p>",
    "text hidden by an attribute": "<p hidden>Text</p>",
    "text too small to see": "<p style='font-size:1px'>Text</p>",
    "white text": "<p style='color:white'>Text</p>",
    "white text in a font": "<p><font color=#FFFFFF>Text</font></p>",
    "text beside the page": "<p style='position:absolute;left:-9999px'>Text</p>",
    "text in no room": "<div style='overflow:hidden;height:0'>Text</div>",
    "a change": "<p>It is <del>not</del> so.</p>",
    "another change": "<p>It is <ins>not</ins> so.</p>",
    "a comment": "<div style='mso-element:comment-list'>Text</div>",
    "a tick": "<p><span style='font-family:Wingdings'>\u00fe</span></p>",
    "a formula": "<math><mi>x</mi></math>",
    "a tag that nobody knows": "<p><x-text>Text</x-text></p>",
    "an instruction": "<?php x() ?>",
}
REFUSED_HEADS = {
    "a refreshing page": "<meta http-equiv=refresh content='0; url=https://x.example'>",
    "a style from elsewhere": "<link rel=stylesheet href='https://x.example/a.css'>",
    "a file list from elsewhere": "<link rel=File-List href='https://x.example/filelist.xml'>",
    "an import": "<style>@import 'https://x.example/a.css';</style>",
    "a class that hides": "<style>.a {display: none}</style>",
    "a class that strikes through": "<style>.a {text-decoration:line-through}</style>",
    "a class that shades": "<style>td.a {background:yellow}</style>",
    "a class that says something": "<style>p:before {content: 'not'}</style>",
    "letters that nobody names": "<meta charset='koi8-r'>",
}


@each_case("what", REFUSED)
def test_a_page_with_anything_else_is_not_taken(what: str) -> None:
    assert plain_page(page(f"<p>Before</p>{REFUSED[what]}<p>After</p>")) is None


@pytest.mark.parametrize("what", REFUSED_HEADS)
def test_a_page_whose_head_does_more_is_not_taken(what: str) -> None:
    assert plain_page(page("<p>Text</p>", f"<head>{REFUSED_HEADS[what]}</head>")) is None


def test_a_page_that_is_too_big_too_deep_or_cut_short_is_not_taken() -> None:
    assert plain_page(page("x" * 4 * 1024 * 1024)) is None
    assert plain_page(page("<p>" * 300_001)) is None
    assert plain_page(page("<table><tr><td>" * 61)) is None
    assert plain_page(page("<span>" * 61)) is None
    assert plain_page(page("<p>Text</p>").removesuffix(b"</html>")) is None


def test_a_page_in_another_encoding_is_read_in_it() -> None:
    assert "agency\u2019s" in (plain_page(page("agency\u2019s")) or b"").decode()
    head = "<head><meta charset=windows-1252></head>"
    older = f"<html>{head}<body>agency\u2019s</body></html>".encode("cp1252")
    assert "agency\u2019s" in (plain_page(older) or b"").decode()
    assert (
        "agency\u2019s"
        in (plain_page(page("agency\u2019s").decode().encode("utf-16")) or b"").decode()
    )
    assert plain_page(page("agency").replace(b"agency", b"\xff\xfe")) is None
