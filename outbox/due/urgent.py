"""Drafts a letter of its own for what the administrator hears of within the hour, at any hour.

`urgent` in a kind's file says which kinds those are. One that nobody recognised is not known to be
urgent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from config.calendar import moment_in_words
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.register import Register
from handlers.register.submissions import Entry
from outbox.due.set_apart import with_article
from outbox.writing import commands_to_paste
from outbox.writing.facts import UrgentFacts
from outbox.writing.letter import Draft, LetterKey, LetterTopic
from outbox.writing.policy import LetterPolicy


class UrgentEntries:
    """Reads what is urgent and waits."""

    def __init__(self, register: Register, policy: LetterPolicy) -> None:
        self._register = register
        self._policy = policy
        self._kinds = tuple(kind.id for kind in policy.kinds.all if kind.urgent)

    def draft_urgent(self, now: datetime) -> Iterator[Draft]:
        """One letter an entry; `now` is in the board's time zone."""
        entries = self._register.entries.waiting_of_kinds(self._kinds)
        places: dict[int, tuple[CaseRow, AgencyRow]] = {}
        if entries:
            cases = self._register.case_matrix(now.date())
            places = {agency.id: (case, agency) for case in cases for agency in case.agencies}
        for entry in entries:
            if entry.decision_id is not None:
                continue  # whoever said whose it is, or what, has just seen it
            yield self._draft(entry, places.get(entry.agency_id or 0), _sender(entry, places), now)

    def _draft(
        self,
        entry: Entry,
        place: tuple[CaseRow, AgencyRow] | None,
        sender: str,
        now: datetime,
    ) -> Draft:
        case, agency = place or (None, None)
        facts = UrgentFacts(
            to=self._policy.administrator.name,
            case=case.reference if case else "",
            agency=agency.name if agency else sender,
            what=with_article(self._policy.kinds[entry.kind or ""].noun),
            at=moment_in_words(entry.judged.astimezone(now.tzinfo)),
            command=commands_to_paste.show_command(entry.id),
        )
        return Draft(
            key=f"urgent/{entry.id}",
            kind="urgent",
            recipient=self._policy.administrator,
            facts=facts,
            case_id=case.id if case else None,
            agency_id=agency.id if agency else None,
            tells=(LetterTopic(entry_id=entry.id),),
            about=LetterKey(entry_id=entry.id),
        )


def _sender(entry: Entry, places: Mapping[int, tuple[CaseRow, AgencyRow]]) -> str:
    """The agency of a proven sender, whichever of their reviews it is for; "" where none is
    known."""
    return next((places[id][1].name for id, _ in entry.told.places if id in places), "")
