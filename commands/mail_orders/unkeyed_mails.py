"""The answer to what the administrator wrote by hand, without a link and in answer to no digest:
nothing of it is done, and these links do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from commands.composition.app import Application
from commands.mail_orders.attached_documents import not_taken
from commands.mail_orders.lookups import order_links, said_short
from commands.mail_orders.own_asks import OwnAsks, place_results
from commands.mail_orders.people_meant import ABOUT_PEOPLE, PeopleMeant
from handlers.orders.digest_text import fold_line
from handlers.orders.order import Order
from handlers.orders.reading import ReplyReading
from handlers.register.matrix import AgencyRow, CaseRow
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import OrderLink, OrderResult

MAX_CASES = 12  # with a link in one answer
_NOT_UNDERSTOOD = "This was not understood, so nothing was done."
_NOTHING_TAKEN = (
    "This was not understood, so nothing was done, and nothing that was attached was taken."
)
_THESE_DO = "These links do it:"
_NAMED = "It names {}: these links do what may be done there."
_WHICH_DIGEST = (
    "Nothing was done: this message answers no digest, so nobody can tell of which one the number"
    " is. If it is of the last one, these links do it."
)


@dataclass(frozen=True, slots=True)
class UnkeyedMail:
    """`asks` are those of the last digest; `papers` is how many documents are attached."""

    subject: str
    reading: ReplyReading
    asks: tuple[KeptAsk, ...]
    papers: int = 0

    @property
    def came_to(self) -> str:
        return _NOTHING_TAKEN if self.papers else _NOT_UNDERSTOOD


def unkeyed_results(app: Application, mail: UnkeyedMail, asks: OwnAsks) -> Iterator[OrderResult]:
    """What it may have meant, as links."""
    if mail.reading.orders:
        yield from (_numbered(mail, order) for order in mail.reading.orders)
        if mail.papers:
            numbers = {order.number for order in mail.reading.orders}
            about = [kept for kept in mail.asks if kept.ask.number in numbers]
            yield not_taken(app, asks, about, mail.papers)
        return
    yield from _about_people(app, mail, asks)
    said = fold_line(" ".join((mail.subject, *mail.reading.words)))
    cases = [c for c in app.register.case_matrix(app.now().date()) if c.state != "closed"]
    named = [case for case in cases if _has(said, case.reference)]
    places = [(case, agency) for case in named for agency in _agencies(said, case)]
    if len(places) != 1:
        yield OrderResult(0, "", (mail.came_to, _THESE_DO), _links(app, named or cases))
        if mail.papers:
            yield not_taken(app, asks, (), mail.papers)
        return
    case, agency = places[0]
    whose = f"{case.reference}, {agency.name}"
    says = (mail.came_to, _NAMED.format(whose))
    yield OrderResult(0, "", says, _links(app, [case], agency))
    yield from place_results(app, asks, case, agency)


def _about_people(app: Application, mail: UnkeyedMail, asks: OwnAsks) -> Iterator[OrderResult]:
    """Whom she names, and what may be done about them."""
    begun = len(asks.made)
    links = PeopleMeant(app, asks).links(". ".join((mail.subject, *mail.reading.words)))
    if links:
        yield OrderResult(0, "", (ABOUT_PEOPLE,), links, asks=asks.made_since(begun))


def _numbered(mail: UnkeyedMail, order: Order) -> OrderResult:
    kept = next((each for each in mail.asks if each.ask.number == order.number), None)
    if kept is None:
        return OrderResult(0, "", (mail.came_to,))
    return OrderResult(order.number, said_short(kept), (_WHICH_DIGEST,), kept.ask.links)


def _agencies(said: str, case: CaseRow) -> list[AgencyRow]:
    """Those that are named in full; else those whose code stands there."""
    named = [agency for agency in case.agencies if _has(said, agency.name)]
    return named or [agency for agency in case.agencies if _has(said, agency.code)]


def _has(said: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold_line(name))}(?!\w)", said) is not None


def _links(
    app: Application, cases: list[CaseRow], agency: AgencyRow | None = None
) -> tuple[OrderLink, ...]:
    """What may be asked at any time: a mail of one or two words each."""
    make = order_links(app).make_plain_link
    of = f" {agency.code}" if agency else ""
    asked = [f"Status {case.reference}{of}" for case in cases[:MAX_CASES]]
    return tuple(make(words, words) for words in (*asked, "Digest", "Help"))
