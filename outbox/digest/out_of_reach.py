"""Tells the administrator who is out of reach, since mail to them came back, and how many letters
wait for whom.

While a letter that came back waits for a person, the ask about that says it; once that is settled,
the reader is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from config.english import count_noun
from handlers.register.agencies import RegisteredContact
from intake.database import RegisterDatabase
from outbox.sending.closed_addresses import UnreachableReader, list_unreachable_readers
from outbox.writing import commands_to_paste
from outbox.writing.asks import AskLine, AskTopic, Offer
from outbox.writing.digest_facts import Need
from outbox.writing.groups import MAX_TOLD_SINGLY

_CLOSED = "mail to that address came back, and nothing goes there"
_WHERE = "To see who: `scr-intake outbox`"
ContactLookup = Callable[[int], RegisteredContact | None]


def unreachable_reader_needs(database: RegisterDatabase, contact: ContactLookup) -> Iterator[Need]:
    """Whoever no letter reaches, and about whom nothing else asks; of very many, one line."""
    found = [each for each in list_unreachable_readers(database) if not each.asked]
    if len(found) > MAX_TOLD_SINGLY:
        waiting = _waiting(sum(len(each.waiting) for each in found))
        yield Need(
            f"{len(found):,} people cannot be reached: mail to them came back, and nothing goes"
            f" there{waiting}. What may be done about each is in the answer to a message that says"
            f" Status and the case. To see who:",
            "scr-intake outbox",
        )
        return
    for each in found:
        person = contact(each.contact_id)
        if person is not None:
            yield _need(each, person)


def _need(reader: UnreachableReader, person: RegisteredContact) -> Need:
    place, waiting = (reader.reference, reader.code), _waiting(len(reader.waiting))
    new = commands_to_paste.register_command(*place, person.role)
    gone = commands_to_paste.remove_contact_command(*place, person.email)
    return Need(
        f"{reader.reference}, {reader.agency}: {person.name} ({person.role}, {person.email}) cannot"
        f" be reached: {_CLOSED}{waiting}. If it works again:",
        commands_to_paste.contact_back_command(*place, person.email),
        topic=AskTopic("agency", (reader.contact_id,), *place),
        offers=(
            Offer("bring back: the address works again", f"bring back {person.email}"),
            Offer("remove", f"remove {person.email}"),
        ),
        line=AskLine(
            reader.agency,
            f"{person.name} ({person.email}) cannot be reached",
            f"{_CLOSED}{waiting}",
        ),
        by_command=(f"To register another: `{new}`", f"To take this one out: `{gone}`"),
    )


def waiting_for_reader_notes(database: RegisterDatabase, contact: ContactLookup) -> Iterator[str]:
    """How many letters are kept for whom, beside the ask about one that came back."""
    found = [each for each in list_unreachable_readers(database) if each.asked and each.waiting]
    if len(found) > MAX_TOLD_SINGLY:
        letters = count_noun(sum(len(each.waiting) for each in found), "letter")
        yield f"{letters} wait for {len(found):,} people to whom mail came back. {_WHERE}"
        return
    for each in found:
        person = contact(each.contact_id)
        if person is not None:
            number = len(each.waiting)
            yield (
                f"{each.reference}, {each.agency}: {count_noun(number, 'letter')}"
                f" {'waits' if number == 1 else 'wait'} for {person.name} ({person.email}), to whom"
                " mail came back."
            )


def _waiting(number: int) -> str:
    """ "; 5 letters wait for them", "" for none."""
    if not number:
        return ""
    return f"; {count_noun(number, 'letter')} {'waits' if number == 1 else 'wait'} for them"
