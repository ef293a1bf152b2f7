"""A case in time: the marks, and the same in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.register.matrix import CaseRow
from outbox.digest.timeline import TimelineMark, build_timeline
from outbox.samples.days import CASE, TODAY
from tests.outbox.test_digest import LATE, LATER, case, row

KINDS = load_kinds()
CAME = date(2010, 4, 14)


def marks(of: CaseRow) -> tuple[TimelineMark, ...]:
    (lane,) = build_timeline(of, KINDS, TODAY).lanes
    return lane.marks


@pytest.mark.parametrize(
    ("state", "looks"),
    [
        ("awaited", [(LATE, "overdue")]),
        ("rejected", [(LATE, "overdue"), (CAME, "needs changes")]),
        ("referred", [(CAME, "look at it")]),
        ("accepted", [(CAME, "accepted")]),
        ("nil", [(CAME, "none held")]),
        ("waived", [(LATE, "waived")]),
    ],
)
def test_each_return_is_marked_by_where_it_stands(
    state: str, looks: list[tuple[date, str]]
) -> None:
    one = replace(row(1, "chronology", LATE, state), received=CAME)
    assert [(mark.day, mark.look) for mark in marks(case(12, one))] == looks


def test_what_is_not_late_is_due() -> None:
    assert marks(case(12, row(1, "imr", TODAY))) == (TimelineMark(TODAY, "due"),)


def test_the_words_say_what_the_picture_shows() -> None:
    assert build_timeline(CASE, KINDS, TODAY).says == (
        "N12 running late, today Tuesday 20 April. Accepted: 12, the last on Monday 19 April."
        " To look at: 1. To mend: 1. Overdue: Children's Services, chronology, 16 April;"
        " Brook Street School, chronology, 16 April. Next due: 13 returns on Friday 28 May."
    )


def test_when_much_is_late_the_words_name_the_first_and_count_the_rest() -> None:
    late = case(12, *(row(n, "imr", date(2010, 4, n)) for n in range(9, 17)))
    assert build_timeline(late, KINDS, TODAY).says.endswith(
        "Overdue: Meadow Lane Surgery, IMR, 9 April; Meadow Lane Surgery, IMR, 10 April;"
        " Meadow Lane Surgery, IMR, 11 April; and 5 more."
    )


def test_what_nil_returns_settled_is_not_said_to_be_nothing() -> None:
    says = build_timeline(case(12, row(1, "imr", LATER, "nil")), KINDS, TODAY).says
    assert says == "N12 in time, today Tuesday 20 April. Settled by nil returns: 1."


def test_a_case_in_which_nothing_has_come_says_so() -> None:
    says = build_timeline(case(12, row(1, "imr", LATER)), KINDS, TODAY).says
    assert says == (
        "N12 in time, today Tuesday 20 April. Nothing is accepted yet."
        " Next due: 1 return on Friday 28 May."
    )
