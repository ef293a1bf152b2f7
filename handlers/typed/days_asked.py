"""Days that a request asks for, where there are several: how they are kept, and read again.

Does: writes them as ISO 8601 gives them, each with the names of its returns, and reads that:
"2010-06-14 for the chronology, IMR; 2010-06-21 for the QA form"; "2010-06-14 or 2010-06-21" where
it is not plain which is for which. Pure.
Trusts: nothing; what is not written so is none.
Never touches: which returns there are.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

LATER, FOR, OR = "later", " for the ", " or "
Pair = tuple[tuple[str, ...], date | None]  # names, and their day; None for some later day


def kept_each(pairs: Iterable[Pair]) -> str:
    return "; ".join(
        f"{day.isoformat() if day else LATER}{FOR}"
        + ", ".join(name.removeprefix("the ") for name in names)
        for names, day in pairs
    )


def kept_several(days: Sequence[date]) -> str:
    return OR.join(day.isoformat() for day in days)


def each_in(text: str) -> tuple[tuple[str, date | None], ...]:
    """The words for returns with the day of each; none where they have no days of their own."""
    found = [_each(part) for part in text.split("; ")]
    whole = [one for one in found if one is not None]
    return tuple(whole) if len(whole) == len(found) else ()


def several_in(text: str) -> tuple[date, ...]:
    """Days of which it is not plain which is for which."""
    days = [_day(part) for part in text.split(OR)]
    known = [day for day in days if day is not None]
    return tuple(known) if len(known) == len(days) > 1 else ()


def _each(part: str) -> tuple[str, date | None] | None:
    day, found, names = part.partition(FOR)
    read = _day(day)
    return (names, read) if found and names and (read or day == LATER) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
