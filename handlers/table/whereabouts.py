"""Where a table stands that was not read as part of the chronology, in words its author can find.

Does: remembers the last day that each table of entries told of, and says after which of them
another table stands, and which of the chronology's own headings it has.
Trusts: entries as `entry.lay` makes them.
Never touches: cell text. A day and the toolkit's own headings are all that is repeated.
Known limits: tables are in the order of their numbers. Where no entry before it has a day that can
be read, a table is told by its number alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handlers.table.entry import Entry

FEWEST_HEADINGS = 2


@dataclass(frozen=True, slots=True)
class Unread:
    """A table by its number. `heads` are those of the chronology's headings that stand in its first
    row; `above` that it is the rows above the headings of one that was read."""

    number: int
    heads: tuple[str, ...] = ()
    above: bool = False


class Whereabouts:
    """The last day that each table tells of."""

    def __init__(self) -> None:
        self._last: dict[int, date | None] = {}

    def hear(self, entry: Entry) -> None:
        if entry.day is not None:
            self._last[entry.table] = entry.day
        else:
            self._last.setdefault(entry.table, None)

    def of(self, unread: Unread) -> str:
        """'after the entry of 3 March 2009, with "Date" and "Event" in its first row'."""
        heads = unread.heads if len(unread.heads) >= FEWEST_HEADINGS else ()
        named = " and ".join(f'"{heading}"' for heading in heads[:FEWEST_HEADINGS])
        beginning = f"with {named} in its first row" if named else ""
        return ", ".join(words for words in (self._place(unread), beginning) if words)

    def _place(self, unread: Unread) -> str:
        if unread.above:
            return "above its headings"
        before = [number for number in self._last if number < unread.number]
        if not before:
            return "before the first entry"
        day = self._last[max(before)]
        return f"after the entry of {day.day} {day:%B %Y}" if day else ""
