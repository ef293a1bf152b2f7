"""What is so in every row of a table, or in every criterion of a form, told once.

Does: says whether a rule was broken wherever it was asked about, and makes one finding of
those: of a fault a question about the form, of an advice or a question one sentence. What is so
everywhere is more likely how the document is laid out, and not read right, than what its author did
(failure mode 91).
Trusts: `config/refusals.toml` for the sentence, the judge for how often a rule was asked.
Never touches: the document.
Known limits: of fewer than FEWEST rows or criteria each is told. A danger stays where it was found.
What must be exact (headings, criteria, the declaration) stays a fault however often it is other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from config.refusals import REFUSALS
from config.rule import Severity
from handlers.finding import WEIGHT, Finding, Where

FEWEST = 4


@dataclass(frozen=True, slots=True)
class Throughout:
    """How many rows or criteria there were to ask about. `exact` are rules that stay a fault."""

    count: int
    unit: Literal["rows", "criteria"]
    exact: frozenset[str] = frozenset()

    def holds(self, rule: str, places: int) -> bool:
        """Whether a rule broken at so many places was broken at every one there was."""
        return self.count >= FEWEST and places >= self.count and rule not in self.exact

    def as_one(self, told: Sequence[Finding]) -> Finding:
        """One finding for all of one rule (and of one column, in a table): the first few of them,
        at least one of each cause, are `told`."""
        first = told[0]
        severity = _softened(max((f.severity for f in told), key=WEIGHT.__getitem__))
        alike = all((f.message, f.fix) == (first.message, first.fix) for f in told)
        words = REFUSALS["throughout"][severity if alike else f"{severity}-of-several-causes"]
        says = words.says.format(says=first.message, count=f"{self.count:,}", unit=self.unit)
        fix = words.fix.format(fix=first.fix)
        return Finding(first.rule, severity, says, fix, _shared([f.where for f in told]))


def _softened(severity: Severity) -> Severity:
    return "question" if severity == "fault" else severity


def _shared(places: Sequence[Where]) -> Where:
    """What all places have in common; no row, and no criterion."""
    first = places[0]
    return replace(
        first,
        table=first.table if all(place.table == first.table for place in places) else None,
        section=_section([place.section or "" for place in places]) or None,
        row=None,
        criterion=None,
        number=None,
    )


def _section(sections: Sequence[str]) -> str:
    """The parts of a name such as "Action Plan, second table" with which all of them begin."""
    parts = [section.split(", ") for section in sections]
    shared = []
    for same in zip(*parts, strict=False):
        if len(set(same)) > 1:
            break
        shared.append(same[0])
    return ", ".join(shared)
