"""A row laid under its headings: the short way and the long way come to the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from handlers.checks.table.entry import OBJECT_TEXT, align_row
from handlers.checks.table.headings import read_headings
from handlers.document import Cell, Paragraph, Row
from tests.chronologies import HEADINGS, KIND, row

COLUMNS = KIND.shape.columns  # type: ignore[union-attr]  # a chronology is a table
STRAIGHT = read_headings(row(1, HEADINGS), COLUMNS)
PARAGRAPH = st.builds(
    Paragraph,
    st.text("aé9٣?-_ \t\n\u00a0", max_size=4),
    placeholder=st.booleans(),
    picture=st.booleans(),
)
CELL = st.builds(
    Cell,
    st.lists(PARAGRAPH, max_size=2).map(tuple),
    column=st.integers(0, 8),
    span=st.integers(1, 3),
    continued=st.sampled_from([False] * 9 + [True]),
)


@given(st.lists(CELL, min_size=8, max_size=10))
def test_a_straight_row_reads_the_same_the_short_way_and_the_long_way(cells: list[Cell]) -> None:
    assert STRAIGHT is not None and STRAIGHT.straight
    entry = Row(1, 2, tuple(cells))
    short = align_row(entry, STRAIGHT, len(COLUMNS))
    assert short == align_row(entry, replace(STRAIGHT, straight=False), len(COLUMNS))


def test_headings_are_straight_only_where_each_column_has_its_cell_in_its_place() -> None:
    exchanged = [HEADINGS[1], HEADINGS[0], *HEADINGS[2:]]
    for texts in (exchanged, HEADINGS[:-1], ("No.", *HEADINGS), (*HEADINGS, "Other")):
        headings = read_headings(row(1, list(texts)), COLUMNS)
        assert headings is not None
        assert not headings.straight


def test_under_headings_that_changed_places_each_text_goes_to_its_own_column() -> None:
    headings = read_headings(row(1, [HEADINGS[1], HEADINGS[0], *HEADINGS[2:]]), COLUMNS)
    assert headings is not None
    assert align_row(row(2, ["b", "a", *"cdefghi"]), headings, 9).texts == tuple("abcdefghi")


def test_letters_and_figures_of_any_script_are_writing_and_marks_alone_are_not() -> None:
    assert STRAIGHT is not None
    for text, read in (("é", "é"), ("٣", "٣"), ("?", "?"), ("_", ""), ("- –", ""), (" \t", "")):
        assert align_row(row(2, [text] * 9), STRAIGHT, 9).texts == (read,) * 9
    drawn = Row(1, 2, tuple(Cell((Paragraph("", picture=True),), n) for n in range(9)))
    assert align_row(drawn, STRAIGHT, 9).texts == (OBJECT_TEXT,) * 9
