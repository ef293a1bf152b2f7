"""Every statement, unmade in every way: told as a fault at that statement, and at no other.

The documents are written as Word writes them, their bullets as lines or as the rows of a table.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from docx import Document

from handlers.checks.form.judge import judge_form
from handlers.findings import Judgement
from handlers.readers.word.document import open_word
from tests.builders_office import all_through_libreoffice
from tests.handlers.checks.form.specimen import CONTEXT, STATEMENTS, kind, told
from tests.papers.paper import blank_word

NAMES = ("statement 1", "statement 2", "statement 3", "statement 4", "the declaration")
# A word of each statement to put "not" before, or a strike through.
TURNS = ("conforms", "follows", "has been", "has sound", "have approved")

Run = tuple[str, bool]  # the text, and whether it is struck out


def whole(text: str, turn: str) -> list[Run]:
    return [(text, False)]


def struck(text: str, turn: str) -> list[Run]:
    return [(text, True)]


def struck_in_part(text: str, turn: str) -> list[Run]:
    before, after = text.split(turn, 1)
    return [(before, False), (turn, True), (after, False)]


def negated(text: str, turn: str) -> list[Run]:
    before, after = text.split(turn, 1)
    return [(f"{before}{turn.split()[0]} not {' '.join(turn.split()[1:])}{after}", False)]


def except_for_some(text: str, turn: str) -> list[Run]:
    return [(f"{text.rstrip('.')}, except in section six", False)]


def said_no(text: str, turn: str) -> list[Run]:
    return [(f"{text} - No", False)]


UNMADE: dict[str, Callable[[str, str], list[Run]]] = {
    "struck out": struck,
    "struck out in part": struck_in_part,
    "negated": negated,
    "with an exception": except_for_some,
    "with No behind it": said_no,
}


def statement(spoilt: int | None = None, way: str = "", *, boxes: bool = False) -> bytes:
    """An evaluation statement with one of the five spoilt; "deleted" leaves it out and "ticked No"
    ticks the other column."""
    word = blank_word()
    word.add_heading("Evaluation Statement of behalf of agency", 1)
    table = word.add_table(1, 3) if boxes else None
    if table is not None:
        for cell, text in zip(table.rows[0].cells, ("Statement", "Yes", "No"), strict=True):
            cell.text = text
    for i, (text, turn) in enumerate(zip(STATEMENTS, TURNS, strict=True)):
        if i == spoilt and way == "deleted":
            continue
        if table is not None:
            row = table.add_row().cells
            line = row[0].paragraphs[0]
            row[2 if i == spoilt and way == "ticked No" else 1].text = "✓"
        else:
            line = word.add_paragraph(style="List Bullet")
        runs = UNMADE.get(way, whole)(text, turn) if i == spoilt else [(text, False)]
        for said, gone in runs:
            line.add_run(said).font.strike = gone or None
    for line_of in ("Signed: C One", "Date: 20 May 2010", "Name: C One", "Title: Chief Executive"):
        word.add_paragraph(line_of)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def judged(docx: bytes) -> Judgement:
    reading = open_word(docx)
    blocks = list(reading.iter_blocks())
    return judge_form(blocks, reading.traits, kind("evaluation_statement"), CONTEXT)


def missing(docx: bytes) -> list[str | None]:
    return [finding.where.section for finding in told(judged(docx), "statement-missing")]


@pytest.mark.parametrize("boxes", [False, True], ids=["bullets", "table"])
@pytest.mark.parametrize("way", ["deleted", *UNMADE])
@pytest.mark.parametrize("number", range(5))
def test_a_statement_that_is_unmade_is_the_fault_and_no_other_is(number, way, boxes):
    docx = statement(number, way, boxes=boxes)
    if way == "with No behind it" and boxes:  # beside a tick for yes: a person looks
        (finding,) = told(judged(docx), "statement-reworded")
        assert finding.where.section == NAMES[number]
    else:
        assert missing(docx) == [NAMES[number]]


@pytest.mark.parametrize("number", range(5))
def test_a_statement_ticked_no_is_not_made(number):
    assert missing(statement(number, "ticked No", boxes=True)) == [NAMES[number]]


@pytest.mark.parametrize("boxes", [False, True], ids=["bullets", "table"])
def test_statements_that_all_stand_are_no_finding(boxes):
    assert [f.rule for f in judged(statement(boxes=boxes)).findings] == ["signed-typed"]


def test_what_libreoffice_saves_of_it_says_the_same():
    ways = ("struck out in part", "negated", "with No behind it")
    saved = all_through_libreoffice([statement(2, way) for way in ways])
    assert dict(zip(ways, map(missing, saved), strict=True)) == {way: [NAMES[2]] for way in ways}


@pytest.mark.parametrize(
    "beside", [" (see section 8)", " ☑", " Yes", " Yes / No", ": confirmed", " – Y"]
)
def test_what_does_not_take_a_statement_back_leaves_it_standing(beside):
    word = Document(io.BytesIO(statement()))
    line = next(p for p in word.paragraphs if p.text == STATEMENTS[1])
    line.add_run(beside)
    out = io.BytesIO()
    word.save(out)
    assert missing(out.getvalue()) == []
