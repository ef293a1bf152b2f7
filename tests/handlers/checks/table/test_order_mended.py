"""What is said of rows out of order, done as it is said: no row is out of order any more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.findings import Finding
from tests.chronologies import entry, judge, table
from tests.handlers.checks.table.test_order import dated, misplaced

Entry = tuple[str, ...]
START = date(2008, 1, 1)
PLACE = re.compile(
    r"belongs (above|below) row (\d+)(?: of table (\d+))?(, once that has been moved)?\.$"
)

days = st.tuples(st.integers(0, 12), st.sampled_from(["", "", "09:00", "12:30", "17:45"]))
right = days.map(lambda d: entry(f"{START + timedelta(d[0]):%d/%m/%Y}", d[1], subject="Mother"))
written = st.one_of(
    right,
    right,
    right,
    st.just(entry("", subject="Mother")),
    st.just(entry('"', "", subject="Mother")),
    st.just(entry("soon after", subject="Mother")),
)


def findings_of(tables: Sequence[Sequence[Entry]]) -> list[Finding]:
    blocks = [b for n, rows in enumerate(tables, 1) for b in table(*rows, number=n)]
    return list(judge(blocks).findings)


def as_printed(tables: Sequence[Sequence[Entry]]) -> dict[tuple[int, int], Entry]:
    """Each entry by its table and row, as they are counted in the document."""
    return {(t, r): one for t, rows in enumerate(tables, 1) for r, one in enumerate(rows, 2)}


def order_told(tables: Sequence[Sequence[Entry]]) -> list[Finding]:
    return [f for f in findings_of(tables) if f.rule.startswith("order")]


def grouped(told: Sequence[Finding]) -> list[tuple[str, list[tuple[int, int]]]]:
    """The sentences of the letter, each with all its rows, where the first of them stands."""
    found: dict[str, list[tuple[int, int]]] = {}
    for one in told:
        assert one.where.table is not None and one.where.row is not None
        found.setdefault(one.message, []).append((one.where.table, one.where.row))
    return list(found.items())


def mend(tables: Sequence[Sequence[Entry]], *, as_blocks: bool) -> list[list[Entry]]:
    """Does what the sentences say, one after another; rows of one sentence at once, or singly."""
    stands = [[(t, r) for r, _ in enumerate(rows, 2)] for t, rows in enumerate(tables, 1)]
    told = order_told(tables)
    steps = grouped(told) if as_blocks else [step for one in told for step in grouped([one])]
    done: set[tuple[int, int]] = set()
    for message, rows in steps:
        said = PLACE.search(message)
        assert said, message
        beside = (int(said[3]) if said[3] else rows[0][0], int(said[2]))
        assert bool(said[4]) == (beside in done)
        for row in rows:
            next(rows for rows in stands if row in rows).remove(row)
        into = next(rows for rows in stands if beside in rows)
        at = into.index(beside) + (said[1] == "below")
        into[at:at] = rows
        done.update(rows)
    printed = as_printed(tables)
    return [[printed[row] for row in rows] for rows in stands]


def without_dittos(tables: Sequence[Sequence[Entry]]) -> list[list[Entry]]:
    """A mark for "the same" means another row once it was moved, so its author writes it out."""
    said, out = "", list[list[Entry]]()
    for rows in tables:
        out.append([])
        for one in rows:
            said = said if one[0] == '"' else one[0]
            out[-1].append((said, *one[1:]))
    return out


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.lists(written, min_size=4, max_size=9), min_size=1, max_size=2),
    st.booleans(),
    st.booleans(),
)
def test_moves_done_as_they_are_told_leave_no_row_out_of_order(
    tables: list[list[Entry]], as_blocks: bool, newest_first: bool
) -> None:
    tables = without_dittos(tables)
    if newest_first:
        tables = [sorted(rows, key=lambda one: one[0], reverse=True) for rows in tables]
    told = order_told(tables)
    if any(one.rule == "order-throughout" or "the table" in one.message for one in told):
        return  # all rows are to be put in order
    assert not order_told(mend(tables, as_blocks=as_blocks))


@settings(max_examples=50, deadline=None)
@given(st.permutations(range(24)), st.integers(1, 3), st.booleans(), st.booleans())
def test_a_chronology_shuffled_in_one_place_is_mended_by_what_is_said(
    shuffled: list[int], per_day: int, as_blocks: bool, newest_first: bool
) -> None:
    """Its first and last rows stand; a stretch of up to ten is in any order."""
    stretch = [number + 20 for number in shuffled if number < 10]
    numbers = [*range(20), *stretch, *range(30, 50)]
    rows = [
        entry(
            f"{START + timedelta((-n if newest_first else n) // per_day):%d/%m/%Y}",
            time="",
            subject="Mother",
        )
        for n in numbers
    ]
    assert not order_told(mend([rows], as_blocks=as_blocks))


def test_three_rows_that_stand_the_wrong_way_round_are_told_one_after_another() -> None:
    first, last = dated("01/02/2009"), dated("09/02/2009", "10/02/2009")
    rows = [*first, *dated("05/02/2009", "04/02/2009", "03/02/2009"), *last]
    assert misplaced(*rows) == {
        4: "Out of order: by date and time this belongs above row 3.",
        5: "Out of order: by date and time this belongs above row 4, once that has been moved.",
    }
    (told, _) = order_told([rows])
    assert "row numbers are those of the document that you sent" in told.fix


def test_rows_that_move_together_share_a_place_that_keeps_them_as_they_stand() -> None:
    early = ("01/02/2009", "05/02/2009", "06/02/2009", "07/02/2009", "08/02/2009")
    rows = dated(*early, "02/02/2009", "03/02/2009")
    above = "Out of order: by date and time this belongs above row 3."
    assert misplaced(*rows) == {7: above, 8: above}
    rows = dated("08/02/2009", "08/02/2009", *early[:4], "09/02/2009", "10/02/2009")
    above = "Out of order: by date and time this belongs above row 8."
    assert misplaced(*rows) == {2: above, 3: above}


def test_rows_that_belong_at_the_end_are_told_one_below_the_other() -> None:
    rows = dated("08/02/2009", "09/02/2009", "01/02/2009", "02/02/2009", "03/02/2009")
    assert misplaced(*rows) == {
        2: "Out of order: by date and time this belongs below row 6.",
        3: "Out of order: by date and time this belongs below row 2, once that has been moved.",
    }


@pytest.mark.parametrize("more", [0, 12])
def test_more_rows_than_are_listed_are_put_in_order_by_date_and_time(more: int) -> None:
    falling = [START + timedelta(days=300 - d) for d in range(12)]
    days = [*(START + timedelta(days=400 + d) for d in range(13 + more)), *falling]
    told = order_told([dated(*(f"{day:%d/%m/%Y}" for day in days), subject="Mother")])
    assert told and all("put all the rows in order" in one.fix.lower() for one in told[:10])


def test_what_is_likely_is_told_for_the_rows_as_they_stand_once_the_others_were_moved() -> None:
    """The rows that are told for certain and those with refused dates never contradict each
    other: of the two that changed places only one is named."""
    rows = dated("01/02/2009", "06/03/2009", "Feb 2009", "05/03/2009", "07/03/2009", "08/03/2009")
    told = order_told([rows])
    assert [(one.where.row, "may be" in one.message) for one in told] == [(4, True), (5, False)]
