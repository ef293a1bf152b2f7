"""Alerts by a program and a file, of a real board whose letters cannot leave."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.board import Board
from tests.commands.test_ways import by_smtp
from tests.flow.test_a_full_disk import disk, fill

__all__ = ["disk"]
BEGUN = datetime(2010, 3, 3, 9, 0)
SUBJECT = "action needed - letters cannot leave"


def told_by(board: Board, script: str = "cat >> {}", more: str = "") -> Path:
    """The board's alerts go to a program, and to the file `alerts.log`; the path that the program
    writes to."""
    out, page = board.folder.parent / "paged", board.folder.parent / "page"
    page.write_text(f"#!/bin/sh\n{script.format(out)}\n")
    page.chmod(0o755)
    settings = board.folder / "scr-intake.toml"
    ways = f'[alerts]\ncommand = ["{page}"]\nfile = "alerts.log"\n{more}\n[schedule]\n'
    settings.write_text(settings.read_text().replace("[schedule]\n", ways))
    out.touch()
    return out


def after(board: Board, minutes: int) -> list[str]:
    """A round so long after the first; what it met."""
    at = BEGUN + timedelta(minutes=minutes)
    return board.run("once", "--json", at=at.isoformat()).json["troubles"]  # type: ignore[no-any-return]


def test_that_letters_cannot_leave_is_told_once_by_each_way_and_so_is_the_end(
    loaded: Board,
) -> None:
    by_files = (loaded.folder / "scr-intake.toml").read_text()
    by_smtp(loaded, 'host = "localhost"', "port = 1")
    out = told_by(loaded)
    log = loaded.folder / "alerts.log"
    after(loaded, 0)
    after(loaded, 10)
    assert out.read_text() == "" and not log.exists(), "it may be over soon"
    for minutes in (16, 30, 60):
        after(loaded, minutes)
    text = out.read_text()
    assert text.count("Subject") == 0 and text.count(SUBJECT) == 1
    assert "The mail server cannot be reached." in text
    assert log.read_text().count(SUBJECT) == 1
    (loaded.folder / "scr-intake.toml").write_text(by_files)
    told_by(loaded)
    for minutes in (120, 121):
        after(loaded, minutes)
    assert out.read_text().count("letters leave again, no action needed") == 1
    mailed = [str(m["Subject"]) for m in loaded.sent("it@board.example")]
    assert not [s for s in mailed if "letters cannot leave" in s], "by mail it would come too late"


def test_a_program_that_does_not_take_it_is_tried_again_after_a_wait_and_is_ill_health(
    loaded: Board,
) -> None:
    by_smtp(loaded, 'host = "localhost"', "port = 1")
    out = told_by(loaded, "echo x >> {}; exit 3")
    after(loaded, 0)
    assert "An alert did not go by command: it ended with exit status 3." in after(loaded, 16)
    assert (loaded.folder / "alerts.log").exists(), "the other way is not kept waiting"
    after(loaded, 18)
    assert out.read_text() == "x\n"
    after(loaded, 22)
    assert out.read_text() == "x\nx\n"
    health = loaded.run("status", "--health", at=(BEGUN + timedelta(minutes=23)).isoformat()).out
    assert "An alert does not go by command (tries: 2): it ended with exit status 3" in health


def test_what_mail_can_tell_goes_by_it_unless_the_settings_want_both(loaded: Board) -> None:
    out = told_by(loaded)
    (loaded.folder / "mail").rename(loaded.folder / "elsewhere")
    for minutes in (0, 1, 40):
        after(loaded, minutes)
    assert len(loaded.sent("it@board.example")) == 1
    assert out.read_text() == ""
    settings = loaded.folder / "scr-intake.toml"
    settings.write_text(
        settings.read_text().replace("\n[alerts]\n", "\n[alerts]\nafter_minutes = 0\n")
    )
    after(loaded, 41)
    assert "the mailbox mail-1 cannot be reached" in out.read_text()


def test_doctor_looks_and_alerts_nobody_and_a_test_does_when_it_is_asked(loaded: Board) -> None:
    assert loaded.run("alerts", "test").status == 1, "there is no other way"
    out = told_by(loaded)
    assert "page, can be started." in loaded.run("doctor").out
    assert out.read_text() == "" and not (loaded.folder / "alerts.log").exists()
    tried = loaded.run("alerts", "test")
    assert (tried.status, tried.out) == (0, "By command: it was taken.\nBy file: it was taken.\n")
    assert "scr-intake: a test" in out.read_text()
    assert "/page" in loaded.run("alerts").out
    page = loaded.folder.parent / "page"
    for mode, says in ((0o644, "cannot be started."), (0o777, "Others can change the program")):
        page.chmod(mode)
        told = loaded.run("doctor")
        assert says in told.out and told.status == 1
    page.unlink()
    assert "page, is not there." in loaded.run("doctor").out
    assert loaded.run("alerts", "test").status == 1


def test_a_program_is_named_by_its_full_path(board: Board) -> None:
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + '\n[alerts]\ncommand = ["page"]\n')
    told = board.run("status")
    assert told.status == 2
    assert "alerts, command: should begin with the full path of a program" in told.err


def test_on_a_disk_that_is_full_the_alert_still_goes_once(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 115: nothing can be written down, and the program is on another disk."""
    from commands.composition.app import open_application
    from commands.global_options import GlobalOptions
    from commands.once import run_round

    board = Board(disk / "board")
    board.load()
    page, out = tmp_path / "page", tmp_path / "paged"
    page.write_text(f"#!/bin/sh\ncat >> {out}\n")
    page.chmod(0o755)
    settings = board.folder / "scr-intake.toml"
    settings.write_text(settings.read_text() + f'\n[alerts]\ncommand = ["{page}"]\n')
    with open_application(GlobalOptions(settings, datetime(2010, 4, 1, 10)), working=True) as app:
        run_round(app)
        board.drop("GP", b"x" * 100_000)
        ballast = fill(disk)
        for _ in range(3):
            run_round(app)
            list(app.alerts.dispatch_all((), app.now()))
        assert out.read_text().count("action needed - the disk is full, or nearly") == 1
        ballast.unlink()
        for _ in range(3):
            run_round(app)
            list(app.alerts.dispatch_all((), app.now()))
    assert out.read_text().count("the disk has room again") == 1
