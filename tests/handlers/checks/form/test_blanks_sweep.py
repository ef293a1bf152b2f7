"""The blanks of the statement and of the QA form, in many layouts, each part left out in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import judged, qa_form, statement, table

Layout = Callable[[Mapping[str, str]], list[Block]]

STATEMENT = {
    "Signed": "H. Marsh",
    "Date": "20 May 2010",
    "Name": "Helen Marsh",
    "Title": "Director",
}
QA = {"Signed": "H. Marsh", "Role": "Medical Director", "Date": "20/05/2010"}


def labelled(form: str) -> Layout:
    return lambda values: [Paragraph(form.format(x, v)) for x, v in values.items()]


def in_one_line(values: Mapping[str, str]) -> list[Block]:
    return [Paragraph("   ".join(f"{x}: {v}" for x, v in values.items()))]


def below(values: Mapping[str, str]) -> list[Block]:
    return [Paragraph(text) for x, v in values.items() for text in (f"{x}:", v)]


def under_rules(values: Mapping[str, str]) -> list[Block]:
    return [Paragraph(text) for x, v in values.items() for text in (f"{v}______________", x)]


def two_columns(values: Mapping[str, str]) -> list[Block]:
    return table(9, *values.items())


def one_row(values: Mapping[str, str]) -> list[Block]:
    return table(9, [text for pair in values.items() for text in pair])


def headings(values: Mapping[str, str]) -> list[Block]:
    return table(9, list(values), list(values.values()))


def in_own_cells(values: Mapping[str, str]) -> list[Block]:
    cells = (Cell((Paragraph(f"{x}:\n{v}"),), i) for i, (x, v) in enumerate(values.items()))
    return [Row(9, 1, tuple(cells)), TableEnd(9)]


def side_by_side(values: Mapping[str, str]) -> list[Block]:
    return table(9, ["\n".join(f"{x}:" for x in values), "\n".join(values.values())])


LAYOUTS: Mapping[str, Layout] = {
    "label and value": labelled("{}: {}"),
    "label and tab": labelled("{}\t{}"),
    "dots after": labelled("{}.....{}..................."),
    "dots round": labelled("{} ....{}...."),
    "underscores round": labelled("{} ____{}____"),
    "one dotted letter": labelled("{}:…………{}…………"),
    "in one line": in_one_line,
    "below": below,
    "labels under rules": under_rules,
    "two columns": two_columns,
    "one row": one_row,
    "headings": headings,
    "in own cells": in_own_cells,
    "labels in a cell": side_by_side,
}


def faults(kind: str, values: Mapping[str, str], layout: str) -> list[str]:
    made = LAYOUTS[layout](values)
    if kind == "qa_form":
        blocks = [b for b in qa_form() if not (isinstance(b, Row | TableEnd) and b.table == 5)]
    else:
        blank = {key: Paragraph("") for key in ("signed", "date", "name", "title")}
        blocks = statement(**blank)[:-1]
    found = judged(kind, [*blocks, *made]).findings
    return [
        f.rule for f in found if f.severity in ("fault", "question") and "-junior" not in f.rule
    ]


FORMS = [("evaluation_statement", STATEMENT), ("qa_form", QA)]
BLANKS = [(kind, values, label) for kind, values in FORMS for label in values]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(("kind", "values"), FORMS, ids=["statement", "qa"])
def test_a_form_that_is_filled_in_is_accepted(kind, values, layout):
    """Failure mode 92: a value typed over dots is taken for the next label."""
    assert faults(kind, values, layout) == []


@each_case("value", ["", "TBC", "Awaiting signature", "N/A"])
@each_case("layout", LAYOUTS)
@each_case(("kind", "values", "label"), BLANKS)
def test_each_blank_is_missed_and_no_other(kind, values, label, layout, value):
    """Failure modes 91 and 93."""
    assert faults(kind, {**values, label: value}, layout) == [f"{label.lower()}-missing"]


@each_case("layout", LAYOUTS)
@each_case(("kind", "values"), FORMS, ids=["statement", "qa"])
def test_a_picture_by_the_blank_is_a_question(kind, values, layout):
    """Failure mode 92: a picture beside the label is not seen."""
    made = LAYOUTS[layout]
    signed = [*made({**values, "Signed": ""}), Paragraph("", picture=True)]
    blocks = statement(**{k: Paragraph("") for k in ("signed", "date", "name", "title")})[:-1]
    if kind == "qa_form":
        blocks = [b for b in qa_form() if not (isinstance(b, Row | TableEnd) and b.table == 5)]
    found = judged(kind, [*blocks, *signed])
    assert found.verdict in ("accept", "refer")
    assert "signed-missing" not in [f.rule for f in found.findings]
