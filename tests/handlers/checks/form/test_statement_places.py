"""A statement that stands word for word counts wherever an author puts it back to, and the blanks
beside it are read as if it were not there."""

from __future__ import annotations

import io

import pytest
from docx import Document

from handlers.checks.form.judge import judge_form
from handlers.findings import Judgement
from handlers.readers.word.document import open_word
from tests.handlers.checks.form.specimen import CONTEXT, STATEMENTS, kind, rules, told
from tests.papers.paper import blank_word

DECLARATION = STATEMENTS[-1]
PAIRS = [("Signed", "Helen Marsh"), ("Date", "24 May 2010"), ("Name", "Helen Marsh"),
         ("Title", "Chief Executive")]  # fmt: skip
LABELS, VALUES = map(list, zip(*PAIRS, strict=True))
Rows = list[list[str]]
BLOCKS: dict[str, Rows] = {
    "label beside value": [list(pair) for pair in PAIRS],
    "two pairs to a row": [[*PAIRS[0], *PAIRS[1]], [*PAIRS[2], *PAIRS[3]]],
    "values under headings": [LABELS, VALUES],
    "one column": [[f"{label}: {value}"] for label, value in PAIRS],
    "labels under values": [VALUES[:2], LABELS[:2], VALUES[2:], LABELS[2:]],
}
WIDTHS = {name: max(map(len, rows)) for name, rows in BLOCKS.items()}


def statement(rows: Rows, *, missing: str = DECLARATION, width: int = 2) -> bytes:
    """An evaluation statement whose bullets lack one, over a table in which it is signed."""
    word = blank_word()
    word.add_heading("Evaluation Statement of behalf of agency", 1)
    for text in STATEMENTS:
        if text != missing:
            word.add_paragraph(text)
    table = word.add_table(0, width)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            cell.text = text
    return saved(word)


def lines(*texts: str, missing: str = DECLARATION) -> bytes:
    word = blank_word()
    word.add_heading("Evaluation Statement of behalf of agency", 1)
    for text in (*(s for s in STATEMENTS if s != missing), *texts):
        word.add_paragraph(text)
    return saved(word)


def saved(word: Document) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def judged(docx: bytes) -> Judgement:
    reading = open_word(docx)
    return judge_form(
        list(reading.iter_blocks()), reading.traits, kind("evaluation_statement"), CONTEXT
    )


def weighty(docx: bytes) -> list[tuple[str, str]]:
    return [(f.rule, f.message) for f in judged(docx).findings if f.severity != "advice"]


@pytest.mark.parametrize("missing", [DECLARATION, STATEMENTS[0], STATEMENTS[3]])
@pytest.mark.parametrize("layout", BLOCKS)
def test_a_row_that_holds_a_statement_is_no_answer_and_no_blank(layout, missing):
    """Put back as a row of the table in which the form is signed, it was told as left unticked."""
    rows, width = BLOCKS[layout], WIDTHS[layout]
    for at in range(len(rows) + 1):
        for cells in ([missing], [""] * (width - 1) + [missing], ["Declaration", missing]):
            if len(cells) <= width and not (layout == "labels under values" and at in (1, 3)):
                docx = statement([*rows[:at], cells, *rows[at:]], missing=missing, width=width)
                assert weighty(docx) == [], (at, cells)


@pytest.mark.parametrize("layout", BLOCKS)
def test_a_statement_in_the_cell_of_a_label_or_a_value_leaves_that_one_as_it_is(layout):
    rows, width = BLOCKS[layout], WIDTHS[layout]
    for column in range(len(rows[0])):
        for shown in (f"{DECLARATION}\n{{}}", f"{{}}\n{DECLARATION}", f'"{DECLARATION}"\n{{}}'):
            first = [shown.format(c) if i == column else c for i, c in enumerate(rows[0])]
            assert weighty(statement([first, *rows[1:]], width=width)) == [], (column, shown)


@pytest.mark.parametrize("shown", ["{0} {1}", "{1} {0}", "{0}\n{1}", "{1}\n{0}"])
def test_a_statement_in_the_line_of_a_label_leaves_that_one_as_it_is(shown):
    signed = [f"{label}: {value}" for label, value in PAIRS]
    for at, line in enumerate(signed):
        made = [*signed[:at], shown.format(DECLARATION, line), *signed[at + 1 :]]
        assert weighty(lines(*made)) == [], line


@pytest.mark.parametrize(
    ("beside", "rule"),
    [("No", "statement-missing"), ("Not yet", "statement-missing"), ("☐", "statement-reworded")],
)
def test_what_is_said_against_it_in_the_same_table_counts_all_the_same(beside, rule):
    docx = statement([[DECLARATION, beside], *BLOCKS["label beside value"]])
    assert rule in rules(judged(docx))


@pytest.mark.parametrize(
    "text",
    [
        DECLARATION.replace("have approved", "have not approved"),
        DECLARATION.replace("approved", "read"),
        f"{DECLARATION} except for section 6.",
    ],
)
def test_other_words_in_the_same_table_are_not_the_statement(text):
    docx = statement([[text, ""], *BLOCKS["label beside value"]])
    assert [rule for rule, _ in weighty(docx)] != []


def test_a_statement_signs_nothing():
    rows = [["Signed", DECLARATION], *BLOCKS["label beside value"][1:]]
    assert "signed-missing" in rules(judged(statement(rows)))


def test_where_the_statements_of_such_a_table_are_ticked_the_one_left_is_told():
    ticked = [[text, "" if n == 2 else "✓"] for n, text in enumerate(STATEMENTS)]
    docx = statement([*ticked, *BLOCKS["label beside value"]], missing="")
    word = Document(io.BytesIO(docx))
    for line in [p for p in word.paragraphs if p.text in STATEMENTS]:
        line._p.getparent().remove(line._p)
    (finding,) = told(judged(saved(word)), "statement-reworded")
    assert finding.where.section == "statement 3"


def test_an_empty_cell_beside_the_only_statement_of_a_table_says_nothing():
    docx = lines(*(f"{label}: {value}" for label, value in PAIRS))
    word = Document(io.BytesIO(docx))
    word.add_table(1, 2).rows[0].cells[0].text = DECLARATION
    assert weighty(saved(word)) == []


@pytest.mark.parametrize(
    ("missing", "place"),
    [
        (DECLARATION, 'above the word "Signed"'),
        (STATEMENTS[3], 'above the declaration that begins "I have read this report"'),
        (STATEMENTS[0], "above the statement about the Terms of Reference"),
    ],
)
def test_the_letter_says_where_it_goes_and_gives_its_words(missing, place):
    rows = BLOCKS["label beside value"]
    (finding,) = told(judged(statement(rows, missing=missing)), "statement-missing")
    assert place in finding.fix
    assert f'"{missing.rstrip(".")}"' in finding.fix


@pytest.mark.parametrize("place", ["header", "footer", "comment"])
def test_a_declaration_that_stands_beside_the_text_is_a_question_that_says_where(place):
    """Failure mode 91: the declaration is on the page, and is told as missing."""
    word = Document(io.BytesIO(statement(BLOCKS["label beside value"])))
    section = word.sections[0]
    if place == "comment":
        run = word.paragraphs[1].runs[0]
        word.add_comment(run, text=DECLARATION, author="A", initials="A")
    else:
        getattr(section, place).paragraphs[0].text = DECLARATION
    held = io.BytesIO()
    word.save(held)
    (found,) = told(judged(held.getvalue()), "statement-missing")
    assert found.severity == "question"
    said = "in a comment" if place == "comment" else "in the page header or footer"
    assert said in found.message
    assert DECLARATION.rstrip(".") in found.fix
