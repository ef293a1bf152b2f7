"""One row of a chronology as the checks see it: a text for each column, its day and its time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from config.kind_shape import Column
from handlers.checks.table.headings import HeadingSlot, TableHeadings
from handlers.context import Context
from handlers.document import Cell, Row
from handlers.values.dates import DateReading, read_date
from handlers.values.times import TimeReading, read_time

# A cell may hold a picture or a table and no words: it is not blank.
OBJECT_TEXT = "\ufffc"
UNSEEN_TEXT = "\ufffc\ufffc"  # or words that are hidden: what they are cannot be judged
DITTO_TEXT = '"'  # what any ditto mark is read as
_SAYS = re.compile(r"[^\W_]|\?")  # a letter or a figure of any script, or a question mark
# Quotation marks alone, perhaps between dashes: what stands above is meant.
_DITTO = re.compile(
    r"[\s.\u2010-\u2015-]*(?:[\"\u201c-\u201f\u2033\u3003\u00bb]|''|\u2018\u2018|\u2019\u2019|,,|``|\u00b4\u00b4)"
    r"[\s.\"'\u2010-\u201f\u2033\u3003\u00b4-]*"
)
_NO_COLUMNS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class TableEntry:
    """`texts` has one text for each column of the kind: "" where blank and in `unjudged` columns,
    of which nothing more is to be said: missing from the headings, or merged away. `taken` are the
    columns read as the row above, which was judged; `dittoed` those with a ditto mark, `hollow`
    those whose ditto mark has nothing above it. `day` is the date where there is one and it is not
    in the future.
    """

    table: int
    row: int
    texts: tuple[str, ...]
    unjudged: frozenset[int]
    when: DateReading
    at: TimeReading
    day: date | None
    taken: frozenset[int] = _NO_COLUMNS
    dittoed: frozenset[int] = _NO_COLUMNS
    hollow: frozenset[int] = _NO_COLUMNS


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row's cells under the headings. `across` are the columns of cells that cover several,
    `down` those of cells merged with the one above; `number` is the text of the extra first cell.
    `misfit`: the row has a cell too few or too many, so that none is surely where it belongs.
    """

    texts: tuple[str, ...]
    across: frozenset[int]
    down: frozenset[int]
    number: str
    misfit: bool = False

    @property
    def is_blank(self) -> bool:
        return not any(self.texts)

    @property
    def is_sparse(self) -> bool:
        """No more than one column has anything in it."""
        return self.texts.count("") >= len(self.texts) - 1


class EntryReader:
    """Reads entries of one kind, for one review."""

    def __init__(self, columns: Sequence[Column], context: Context) -> None:
        kinds = [column.reads_as for column in columns]
        self._date = kinds.index("date") if "date" in kinds else None
        self._time = kinds.index("time") if "time" in kinds else None
        self._period = context.case.period if context.case else None
        self._today = context.today

    def read_entry(
        self,
        row: Row,
        laid: AlignedRow,
        missing: frozenset[int],
        taken: frozenset[int] = _NO_COLUMNS,
    ) -> TableEntry:
        """The entry in `row`; `missing` are the columns that the headings lack."""
        unjudged = missing | laid.across
        if laid.misfit:
            unjudged |= self._beyond_judging(laid)
        if laid.down:
            unjudged |= {index for index in laid.down if not laid.texts[index]}
        texts = laid.texts
        if unjudged:
            texts = tuple("" if index in unjudged else t for index, t in enumerate(texts))
        date_text = texts[self._date] if self._date is not None else ""
        time_text = texts[self._time] if self._time is not None else ""
        reading = read_date(date_text, self._period, self._today)
        known = reading.value is not None and reading.value <= self._today
        return TableEntry(
            table=row.table,
            row=row.number,
            texts=texts,
            unjudged=unjudged,
            when=reading,
            at=read_time(time_text),
            day=reading.value if known else None,
            taken=taken,
        )

    def _beyond_judging(self, laid: AlignedRow) -> frozenset[int]:
        """All but a date that stands where it should."""
        dated = self._date is not None and read_date(laid.texts[self._date]).value is not None
        return frozenset(i for i in range(len(laid.texts)) if not (dated and i == self._date))


def align_row(row: Row, headings: TableHeadings, columns: int) -> AlignedRow:
    """Put each cell of `row` under its heading."""
    if headings.straight and len(row.cells) == columns and not _merged_down(row):
        # Nearly every row there is, so it does not take the long way.
        return AlignedRow(tuple(map(_written, row.cells)), _NO_COLUMNS, _NO_COLUMNS, "")
    texts = [""] * columns
    across: set[int] = set()
    down: set[int] = set()
    number = ""
    cells = _within(row.cells, headings.slots)
    for cell, slots in _under(cells, headings.slots):
        text = _written(cell)
        covered = [slot.column for slot in slots if slot.column is not None]
        if len(slots) > 1:
            across.update(covered)
        if cell.continued:
            down.update(covered)
        for column in covered:
            texts[column] = f"{texts[column]}\n{text}".strip()
        if headings.sequence is not None and slots[0] is headings.slots[0]:
            number = text
    misfit = _misfit(cells, headings.slots)
    return AlignedRow(tuple(texts), frozenset(across), frozenset(down), number, misfit)


def columns_of_cells(row: Row, headings: TableHeadings, cells: frozenset[int]) -> list[int]:
    """The columns that these of a row's cells, by their places in it, stand under."""
    under = enumerate(_under(_within(row.cells, headings.slots), headings.slots))
    found = (slot.column for at, (_, slots) in under if at in cells for slot in slots)
    return sorted({column for column in found if column is not None})


def _merged_down(row: Row) -> bool:
    return any([cell.continued for cell in row.cells])  # a list: a third of a generator's time


def _within(cells: Sequence[Cell], slots: tuple[HeadingSlot, ...]) -> Sequence[Cell]:
    """The cells without blank ones beyond the last heading. Where the one under the last heading is
    filled, the others may have been moved along by one that was put in, and all of them stay."""
    here = len(slots)
    if len(cells) <= here or cells[here].column < slots[-1].end:
        return cells
    return cells if any(map(_written, cells[here - 1 :])) else cells[:here]


def _misfit(cells: Sequence[Cell], slots: tuple[HeadingSlot, ...]) -> bool:
    """Whether there are fewer cells than headings, or more, and the row does not end where they do:
    nothing was merged or split, but a cell is gone or added, and the others moved along."""
    if len(cells) == len(slots) or not cells:
        return False
    return cells[-1].column + cells[-1].span != slots[-1].end


def _under(
    cells: Sequence[Cell], slots: tuple[HeadingSlot, ...]
) -> list[tuple[Cell, tuple[HeadingSlot, ...]]]:
    if len(cells) == len(slots):
        return [(cell, (slot,)) for cell, slot in zip(cells, slots, strict=True)]
    return [(cell, _covered(cell, slots)) for cell in cells]


def _covered(cell: Cell, slots: tuple[HeadingSlot, ...]) -> tuple[HeadingSlot, ...]:
    """The slots that begin inside the cell; failing that, the last one that begins before it."""
    inside = tuple(s for s in slots if cell.column <= s.start < cell.column + cell.span)
    before = [s for s in slots if s.start < cell.column]
    return inside or (before[-1] if before else slots[0],)


def _written(cell: Cell) -> str:
    """What a person wrote in the cell: "" for white space, a dash, or "Click here to enter"."""
    paragraphs = cell.paragraphs
    if len(paragraphs) == 1:
        text = "" if paragraphs[0].placeholder else paragraphs[0].text.strip()
    else:
        text = "\n".join(p.text for p in paragraphs if not p.placeholder).strip()
    if _SAYS.search(text):
        return text
    if text and _DITTO.fullmatch(text):
        return DITTO_TEXT
    if cell.unseen and not text:
        return UNSEEN_TEXT
    return OBJECT_TEXT if cell.picture or cell.tables or any(cell.ticks) else ""


_WORDS = (
    "ditto", "do", "do.", "d/o", "as above", "same as above", "same", "see above", "as previous",
)  # fmt: skip
_SPELT = (str.lower, str.upper, str.capitalize, str.title)
# Every way they are written, so that one look tells that a row has none.
DITTO_MARKS = frozenset(
    {DITTO_TEXT}
    | {spelt(word) + end for spelt, word, end in product(_SPELT, _WORDS, ("", "."))}
    | {f"({spelt(word)})" for spelt, word in product(_SPELT, _WORDS)}
)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row with what it takes over from above. `taken` are the columns that do, `dittoed` those of
    them that have a ditto mark, `hollow` those whose mark has nothing above it."""

    laid: AlignedRow
    dittoed: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    hollow: frozenset[int] = frozenset()


class PreviousEntry:
    """The last entry of the document so far."""

    def __init__(self, columns: int) -> None:
        self._texts = ("",) * columns

    def fill_from_previous(self, laid: AlignedRow) -> FilledRow:
        """The row, filled from the one above."""
        if not laid.down and DITTO_MARKS.isdisjoint(laid.texts):
            return FilledRow(laid)
        dittoed = frozenset(i for i, text in enumerate(laid.texts) if text in DITTO_MARKS)
        taken = dittoed | {i for i in laid.down if not laid.texts[i]}
        texts = tuple(self._texts[i] if i in taken else text for i, text in enumerate(laid.texts))
        hollow = frozenset(i for i in dittoed if not texts[i])
        return FilledRow(replace(laid, texts=texts), dittoed - hollow, taken, hollow)

    def remember_row(self, laid: AlignedRow) -> None:
        """The row, filled, is the one above the next, unless its cells are out of their places."""
        if not laid.misfit:
            self._texts = laid.texts
