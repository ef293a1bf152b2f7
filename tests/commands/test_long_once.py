"""A long `once`: it says how far it has come, and ends soon when it is told to."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from commands import once
from commands.composition.app import Application
from commands.rounds import stop_signals
from commands.rounds.round_report import RoundReport
from tests import builders as build
from tests.board import Board

SERVICE = "scr-returns@board.example"
STOPPED = "Stopped as it was told to. What is left is done the next time.\n"


def test_it_says_how_far_it_has_come(loaded: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over three thousand old messages it ran for minutes, and printed nothing."""
    monkeypatch.setattr(once, "PROGRESS_SECONDS", 0.0)
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    ended = loaded.once()
    assert "So far: 1 taken in, 0 left as they were, 1 judged, 2 letters sent." in ended.err
    assert "chronology accepted" in ended.out


def test_a_short_one_says_nothing_of_it(loaded: Board) -> None:
    assert "So far" not in loaded.once().err


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_it_leaves_off_between_two_things(
    loaded: Board, monkeypatch: pytest.MonkeyPatch, name: signal.Signals
) -> None:
    def endless(app: Application, report: RoundReport) -> Iterator[None]:
        while True:
            os.kill(os.getpid(), name)
            yield

    before = signal.getsignal(name)
    monkeypatch.setattr(once, "ROUND_STEPS", (endless,))
    ended = loaded.once()
    assert (ended.status, ended.out, ended.err) == (1, "", STOPPED)
    assert signal.getsignal(name) == before


def test_what_takes_long_is_left_in_hand(loaded: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that says nothing, or anything else that looks at no flag."""

    def hangs(app: Application, report: RoundReport) -> Iterator[None]:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(60)
        yield

    monkeypatch.setattr(once, "ROUND_STEPS", (hangs,))
    monkeypatch.setattr(stop_signals, "GRACE_SECONDS", 0.2)
    began = time.monotonic()
    assert loaded.once().err == STOPPED
    assert time.monotonic() - began < 30


def test_what_is_stopped_at_any_moment_loses_nothing(loaded: Board) -> None:
    """Each message is taken once and answered once, whenever it was told to stop."""
    paper = [("form.docx", build.make_chronology(build.STORIES["GP"]))]
    for n in range(6):
        loaded.mail(build.mail("author@meadowlane.example", SERVICE, f"N12 {n}", "Hello.", paper))
    words = ("once", "--config", loaded.folder / "scr-intake.toml", "--at", "2010-04-01T10:00")
    command = [sys.executable, "-m", "intake", *map(str, words)]
    for seconds in (1.5, 3.0):
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as working:
            time.sleep(seconds)
            began = time.monotonic()
            working.terminate()
            working.communicate(timeout=60)
            assert time.monotonic() - began < 5 or working.returncode == 0
    loaded.once()
    with closing(sqlite3.connect(loaded.folder / "register.db")) as register:
        assert register.execute("SELECT count(*) FROM deliveries").fetchone() == (6,)
    accepted = [letter for letter in loaded.answers() if "accepted" in letter["Subject"]]
    assert len(accepted) == 1
    assert loaded.once().out == "Nothing to do.\n"
