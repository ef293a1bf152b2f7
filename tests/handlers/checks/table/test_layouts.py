"""Every layout, in every hand, with each fault in it: the good one is never sent back, and the
fault of another is told where it stands, and alone (failure modes 91 and 95)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from config.kind_loading import load_kinds
from handlers.findings import Judgement
from handlers.judging.arrival import JudgingRequest
from handlers.judging.judging import judge_document
from tests import combinations
from tests.builders_office import all_through_libreoffice
from tests.chronologies import CONTEXT, entry
from tests.chronology_layouts import HANDS, LAYOUTS, At, Rows, written

KINDS = load_kinds()
GOOD = [
    entry("14/02/2007", "09:40", subject="Mother", age=""),
    entry("21/05/2007", "11:15", age="2/52"),
    entry("04/07/2007", "10:20", age="8/52"),
    entry("03/03/2008", "09:05", age="9m"),
    entry("22/10/2008", "16:30", age="1y 5m", comment="Good practice."),
    entry("12/11/2008", "14:10", age="1y 6m", event="Telephone call: two missed appointments."),
    entry("12/02/2009", "14:10", age="1y 9m"),
    entry("30/06/2009", "08:50", subject="Mother", age=""),
    entry("11/01/2010", "15:25", age="2y 8m"),
]
WRONG = 4  # the entry with the fault in it
FAULTS = {
    "date-missing": ("", "Date"),
    "date-invalid": ("Oct 2008", "Date"),
    "date-future": ("22/10/2018", "Date"),
    "order": ("22/10/2007", None),
    "time-invalid": ("am", "Time"),
    "agency-missing": ("", "Agency"),
    "source-missing": ("", "Source of Information"),
    "event-missing": ("", "Event"),
}
CELL = {"date": 0, "order": 0, "time": 1, "agency": 2, "source": 6, "event": 7}


def with_fault(rule: str) -> list[tuple[str, ...]]:
    texts = list(GOOD[WRONG])
    texts[CELL[rule.partition("-")[0]]] = FAULTS[rule][0]
    return [*GOOD[:WRONG], tuple(texts), *GOOD[WRONG + 1 :]]


def turn_of(layout: str, rule: str) -> int:
    """Which hand shows a fault in a layout: each shows some of all."""
    return list(LAYOUTS).index(layout) + list(FAULTS).index(rule)


def judged(data: bytes) -> Judgement:
    (judgement,) = judge_document(data, JudgingRequest(CONTEXT, "docx", "docx"), KINDS)
    assert judgement.kind == "chronology"
    return judgement


def weighty(judgement: Judgement) -> list[tuple[str, str | None]]:
    return [(f.rule, f.where.column) for f in judgement.findings if f.severity != "advice"]


@pytest.mark.parametrize(("layout", "hand"), combinations.of(LAYOUTS, HANDS))
def test_a_good_chronology_is_accepted_in_every_layout(layout: str, hand: str) -> None:
    judgement = judged(written(LAYOUTS[layout](GOOD), hand))
    assert weighty(judgement) == []
    assert {f.rule for f in judgement.findings} <= {"separator-row"}
    assert judgement.clues.rows == len(GOOD)


@pytest.mark.parametrize("rule", FAULTS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_fault_is_told_in_its_place_and_alone(layout: str, rule: str) -> None:
    hand = sorted(HANDS)[turn_of(layout, rule) % len(HANDS)]
    judgement = judged(written(LAYOUTS[layout](with_fault(rule)), hand))
    assert weighty(judgement) == [(rule, FAULTS[rule][1])]
    assert judgement.verdict == "reject"
    assert judgement.clues.rows == len(GOOD)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_row_told_is_the_row_a_person_counts(layout: str) -> None:
    """The row that the reader numbers so holds the one comment there is."""
    blocks = LAYOUTS[layout](with_fault("source-missing"))
    (finding,) = (f for f in judged(written(blocks)).findings if f.severity == "fault")
    counted = [(t, n) for t, n, texts in _rows_of(blocks) if "Good practice." in texts]
    assert counted == [(finding.where.table, finding.where.row)]


def _rows_of(blocks: object) -> Iterator[tuple[int, int, list[str]]]:
    """Each row with the number of its outermost table and its own in the innermost."""

    def rows(table: Rows, number: int) -> Iterator[tuple[int, int, list[str]]]:
        for n, row in enumerate(table.rows, 1):
            cells = [cell if isinstance(cell, At) else At(cell) for cell in row]
            yield number, n, [cell.holds for cell in cells if isinstance(cell.holds, str)]
            for cell in cells:
                inner = () if isinstance(cell.holds, str) else cell.holds
                for each in (block for block in inner if isinstance(block, Rows)):
                    yield from rows(each, number)

    assert isinstance(blocks, tuple)
    tables = [block for block in blocks if isinstance(block, Rows)]
    for number, table in enumerate(tables, 1):
        yield from rows(table, number)


def test_what_has_been_through_another_program_is_the_same() -> None:
    """In one test: to start the program takes ten times as long as to have a document made."""
    layouts = ("split by accident", "headings in groups", "years between")
    made = [written(LAYOUTS[each](with_fault("source-missing")), "bare XML") for each in layouts]
    others = [*all_through_libreoffice(made, "odt"), *all_through_libreoffice(made, "rtf")]
    told = [weighty(judged(saved)) for saved in all_through_libreoffice(others, "docx")]
    assert told == [[("source-missing", "Source of Information")]] * 6
