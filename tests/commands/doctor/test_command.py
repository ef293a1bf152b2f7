"""`scr-intake doctor`: the frame in which checks are run and told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from commands.doctor import command
from commands.doctor.check import (
    DoctorCheck,
    DoctorContext,
    DoctorResult,
    soon_result,
    well_result,
    wrong_result,
)
from tests.board import Board

SECRET = "Zebedee Quillfeather"


def fine(_: DoctorContext) -> Iterator[DoctorResult]:
    yield well_result("All is there.")


def ends(_: DoctorContext) -> Iterator[DoctorResult]:
    yield soon_result("It ends in 9 days.", "Have it renewed.")


def broken(_: DoctorContext) -> Iterator[DoctorResult]:
    yield well_result("This much was seen.")
    raise ValueError(SECRET)


def bad(_: DoctorContext) -> Iterator[DoctorResult]:
    yield wrong_result("It is not there.", "Put it there.")


def checks(monkeypatch: pytest.MonkeyPatch, *looks: object) -> None:
    made = tuple(DoctorCheck(look.__name__.title(), look) for look in looks)  # type: ignore[attr-defined,arg-type]
    monkeypatch.setattr(command, "DOCTOR_CHECKS", made)


def test_what_is_well_is_told_in_a_line_each_and_ends_well(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks(monkeypatch, fine, ends)
    ended = board.run("doctor")
    assert ended.status == 0
    assert ended.out.splitlines() == [
        "Fine",
        "  ok     All is there.",
        "Ends",
        "  soon   It ends in 9 days.",
        "         Have it renewed.",
    ]


def test_what_is_wrong_says_what_to_do_and_ends_with_one(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks(monkeypatch, bad, fine)
    ended = board.run("doctor", "--json")
    assert ended.status == 1
    assert ended.json == [
        {"about": "Bad", "state": "wrong", "sentence": "It is not there.", "fix": "Put it there."},
        {"about": "Fine", "state": "well", "sentence": "All is there.", "fix": ""},
    ]


def test_a_check_that_breaks_is_told_without_its_message_and_stops_no_other(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 6, failure mode 89."""
    checks(monkeypatch, broken, fine)
    ended = board.run("doctor")
    assert ended.status == 1
    assert "This much was seen." in ended.out
    assert "All is there." in ended.out
    assert "ValueError at test_command.py" in ended.out
    assert SECRET not in ended.out + ended.err


def test_every_check_of_the_table_runs_on_a_new_board(board: Board) -> None:
    assert "not written for" not in board.run("doctor").out
