"""What takes every date of a chronology to see: their order, and the period they cover.

Does: keeps each dated row's place and span of time, and at the end notes the rows out of order
and those outside the period of the review.
Trusts: entries as `entry.lay` makes them; the case for its period.
Never touches: cells.
Known limits: a row that is out of order and outside the period is told as both. Six whole numbers a
row are kept until the end, and nothing else.
"""

from __future__ import annotations

from array import array
from datetime import date

from handlers.finding import Where
from handlers.findings import PLACES
from handlers.table.desk import Desk
from handlers.table.entry import Entry
from handlers.table.order import Misplaced, Order


class Chronicle:
    """The dated rows, in the order they stand."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._period = desk.context.case.period if desk.context.case else None
        self._order = Order()
        self._tables = array("l")
        self._rows = array("l")
        self._outside: list[int] = []

    def hear(self, entry: Entry) -> None:
        if entry.day is None:
            return
        if self._period and not self._period[0] <= entry.day <= self._period[1]:
            self._outside.append(len(self._order))
        self._order.add(entry.day, entry.at.value)
        self._tables.append(entry.table)
        self._rows.append(entry.row)

    def close(self) -> None:
        misplaced = self._order.misplaced()
        self._tell_period()
        if len(misplaced) > PLACES and 3 * len(misplaced) > len(self._order):
            count, total = f"{len(misplaced):,}", f"{len(self._order):,}"
            self._desk.tell("order-throughout", Where(self._tables[0]), count=count, total=total)
            return
        for row in misplaced:
            place = self._place(row, exactly=len(misplaced) <= PLACES)
            self._desk.tell("order", self._where(row.index), place=place)

    def _tell_period(self) -> None:
        column = self._desk.column("date")
        if self._period is None or column is None:
            return
        first, last = (_in_words(day) for day in self._period)
        for index in self._outside:
            where = self._where(index, self._desk.columns[column].heading)
            self._desk.tell("date-outside-period", where, first=first, last=last)

    def _where(self, index: int, column: str | None = None) -> Where:
        return Where(self._tables[index], self._rows[index], column)

    def _place(self, row: Misplaced, *, exactly: bool) -> str:
        if not exactly:
            return "higher up the table" if row.above else "lower down the table"
        side = "above" if row.above else "below"
        table = self._tables[row.beside]
        elsewhere = f" of table {table}" if table != self._tables[row.index] else ""
        return f"{side} row {self._rows[row.beside]}{elsewhere}"


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
