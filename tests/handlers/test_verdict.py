"""The verdict is the heaviest finding's."""

from __future__ import annotations

import itertools

import pytest

from config.rules import Severity
from handlers.findings import Finding, Judgement
from handlers.verdict import Verdict, verdict_of
from tests.each_case import each_case

MEANS: dict[Severity, Verdict] = {
    "advice": "accept",
    "question": "refer",
    "fault": "reject",
    "danger": "hold",
}
ORDER: tuple[Severity, ...] = ("advice", "question", "fault", "danger")


def finding(severity: Severity) -> Finding:
    return Finding("a-rule", severity, "It is so.", "Put it right.")


@pytest.mark.parametrize("severity", ORDER)
def test_one_finding_decides_alone(severity: Severity) -> None:
    assert verdict_of([severity]) == MEANS[severity]


def test_nothing_found_is_an_accept() -> None:
    assert verdict_of([]) == Judgement("imr", 1.0).verdict == "accept"


@each_case("severities", list(itertools.permutations(ORDER, 3)))
def test_the_heaviest_decides_in_whatever_order_they_come(
    severities: tuple[Severity, ...],
) -> None:
    heaviest = max(severities, key=ORDER.index)
    judgement = Judgement("imr", 1.0, tuple(map(finding, severities)))
    assert judgement.verdict == MEANS[heaviest]
