"""The judge of a table of dated entries: hears a document block by block, then speaks once.

Does: claims the tables whose headings are this kind's, shows every entry to every check, and
gathers what they found. Rows are not kept: what stays is a few whole numbers each.
Trusts: the caller for the kind, the case, the agency and the day; nothing in the document.
Never touches: the clock, the register, the file.
Known limits: a table is claimed by one of its first three rows that have more than one filled
cell. Cells merged down are read as the cell above, and a question: Chronolator reads row by row. A
table without headings counts as the rest of the one before it when it is as wide
and begins with a date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from config.kind import Kind
from config.parts import called
from config.shape import Column, TableShape
from handlers.context import Context
from handlers.document.block import Block, Row, TableEnd, Traits
from handlers.document.digests import Digests
from handlers.finding import Finding, Judgement, Where
from handlers.table.above import Above
from handlers.table.causes import Causes
from handlers.table.checks import Closes, checks_for
from handlers.table.chronicle import Chronicle
from handlers.table.desk import Desk
from handlers.table.entry import Entry, Laid, Reader, lay
from handlers.table.headings import Headings, read_headings
from handlers.table.numbering import Numbering
from handlers.table.tally import Tally
from handlers.table.told import tell_added, tell_headings
from handlers.vouching import vouched

LOOKS = 3  # rows of a table that may be its headings


class TableJudge:
    """Judges every table of one kind in one document, as one return."""

    def __init__(self, kind: Kind, context: Context) -> None:
        """Raises TypeError for a kind of another shape: a mistake of ours."""
        if not isinstance(kind.shape, TableShape):
            raise TypeError(f"{kind.id} is not a table")
        self._kind = kind
        self._desk = Desk(kind, kind.shape, context)
        self._reader = Reader(kind.shape.columns, context)
        self._checks = checks_for(self._desk)
        self._causes = Causes(kind, self._desk)
        self._chronicle = Chronicle(self._desk)
        self._tally = Tally(self._desk)
        self._digests = Digests()
        self._above = Above(len(kind.shape.columns))
        self._first: Headings | None = None  # of the first table claimed
        self._last: Headings | None = None  # of the latest table that had any
        self._begin()

    def _begin(self) -> None:
        """Stand ready for the next table."""
        self._now: Headings | None = None
        self._looked = 0
        self._told = False  # what is wrong with its headings
        self._numbering = Numbering()

    def hear(self, block: Block) -> bool:
        """True where `block` belongs to a table of this kind and needs no other judge."""
        if isinstance(block, Row):
            return self._hear_row(block)
        if isinstance(block, TableEnd):
            ours = self._now is not None
            self._end()
            return ours
        return False

    def close(self, traits: Traits) -> Judgement | None:
        """The judgement, or None where no table of this kind was heard."""
        self._end()
        if self._first is None:
            return None
        if not self._tally.entries:
            tell_headings(self._first, self._desk)
            self._desk.tell("no-rows", Where(self._first.table))
        if traits.tracked_changes:
            self._desk.tell("tracked-changes", Where())
        findings = self._findings()
        broken = {finding.rule for finding in findings}
        sure = round(self._first.likeness, 2)
        clues = replace(self._tally.clues(broken), digests=self._digests.told())
        passed = vouched(self._kind, self._there(), findings)
        return Judgement(self._kind.id, sure, findings, passed, clues)

    @property
    def sure(self) -> bool:
        """Whether the headings of the first table claimed are plainly this kind's."""
        return self._first is not None and self._first.sure

    def _end(self) -> None:
        now = self._now
        if now is not None and now.sequence is not None and self._told and not self._numbering:
            tell_added(now, now.sequence, self._desk)
        self._begin()

    def _hear_row(self, row: Row) -> bool:
        if self._now is None:
            return self._claims(row)
        self._hear_entry(row, self._now)
        return True

    def _claims(self, row: Row) -> bool:
        if self._looked == LOOKS or sum(bool(cell.text) for cell in row.cells) < 2:
            return False
        self._looked += 1
        headings = read_headings(row, self._desk.columns)
        if headings is None:
            return self._carries_on(row)
        self._now = self._last = headings
        self._first = self._first or headings
        return True

    def _carries_on(self, row: Row) -> bool:
        """Whether a table without headings goes on from the one before it."""
        last = self._last
        if last is None or self._looked > 1 or len(row.cells) != len(last.slots):
            return False
        laid = lay(row, last, len(self._desk.columns))
        if self._reader.read(row, laid, frozenset(last.missing)).when.value is None:
            return False
        self._now = replace(last, table=row.table, row=row.number, absent=True)
        self._hear_entry(row, self._now)
        return True

    def _hear_entry(self, row: Row, headings: Headings) -> None:
        laid = lay(row, headings, len(self._desk.columns))
        if laid.blank:
            return
        filled = self._above.filled(laid)
        laid = filled.laid
        entry = self._reader.read(row, laid, frozenset(headings.missing))
        if entry.when.value is None and headings.repeated_by(laid.texts):
            return
        self._above.keep(laid)
        if not self._told:
            tell_headings(headings, self._desk)
            self._told = True
        self._numbering.hear(laid.number)
        self._tally.hear(entry)
        self._digests.hear(laid.texts)
        self._note_merged(entry, laid)
        for column in sorted(filled.dittoed):
            self._desk.note("ditto", entry, column)
        self._judge(entry)

    def _note_merged(self, entry: Entry, laid: Laid) -> None:
        if laid.across:
            self._desk.note("merged-across", entry, min(laid.across))
        if laid.down:
            self._desk.tell("merged-down", Where(entry.table, entry.row))

    def _judge(self, entry: Entry) -> None:
        if not self._causes.hear(entry):
            return
        self._chronicle.hear(entry)
        for check in self._checks:
            check.hear(entry)

    def _findings(self) -> tuple[Finding, ...]:
        for check in self._checks:
            if isinstance(check, Closes):
                check.close()
        if self._causes.dates_hold(self._tally.entries):
            self._chronicle.close()
        return as_read(self._causes.gathered(self._tally.entries), self._desk.columns)

    def _there(self) -> Mapping[str, str]:
        """The phrase of each part that the table has and that could be judged."""
        headings = {"headings": called("headings")}
        if not self._tally.entries:
            return headings
        in_order = self._causes.dates_hold(self._tally.entries)
        return {**headings, **self._tally.there(dates_hold=in_order)}


def as_read(findings: Sequence[Finding], columns: Sequence[Column]) -> tuple[Finding, ...]:
    """The findings in the order a person meets them going down the table and along each row;
    all places of one cause stay together, at the first of them."""
    across = {column.heading: n for n, column in enumerate(columns)}
    met: dict[tuple[str, str | None, str], tuple[int, int, int]] = {}
    for f in findings:
        at = (f.where.table or 0, f.where.row or 0, across.get(f.where.column or "", -1))
        met.setdefault((f.rule, f.where.column, f.fix), at)
    return tuple(sorted(findings, key=lambda f: met[f.rule, f.where.column, f.fix]))
