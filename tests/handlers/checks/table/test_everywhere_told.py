"""A fault is told at its row wherever it stands: after a split, an empty row, more headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

import pytest

from handlers.document import Block, Cell, Paragraph, Row, TableEnd
from tests.chronologies import HEADINGS, entry, judge, row

ROWS, HALF = 20, 10
FIRST_DAY = date(2009, 2, 1)
FAULTS: Mapping[str, Mapping[str, str]] = {
    "date-missing": {"date": ""},
    "date-invalid": {"date": "31/02/2009"},
    "date-future": {"date": "01/05/2010"},
    "time-style": {"time": "1745hrs"},
    "time-estimated": {"time": "c. 17:45"},
    "time-invalid": {"time": "25:10"},
    "agency-missing": {"agency": ""},
    "agency-other": {"agency": "Shire Police"},
    "subject-missing": {"subject": ""},
    "subject-unknown": {"subject": "Ms Q"},
    "age-missing": {"age": ""},
    "age-conflict": {"age": "12"},
    "child-seen": {"seen": "maybe"},
    "source-missing": {"source": ""},
    "event-missing": {"event": ""},
}
LAYOUTS = ("plain", "split", "split with headings", "empty row", "separator", "headings again")
POSITIONS = (0, HALF - 1, HALF, HALF + 1, ROWS - 1)


def good(number: int) -> dict[str, str]:
    day = FIRST_DAY + timedelta(days=number)
    return {"date": day.strftime("%d/%m/%Y"), "age": "1y 8m" if day.day < 9 else "1y 9m"}


def between(layout: str, table: int, number: int) -> Iterator[Block]:
    """What stands in the middle of the chronology."""
    if layout.startswith("split"):
        yield TableEnd(table)
        if layout.endswith("headings"):
            yield row(1, HEADINGS, table + 1)
    elif layout == "empty row":
        yield row(number, [""] * len(HEADINGS), table)
    elif layout == "separator":
        yield Row(table, number, (Cell((Paragraph("March 2009"),), 0, len(HEADINGS)),))
    elif layout == "headings again":
        yield row(number, HEADINGS, table)


def chronology(layout: str, position: int, fault: Mapping[str, str]) -> tuple[list[Block], Row]:
    """The blocks, and the row in which the fault stands."""
    blocks: list[Block] = [row(1, HEADINGS)]
    table, number, wrong = 1, 2, None
    for at in range(ROWS):
        if at == HALF:
            blocks += between(layout, table, number)
            split = layout.startswith("split")
            table += split
            number = 1 + layout.endswith("with headings") if split else number + (layout != "plain")
        one = row(number, entry(**{**good(at), **(fault if at == position else {})}), table)
        wrong = one if at == position else wrong
        blocks.append(one)
        number += 1
    assert wrong is not None
    return [*blocks, TableEnd(table)], wrong


@pytest.mark.parametrize("rule", FAULTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_fault_is_told_at_its_row_wherever_that_is(layout: str, rule: str) -> None:
    for position in POSITIONS:
        blocks, wrong = chronology(layout, position, FAULTS[rule])
        found = [(f.where.table, f.where.row) for f in judge(blocks).findings if f.rule == rule]
        assert found == [(wrong.table, wrong.number)], position


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_told_of_a_chronology_without_a_fault(layout: str) -> None:
    blocks, _ = chronology(layout, 0, {})
    assert {f.rule for f in judge(blocks).findings} <= {"separator-row"}
