"""What a message may take back of what was accepted, for the administrator alone.

Does: says which accepted entries a message may take back, with the command that takes the
acceptance back and the one that leaves it; and of an accepted entry which message doubts it.
Trusts: the register.
Never touches: the message: its words are for a person to read.
Known limits: what a message may take back is told by kind: of several accepted versions, the last.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from config.kind import Kinds
from handlers.register.entries import Entries
from handlers.register.entry import Entry
from outbox import remedies

TAKES_BACK = "takes-back"


def taken_back(entry: Entry, entries: Entries, kinds: Kinds) -> tuple[str, ...]:
    """What is said of a message that may take something back."""
    return tuple(_sentences(entry, entries, kinds))


def _sentences(entry: Entry, entries: Entries, kinds: Kinds) -> Iterator[str]:
    if entry.reason != TAKES_BACK or entry.agency_id is None:
        return
    for about in _accepted(entry, entries):
        noun = kinds[about.kind or ""].noun
        command = remedies.reject(about.id)
        yield f"It may take back the {noun}, entry {about.id}. To do so: `{command}`"
    yield f"To leave what was accepted as it is: `{remedies.put_away(entry.id)}`"


def _accepted(entry: Entry, entries: Entries) -> Iterator[Entry]:
    """The last accepted entry, before this one, of each kind that it may take back."""
    for kind in entry.told.names:
        versions = entries.newest_first(entry.agency_id or 0, kind, {"accept"})
        yield from islice((each for each in versions if each.id < entry.id), 1)


def doubted_by(entry: Entry, entries: Entries) -> list[int]:
    """The messages that may take this entry back and that nobody has decided about."""
    if entry.stands != "accept" or entry.agency_id is None:
        return []
    later = (one for one in entries.of_agency(entry.agency_id) if one.id > entry.id)
    doubts = (one for one in later if one.waits and one.reason == TAKES_BACK)
    return [one.id for one in doubts if entry.kind in one.told.names]
