"""Finds what waits for the board while a return is not chased for it (failure mode 107).

What has waited too long stands first on the digest, and then goes to the chair's office. It counts
from the day it came, however often it was assigned since.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from config.calendar import date_in_words
from config.english import join_with_and
from config.kind import Kind
from handlers.register.entries import UnsettledEntry
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.register import Register
from handlers.register.returns import SETTLED_STATES
from handlers.register.submissions import SEALED_NOTICE_REASON
from outbox.due.set_apart import with_article
from outbox.due.waiting_matters import kinds_concerned, without_old_notices
from outbox.writing.facts import UndecidedFacts
from outbox.writing.letter import AskedEntry, Draft, Letter
from outbox.writing.policy import LetterPolicy

REASON_NEWER_LETTER = "another draft says it, with what has waited as long since"
REASON_DECIDED = "what it asked about is decided"
REASON_PLACED = "whose or what it is was said, and the next letter asks about it as that"
REASON_NOT_WAITING = "what it asked about does not wait any more"
REASON_NONE_SUPPRESSED = "no return is kept from being chased by it any more"
REASON_PARTLY_DECIDED = "a part of what it asked about is decided, and another says what is left"
# What there is one of, and what there are many of.
_UNREAD = ("something that a person has to look at", "things that a person has to look at")
_DOCUMENT = ("a document that was not recognised", "documents that were not recognised")
_UNCLEAR = ("something that may be", "things that may be")


@dataclass(frozen=True, slots=True)
class UndecidedEntry:
    """One that waits: since which day, and what is not chased meanwhile."""

    entry: UnsettledEntry
    case: CaseRow
    agency: AgencyRow
    since: date
    nouns: str
    about: frozenset[str] = frozenset()

    @property
    def unchased_clause(self) -> str:
        """ "the chronology is not chased"."""
        are = "are" if " and " in self.nouns else "is"
        return f"the {self.nouns} {are} not chased"


class UndecidedEntries:
    """Reads what waits for the board."""

    def __init__(self, register: Register, policy: LetterPolicy) -> None:
        self._register = register
        self._policy = policy

    def long_waiting_entries(
        self, cases: Sequence[CaseRow], now: datetime
    ) -> dict[int, UndecidedEntry]:
        """By its entry's number, what has waited so long that it is asked first; oldest first."""
        return self._by_entry(cases, now, self._policy.ask_first_after)

    def suppressing_entries(
        self, cases: Sequence[CaseRow], now: datetime
    ) -> dict[int, UndecidedEntry]:
        """By its entry's number, whatever keeps a return from being chased, however new."""
        return self._by_entry(cases, now, 0)

    def _by_entry(
        self, cases: Sequence[CaseRow], now: datetime, days: int
    ) -> dict[int, UndecidedEntry]:
        """What could be for several reviews is told of once, with what it keeps silent in each."""
        found: dict[int, UndecidedEntry] = {}
        for asked in self._waiting(cases, now, days):
            same = found.get(asked.entry.id)
            found[asked.entry.id] = replace(same, nouns=_both(same, asked)) if same else asked
        return found

    def draft_for_chair(self, now: datetime, told: Collection[AskedEntry] = ()) -> list[Draft]:
        """A letter of each agency to the chair's office about what has waited longer still, to be
        released by a person; none where the settings name no such office, or outside office hours.
        `told` is what letters ask about that a person let go, or did not: that is not asked
        again. Of the notice of something sealed, which anybody can write, no letter tells."""
        policy = self._policy
        if policy.chair is None or not policy.is_at_work(now):
            return []
        of_agency = defaultdict[int, list[UndecidedEntry]](list)
        for one in self._waiting(
            self._register.case_matrix(now.date()), now, policy.ask_chair_after
        ):
            if _asked(one.entry) not in told and one.entry.reason != SEALED_NOTICE_REASON:
                of_agency[one.agency.id].append(one)
        return [self._draft(asked) for asked in of_agency.values()]

    def outdated_letters(
        self,
        letters: Mapping[Letter, frozenset[AskedEntry]],
        cases: Sequence[CaseRow],
        now: datetime,
        told: Collection[AskedEntry] = (),
    ) -> dict[int, str]:
        """Which of these letters, each with what it asks to be decided, ask about what does not
        wait any more, or not all of it, or not about all that waits as long, by their numbers, and
        which of the three."""
        waiting = {_asked(asked.entry) for asked in self._waiting(cases, now, 0)}
        of_entries = {(asked.entry_id, asked.agency_id) for asked in waiting}
        due = {draft.agency_id: frozenset(draft.asks) for draft in self.draft_for_chair(now, told)}
        found: dict[int, str] = {}
        for letter, asks in letters.items():
            if asks <= waiting:
                if letter.state == "draft" and asks < due.get(letter.agency_id, frozenset()):
                    found[letter.id] = REASON_NEWER_LETTER
            elif any((asked.entry_id, asked.agency_id) in of_entries for asked in asks):
                found[letter.id] = REASON_PARTLY_DECIDED
            else:
                found[letter.id] = self._ended(asks)
        return found

    def _ended(self, asks: Collection[AskedEntry]) -> str:
        """Why nothing of what a letter asks about waits: a person decided, or only said whose it
        is; or it has settled itself, since what it was about has come. What waits on while nothing
        is owed that it could be about is not said to be settled."""
        ids = {asked.entry_id for asked in asks}
        entries = self._register.entries
        if any(entry.id in ids for entry in entries.unsettled_entries()):
            return REASON_NONE_SUPPRESSED
        found = entries.entries_among(ids)
        if any(
            e.decided in ("accept", "reject", "keep") or entries.kinds_agreed_since(e)
            for e in found
        ):
            return REASON_DECIDED
        return REASON_PLACED if any(e.decided == "assign" for e in found) else REASON_NOT_WAITING

    def _waiting(
        self, cases: Sequence[CaseRow], now: datetime, days: int
    ) -> Iterator[UndecidedEntry]:
        policy = self._policy
        places = {a.id: (c, a) for c in cases if c.state == "open" for a in c.agencies}
        waits = self._register.entries.unsettled_entries()
        for entry in without_old_notices(waits, policy.calendar, now):
            if entry.agency_id not in places:
                continue
            case, agency = places[entry.agency_id]
            since = entry.came.astimezone(now.tzinfo).date()
            owed = {row.kind for row in agency.returns if row.state not in SETTLED_STATES}
            about = kinds_concerned(entry, owed, policy.kinds)
            if about and policy.calendar.working_days_late(since, now.date()) >= days:
                yield UndecidedEntry(entry, case, agency, since, self._nouns(about), about)

    def _nouns(self, about: Collection[str]) -> str:
        return join_with_and([kind.noun for kind in self._policy.kinds.all if kind.id in about])

    def _draft(self, asked: Sequence[UndecidedEntry]) -> Draft:
        first, chair = min(asked, key=lambda one: one.since), self._policy.chair
        assert chair is not None  # `due` has asked
        kinds = self._policy.kinds
        facts = UndecidedFacts(
            to=chair.name,
            case=first.case.reference,
            agency=first.agency.name,
            what=_what(_sort(one.entry, kinds.get(one.entry.kind)) for one in asked),
            since=date_in_words(first.since),
            nouns=self._nouns(frozenset().union(*(one.about for one in asked))),
            several=len(asked) > 1,
        )
        return Draft(
            key=_key([one.entry for one in asked]),
            kind="undecided",
            recipient=chair,
            facts=facts,
            case_id=first.case.id,
            agency_id=first.agency.id,
            to_release=True,
            asks=tuple(_asked(one.entry) for one in asked),
        )


def _key(entries: Sequence[UnsettledEntry]) -> str:
    """One letter an agency, made of its parts: no letter tells of two agencies, or of two cases."""
    return f"undecided/{'+'.join(map(_part, entries))}"


def _asked(entry: UnsettledEntry) -> AskedEntry:
    return AskedEntry(entry.id, entry.agency_id, len(entry.agreed))


def _part(entry: UnsettledEntry) -> str:
    """ "43a7": entry 43, of agency 7; "43a7l1" once a part of what it asks about was agreed."""
    return f"{entry.id}a{entry.agency_id}" + (f"l{len(entry.agreed)}" if entry.agreed else "")


def _both(one: UndecidedEntry, other: UndecidedEntry) -> str:
    """ "chronology for N12, and the chronology and IMR for N14"."""
    first = one.nouns if " for " in one.nouns else f"{one.nouns} for {one.case.reference}"
    return f"{first}, and the {other.nouns} for {other.case.reference}"


def _sort(entry: UnsettledEntry, kind: Kind | None) -> tuple[str, str]:
    if entry.unclear:
        return _UNCLEAR
    if kind is None:
        return _UNREAD if entry.reason else _DOCUMENT
    return with_article(kind.noun), f"times {with_article(kind.noun)}"


def _what(sorts: Iterable[tuple[str, str]]) -> str:
    """ "40 documents that were not recognised and a request for more time"."""
    many = Counter(sorts)
    return join_with_and([one if n == 1 else f"{n:,} {more}" for (one, more), n in many.items()])
