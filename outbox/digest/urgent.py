"""Drafts a letter of its own for what the administrator hears of within the hour, at any hour.

`urgent` in a kind's file says which kinds those are. One that nobody recognised is not known to be
urgent. What people send who are not registered is told together, in a few letters a day at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from config.calendar import moment_in_words
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.register import Register
from handlers.register.submissions import Entry
from intake.database import RegisterDatabase
from outbox.digest.ask_lines import say_in_a_line
from outbox.digest.first_words import DANGER, PRESS
from outbox.digest.numbering import AskNumbering
from outbox.due.set_apart import with_article
from outbox.writing import commands_to_paste
from outbox.writing.asks import OrderLinks
from outbox.writing.digest_facts import Listing, Need
from outbox.writing.facts import UrgentFacts
from outbox.writing.letter import Draft, LetterKey, LetterTopic
from outbox.writing.policy import LetterPolicy

MOST_A_DAY = 3  # letters about what people sent who are not registered; the digest has all of it
MOST_IN_ONE = 5  # of what they sent is told in a letter; the digest has the rest
_DANGER = "somebody speaks of danger to a child, or of a death"
_TOLD = (
    "SELECT DISTINCT t.entry_id FROM tells t JOIN letters l ON l.id = t.letter_id"
    " WHERE l.kind = 'urgent' AND l.state <> 'called back'"
)
_TODAY = (
    "SELECT count(DISTINCT l.id) AS n FROM letters l JOIN tells t ON t.letter_id = l.id"
    " JOIN entries e ON e.id = t.entry_id WHERE l.kind = 'urgent' AND l.told_on = ?"
    " AND e.agency_id IS NULL AND e.verdict = 'hold' AND l.state <> 'called back'"
)
_Places = Mapping[int, tuple[CaseRow, AgencyRow]]  # by the agency's number


class UrgentEntries:
    """Reads what is urgent and waits."""

    def __init__(
        self,
        database: RegisterDatabase,
        register: Register,
        policy: LetterPolicy,
        needs: Callable[[Sequence[Entry], datetime], Sequence[Need]],
        links: OrderLinks | None,
        whence: Callable[[Sequence[Entry], tzinfo | None], str],
        matter: Callable[[Entry], str],
    ) -> None:
        """`needs` tells what entries ask, as the digest does; without `links` nothing is settled by
        mail. `whence` says who sent them, when, and where they lie, `matter` what one is about
        where its kind does not say so."""
        self._whence, self._matter = whence, matter
        self._database = database
        self._register = register
        self._policy = policy
        self._needs = needs
        self._links = links
        self._kinds = tuple(kind.id for kind in policy.kinds.all if kind.urgent)

    def draft_urgent(self, now: datetime) -> Iterator[Draft]:
        """One letter an entry, and one for all that people sent who are not registered; `now` is in
        the board's time zone."""
        told = {row["entry_id"] for row in self._database.fetch_rows(_TOLD)}
        entries = [
            entry
            for entry in self._register.entries.waiting_of_kinds(self._kinds)
            # Whoever said whose it is, or what, has just seen it.
            if entry.decision_id is None and entry.id not in told
        ]
        if not entries:
            return
        cases = self._register.case_matrix(now.date())
        places = {agency.id: (case, agency) for case in cases for agency in case.agencies}
        strange = [entry for entry in entries if _is_of_nobody(entry)]
        for entry in entries:
            if entry not in strange:
                yield self._draft([entry], places, now)
        row = self._database.fetch_row(_TODAY, now.date().isoformat())
        before = int(row["n"]) if row else 0
        if strange and before < MOST_A_DAY:
            all_in_one = self._draft(strange, places, now, last=before + 1 == MOST_A_DAY)
            apart = [self._draft([entry], places, now) for entry in strange[:MOST_IN_ONE]]
            yield replace(all_in_one, apart=tuple(apart)) if len(strange) > 1 else all_in_one

    def _draft(
        self, entries: Sequence[Entry], places: _Places, now: datetime, *, last: bool = False
    ) -> Draft:
        first, shown = entries[0], entries[:MOST_IN_ONE]
        case, agency = places.get(first.agency_id or 0) or (None, None)
        numbering = AskNumbering(self._links, now)
        told = zip(shown, self._needs(shown, now), strict=True)
        needs = (say_in_a_line(self._with_whence(need, entry, now)) for entry, need in told)
        (asks,) = numbering.number_lists([Listing(tuple(needs), len(entries))])
        matters = [self._matter(entry) for entry in entries]
        danger = DANGER in matters
        noun = self._policy.kinds[first.kind or ""].noun
        what = "a question from a journalist" if matters[0] == PRESS else with_article(noun)
        facts = UrgentFacts(
            to=self._policy.administrator.name,
            case=case.reference if case else "",
            agency=agency.name if agency else _sender(first, places),
            what=_DANGER if danger else what,
            at=moment_in_words(first.judged.astimezone(now.tzinfo)),
            asks=asks.shown,
            command="" if self._links else commands_to_paste.show_command(first.id),
            danger=danger,
            last=last,
            more=len(entries) - len(shown),
        )
        return Draft(
            key=f"urgent/{first.id}",
            kind="urgent",
            recipient=self._policy.administrator,
            facts=facts,
            case_id=case.id if case else None,
            agency_id=agency.id if agency else None,
            tells=tuple(LetterTopic(entry_id=entry.id) for entry in entries),
            about=LetterKey(entry_id=first.id),
            numbered=tuple(numbering.kept_asks([asks])),
        )

    def _with_whence(self, need: Need, entry: Entry, now: datetime) -> Need:
        """With all of how it came, for which the digest has no room."""
        if need.line is None:
            return need
        return replace(need, line=replace(need.line, whence=self._whence([entry], now.tzinfo)))


def _is_of_nobody(entry: Entry) -> bool:
    return entry.agency_id is None and not entry.told.places


def _sender(entry: Entry, places: _Places) -> str:
    """The agency of a proven sender, whichever of their reviews it is for; "" where none is
    known."""
    return next((places[id][1].name for id, _ in entry.told.places if id in places), "")
