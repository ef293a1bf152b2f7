"""Where around a chronology's tables something stands that was not taken as part of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.calendar import day_month_and_year
from handlers.checks.table.entry import TableEntry
from handlers.document import Block, Paragraph
from handlers.fields.versions import digest_of_texts
from handlers.findings import FindingPlace

MIN_NAMED_HEADINGS = 2
MAX_STRAY_LINES = 3  # lines that are told one by one
NTH_LINES = (
    "the line",
    *(
        f"the {nth} line"
        for nth in (
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        )
    ),
)


@dataclass(frozen=True, slots=True)
class UnreadTable:
    """A table by its number. `heads` are those of the chronology's headings that stand in its first
    row; `above` that it is the rows above the headings of one that was read."""

    number: int
    heads: tuple[str, ...] = ()
    above: bool = False


@dataclass(frozen=True, slots=True)
class StrayLine:
    """A paragraph that reads as an entry: the how manyth above or below which of the chronology's
    tables, and its digest."""

    table: int
    nth: int
    below: bool
    digest: int


def stray_lines(
    blocks: Sequence[Block], is_stray: Callable[[str], bool], tables: Mapping[int, int]
) -> list[StrayLine]:
    """Those among the blocks that no table took. `tables` has how many of them stand before each of
    the chronology's tables."""
    found = []
    for at, block in enumerate(blocks):
        if not (isinstance(block, Paragraph) and is_stray(block.text)):
            continue
        over = [number for number, edge in tables.items() if edge <= at]
        table = max(over) if over else min(tables, default=0)
        edge = tables.get(table, 0)
        between = blocks[edge : at + 1] if over else blocks[at:edge]
        nth = sum(isinstance(b, Paragraph) and bool(b.text.strip()) for b in between)
        found.append(StrayLine(table, nth, bool(over), digest_of_texts([block.text])))
    return found


class TablePlaces:
    """The last day that each table tells of."""

    def __init__(self) -> None:
        self._last: dict[int, date | None] = {}

    def record_entry(self, entry: TableEntry) -> None:
        if entry.day is not None:
            self._last[entry.table] = entry.day
        else:
            self._last.setdefault(entry.table, None)

    def describe_place(self, unread: UnreadTable) -> str:
        """'after the entry of 3 March 2009, with "Date" and "Event" in its first row'."""
        heads = unread.heads if len(unread.heads) >= MIN_NAMED_HEADINGS else ()
        named = " and ".join(f'"{heading}"' for heading in heads[:MIN_NAMED_HEADINGS])
        beginning = f"with {named} in its first row" if named else ""
        return ", ".join(words for words in (self._place(unread), beginning) if words)

    def places_of_lines(self, lines: Sequence[StrayLine]) -> Iterator[FindingPlace]:
        """Each of a few; of many the first, and that there are more."""
        few = len(lines) <= MAX_STRAY_LINES
        for line in lines if few else lines[:1]:
            place = self._line(line) if few else f"{self._line(line)}, and more"
            yield FindingPlace(section=place, line=line.digest)

    def _line(self, line: StrayLine) -> str:
        """ "The second line below the table", or "after the entry of 3 March 2009" where there are
        several tables."""
        nth = NTH_LINES[line.nth - 1] if line.nth <= len(NTH_LINES) else ""
        day = self._last.get(line.table) if len(self._last) > 1 else None
        at = f"after the entry of {day_month_and_year(day)}" if day and line.below else ""
        at = at or f"{'below' if line.below else 'above'} the table"
        return f"{nth} {at}".strip()

    def _place(self, unread: UnreadTable) -> str:
        if unread.above:
            return "above its headings"
        before = [number for number in self._last if number < unread.number]
        if not before:
            return "before the first entry"
        day = self._last[max(before)]
        return f"after the entry of {day_month_and_year(day)}" if day else ""
