"""The annotated copy: the same document, with a comment at each fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from lxml import etree

from handlers.comments.copy import annotate_task
from handlers.comments.places import grid_cells_of_row, outline_document, visible_text
from handlers.comments.request import CommentNote, CommentRequest
from handlers.context import Context
from handlers.document import Row
from handlers.findings import FindingPlace
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from handlers.readers.word.document import open_word
from handlers.readers.word.styles import StyleSheet
from tests import builders as build
from tests.handlers.checks.report.conftest import PLAN_HEADINGS, PLAN_ROW
from tests.registry import KINDS

TO_MEND = build.with_cell(build.make_chronology(build.STORIES["GP"]), 14, "Date", "31/06/2007")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Comment:
    """A comment as Word would show it, and the text it is on."""

    words: tuple[str, ...]
    on: str


def request_for(docx: bytes) -> CommentRequest:
    """A comment for each fault, as the service asks."""
    said = judge_document(docx, JudgingRequest(Context(date(2010, 5, 28))), KINDS)
    return asked(
        *(
            CommentNote(finding.where, judgement.kind, (finding.message, finding.fix))
            for judgement in said
            for finding in judgement.findings
            if finding.severity == "fault"
        )
    )


def asked(*notes: CommentNote) -> CommentRequest:
    return CommentRequest(notes, "A Board", "AB", "2010-04-01T10:00:00Z")


def at(where: FindingPlace, kind: str | None = None) -> CommentRequest:
    return asked(CommentNote(where, kind, ("Message.", "Fix.")))


def copy_of(docx: bytes, request: CommentRequest | None = None) -> bytes:
    made, copies = annotate_task(docx, request or request_for(docx), KINDS)
    assert made
    (copy,) = copies
    return copy


def comments(docx: bytes) -> list[Comment]:
    """All of them, in the order of the comments part."""
    document: Any = Document(BytesIO(docx))
    root = etree.fromstring(build.parts(docx)["word/document.xml"])
    found = []
    for comment in document.comments:
        start = root.find(f".//{W}commentRangeStart[@{W}id='{comment.comment_id}']")
        assert start is not None
        paragraph = next(start.iterancestors(f"{W}p"))
        assert paragraph.find(f".//{W}commentReference[@{W}id='{comment.comment_id}']") is not None
        found.append(Comment(tuple(p.text for p in comment.paragraphs), visible_text(paragraph)))
    return found


# Where the comments are.


def test_a_comment_lies_in_the_very_cell_and_says_what_the_letter_says() -> None:
    (comment,) = comments(copy_of(TO_MEND))
    assert comment.on == "31/06/2007"
    assert comment.words[0] == "31/06/2007 is not a day in the calendar."
    assert comment.words[1].startswith("Enter the day it happened")


def test_a_blank_cell_can_be_commented_on() -> None:
    blank = build.with_cell(TO_MEND, 20, "Source of Information", "")
    assert [c.on for c in comments(copy_of(blank))] == ["31/06/2007", ""]


def test_comments_come_in_the_order_of_the_document() -> None:
    """Whatever order the findings came in: people read from the top."""
    notes = [
        CommentNote(FindingPlace(1, row, "Date"), "chronology", (f"{row}",))
        for row in (9, 2, 30, 4)
    ]
    found = comments(copy_of(TO_MEND, asked(*notes)))
    assert [c.words for c in found] == [("2",), ("4",), ("9",), ("30",)]


def test_a_column_is_found_in_a_table_that_goes_on_without_headings() -> None:
    split = build.split_in_two(TO_MEND, 10, headed=False)
    on = {c.on: c.words[0] for c in comments(copy_of(split))}
    assert on["31/06/2007"] == "31/06/2007 is not a day in the calendar."


def test_a_column_that_is_not_there_leaves_the_comment_in_its_row() -> None:
    (comment,) = comments(copy_of(TO_MEND, at(FindingPlace(1, 14, "No such column"))))
    assert comment.on == "31/06/2007"


def test_a_row_of_a_table_inside_another_is_commented_on_there() -> None:
    """A plan in a form of sections: its rows are counted in the plan."""
    plan = [PLAN_HEADINGS, PLAN_ROW, (*PLAN_ROW[:3], "", *PLAN_ROW[4:])]
    document: Any = Document()
    form = document.add_table(rows=4, cols=1)
    form.cell(1, 0).text = "Introduction"
    inner = form.cell(3, 0).add_table(rows=3, cols=6)
    for row, texts in zip(inner.rows, plan, strict=True):
        for cell, said in zip(row.cells, texts, strict=True):
            cell.text = said
    out = BytesIO()
    document.save(out)
    for row, on in ((2, "Practice manager"), (3, "")):
        where = FindingPlace(1, row, "By Whom", section="Action Plan")
        assert [c.on for c in comments(copy_of(out.getvalue(), at(where, "imr")))] == [on]


def test_a_row_or_table_that_is_not_there_leaves_it_as_near_as_can_be() -> None:
    for where in (FindingPlace(1, 9999, "Time"), FindingPlace(1, None, "Time")):
        assert [c.on for c in comments(copy_of(TO_MEND, at(where)))] == ["Time"]
    (comment,) = comments(copy_of(TO_MEND, at(FindingPlace(77, 3, "Time"))))
    assert comment.on == "Internal Chronology: Serious Case Review N12"


def test_an_empty_section_is_commented_on_at_its_heading() -> None:
    (comment,) = comments(copy_of(build.emptied_section(build.make_imr(), "Analysis")))
    assert "Analysis" in comment.on


def test_a_missing_section_is_commented_on_at_the_beginning() -> None:
    docx = build.without_section(build.make_imr(), "Background Information")
    first = visible_text(
        outline_document(
            etree.fromstring(build.parts(docx)["word/document.xml"]), StyleSheet()
        ).paragraphs[0]
    )
    missing = at(FindingPlace(section="Background Information"), "imr")
    assert [c.on for c in comments(copy_of(docx, missing))] == [first]


@pytest.mark.parametrize("number", [1, 5, 17])
def test_a_criterion_is_commented_on_at_its_wording(number: int) -> None:
    wording = next(
        criterion.text
        for criterion in KINDS["qa_form"].shape.criteria  # type: ignore[union-attr]
        if criterion.number == number
    )
    (comment,) = comments(
        copy_of(build.make_qa_form(), at(FindingPlace(criterion=number), "qa_form"))
    )
    assert wording[:30] in comment.on


def test_a_blank_of_a_form_is_commented_on_at_its_label() -> None:
    (comment,) = comments(
        copy_of(build.make_qa_form(), at(FindingPlace(section="Signed"), "qa_form"))
    )
    assert comment.on.startswith("Signed")


def test_a_statement_is_commented_on_at_its_own_words() -> None:
    shape: Any = KINDS["evaluation_statement"].shape
    name = shape.statement_names[0] if shape.statement_names else "statement 1"
    docx = build.make_statement()
    (comment,) = comments(copy_of(docx, at(FindingPlace(section=name), "evaluation_statement")))
    assert shape.statements[0][:25] in comment.on


def test_sentences_that_are_asked_about_carry_the_comment_themselves() -> None:
    """It was pinned to the letterhead, wherever they stood."""
    first, last = "We regard this with mixed feelings.", "I have not yet approved the report."
    word = Document(BytesIO(build.make_statement()))
    at = next(p for p in word.paragraphs if p.text.startswith("The IMR conforms"))
    word.paragraphs[0].insert_paragraph_before("HARBOUR ROAD SURGERY")
    at.insert_paragraph_before(f"Dear Sirs\n{first}")
    word.add_paragraph(last)
    held = BytesIO()
    word.save(held)
    (said,) = judge_document(held.getvalue(), JudgingRequest(Context(date(2010, 5, 28))), KINDS)
    notes = (CommentNote(f.where, said.kind, (f.message,)) for f in said.findings)
    doubted = [note for note in notes if "may mean" in note.words[0]]
    on = [comment.on for comment in comments(copy_of(held.getvalue(), asked(*doubted)))]
    assert len(on) == 2
    assert first in on[0]
    assert on[1] == last


Build = Callable[[], bytes]
ODD: dict[str, Build] = {
    "plain": lambda: TO_MEND,
    "merged across": lambda: build.merged_across(TO_MEND, 5, "Age", "Child seen"),
    "merged down": lambda: build.merged_down(TO_MEND, "Agency", 3, 6),
    "a nested table": lambda: build.with_nested_table(TO_MEND, 6, "Event"),
    "a row taken out": lambda: build.tracked_row(TO_MEND, 4, "del"),
    "a row put in": lambda: build.tracked_row(TO_MEND, 4, "ins"),
    "a content control": lambda: build.in_content_control(TO_MEND, "row", 4),
    "two tables": lambda: build.split_in_two(TO_MEND, 10),
    "a form": build.make_qa_form,
    "a report": lambda: build.make_imr(),
    "strict": lambda: build.strict(TO_MEND),
}


@pytest.mark.parametrize("name", ODD)
def test_rows_and_columns_are_counted_as_the_reader_counts_them(name: str) -> None:
    """A comment in the wrong row is worse than none."""
    docx = ODD[name]()
    whole = outline_document(etree.fromstring(build.parts(docx)["word/document.xml"]), StyleSheet())
    read = [block for block in open_word(docx).iter_blocks() if isinstance(block, Row)]
    assert [(row.table, row.number) for row in read] == [
        (table, number) for table, rows in whole.tables.items() for number in rows
    ]
    for row in read:
        element = whole.table_row(row.table, row.number)
        assert element is not None
        assert [(c.column, c.column + c.span) for c in row.cells] == [
            (c.start, c.end) for c in grid_cells_of_row(element)
        ]


# What is not changed.


def content(docx: bytes) -> tuple[object, ...]:
    return tuple(open_word(docx).iter_blocks())


@pytest.mark.parametrize("name", ODD)
def test_every_word_and_table_reads_as_before(name: str) -> None:
    docx = ODD[name]()
    copy = copy_of(docx, at(FindingPlace(1, 3, "Date"), "chronology"))
    assert content(copy) == content(docx)


def test_every_other_part_is_the_same_byte_for_byte() -> None:
    before, after = build.parts(TO_MEND), build.parts(copy_of(TO_MEND))
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert after.keys() - before.keys() == {"word/scr-comments.xml"}


def test_the_same_document_gives_the_same_copy() -> None:
    """So that one put there before a crash is known again."""
    assert copy_of(TO_MEND) == copy_of(TO_MEND)


def test_a_document_with_macros_keeps_them_and_its_type() -> None:
    """python-docx refuses these; Chronolator's documents are like that."""
    docm = build.macro_enabled(TO_MEND)
    parts = build.parts(copy_of(docm))
    assert parts["word/vbaProject.bin"] == build.parts(docm)["word/vbaProject.bin"]
    assert b"macroEnabled" in parts["[Content_Types].xml"]
    assert b"31/06/2007 is not" in parts["word/scr-comments.xml"]


def test_comments_that_were_there_stay_and_ours_join_them() -> None:
    document: Any = Document(BytesIO(TO_MEND))
    document.add_comment(document.paragraphs[0].runs, "Theirs.", "Somebody", "S")
    out = BytesIO()
    document.save(out)
    found = comments(copy_of(out.getvalue()))
    assert [c.words[0] for c in found] == ["Theirs.", "31/06/2007 is not a day in the calendar."]


def judged(docx: bytes, board: str) -> list[str]:
    """The rules that a document comes to, read by a board of this name."""
    said = judge_document(docx, JudgingRequest(Context(date(2010, 5, 28)), board=board), KINDS)
    return [finding.rule for judgement in said for finding in judgement.findings]


@pytest.mark.parametrize("build_one", [build.make_imr, lambda: build.strict(build.make_imr())])
def test_our_own_comments_that_are_left_in_are_not_asked_about(build_one: Build) -> None:
    """Authors are asked to work in the commented copy: what they forget to delete is ours."""
    copy = copy_of(build_one(), at(FindingPlace(section="Analysis"), "imr"))
    assert "comments-left" not in judged(copy, "A Board")
    assert "comments-left" not in judged(copy, "  A   BOARD ")
    for another in ("", "Another Board", "A Board of theirs"):
        assert "comments-left" in judged(copy, another)


def test_a_comment_of_theirs_among_ours_is_the_only_one_counted() -> None:
    document: Any = Document(BytesIO(build.make_imr()))
    document.add_comment(document.paragraphs[0].runs, "Theirs.", "Somebody", "S")
    out = BytesIO()
    document.save(out)
    copy = copy_of(out.getvalue(), at(FindingPlace(section="Analysis"), "imr"))
    question = JudgingRequest(Context(date(2010, 5, 28)), board="A Board")
    (said,) = judge_document(copy, question, KINDS)
    (left,) = (finding for finding in said.findings if finding.rule == "comments-left")
    assert "1 comment" in left.message
    reading = open_word(copy)
    reading.traits.board = "A Board"
    list(reading.iter_blocks())
    assert reading.traits.remarks == ["Theirs."]


def test_a_strict_document_gets_strict_comments() -> None:
    copy = copy_of(build.strict(TO_MEND), at(FindingPlace(1, 3, "Date")))
    assert (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        in (build.parts(copy)["word/scr-comments.xml"])
    )


def test_a_copy_can_be_annotated_again() -> None:
    """An agency may send our copy back, comments and all."""
    again = copy_of(copy_of(TO_MEND), at(FindingPlace(1, 2, "Date")))
    assert len(comments(again)) == 2


# What gets no copy.


@pytest.mark.parametrize(
    "docx",
    [
        b"",
        b"words",
        build.truncated(TO_MEND),
        build.encrypted(TO_MEND),
        build.with_doctype(TO_MEND),
        build.duplicate_member(TO_MEND),
        build.escaping_member(TO_MEND),
        build.remote_template(TO_MEND),
        build.ole_object(TO_MEND),
        build.zip_bomb(TO_MEND),
    ],
    ids=[
        *("nothing", "text", "cut short", "encrypted", "a doctype", "a member twice"),
        *("an escaping member", "a remote template", "an OLE object", "a bomb"),
    ],
)
def test_what_the_reader_would_not_open_gets_no_copy(docx: bytes) -> None:
    """Failure modes 48 to 53."""
    assert annotate_task(docx, at(FindingPlace(1, 3, "Date")), KINDS) == (0, [])


def test_a_signed_document_gets_no_copy() -> None:
    """The copy's signature would not hold, and Word would say so."""
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    signed = build.with_relationship(
        build.with_part(TO_MEND, "_xmlsignatures/origin.sigs", b""),
        *(kind, "../_xmlsignatures/origin.sigs"),
        external=False,
        id_="rIdSigned",
    )
    assert annotate_task(signed, at(FindingPlace(1, 3, "Date")), KINDS) == (0, [])


def test_nothing_to_say_makes_no_copy() -> None:
    assert annotate_task(TO_MEND, asked(), KINDS) == (0, [])


# In the programs that people have.


def test_libreoffice_shows_every_comment_and_the_same_text() -> None:
    build.needs_office()
    blank = build.with_cell(TO_MEND, 20, "Source of Information", "")
    saved = build.parts(build.through_libreoffice(copy_of(blank), "odt"))["content.xml"]
    root = etree.fromstring(saved)
    notes = root.findall(".//{*}annotation")
    said = ["".join(note.itertext()) for note in notes]
    assert len(notes) == 2
    assert "31/06/2007 is not a day in the calendar." in said[0]
    assert "A Board" in said[0]
    for note in notes:
        cell = next(note.iterancestors("{*}table-cell"))
        note.getparent().remove(note)  # type: ignore[union-attr]
        assert "".join(cell.itertext()).strip() in ("31/06/2007", "")
