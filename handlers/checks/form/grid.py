"""Reads the grid of criteria, over all its tables, as rows of wordings, answers and comments.

A grid that lost its table (a PDF's text without lines) is read as far as its tabs go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from handlers.checks.form.answer_marks import (
    ChoiceSpot,
    ChoiceSpots,
    read_listed_choices,
    spot_of_choice,
)
from handlers.checks.form.form_text import EMPTY_PIECE, FormPiece, piece_of_cell
from handlers.checks.form.grid_columns import (
    GridColumns,
    GridRow,
    columns_of_row,
    find_comments_column,
    holds_wording,
    read_grid_rows,
    read_heading_row,
)
from handlers.document import Block, Cell
from handlers.fields.label_meanings import LabelLexicon, plain_lexicon
from handlers.fields.labels import find_line_labels
from handlers.values.normalise import without_number

_NUMBER = re.compile(
    r"\s*(?:(?:criterion|standard|question|no\.?)\s*)?\(?(?P<number>\d{1,2})(?:[.):]+|(?=\s)|\Z)\s*",
    re.I,
)
EMPTY_LEXICON = plain_lexicon(())


@dataclass(frozen=True, slots=True)
class RowReply:
    """Where one row may hold an answer: a spot for each choice, or one cell for all. `extra` are
    cells of columns that the form does not have."""

    spots: ChoiceSpots = field(default_factory=dict)
    whole: FormPiece | None = None
    comment: str = ""
    extra: tuple[FormPiece, ...] = ()

    @property
    def is_blank(self) -> bool:
        spots = all(s == ChoiceSpot() for s in self.spots.values())
        whole = self.whole is None or self.whole == EMPTY_PIECE
        return spots and whole and not self.comment and all(p == EMPTY_PIECE for p in self.extra)


@dataclass(frozen=True, slots=True)
class GridLine:
    """One row: its wording, taken together and cell by cell, and its replies; more than one where
    a page break cut it. `columns` are those it was read by."""

    wording: str = ""
    cells: tuple[str, ...] = ()
    replies: tuple[RowReply, ...] = ()
    positions: tuple[int, ...] = ()
    table: tuple[int, ...] = ()
    columns: GridColumns | None = None
    pieces: tuple[FormPiece, ...] = ()  # the cells of `cells`, as they stand
    numbered: bool = False  # its wording has a number before it, typed or automatic
    number: int | None = None  # that number, where it is typed
    opening: str = ""  # its first printed line
    known: LabelLexicon = EMPTY_LEXICON  # the labels of the form's blanks

    @property
    def ends_the_grid(self) -> bool:
        """It opens with the label of a blank: no part of the grid. Few lines are asked."""
        return any(one.terms for one in find_line_labels(self.opening, self.known))

    def join_next_line(self, other: GridLine) -> GridLine:
        """This row and the one after it as one, where a page break cut a criterion in two."""
        return replace(
            self,
            wording=f"{self.wording} {other.wording}",
            cells=tuple(f"{a} {b}" for a in self.cells for b in other.cells or (other.wording,)),
            replies=self.replies + other.replies,
            positions=self.positions + other.positions,
        )

    @property
    def is_blank(self) -> bool:
        """Nothing stands in the row, and nothing is set apart in it."""
        return not (self.wording or self.pieces) and all(r.is_blank for r in self.replies)

    @property
    def has_answer_place(self) -> bool:
        """There is a place for an answer in the row itself."""
        return any(r.spots or r.whole is not None for r in self.replies)


def read_grid_lines(
    blocks: Iterable[Block],
    choices: Sequence[str],
    labels: Sequence[str] = (),
    *,
    typed: bool = False,
) -> Iterator[GridLine]:
    """Every row as a `GridLine`, heading rows left out. `labels` are those of the form's blanks;
    `typed` as for `read_grid_rows`."""
    columns: GridColumns | None = None
    above: tuple[Cell, ...] = ()
    known = plain_lexicon(labels)
    for band in read_grid_rows(blocks, typed=typed):
        headed = read_heading_row(band, choices, columns)
        if headed is not None:
            columns = headed
            continue
        if (notes := find_comments_column(band)) is not None:
            columns = replace(columns or GridColumns(), comments=notes, table=band.table)
        opening = next((text for c in band.cells if (text := c.text)), "").split("\n")[0]
        above = _continued(band.cells, above)
        if above is not band.cells:
            band = replace(band, cells=above)
        yield _line(band, columns, choices, opening, known)


def _continued(cells: tuple[Cell, ...], above: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A cell merged with the one above says what that one says."""
    if not any(c.continued for c in cells):
        return cells
    by_column = {cell.column: cell for cell in above}
    return tuple(
        replace(by_column[c.column], span=c.span) if c.continued and c.column in by_column else c
        for c in cells
    )


def _line(
    band: GridRow,
    headed: GridColumns | None,
    choices: Sequence[str],
    opening: str,
    known: LabelLexicon,
) -> GridLine:
    usable = headed if headed is not None and (headed.choices or headed.whole is not None) else None
    columns = columns_of_row(band, usable, choices)
    if columns.comments is None and headed is not None and headed.table == band.table:
        columns = replace(columns, comments=headed.comments)
        if columns.whole == columns.comments:  # the answers stand in the row below
            columns = replace(columns, whole=None)
    taken = columns.taken_columns()
    free = [c for c in band.cells if c.column not in taken]
    said = [c for c in free if holds_wording(c)]
    rest = free if not said else [c for c in free if not holds_wording(c)]
    if not said:  # the comment may be the wording, where nothing else is
        said = [c for c in band.cells if c.column == columns.comments and holds_wording(c)]
        free = free + said
    wording = without_number(" ".join(" ".join(c.text for c in free).split()))
    cells = tuple(without_number(" ".join(c.text.split())) for c in said)
    extra = tuple(map(piece_of_cell, rest))
    pieces = tuple(map(piece_of_cell, said))
    return GridLine(
        wording, cells, (_reply(band, columns, choices, extra),), (band.position,), band.table,
        columns, pieces, _numbered(free), _number(free), opening, known,
    )  # fmt: skip


def _number(cells: Sequence[Cell]) -> int | None:
    """The number typed before a wording, or in a cell of its own before it."""
    for cell in cells:
        typed = _NUMBER.match(cell.text)
        if typed is not None and (holds_wording(cell) or typed.end() == len(cell.text)):
            return int(typed["number"])
        if holds_wording(cell):
            return None
    return None


def _numbered(cells: Sequence[Cell]) -> bool:
    first = next((p for cell in cells for p in cell.paragraphs if p.text.strip()), None)
    return first is not None and (first.numbered or without_number(first.text) != first.text)


def _reply(
    band: GridRow, columns: GridColumns, choices: Sequence[str], extra: tuple[FormPiece, ...]
) -> RowReply:
    comment = _at(band, columns.comments)
    said = piece_of_cell(comment).unstruck_text.strip() if comment is not None else ""
    cells = {c: cell for c, at in columns.choices.items() if (cell := _at(band, at))}
    whole = _at(band, columns.whole)
    if whole is None and cells and len({cell.column for cell in cells.values()}) == 1:
        whole = next(iter(cells.values()))  # the answer cells were merged into one
    if whole is not None:
        return RowReply({}, piece_of_cell(whole), said, extra)
    spots = {c: spot_of_choice(piece_of_cell(cell), c, choices) for c, cell in cells.items()}
    return RowReply(spots, None, said, extra)


def reply_in_piece(piece: FormPiece, choices: Sequence[str]) -> RowReply:
    """A piece of text that may list the choices, or give one of them."""
    found = read_listed_choices(piece, choices)
    return RowReply({}, piece) if found is None else RowReply(found.spots, None, found.rest)


def _at(band: GridRow, column: int | None) -> Cell | None:
    if column is None:
        return None
    return next((c for c in band.cells if c.column <= column < c.column + c.span), None)
