"""What putting a mail away means that says that somebody leaves: who is written to from then on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commands.composition.app import Application
from config.calendar import date_without_year
from config.english import join_with_and
from handlers.register.agencies import RegisteredContact
from handlers.register.decision import Decision
from handlers.register.left_contacts import Departure
from outbox.due.recipients import LetterReader, ladder_readers
from outbox.sending.closed_addresses import unreachable_contacts


def leaver_lines(app: Application, decisions: Iterable[Decision]) -> Iterator[str]:
    """A sentence for each who leaves by what is decided about, and is registered all the same."""
    departures = app.register.entries.departures()
    for made in decisions:
        entry = app.register.entries.get_entry(made.entry_id) if made.entry_id else None
        leaving = entry.told.leaving if entry else None
        if leaving is None or not leaving.tells_who:
            continue
        for id in leaving.contacts:
            contact = app.register.people.find_contact(id)
            if contact is not None and not contact.removed:
                yield _sentence(app, contact, departures.get(id))


def _sentence(app: Application, contact: RegisteredContact, leaves: Departure | None) -> str:
    stays = f"{contact.name} stays registered as {contact.role}"
    if leaves is None:
        return f"{stays}, and is written to as before."
    readers = ladder_readers(
        *(app.register, contact.agency_id, app.now().date()),
        unreachable_contacts(app.database),
        app.register.entries.departures(),
    )
    others = [r for r in readers if r.is_there and r.recipient.email != contact.email]
    after = ""
    if leaves.last_day is not None and leaves.is_to_come(app.now().date()):
        after = f" what is due after {date_without_year(leaves.last_day)}"
    gone = leaves.has_left(app.now().date())
    same = [r for r in others if contact.role in r.roles]
    if same:
        told = "not written to any more" if gone else "written to until somebody takes them out"
        return f"{stays}, beside {_names(same)}, and is {told}."
    if not others:
        return f"{stays}, and nobody else there can be written to: please register another."
    what = f"of{after}" if after else "of what is owed"
    how = "in their place" if gone else "as well"
    return f"{stays}. Until another {contact.role} is, {_names(others)} is told {what} {how}."


def _names(readers: Iterable[LetterReader]) -> str:
    return join_with_and([reader.recipient.name for reader in readers])
