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

from config.kind import Kind, Kinds
from config.shape import FormShape
from handlers.register.returns import REQUEST
from handlers.typed.named_kinds import named_kinds

_RETURN, _NEW_DATE = "return", "new_date"  # the blanks of the kind


@dataclass(frozen=True, slots=True)
class Wanted:
    """The kinds of return that a request names, and the day; None where it was not read."""

    kinds: tuple[str, ...] = ()
    until: date | None = None


def wanted(asks: Iterable[tuple[str, str]], kinds: Kinds) -> Wanted:
    """What a request asks for, by what is kept of its blanks."""
    asks, request = tuple(asks), kinds.get(REQUEST)
    named = named_kinds(_in(asks, _RETURN, request), kinds)
    return Wanted(named, _day(_in(asks, _NEW_DATE, request)))


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
