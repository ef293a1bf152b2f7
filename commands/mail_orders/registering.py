"""Registers whom an agency names for the panel, once what names them is accepted: shown first, and
done by a link of that answer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pydantic import ValidationError

from commands.composition.app import Application
from commands.contact import register_contact
from commands.mail_orders.doing import OrderedBy
from commands.mail_orders.lookups import (
    GOOD_FOR,
    agency_row,
    board_calendar,
    link_maker,
    order_reason,
    said_short,
)
from commands.mail_orders.order_claims import confirming_stamp
from commands.mail_orders.people_plans import other_domain_words
from config.case_file import Contact, case_with_contact
from config.user_file import InvalidUserFile
from handlers.orders.order import Order
from handlers.register.agencies import AgencyPlace
from handlers.register.decision import Decision
from handlers.register.returns import PANEL_REPRESENTATIVE
from handlers.register.submissions import Entry
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import Offer, OrderOutcome, OrderResult

ROLE = "panel representative"
REGISTER = Offer("register, as it says here", "register")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]{1,64}@[\w.-]{1,190}\w")
_NO_ADDRESS = (
    "It gives no name and address in full, so that nobody can be registered by mail. Whoever works"
    " on the server can."
)
_NOT_YET = "Accept what names them first, and then press the link of the answer."


@dataclass(frozen=True, slots=True)
class _Named:
    """Whom it names, and where. `told` says what it would be to register them, `done` that they
    are."""

    new: Contact
    place: AgencyPlace
    told: tuple[str, ...]
    done: str


def with_registration(app: Application, kept: KeptAsk, result: OrderResult) -> OrderResult:
    """The answer to an accept; of a panel name with the address that would be registered."""
    entry = _entry(app, kept)
    if not result.done or entry is None or entry.kind != PANEL_REPRESENTATIVE:
        return result
    named = _named(app, entry)
    if isinstance(named, str):
        return replace(result, says=(*result.says, named))
    link = link_maker(app)(REGISTER, kept, confirming_stamp(kept, REGISTER.order))
    return replace(result, says=(*result.says, *named.told), links=(*result.links, link))


def register_named(
    app: Application, by: OrderedBy, kept: KeptAsk, order: Order, *, confirmed: bool
) -> OrderResult:
    """Do it, where the link of our answer asks for it."""
    number, about, entry = kept.ask.number, said_short(kept), _entry(app, kept)
    if entry is None or entry.kind != PANEL_REPRESENTATIVE or entry.decided != "accept":
        return OrderResult(number, about, (f"Nothing was done. {_NOT_YET}",))
    asked = kept.asked.astimezone(app.settings.board.zone_info).date()
    named = _named(app, entry)
    if app.now().date() > board_calendar(app).add_working_days(asked, GOOD_FOR):
        named = "That digest is too old."
    if not confirmed:
        named = _NOT_YET
    if isinstance(named, str):
        return OrderResult(number, about, (f"Nothing was done. {named}",))
    if _is_registered(app, named):
        return OrderResult(number, about, ("They are registered already.",))
    because = order_reason(app, by.name, by.message_id, order, by.words)
    with app.register.transaction():
        file = app.register.cases.case_file(named.place.reference)
        try:
            file = case_with_contact(file, named.place.code, named.new, app.kinds)
        except InvalidUserFile as why:
            return OrderResult(number, about, (f"Nothing was done. {why}",))
        made = Decision("add", because, named.place.case_id, named.place.agency_id)
        register_contact(app, file, named.new, made)
    return OrderResult(number, about, ("Done: register.", named.done), outcome=OrderOutcome.DONE)


def _is_registered(app: Application, named: _Named) -> bool:
    known = app.register.people.contacts_of_agency(named.place.agency_id)
    new = (named.new.email.casefold(), named.new.role)
    return any((each.email.casefold(), each.role) == new for each in known)


def _entry(app: Application, kept: KeptAsk) -> Entry | None:
    topic = kept.ask.topic
    if topic.sort != "entries" or len(topic.items) != 1:
        return None
    return app.register.entries.get_entry(int(topic.items[0]))


def _named(app: Application, entry: Entry) -> _Named | str:
    """Or why nobody can be registered."""
    place = app.register.people.place_of_agency(entry.agency_id) if entry.agency_id else None
    said = dict(entry.told.clues.asks)
    found = next(filter(None, map(_ADDRESS.search, said.values())), None)
    name = said.get("Name", "").strip()
    if place is None or found is None or not name or not app.may_tell(f"{name} {found[0]}"):
        return _NO_ADDRESS
    try:
        new = Contact(name=name, role="panel representative", email=found[0])
    except ValidationError:
        return _NO_ADDRESS
    agency = agency_row(app, entry)
    where = f"as {ROLE} of {place.reference}, {agency.name if agency else place.code}"
    told = f"It names {name}. The link below registers {new.email} {where}."
    done = f"{name} ({new.email}) is registered {where}."
    return _Named(new, place, (told, *other_domain_words(app, place, new)), done)
