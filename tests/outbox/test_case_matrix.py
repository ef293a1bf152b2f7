"""A case as a table: agency by return, in words."""

from __future__ import annotations

from datetime import date

import pytest

from config.kind_loading import load_kinds
from outbox.digest.case_matrix import case_matrix_lines, return_status_words
from tests.outbox.test_digest import LATE, LATER, case, row

KINDS = load_kinds()


@pytest.mark.parametrize("state", ["on hold", "closed"])
def test_a_case_that_is_not_open_says_so(state: str) -> None:
    lines = list(case_matrix_lines(case(12, row(1, "imr", LATER), state=state), KINDS))
    assert " ".join(lines[0].split()) == f"N12 ({state}) IMR"


def test_that_more_time_is_asked_for_stands_with_the_day_that_is_due() -> None:
    asked = row(1, "imr", date(2010, 5, 1), "awaited")
    assert return_status_words(asked, asks=True) == "more time? 1 May"
    lines = list(case_matrix_lines(case(12, row(2, "chronology", LATER), asked), KINDS, {1}))
    assert "more time? 1 May" in lines[1]


def test_columns_line_up() -> None:
    lines = list(
        case_matrix_lines(case(12, row(1, "chronology", LATE), row(2, "imr", LATER)), KINDS)
    )
    assert lines[0].split() == ["N12", "Chronology", "IMR"]
    assert lines[1].find("OVERDUE") == lines[0].find("Chronology")


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("awaited", "due 1 May"),
        ("rejected", "needs changes"),
        ("referred", "look at it"),
        ("accepted", "accepted"),
        ("nil", "none held"),
        ("waived", "waived"),
    ],
)
def test_each_state_is_told_in_words(state: str, word: str) -> None:
    assert return_status_words(row(1, "imr", date(2010, 5, 1), state)) == word
