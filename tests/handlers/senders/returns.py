"""Returns that the tests of this folder send: right ones, a broken one, one without a title."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from docx import Document

from tests import builders as build
from tests.board import CASE
from tests.processors import AUTHOR, SERVICE


def retitled(docx: bytes, title: str = "Internal Chronology") -> bytes:
    """With another first line."""
    found = Document(BytesIO(docx))
    first = next(p for p in found.paragraphs if p.text.strip())
    first.text = title
    kept = BytesIO()
    found.save(kept)
    return kept.getvalue()


GP = build.make_chronology(build.STORIES["GP"])
UNTITLED = retitled(GP)
BROKEN = build.with_cell(GP, 5, "Date", "2009")
QA = build.make_qa_form(dated=date(2010, 3, 30))
DAY = date(2010, 4, 1)
TWO_ROLES = CASE.replace("commissioner@meadowlane.example", AUTHOR, 1)
CHECK = SERVICE.replace("@", "+check@")
