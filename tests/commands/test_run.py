"""`scr-intake run`, as systemd runs it: a process, signals, a socket to be told on."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest

from commands.rounds.round_events import change_events
from commands.rounds.round_report import RoundReport
from commands.run import notify_systemd, ping_watchdog
from tests import builders as build
from tests.board import CASE, Board, scr_intake

ROOT = Path(__file__).parents[2]
PATIENCE = 120.0  # seconds until a test gives up; nothing here is timed but the stop


class Listener:
    """The other end of NOTIFY_SOCKET, as systemd holds it: read at once, whoever asks or not."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(str(path))
        self._said: queue.Queue[str] = queue.Queue()
        self._reading = threading.Thread(target=self._listen, daemon=True)
        self._reading.start()

    def _listen(self) -> None:
        with self.socket:
            while said := self.socket.recv(4096):
                self._said.put(said.decode())

    def end(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as last:
            last.sendto(b"", str(self.path))
        self._reading.join()

    def heard(self) -> str:
        """What is said next, but for what is shown to people."""
        while (said := self.anything()).startswith("STATUS="):
            pass
        return said

    def anything(self) -> str:
        return self._said.get(timeout=PATIENCE)


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[Listener]:
    listening = Listener(tmp_path / "notify")
    yield listening
    listening.end()


@contextmanager
def service(
    board: Board, listener: Listener, at: str = "2010-04-01T10:00"
) -> Iterator[subprocess.Popen[str]]:
    """The service on a board. It is killed if the test leaves it running."""
    settings = board.folder / "scr-intake.toml"
    words = ["run", "--config", str(settings), "--at", at]
    env = {**os.environ, "NOTIFY_SOCKET": str(listener.path), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "intake", *words],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
def test_it_says_it_is_ready_works_says_it_is_alive_and_stops_when_told(
    loaded: Board, listener: Listener, name: signal.Signals
) -> None:
    """Failure modes 81 and 82."""
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    with service(loaded, listener) as process:
        assert listener.heard() == "READY=1"
        while loaded.returns("GP")["chronology"]["state"] != "accepted":
            assert listener.heard() == "WATCHDOG=1"  # something was done
        process.send_signal(name)
        asked = time.monotonic()
        out, err = process.communicate(timeout=PATIENCE)
        took = time.monotonic() - asked
    assert process.returncode == 0, err
    while (heard := listener.heard()) == "WATCHDOG=1":
        pass
    assert heard == "STOPPING=1"
    assert "Delivery 1: N12, GP: chronology accepted." in out
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"
    # The settings let it rest for half a minute between rounds: it did not wait for that.
    assert took < 10


def test_no_other_may_make_rounds_meanwhile_and_everybody_may_look_or_load(
    loaded: Board, listener: Listener
) -> None:
    """Failure mode 64."""
    with service(loaded, listener) as process:
        assert listener.heard() == "READY=1"
        ended = loaded.once()
        assert ended.status == 1
        assert ended.err == (
            "Another scr-intake is at work on this register. Only one may write at a time.\n"
        )
        assert loaded.run("status").status == 0
        changed = loaded.load(CASE.replace("2010-04-30", "2010-05-07"))
        assert (changed.status, changed.err) == (0, ""), "a case may be loaded at any time"
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert loaded.once().status == 0


def test_a_service_that_cannot_start_says_why_and_ends(board: Board, listener: Listener) -> None:
    (board.folder / "keys" / "marks.key").unlink()
    with service(board, listener) as process:
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert err.startswith("A key is not there, ")


def test_a_trouble_is_told_when_it_begins_and_a_source_when_it_is_back() -> None:
    """Failure mode 80b: not at every round."""
    well = RoundReport()
    away = RoundReport(troubles=["The source drop is not there."], away=["drop"])
    assert [event.says for event in change_events(well, away)] == ["The source drop is not there."]
    assert list(change_events(away, away)) == []
    assert [event.says for event in change_events(away, well)] == [
        "The source drop is there again."
    ]
    failed = RoundReport(troubles=["Letter 3 could not be sent."])
    assert list(change_events(failed, well)) == [], "a letter that failed is not mended by time"


def test_systemd_may_listen_on_an_abstract_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        name = f"scr-intake-test-{os.getpid()}"
        listening.bind(f"\0{name}")
        listening.settimeout(PATIENCE)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        notify_systemd("WATCHDOG=1")
        assert listening.recv(64) == b"WATCHDOG=1"


@pytest.mark.parametrize("stuck", [False, True])
def test_systemd_is_not_told_that_all_is_well_when_a_mailboxs_thread_is_stuck(
    monkeypatch: pytest.MonkeyPatch, stuck: bool
) -> None:
    """Failure mode 82."""
    told: list[str] = []
    monkeypatch.setattr("commands.run.notify_systemd", told.append)
    ping_watchdog([Mock(is_progressing=lambda: True), Mock(is_progressing=lambda: not stuck)])
    assert told == ([] if stuck else ["WATCHDOG=1"])


def test_nobody_asked_to_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify_systemd("WATCHDOG=1")


def test_its_help_says_that_it_stays(board: Board) -> None:
    assert "until it is told to stop" in scr_intake("run", "--help").out


def test_a_file_put_there_while_it_rests_is_taken_at_once(
    loaded: Board, listener: Listener
) -> None:
    """Events are a hint that is worth half a minute; here the next look would be in a day."""
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(
        settings.read_text()
        .replace("scan_seconds = 30", "scan_seconds = 86400")
        .replace('mode = "auto"', 'mode = "events"')
    )
    with service(loaded, listener) as process:
        assert [listener.heard() for _ in range(2)] == ["READY=1", "WATCHDOG=1"]
        loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
        done = loaded.folder / "drop" / "GP" / "done"
        while not done.exists():
            assert listener.heard() == "WATCHDOG=1"  # another round; none would be a time-out
        process.terminate()
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert out.startswith("Drop folder: looked at every 86400 seconds, and at once when")


def test_the_status_says_how_the_drop_folder_is_noticed(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(settings.read_text().replace('mode = "auto"', 'mode = "poll"'))
    told = 'Drop folder: looked at every 30 seconds (the settings say "poll").'
    assert told in loaded.run("status").out
    assert loaded.status()["drop"] == {"events": False, "why": 'the settings say "poll"'}
