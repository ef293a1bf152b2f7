"""What an order is about, as the register has it now: the entry behind an ask, and whether that has
moved on since the digest was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from textwrap import shorten

from commands.composition.app import Application
from commands.composition.original_files import read_if_whole
from commands.mail_orders.wishes import AskedAbout
from config.calendar import Calendar, moment_in_words
from handlers.orders.order import Order
from handlers.register.agencies import AgencyPlace
from handlers.register.decision import DecisionReason
from handlers.register.matrix import AgencyRow
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import Entry, EntryVerdict
from intake.headers.address import without_sub_address
from intake.message.parse import read_message_head
from intake.order_codes import OrderCodes
from outbox.due.question_reasons import TAKES_BACK_REASON, entries_taken_back
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import UNDO, Offer, OrderLink, OrderLinks
from outbox.writing.commands_to_paste import is_question_of_several, time_ways

GOOD_FOR = 11  # working days
MAX_ABOUT_CHARS = 160  # of what an ask says, where it is named
_FIRST_PART = re.compile(r'(?:"[^"]*"?|[^".;]|\.(?! ))*')
_DONE_WORDS = {
    "accept": "accepted",
    "reject": "sent back, or put away",
    "assign": "assigned",
    "keep": "kept as no return",
}


def board_calendar(app: Application) -> Calendar:
    board = app.settings.board
    return Calendar.for_subdivision(board.holidays, board.all_closed_dates)


def said_short(kept: KeptAsk) -> str:
    """What an ask said, up to its first full stop or semicolon that stands in no quotation."""
    says = _FIRST_PART.match(kept.ask.says)
    short = shorten(says[0] if says else "", MAX_ABOUT_CHARS, placeholder=" ...")
    short = f'{short}"' if short.count('"') % 2 else short
    return short if short.endswith("...") else short.rstrip(".")


def order_links(app: Application) -> OrderLinks:
    """Makes links to the service."""
    address = without_sub_address(app.settings.outbox.sender)
    return OrderLinks(address, OrderCodes(app.keys).make_code)


def link_to_newest(app: Application) -> OrderLink:
    return order_links(app).make_plain_link("what waits for you now", "Digest")


def link_maker(app: Application) -> Callable[..., OrderLink]:
    """Makes the link of an offer about an ask; with a stamp, one that has a code of its own."""
    links = order_links(app)

    def make_link(offer: Offer, kept: KeptAsk, stamp: str = "") -> OrderLink:
        return links.make_link(offer, kept.ask.number, kept.ask.topic, stamp or kept.ask.stamp)

    return make_link


def undoing_stamp(kept: KeptAsk, mail: int) -> str:
    """What the code stands for of the link that takes back what one mail did about an ask."""
    return f"{kept.ask.stamp} undoes {mail}"


def undo_link(app: Application, kept: KeptAsk, mail: int) -> OrderLink:
    """Takes back what this mail did, whatever was done since."""
    return link_maker(app)(UNDO, kept, undoing_stamp(kept, mail))


def order_reason(
    app: Application, name: str, message_id: str, order: Order, words: Sequence[str]
) -> DecisionReason:
    """Her own words, the mail's id, and that it was by mail."""
    board = app.settings.board
    said = " ".join([f"{order.number} {order.word}", order.rest]).strip()
    agreed = (board.extensions_agreed_by or name) if order.word == "more time" else ""
    return DecisionReason("\n".join([said, *words]), name, agreed_by=agreed, mail=message_id)


def asked_about(app: Application, kept: KeptAsk) -> AskedAbout:
    topic = kept.ask.topic
    if topic.sort != "entries":
        return AskedAbout(topic, None)
    ids = [int(id) for id in topic.items]
    found = app.register.entries.waiting_among(ids) or app.register.entries.entries_among(ids)
    entry = found[0] if found else None
    agency = agency_row(app, entry) if entry else None
    if entry is None or agency is None:
        return AskedAbout(topic, entry, of_sender=_own_places(app, entry) if entry else ())
    agreed = app.register.entries.kinds_agreed_since(entry)
    ways = time_ways(
        *(entry, agency, app.kinds, board_calendar(app), agreed),
        any_message=True,
    )
    kinds = tuple(dict.fromkeys(kind for way in ways for kind in way.kinds))
    days = {way.until for way in ways}
    until = days.pop() if kinds and len(days) == 1 else None
    owes = frozenset(row.kind for row in agency.returns)
    back = entries_taken_back(entry, app.register.entries)
    asked = tuple((kind, way.until) for way in ways for kind in way.kinds)
    return AskedAbout(topic, entry, kinds, owes, back, until, asked, agreed)


# Their sender is proven, and only the review is not known.
_SENDER_KNOWN = frozenset(
    {SetApartReason.CASE_OTHER, SetApartReason.CASE_UNCLEAR, SetApartReason.AGENCY_UNKNOWN}
)


def _own_places(app: Application, entry: Entry) -> tuple[AgencyPlace, ...]:
    """The one place that a proven sender has; of several none, but where it is a question, of which
    all may be answered by one."""
    several = is_question_of_several(entry)
    if entry.reason not in _SENDER_KNOWN and not several:
        return ()
    found = app.register.people.places_of_sender(sender_of(app, entry))
    open_ones = tuple(place for place in found if place.case_state != "closed")
    return open_ones if several or len(open_ones) == 1 else ()


def sender_of(app: Application, entry: Entry) -> str:
    """The address that the message gives, "" for none."""
    delivery = app.spool.get(entry.delivery_id)
    if delivery.is_file or app.register.withdrawals.destroyed.is_gone(delivery.content):
        return ""
    return read_message_head(read_if_whole(app.vault, delivery.content)).sender


def agency_row(app: Application, entry: Entry) -> AgencyRow | None:
    """The agency that it is of, as its case stands."""
    cases = app.register.case_matrix(app.now().date())
    agencies = (agency for case in cases for agency in case.agencies)
    return next((agency for agency in agencies if agency.id == entry.agency_id), None)


def why_not_any_more(app: Application, kept: KeptAsk, good_for: int) -> str:
    """Why an answer comes too late: too many days have passed, somebody settled it, or something
    newer came. "" where it does not."""
    zone = app.settings.board.zone_info
    asked = kept.asked.astimezone(zone).date()
    if app.now().date() > board_calendar(app).add_working_days(asked, good_for):
        return "That digest is too old. If it still waits, the next one asks it again."
    if kept.ask.topic.sort != "entries":
        return ""
    ids = [int(id) for id in kept.ask.topic.items]
    for entry in app.register.entries.entries_among(ids):
        newer = [v for v in _versions(app, entry) if v.id > max(kept.entry_seen, entry.id)]
        if newer:
            return _newer_words(app, max(newer, key=lambda version: version.id))
    if app.register.entries.waiting_among(ids):
        return ""
    return _settled_words(app, ids)


def is_too_old(app: Application, kept: KeptAsk) -> bool:
    """Whether its digest or answer is no longer good."""
    asked = kept.asked.astimezone(app.settings.board.zone_info).date()
    return app.now().date() > board_calendar(app).add_working_days(asked, GOOD_FOR)


def open_place(app: Application, reference: str, code: str) -> AgencyPlace | None:
    """An agency in a case that is not closed."""
    return next(
        (
            place
            for place in app.register.people.places_of_agency(code)
            if place.reference.casefold() == reference.casefold() and place.case_state != "closed"
        ),
        None,
    )


def _newer_words(app: Application, newer: Entry) -> str:
    """What is new, how it came and where it stands, so that it can be decided about."""
    came = app.arrivals.arrival_phrase([newer], app.settings.board.zone_info)
    what = "request" if newer.kind == EXTENSION_REQUEST else "version"
    stands = _STANDS.get(newer.standing_verdict, "it is held")
    return f"A newer {what} has come since, which the digest did not tell of: {came}; {stands}."


_STANDS: Mapping[EntryVerdict, str] = {
    "accept": "it is accepted, and there is nothing to decide",
    "reject": "it needs changes, and its sender is told which",
    "refer": "it waits for you, and the next digest asks about it",
}


def _versions(app: Application, entry: Entry) -> list[Entry]:
    if entry.kind == EXTENSION_REQUEST and entry.agency_id is not None:
        found = app.register.entries.entries_newest_first(
            entry.agency_id, EXTENSION_REQUEST, {"refer"}
        )
        return list(found)
    if entry.reason == TAKES_BACK_REASON and entry.agency_id is not None:
        newest = (
            app.register.entries.entries_newest_first(entry.agency_id, kind, _STANDS.keys())
            for kind in entry.told.names
        )
        return [one for found in newest for one in islice(found, 1)]
    if entry.return_id is None:
        return []
    return app.register.entries.entries_for_return(entry.return_id)


def _settled_words(app: Application, ids: Sequence[int]) -> str:
    """Who settled it, and when."""
    zone = app.settings.board.zone_info
    for id in ids:
        for made in reversed(app.register.decisions.standing_about_entry(id)):
            at = moment_in_words(made.decided.astimezone(zone))
            how = _DONE_WORDS.get(made.what, "settled")
            return f"It was {how} by {made.because.by} at {at}."
    return "It does not wait for you any more."
