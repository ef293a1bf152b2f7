"""`scr-intake due`, as the administrator asks it."""

from __future__ import annotations

from tests.board import Board
from tests.outbox.test_undecided import asks, chaired


def test_it_says_who_would_be_chased_on_which_day_and_sends_nothing(loaded: Board) -> None:
    said = loaded.run("due", "--from", "2010-04-16", "--to", "2010-04-19")
    assert said.status == 0
    assert said.out == (
        "Friday 16 April 2010\n"
        "  N12  Meadow Lane Surgery: reminder to Author One, for the chronology\n"
        "  N12  Shire Police: reminder to Author Two, for the chronology\n"
        "Monday 19 April 2010\n"
        "  N12  Meadow Lane Surgery: chaser to Author One, for the chronology\n"
        "  N12  Meadow Lane Surgery: chaser to Commissioner One, for the chronology\n"
    )
    assert loaded.sent() == []


def test_it_foretells_what_then_happens(loaded: Board) -> None:
    (first, *_) = loaded.run("due", "--from", "2010-04-19", "--to", "2010-04-19", "--json").json
    assert (first["day"], first["letter"]) == ("2010-04-19", "chaser")
    loaded.once(at="2010-04-19T09:30")
    subjects = [str(letter["Subject"]) for letter in loaded.sent()]
    assert any("chronology is late" in subject for subject in subjects)


def test_days_in_which_nobody_would_be_written_to_are_told_as_that(loaded: Board) -> None:
    said = loaded.run("due", "--from", "2010-03-03", "--to", "2010-03-05")
    assert said.out == (
        "Nobody would be written to from Wednesday 3 March 2010 to Friday 5 March 2010.\n"
    )


def test_what_would_be_drafted_about_a_decision_that_waits_is_foretold(board: Board) -> None:
    chaired(board)
    asks(board)
    said = board.run("due", "--to", "2010-04-30", at="2010-04-14T10:00").out
    line = "N12  Meadow Lane Surgery: a draft for you to release, to The Chair's Office,"
    assert said.count(f"{line} about what waits for a decision: the chronology") == 1
    assert line in said.partition("Tuesday 20 April 2010\n")[2].splitlines()[0]
    board.once("2010-04-20T10:00")
    after = board.run("due", "--to", "2010-04-30", at="2010-04-20T11:00").out
    assert "about what waits for a decision" not in after


def test_days_the_wrong_way_round_are_told(loaded: Board) -> None:
    said = loaded.run("due", "--from", "2010-04-19", "--to", "2010-04-01")
    assert said.status == 2
    assert "--to lies after --from" in said.err
