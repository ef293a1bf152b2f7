"""More time, as a request asks for it: for which returns, and until which day.

Does: reads it from what is kept of the request. Pure.
Trusts: `handlers/form/asked.py`, which keeps it; a day that was read is kept as ISO 8601 gives it.
Never touches: the register. Nobody is given more time by what a request says.
Known limits: a return that is named in words of nobody's is not found; then it could be any.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from config.calendar import Calendar
from config.kind import Kind, Kinds
from config.shape import FormShape
from handlers.register.returns import REQUEST
from handlers.typed.counted_day import counted
from handlers.typed.days_asked import each_in, several_in
from handlers.typed.everything import the_lot, the_rest
from handlers.typed.named_kinds import named_kinds

_RETURN, _NEW_DATE = "return", "new_date"  # the blanks of the kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """The kinds of return that a request names, and the day; None where it was not read. `whole`
    says that it asks for all that is owed. `each` are the days of single kinds, one of its own for
    `rest`, all that is not named; `several` are days of which it is not plain which is for which.
    `counted` are words that count from the day a return is due."""

    kinds: tuple[str, ...] = ()
    until: date | None = None
    whole: bool = False
    each: tuple[tuple[str, date | None], ...] = ()
    rest: date | None = None
    several: tuple[date, ...] = ()
    counted: str = ""

    def days_of(self, kind: str, due: date, calendar: Calendar) -> tuple[date, ...]:
        """Until when it asks for one kind of return, which is due on a day: of several readings
        those later than that, the earliest first."""
        if self.each or self.rest:
            days: tuple[date | None, ...] = (dict(self.each).get(kind, self.rest),)
        else:
            days = counted(self.counted, due, calendar) or self.several or (self.until,)
        return tuple(day for day in days if day is not None and day > due)


def wanted(asks: Iterable[tuple[str, str]], kinds: Kinds) -> Wanted:
    """What a request asks for, by what is kept of its blanks."""
    asks, request = tuple(asks), kinds.get(REQUEST)
    named, until = _in(asks, _RETURN, request), _in(asks, _NEW_DATE, request)
    pairs = each_in(until)
    each = tuple((kind, day) for words, day in pairs for kind in named_kinds(words, kinds))
    return Wanted(
        tuple(dict.fromkeys((*named_kinds(named, kinds), *(kind for kind, _ in each)))),
        _day(until),
        the_lot(named) or the_rest(named) or any(the_rest(words) for words, _ in _whole(pairs)),
        each,
        next((day for words, day in _whole(pairs) if the_rest(words)), None),
        several_in(until),
        until,
    )


def _whole(pairs: Iterable[tuple[str, date | None]]) -> list[tuple[str, date | None]]:
    """The words of pairs as they were read: "rest" was "the rest"."""
    return [(f"the {words}, the {words.rpartition(', ')[2]}", day) for words, day in pairs]


def labelled(asks: dict[str, str], kinds: Kinds) -> tuple[tuple[str, str], ...]:
    """What a message asks, by the keys of the request's blanks, kept as a request's is."""
    request = kinds.get(REQUEST)
    fields = getattr(request.shape, "fields", ()) if request else ()
    return tuple((f.label, asks[f.key]) for f in fields if asks.get(f.key))


def _in(asks: Iterable[tuple[str, str]], key: str, request: Kind | None) -> str:
    """What it says in one of its blanks, "" where it says nothing there."""
    if request is None or not isinstance(request.shape, FormShape):
        return ""
    labels = {field.label for field in request.shape.fields if field.key == key}
    return " ".join(words for label, words in asks if label in labels)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
