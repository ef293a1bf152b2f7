"""To whom a question speaks: to the agency whose document it is about, or to the board alone.

Does: picks, from what was found in a document, the questions that its author is told.
Trusts: the rules of the kinds and of `config/arrivals.toml`, which say it; never the confined
worker, from which the findings come.
Never touches: documents. A danger is told to nobody outside the board.
Known limits: a question under a rule that is not there any more is for the board alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from config.arrivals import ARRIVALS
from config.kind import Kind
from config.rule import Reader, Rule
from handlers.finding import Finding

AGENCY: Reader = "agency"


def told_to_agency(findings: Sequence[Finding], kind: Kind | None) -> list[Finding]:
    """The questions among the findings of one return that its author is told."""
    return [f for f in findings if f.severity == "question" and _speaks(f, kind, findings)]


def for_the_board_alone(findings: Sequence[Finding], kind: Kind | None) -> list[Finding]:
    """The questions that its author is not told."""
    return [f for f in findings if f.severity == "question" and not _speaks(f, kind, findings)]


def asked_of_agency(findings: Sequence[Finding], kind: Kind | None) -> bool:
    """Whether any of these questions waits for its author's answer."""
    laws = (_law(finding.rule, kind) for finding in told_to_agency(findings, kind))
    return any(law.asks for law in laws if law is not None)


def _speaks(finding: Finding, kind: Kind | None, beside: Iterable[Finding]) -> bool:
    """Whether to the agency. A fault or an advice that was made a question speaks to it as it did
    before, unless it was found in a copy whose rule says otherwise."""
    law = _law(finding.rule, kind)
    if law is None or law.severity == "danger":
        return False
    if law.severity == "question":
        return AGENCY in law.tell
    return all(AGENCY in tell for tell in _softened(beside))


def _law(rule: str, kind: Kind | None) -> Rule | None:
    return (kind.rules.get(rule) if kind else None) or ARRIVALS.get(rule)


def _softened(findings: Iterable[Finding]) -> list[tuple[Reader, ...]]:
    """Whom faults are told to, by each rule about the copy that made questions of them."""
    laws = (ARRIVALS.get(finding.rule) for finding in findings)
    return [law.faults_tell for law in laws if law and law.faults_become == "question"]
