"""Why something waits for a person, and what a message may take back: for the administrator
alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from config.kind import PACK_TOO, Kind, Kinds
from config.rules import Severity
from handlers.register.entries import Entries
from handlers.register.submissions import Entry
from outbox.writing import commands_to_paste
from outbox.writing.places import changes
from outbox.writing.words import count

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


NIL_IS_GONE = "The nil return beside which it came does not stand any more."


def answered_since(entry: Entry, entries: Entries, kinds: Kinds) -> Entry | None:
    """The entry without the question whether it or a nil return stands, once a person has decided
    against every one of those; None where that is not asked, or still is."""
    kind, findings = kinds.get(entry.kind), entry.told.findings
    rest = tuple(finding for finding in findings if finding.rule != PACK_TOO)
    if len(rest) == len(findings) or entry.agency_id is None or (kind and kind.settles_pack):
        return None
    stands = (
        one
        for nil in kinds.all
        if nil.settles_pack
        for one in entries.newest_first(entry.agency_id, nil.id, {"accept", "refer", "hold"})
    )
    if next(stands, None) is not None:
        return None
    return replace(entry, told=replace(entry.told, findings=rest))


TAKES_BACK = "takes-back"


def taken_back(entry: Entry, entries: Entries, kinds: Kinds) -> tuple[str, ...]:
    """What is said of a message that may take something back."""
    return tuple(_sentences(entry, entries, kinds))


def _sentences(entry: Entry, entries: Entries, kinds: Kinds) -> Iterator[str]:
    if entry.reason != TAKES_BACK or entry.agency_id is None:
        return
    for about in _accepted(entry, entries):
        noun = kinds[about.kind or ""].noun
        command = commands_to_paste.reject(about.id)
        yield f"It may take back the {noun}, entry {about.id}. To do so: `{command}`"
    yield f"To leave what was accepted as it is: `{commands_to_paste.put_away(entry.id)}`"


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
