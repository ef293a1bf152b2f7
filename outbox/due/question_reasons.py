"""Why something waits for a person, and what a message may take back: for the administrator
alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from config.english import count_noun
from config.kind import PACK_ALSO_SENT_RULE, Kind, Kinds
from config.rules import Severity
from handlers.register.entries import Entries
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import Entry
from outbox.writing import commands_to_paste
from outbox.writing.places import group_into_changes

MAX_REASONS = 3  # reasons of one entry
_WORST_FIRST: tuple[Severity, ...] = ("danger", "question")


def waiting_reasons(entry: Entry, kind: Kind | None) -> tuple[str, ...]:
    """ "Row 14, Date. The date is outside the period of the review ..."."""
    found = list(_each(entry, kind))
    if len(found) <= MAX_REASONS + 1:
        return tuple(found)
    return (*found[:MAX_REASONS], f"And {count_noun(len(found) - MAX_REASONS, 'more thing')}.")


def _each(entry: Entry, kind: Kind | None) -> Iterator[str]:
    """A hold's questions are not looked at before what it is held for."""
    for severity in _WORST_FIRST:
        of_it = [f for f in entry.told.findings if f.severity == severity]
        for change in group_into_changes(of_it, kind, entry.told.findings):
            yield f"{change.place}. {change.message}" if change.place else change.message


NIL_RETURN_REJECTED = "The nil return beside which it came does not stand any more."


def without_nil_question(entry: Entry, entries: Entries, kinds: Kinds) -> Entry | None:
    """The entry without the question whether it or a nil return stands, once a person has decided
    against every one of those; None where that is not asked, or still is."""
    kind, findings = kinds.get(entry.kind), entry.told.findings
    rest = tuple(finding for finding in findings if finding.rule != PACK_ALSO_SENT_RULE)
    if len(rest) == len(findings) or entry.agency_id is None or (kind and kind.settles_pack):
        return None
    stands = (
        one
        for nil in kinds.all
        if nil.settles_pack
        for one in entries.entries_newest_first(
            entry.agency_id, nil.id, {"accept", "refer", "hold"}
        )
    )
    if next(stands, None) is not None:
        return None
    return replace(entry, told=replace(entry.told, findings=rest))


TAKES_BACK_REASON = SetApartReason.TAKES_BACK


def withdrawal_sentences(entry: Entry, entries: Entries, kinds: Kinds) -> tuple[str, ...]:
    """What is said of a message that may take something back."""
    return tuple(_sentences(entry, entries, kinds))


def _sentences(entry: Entry, entries: Entries, kinds: Kinds) -> Iterator[str]:
    if entry.reason != TAKES_BACK_REASON or entry.agency_id is None:
        return
    for about in _accepted(entry, entries):
        noun = kinds[about.kind or ""].noun
        command = commands_to_paste.reject_command(about.id)
        yield f"It may take back the {noun}, entry {about.id}. To do so: `{command}`"
    yield f"To leave what was accepted as it is: `{commands_to_paste.put_away_command(entry.id)}`"


def _accepted(entry: Entry, entries: Entries) -> Iterator[Entry]:
    """What stands accepted of each kind that it may take back, where that came before it: what
    came in its place since then is not meant by it."""
    for kind in entry.told.names:
        stands = islice(entries.entries_newest_first(entry.agency_id or 0, kind, {"accept"}), 1)
        yield from (each for each in stands if each.id < entry.id)


def entries_taken_back(entry: Entry, entries: Entries) -> tuple[int, ...]:
    """What a message may take back, by the numbers of the entries that were accepted."""
    if entry.reason != TAKES_BACK_REASON or entry.agency_id is None:
        return ()
    return tuple(each.id for each in _accepted(entry, entries))


def doubting_entries(entry: Entry, entries: Entries) -> list[int]:
    """The messages that may take this entry back and that nobody has decided about."""
    if entry.standing_verdict != "accept" or entry.agency_id is None:
        return []
    later = (one for one in entries.entries_of_agency(entry.agency_id) if one.id > entry.id)
    doubts = (one for one in later if one.is_waiting and one.reason == TAKES_BACK_REASON)
    return [one.id for one in doubts if entry.kind in one.told.names]
