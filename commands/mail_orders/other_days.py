"""More time, as it is agreed to: the days that are offered instead of the one asked for, and what
it is to accept a request; and what was given already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from commands.composition.app import Application
from commands.mail_orders.lookups import agency_row, asked_about, board_calendar, link_maker
from commands.mail_orders.wishes import AskedAbout, returns_for_time
from config.calendar import date_without_year
from config.english import join_with_and
from handlers.orders.grammar import kind_names
from handlers.orders.order import Order, OrderQuestion
from handlers.register.returns import CHASED_STATES, EXTENSION_REQUEST
from handlers.values.normalise import fold_text
from outbox.digest.offers import FILE, SEEN, SEND_STATUS
from outbox.digest.time_offers import DueDates, other_days, time_offer
from outbox.orders.kept_asks import KeptAsk
from outbox.orders.order_records import OrderRecords
from outbox.writing.asks import OrderLink, ordered_by

WHICH_DAY = "Press one of these, or reply with its number, more time until, and the day."
SEEN_OUTSIDE, MORE_TIME = "seen outside", "more time"
_OF_THE_REST = frozenset({"no", "waive"})  # settle what is left of a request for several returns
_DAYS = frozenset({"day-missing", "day-impossible", "day-of-week", "day-past", "day-far"})
_MANY = 5  # days, where it is
_FEW = 3  # days for each return, where it is not plain for which


def other_day_links(app: Application, kept: KeptAsk, asked: OrderQuestion) -> tuple[OrderLink, ...]:
    """Of what asks for more time, where the line says no day that can be; nothing of all else."""
    return tuple(_links(app, kept)) if asked.why in _DAYS else ()


def _links(app: Application, kept: KeptAsk) -> Iterator[OrderLink]:
    today, make = app.now().date(), link_maker(app)
    whole = not given_by_mail(app, kept)
    for first, some, dues, most in _dates(app, kept):
        for day in other_days(first, board_calendar(app), today)[:most]:
            alone = whole and most == _MANY
            yield make(time_offer(day, today, app.kinds, some, dues, alone=alone), kept)


def links_still_open(app: Application, kept: KeptAsk) -> tuple[OrderLink, ...]:
    """The links of an ask without those that give more time to what was decided since."""
    decided = asked_about(app, kept).decided if kept.ask.topic.sort == "entries" else ()
    named = [f" for the {app.kinds[kind].noun}" for kind in decided]
    return tuple(
        link
        for link in kept.ask.links
        if not (link.label.startswith(MORE_TIME) and ordered_by(link).endswith((*named,)))
    )


def _dates(
    app: Application, kept: KeptAsk
) -> Iterator[tuple[date, tuple[str, ...], DueDates, int]]:
    """From which day on, for which returns, what else is to come, and how many days."""
    topic = kept.ask.topic
    if topic.sort == "case":
        for case in app.register.case_matrix(app.now().date()):
            if case.reference == topic.case:
                yield case.complete_by, (), (), _MANY
        return
    about = asked_about(app, kept)
    agency = agency_row(app, about.entry) if about.entry else None
    rows = [row for row in agency.returns if row.state in CHASED_STATES] if agency else []
    dues = tuple((row.kind, row.due) for row in rows)
    plain = tuple(row.kind for row in rows if row.kind in about.asks_time_for)
    if plain and not about.asks_for_several_days:
        yield max(row.due for row in rows if row.kind in plain), plain, dues, _MANY
        return
    for row in rows:
        if not plain or row.kind in plain:
            yield row.due, (row.kind,), dues, _FEW


def given_by_mail(app: Application, kept: KeptAsk) -> dict[str, date]:
    """The returns that orders about an ask gave more time, each with its day."""
    given = dict[str, date]()
    for done in reversed(OrderRecords(app.database, app.vault).standing_orders(kept)):
        given |= done.moved if done.word == "more time" else {}
    return given


def is_for_another_return(app: Application, kept: KeptAsk, order: Order) -> bool:
    """Whether it gives more time to returns of an ask that no order about it gave any yet; a day
    without a return is for those that ask for that day, and never one given before again."""
    given = given_by_mail(app, kept) if order.word == "more time" else {}
    if not given:
        return False
    about = asked_about(app, kept)
    wanted = returns_for_time(order, about)
    if not order.kind and any((kind, order.day) not in about.asked_days for kind in wanted):
        return False
    return bool(wanted) and given.keys().isdisjoint(wanted)


def is_for_the_rest(app: Application, kept: KeptAsk, order: Order) -> bool:
    """Whether it says no to what an ask wants more time for besides what was given, or does without
    that."""
    if order.word not in _OF_THE_REST or not given_by_mail(app, kept):
        return False
    return bool(asked_about(app, kept).asks_time_for)


def given_otherwise(app: Application, kept: KeptAsk, order: Order) -> str:
    """What was given instead, where an order asks for a day that was not given: "the IMR until
    Monday 3 May". "" where it was given, and of any other order."""
    given = given_by_mail(app, kept) if order.word == "more time" else {}
    asked = [day for kind, day in given.items() if not order.kind or kind == order.kind]
    if not given or (asked and all(day == order.day for day in asked)):
        return ""
    return join_with_and(
        [f"the {app.kinds[kind].noun} until {date_without_year(d)}" for kind, d in given.items()]
    )


def agreed_orders(app: Application, kept: KeptAsk, order: Order) -> tuple[Order, ...]:
    """To accept a request for more time, or to say yes to it, is to agree to the day that it asks
    for, or to each day for its return; to say that news is seen is what its link orders; what was
    seen on paper is the one return that may be meant; any other order is what it is."""
    if order.word == SEEN_OUTSIDE and not order.kind:
        return (replace(order, kind=_only_kind(app, kept)),)
    if kept.ask.topic.sort != "entries":
        return (order,)
    if order.word == "seen" and any(link.label == SEEN.label for link in kept.ask.links):
        about = asked_about(app, kept)
        nobodys = about.entry is None or about.entry.agency_id is None
        return (replace(order, word=FILE.order if nobodys else "accept"),)
    sends = any(link.label == SEND_STATUS.label for link in kept.ask.links)
    if order.word not in ("accept", "yes") or (order.word == "yes" and sends):
        return (order,)
    return _agreed(order, asked_about(app, kept))


def _agreed(order: Order, about: AskedAbout) -> tuple[Order, ...]:
    asks_time = about.entry is not None and about.entry.kind == EXTENSION_REQUEST
    if order.word == "yes" and not about.takes_back:
        asks_time = asks_time or bool(about.asks_time_for)
    if not asks_time:
        return (order,)
    days = dict(about.asked_days)
    if order.kind:
        day = days.get(order.kind)
        return (_more_time(order, day, order.kind) if day else replace(order, word="accept"),)
    apart = about.asks_for_several_days and len(days) == len(about.asked_days)
    given = [(kind, day) for kind, day in days.items() if day is not None]
    if apart and len(given) == len(days):
        return tuple(_more_time(order, day, kind) for kind, day in given)
    return (_more_time(order, about.until) if about.until else replace(order, word="accept"),)


def _more_time(order: Order, day: date, kind: str = "") -> Order:
    return replace(order, word="more time", rest=day.isoformat(), day=day, kind=kind)


def _only_kind(app: Application, kept: KeptAsk) -> str:
    """The one return that its links say may have been seen; "" for none, or several."""
    named = kind_names(app.kinds)
    found = {
        kind
        for link in kept.ask.links
        for name, kind in named.items()
        if kind and fold_text(ordered_by(link)).startswith(f"{SEEN_OUTSIDE} {name} on ")
    }
    return found.pop() if len(found) == 1 else ""
