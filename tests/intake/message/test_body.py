"""The text of a mail."""

from __future__ import annotations

import pytest

from intake.message.body import html_to_text, shown_content_ids


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>For <b>N12</b></p><p>Ann</p>", "For N12 \nAnn"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<!-- N99 -->N12", "N12"),
        ("<STYLE>p{N99}</STYLE>N12<script>N99</script>", "N12"),
        ("<style>N99", ""),
        ("N12 &lt;ann&gt; &pound;&#8217;", "N12 <ann> \u00a3\u2019"),
        ("a < b and N12", "a < b and N12"),
        ("\u0130<style>N99</style>N12", "\u0130 N12"),
    ],
)
def test_html_becomes_the_words_a_person_sees(markup, text):
    assert html_to_text(markup).replace(" ", "") == text.replace(" ", "")


def test_pictures_are_named_by_content_id():
    assert shown_content_ids(["<img src='cid:a@b'> <img src=\"CID:c\">", "cid:d)"]) == {
        "a@b",
        "c",
        "d",
    }
