"""What waits for a person about an agency's returns: which returns each matter is about, and how
that is said to the agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from config.calendar import Calendar
from config.english import join_with_and
from config.kind import Kinds
from handlers.register.entries import UnsettledEntry
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import SEALED_NOTICE_REASON, UNTOLD_REASONS, Entry
from handlers.register.time_requests import (
    MESSAGE_REASON,
    WITHDRAWN_REASON,
    kinds_not_agreed,
    matter_of,
    settled_matter,
)
from outbox.writing.checklist import LOOKED_AT, MORE_TIME, PERHAPS_CAME, READ, more_time_words
from outbox.writing.commands_to_paste import until_in_words

# A letter asked the sender to send it again, which is chased; none goes about several reviews.
FOR_AGENCY_TO_MEND = frozenset(
    {SetApartReason.DOCUMENT_MISSING, SetApartReason.REMOVED_ON_THE_WAY, SetApartReason.TOO_BIG}
)
ABOUT_NO_RETURN = frozenset(
    {
        SetApartReason.THANKS,
        SetApartReason.STATUS_ASKED,
        WITHDRAWN_REASON,
        SetApartReason.TAKES_BACK,
        SetApartReason.CONTACT_LEFT,
        SetApartReason.CHALLENGE,
    }
)

# For how many working days the notices of sealed mail keep an agency's returns from being chased.
SEALED_NOTICE_DAYS = 5


def without_old_notices(
    unsettled: Iterable[UnsettledEntry], calendar: Calendar, now: datetime
) -> list[UnsettledEntry]:
    """Without the notices of sealed mail that name an agency for so many working days already:
    anybody can write one, and nobody is to be kept from being asked for ever."""
    found, first = list(unsettled), dict[int, datetime]()
    for entry in found:
        if entry.reason == SEALED_NOTICE_REASON:
            first[entry.agency_id] = min(entry.came, first.get(entry.agency_id, entry.came))
    old = {
        agency
        for agency, came in first.items()
        if calendar.working_days_late(came.astimezone(now.tzinfo).date(), now.date())
        >= SEALED_NOTICE_DAYS
    }
    return [
        entry
        for entry in found
        if entry.reason != SEALED_NOTICE_REASON or entry.agency_id not in old
    ]


def waiting_wordings(
    unsettled: Iterable[UnsettledEntry], kinds: Kinds
) -> Callable[[AgencyRow], Mapping[str, str]]:
    """For each agency, by kind of return, the words for what still waits for a decision: that more
    time was asked for, or, of a return that would be called late, that a person is looking at what
    came or is reading a message about it, or, of one that is not late, that a document which was
    not recognised may be it. A request that names no return we know gives no words, nor does what
    is held since it may not be theirs."""
    of_agency = defaultdict[int | None, list[UnsettledEntry]](list)
    for entry in unsettled:
        if entry.reason not in UNTOLD_REASONS:
            of_agency[entry.agency_id].append(entry)

    def of(agency: AgencyRow) -> Mapping[str, str]:
        owed = {row.kind for row in agency.returns}
        late = {row.kind for row in agency.returns if row.overdue}
        awaited = {row.kind for row in agency.returns if row.state == "awaited"} - late
        asked, looked_at, perhaps, read = set[str](), set[str](), set[str](), set[str]()
        for entry in of_agency.get(agency.id, ()):
            about = kinds_concerned(entry, owed, kinds)
            if asks_for_time(entry) and is_plain(entry, owed, kinds):
                asked |= about
            elif entry.reason == MESSAGE_REASON and entry.kind is None:
                read |= about & late
            else:
                looked_at |= about & late
                # A document that nobody recognised yet, and that its sender knows we have.
                unknown = entry.kind is None and not entry.reason and not entry.held
                perhaps |= about & awaited if unknown else set()
        return {
            **dict.fromkeys(perhaps, PERHAPS_CAME),
            **dict.fromkeys(read, READ),
            **dict.fromkeys(looked_at, LOOKED_AT),
            **dict.fromkeys(asked, MORE_TIME),
        }

    return of


@dataclass(frozen=True, slots=True)
class MoreTimeAsked:
    """That more time is asked for a return, and until when, in words; `plain` says that it is
    plainly for this one."""

    words: str
    plain: bool


def more_time_asked(
    unsettled: Iterable[UnsettledEntry], cases: Iterable[CaseRow], kinds: Kinds, calendar: Calendar
) -> dict[int, MoreTimeAsked]:
    """By the return, that more time is asked for, and until when: "more time asked for until
    Friday 14 May, not yet decided"."""
    agencies = {agency.id: agency for case in cases for agency in case.agencies}
    found = dict[int, MoreTimeAsked]()
    for entry in unsettled:
        agency = agencies.get(entry.agency_id)
        if agency is None or not asks_for_time(entry):
            continue
        owed = {row.kind for row in agency.returns}
        about, plain = kinds_concerned(entry, owed, kinds), is_plain(entry, owed, kinds)
        for row in agency.returns:
            if row.kind in about:
                until = until_in_words(entry.asks, row, kinds, calendar)
                said = more_time_words(until)
                found[row.id] = MoreTimeAsked(said if plain else f"perhaps {said}", plain)
    return found


def asks_for_time(entry: UnsettledEntry) -> bool:
    """A request; or a message that answers a reminder and asks something, kept as one is."""
    return entry.kind == EXTENSION_REQUEST or (
        entry.reason == MESSAGE_REASON and entry.kind is None and bool(entry.asks)
    )


def settled_request_words(entry: Entry, agency: AgencyRow, kinds: Kinds) -> str:
    """What is said of a request for more time when all that it could be about is settled: "not
    needed, since the IMR is accepted already"; "" of anything else."""
    if entry.kind != EXTENSION_REQUEST or entry.verdict != "refer" or entry.decided is not None:
        return ""
    states = {row.kind: row.state for row in agency.returns}
    asks, names = entry.told.clues.asks, entry.told.names
    about = settled_matter(asks, names, states, kinds)
    if not about:
        return ""
    nouns = join_with_and([kind.noun for kind in kinds.all if kind.id in about])
    is_ = "is" if len(about) == 1 else "are"
    accepted = all(states[kind] == "accepted" for kind in about)
    became = "accepted already" if accepted else "settled already, and not asked for any more"
    return f"not needed, since the {nouns} {is_} {became}"


def is_plain(entry: UnsettledEntry, owed: Collection[str], kinds: Kinds) -> bool:
    """Whether it is plain for which returns an entry asks for more time. A message asks for
    every return that it names; a request must say so itself."""
    return entry.kind != EXTENSION_REQUEST or matter_of(entry.asks, entry.names, owed, kinds).sure


def kinds_concerned(entry: UnsettledEntry, owed: Collection[str], kinds: Kinds) -> frozenset[str]:
    """The kinds, of those its agency owes, that the entry is about or could be, without those that
    were agreed about since."""
    if entry.reason in ABOUT_NO_RETURN or (
        entry.reason in FOR_AGENCY_TO_MEND and not entry.unclear
    ):
        return frozenset()
    if entry.reason == MESSAGE_REASON and entry.kind is None:
        return frozenset(kinds_not_agreed(entry.names, entry.agreed)).intersection(owed)
    if entry.kind == EXTENSION_REQUEST:
        return matter_of(entry.asks, entry.names, owed, kinds).kinds - entry.agreed
    kind = kinds.get(entry.kind)
    if kind is None and (likely := frozenset(entry.likely).intersection(owed)):
        return likely
    if kind is None or kind.settles_pack:
        return frozenset(owed)
    return frozenset({kind.id}).intersection(owed)
