"""Judges a table of dated entries: shows every entry to every check as it streams past.

Rows are not kept. Of a row with a cell too few or too many only the date is judged, and headings
may run over two rows, not over three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from config.kind import Kind
from config.kind_parts import part_phrase
from config.kind_shape import Column, TableShape
from config.rules import VALUE_REFUSALS
from handlers.checks.table.around_table import TableSurroundings
from handlers.checks.table.cell_checks import ClosingCheck, checks_for_columns, count_cells_in_place
from handlers.checks.table.entry import (
    AlignedRow,
    EntryReader,
    PreviousEntry,
    TableEntry,
    align_row,
    columns_of_cells,
)
from handlers.checks.table.heading_faults import (
    ROWS_COMPARED,
    RepeatedHeadings,
    add_column_finding,
    add_heading_findings,
    add_repeated_findings,
    has_only_moved,
    headings_as_entered,
)
from handlers.checks.table.headings import (
    RowNumbering,
    TableHeadings,
    headings_of_headless,
    join_heading_rows,
    read_headings,
)
from handlers.checks.table.order_and_period import DateSequence
from handlers.checks.table.other_rows import (
    StruckRow,
    find_struck_cells,
    is_example_row,
    is_hint_row,
    is_separator_row,
    is_total_row,
    is_unused_row,
)
from handlers.checks.table.summary import CommonCauses, EntryTally
from handlers.checks.table.table_context import TableContext
from handlers.checks.table.table_places import StrayLine, TablePlaces, UnreadTable
from handlers.context import Context
from handlers.document import Row, Traits, describe_hidden
from handlers.fields.versions import EntryDigests
from handlers.findings import Finding, FindingPlace, Judgement
from handlers.in_order_parts import phrases_in_order


class TableJudge:
    """Judges every table of one kind in one document, as one return. Which those are is said
    by `handlers/checks/table/table_claims.py`."""

    def __init__(self, kind: Kind, context: Context) -> None:
        """Raises TypeError for a kind of another shape: a mistake of ours."""
        if not isinstance(kind.shape, TableShape):
            raise TypeError(f"{kind.id} is not a table")
        self.kind = kind
        self.columns = kind.shape.columns
        self._context = TableContext(kind, kind.shape, context)
        self._reader = EntryReader(kind.shape.columns, context)
        self._date, self._source = (
            self._context.index_of_column("date"),
            self._context.index_of_column("source"),
        )
        self._agency = self._context.index_of_column("agency")
        self._checks = checks_for_columns(self._context)
        self._causes = CommonCauses(kind, self._context)
        self._chronicle = DateSequence(self._context)
        self._tally = EntryTally(self._context)
        self._digests = EntryDigests()
        self._whereabouts = TablePlaces()
        self._above = PreviousEntry(len(kind.shape.columns))
        self._front = TableSurroundings()
        self._first: TableHeadings | None = None  # of the first table claimed
        self._last: TableHeadings | None = None  # of the latest table that had any
        self._withdrawn = False  # a row, struck through
        self._begin()

    def _begin(self) -> None:
        """Stand ready for the next table."""
        self._now: TableHeadings | None = None
        self._heading_row: Row | None = None
        self._told = False  # what is wrong with its headings
        self._repeated: list[RepeatedHeadings] = []  # not told of yet
        self._waiting: list[Row] | None = None  # until it is known whether entries moved
        self._numbering = RowNumbering()

    @property
    def has_table(self) -> bool:
        """Whether a table of this kind was heard."""
        return self._first is not None

    @property
    def is_surely_of_kind(self) -> bool:
        """Whether the headings of the first table claimed are plainly this kind's."""
        return self._first is not None and self._first.is_surely_of_kind

    @property
    def has_dated_entry(self) -> bool:
        """Whether any entry has a day that can be read."""
        return self._tally.dates > 0

    def match_headings(self, row: Row, *, few: bool = False) -> TableHeadings | None:
        """The row as this kind's headings; None where it is not."""
        return read_headings(row, self._context.columns, few=few)

    def claim_table(self, headings: TableHeadings, row: Row) -> None:
        """The table now begun is of this kind, under these headings, which end in `row`."""
        self._now = self._last = headings
        self._heading_row = row
        self._first = self._first or headings
        self._waiting = [] if has_only_moved(headings) else None

    def count_entry_cells(self, row: Row) -> int:
        """How many cells of a row of a table without headings look like what would belong there, if
        it went on from the table before it; 0 where it cannot."""
        last = self._last
        if last is None or len(row.cells) != len(last.slots):
            return 0
        return self._in_place(row, last)

    def count_headless_cells(self, row: Row) -> int:
        """The same, for a table that never had any headings."""
        if len(row.cells) != len(self.columns):
            return 0
        return self._in_place(row, headings_of_headless(row))

    def begin_headless_table(self, row: Row) -> None:
        """The table now begun is of this kind and has no headings; `row` is its first entry."""
        self._now = self._last = headings_of_headless(row)
        self._first = self._first or self._now
        self._hear_entry(row, self._now)

    def _in_place(self, row: Row, last: TableHeadings) -> int:
        laid = self._above.fill_from_previous(align_row(row, last, len(self._context.columns))).laid
        entry = self._reader.read_entry(row, laid, frozenset(last.missing))
        return 2 * (entry.when.value is not None) + count_cells_in_place(entry, self._context)

    def continue_table(self, row: Row) -> None:
        """The table now begun goes on from the one before it; `row` is its first entry."""
        assert self._last is not None
        self._now = replace(self._last, table=row.table, row=row.number, absent=True)
        self._hear_entry(row, self._now)

    def judge_row(self, row: Row) -> None:
        """A row of the table now claimed."""
        assert self._now is not None
        if self._heading_row is not None:
            longer = self._read_on(self._heading_row, row, self._now)
            self._heading_row = None
            if longer is not None:
                self.claim_table(longer, row)
                self._heading_row = None
                return
        if self._waiting is None:
            self._hear_entry(row, self._now)
            return
        self._waiting.append(row)
        if len(self._waiting) == ROWS_COMPARED:
            self._settle()

    def _settle(self) -> None:
        """Hear the rows that waited, under the headings that are theirs."""
        rows, self._waiting = self._waiting or [], None
        if self._now is None or not rows:
            return
        self._now = self._last = headings_as_entered(self._now, rows, self._reader, self._context)
        for row in rows:
            self._hear_entry(row, self._now)

    def _read_on(self, above: Row, row: Row, now: TableHeadings) -> TableHeadings | None:
        """The headings, where they run on into this row and are then more nearly this kind's."""
        if now.is_exact:
            return None
        longer = self.match_headings(join_heading_rows(above, row))
        return longer if longer is not None and longer.similarity > now.similarity else None

    def end_table(self) -> None:
        """The table now claimed has no more rows."""
        self._settle()
        if self._told:
            self._tell_repeated()
        now = self._now
        if now is not None and now.sequence is not None and self._told and not self._numbering:
            add_column_finding(now, now.sequence, self._context)
        self._begin()

    def add_unread_findings(
        self, tables: Sequence[UnreadTable], lines: Sequence[StrayLine]
    ) -> None:
        """What stands beside the tables and could not be taken as part of them: further tables, and
        paragraphs that begin with a date as entries do."""
        for table in tables:
            where = FindingPlace(
                table.number, section=self._whereabouts.describe_place(table) or None
            )
            self._context.add_finding("table-unread", where)
        for where in self._whereabouts.places_of_lines(lines):
            self._context.add_finding("entries-outside", where)

    def judge_surroundings(self, front: TableSurroundings) -> None:
        """What the words around the tables say of the whole."""
        self._front = front
        if front.another:
            self._context.add_finding("front-agency-other", FindingPlace())
        if front.unfinished:
            self._context.add_finding("draft", FindingPlace(section=front.unfinished))
        if front.template:
            said = VALUE_REFUSALS["template"]["needed"].says.format(look=front.template)
            fix = front.instead and f"{front.instead} {VALUE_REFUSALS['template']['again'].fix}"
            self._context.add_finding(
                "placeholder-left", FindingPlace(), instead=said, instead_fix=fix
            )

    def finish_judgement(self, traits: Traits) -> Judgement | None:
        """The judgement, or None where no table of this kind was heard."""
        self.end_table()
        if self._first is None:
            return None
        if not self._tally.entries:
            add_heading_findings(self._first, self._context)
            if not (self._withdrawn or traits.hidden_rows):
                self._context.add_finding("no-rows", FindingPlace(self._first.table))
        if traits.tracked_changes:
            self._context.add_finding("tracked-changes", FindingPlace())
        if what := describe_hidden(traits):
            self._context.add_finding("hidden-text", FindingPlace(), what=what)
        findings = self._findings()
        broken = {finding.rule for finding in findings}
        sure = round(self._first.similarity, 2)
        told = self._tally.table_clues(broken)
        clues = self._front.amend_clues(told, sender_named=self._tally.is_sender_named)
        clues = replace(clues, digests=self._digests.sorted_digests())
        passed = phrases_in_order(self.kind, self._there(), findings)
        return Judgement(self.kind.id, sure, findings, passed, clues)

    def _hear_entry(self, row: Row, headings: TableHeadings) -> None:
        struck = find_struck_cells(row)
        row = row if struck is None else struck.row
        laid = align_row(row, headings, len(self._context.columns))
        if self._holds_no_entry(row, laid):
            return
        if struck is not None and self._tell_struck(struck, headings):
            return
        if self._tell_continuing(row, laid):
            return
        filled = self._above.fill_from_previous(laid)
        laid = filled.laid
        entry = self._reader.read_entry(row, laid, frozenset(headings.missing), filled.taken)
        if entry.when.value is None and headings.is_repeated_by(laid.texts, self._date):
            again = RepeatedHeadings(row.table, row.number, laid.texts, laid.misfit)
            self._repeated.append(again)
            return
        self._above.remember_row(laid)
        if not self._told:
            add_heading_findings(headings, self._context)
            self._told = True
        if self._repeated:
            self._tell_repeated()
        self._numbering.record_number(laid.number)
        self._tally.count_entry(entry)
        self._whereabouts.record_entry(entry)
        self._digests.add_entry(laid.texts)
        self._note_merged(entry, laid)
        if filled.dittoed or filled.hollow:
            entry = replace(entry, dittoed=filled.dittoed, hollow=filled.hollow)
        self._judge(entry)

    def _tell_repeated(self) -> None:
        """Tell of the rows that repeat the headings, of a table that has entries."""
        add_repeated_findings(self._repeated, self._context)
        self._repeated.clear()

    def _holds_no_entry(self, row: Row, laid: AlignedRow) -> bool:
        """Whether the row is blank, or unused, or only parts the entries, which is told."""
        if is_example_row(laid.texts):
            words = VALUE_REFUSALS["row"]["example"]
            where = FindingPlace(row.table, row.number)
            self._context.add_finding(
                "separator-row", where, instead=words.says, instead_fix=words.fix
            )
            return True
        uneven = laid.across or laid.is_sparse
        if uneven and (laid.is_blank or is_unused_row(laid, self._agency)):
            return True
        parts = uneven and is_separator_row(row, laid, self._date)
        parts = parts or (not self._tally.entries and is_hint_row(laid.texts, self._date))
        if parts or is_total_row(laid, self._date, self._source):
            self._context.add_finding("separator-row", FindingPlace(row.table, row.number))
            return True
        return False

    def _tell_struck(self, struck: StruckRow, headings: TableHeadings) -> bool:
        """Whether the whole row is struck through, so that it may be no entry."""
        row = struck.row
        if struck.is_wholly_struck:
            self._context.add_finding(
                "struck-out", FindingPlace(row.table, row.number), what="The row is"
            )
            self._withdrawn = True
            return True
        for rule, cells in (("struck-out", struck.wholly), ("struck-in-part", struck.partly)):
            for column in columns_of_cells(row, headings, cells):
                where = FindingPlace(row.table, row.number, self._context.columns[column].heading)
                self._context.add_finding(rule, where, what="What is entered here is")
        return False

    def _tell_continuing(self, row: Row, laid: AlignedRow) -> bool:
        """Whether the row only goes on telling what the entry above it tells."""
        if laid.down or not laid.is_sparse or not self._tally.entries:
            return False
        if not self._context.includes_rule("row-continues"):
            return False
        column = self._context.columns[next(at for at, text in enumerate(laid.texts) if text)]
        if column.reads_as != "text":
            return False
        self._context.add_finding(
            "row-continues", FindingPlace(row.table, row.number), heading=column.heading
        )
        return True

    def _note_merged(self, entry: TableEntry, laid: AlignedRow) -> None:
        if laid.misfit:
            self._context.add_finding("row-cells", FindingPlace(entry.table, entry.row))
        if laid.across:
            self._context.add_cell_finding("merged-across", entry, min(laid.across))
        if laid.down:
            self._context.add_finding("merged-down", FindingPlace(entry.table, entry.row))

    def _judge(self, entry: TableEntry) -> None:
        if not self._causes.is_entry_in_place(entry):
            return
        self._chronicle.record_entry(entry)
        for check in self._checks:
            check.check_entry(entry)

    def _findings(self) -> tuple[Finding, ...]:
        for check in self._checks:
            if isinstance(check, ClosingCheck):
                check.add_closing_findings()
        if self._causes.are_dates_reliable(self._tally.entries):
            self._chronicle.add_order_findings()
        return in_reading_order(
            self._causes.gather_findings(self._tally.entries), self._context.columns
        )

    def _there(self) -> Mapping[str, str]:
        """The phrase of each part that the table has and that could be judged."""
        headings = {"headings": part_phrase("headings")}
        if not self._tally.entries:
            return headings
        in_order = self._causes.are_dates_reliable(self._tally.entries)
        return {**headings, **self._tally.phrases_of_parts(dates_hold=in_order)}


def in_reading_order(findings: Sequence[Finding], columns: Sequence[Column]) -> tuple[Finding, ...]:
    """The findings in the order a person meets them going down the table and along each row;
    all places of one cause stay together, at the first of them."""
    across = {column.heading: n for n, column in enumerate(columns)}
    met: dict[tuple[str, str | None, str], tuple[int, int, int]] = {}
    for f in findings:
        at = (f.where.table or 0, f.where.row or 0, across.get(f.where.column or "", -1))
        met.setdefault((f.rule, f.where.column, f.fix), at)
    return tuple(sorted(findings, key=lambda f: met[f.rule, f.where.column, f.fix]))
