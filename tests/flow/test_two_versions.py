"""One message brings two versions of one return."""

from __future__ import annotations

from pathlib import Path

from tests import builders as build
from tests.builders_raw import attached, mixed
from tests.flow.arriving import AT, arriving

ROWS = build.STORIES["GP"]
LONG, SHORT = build.make_chronology(ROWS), build.make_chronology(ROWS[:-1])
WORDS = "Dear Administrator,\r\nour chronology.\r\nAuthor One\r\n"


def test_author_and_administrator_are_asked_which_is_meant(tmp_path: Path) -> None:
    came = arriving(tmp_path, mixed(WORDS, attached("1.docx", LONG), attached("2.docx", SHORT)))
    assert [entry[:2] for entry in came.entries] == [("chronology", "refer")] * 2
    assert "action needed" in came.subject
    assert "Two different versions of the chronology came together." in came.text
    assert f"{len(ROWS)} and {len(ROWS) - 1} entries" in came.text
    assert "Reply and tell us which of them is meant to count." in came.text
    shown = came.board.run("referred", at=AT).out
    assert "Two different versions of the chronology came together." in shown


def test_the_same_document_twice_is_one(tmp_path: Path) -> None:
    came = arriving(tmp_path, mixed(WORDS, attached("1.docx", LONG), attached("2.docx", LONG)))
    assert [entry[:2] for entry in came.entries] == [("chronology", "accept")]


def test_a_zip_with_two_versions_is_asked_about_too(tmp_path: Path) -> None:
    packed = build.zipped([("a.docx", LONG), ("b.docx", SHORT)])
    came = arriving(tmp_path, mixed(WORDS, attached("all.zip", packed)))
    assert [entry[:2] for entry in came.entries] == [("chronology", "refer")] * 2
