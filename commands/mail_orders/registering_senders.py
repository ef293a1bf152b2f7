"""Offers to register whoever sent something and is not registered: a link for each agency and role
that they may be of, which does it and takes up what they sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import shorten

from commands.composition.app import Application
from commands.composition.original_files import read_if_whole
from commands.mail_orders.lookups import link_maker, said_short, sender_of
from commands.mail_orders.order_claims import confirming_stamp
from commands.mail_orders.people_plans import REGISTERS
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.submissions import Entry
from intake.message.parse import read_sender_name
from intake.unregistered_senders import domain_of_sender
from outbox.digest.offers import FILE, REGISTER_SENDER
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import (
    Offer,
    OrderLink,
    OrderOutcome,
    OrderResult,
    link_to_write,
    ordered_by,
)

MAX_PLACES = 8  # agencies that are offered
MAX_BOARD_CHARS = 60
_NONE = "none of these: answer them"
_LETTER = (
    "Dear {name}, thank you for your message. We do not know you as part of this review, so nothing"
    " in it was taken in. If you write for an agency, please tell us which, and who there can say"
    " that you do."
)
_NOBODY = "Nothing can be registered by this: it names no sender, or is settled."


_ANOTHER = 'If they are of another agency, the answer to "details" has its link.'
_Place = tuple[CaseRow, AgencyRow]


def offer_registration(app: Application, kept: KeptAsk) -> OrderResult:
    """Nothing is done yet: each link says what it does."""
    number, about, sender = kept.ask.number, said_short(kept), _sender(app, kept)
    if sender is None:
        return OrderResult(number, about, (_NOBODY,))
    entry, email, name = sender
    likely, others = _places(app, entry, email)
    filing = (link for link in kept.ask.links if link.label == FILE.label)
    links = (*_links(app, kept, email, name, likely), _letter_to_them(app, email, name), *filing)
    says = (
        f"Nothing is done yet. Each of these registers {name} ({email}) for an agency, and takes up"
        " what they sent as that agency's: it is judged there, and they are answered.",
        "Their name is at the end of the message that opens: put it right where it is wrong.",
        *_their_words(app, entry),
        *([_ANOTHER] if others else []),
        f'If they are of none of these, answer them yourself: "{_NONE}" opens a letter to {email}'
        " that goes from your own mailbox, and you can change its words. Then file what they sent.",
    )
    return OrderResult(number, about, says, links, OrderOutcome.ONE_MORE_STEP)


def links_to_others(app: Application, kept: KeptAsk) -> tuple[OrderLink, ...]:
    """For details: the agencies at which nobody has the domain of a sender who is not registered,
    where somebody at another has."""
    asked = any(ordered_by(link) == REGISTER_SENDER.order for link in kept.ask.links)
    sender = _sender(app, kept) if asked else None
    if sender is None:
        return ()
    entry, email, name = sender
    return tuple(_links(app, kept, email, name, _places(app, entry, email)[1], told=False))


def _sender(app: Application, kept: KeptAsk) -> tuple[Entry, str, str] | None:
    """What waits, and the address and the name of whoever sent it; None where they cannot be told
    or nothing waits."""
    entry = _entry(app, kept)
    email = sender_of(app, entry) if entry else ""
    if entry is None or not email or not app.may_tell(email):
        return None
    name = read_sender_name(read_if_whole(app.vault, app.spool.get(entry.delivery_id).content))
    return entry, email, name if name and app.may_tell(name) else email.partition("@")[0]


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
    app: Application,
    kept: KeptAsk,
    email: str,
    name: str,
    places: Sequence[_Place],
    *,
    told: bool = True,
) -> Iterator[OrderLink]:
    """Where it is not `told` beside them what they do, each first says it."""
    make = link_maker(app)
    for case, agency in places[:MAX_PLACES]:
        for word, role in REGISTERS.items():
            at = f"{case.reference} {agency.code}"
            offer = Offer(
                f"register as {role} of {agency.name}, {case.reference}",
                f"{word} {at} {email}: {name}",
            )
            yield make(offer, kept, confirming_stamp(kept, word) if told else "")


def _places(
    app: Application, entry: Entry, email: str
) -> tuple[Sequence[_Place], Sequence[_Place]]:
    """In the cases that it names, or in any: where people are at the same domain, and the others.
    Where nobody is at it, all are as likely."""
    cases = [c for c in app.register.case_matrix(app.now().date()) if c.state != "closed"]
    named = [case for case in cases if case.reference in entry.told.candidates]
    domain = domain_of_sender(email)

    def fits(place: _Place) -> bool:
        people = app.register.people.contacts_of_agency(place[1].id)
        return any(domain_of_sender(each.email) == domain for each in people)

    every = [(case, agency) for case in named or cases for agency in case.agencies]
    likely = [place for place in every if fits(place)]
    return (likely, [place for place in every if place not in likely]) if likely else (every, ())
