"""The heading row of a table, held against the headings that the toolkit gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from config.kind_shape import Column
from handlers.checks.table.row_order import find_out_of_place
from handlers.document import Paragraph, Row
from handlers.values.normalise import (
    fold_text,
    fold_without_spaces,
    text_similarity,
    without_number,
)

MAX_HEADING_LENGTH = 80  # characters of a cell that are compared
MIN_HEADING_SIMILARITY = 0.75


@dataclass(frozen=True, slots=True)
class HeadingSlot:
    """One cell of the heading row: the column it stands for, by its index in the kind, or None;
    the grid columns it covers, from `start`; and its own text, squashed."""

    column: int | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TableHeadings:
    """A heading row as read. Columns are indexes in the kind; `added` and `sequence` are cells,
    by index in `slots`. `sequence` is an extra first cell, allowed if it numbers the rows.
    `guessed` are those of `changed` that only their place tells, their words being others.
    `stayed`: the headings changed places, and what is entered under them did not: the slots are in
    the kind's own order. `absent` marks a table that goes on from the one before it without any
    headings, `headless` one that never had any and whose entries show what it is. `straight`:
    every column has its cell, in its place, and there are no others.
    """

    table: int
    row: int
    slots: tuple[HeadingSlot, ...]
    changed: tuple[int, ...] = ()
    guessed: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    added: tuple[int, ...] = ()
    sequence: int | None = None
    absent: bool = False
    headless: bool = False
    straight: bool = False
    stayed: bool = False

    @property
    def is_exact(self) -> bool:
        """Nothing is other than the toolkit gives it; an extra first cell may number the rows."""
        return not (self.changed or self.moved or self.missing or self.added)

    @property
    def similarity(self) -> float:
        """0 to 1: how nearly these are the headings of the kind."""
        known = sum(slot.column is not None for slot in self.slots)
        return (known - len(self.changed) / 2) / (known + len(self.missing))

    @property
    def is_surely_of_kind(self) -> bool:
        """Half the headings are known by their words. With fewer, it may be some other list of
        days and times, and a person says which."""
        known = sum(slot.column is not None for slot in self.slots) - len(self.guessed)
        return 2 * known >= len(self.missing) + len(self.guessed) + known

    def is_repeated_by(self, texts: Sequence[str], date: int | None = None) -> bool:
        """Whether an entry's texts, one a column, are these headings once more: most of them, or
        that of the `date`, where no entry has it."""
        filled = sum(map(bool, texts))
        same = [
            slot.column
            for slot in self.slots
            if slot.column is not None and _of_heading(_plain(texts[slot.column]), slot.text)
        ]
        return len(same) >= 2 and (2 * len(same) >= filled or date in same)


def _of_heading(text: str, heading: str) -> bool:
    """Whether it is the heading, or the first or the second row of one that runs over two."""
    return text != "" and (heading.startswith(text) or heading.endswith(text))


def _plain(text: str) -> str:
    return fold_without_spaces(text[:MAX_HEADING_LENGTH])


def differing_again(texts: Sequence[str], columns: Sequence[Column]) -> dict[int, str]:
    """The columns whose heading is another, "changed", or none, "taken out", in a row of headings
    that stands a second time."""
    return {
        index: "changed" if text else "taken out"
        for index, (text, column) in enumerate(zip(texts, columns, strict=True))
        if _plain(text) != _plain(column.heading)
    }


@dataclass(slots=True)
class _Pairs:
    """Columns paired with cells, both ways round."""

    cell_of: dict[int, int] = field(default_factory=dict)
    column_of: dict[int, int] = field(default_factory=dict)

    def pair_cell(self, column: int, cell: int) -> None:
        self.cell_of[column] = cell
        self.column_of[cell] = column


def headings_of_headless(row: Row) -> TableHeadings:
    """The headings of a table that begins with its first entry, each cell under its column."""
    slots = tuple(
        HeadingSlot(index, cell.column, cell.column + cell.span, "")
        for index, cell in enumerate(row.cells)
    )
    return TableHeadings(row.table, row.number, slots, headless=True, straight=True)


def read_headings(
    row: Row, columns: Sequence[Column], *, few: bool = False
) -> TableHeadings | None:
    """What `row` says as a heading row for `columns`; None where it is not one. With `few`, a third
    of the headings as they were will do, if that of the dates is known."""
    texts = [cell.text[:MAX_HEADING_LENGTH] for cell in row.cells]
    pairs = _Pairs()
    _pair_exact(texts, columns, pairs)
    exact = len(pairs.cell_of)
    told = exact if exact >= _third(len(columns)) else _told(texts, columns, few)
    if told < _third(len(columns)):  # most rows that are read are no headings at all
        return None
    _pair_alike(texts, columns, pairs)
    alike = tuple(pairs.cell_of)[exact:]
    enough = _enough(told, len(pairs.cell_of), len(texts), len(columns))
    if not enough and not (few and _dated(columns, pairs)):
        return None
    by_place = _pair_by_place(len(texts), len(columns), pairs) if enough else ()
    return _described(row, texts, len(columns), pairs, alike, by_place)


def _pair_exact(texts: Sequence[str], columns: Sequence[Column], pairs: _Pairs) -> None:
    plain = [fold_without_spaces(text) for text in texts]
    for index, column in enumerate(columns):
        wanted = fold_without_spaces(column.heading)
        for cell, text in enumerate(plain):
            if text == wanted and cell not in pairs.column_of:
                pairs.pair_cell(index, cell)
                break


def _told(texts: Sequence[str], columns: Sequence[Column], few: bool) -> int:
    """How many headings stand there with no more than a number before them. With `few`, other words
    that hold one will do: the document says what it is."""
    if few:
        return sum(any(_alike(column.heading, text) for text in texts) for column in columns)
    if sum(text[:1].isdigit() for text in texts) < _third(len(columns)):
        return 0
    bare = {fold_without_spaces(without_number(text)) for text in texts}
    return sum(fold_without_spaces(column.heading) in bare for column in columns)


def _pair_alike(texts: Sequence[str], columns: Sequence[Column], pairs: _Pairs) -> None:
    for index, column in enumerate(columns):
        if index in pairs.cell_of:
            continue
        for cell, text in enumerate(texts):
            if cell not in pairs.column_of and _alike(column.heading, text):
                pairs.pair_cell(index, cell)
                break


def _alike(heading: str, text: str) -> bool:
    wanted, found = _stems(heading), _stems(text)
    if not wanted or not found:
        return False
    return (
        wanted <= found
        or found <= wanted
        or text_similarity(heading, text) >= MIN_HEADING_SIMILARITY
    )


def _stems(text: str) -> set[str]:
    return {word.rstrip("s") for word in fold_text(text).split()} - {"of", "the", "a"}


def _enough(exact: int, known: int, cells: int, columns: int) -> bool:
    """Half the headings known and a third of them as they were; or a third as they were in a
    table as wide as it should be. An action plan or a grid of criteria has none of them."""
    return exact >= _third(columns) and (2 * known >= columns or abs(cells - columns) <= 1)


def _dated(columns: Sequence[Column], pairs: _Pairs) -> bool:
    return any(columns[index].reads_as == "date" for index in pairs.cell_of)


def _third(columns: int) -> int:
    return (columns + 2) // 3


def _pair_by_place(cells: int, columns: int, pairs: _Pairs) -> tuple[int, ...]:
    """Pair what is left over between two neighbours that are paired."""
    paired: list[int] = []
    for run in _unpaired_runs(columns, pairs):
        left = pairs.cell_of.get(run[0] - 1, -1)
        right = pairs.cell_of.get(run[-1] + 1, cells)
        free = [cell for cell in range(left + 1, right) if cell not in pairs.column_of]
        if run[0] == 0:
            free = free[-len(run) :]  # what is extra at the very front may number the rows
        for column, cell in zip(run, free, strict=False):
            pairs.pair_cell(column, cell)
            paired.append(column)
    return tuple(paired)


def _unpaired_runs(columns: int, pairs: _Pairs) -> Iterator[list[int]]:
    run: list[int] = []
    for column in range(columns + 1):
        if column < columns and column not in pairs.cell_of:
            run.append(column)
        elif run:
            yield run
            run = []


def _described(
    row: Row,
    texts: Sequence[str],
    columns: int,
    pairs: _Pairs,
    alike: tuple[int, ...],
    by_place: tuple[int, ...],
) -> TableHeadings:
    slots = tuple(
        HeadingSlot(
            pairs.column_of.get(index),
            cell.column,
            cell.column + cell.span,
            fold_without_spaces(text),
        )
        for index, (cell, text) in enumerate(zip(row.cells, texts, strict=True))
    )
    present = sorted(pairs.cell_of)
    places = [pairs.cell_of[column] for column in present]
    extra = [index for index, slot in enumerate(slots) if slot.column is None]
    return TableHeadings(
        table=row.table,
        row=row.number,
        slots=slots,
        changed=tuple(sorted((*alike, *by_place))),
        guessed=by_place,
        moved=tuple(present[index] for index in find_out_of_place(places, places)),
        missing=tuple(column for column in range(columns) if column not in pairs.cell_of),
        added=tuple(index for index in extra if index),
        sequence=0 if 0 in extra else None,
        straight=[slot.column for slot in slots] == list(range(columns)),
    )


def join_heading_rows(above: Row, below: Row) -> Row:
    """The lower row, each of its cells with the words of the one above it that is as wide."""
    words = {(cell.column, cell.span): cell.text for cell in above.cells}
    cells = []
    for cell in below.cells:
        text = f"{words.get((cell.column, cell.span), '')} {cell.text}".strip()
        cells.append(replace(cell, paragraphs=(Paragraph(text),), continued=False, tables=()))
    return replace(below, cells=tuple(cells))


_NUMBER = re.compile(r"[A-Za-z]{0,5}[-./ ]?\d{1,6}[a-z]?[.):]?", re.ASCII)


class RowNumbering:
    """What the extra first column of one table holds."""

    def __init__(self) -> None:
        self._entries = 0
        self._others = 0

    def record_number(self, text: str) -> None:
        self._entries += 1
        self._others += bool(text) and not _NUMBER.fullmatch(text)

    def __bool__(self) -> bool:
        """True while most of what it holds is numbers or blank."""
        return 2 * self._others <= self._entries
