"""More time, as it is agreed to: the days that are offered instead of the one asked for, and what
it is to accept a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from commands.app import Application
from commands.mail_orders.lookups import agency_row, asked_about, board_calendar, link_maker
from handlers.orders.order import Order, OrderQuestion
from handlers.register.returns import EXTENSION_REQUEST
from outbox.digest.offers import other_days, time_offer
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import OrderLink

WHICH_DAY = "Press one of these, or reply with its number, more time until, and the day."
_DAYS = frozenset({"day-missing", "day-impossible", "day-past", "day-far"})
_MANY = 4  # days, where it is
_FEW = 2  # days for each return, where it is not plain for which


def other_day_links(app: Application, kept: KeptAsk, asked: OrderQuestion) -> tuple[OrderLink, ...]:
    """Of what asks for more time, where the line says no day that can be; nothing of all else."""
    return tuple(_links(app, kept)) if asked.why in _DAYS else ()


def _links(app: Application, kept: KeptAsk) -> Iterator[OrderLink]:
    today, make = app.now().date(), link_maker(app)
    for first, noun, most in _dates(app, kept):
        for day in other_days(first, board_calendar(app), today)[:most]:
            yield make(time_offer(day, today, noun), kept)


def _dates(app: Application, kept: KeptAsk) -> Iterator[tuple[date, str, int]]:
    """From which day on, for which return where that has to be said, and how many days."""
    topic = kept.ask.topic
    if topic.sort == "case":
        for case in app.register.case_matrix(app.now().date()):
            if case.reference == topic.case:
                yield case.complete_by, "", _MANY
        return
    about = asked_about(app, kept)
    agency = agency_row(app, about.entry) if about.entry else None
    rows = agency.returns if agency else ()
    plain = [row.due for row in rows if row.kind in about.asks_time_for]
    if plain:
        yield max(plain), "", _MANY
        return
    for row in rows:
        if row.state in ("awaited", "rejected"):
            yield row.due, app.kinds[row.kind].noun, _FEW


def agreed_order(app: Application, kept: KeptAsk, order: Order) -> Order:
    """To accept a request for more time is to agree to the day that it asks for, where it asks for
    one; any other order is what it is."""
    if order.word != "accept" or kept.ask.topic.sort != "entries":
        return order
    about = asked_about(app, kept)
    if about.entry is None or about.entry.kind != EXTENSION_REQUEST or about.until is None:
        return order
    return replace(order, word="more time", rest=about.until.isoformat(), day=about.until)
