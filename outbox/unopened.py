"""Files that could not be opened: cut short, damaged, or with nothing in them.

Does: tells them from documents that were read, and says in a few words what became of one.
Trusts: the findings' rules, which are those of `config/arrivals.toml`.
Never touches: files.
Known limits: a file that asks for a password is a question for a person, and is not among these.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.finding import Finding

EMPTY = "empty"
# Rules of config/arrivals.toml, and what became of such a file.
UNOPENED = {
    "unreadable": "we could not open it",
    "zip-damaged": "we could not open it",
    EMPTY: "there is nothing in it",
}


def unopened(findings: Iterable[Finding]) -> bool:
    """Whether its sender has nothing to mend but that it could not be opened."""
    faults = _faults(findings)
    return bool(faults) and faults <= UNOPENED.keys()


def empty(findings: Iterable[Finding]) -> bool:
    """Whether it was opened, and nothing was there."""
    return _faults(findings) == {EMPTY}


def outcome(findings: Iterable[Finding]) -> str:
    """What became of one that was not opened."""
    return next(said for rule, said in UNOPENED.items() if rule in _faults(findings))


def _faults(findings: Iterable[Finding]) -> set[str]:
    return {finding.rule for finding in findings if finding.severity == "fault"}
