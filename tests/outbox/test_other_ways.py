"""A real program and a real file that take alerts, or do not."""

from __future__ import annotations

import os
import stat
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outbox.alerts import alert_channels
from outbox.alerts.alert_channels import AlertChannel, AlertText, CommandChannel, FileChannel

NOW = datetime(2010, 4, 1, 10, 0, tzinfo=UTC)
ALARM = AlertText("scr-intake: action needed - letters cannot leave", "Nothing is lost.\n")


def program(folder: Path, script: str) -> Path:
    path = folder / "page"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def told(way: AlertChannel, alarm: AlertText = ALARM) -> str:
    way.begin_delivery(alarm, NOW)
    while (why := way.delivery_result()) is None:
        time.sleep(0.02)
    return why


def test_a_program_gets_the_text_on_its_input_and_next_to_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "of the service")
    out = tmp_path / "out"
    path = program(tmp_path, f'cat > {out}; echo "$1" >> {out}; env >> {out}; pwd >> {out}')
    assert told(CommandChannel([str(path), "$(id); a b"], 30)) == ""
    text = out.read_text()
    assert text.startswith(f"{ALARM.subject}\n\n{ALARM.text}$(id); a b\n"), "without a shell"
    assert "SECRET" not in text
    assert text.endswith("\n/\n")


def test_a_program_that_does_not_take_it_is_told_by_how_it_ended(tmp_path: Path) -> None:
    table = [
        ("exit 3", "it ended with exit status 3"),
        ("kill -9 $$", "it was stopped by SIGKILL"),
        ("exec < /dev/null; exit 0", ""),
    ]
    for script, why in table:
        assert told(CommandChannel([str(program(tmp_path, script))], 30)) == why
    missing = CommandChannel([str(tmp_path / "gone")], 30)
    assert told(missing) == "it cannot be started: no such file or directory"
    long = AlertText("x" * 100_000, "")
    assert told(CommandChannel([str(program(tmp_path, "exec sleep 0.1"))], 30), long) == "", (
        "unread"
    )


def test_a_program_that_hangs_is_not_waited_for_and_is_stopped_with_its_children(
    tmp_path: Path,
) -> None:
    seconds = [0.0]
    child = tmp_path / "child"
    path = program(tmp_path, f"sleep 600 & echo $! > {child}.part; mv {child}.part {child}; wait")
    way = CommandChannel([str(path)], 30, lambda: seconds[0])
    began = time.monotonic()
    way.begin_delivery(ALARM, NOW)
    assert way.delivery_result() is None
    assert time.monotonic() - began < 5, "nobody waits"
    while not child.exists():
        time.sleep(0.02)
    seconds[0] = 31
    assert way.delivery_result() == "it took longer than 30 seconds"
    state = Path("/proc", child.read_text().strip(), "stat")
    deadline = time.monotonic() + 10
    while state.exists() and state.read_text().split()[2] != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_file_is_appended_to_and_is_the_service_s_alone(tmp_path: Path) -> None:
    path = tmp_path / "alerts.log"
    assert [told(FileChannel(path)) for _ in range(2)] == ["", ""]
    assert path.read_text() == (
        f"2010-04-01T10:00:00+00:00 {ALARM.subject}\n\nNothing is lost.\n\n" * 2
    )
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_has_grown_is_put_aside_and_one_that_is_a_link_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alert_channels, "MAX_FILE_BYTES", 100)
    path = tmp_path / "alerts.log"
    for _ in range(12):
        assert told(FileChannel(path)) == ""
    assert sorted(os.listdir(tmp_path)) == ["alerts.log", "alerts.log.1"]
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) < 500
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine")
    path.unlink()
    path.symlink_to(elsewhere)
    assert told(FileChannel(path)).startswith("it cannot be written: ")
    assert elsewhere.read_text() == "mine"
