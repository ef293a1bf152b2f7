"""A name and a job printed under an empty "Signed:" sign no report."""

from __future__ import annotations

import pytest

from handlers.document import Paragraph
from tests.handlers.checks.report.conftest import Draft

PEOPLE = (
    ("Report author", "Ann Green", "Named GP", "Date: 20 May 2010"),
    ("Agency commissioner", "Helen Marsh", "Medical Director", "Date: 24 May 2010"),
)
DRAWN = Paragraph("", picture=True)
UNSIGNED = (
    lambda role, name, job, day: [role, "Signed:", f"{name}, {job}", day],
    lambda role, name, job, day: [role, "Signed:", "", f"{name}, {job}", day],
    lambda role, name, job, day: [role, "Signed:", name, job, day],
    lambda role, name, job, day: [role, "Signed:", name, day, job],
    lambda role, name, job, day: [f"Signed ({role}):", f"{name}, {job}", day],
    lambda role, name, job, day: [f"Signed by the {role.lower()}:", f"{name}, {job}", day],
)
SIGNED = (
    lambda role, name, job, day: [role, f"Signed: {name}", f"{name}, {job}", day],
    lambda role, name, job, day: [role, "Signed:", name, f"{name}, {job}", day],
    lambda role, name, job, day: [f"Signed by the {role.lower()}:", f"{name}, {job}, {day[6:]}"],
    lambda role, name, job, day: [f"{role}: {name}, {job}", f"Signed: {name}", day],
)


def told(draft: Draft, way) -> list[str]:
    lines = [line for person in PEOPLE for line in way(*person)]
    made = [one if isinstance(one, Paragraph) else Paragraph(one) for one in lines]
    draft.bodies["signing-off"] = made
    return [f.rule for f in draft.judged().findings if f.rule.startswith("sign")]


@pytest.mark.parametrize("way", UNSIGNED)
def test_a_printed_name_below_an_empty_line_is_asked_about(draft: Draft, way) -> None:
    assert told(draft, way) == ["sign-off-unclear", "sign-off-unclear"]


@pytest.mark.parametrize("way", SIGNED)
def test_a_name_typed_to_sign_is_a_signature(draft: Draft, way) -> None:
    assert told(draft, way) == []


def test_a_picture_over_the_label_is_the_signature(draft: Draft) -> None:
    way = lambda role, name, job, day: [role, DRAWN, "Signed:", f"{name}, {job}", day]  # noqa: E731
    assert told(draft, way) == ["sign-off-image", "sign-off-image"]


PARTS = (["Name: Ann Green", "Job designation: Named GP", "Signed: A Green"],
         ["Name: Helen Marsh", "Job designation: Medical Director", "Signed: H Marsh"])  # fmt: skip
BLOCKS = ["Report author", *PARTS[0], "Agency commissioner", *PARTS[1]]


@pytest.mark.parametrize(
    "lines",
    [
        ["20 May 2010", *BLOCKS],
        [*BLOCKS, "20 May 2010"],
        ["This report was signed on 20 May 2010 by:", *BLOCKS],
    ],
)
def test_one_day_for_both_who_sign_is_asked_about(draft: Draft, lines: list[str]) -> None:
    draft.bodies["signing-off"] = [Paragraph(line) for line in lines]
    rules = {f.rule for f in draft.judged().findings if f.rule.startswith("sign")}
    assert rules == {"sign-off-unclear"}


@pytest.mark.parametrize("dated", [[], ["Date: 20 May 2010"]])
def test_whoever_gave_no_day_is_told_so(draft: Draft, dated: list[str]) -> None:
    lines = [*BLOCKS[:4], *dated, *BLOCKS[4:]]
    draft.bodies["signing-off"] = [Paragraph(line) for line in lines]
    rules = {f.rule for f in draft.judged().findings if f.rule.startswith("sign")}
    assert rules == {"sign-off-missing"}
