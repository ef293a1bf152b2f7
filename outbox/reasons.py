"""Why something waits for a person, in a few lines: for the administrator alone.

Does: puts every question and danger that was found in an entry into a line with its place.
Trusts: the entry's findings, which are in words of ours.
Never touches: documents; what else was found in an entry is shown by `scr-intake show`.
Known limits: a list that is long is cut, and says how many more there are.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.kind import Kind
from config.rule import Severity
from handlers.register.entry import Entry
from outbox.places import changes
from outbox.words import count

MOST = 3  # reasons of one entry
_WORST_FIRST: tuple[Severity, ...] = ("danger", "question")


def reasons(entry: Entry, kind: Kind | None) -> tuple[str, ...]:
    """ "Row 14, Date. The date is outside the period of the review ..."."""
    found = list(_each(entry, kind))
    if len(found) <= MOST + 1:
        return tuple(found)
    return (*found[:MOST], f"And {count(len(found) - MOST, 'more thing')}.")


def _each(entry: Entry, kind: Kind | None) -> Iterator[str]:
    """A hold's questions are not looked at before what it is held for."""
    for severity in _WORST_FIRST:
        of_it = [f for f in entry.told.findings if f.severity == severity]
        for change in changes(of_it, kind, entry.told.findings):
            yield f"{change.place}. {change.message}" if change.place else change.message
