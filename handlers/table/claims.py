"""Whose each table is, of the kinds that are tables of dated rows.

Does: shows the first rows of each table to every judge, gives the table to the kind it is most
nearly, and from then on shows its rows to that judge alone. Looks into tables that stand in the
cells of another, as a layout has them.
Trusts: the kinds and the context. A stamp only points at a kind here; whether it is ours is told
elsewhere (`handlers/register/stamps.py`).
Never touches: entries; findings.
Known limits: a table is claimed by one of its first LOOKS rows that have more than one filled cell,
alone or together with the row above it. A table without headings goes on from the one before it
when it is as wide and its first row looks like an entry. What stands in a table inside another is
told with the number of the table around it and its own rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from config.kind import Kind
from handlers.context import Context
from handlers.document.block import Block, Row, TableEnd, Traits
from handlers.document.stamp import kind_of
from handlers.table.headings import Headings
from handlers.table.joined import joined_rows
from handlers.table.judge import TableJudge

LOOKS = 8  # rows of a table that may be its headings
ENTRY = 2  # cells that look like what belongs there make a row an entry; a date counts for two
PLAINLY = 5  # of them make it one where no headings stand above it


@dataclass(slots=True)
class _Table:
    """One table while its rows are heard."""

    owner: TableJudge | None = None
    looked: int = 0
    above: Row | None = None


class Claims:
    """Every judge of a kind that is a table, and the table now before them."""

    def __init__(
        self, kinds: Iterable[Kind], context: Context, traits: Traits, *, few: bool = False
    ) -> None:
        """`few`: a third of a kind's headings are enough, since the document says what it is."""
        self.context = context
        self._few = few
        self._traits = traits
        self.judges = tuple(TableJudge(kind, context) for kind in kinds)
        self._table = _Table()
        self.opened: set[int] = set()  # tables that hold a claimed one in a cell
        self.claimed: set[int] = set()  # tables of which all from the headings on is taken

    @property
    def heard(self) -> bool:
        """Whether any table was claimed."""
        return any(judge.heard for judge in self.judges)

    @property
    def margins(self) -> list[str]:
        """The lines of headers and footers; all of them after the last block."""
        return self._traits.margins

    def hear(self, block: Block) -> bool:
        """True where `block` belongs to a table that is claimed and needs no other judge."""
        if isinstance(block, Row):
            return self._row(block)
        if isinstance(block, TableEnd):
            return self._end()
        return False

    def _row(self, row: Row) -> bool:
        owner = self._table.owner
        if owner is None and not self._claimed(row):
            self._look_inside(row)
            return False
        if owner is not None:
            owner.hear(row)
        return True

    def _end(self) -> bool:
        owner = self._table.owner
        if owner is not None:
            owner.end_table()
        self._table = _Table()
        return owner is not None

    def _look_inside(self, row: Row) -> None:
        for inner in (table for cell in row.cells for table in cell.tables):
            around, self._table = self._table, _Table()
            for each in inner:
                self._row(each)
            if self._end():
                self.opened.add(row.table)
            self._table = around

    def _claimed(self, row: Row) -> bool:
        """Whether this row shows whose table it is; then its owner has it."""
        table = self._table
        if table.looked == LOOKS or sum(bool(cell.text) for cell in row.cells) < 2:
            return False
        table.looked += 1
        above, table.above = table.above, row
        bids = [bid for judge in self.judges if (bid := _bid(judge, row, above, self._few))]
        if bids:
            table.owner, headings = max(bids, key=self._nearness)
            table.owner.claim(headings, row)
        elif table.looked == 1:
            table.owner = self._carried_on(row)
        if table.owner is None:
            return False
        self.claimed.add(row.table)
        return True

    def _nearness(self, bid: tuple[TableJudge, Headings]) -> tuple[bool, bool, bool, bool, float]:
        """What was said it is, its stamp, its headings exact and in order, what the agency owes,
        and only then how like they are."""
        judge, headings = bid
        kind = judge.kind
        return (
            kind.id == self.context.assume,
            kind.id == kind_of(self._traits.properties),
            headings.exact,
            self._owes(kind),
            headings.likeness,
        )

    def _owes(self, kind: Kind) -> bool:
        agency = self.context.agency
        if agency is None:
            return False
        return kind.id in agency.owes if agency.owes is not None else kind.in_pack

    def _carried_on(self, row: Row) -> TableJudge | None:
        """The judge of a table that goes on from the one before it, or that has lost its headings
        and is plainly of that kind."""
        if not self.judges:
            return None
        judge = max(self.judges, key=lambda judge: judge.looks_like_entry(row))
        if judge.looks_like_entry(row) >= ENTRY:
            judge.carry_on(row)
            return judge
        judge = max(self.judges, key=lambda judge: judge.looks_headless(row))
        if judge.looks_headless(row) >= PLAINLY:
            judge.begin_headless(row)
            return judge
        return None


def _bid(
    judge: TableJudge, row: Row, above: Row | None, few: bool
) -> tuple[TableJudge, Headings] | None:
    """What the row says as the judge's headings, by itself or read on from the row above."""
    found = judge.likened(row, few=few)
    if above is not None and (found is None or not found.exact):
        joined = judge.likened(joined_rows(above, row), few=few)
        if joined is not None and (found is None or joined.likeness > found.likeness):
            found = joined
    return (judge, found) if found is not None else None
