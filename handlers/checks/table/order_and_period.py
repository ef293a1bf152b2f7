"""Checks what takes every date of a chronology to see: their order, and the period they cover.

Only whole numbers are kept of each row until the end. A row that is out of order and outside the
period is told as both.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from config.calendar import day_month_and_year
from config.rules import VALUE_REFUSALS
from handlers.checks.table.entry import TableEntry
from handlers.checks.table.row_moves import MisplacedRow
from handlers.checks.table.row_order import RowOrder
from handlers.checks.table.table_context import TableContext
from handlers.findings import MAX_PLACES_LISTED, FindingPlace
from handlers.values.dates import likely_date_span

MAX_ROWS_OUTSIDE = 50  # rows outside the period from which no year is a slip
NEIGHBOUR_ROWS = 20  # rows above or below that are looked at for one inside the period


class _Likely:
    """All rows that can be placed: those with a day by their number among these, the refused ones
    by where they stand."""

    def __init__(self) -> None:
        self.order = RowOrder()
        self.rows: list[int | FindingPlace] = []
        self.outside: list[FindingPlace] = []

    @property
    def has_refused_rows(self) -> bool:
        return any(isinstance(row, FindingPlace) for row in self.rows)


class DateSequence:
    """The dated rows, in the order they stand."""

    def __init__(self, context: TableContext) -> None:
        self._context = context
        self._period = context.known.case.period if context.known.case else None
        self._order = RowOrder()
        self._tables = array("l")
        self._rows = array("l")
        self._outside: list[int] = []
        self._strays = frozenset[int]()  # the same, once every row was heard
        self._column = context.index_of_column("date")
        self._likely = _Likely()

    def record_entry(self, entry: TableEntry) -> None:
        if entry.day is None:
            self._hear_refused(entry)
            return
        self._likely.rows.append(len(self._order))
        self._likely.order.add(entry.day, entry.at.value)
        if self._period and not self._period[0] <= entry.day <= self._period[1]:
            self._outside.append(len(self._order))
        self._order.add(entry.day, entry.at.value)
        self._tables.append(entry.table)
        self._rows.append(entry.row)

    def _hear_refused(self, entry: TableEntry) -> None:
        refused = self._column is not None and entry.when.refusal
        span = likely_date_span(entry.texts[self._column or 0], self._period) if refused else None
        if span is None or span[0] > self._context.known.today:
            return
        where = FindingPlace(entry.table, entry.row)
        self._likely.rows.append(where)
        self._likely.order.add_day_span(*span)
        if self._period and (span[1] < self._period[0] or span[0] > self._period[1]):
            self._likely.outside.append(where)

    def add_order_findings(self) -> None:
        misplaced = self._order.find_misplaced()
        few = len(misplaced) <= MAX_PLACES_LISTED
        moves = self._order.plan_moves(self._tables) if misplaced and few else misplaced
        self._strays = frozenset(self._outside)
        self._tell_period()
        self._tell_likely(moves if few else [], {row.index for row in misplaced})
        if not few and 3 * len(misplaced) > len(self._order):
            count, total = f"{len(misplaced):,}", f"{len(self._order):,}"
            self._context.add_finding(
                "order-throughout", FindingPlace(self._tables[0]), count=count, total=total
            )
            return
        for row in moves:
            beside = self._where(row.beside) if few else None
            self._context.add_finding(
                "order",
                self._where(row.index),
                place=_place(row, self._tables[row.index], beside),
                instead_fix=self._order_fix(row.index, len(moves)),
            )

    def _order_fix(self, index: int, moves: int) -> str:
        year = self._year_meant(index)
        if year:
            return VALUE_REFUSALS["slip-of-year"]["order"].fix.format(year=year)
        if moves == 1:
            return ""
        return VALUE_REFUSALS["rows-to-move"]["few" if moves <= MAX_PLACES_LISTED else "many"].fix

    def _tell_likely(self, moves: Sequence[MisplacedRow], told: Collection[int]) -> None:
        """What will be told once the refused dates are put right, beside them, and once the rows
        of `moves` were moved."""
        words, likely_ = VALUE_REFUSALS["once-right"], self._likely
        if self._period is not None and self._column is not None:
            first, last = (day_month_and_year(day) for day in self._period)
            says = words["period"].says.format(first=first, last=last)
            for where in likely_.outside:
                column = self._context.columns[self._column].heading
                self._context.add_finding(
                    "date-outside-period",
                    replace(where, column=column),
                    first=first,
                    last=last,
                    instead=says,
                )
        # Where a refused date sends no document back, what is only likely does not either.
        sent_back = (
            likely_.has_refused_rows and self._context.severity_of("date-invalid") == "fault"
        )
        if not sent_back:
            return
        stands = _apply_moves(likely_.rows, moves)
        order = likely_.order.rearranged(stands)
        if len(order.find_misplaced()) > MAX_PLACES_LISTED:
            return
        rows = [likely_.rows[index] for index in stands]
        for row in order.plan_moves([self._at(one).table or 0 for one in rows]):
            here = rows[row.index]
            if here in told:
                continue
            where = self._at(here)
            says = words["order"].says.format(
                place=_place(row, where.table, self._at(rows[row.beside]))
            )
            self._context.add_finding(
                "order", where, place="", instead=says, instead_fix=words["order"].fix
            )

    def _at(self, row: int | FindingPlace) -> FindingPlace:
        return self._where(row) if isinstance(row, int) else row

    def _tell_period(self) -> None:
        column = self._context.index_of_column("date")
        if self._period is None or column is None:
            return
        first, last = (day_month_and_year(day) for day in self._period)
        words = VALUE_REFUSALS["slip-of-year"]["period"]
        for index in self._outside:
            where = self._where(index, self._context.columns[column].heading)
            year = self._year_meant(index)
            instead = (
                {
                    "instead": words.says.format(first=first, last=last, year=year),
                    "instead_fix": words.fix.format(year=year),
                }
                if year
                else {}
            )
            self._context.add_finding(
                "date-outside-period", where, first=first, last=last, **instead
            )

    def _year_meant(self, index: int) -> int | None:
        """The one year in which the same day would be inside the period and in its place; None
        where none is, or several are."""
        if (
            self._period is None
            or index not in self._strays
            or len(self._strays) > MAX_ROWS_OUTSIDE
        ):
            return None
        above, below = (self._neighbour(index, step) for step in (-1, 1))
        top, bottom = self._neighbour(-1, 1), self._neighbour(len(self._order), -1)
        if top and bottom and top > bottom:
            above, below = below, above
        first, last = (
            max(self._period[0], above or date.min),
            min(self._period[1], below or date.max),
        )
        day = self._order.day_of_row(index)
        others = (_in_year(day, year) for year in range(first.year, last.year + 1))
        fit = [one.year for one in others if one and first <= one <= last]
        return fit[0] if len(fit) == 1 else None

    def _neighbour(self, index: int, step: int) -> date | None:
        """The day of the nearest row above or below that is inside the period."""
        for at in range(index + step, index + NEIGHBOUR_ROWS * step, step):
            if 0 <= at < len(self._order) and at not in self._strays:
                return self._order.day_of_row(at)
        return None

    def _where(self, index: int, column: str | None = None) -> FindingPlace:
        return FindingPlace(self._tables[index], self._rows[index], column)


def _place(row: MisplacedRow, table: int | None, beside: FindingPlace | None) -> str:
    """Where a row of `table` belongs, in words; where what it stands beside is not told, only
    whether that is higher up."""
    if beside is None:
        return "higher up the table" if row.above else "lower down the table"
    elsewhere = f" of table {beside.table}" if beside.table != table else ""
    after = ", once that has been moved" if row.beside_moves else ""
    return f"{'above' if row.above else 'below'} row {beside.row}{elsewhere}{after}"


def _apply_moves(rows: Sequence[int | FindingPlace], moves: Sequence[MisplacedRow]) -> list[int]:
    """Where the rows stand, by index, once the dated ones were moved."""
    index_of = {row: index for index, row in enumerate(rows) if isinstance(row, int)}
    stands = list(range(len(rows)))
    for move in moves:
        stands.remove(index_of[move.index])
        beside = stands.index(index_of[move.beside])
        stands.insert(beside if move.above else beside + 1, index_of[move.index])
    return stands


def _in_year(day: date, year: int) -> date | None:
    """The same day in another year; None for 29 February where that year has none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return None
