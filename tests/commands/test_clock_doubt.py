"""A clock that is far from the last round: nothing leaves or is decided, what comes is kept."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Any

import pytest

from commands.composition import clock
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board, Ended, scr_intake

GP = build.make_chronology(build.STORIES["GP"])
RIGHT = datetime(2010, 4, 20, 10, 0)  # when the surgery's chronology is late, and chased
YEAR = timedelta(days=400)


class Machine:
    """The machine's clock, which a test steps."""

    def __init__(self) -> None:
        self.time = RIGHT

    def now(self, zone: tzinfo) -> datetime:
        return self.time.replace(tzinfo=zone)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    machine = Machine()
    monkeypatch.setattr(clock, "datetime", machine)
    return machine


def run(board: Board, *words: object) -> Ended:
    """By the machine's clock, without a word of what time it is."""
    return scr_intake("--config", board.folder / "scr-intake.toml", *words)


def letters(board: Board) -> int:
    return len(board.run("letters", "--json").json)


def file_to(board: Board) -> None:
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + '\n[alerts]\nfile = "alerts.log"\n')


@pytest.mark.parametrize("step", [YEAR, -YEAR])
def test_a_stepped_clock_lets_nothing_leave_and_is_told_and_ends_by_itself(
    loaded: Board, machine: Machine, step: timedelta
) -> None:
    file_to(loaded)
    run(loaded, "once")
    written, sent = letters(loaded), len(loaded.sent())
    machine.time = RIGHT + step
    loaded.drop("GP", GP)
    for _ in range(2):
        met: dict[str, Any] = run(loaded, "once", "--json").json
        assert met["troubles"][0].startswith("The clock says ")
    assert (letters(loaded), len(loaded.sent())) == (written, sent)
    assert loaded.status()["deliveries"]["spooled"] == 1, "what came is safe, and not judged"
    health = run(loaded, "status", "--health")
    assert health.status == 1
    assert health.out.startswith("DEGRADED  clock: The clock says")
    for words in (["outbox"], ["status"]):
        assert "No letter leaves: the clock is doubted. The clock says " in run(loaded, *words).out
    assert run(loaded, "clock").status == 1
    log = (loaded.folder / "alerts.log").read_text()
    assert log.count("action needed - the clock is doubted, and nothing is sent") == 1
    machine.time = RIGHT + timedelta(hours=1)
    assert "The clock is believed again." in run(loaded, "once").out
    assert loaded.returns("GP")["chronology"]["received"] == "2010-04-20"
    assert letters(loaded) > written
    assert run(loaded, "clock").status == 0
    assert "the clock is believed again" in (loaded.folder / "alerts.log").read_text()


def test_a_board_that_was_idle_for_so_long_is_believed_once_a_person_says_so(
    loaded: Board, machine: Machine
) -> None:
    run(loaded, "once")
    machine.time = RIGHT + YEAR
    loaded.drop("GP", GP)
    run(loaded, "once")
    assert run(loaded, "clock", "accept").status == 2, "without a reason"
    words = ("clock", "accept", "--reason", "The board was idle for a year")
    accepted = run(loaded, *words)
    assert accepted.status == 0
    assert "believed already" in run(loaded, *words).out
    log = run(loaded, "audit", "log").out
    assert "A person took the clock for right: The board was idle for a year" in log
    assert "GP: chronology accepted" in run(loaded, "once").out
    received = loaded.returns("GP", at=machine.time.isoformat())["chronology"]["received"]
    assert received == machine.time.date().isoformat(), "it came when the board woke, not before"
    assert loaded.run("audit", "verify").status == 0


def test_the_digest_says_from_when_to_when_nothing_was_sent(
    loaded: Board, machine: Machine
) -> None:
    run(loaded, "once")
    machine.time = RIGHT + YEAR
    run(loaded, "once")
    machine.time = RIGHT + timedelta(days=1)
    run(loaded, "once")
    digest = " ".join(letter_plain_text(loaded.sent("administrator@board.example")[-1]).split())
    assert "Nothing was sent from 10:00am on Tuesday 20 April 2010 to" in digest


def test_how_long_a_board_may_be_idle_is_a_setting_and_a_played_time_is_never_doubted(
    loaded: Board, machine: Machine
) -> None:
    run(loaded, "once")
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace("_after_days = 365", "_after_days = 30"))
    machine.time = RIGHT + timedelta(days=31)
    assert run(loaded, "clock").status == 1
    assert loaded.run("clock", at="2015-01-01T10:00").status == 0
    assert "The clock" not in loaded.once(at="2015-01-01T10:00").err


def test_doctor_says_that_the_clock_is_doubted(loaded: Board, machine: Machine) -> None:
    run(loaded, "once")
    machine.time = RIGHT + YEAR
    ended = run(loaded, "doctor")
    assert ended.status == 1 and "The clock is doubted." in ended.out
    assert "The clock is doubted." not in loaded.run("doctor").out, "--at is never doubted"
