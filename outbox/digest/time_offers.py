"""More time, as links: one for each return that is asked for with a day of its own, and on each
link which other returns it moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from config.calendar import Calendar, day_and_month, day_month_and_year
from config.english import join_with_and
from config.kind import Kinds
from handlers.register.dependent_returns import report_kind
from outbox.writing.asks import Offer
from outbox.writing.commands_to_paste import TimeWay

AS_ASKED = Offer("yes: to all as asked", "yes")
OTHER_DAYS = (2, 5, 10, 15, 20)  # working days, of which one may be agreed to
DueDates = Sequence[tuple[str, date]]  # of each return still to come, its kind and its day


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """What is asked of more time: the ways to give it, when each return of the agency that is still
    to come is due, and which of those that it asks for were `decided` since."""

    ways: tuple[TimeWay, ...] = ()
    dues: DueDates = ()
    decided: tuple[str, ...] = ()


def time_offers(asked: TimeAsked, kinds: Kinds, today: date) -> tuple[Offer, ...]:
    """One for each day that was asked for; for each return, where it is not plain for which, or it
    has a day of its own, and then one for all of them. No day is offered that was not read."""
    found = (*_for_any(asked, kinds, today), *_for_plain(asked, kinds, today))
    all_of_them = (AS_ASKED,) if _has_days_of_their_own(asked, today) else ()
    return (*dict.fromkeys(found), *all_of_them)


def _has_days_of_their_own(asked: TimeAsked, today: date) -> bool:
    """Whether each return that it is about has one day, and not all the same."""
    days = [(kind, way.until) for way in asked.ways for kind in way.kinds]
    plain = all(way.kinds and way.until and way.until > today for way in asked.ways)
    return (
        plain and len({day for _, day in days}) > 1 and len({kind for kind, _ in days}) == len(days)
    )


def _for_any(asked: TimeAsked, kinds: Kinds, today: date) -> Iterator[Offer]:
    """Where it does not say plainly for which return: one for each that it may be for."""
    for way in asked.ways:
        if way.kinds or way.until is None or way.until <= today:
            continue
        for kind in _without_forms_that_follow(way.perhaps, way.until, asked.dues, kinds):
            yield time_offer(way.until, today, kinds, (kind,), asked.dues)


def _for_plain(asked: TimeAsked, kinds: Kinds, today: date) -> Iterator[Offer]:
    plain = [way for way in asked.ways if way.kinds]
    apart = len({way.kinds for way in plain}) > 1
    for way in plain:
        if way.until is None or way.until <= today:
            continue
        each = _without_forms_that_follow(way.kinds, way.until, asked.dues, kinds)
        for some in ((kind,) for kind in each) if apart else (way.kinds,):
            yield time_offer(way.until, today, kinds, some, asked.dues, alone=not apart)


def _without_forms_that_follow(
    some: Sequence[str], until: date, dues: DueDates, kinds: Kinds
) -> list[str]:
    """Without the forms whose report has the same day: they move with it."""
    moved = {kind for kind, due in dues if due < until and report_kind(kind, kinds) in some}
    return [kind for kind in some if kind not in moved]


def time_offer(
    day: date,
    today: date,
    kinds: Kinds,
    some: Sequence[str] = (),
    dues: DueDates = (),
    *,
    alone: bool = False,
) -> Offer:
    """More time for some returns. One that is `alone` is not named; what is due with it is."""
    until = f"more time until {_day(day, today)}"
    nouns = [kinds[kind].noun for kind in some]
    named = f" for the {join_with_and(nouns)}" if nouns and not (alone and len(nouns) == 1) else ""
    moved = [
        kinds[kind].noun
        for kind, due in dues
        if kind not in some and report_kind(kind, kinds) in some and due < day
    ]
    moves = f", and the {join_with_and(moved)} with it" if moved else ""
    return Offer(f"{until}{named}{moves}", f"{until}{named if len(nouns) == 1 else ''}")


def other_days(first: date, calendar: Calendar, today: date) -> list[date]:
    """Days that may be agreed to instead of one that was asked for, or is due."""
    begins = max(first, today)
    return [calendar.add_working_days(begins, n) for n in OTHER_DAYS]


def _day(day: date, today: date) -> str:
    return day_and_month(day) if day.year == today.year else day_month_and_year(day)
