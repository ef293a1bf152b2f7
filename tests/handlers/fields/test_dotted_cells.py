"""A statement signed in a table whose labels keep the toolkit's dots, in every layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers.document import Block, Paragraph
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import STATEMENTS, judged, table

Rows = list[tuple[str, ...]]
DOTS = (
    ".....",
    "......................",
    "\u2026\u2026\u2026",
    "______",
    ": ........",
    " . . . . . .",
)
SIGNED = {
    "Signed": "H. J. Calder",
    "Date": "19/5/2010",
    "Name": "Dr Hugh Calder",
    "Title": "Senior Partner and commissioner of the IMR",
}
CAPTION = (
    "Chief Officer/Chief Executive/Director/Commissioner responsible for quality assurance and "
    "sign off of the IMR."
)


def beside(labels: Sequence[str], values: Sequence[str]) -> Rows:
    return list(zip(labels, values, strict=True))


def by_twos(labels: Sequence[str], values: Sequence[str]) -> Rows:
    pairs = beside(labels, values)
    return [(*one, *other) for one, other in (pairs[:2], pairs[2:])]


def in_one_row(labels: Sequence[str], values: Sequence[str]) -> Rows:
    return [tuple(part for pair in beside(labels, values) for part in pair)]


def under_a_row(labels: Sequence[str], values: Sequence[str]) -> Rows:
    return [tuple(labels), tuple(values)]


def one_column(labels: Sequence[str], values: Sequence[str]) -> Rows:
    return [(part,) for pair in beside(labels, values) for part in pair]


def two_over_two(labels: Sequence[str], values: Sequence[str]) -> Rows:
    return [tuple(labels[:2]), tuple(values[:2]), tuple(labels[2:]), tuple(values[2:])]


def behind_dots(labels: Sequence[str], values: Sequence[str]) -> Rows:
    return [(label, "........", value) for label, value in beside(labels, values)]


LAYOUTS = (beside, by_twos, in_one_row, under_a_row, one_column, two_over_two, behind_dots)


def found(layout: Callable[..., Rows], dots: str, **changed: str) -> set[str]:
    labels = [f"{label}{dots}" for label in SIGNED]
    values = list({**SIGNED, **changed}.values())
    said = [Paragraph(text, numbered=n < 4) for n, text in enumerate(STATEMENTS)]
    blocks: list[Block] = [Paragraph("j) Evaluation Statement of behalf of agency"), *said]
    blocks += [*table(1, *layout(labels, values)), Paragraph(CAPTION)]
    judgement = judged("evaluation_statement", blocks)
    return {f.rule for f in judgement.findings if f.severity in ("fault", "question", "danger")}


@each_case("layout, dots", [(layout, dots) for layout in LAYOUTS for dots in DOTS])
def test_a_value_in_another_cell_is_found(layout: Callable[..., Rows], dots: str) -> None:
    assert found(layout, dots) == set()


@each_case("layout, dots, part", [
    (layout, dots, part) for layout in LAYOUTS for dots in DOTS[:3] for part in SIGNED
])  # fmt: skip
def test_a_blank_beside_the_dots_is_never_accepted(
    layout: Callable[..., Rows], dots: str, part: str
) -> None:
    assert found(layout, dots, **{part: ""})
