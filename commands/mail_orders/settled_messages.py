"""Messages of which an order leaves nothing to do: the board has seen what they say was posted.
They are put away with it."""

from __future__ import annotations

from collections.abc import Sequence

from commands.composition.app import Application
from handlers.register.requests import Request
from handlers.register.submissions import Entry
from outbox.digest.first_words import speaks_of_paper
from outbox.writing.commands_to_paste import is_bare_message


def paper_messages_settled_by(app: Application, wish: Request) -> tuple[int, ...]:
    """The messages of an agency's that speak of a return on paper and of no other than what the
    board has now seen."""
    if wish.what != "outside":
        return ()
    ids = [
        place.agency_id
        for place in app.register.people.places_of_agency(wish.agency)
        if place.reference.casefold() == wish.case.casefold()
    ]
    waiting = app.register.entries.waiting_entries("refer")
    theirs = [one for one in waiting if one.agency_id in ids]
    return tuple(one.id for one in theirs if _is_of(app, one, wish.kinds))


def _is_of(app: Application, entry: Entry, kinds: Sequence[str]) -> bool:
    if not is_bare_message(entry) or not entry.told.names or entry.told.leaving is not None:
        return False
    named = set(entry.told.names) <= set(kinds)
    return named and speaks_of_paper(app.first_words.own_words(entry))
