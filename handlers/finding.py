"""What judging says: a Finding, where it is, and the Verdict that findings add up to.

Does: names the values that leave the confined worker.
Trusts: nothing. `handlers/worker` checks what comes back against these types.
Never touches: the clock, the register, the document.
Known limits: a message may carry a value only through `handlers/typed/quoting.py` (principle 5 of
the toolkit's rules: locate, don't quote).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from config.rule import Severity

Verdict = Literal["accept", "refer", "reject", "hold"]

# hold > reject > refer > accept
WEIGHT: dict[Severity, int] = {"advice": 0, "question": 1, "fault": 2, "danger": 3}
VERDICTS: tuple[Verdict, ...] = ("accept", "refer", "reject", "hold")

# Places in a report that are none of its sections.
FRONT_SHEET = "Front sheet"
MARGIN = "Page header or footer"
AFTER = "After the last section"

MOST_DIGESTS = 20_000  # entries; of a longer table none is told


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a finding, in the words of the document's own form. All parts optional.

    `row` counts a table's rows as Word shows them, its heading row being row 1. `column` is the
    heading the toolkit gives, never the cell's text. `section` is a section's toolkit heading,
    a field's label, a statement's number in words, or where a table stands among others.
    `criterion` is the kind's own number, and `number` what the author's form prints before that
    criterion, where it prints a number at all.
    """

    table: int | None = None
    row: int | None = None
    column: str | None = None
    section: str | None = None
    criterion: int | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a document, under the rule's id."""

    rule: str
    severity: Severity
    message: str
    fix: str
    where: Where = field(default_factory=Where)


@dataclass(frozen=True, slots=True)
class Clues:
    """What the document says about itself, to be held against what the register knows.

    Names of people stay inside the worker: only what the register needs to compare comes out, and
    what a small return asks, which is sealed with its entry.
    """

    child_identifier: str | None = None
    agency: str | None = None  # "own", "other", or, from a table, the name that every entry gives
    dated: date | None = None  # the latest day a report gives itself, or a form's signing
    answers: tuple[tuple[int, str], ...] = ()  # a form's criteria and their answers
    rows: int | None = None  # entries in a chronology
    issued: str | None = None  # the stamp of the template it was written in, not yet verified
    # What it says, to compare with its next version: `handlers/document/digests.py`. Empty if not
    # known.
    digests: tuple[int, ...] = ()
    # What a small return asks, by its labels: for the administrator, and in no letter.
    asks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one return inside a document came to.

    `kind` is None when nothing was recognised; `confidence` runs from 0 to 1. `passed` says
    what was in order, in words that finish "Already in order: ...".
    """

    kind: str | None
    confidence: float
    findings: tuple[Finding, ...] = ()
    passed: tuple[str, ...] = ()
    clues: Clues = field(default_factory=Clues)

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.findings)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The heaviest finding decides; none at all is an accept."""
    return VERDICTS[max((WEIGHT[f.severity] for f in findings), default=0)]
