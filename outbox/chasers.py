"""Reminders, chasers and escalations: what is late, told to the right people once a rung.

Does: derives the letters of the ladder that are due. Pure.
Trusts: the register's matrix and the ladder.
Never touches: findings; a chaser says what is awaited, not what was wrong.
Known limits: absences and requests for more time do not pause it yet.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, time

from config.calendar import Calendar, briefly
from config.kind import Kinds
from config.ladder import Rung
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import CHASED
from outbox.answers import how_to_send
from outbox.checklist import checklist, in_columns
from outbox.facts import ChaserFacts
from outbox.ladder import reached
from outbox.letter import Draft, Recipient, Rungs
from outbox.words import listed

NOT_BEFORE = time(9)  # nobody is chased before they are at their desk

Told = Collection[Rungs]
ContactsOf = Callable[[int], Sequence[tuple[str, Recipient]]]  # agency id to (role, person)


def chasers(
    cases: Sequence[CaseRow],
    sealed: Collection[int],
    contacts_of: ContactsOf,
    told: Told,
    kinds: Kinds,
    ladder: Sequence[Rung],
    calendar: Calendar,
    now: datetime,
) -> list[Draft]:
    """Every chaser due on this working day; `now` is in the board's time zone.

    A return is chased when it has reached a rung that was not yet told for this due date. All
    that an agency owes goes into one letter, at its highest rung. The agencies `sealed` have sent
    something that a person has still to open: they are not chased meanwhile.
    """
    today = now.date()
    if not calendar.works(today) or now.time() < NOT_BEFORE:
        return []
    drafts = []
    for case in cases:
        for agency in case.agencies if case.state == "open" else ():
            if agency.id in sealed:
                continue
            due = [
                (owed, rung)
                for owed, rung in _due(agency, told, ladder, calendar, today)
                if kinds[owed.kind].chased
            ]
            if due:
                people = contacts_of(agency.id)
                drafts += _letters(case, agency, due, people, kinds, today)
    return drafts


def _due(
    agency: AgencyRow, told: Told, ladder: Sequence[Rung], calendar: Calendar, today: date
) -> list[tuple[ReturnRow, Rung]]:
    due = []
    for owed in agency.returns:
        rung = reached(owed.due, ladder, calendar, today) if owed.state in CHASED else None
        if rung is not None and Rungs(owed.id, owed.due_version, rung.days) not in told:
            due.append((owed, rung))
    return due


def _letters(
    case: CaseRow,
    agency: AgencyRow,
    due: Sequence[tuple[ReturnRow, Rung]],
    people: Sequence[tuple[str, Recipient]],
    kinds: Kinds,
    today: date,
) -> list[Draft]:
    top = max((rung for _, rung in due), key=lambda rung: rung.days)
    owed = sorted((row for row, _ in due), key=lambda row: row.due)
    recipients = {p.contact_id: p for role, p in people if role in top.to}
    authors = [p.name for role, p in people if role == "author"]
    return [
        Draft(
            key=_key(top, due, recipient),
            kind=top.letter,
            recipient=recipient,
            facts=_facts(case, agency, owed, recipient, authors, kinds, today),
            case_id=case.id,
            agency_id=agency.id,
            rungs=tuple(Rungs(row.id, row.due_version, rung.days) for row, rung in due),
        )
        for recipient in recipients.values()
    ]


def _key(top: Rung, due: Sequence[tuple[ReturnRow, Rung]], to: Recipient) -> str:
    about = "+".join(f"{row.id}v{row.due_version}r{rung.days}" for row, rung in due)
    return f"{top.letter}/{about}/{to.contact_id}"


def _facts(
    case: CaseRow,
    agency: AgencyRow,
    owed: Sequence[ReturnRow],
    to: Recipient,
    authors: Sequence[str],
    kinds: Kinds,
    today: date,
) -> ChaserFacts:
    return ChaserFacts(
        to=to.name,
        case=case.reference,
        agency=agency.name,
        nouns=listed([kinds[row.kind].noun for row in owed]),
        count=len(owed),
        sentence=listed([_sentence(row, kinds, today) for row in owed]),
        soonest=briefly(owed[0].due),
        today=owed[0].due == today,
        told=listed(authors) or "the author",
        checklist=tuple(in_columns(checklist(agency, kinds))),
        how=how_to_send(dropped=False),
    )


def _sentence(row: ReturnRow, kinds: Kinds, today: date) -> str:
    was = "which was due on" if row.due < today else "due on"
    return f"the {kinds[row.kind].noun}, {was} {briefly(row.due)}"
