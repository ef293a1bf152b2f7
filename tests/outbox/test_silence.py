"""Silence: which reason holds, in which order, and how a person ends it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.register.matrix import CaseRow
from outbox.chasing.suppression import Waiting, silence

OPEN = CaseRow(1, "N12", "open", date(2010, 9, 1), ())
ON_HOLD = CaseRow(1, "N12", "on hold", date(2010, 9, 1), ())


def test_an_agency_of_which_nothing_waits_is_chased() -> None:
    assert silence(OPEN, Waiting()) is None


@pytest.mark.parametrize(
    ("waiting", "why", "command"),
    [
        (Waiting(unseen=True, unjudged=True), "a mailbox or the drop folder cannot be looked", ""),
        (Waiting(unjudged=True, referred=(7,)), "something came that is still to be judged", ""),
        (Waiting(set_aside=True), "a file of theirs could not be judged", ""),
        (Waiting(requests=(41,), referred=(7,)), "they ask for more time", "scr-intake show 41"),
        (Waiting(sealed=(9,), referred=(7,)), "a sealed message waits", "scr-intake show 9"),
        (Waiting(referred=(7, 8)), "something they sent waits", "scr-intake show 7"),
    ],
)
def test_the_first_reason_that_holds_is_told_with_what_ends_it(
    waiting: Waiting, why: str, command: str
) -> None:
    found = silence(OPEN, waiting)
    assert found is not None
    assert found[0].startswith(why)
    assert found[1] == command


def test_more_than_one_thing_to_look_at_is_counted() -> None:
    found = silence(OPEN, Waiting(referred=(7, 8, 9)))
    assert found == ("something they sent waits for you to look (3 documents)", "scr-intake show 7")


def test_a_case_on_hold_goes_on_once_it_is_reopened() -> None:
    found = silence(ON_HOLD, Waiting(referred=(7,)))
    assert found == ("the case is on hold", 'scr-intake case reopen N12 --reason "..."')
