"""Silence: which reason holds, in which order, and how a person ends it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.register.matrix import CaseRow
from outbox.chasing.suppression import WaitingMatters, suppression_reason

OPEN = CaseRow(1, "N12", "open", date(2010, 9, 1), ())
ON_HOLD = CaseRow(1, "N12", "on hold", date(2010, 9, 1), ())


def test_an_agency_of_which_nothing_waits_is_chased() -> None:
    assert suppression_reason(OPEN, WaitingMatters()) is None


@pytest.mark.parametrize(
    ("waiting", "why", "command"),
    [
        (
            WaitingMatters(unseen=True, unjudged=True),
            "a mailbox or the drop folder cannot be looked",
            "",
        ),
        (
            WaitingMatters(unjudged=True, referred=(7,)),
            "something came that is still to be judged",
            "",
        ),
        (WaitingMatters(set_aside=True), "a file of theirs could not be judged", ""),
        (
            WaitingMatters(requests=(41,), referred=(7,)),
            "they ask for more time",
            "scr-intake show 41",
        ),
        (WaitingMatters(sealed=(9,), referred=(7,)), "a sealed message waits", "scr-intake show 9"),
        (WaitingMatters(referred=(7, 8)), "something they sent waits", "scr-intake show 7"),
    ],
)
def test_the_first_reason_that_holds_is_told_with_what_ends_it(
    waiting: WaitingMatters, why: str, command: str
) -> None:
    found = suppression_reason(OPEN, waiting)
    assert found is not None
    assert found[0].startswith(why)
    assert found[1] == command


def test_more_than_one_thing_to_look_at_is_counted() -> None:
    found = suppression_reason(OPEN, WaitingMatters(referred=(7, 8, 9)))
    assert found == ("something they sent waits for you to look (3 documents)", "scr-intake show 7")


def test_a_case_on_hold_goes_on_once_it_is_reopened() -> None:
    found = suppression_reason(ON_HOLD, WaitingMatters(referred=(7,)))
    assert found == ("the case is on hold", 'scr-intake case reopen N12 --reason "..."')
