"""An agency's own checklist, in a few words a line."""

from __future__ import annotations

from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.register.matrix import AgencyRow, ReturnRow
from outbox.writing.checklist import MORE_TIME, align_columns, build_checklist

KINDS = load_kinds()
DUE = date(2010, 4, 16)


def row(kind: str, state: str, *, late: bool = False) -> ReturnRow:
    accepted = date(2010, 4, 1) if state == "accepted" else None
    return ReturnRow(1, kind, DUE, 1, state, accepted, accepted, late)  # type: ignore[arg-type]


def lines(*rows: ReturnRow) -> list[str]:
    return align_columns(build_checklist(AgencyRow(1, "GP", "Meadow Lane Surgery", rows), KINDS))


def test_the_returns_stand_in_the_order_of_the_pack() -> None:
    told = lines(row("evaluation_statement", "awaited"), row("chronology", "accepted"))
    assert [line.split()[0] for line in told] == ["Chronology", "Evaluation"]


@pytest.mark.parametrize(
    ("state", "late", "words"),
    [
        ("awaited", False, "still to come   due Friday 16 April"),
        ("awaited", True, "late   was due Friday 16 April"),
        ("rejected", False, "needs changes   due Friday 16 April"),
        ("rejected", True, "late, needs changes   was due Friday 16 April"),
        ("referred", False, "received, a person is looking at it"),
        ("accepted", False, "accepted 1 April"),
        ("nil", False, "none held"),
    ],
)
def test_each_state_says_what_the_agency_needs_to_know(state: str, late: bool, words: str) -> None:
    assert lines(row("imr", state, late=late)) == [f"IMR   {words}"]


@pytest.mark.parametrize(
    ("state", "late", "words"),
    [
        ("awaited", False, f"{MORE_TIME}   due Friday 16 April"),
        ("awaited", True, MORE_TIME),
        ("rejected", True, f"needs changes; {MORE_TIME}"),
        ("accepted", False, "accepted 1 April"),
    ],
)
def test_what_more_time_was_asked_for_is_not_called_late(
    state: str, late: bool, words: str
) -> None:
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", (row("imr", state, late=late),))
    told = align_columns(build_checklist(agency, KINDS, {"imr": MORE_TIME}))
    assert told == [f"IMR   {words}"]


def test_the_columns_line_up() -> None:
    told = lines(row("chronology", "rejected"), row("imr", "awaited"))
    assert len({line.index("due") for line in told}) == 1
