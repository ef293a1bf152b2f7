"""The words for what is wrong with a heading row.

Does: turns a `Headings` into findings, each naming the toolkit's heading.
Trusts: the headings as read.
Never touches: cell text; what an added heading says is never repeated.
Known limits: none known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from config.shape import Column
from handlers.finding import Where
from handlers.table.desk import Desk
from handlers.table.headings import Headings

WITH_ALL = ", with all that belongs under it"
ALONE = ", and leave what is entered where it is"
MOST_PLACES = 3  # where columns were added that are named


def tell_headings(headings: Headings, desk: Desk) -> None:
    """Note each heading that was changed, moved, taken out or added."""
    if headings.absent:
        return  # it goes on from a table whose headings were told
    if headings.headless:
        where = Where(headings.table)
        desk.tell("heading-missing", where, what="All the headings of this table are")
        return
    for index in sorted({*headings.changed, *headings.moved}):
        heading = desk.columns[index].heading
        how = "moved" if index in headings.moved else "changed"
        place = _between(index, desk.columns)
        if index in headings.moved:
            place += ALONE if headings.stayed else WITH_ALL
        where = Where(headings.table, headings.row, heading)
        desk.tell("heading-changed", where, how=how, heading=heading, place=place)
    for index in headings.missing:
        where = Where(headings.table, headings.row, desk.columns[index].heading)
        desk.tell("heading-missing", where, what="The heading is")
    _tell_all_added(headings, desk)


def tell_added(headings: Headings, slot: int, desk: Desk) -> None:
    """Note that the cell at `slot` is a column the toolkit does not have."""
    _added(headings, 1, _beside(headings, slot, desk.columns), desk)


def _tell_all_added(headings: Headings, desk: Desk) -> None:
    """One sentence for those that stand together, and one for all where they stand all over."""
    places = Counter(_beside(headings, slot, desk.columns) for slot in headings.added)
    if len(places) > MOST_PLACES:
        _added(headings, len(headings.added), "in several places", desk)
        return
    for place, count in places.items():
        slots = [s for s in headings.added if _beside(headings, s, desk.columns) == place]
        nth = f", as column {slots[0] + 1} counted from the left" if count == 1 else ""
        _added(headings, count, f"{place}{nth}", desk)


def _added(headings: Headings, count: int, place: str, desk: Desk) -> None:
    what = "A column has" if count == 1 else f"{count} columns have"
    desk.tell("heading-added", Where(headings.table, headings.row), what=what, place=place)


def _beside(headings: Headings, slot: int, columns: Sequence[Column]) -> str:
    before = [s.column for s in headings.slots[:slot] if s.column is not None]
    after = [s.column for s in headings.slots[slot:] if s.column is not None]
    side, column = ("after", before[-1]) if before else ("before", after[0])
    return f'{side} "{columns[column].heading}"'


def _between(index: int, columns: Sequence[Column]) -> str:
    if index == 0:
        return f'before "{columns[1].heading}"' if len(columns) > 1 else "in the first row"
    if index == len(columns) - 1:
        return f'after "{columns[-2].heading}"'
    return f'between "{columns[index - 1].heading}" and "{columns[index + 1].heading}"'
