"""Headings that have changed places: whether what is entered under them went with them.

Does: lays the first rows of a table under its headings as they are printed and as the kind gives
them, and says under which their cells look more like what belongs there.
Trusts: nothing in the cells.
Never touches: findings.
Known limits: it is decided by the first ROWS rows, and only where no heading is missing or added.
Where nothing tells, entries are taken to stand under the headings over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers.document.block import Row
from handlers.table.checks import cells_in_place
from handlers.table.desk import Desk
from handlers.table.entry import Reader, lay
from handlers.table.headings import Headings
from handlers.table.source_like import is_source, is_tale

ROWS = 12


def may_have_stayed(headings: Headings) -> bool:
    """Whether headings changed places, and no more."""
    return bool(headings.moved) and not (headings.missing or headings.added)


def as_it_stands(headings: Headings, rows: Sequence[Row], reader: Reader, desk: Desk) -> Headings:
    """The headings under which the rows are to be read: those printed, or, where what is entered
    stayed in its place, those of the kind, in its own order."""
    own = _in_order(headings)
    stayed = went = 0
    for row in rows:
        here, there = (_fits(row, each, reader, desk) for each in (headings, own))
        stayed += there > here
        went += here > there
    return own if stayed > 2 * went else headings


def _in_order(headings: Headings) -> Headings:
    known = sorted(slot.column for slot in headings.slots if slot.column is not None)
    columns = iter(known)
    slots = tuple(
        slot if slot.column is None else replace(slot, column=next(columns))
        for slot in headings.slots
    )
    others = tuple(
        new.column
        for old, new in zip(headings.slots, slots, strict=True)
        if new.column is not None and old.column != new.column
    )
    straight = headings.sequence is None
    return replace(
        headings, slots=slots, moved=tuple(sorted(others)), stayed=True, straight=straight
    )


def _fits(row: Row, headings: Headings, reader: Reader, desk: Desk) -> int:
    """How many cells look like what belongs under these headings."""
    laid = lay(row, headings, len(desk.columns))
    entry = reader.read(row, laid, frozenset())
    fits = 2 * (entry.when.value is not None) + cells_in_place(entry, desk)
    source = desk.column("source")
    event = desk.column("text")
    if source is None:
        return fits
    fits += is_source(entry.texts[source])
    if event is not None:
        fits += bool(entry.texts[event]) - is_tale(entry.texts[source], entry.texts[event])
    return fits
