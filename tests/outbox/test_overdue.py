"""What is late and what is due soon, a line each."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from config.calendar import Calendar
from config.kind_loading import load_kinds
from outbox.digest.overdue import ChasingStep, due_soon_lines, overdue_lines
from outbox.due.waiting_matters import MoreTimeAsked
from tests.outbox.test_digest import LATE, LATER, SOON, case, row

KINDS, ENGLAND = load_kinds(), Calendar.for_subdivision("ENG")
NOW = datetime(2010, 4, 20, 9, 2)
TODAY = NOW.date()
YESTERDAY, MONTH = TODAY - timedelta(days=1), date(2010, 4, 13)
CASES = [
    case(1, row(1, "imr", date(2010, 4, 19))),
    case(2, row(2, "chronology", LATE)),
    case(3, row(3, "chronology", SOON), row(4, "imr", TODAY), row(5, "qa_form", LATER)),
]
SURGERY = "Meadow Lane Surgery"


def told(*steps: ChasingStep) -> str:
    (line,) = overdue_lines(CASES[1:2], {2: steps}, KINDS, ENGLAND, NOW)
    return line.partition("; ")[2]


def test_what_is_longest_overdue_comes_first() -> None:
    assert [line.partition(";")[0] for line in overdue_lines(CASES, {}, KINDS, ENGLAND, NOW)] == [
        f"N2, {SURGERY}: chronology, 2 working days late",
        f"N1, {SURGERY}: IMR, 1 working day late",
    ]


def test_what_is_due_until_a_day_is_told_the_soonest_first() -> None:
    assert list(due_soon_lines(CASES, KINDS, TODAY, date(2010, 4, 27))) == [
        f"N3, {SURGERY}: IMR, today.",
        f"N3, {SURGERY}: chronology, Friday 23 April.",
    ]


def test_only_what_is_chased_counts() -> None:
    others = [
        case(1, row(1, "imr", LATE), state="on hold"),
        case(2, row(2, "imr", LATE, "referred"), row(3, "imr", LATE, "accepted")),
    ]
    assert list(overdue_lines(others, {}, KINDS, ENGLAND, NOW)) == []


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ((), "nobody was reminded yet."),
        ((ChasingStep("reminder", MONTH),), "reminded on Tuesday 13 April."),
        ((ChasingStep("reminder", MONTH), ChasingStep("chaser", YESTERDAY)), "chased yesterday."),
        (
            (ChasingStep("escalation", TODAY), ChasingStep("chaser", YESTERDAY)),
            "chased yesterday and manager told today.",
        ),
        (
            (ChasingStep("chaser", MONTH), ChasingStep("escalation", YESTERDAY, unsent=True)),
            "chased on Tuesday 13 April and a letter to the manager written yesterday, which"
            " had not left at 9:02am.",
        ),
        (
            (
                ChasingStep("reminder", MONTH, before=True),
                ChasingStep("chaser", MONTH, before=True),
            ),
            "nobody was reminded since another day was agreed.",
        ),
        (
            (ChasingStep("escalation", TODAY, drafted=True),),
            "a letter to the manager drafted today.",
        ),
    ],
)
def test_it_says_what_was_done_last(steps: tuple[ChasingStep, ...], says: str) -> None:
    assert told(*steps) == says


def test_that_more_time_is_asked_for_stands_with_what_was_done() -> None:
    asked = {
        2: MoreTimeAsked("more time asked for until Friday 14 May, not yet decided", plain=True)
    }
    (line,) = overdue_lines(CASES[1:2], {}, KINDS, ENGLAND, NOW, asked)
    assert line == (
        f"N2, {SURGERY}: chronology, 2 working days late; nobody was reminded yet;"
        " more time asked for until Friday 14 May, not yet decided."
    )


def test_of_what_was_sent_back_nobody_is_said_to_have_heard_nothing() -> None:
    """The letter that sent it back asked for it again."""
    back = [case(1, row(1, "imr", LATE, "rejected"))]
    (line,) = overdue_lines(back, {}, KINDS, ENGLAND, NOW)
    assert line.endswith("; what came needs changes, and nobody was reminded yet.")
