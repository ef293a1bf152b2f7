"""`case hold|reopen|close`."""

from __future__ import annotations

from tests import builders as build
from tests.board import Board, Ended

LATE = "2010-04-20T10:00"


def put(board: Board, what: str) -> Ended:
    return board.run("case", what, "N12", "--reason", "The court asks", "--yes")


def chased(board: Board) -> bool:
    board.once(at=LATE)
    return any("late" in x["Subject"] for x in board.sent("author@meadowlane.example"))


def test_nothing_is_chased_in_a_case_on_hold_until_it_goes_on(loaded: Board) -> None:
    ended = put(loaded, "hold")
    assert ended.out.splitlines()[0] == "N12 is open, and becomes on hold."
    assert not chased(loaded)
    put(loaded, "reopen")
    assert chased(loaded)


def test_what_comes_for_a_closed_case_is_held(loaded: Board) -> None:
    put(loaded, "close")
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once()
    assert loaded.status()["held"] == 1


def test_a_case_is_put_where_it_is_not_yet(loaded: Board) -> None:
    assert put(loaded, "reopen").err == "N12 is open already.\n"
    put(loaded, "close")
    assert put(loaded, "hold").err == "N12 is closed. Reopen it first.\n"
