"""The judge of a table of dated entries: hears the tables that are its kind's, then speaks once.

Does: shows every entry of a claimed table to every check, and gathers what they found. Rows are not
kept: what stays is a few whole numbers each.
Trusts: `handlers/checks/table/table_claims.py` for which tables it is given; the caller for
the kind, the case, the agency and the day; nothing in the document.
Never touches: the clock, the register, the file.
Known limits: cells merged down are read as the cell above. Of a row with a cell too few or too many
only the date is judged. Headings may run over two rows, not over three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from config.kind import Kind
from config.kind_parts import called
from config.kind_shape import Column, TableShape
from config.rules import REFUSALS
from handlers.checks.table.around_table import Front, Unread, Whereabouts
from handlers.checks.table.cell_checks import Closes, cells_in_place, checks_for
from handlers.checks.table.date_checks import Chronicle
from handlers.checks.table.entry import Above, Entry, Laid, Reader, columns_of, lay
from handlers.checks.table.heading_faults import (
    ROWS,
    as_it_stands,
    may_have_stayed,
    tell_added,
    tell_headings,
)
from handlers.checks.table.headings import (
    Headings,
    Numbering,
    joined_rows,
    no_headings,
    read_headings,
)
from handlers.checks.table.other_rows import (
    Struck,
    adds_up,
    explains,
    is_example,
    prefilled,
    separates,
    struck_in,
)
from handlers.checks.table.summary import Causes, Tally
from handlers.checks.table.table_context import Desk
from handlers.context import Context
from handlers.document import Row, Traits, hidden_in
from handlers.fields.versions import Digests
from handlers.findings import Finding, Judgement, Where
from handlers.vouching import vouched


class TableJudge:
    """Judges every table of one kind in one document, as one return. Which those are is said
    by `handlers/checks/table/table_claims.py`."""

    def __init__(self, kind: Kind, context: Context) -> None:
        """Raises TypeError for a kind of another shape: a mistake of ours."""
        if not isinstance(kind.shape, TableShape):
            raise TypeError(f"{kind.id} is not a table")
        self.kind = kind
        self.columns = kind.shape.columns
        self._desk = Desk(kind, kind.shape, context)
        self._reader = Reader(kind.shape.columns, context)
        self._date, self._source = self._desk.column("date"), self._desk.column("source")
        self._agency = self._desk.column("agency")
        self._checks = checks_for(self._desk)
        self._causes = Causes(kind, self._desk)
        self._chronicle = Chronicle(self._desk)
        self._tally = Tally(self._desk)
        self._digests = Digests()
        self._whereabouts = Whereabouts()
        self._above = Above(len(kind.shape.columns))
        self._front = Front()
        self._first: Headings | None = None  # of the first table claimed
        self._last: Headings | None = None  # of the latest table that had any
        self._withdrawn = False  # a row, struck through
        self._begin()

    def _begin(self) -> None:
        """Stand ready for the next table."""
        self._now: Headings | None = None
        self._heading_row: Row | None = None
        self._told = False  # what is wrong with its headings
        self._waiting: list[Row] | None = None  # until it is known whether entries moved
        self._numbering = Numbering()

    @property
    def heard(self) -> bool:
        """Whether a table of this kind was heard."""
        return self._first is not None

    @property
    def sure(self) -> bool:
        """Whether the headings of the first table claimed are plainly this kind's."""
        return self._first is not None and self._first.sure

    @property
    def tells_of_days(self) -> bool:
        """Whether any entry has a day that can be read."""
        return self._tally.dates > 0

    def likened(self, row: Row, *, few: bool = False) -> Headings | None:
        """The row as this kind's headings; None where it is not."""
        return read_headings(row, self._desk.columns, few=few)

    def claim(self, headings: Headings, row: Row) -> None:
        """The table now begun is of this kind, under these headings, which end in `row`."""
        self._now = self._last = headings
        self._heading_row = row
        self._first = self._first or headings
        self._waiting = [] if may_have_stayed(headings) else None

    def looks_like_entry(self, row: Row) -> int:
        """How many cells of a row of a table without headings look like what would belong there, if
        it went on from the table before it; 0 where it cannot."""
        last = self._last
        if last is None or len(row.cells) != len(last.slots):
            return 0
        return self._in_place(row, last)

    def looks_headless(self, row: Row) -> int:
        """The same, for a table that never had any headings."""
        if len(row.cells) != len(self.columns):
            return 0
        return self._in_place(row, no_headings(row))

    def begin_headless(self, row: Row) -> None:
        """The table now begun is of this kind and has no headings; `row` is its first entry."""
        self._now = self._last = no_headings(row)
        self._first = self._first or self._now
        self._hear_entry(row, self._now)

    def _in_place(self, row: Row, last: Headings) -> int:
        laid = self._above.filled(lay(row, last, len(self._desk.columns))).laid
        entry = self._reader.read(row, laid, frozenset(last.missing))
        return 2 * (entry.when.value is not None) + cells_in_place(entry, self._desk)

    def carry_on(self, row: Row) -> None:
        """The table now begun goes on from the one before it; `row` is its first entry."""
        assert self._last is not None
        self._now = replace(self._last, table=row.table, row=row.number, absent=True)
        self._hear_entry(row, self._now)

    def hear(self, row: Row) -> None:
        """A row of the table now claimed."""
        assert self._now is not None
        if self._heading_row is not None:
            longer = self._read_on(self._heading_row, row, self._now)
            self._heading_row = None
            if longer is not None:
                self.claim(longer, row)
                self._heading_row = None
                return
        if self._waiting is None:
            self._hear_entry(row, self._now)
            return
        self._waiting.append(row)
        if len(self._waiting) == ROWS:
            self._settle()

    def _settle(self) -> None:
        """Hear the rows that waited, under the headings that are theirs."""
        rows, self._waiting = self._waiting or [], None
        if self._now is None or not rows:
            return
        self._now = self._last = as_it_stands(self._now, rows, self._reader, self._desk)
        for row in rows:
            self._hear_entry(row, self._now)

    def _read_on(self, above: Row, row: Row, now: Headings) -> Headings | None:
        """The headings, where they run on into this row and are then more nearly this kind's."""
        if now.exact:
            return None
        longer = self.likened(joined_rows(above, row))
        return longer if longer is not None and longer.likeness > now.likeness else None

    def end_table(self) -> None:
        """The table now claimed has no more rows."""
        self._settle()
        now = self._now
        if now is not None and now.sequence is not None and self._told and not self._numbering:
            tell_added(now, now.sequence, self._desk)
        self._begin()

    def tell_beside(self, tables: Sequence[Unread], paragraphs: int) -> None:
        """What stands beside the tables and could not be taken as part of them: further tables, and
        paragraphs that begin with a date as entries do."""
        for table in tables:
            where = Where(table.number, section=self._whereabouts.of(table) or None)
            self._desk.tell("table-unread", where)
        if paragraphs:
            self._desk.tell("entries-outside", Where())

    def tell_front(self, front: Front) -> None:
        """What the words around the tables say of the whole."""
        self._front = front
        if front.another:
            self._desk.tell("front-agency-other", Where())
        if front.unfinished:
            self._desk.tell("draft", Where())
        if front.template:
            said = REFUSALS["template"]["needed"].says.format(look=front.template)
            fix = front.instead and f"{front.instead} {REFUSALS['template']['again'].fix}"
            self._desk.tell("placeholder-left", Where(), instead=said, instead_fix=fix)

    def close(self, traits: Traits) -> Judgement | None:
        """The judgement, or None where no table of this kind was heard."""
        self.end_table()
        if self._first is None:
            return None
        if not self._tally.entries:
            tell_headings(self._first, self._desk)
            if not (self._withdrawn or traits.hidden_rows):
                self._desk.tell("no-rows", Where(self._first.table))
        if traits.tracked_changes:
            self._desk.tell("tracked-changes", Where())
        if what := hidden_in(traits):
            self._desk.tell("hidden-text", Where(), what=what)
        findings = self._findings()
        broken = {finding.rule for finding in findings}
        sure = round(self._first.likeness, 2)
        told = self._tally.clues(broken)
        clues = self._front.clues(told, sender_named=self._tally.names_sender)
        clues = replace(clues, digests=self._digests.told())
        passed = vouched(self.kind, self._there(), findings)
        return Judgement(self.kind.id, sure, findings, passed, clues)

    def _hear_entry(self, row: Row, headings: Headings) -> None:
        struck = struck_in(row)
        row = row if struck is None else struck.row
        laid = lay(row, headings, len(self._desk.columns))
        if self._holds_no_entry(row, laid):
            return
        if struck is not None and self._tell_struck(struck, headings):
            return
        if self._tell_continuing(row, laid):
            return
        filled = self._above.filled(laid)
        laid = filled.laid
        entry = self._reader.read(row, laid, frozenset(headings.missing), filled.taken)
        if entry.when.value is None and headings.repeated_by(laid.texts):
            return
        self._above.keep(laid)
        if not self._told:
            tell_headings(headings, self._desk)
            self._told = True
        self._numbering.hear(laid.number)
        self._tally.hear(entry)
        self._whereabouts.hear(entry)
        self._digests.hear(laid.texts)
        self._note_merged(entry, laid)
        if filled.dittoed or filled.hollow:
            entry = replace(entry, dittoed=filled.dittoed, hollow=filled.hollow)
        self._judge(entry)

    def _holds_no_entry(self, row: Row, laid: Laid) -> bool:
        """Whether the row is blank, or unused, or only parts the entries, which is told."""
        if is_example(laid.texts):
            words = REFUSALS["row"]["example"]
            where = Where(row.table, row.number)
            self._desk.tell("separator-row", where, instead=words.says, instead_fix=words.fix)
            return True
        uneven = laid.across or laid.sparse
        if uneven and (laid.blank or prefilled(laid, self._agency)):
            return True
        parts = uneven and separates(row, laid, self._date)
        parts = parts or (not self._tally.entries and explains(laid.texts, self._date))
        if parts or adds_up(laid, self._date, self._source):
            self._desk.tell("separator-row", Where(row.table, row.number))
            return True
        return False

    def _tell_struck(self, struck: Struck, headings: Headings) -> bool:
        """Whether the whole row is struck through, so that it may be no entry."""
        row = struck.row
        if struck.withdrawn:
            self._desk.tell("struck-out", Where(row.table, row.number), what="The row is")
            self._withdrawn = True
            return True
        for rule, cells in (("struck-out", struck.wholly), ("struck-in-part", struck.partly)):
            for column in columns_of(row, headings, cells):
                where = Where(row.table, row.number, self._desk.columns[column].heading)
                self._desk.tell(rule, where, what="What is entered here is")
        return False

    def _tell_continuing(self, row: Row, laid: Laid) -> bool:
        """Whether the row only goes on telling what the entry above it tells."""
        if laid.down or not laid.sparse or not self._tally.entries:
            return False
        if not self._desk.asks("row-continues"):
            return False
        column = self._desk.columns[next(at for at, text in enumerate(laid.texts) if text)]
        if column.reads_as != "text":
            return False
        self._desk.tell("row-continues", Where(row.table, row.number), heading=column.heading)
        return True

    def _note_merged(self, entry: Entry, laid: Laid) -> None:
        if laid.misfit:
            self._desk.tell("row-cells", Where(entry.table, entry.row))
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
