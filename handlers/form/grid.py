"""The grid of criteria as rows of wordings, ticks and comments.

Does: finds which column holds which choice, by the heading row (in any order), else by position;
reads every table row into a `Line`, over as many tables as the grid was broken into.
Trusts: nothing. A row that is no criterion becomes a `Line` that will match none.
Never touches: the criteria's wordings, see `criteria.py`.
Known limits: a grid that lost its table (a PDF's text) is not read; `Traits.on_paper` makes that
a person's work rather than a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from handlers.document.block import Block, Cell, Row
from handlers.form.answers import chosen_in, named, standing, ticked_among
from handlers.typed.fold import fold, without_number

COMMENTS = "comment"  # what the heading of the comments column begins with
SHORTEST_WORDING = 3  # words: fewer in a cell is a number or an answer
LONGEST_HEADING = 4  # words: "Criteria for the IMR"; the shortest criterion has six


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its wording, the choices it ticks, its comment. `pictured` means that a picture
    or a drawing stands where an answer should; `positions` are the indexes of its blocks."""

    wording: str
    ticked: tuple[str, ...] = ()
    comment: str = ""
    pictured: bool = False
    positions: tuple[int, ...] = ()

    def joined(self, other: Line) -> Line:
        """This row and the one after it as one, where a page break cut a criterion in two."""
        return Line(
            f"{self.wording} {other.wording}",
            tuple(dict.fromkeys(self.ticked + other.ticked)),
            f"{self.comment} {other.comment}".strip(),
            self.pictured or other.pictured,
            self.positions + other.positions,
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """Which grid column, from 0, holds which choice, the whole answer, or the comments."""

    choices: Mapping[str, int] = field(default_factory=dict)
    whole: int | None = None
    comments: int | None = None

    def taken(self) -> frozenset[int]:
        """Every column that is not part of a criterion's wording."""
        one = {c for c in (self.whole, self.comments) if c is not None}
        return frozenset(self.choices.values()) | one


def lines_in(blocks: Iterable[Block], choices: Sequence[str]) -> Iterator[Line]:
    """Every row of every table as a `Line`, heading rows left out."""
    columns: Columns | None = None
    above = Line("")
    for position, block in enumerate(blocks):
        if not isinstance(block, Row):
            continue
        headed = _headings(block, choices)
        columns = headed or columns
        if headed is None:
            above = replace(_line(block, columns, choices, above), positions=(position,))
            yield above


def _headings(row: Row, choices: Sequence[str]) -> Columns | None:
    """The columns when `row` is the heading row; the last of two columns alike wins, since a
    column of numbers may be headed "No." too. A row that holds a sentence is no heading."""
    found: dict[str, int] = {}
    whole = comments = None
    for cell in row.cells:
        words = fold(cell.text).split()
        said = {choice for word in words if len(word) > 1 and (choice := named(word, choices))}
        if len(words) == 1 and said:
            found[said.pop()] = cell.column
        elif len(said) == len(choices):
            whole = cell.column
        elif words and words[0].startswith(COMMENTS):
            comments = cell.column
        elif len(words) > LONGEST_HEADING:
            return None
    if whole is not None:
        return Columns(whole=whole, comments=comments)
    return Columns(found, comments=comments) if len(found) > 1 else None


def _line(row: Row, columns: Columns | None, choices: Sequence[str], above: Line) -> Line:
    if columns is None or not _fits(row, columns):
        columns = _by_position(row, choices)
    wording = " ".join(c.text for c in row.cells if c.column not in columns.taken())
    comment = _at(row, columns.comments)
    line = _answered(row, columns, choices)
    if comment is not None:
        text = above.comment if comment.continued else standing(comment)
        line = replace(line, comment=f"{line.comment} {text}".strip())
    return replace(line, wording=without_number(" ".join(wording.split())))


def _answered(row: Row, columns: Columns, choices: Sequence[str]) -> Line:
    cells = {c: cell for c, at in columns.choices.items() if (cell := _at(row, at))}
    whole = _at(row, columns.whole)
    if whole is None and len({cell.column for cell in cells.values()}) == 1:
        whole = next(iter(cells.values()))  # the answer cells were merged into one
    if whole is not None:
        ticked, rest = chosen_in(whole, choices)
        return Line("", ticked, rest, whole.picture)
    pictured = any(cell.picture for cell in cells.values())
    return Line("", ticked_among(cells, choices), "", pictured)


def _fits(row: Row, columns: Columns) -> bool:
    """True unless a sentence stands in an answer's column: a table laid out in its own way."""
    answers = columns.taken() - {columns.comments, columns.whole}
    return not any(cell.column in answers and _worded(cell) for cell in row.cells)


def _by_position(row: Row, choices: Sequence[str]) -> Columns:
    """The wording first, then a cell for each choice or one for all, then the comments."""
    at = next((i for i, c in enumerate(row.cells) if _worded(c)), 0)
    after = [cell.column for cell in row.cells[at + 1 :]]
    if len(after) >= len(choices):
        comments = after[len(choices)] if len(after) > len(choices) else None
        return Columns(dict(zip(choices, after, strict=False)), comments=comments)
    return Columns(whole=after[0] if after else None, comments=after[1] if len(after) > 1 else None)


def _worded(cell: Cell) -> bool:
    return len(fold(cell.text).split()) >= SHORTEST_WORDING


def _at(row: Row, column: int | None) -> Cell | None:
    if column is None:
        return None
    return next((c for c in row.cells if c.column <= column < c.column + c.span), None)
