"""A name that is printed under the line to sign on signs nothing, and one below a signature is no
second signature."""

from __future__ import annotations

import pytest

from handlers.document import Cell, Paragraph
from handlers.findings import Judgement
from tests.handlers.checks.form.specimen import STATEMENTS, judged, rules, table, told

NAME, TITLE, DAY = "Jane Holt", "Director of Nursing", "Date: 20 May 2010"
PRINTED = f"{NAME}, {TITLE}"
HEAD = [Paragraph("Evaluation Statement on behalf of agency"), *map(Paragraph, STATEMENTS)]
DRAWN = Paragraph("", picture=True)


def signed(*lines: str | Paragraph) -> Judgement:
    made = [one if isinstance(one, Paragraph) else Paragraph(one) for one in lines]
    return judged("evaluation_statement", [*HEAD, *made])


UNSIGNED = (
    ("Signed:", PRINTED, DAY),
    ("Signed:", "", PRINTED, DAY),
    ("Signed:", "", "", PRINTED, DAY),
    ("Signed:", NAME, TITLE, DAY),
    ("Signed", f"{NAME} - {TITLE}", DAY),
    ("Signed by:", PRINTED, DAY),
    ("Signed:", f"Dr {NAME} ({TITLE})", DAY),
    ("Signed:", f"({PRINTED})", DAY),
    ("Signed:", f"({NAME})", TITLE, DAY),
    (DAY, "Signed:", PRINTED),
    ("Signed\t", PRINTED, DAY),
    ("Signed: ..............", PRINTED, DAY),
    ("______________", "Signed", PRINTED, DAY),
    (f"Signed:\t\t{DAY}", PRINTED),
    ("Signed:", "For and on behalf of Meadow Lane Surgery", PRINTED, DAY),
)


@pytest.mark.parametrize("lines", UNSIGNED)
def test_a_printed_name_below_an_empty_line_is_no_signature(lines: tuple[str, ...]) -> None:
    judgement = signed(*lines)
    assert judgement.verdict == "refer"
    (asked,) = told(judgement, "handwriting")
    assert asked.where.section == "Signed" and "line to sign on" in asked.message
    assert rules(judgement) == ["handwriting"]  # the name, the title and the day are there


def test_a_printed_name_in_the_label_s_own_cell_is_no_signature() -> None:
    for rows in (
        [[Cell((Paragraph("Signed:"), Paragraph(""), Paragraph(PRINTED)), 0)], [DAY]],
        [["Signed"], [PRINTED], [DAY]],
        [["Signed", ""], [PRINTED, ""], ["Date", "20 May 2010"]],
    ):
        judgement = judged("evaluation_statement", [*HEAD, *table(1, *rows)])
        assert (judgement.verdict, rules(judgement)) == ("refer", ["handwriting"])


@pytest.mark.parametrize(
    "lines",
    [
        (Paragraph("Signed:", picture=True), PRINTED, DAY),
        ("Signed:", DRAWN, PRINTED, DAY),
        ("Signed:", DRAWN, NAME, TITLE, DAY),
        (DRAWN, "Signed:", PRINTED, DAY),
        (Paragraph("Signed:", picture=True), f"({NAME})", TITLE, DAY),
        (Paragraph(f"Signed:\t\t{DAY}", picture=True), PRINTED),
    ],
)
def test_a_printed_name_below_a_picture_is_not_told_as_a_signature(
    lines: tuple[str | Paragraph, ...],
) -> None:
    assert rules(signed(*lines)) == ["signed-image"]


@pytest.mark.parametrize(
    "lines",
    [
        ("Signed: J Holt", PRINTED, DAY),
        ("Signed: J Holt", NAME, TITLE, DAY),
        ("Signed:", "J Holt", PRINTED, DAY),
        ("Signed:", "J Holt", NAME, TITLE, DAY),
        (f"Signed: {PRINTED}", DAY),
        (f"Signed\t{PRINTED}", DAY),
        ("Signed by", f"{PRINTED}, 20 May 2010"),
        ("Electronically signed by:", PRINTED, DAY),
        ("Signed:", "J Holt", f"Name: {NAME}", f"Title: {TITLE}", DAY),
    ],
)
def test_a_name_typed_to_sign_is_a_signature(lines: tuple[str, ...]) -> None:
    judgement = signed(*lines)
    assert (judgement.verdict, rules(judgement)) == ("accept", ["signed-typed"])


def test_a_printed_name_of_another_than_who_signed_is_asked_about() -> None:
    assert signed("Signed: A Marsh", PRINTED, DAY).verdict == "refer"


def test_a_name_under_the_heading_of_a_column_is_typed_there() -> None:
    rows = (["Signed", "Date"], [PRINTED, "20 May 2010"])
    judgement = judged("evaluation_statement", [*HEAD, *table(1, *rows)])
    assert (judgement.verdict, rules(judgement)) == ("accept", ["signed-typed"])
