"""Which column of the grid holds what, by its heading row or by what its cells say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from handlers.checks.form.answer_marks import choice_named, draw_typed_boxes, read_boxes
from handlers.checks.form.form_text import piece_of_cell
from handlers.document import Block, Cell, Paragraph, Row, Stretch
from handlers.values.normalise import bilingual_halves, fold_text

_TAB = re.compile("\t")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row. `position` is the index of its block; `table` tells one table from the next."""

    cells: tuple[Cell, ...]
    position: int
    table: tuple[int, ...]
    typed: bool = False  # a line of running text


def read_grid_rows(blocks: Iterable[Block], *, typed: bool) -> Iterator[GridRow]:
    """`typed`: lines of running text count as rows too."""
    for position, block in enumerate(blocks):
        if isinstance(block, Row):
            yield from _rows(block, position, (block.table,))
        elif isinstance(block, Paragraph) and typed and block.text.strip():
            yield GridRow(tuple(_tabbed(block)), position, (), typed=True)


def _rows(row: Row, position: int, table: tuple[int, ...]) -> Iterator[GridRow]:
    yield GridRow(row.cells, position, table)
    for cell in row.cells:
        for number, inner in enumerate(cell.tables):
            for one in inner:
                yield from _rows(one, position, (*table, row.number, cell.column, number))


def _tabbed(paragraph: Paragraph) -> Iterator[Cell]:
    """The cells of a typed line. Tabs before a whole answer, or before a label and what it says,
    set the line in and are no columns."""
    set_in = len(paragraph.text) - len(paragraph.text.lstrip())
    if "\t" in paragraph.text[:set_in] and _says_all(paragraph.text[set_in:]):
        said = _part(paragraph, set_in, len(paragraph.text))
        yield Cell((replace(said, ticks=paragraph.ticks),), 0)
        return
    start = 0
    ends = [*(tab.start() for tab in _TAB.finditer(paragraph.text)), len(paragraph.text)]
    for column, end in enumerate(ends):
        yield Cell((_part(paragraph, start, end),), column)
        start = end + 1


def _says_all(text: str) -> bool:
    """Whether it lists the choices, or begins with the label of an answer or of comments."""
    if "\t" in text.rstrip():
        return False
    label = _LABEL.match(text)
    if label is not None and label["word"].casefold().startswith(
        COMMENT_HEADINGS + ANSWER_HEADINGS
    ):
        return True
    return len(read_boxes(draw_typed_boxes(text))) > 1 or _LISTED.match(text) is not None


def _part(paragraph: Paragraph, start: int, end: int) -> Paragraph:
    if (start, end) == (0, len(paragraph.text)):
        return paragraph
    return replace(
        paragraph,
        text=paragraph.text[start:end],
        ticks=(),
        picture=paragraph.picture and end == len(paragraph.text),
        stretches=tuple(_within(paragraph.stretches, start, end)),
    )


def _within(stretches: Iterable[Stretch], start: int, end: int) -> Iterator[Stretch]:
    for one in stretches:
        if one.start < end and one.end > start:
            yield replace(one, start=max(one.start, start) - start, end=min(one.end, end) - start)


# What the heading of a column begins with: comments, and one answer for all choices.
COMMENT_HEADINGS = (
    "comment", "note", "remark", "evidence", "detail", "explan", "narrative", "observation",
    "further", "reason", "justification", "action",
)  # fmt: skip
ANSWER_HEADINGS = (
    "answer", "response", "reply", "rating", "outcome", "assessment", "judgement", "judgment",
    "result", "compliance", "met", "achieved", "status", "score", "grade",
)  # fmt: skip
MIN_WORDING_WORDS = 3  # words: fewer in a cell is a number or an answer
MAX_NOTES_HEADING_WORDS = 8  # words: "Comments, with references to the paragraphs of the report"
MAX_HEADING_WORDS = 4  # words: "Criteria for the IMR"; the shortest criterion has six


_LABEL = re.compile(r"\W{0,3}(?P<word>[A-Za-z]{3,20})\s{0,3}[:\-–]")
_LISTED = re.compile(
    r"\s{0,9}[A-Za-z]+\s{0,9}[/|]\s{0,9}[A-Za-z]+(?:\s{0,9}[/|]|\s*$)"
)  # "Yes / No / N/A"


@dataclass(frozen=True, slots=True)
class GridColumns:
    """Which grid column, from 0, holds which choice, the whole answer, or the comments. `order`
    is all that the heading row's cells hold, from left to right, for a table that goes on without
    a heading and on another grid; `looks` is how the choices' headings look."""

    choices: Mapping[str, int] = field(default_factory=dict)
    whole: int | None = None
    comments: int | None = None
    table: tuple[int, ...] = ()
    order: tuple[str, ...] = ()
    looks: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def taken_columns(self) -> frozenset[int]:
        """Every column that is not part of a criterion's wording."""
        one = {c for c in (self.whole, self.comments) if c is not None}
        return frozenset(self.choices.values()) | one


WHOLE_COLUMN, NOTES_COLUMN = "*", "#"  # in `order`, beside the choices' own words


def read_heading_row(
    band: GridRow, choices: Sequence[str], above: GridColumns | None
) -> GridColumns | None:
    """The columns when the row is the heading row; a row that holds a sentence is none. Where two
    columns are headed alike ("No." for the numbers), the one nearer to the other choices counts.
    """
    words = [fold_text(cell.text).split() for cell in band.cells]
    if any(len(said) > MAX_NOTES_HEADING_WORDS for said in words):
        return None  # most rows: a criterion's
    held = [(c, _held(c.text, said, choices)) for c, said in zip(band.cells, words, strict=True)]
    if any(len(w) > MAX_HEADING_WORDS and h == "" for w, (_, h) in zip(words, held, strict=True)):
        return None
    if sum(bool(read_boxes(draw_typed_boxes(cell.text)) or cell.ticks) for cell in band.cells) > 1:
        return None  # "☑ Yes" and "☐ No" are answers
    if _goes_on(band, above) and any(holds_wording(cell) for cell, holds in held if not holds):
        return None  # a wording of a few words, beside the choices as each row prints them
    found: dict[str, list[Cell]] = {}
    for cell, holds in held:
        found.setdefault(holds, []).append(cell)
    ours = {c: _nearest(found[c], c, found) for c in choices if c in found}
    notes = found.get(NOTES_COLUMN, [])
    comments = notes[0].column if notes else _carried(band, above)
    order = tuple(holds for _, holds in held)
    if found.get(WHOLE_COLUMN) and len(ours) < 2 and len(band.cells) > 1:
        return GridColumns({}, found[WHOLE_COLUMN][0].column, comments, band.table, order)
    if len(ours) < 2:
        return None
    looks = {c: piece_of_cell(cell).combined_looks for c, cell in ours.items()}
    at = {c: cell.column for c, cell in ours.items()}
    return GridColumns(at, None, comments, band.table, order, looks)


def _goes_on(band: GridRow, above: GridColumns | None) -> bool:
    """Whether the row stands under headings of its own table."""
    return above is not None and above.table == band.table and bool(above.order)


def _held(text: str, words: Sequence[str], choices: Sequence[str]) -> str:
    """What a column with this heading holds: a choice, WHOLE_COLUMN, NOTES_COLUMN, or "" for
    anything else."""
    if not words:
        return ""
    said = {
        c
        for word in words
        if (c := choice_named(word, choices)) and (len(word) > 1 or _initials(words))
    }
    if len(said) > 1:
        return WHOLE_COLUMN
    if said and len(words) <= 2:
        return said.pop()
    if words[0].startswith(COMMENT_HEADINGS) or any(w.startswith("comment") for w in words):
        return NOTES_COLUMN
    if said and any(
        choice_named(half, choices) in said for half in bilingual_halves(text) if " " not in half
    ):
        return said.pop()  # "Yn rhannol / Partially"
    return WHOLE_COLUMN if len(words) <= 2 and words[0].startswith(ANSWER_HEADINGS) else ""


def _initials(words: Sequence[str]) -> bool:
    return all(len(word) == 1 for word in words)


def _nearest(cells: Sequence[Cell], choice: str, found: Mapping[str, Sequence[Cell]]) -> Cell:
    others = [c.column for key, held in found.items() if key not in ("", choice) for c in held]
    return min(
        cells,
        key=lambda cell: (min((abs(cell.column - o) for o in others), default=0), -cell.column),
    )


def _carried(band: GridRow, above: GridColumns | None) -> int | None:
    """The comments column of a heading row that goes over two rows."""
    same = above is not None and above.table == band.table
    return above.comments if above is not None and same else None


def find_comments_column(band: GridRow) -> int | None:
    """The column of comments in a row that may be the first of two heading rows."""
    said = [fold_text(cell.text) for cell in band.cells]
    if len(said) < 2 or any(len(words.split()) > MAX_HEADING_WORDS for words in said):
        return None
    notes = [
        c.column
        for c, words in zip(band.cells, said, strict=True)
        if words.startswith(COMMENT_HEADINGS)
    ]
    return notes[0] if len(notes) == 1 else None


def columns_of_row(
    band: GridRow, columns: GridColumns | None, choices: Sequence[str]
) -> GridColumns:
    """The columns of one row: by the heading, by its own words, by their order, by position."""
    if columns is not None and columns.table == band.table and _fits(band, columns):
        return columns
    named_here = _by_words(band, choices)
    if named_here is not None:
        return named_here
    if columns is not None and len(columns.order) == len(band.cells):
        again = _by_order(band, columns)
        if _fits(band, again):
            return again
    return _by_position(band, choices)


def _fits(band: GridRow, columns: GridColumns) -> bool:
    """True unless a sentence stands in an answer's column: a table laid out in its own way."""
    answers = columns.taken_columns() - {columns.comments, columns.whole}
    return not any(cell.column in answers and holds_wording(cell) for cell in band.cells)


def _by_order(band: GridRow, columns: GridColumns) -> GridColumns:
    at = {
        holds: cell.column for holds, cell in zip(columns.order, band.cells, strict=True) if holds
    }
    ours = {c: at[c] for c in columns.choices if c in at}
    return GridColumns(
        ours, at.get(WHOLE_COLUMN), at.get(NOTES_COLUMN), band.table, columns.order, columns.looks
    )


def _by_words(band: GridRow, choices: Sequence[str]) -> GridColumns | None:
    """ "☑ Yes", "☐ No" and "☐ Partially", each in a cell of its own."""
    at: dict[str, int] = {}
    for cell in band.cells:
        words = [w for w in fold_text(cell.text).split() if w != "x"]
        choice = choice_named(words[0], choices) if len(words) == 1 and len(words[0]) > 1 else None
        if choice is not None:
            at.setdefault(choice, cell.column)
    if len(at) < len(choices) and set(at) != set(choices[:2]):
        return None
    after = [c.column for c in band.cells if c.column > max(at.values())]
    return GridColumns(at, None, after[0] if after else None, band.table)


def _by_position(band: GridRow, choices: Sequence[str]) -> GridColumns:
    """The wording first, then a cell for each choice or one for all, then the comments."""
    at = next((i for i, c in enumerate(band.cells) if holds_wording(c)), None)
    if at == len(choices) == len(band.cells) - 1:  # the answers of the row above, and a comment
        at = None
    after = [cell.column for cell in band.cells[0 if at is None else at + 1 :]]
    if at is None and len(after) > len(choices) + 1:
        after = after[1:]
    if len(after) >= len(choices):
        comments = after[len(choices)] if len(after) > len(choices) else None
        return GridColumns(dict(zip(choices, after, strict=False)), None, comments, band.table)
    return GridColumns(
        {}, after[0] if after else None, after[1] if len(after) > 1 else None, band.table
    )


def holds_wording(cell: Cell) -> bool:
    return len(fold_text(cell.text).split()) >= MIN_WORDING_WORDS
