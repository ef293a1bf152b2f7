"""The words for what is wrong with a heading row.

Does: turns a `Headings` into findings, each naming the toolkit's heading.
Trusts: the headings as read.
Never touches: cell text; what an added heading says is never repeated.
Known limits: none known.
"""

from __future__ import annotations

from collections.abc import Sequence

from config.shape import Column
from handlers.finding import Where
from handlers.table.desk import Desk
from handlers.table.headings import Headings


def tell_headings(headings: Headings, desk: Desk) -> None:
    """Note each heading that was changed, moved, taken out or added."""
    if headings.absent:
        where = Where(headings.table)
        desk.tell("heading-missing", where, what="All the headings of this table are")
        return
    for index in sorted({*headings.changed, *headings.moved}):
        heading = desk.columns[index].heading
        how = "moved" if index in headings.moved else "changed"
        place = _between(index, desk.columns)
        where = Where(headings.table, headings.row, heading)
        desk.tell("heading-changed", where, how=how, heading=heading, place=place)
    for index in headings.missing:
        where = Where(headings.table, headings.row, desk.columns[index].heading)
        desk.tell("heading-missing", where, what="The heading is")
    for slot in headings.added:
        tell_added(headings, slot, desk)


def tell_added(headings: Headings, slot: int, desk: Desk) -> None:
    """Note that the cell at `slot` is a column the toolkit does not have."""
    before = [s.column for s in headings.slots[:slot] if s.column is not None]
    after = [s.column for s in headings.slots[slot:] if s.column is not None]
    side, column = ("after", before[-1]) if before else ("before", after[0])
    place = f'{side} "{desk.columns[column].heading}"'
    desk.tell("heading-added", Where(headings.table, headings.row), place=place)


def _between(index: int, columns: Sequence[Column]) -> str:
    if index == 0:
        return f'before "{columns[1].heading}"' if len(columns) > 1 else "in the first row"
    if index == len(columns) - 1:
        return f'after "{columns[-2].heading}"'
    return f'between "{columns[index - 1].heading}" and "{columns[index + 1].heading}"'
