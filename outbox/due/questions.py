"""To whom a question speaks, and what is said of a file that could not be opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from config.kind import Kind
from config.rules import ARRIVAL_RULES, Rule, RuleReader
from handlers.findings import Finding

AGENCY_READER: RuleReader = "agency"

TOLD = "told"  # the rule of what a person here wrote about a document


def questions_for_agency(findings: Sequence[Finding], kind: Kind | None) -> list[Finding]:
    """The questions among the findings of one return that its author is told."""
    return [f for f in findings if f.severity == "question" and _speaks(f, kind, findings)]


def questions_for_board(findings: Sequence[Finding], kind: Kind | None) -> list[Finding]:
    """The questions that its author is not told."""
    return [f for f in findings if f.severity == "question" and not _speaks(f, kind, findings)]


def has_agency_question(findings: Sequence[Finding], kind: Kind | None) -> bool:
    """Whether any of these questions waits for its author's answer."""
    laws = (_law(finding.rule, kind) for finding in questions_for_agency(findings, kind))
    return any(law.asks for law in laws if law is not None)


# How each sentence of a fix begins that leaves its reader nothing to do about this document.
NOTHING_TO_DO = ("Nothing is needed", "Nothing more is needed", "There is nothing you need to do",
                 "A person ", "Someone ", "Another time", "Next time", "Leave that copy",
                 "It will do as it is", "Please do not ", "Please carry on ")  # fmt: skip
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def leaves_something_to_do(fix: str) -> bool:
    """Whether its reader can do anything about it, though a person looks at it all the same."""
    return any(not one.startswith(NOTHING_TO_DO) for one in _SENTENCE_END.split(fix) if one)


def _speaks(finding: Finding, kind: Kind | None, beside: Iterable[Finding]) -> bool:
    """Whether to the agency. A fault or an advice that was made a question speaks to it as it did
    before, unless it was found in a copy whose rule says otherwise."""
    law = _law(finding.rule, kind)
    if law is None or law.severity == "danger":
        return False
    if law.severity == "question":
        return AGENCY_READER in law.tell
    return all(AGENCY_READER in tell for tell in _softened(beside))


def _law(rule: str, kind: Kind | None) -> Rule | None:
    return (kind.rules.get(rule) if kind else None) or ARRIVAL_RULES.get(rule)


def _softened(findings: Iterable[Finding]) -> list[tuple[RuleReader, ...]]:
    """Whom faults are told to, by each rule about the copy that made questions of them."""
    laws = (ARRIVAL_RULES.get(finding.rule) for finding in findings)
    return [law.faults_tell for law in laws if law and law.faults_become == "question"]


EMPTY_RULE = "empty"
# Rules of config/arrivals.toml, and what became of such a file.
UNOPENED_OUTCOMES = {
    "unreadable": "we could not open it",
    "zip-damaged": "we could not open it",
    EMPTY_RULE: "there is nothing in it",
}


def is_unopened(findings: Iterable[Finding]) -> bool:
    """Whether its sender has nothing to mend but that it could not be opened."""
    faults = _faults(findings)
    return bool(faults) and faults <= UNOPENED_OUTCOMES.keys()


def is_empty_file(findings: Iterable[Finding]) -> bool:
    """Whether it was opened, and nothing was there."""
    return _faults(findings) == {EMPTY_RULE}


def unopened_outcome(findings: Iterable[Finding]) -> str:
    """What became of one that was not opened."""
    return next(said for rule, said in UNOPENED_OUTCOMES.items() if rule in _faults(findings))


def _faults(findings: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in findings if finding.severity == "fault"}
