"""What findings add up to: the heaviest of them decides.

What was never judged has a verdict by its reason: `verdict_of_reason` in
`handlers/register/set_apart_reasons.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from config.rules import Severity

Verdict = Literal["accept", "refer", "reject", "hold"]

# hold > reject > refer > accept
SEVERITY_WEIGHTS: dict[Severity, int] = {"advice": 0, "question": 1, "fault": 2, "danger": 3}
VERDICTS_BY_WEIGHT: tuple[Verdict, ...] = ("accept", "refer", "reject", "hold")


def verdict_of(severities: Iterable[Severity]) -> Verdict:
    """The verdict of findings that are so severe; none at all is an accept."""
    return VERDICTS_BY_WEIGHT[max((SEVERITY_WEIGHTS[one] for one in severities), default=0)]
