"""Words for what is wrong with a heading row, and whether entries went with headings that
changed places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from config.kind_shape import Column
from handlers.checks.table.cell_checks import count_cells_in_place
from handlers.checks.table.entry import EntryReader, align_row
from handlers.checks.table.headings import TableHeadings, differing_again
from handlers.checks.table.shifted_entries import is_narrative, is_source_text
from handlers.checks.table.table_context import TableContext
from handlers.document import Row
from handlers.findings import FindingPlace

MOVE_WITH_ENTRIES = ", with all that belongs under it"
MOVE_HEADING_ALONE = ", and leave what is entered where it is"
STANDS_AGAIN = " where the headings stand again"
TAKE_ROW_OUT = "; or delete this row, since the headings need to stand only once above the entries"
MAX_PLACES_NAMED = 3  # where columns were added that are named


def add_heading_findings(headings: TableHeadings, context: TableContext) -> None:
    """Note each heading that was changed, moved, taken out or added."""
    if headings.absent:
        return  # it goes on from a table whose headings were told
    if headings.headless:
        where = FindingPlace(headings.table)
        context.add_finding(
            "heading-missing", where, what="All the headings of this table are", place=""
        )
        return
    for index in sorted({*headings.changed, *headings.moved}):
        heading = context.columns[index].heading
        how = "moved" if index in headings.moved else "changed"
        place = _between(index, context.columns)
        if index in headings.moved:
            place += MOVE_HEADING_ALONE if headings.stayed else MOVE_WITH_ENTRIES
        where = FindingPlace(headings.table, headings.row, heading)
        context.add_finding("heading-changed", where, how=how, heading=heading, place=place)
    for index in headings.missing:
        where = FindingPlace(headings.table, headings.row, context.columns[index].heading)
        place = f"; its place is {_between(index, context.columns)}"
        context.add_finding("heading-missing", where, what="The heading is", place=place)
    _tell_all_added(headings, context)


@dataclass(frozen=True, slots=True)
class RepeatedHeadings:
    """A row further down that is the headings once more, with its texts under each column."""

    table: int
    row: int
    texts: tuple[str, ...]
    misfit: bool


def add_repeated_findings(rows: Sequence[RepeatedHeadings], context: TableContext) -> None:
    """Note each heading that is another where rows repeat the headings; two rows that follow each
    other may be one heading row in two."""
    left = list(rows)
    while left:
        first = left.pop(0)
        wrong = differing_again(first.texts, context.columns)
        if left and left[0].row == first.row + 1:
            both = zip(first.texts, left[0].texts, strict=True)
            joined = differing_again([f"{a} {b}" for a, b in both], context.columns)
            if len(joined) < len(wrong):
                wrong = joined
                left.pop(0)
        _tell_repeated(first, wrong, context)


def _tell_repeated(again: RepeatedHeadings, wrong: dict[int, str], context: TableContext) -> None:
    if again.misfit:
        context.add_finding("row-cells", FindingPlace(again.table, again.row))
        return
    for index, what in wrong.items():
        heading = context.columns[index].heading
        where = FindingPlace(again.table, again.row, heading)
        place = _between(index, context.columns) + TAKE_ROW_OUT
        how = what + STANDS_AGAIN
        context.add_finding("heading-changed", where, how=how, heading=heading, place=place)


def add_column_finding(headings: TableHeadings, slot: int, context: TableContext) -> None:
    """Note that the cell at `slot` is a column the toolkit does not have."""
    _added(headings, 1, _beside(headings, slot, context.columns), context)


def _tell_all_added(headings: TableHeadings, context: TableContext) -> None:
    """One sentence for those that stand together, and one for all where they stand all over."""
    places = Counter(_beside(headings, slot, context.columns) for slot in headings.added)
    if len(places) > MAX_PLACES_NAMED:
        _added(headings, len(headings.added), "in several places", context)
        return
    for place, count in places.items():
        slots = [s for s in headings.added if _beside(headings, s, context.columns) == place]
        nth = f", as column {slots[0] + 1} counted from the left" if count == 1 else ""
        _added(headings, count, f"{place}{nth}", context)


def _added(headings: TableHeadings, count: int, place: str, context: TableContext) -> None:
    what = "A column has" if count == 1 else f"{count} columns have"
    context.add_finding(
        "heading-added", FindingPlace(headings.table, headings.row), what=what, place=place
    )


def _beside(headings: TableHeadings, slot: int, columns: Sequence[Column]) -> str:
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


ROWS_COMPARED = 12


def has_only_moved(headings: TableHeadings) -> bool:
    """Whether headings changed places, and no more."""
    return bool(headings.moved) and not (headings.missing or headings.added)


def headings_as_entered(
    headings: TableHeadings, rows: Sequence[Row], reader: EntryReader, context: TableContext
) -> TableHeadings:
    """The headings under which the rows are to be read: those printed, or, where what is entered
    stayed in its place, those of the kind, in its own order."""
    own = _in_order(headings)
    stayed = went = 0
    for row in rows:
        here, there = (_fits(row, each, reader, context) for each in (headings, own))
        stayed += there > here
        went += here > there
    return own if stayed > 2 * went else headings


def _in_order(headings: TableHeadings) -> TableHeadings:
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


def _fits(row: Row, headings: TableHeadings, reader: EntryReader, context: TableContext) -> int:
    """How many cells look like what belongs under these headings."""
    laid = align_row(row, headings, len(context.columns))
    entry = reader.read_entry(row, laid, frozenset())
    fits = 2 * (entry.when.value is not None) + count_cells_in_place(entry, context)
    source = context.index_of_column("source")
    event = context.index_of_column("text")
    if source is None:
        return fits
    fits += is_source_text(entry.texts[source])
    if event is not None:
        fits += bool(entry.texts[event]) - is_narrative(entry.texts[source], entry.texts[event])
    return fits
