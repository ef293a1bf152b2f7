"""All that is kept is looked through whole once a night, by the backup or by the service, and what
is found is told to the operator and the administrator."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from commands.composition import look_in_hand
from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from commands.once import run_round
from handlers.register import audit_log, reconciliation, row_proofs
from handlers.register.fault import Look
from handlers.register.whole_looks import latest_look
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board

GP = build.make_chronology(build.STORIES["GP"])
FOUND = "A look through all that is kept found {} not as recorded, or not there."
VERIFIED, FAULTS = "verified", "faults found"


@pytest.fixture
def used(begin: Callable[[Callable[[Board], object]], Board]) -> Board:
    return begin(chronology_taken)


def chronology_taken(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()


def looks(board: Board) -> list[tuple[str, str, int]]:
    """What each look came to, its day, and how many faults it found."""
    with closing(sqlite3.connect(board.folder / "register.db")) as raw:
        rows = raw.execute(
            "SELECT what, detail FROM record WHERE what IN (?, ?) ORDER BY seq", (VERIFIED, FAULTS)
        ).fetchall()
    told = [(what, json.loads(detail)) for what, detail in rows]
    return [(what, detail["day"], detail["faults"]) for what, detail in told]


def the_original(board: Board) -> Path:
    (path,) = (board.folder / "vault").glob("??/*")
    return path


def rot(board: Board) -> bytes:
    path = the_original(board)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    return whole


def forge(board: Board) -> None:
    """A letter that has left, which no round looks at."""
    with closing(sqlite3.connect(board.folder / "register.db")) as raw, raw:
        triggers = raw.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'letters'"
        ).fetchall()
        for name, _ in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE letters SET sent = '2010-03-29T10:00:00+00:00' WHERE id = 1")
        for _, sql in triggers:
            raw.execute(sql)


def degraded(board: Board, at: str) -> dict[str, str]:
    told = board.run("status", "--health", "--json", at=at).json["conditions"]
    return {each["about"]: each["says"] for each in told if each["degraded"]}


def test_once_a_night_and_from_three_on(used: Board) -> None:
    assert looks(used) == [(VERIFIED, "2010-04-01", 0)], "the night before had none"
    for at in ("2010-04-01T23:00", "2010-04-02T02:50"):
        used.once(at=at)
    assert len(looks(used)) == 1
    for at in ("2010-04-02T03:00", "2010-04-02T09:00"):
        used.once(at=at)
    assert looks(used)[1:] == [(VERIFIED, "2010-04-02", 0)]
    health = used.run("status", "--health", at="2010-04-02T09:00").out
    assert "It was looked through at 3:00am on Friday 2 April 2010" in " ".join(health.split())


@pytest.mark.parametrize("at", ["2010-04-01T23:00", "2010-04-02T01:30"])
def test_a_night_with_a_backup_is_not_looked_through_again(
    used: Board, tmp_path: Path, at: str
) -> None:
    used.run("backup", tmp_path / "copy", at=at)
    used.once(at="2010-04-02T04:00")
    assert looks(used)[1:] == [(VERIFIED, at[:10], 0)]


@pytest.mark.parametrize("copied_before", [False, True])
@pytest.mark.parametrize("harm", [rot, forge, lambda board: the_original(board).unlink()])
def test_a_backup_looks_through_what_is_in_use(
    used: Board, tmp_path: Path, harm: Callable[[Board], object], copied_before: bool
) -> None:
    """Not its own copy alone: which of both is spoiled it knows."""
    if copied_before:
        used.run("backup", tmp_path / "copy", at="2010-04-02T01:30")
    harm(used)
    used.run("backup", tmp_path / "copy", at="2010-04-03T01:30")
    assert looks(used)[-1] == (FAULTS, "2010-04-03", 1)
    found = {"what is kept": FOUND.format("1 thing that is")}
    assert found.items() <= degraded(used, "2010-04-03T01:31").items()


def test_what_is_found_at_night_is_told_to_the_operator_and_the_administrator_until_it_is_mended(
    used: Board,
) -> None:
    settings = used.folder / "scr-intake.toml"
    settings.write_text(f'{settings.read_text()}\n[alerts]\nfile = "alerts.log"\n')
    whole = rot(used)
    ended = used.once(at="2010-04-02T04:00")
    assert "A look through all that is kept" in (used.folder / "alerts.log").read_text()
    assert ended.status == 1
    assert FOUND.format("1 thing that is") in " ".join(ended.err.split())
    assert "\nscr-intake audit verify --originals" in ended.err
    (alert,) = used.sent("it@board.example")
    assert "not as it was recorded" in alert["Subject"]
    assert used.once(at="2010-04-02T05:00").status == 0, "told once"
    used.once(at="2010-04-06T08:00")
    says = " ".join(letter_plain_text(used.sent("administrator@board.example")[-1]).split())
    assert (
        "A look through all that is kept, at 04:00 on Friday 2 April, found 1 thing that is not as"
        " recorded, or not there."
    ) in says
    assert "what is kept" in degraded(used, "2010-04-06T08:01")
    the_original(used).write_bytes(whole)
    used.once(at="2010-04-07T03:00")
    assert looks(used)[-1] == (VERIFIED, "2010-04-07", 0)
    assert "what is kept" not in degraded(used, "2010-04-07T03:01")
    assert "no action needed" in used.sent("it@board.example")[-1]["Subject"]
    used.once(at="2010-04-07T08:00")
    says = " ".join(letter_plain_text(used.sent("administrator@board.example")[-1]).split())
    assert "all that is kept (looked through at 03:00)" in says


def at_work(board: Board, at: str) -> AbstractContextManager[Application]:
    settings = board.folder / "scr-intake.toml"
    return open_application(GlobalOptions(settings, datetime.fromisoformat(at)), working=True)


def _is_over(app: Application) -> bool:
    """Asked on the connection in use: another SQLite in this process would take its locks away."""
    last = latest_look(app.database)
    return last is not None and last.at == app.now()


def test_it_goes_on_from_round_to_round_and_what_is_written_meanwhile_is_no_damage(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each round does a piece, and in between takes in and logs what came."""
    for module in (audit_log, reconciliation, row_proofs):
        monkeypatch.setattr(module, "PIECE_ROWS", 20)
    times, whole = list[int](), look_in_hand.look_through
    monkeypatch.setattr(
        look_in_hand, "look_through", lambda *about: times.append(1) or whole(*about)
    )
    with at_work(used, "2010-04-02T04:00") as app:
        rounds = 0
        while not _is_over(app):
            rounds += 1
            used.drop("POL", build.make_chronology(build.STORIES["POL"]), f"{rounds}.docx")
            assert run_round(app, step_seconds=0).more
            assert rounds < 100
    assert rounds > 5
    assert looks(used)[1:] == [(VERIFIED, "2010-04-02", 0)]
    assert times == [1], "it was well at the first look"


def test_what_is_gone_at_a_second_look_was_never_a_fault(
    used: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as an original that is destroyed while the look is at it."""
    path, times = the_original(used), list[int]()
    kept = path.rename(path.with_name(".kept"))
    whole = look_in_hand.look_through

    def looked(*about: Any) -> Look:
        times.append(1)
        yield from whole(*about)
        if kept.exists():
            kept.rename(path)

    monkeypatch.setattr(look_in_hand, "look_through", looked)
    used.once(at="2010-04-02T04:00")
    assert len(times) == 2
    assert looks(used)[1:] == [(VERIFIED, "2010-04-02", 0)]


def test_the_record_is_asked_once_a_night(used: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round that has nothing to do is no slower for it."""
    asked: list[int] = []
    latest = look_in_hand.latest_look
    monkeypatch.setattr(
        look_in_hand, "latest_look", lambda database: asked.append(1) or latest(database)
    )
    with at_work(used, "2010-04-01T12:00") as app:
        for _ in range(3):
            run_round(app)
    assert asked == [1]
