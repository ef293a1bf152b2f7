"""Whose each table is, of the kinds that are tables of dated rows; and what stands beside a
chronology."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from config.front_table_words import FAMILY_WORDS
from config.kind import Kind
from config.side_table_words import SIDE_TABLE_WORDS
from handlers.checks.table.around_table import read_surroundings
from handlers.checks.table.headings import TableHeadings, join_heading_rows
from handlers.checks.table.judge import TableJudge
from handlers.checks.table.side_details import is_front_details, is_list_of_subjects
from handlers.checks.table.table_places import UnreadTable, stray_lines
from handlers.context import CaseFacts, Context
from handlers.document import Block, Paragraph, Row, TableEnd, Traits, kind_of_stamp
from handlers.fields.front_matter import MAX_CELL_LENGTH, front_matter_sort
from handlers.values.dates import read_date
from handlers.values.day_words import CELL_DAY_PATTERN
from handlers.values.normalise import fold_text, fold_without_spaces, without_number

HEADING_ROWS_TRIED = 8  # rows of a table that may be its headings
MIN_ENTRY_CELLS = (
    2  # cells that look like what belongs there make a row an entry; a date counts for two
)
MIN_HEADLESS_CELLS = 5  # of them make it one where no headings stand above it


@dataclass(slots=True)
class _Table:
    """One table while its rows are heard."""

    owner: TableJudge | None = None
    looked: int = 0
    above: Row | None = None


class TableClaims:
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
        # Tables of which all from the headings on is taken, each with how many blocks that no table
        # took stand before it.
        self.claimed: dict[int, int] = {}
        self._left = 0  # blocks so far that no table took

    @property
    def has_claimed_table(self) -> bool:
        """Whether any table was claimed."""
        return any(judge.has_table for judge in self.judges)

    @property
    def margin_lines(self) -> list[str]:
        """The lines of headers and footers; all of them after the last block."""
        return self._traits.margins

    def claim_block(self, block: Block) -> bool:
        """True where `block` belongs to a table that is claimed and needs no other judge."""
        if isinstance(block, Row):
            taken = self._row(block)
        else:
            taken = isinstance(block, TableEnd) and self._end()
        self._left += not taken
        return taken

    def _row(self, row: Row) -> bool:
        owner = self._table.owner
        if owner is None and not self._claimed(row):
            self._look_inside(row)
            return False
        if owner is not None:
            owner.judge_row(row)
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
        if table.looked == HEADING_ROWS_TRIED or sum(bool(cell.text) for cell in row.cells) < 2:
            return False
        table.looked += 1
        above, table.above = table.above, row
        bids = [bid for judge in self.judges if (bid := _bid(judge, row, above, self._few))]
        if bids:
            table.owner, headings = max(bids, key=self._nearness)
            table.owner.claim_table(headings, row)
        elif table.looked == 1:
            table.owner = self._carried_on(row)
        if table.owner is None:
            return False
        self.claimed[row.table] = self._left
        return True

    def _nearness(
        self, bid: tuple[TableJudge, TableHeadings]
    ) -> tuple[bool, bool, bool, bool, float]:
        """What was said it is, its stamp, its headings exact and in order, what the agency owes,
        and only then how like they are."""
        judge, headings = bid
        kind = judge.kind
        return (
            kind.id == self.context.assume,
            kind.id == kind_of_stamp(self._traits.properties),
            headings.is_exact,
            self._owes(kind),
            headings.similarity,
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
        judge = max(self.judges, key=lambda judge: judge.count_entry_cells(row))
        if judge.count_entry_cells(row) >= MIN_ENTRY_CELLS:
            judge.continue_table(row)
            return judge
        judge = max(self.judges, key=lambda judge: judge.count_headless_cells(row))
        if judge.count_headless_cells(row) >= MIN_HEADLESS_CELLS:
            judge.begin_headless_table(row)
            return judge
        return None


def _bid(
    judge: TableJudge, row: Row, above: Row | None, few: bool
) -> tuple[TableJudge, TableHeadings] | None:
    """What the row says as the judge's headings, by itself or read on from the row above."""
    found = judge.match_headings(row, few=few)
    if above is not None and (found is None or not found.is_exact):
        joined = judge.match_headings(join_heading_rows(above, row), few=few)
        if joined is not None and (found is None or joined.similarity > found.similarity):
            found = joined
    return (judge, found) if found is not None else None


MIN_ENTRY_WORDS = 6  # after a date: more than the day of a letter or of a version has
MIN_WORDS_BESIDE_DATE = 4  # words beside a date, in a row of two cells
MIN_FILLED_ENTRY_CELLS = 4  # filled cells of a row that make it more than a label or two
TOP_ROWS = 3  # rows of a table that may be its headings
MIN_DATED_PIECES = 3  # paragraphs or small tables that tell of a day each
_HEADINGS, _NEVER, _LABELS = (
    frozenset(map(fold_without_spaces, words))
    for words in (
        SIDE_TABLE_WORDS.headings,
        SIDE_TABLE_WORDS.never_entries,
        SIDE_TABLE_WORDS.labels,
    )
)
_ANYWHERE = frozenset({"date", "time"})
_SHORT_FORM = re.compile(r"[A-Z][A-Za-z&./ -]{0,8}[A-Z0-9]{1,3}s?", re.ASCII)
# "SC = social care", in one cell.
_EXPLAINED = re.compile(
    r"(?P<short>[^=:\u2013\u2014]{1,14}?)\s*(?:[=:\u2013\u2014]|\s-\s)\s*(?P<meaning>[^\d=:]{3,80})"
)
MOST_MEANING_WORDS = 6  # of what a short form stands for
LONGEST_INITIALS = 5  # letters of a short form that are each a word's first

# A sentence of what the whole covers, or of who put it together: "Period 01/06/2008 to 20/03/2011."
_OF_WHOLE = re.compile(
    rf"\s*(?:{'|'.join(SIDE_TABLE_WORDS.of_whole)})\b((?:(?!\.\s|\n).)*)(?:\.?\s+|\.?$)", re.I
)


def judge_outside_tables(blocks: Sequence[Block], claims: TableClaims) -> None:
    """Have the first judge that heard a table tell what stands beside it unread."""
    judge = next((judge for judge in claims.judges if judge.has_table), None)
    if judge is None:
        return
    headings = {fold_without_spaces(column.heading): column.heading for column in judge.columns}
    own = frozenset(headings)
    understood = partial(_understood, own=own, case=claims.context.case)
    unread = [
        UnreadTable(number, _heads_of(rows[0], headings), number in claims.claimed)
        for number, rows in _tables(blocks)
        if number not in claims.opened and not understood(rows, number in claims.claimed)
    ]
    judge.add_unread_findings(unread, stray_lines(blocks, is_like_entry, claims.claimed))
    judge.judge_surroundings(read_surroundings(blocks, own, claims.context, claims.margin_lines))


def _heads_of(first: Row, headings: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the chronology's own headings that a table begins with."""
    words = (fold_without_spaces(cell.text[:MAX_CELL_LENGTH]) for cell in first.cells)
    return tuple(dict.fromkeys(headings[word] for word in words if word in headings))


def has_dated_pieces(blocks: Sequence[Block]) -> bool:
    """Whether a document without such a table is yet most like one: dated paragraphs, or a small
    table of labels for each entry."""
    paragraphs = sum(is_like_entry(b.text) for b in blocks if isinstance(b, Paragraph))
    dates = sum(_labels_a_day(b) for b in blocks if isinstance(b, Row))
    return paragraphs >= MIN_DATED_PIECES or dates >= MIN_DATED_PIECES


def _labels_a_day(row: Row) -> bool:
    filled = [cell.text for cell in row.cells if cell.text]
    labelled = len(filled) == 2 and _plain(filled[0]) in {"date", "dateofevent", "eventdate"}
    return labelled and read_date(filled[1]).value is not None


def is_like_entry(text: str) -> bool:
    """Whether a paragraph begins with a date and then tells of something. Sentences of what the
    whole covers may stand before."""
    while whole := _OF_WHOLE.match(text):
        if not FAMILY_WORDS.isdisjoint(fold_text(whole[1]).split()):
            break
        text = text[whole.end() :]
    found = CELL_DAY_PATTERN.match(text[:MAX_CELL_LENGTH])
    return (
        found is not None and len(text[found.end() : found.end() + 400].split()) >= MIN_ENTRY_WORDS
    )


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[int, list[Row]]]:
    tables: dict[int, list[Row]] = {}
    for block in blocks:
        if isinstance(block, Row) and not block.is_blank:
            tables.setdefault(block.table, []).append(block)
    yield from tables.items()


def _understood(
    rows: Sequence[Row], above: bool, *, own: frozenset[str], case: CaseFacts | None
) -> bool:
    """Whether a table is plainly no part of the chronology. `own` are the chronology's headings;
    `above` that the rows stand above them in a table that is the chronology's."""
    period = case.period if case else None
    if front_matter_sort(rows, period) is not None and not _tells_events(rows, own):
        return True
    texts = [[cell.text for cell in row.cells if cell.text] for row in rows]
    texts = [filled for filled in texts if filled]
    if above:
        return not any(
            len(filled) >= MIN_FILLED_ENTRY_CELLS and _begins_dated(filled) for filled in texts
        )
    if _is_information(texts, own) or any(_heads(filled) for filled in texts[:2]):
        return True
    if is_list_of_subjects(texts, case):
        return True
    widest = max(map(len, texts), default=0)
    if widest <= 1:
        return not any(is_like_entry(line) for filled in texts for line in filled[0].split("\n"))
    if widest == 2:
        return not any(map(_dated, texts))
    known = all(len(filled) == 1 or _labelled(filled) or _is_key(filled) for filled in texts)
    return known or is_front_details(texts, case)


def _tells_events(rows: Sequence[Row], own: frozenset[str]) -> bool:
    """Whether a heading of the chronology's stands in the first rows that heads no other table."""
    words = {_plain(cell.text) for row in rows[:TOP_ROWS] for cell in row.cells}
    return not (words & own).issubset(_HEADINGS | _ANYWHERE)


def _is_information(texts: Sequence[Sequence[str]], own: frozenset[str]) -> bool:
    """The board's own table about the columns: its left names them, one a row."""
    named = {_plain(filled[0]) for filled in texts} & own
    return len(named) >= 3 and 2 * len(named) >= len(texts)


def _heads(filled: Sequence[str]) -> bool:
    """Whether a row heads a table that is known. One with a column of dates alone is not."""
    words = [_plain(text) for text in filled]
    if len(words) < 2 or not all(word in _HEADINGS or word in _LABELS for word in words):
        return False
    return not _NEVER.isdisjoint(words) or not any(word.startswith("date") for word in words)


def _dated(filled: Sequence[str]) -> bool:
    """Whether a row of two cells may be an entry: a date on its left, or a tale beside a date."""
    if len(filled) < 2 or _labelled(filled):
        return False
    left, right = filled[0], filled[1]
    told_of = len(left.split()) >= MIN_WORDS_BESIDE_DATE and read_date(right).value is not None
    return told_of or _begins_dated(filled)


def _begins_dated(filled: Sequence[str]) -> bool:
    return read_date(filled[0]).value is not None or is_like_entry(filled[0])


def _labelled(filled: Sequence[str]) -> bool:
    """Whether every other cell is the label of the next."""
    labels = filled[::2]
    return len(filled) % 2 == 0 and all(
        _plain(text) in _LABELS or text.rstrip().endswith(":") for text in labels
    )


def _is_key(filled: Sequence[str]) -> bool:
    """Short forms, each with its meaning beside it: "A&E", "Accident and emergency", "HV", ...; or
    each with its meaning in its own cell: "SC = social care"."""
    whole = [_EXPLAINED.fullmatch(text) for text in filled]
    if all(one is not None and _means(one["short"], one["meaning"]) for one in whole):
        return True
    shorts, meanings = filled[::2], filled[1::2]
    return len(shorts) == len(meanings) and all(map(_means, shorts, meanings))


def _means(short: str, meaning: str) -> bool:
    """Whether one is the short form of the other, by its capitals or by the letters that its words
    begin with: "HV", "sw" of "social worker", "Soc Care" of "Children's social care"."""
    if _SHORT_FORM.fullmatch(short) is not None and len(meaning) > len(short):
        return True
    words, own = fold_text(meaning).split(), fold_text(short).split()
    if not own or len(words) > MOST_MEANING_WORDS or len(short) >= len(meaning):
        return False
    if len(own) == 1 and len(own[0]) <= LONGEST_INITIALS:
        own = list(own[0].rstrip("0123456789"))
    ahead = iter(words)
    return bool(own) and all(any(word.startswith(one) for word in ahead) for one in own)


def _plain(text: str) -> str:
    return fold_without_spaces(without_number(text[:MAX_CELL_LENGTH]))
