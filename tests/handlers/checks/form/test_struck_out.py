"""What is struck out stands there no more: values, criteria."""

from __future__ import annotations

import pytest

from handlers.checks.form.criteria import match_criteria
from handlers.checks.form.grid import read_grid_lines
from handlers.document import Cell, Paragraph, Row, Stretch
from handlers.fields.fields import read_fields
from tests.handlers.checks.form.specimen import criterion, kind

LABELS = ("Signed", "Role", "Date")


def struck(text: str, start: int = 0, end: int | None = None) -> Paragraph:
    return Paragraph(text, stretches=(Stretch(start, len(text) if end is None else end, True),))


def in_lines(values: list[Paragraph]) -> list[Paragraph]:
    made = []
    for label, value in zip(LABELS, values, strict=True):
        at = len(label) + 2
        moved = tuple(Stretch(s.start + at, s.end + at, s.struck) for s in value.stretches)
        made.append(Paragraph(f"{label}: {value.text}", stretches=moved))
    return made


def in_table(values: list[Paragraph]) -> list[Row]:
    return [
        Row(1, n, (Cell((Paragraph(label),), 0), Cell((value,), 1)))
        for n, (label, value) in enumerate(zip(LABELS, values, strict=True), 1)
    ]


def under_headings(values: list[Paragraph]) -> list[Row]:
    heads = tuple(Cell((Paragraph(label),), i) for i, label in enumerate(LABELS))
    return [Row(1, 1, heads), Row(1, 2, tuple(Cell((v,), i) for i, v in enumerate(values)))]


@pytest.mark.parametrize("layout", [in_lines, in_table, under_headings])
@pytest.mark.parametrize("gone", range(3))
def test_a_value_struck_out_is_a_blank_and_no_other(layout, gone):
    """A signature withdrawn is none, in every layout."""
    texts = ("A. Person", "Named GP", "20/05/2010")
    values = [struck(t) if i == gone else Paragraph(t) for i, t in enumerate(texts)]
    found = {f.label_words: f.text for f in read_fields(layout(values), LABELS)}
    wanted = {label: "" if i == gone else texts[i] for i, label in enumerate(LABELS)}
    assert found == wanted


def test_what_is_left_of_a_value_counts():
    values = [Paragraph("A. Person"), struck("Sister Named GP", 0, 7), Paragraph("20/05/2010")]
    found = {f.label_words: f.text for f in read_fields(in_lines(values), LABELS)}
    assert found["Role"] == "Named GP"


def asked(wording: Paragraph):
    rows = [
        Row(1, n, (Cell((wording if n == 4 else Paragraph(criterion(n)),), 0), Cell((), 1),
                   Cell((), 2), Cell((), 3), Cell((), 4)))
        for n in range(1, 18)
    ]  # fmt: skip
    shape = kind("qa_form").shape
    return match_criteria(read_grid_lines(rows, shape.answers), shape.criteria)


def test_a_criterion_struck_out_is_not_on_the_form():
    found = asked(struck(criterion(4)))
    assert [a.criterion.number for a in found if a.line is None] == [4]


def test_a_criterion_struck_out_in_part_is_in_other_words():
    found = asked(struck(criterion(4), 20))
    assert [a.criterion.number for a in found if a.reworded] == [4]


def test_a_slip_struck_out_and_typed_again_is_the_criterion():
    text = criterion(4)
    found = asked(Paragraph(f"Reprot {text[7:]}"))
    assert not any(a.reworded or a.line is None for a in found)
    found = asked(struck(f"Reprot {text}", 0, 7))
    assert not any(a.reworded or a.line is None for a in found)


def test_a_paragraph_without_strikes_is_as_it_was():
    plain = Paragraph("Signed: A. Person")
    assert plain.without_struck is plain
