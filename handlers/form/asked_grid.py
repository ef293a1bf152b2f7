"""The criteria of a form with their answers, and what else is answered in their grid.

Does: reads the rows of the grid, from its tables or from lines typed in their place, pairs them
with the criteria, and keeps the rows of the agency's own that have an answer.
Trusts: the kind's TOML for the criteria.
Never touches: what an answer is worth.
Known limits: those of `grid.py`, `criteria.py` and `reading.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from config.shape import Criterion, FormShape
from handlers.document.block import Block, Row, Traits
from handlers.finding import Where
from handlers.form.criteria import Asked, asked_on
from handlers.form.grid import Line, lines_in
from handlers.form.reading import made_out, read_answers


@dataclass(frozen=True, slots=True)
class Added:
    """A row of the grid that is none of the form's criteria, and what is answered in it."""

    where: Where
    answer: str | None


Grid = tuple[tuple[Asked, ...], int, tuple[Added, ...]]
NO_GRID: Grid = ((), 0, ())


def grid_of(
    blocks: Sequence[Block], shape: FormShape, labels: Sequence[str], traits: Traits
) -> Grid:
    """The criteria with their answers, from the tables, or from lines too where those hold fewer
    than half; how many rows hold a wording that is none of theirs, and those with an answer."""
    for typed in (False, True):
        lines = tuple(lines_in(blocks, shape.answers, labels, typed=typed))
        asked = asked_on(lines, shape.criteria)
        used = {at for a in asked if a.line for at in a.line.positions}
        if 2 * sum(a.line is not None for a in asked) >= len(asked):
            break
    spare = sum(
        bool(line.pieces) and not used.intersection(line.positions) and not line.closes
        for line in lines
        if line.table or line.numbered
    )
    answered = read_answers(asked, shape.answers)
    left = [line for line in lines if not used.intersection(line.positions)]
    again = read_answers(asked_on(left, shape.criteria, exact=True), shape.answers)
    answered = tuple(map(_either, answered, again))
    twice = {at for a in again if a.line for at in a.line.positions}
    left = [line for line in left if not twice.intersection(line.positions)]
    added = tuple(_added(left, answered, blocks, shape.answers))
    return (made_out(answered) if traits.made_out else answered), spare, added


def _added(
    lines: Sequence[Line], asked: Sequence[Asked], blocks: Sequence[Block], choices: Sequence[str]
) -> Iterator[Added]:
    """Rows of the criteria's tables, no part of one's answer, in which a sentence is answered."""
    tables = {a.line.table for a in asked if a.line and a.line.table}
    answering = {at for a in asked if a.line and not a.line.answerable
                 for line in a.later for at in line.positions}  # fmt: skip
    own = [
        line
        for line in lines
        if line.pieces
        and line.table in tables
        and not answering.intersection(line.positions)
        and not line.closes
    ]
    for one in read_answers([Asked(Criterion(0, ""), line) for line in own], choices):
        row = blocks[one.line.positions[0]] if one.line else None
        if 0 < len(one.answer.given) < len(choices) and isinstance(row, Row):
            yield Added(Where(table=row.table or None, row=row.number), one.answer.one)


def _either(one: Asked, again: Asked) -> Asked:
    """A criterion that stands on the form a second time, with another answer, has both."""
    second = again.answer.given if again.line else ()
    if not one.answer.given or set(second) <= set(one.answer.given):
        return one
    given = tuple(dict.fromkeys((*one.answer.given, *second)))
    return replace(one, answer=replace(one.answer, given=given))
