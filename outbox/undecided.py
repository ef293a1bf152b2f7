"""What waits for the board while a return is not chased for it: nobody's silence lasts for ever.

Does: finds what agencies sent that a person has still to settle and that keeps a return of theirs
silent; says which of it has waited so long that it stands first on the digest, and drafts a letter
to the chair's office about what has waited longer (failure mode 107).
Trusts: the register; `outbox/matter.py` for what each is about.
Never touches: documents. What came is named by its kind alone.
Known limits: what waits is counted from the day it came, however often it was assigned since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from config.calendar import in_words
from config.kind import Kind
from handlers.register.entries import Unsettled
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.register import Register
from handlers.register.returns import SETTLED
from outbox.apart import with_article
from outbox.facts import UndecidedFacts
from outbox.letter import Draft, Letter
from outbox.matter import matter
from outbox.policy import Policy
from outbox.words import listed

DECIDED = "what it asked about is decided"
IN_PART = "a part of what it asked about is decided, and another says what is left"
_UNREAD = "something that a person has to look at"
_UNCLEAR = "something that may be"


@dataclass(frozen=True, slots=True)
class Asked:
    """One that waits: since which day, and what is not chased meanwhile."""

    entry: Unsettled
    case: CaseRow
    agency: AgencyRow
    since: date
    nouns: str

    @property
    def unchased(self) -> str:
        """ "the chronology is not chased"."""
        are = "are" if " and " in self.nouns else "is"
        return f"the {self.nouns} {are} not chased"


class Undecided:
    """Reads what waits for the board."""

    def __init__(self, register: Register, policy: Policy) -> None:
        self._register = register
        self._policy = policy

    def asked(self, cases: Sequence[CaseRow], now: datetime) -> dict[int, Asked]:
        """By its entry's number, what has waited so long that it is asked first; oldest first."""
        return self._by_entry(cases, now, self._policy.ask_first_after)

    def silencing(self, cases: Sequence[CaseRow], now: datetime) -> dict[int, Asked]:
        """By its entry's number, whatever keeps a return from being chased, however new."""
        return self._by_entry(cases, now, 0)

    def _by_entry(self, cases: Sequence[CaseRow], now: datetime, days: int) -> dict[int, Asked]:
        """What could be for several reviews is told of once, with what it keeps silent in each."""
        found: dict[int, Asked] = {}
        for asked in self._waiting(cases, now, days):
            same = found.get(asked.entry.id)
            found[asked.entry.id] = replace(same, nouns=_both(same, asked)) if same else asked
        return found

    def due(self, now: datetime) -> list[Draft]:
        """A letter to the chair's office about each that has waited longer still, to be released
        by a person; none where the settings name no such office, or outside office hours."""
        policy = self._policy
        if policy.chair is None or not policy.at_work(now):
            return []
        cases = self._register.matrix(now.date())
        return [self._draft(one) for one in self._waiting(cases, now, policy.ask_chair_after)]

    def decided(
        self, letters: Sequence[Letter], cases: Sequence[CaseRow], now: datetime
    ) -> dict[int, str]:
        """Which of these letters ask about what does not wait any more, or not all of it, by their
        numbers, and which of the two."""
        asking = list(self._waiting(cases, now, 0))
        waiting = {key(asked.entry) for asked in asking}
        in_part = {_about(asked.entry) for asked in asking}
        found = {x.id: x.key.partition("/again ")[0] for x in letters}
        return {
            id: IN_PART if of.partition("/less ")[0] in in_part else DECIDED
            for id, of in found.items()
            if of not in waiting
        }

    def _waiting(self, cases: Sequence[CaseRow], now: datetime, days: int) -> Iterator[Asked]:
        policy = self._policy
        places = {a.id: (c, a) for c in cases if c.state == "open" for a in c.agencies}
        for entry in self._register.entries.unsettled():
            if entry.agency_id not in places:
                continue
            case, agency = places[entry.agency_id]
            since = entry.came.astimezone(now.tzinfo).date()
            owed = {row.kind for row in agency.returns if row.state not in SETTLED}
            about = matter(entry, owed, policy.kinds)
            if about and policy.calendar.late_by(since, now.date()) >= days:
                nouns = listed([kind.noun for kind in policy.kinds.all if kind.id in about])
                yield Asked(entry, case, agency, since, nouns)

    def _draft(self, asked: Asked) -> Draft:
        chair = self._policy.chair
        assert chair is not None  # `due` has asked
        facts = UndecidedFacts(
            to=chair.name,
            case=asked.case.reference,
            agency=asked.agency.name,
            what=_what(asked.entry, self._policy.kinds.get(asked.entry.kind)),
            since=in_words(asked.since),
            nouns=asked.nouns,
        )
        return Draft(
            key=key(asked.entry),
            kind="undecided",
            recipient=chair,
            facts=facts,
            case_id=asked.case.id,
            agency_id=asked.agency.id,
            to_release=True,
        )


def key(entry: Unsettled) -> str:
    """One letter an entry, and one more once a part of what it asks about was agreed."""
    return _about(entry) + (f"/less {len(entry.agreed)}" if entry.agreed else "")


def _about(entry: Unsettled) -> str:
    """Of what could be for several reviews there is one for each, since no letter tells of two."""
    return f"undecided/{entry.id}" + (f"/{entry.agency_id}" if entry.unclear else "")


def _both(one: Asked, other: Asked) -> str:
    """ "chronology for N12, and the chronology and IMR for N14"."""
    first = one.nouns if " for " in one.nouns else f"{one.nouns} for {one.case.reference}"
    return f"{first}, and the {other.nouns} for {other.case.reference}"


def _what(entry: Unsettled, kind: Kind | None) -> str:
    if entry.unclear:
        return _UNCLEAR
    return with_article(kind.noun) if kind else _UNREAD
