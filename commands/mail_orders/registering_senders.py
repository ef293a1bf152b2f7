"""Offers to register whoever sent something and is not registered: a link for each agency and role
that they may be of, which does it and takes up what they sent."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import shorten

from commands.app import Application
from commands.mail_orders.lookups import link_maker, said_short, sender_of
from commands.mail_orders.order_claims import confirming_stamp
from commands.mail_orders.people_plans import REGISTERS
from commands.original_files import read_if_whole
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.submissions import Entry
from intake.message.parse import read_sender_name
from intake.unregistered_senders import domain_of_sender
from outbox.digest.offers import FILE
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import Offer, OrderLink, OrderOutcome, OrderResult, link_to_write

MAX_PLACES = 8  # agencies that are offered, those at the sender's own domain first
MAX_BOARD_CHARS = 60
_NONE = "none of these: answer them"
_LETTER = (
    "Dear {name}, thank you for your message. We do not know you as part of this review, so nothing"
    " in it was taken in. If you write for an agency, please tell us which, and who there can say"
    " that you do."
)
_NOBODY = "Nothing can be registered by this: it names no sender, or is settled."


def offer_registration(app: Application, kept: KeptAsk) -> OrderResult:
    """Nothing is done yet: each link says what it does."""
    number, about, entry = kept.ask.number, said_short(kept), _entry(app, kept)
    email = sender_of(app, entry) if entry else ""
    if entry is None or not email or not app.may_tell(email):
        return OrderResult(number, about, (_NOBODY,))
    name = read_sender_name(read_if_whole(app.vault, app.spool.get(entry.delivery_id).content))
    name = name if name and app.may_tell(name) else email.partition("@")[0]
    filing = (link for link in kept.ask.links if link.label == FILE.label)
    links = (*_links(app, kept, entry, email, name), _letter_to_them(app, email, name), *filing)
    says = (
        f"Nothing is done yet. Each of these registers {name} ({email}) for an agency, and takes up"
        " what they sent as that agency's: it is judged there, and they are answered.",
        "Their name is at the end of the message that opens: put it right where it is wrong.",
        *_their_words(app, entry),
        f'If they are of none of these, answer them yourself: "{_NONE}" opens a letter to {email}'
        " that goes from your own mailbox, and you can change its words. Then file what they sent.",
    )
    return OrderResult(number, about, says, links, OrderOutcome.ONE_MORE_STEP)


def _their_words(app: Application, entry: Entry) -> Iterator[str]:
    """How their message begins: it may say of whom they are."""
    told = app.first_words.telling_of(entry)
    if told.quoted:
        yield f"They wrote: {told.found}"


def _letter_to_them(app: Application, email: str, name: str) -> OrderLink:
    """Opens a letter that goes from her own mailbox: the service answers nobody who is not
    registered."""
    board = shorten(app.settings.board.name, MAX_BOARD_CHARS, placeholder="...")
    return link_to_write(_NONE, email, f"Your message to {board}", _LETTER.format(name=name))


def _entry(app: Application, kept: KeptAsk) -> Entry | None:
    if kept.ask.topic.sort != "entries":
        return None
    waiting = app.register.entries.waiting_among([int(id) for id in kept.ask.topic.items])
    return next((entry for entry in waiting if entry.agency_id is None), None)


def _links(
    app: Application, kept: KeptAsk, entry: Entry, email: str, name: str
) -> Iterator[OrderLink]:
    make = link_maker(app)
    for case, agency in _places(app, entry, email)[:MAX_PLACES]:
        for word, role in REGISTERS.items():
            at = f"{case.reference} {agency.code}"
            offer = Offer(
                f"register as {role} of {agency.name}, {case.reference}",
                f"{word} {at} {email}: {name}",
            )
            yield make(offer, kept, confirming_stamp(kept, word))


def _places(app: Application, entry: Entry, email: str) -> list[tuple[CaseRow, AgencyRow]]:
    """In the cases that it names, or in any; where people are at the same domain first."""
    cases = [c for c in app.register.case_matrix(app.now().date()) if c.state != "closed"]
    named = [case for case in cases if case.reference in entry.told.candidates]
    domain = domain_of_sender(email)

    def elsewhere(place: tuple[CaseRow, AgencyRow]) -> bool:
        people = app.register.people.contacts_of_agency(place[1].id)
        return all(domain_of_sender(each.email) != domain for each in people)

    return sorted(((c, a) for c in named or cases for a in c.agencies), key=elsewhere)
