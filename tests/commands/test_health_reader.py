"""The vital signs, as the digest of a real board tells them."""

from __future__ import annotations

import shutil
from datetime import datetime

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from outbox.health.health_for_digest import ServiceHealth
from outbox.writing.letter_text import letter_plain_text
from tests.board import Board


def looked(board: Board, at: str) -> ServiceHealth:
    with open_application(
        GlobalOptions(board.folder / "scr-intake.toml", datetime.fromisoformat(at))
    ) as app:
        return app.health_reader.read_health(app.now())


def told(board: Board) -> str:
    """The newest digest, as one line."""
    return " ".join(letter_plain_text(board.sent("administrator@board.example")[-1]).split())


def test_each_source_is_told_by_when_it_last_answered(loaded: Board) -> None:
    loaded.once(at="2010-04-01T07:59")
    answered = {s.name: s.answered for s in looked(loaded, "2010-04-01T09:00").sources}
    assert answered.keys() == {"mail-1", "drop"}
    assert {at.strftime("%H:%M") for at in answered.values() if at} == {"07:59"}


def test_a_source_that_is_away_is_asked_for_and_not_called_well(loaded: Board) -> None:
    loaded.once(at="2010-04-01T07:00")
    shutil.rmtree(loaded.folder / "mail")
    loaded.once(at="2010-04-01T08:00")
    assert "The mailbox cannot be reached since 07:00" in told(loaded)
    assert "All else is well with the folder" in told(loaded)


def test_a_backup_is_known_from_the_record(loaded: Board) -> None:
    assert looked(loaded, "2010-04-01T08:00").backed_up is None
    loaded.run("backup", loaded.folder / "copy", at="2010-04-01T02:00")
    loaded.once(at="2010-04-01T08:00")
    assert "last night's backup" in told(loaded)


def test_keys_that_are_retired_are_told(loaded: Board) -> None:
    loaded.run("keys", "rotate", at="2010-04-01T07:00")
    loaded.once(at="2010-04-01T08:00")
    assert "1 retired key, vault-1.key, still lies among the keys" in told(loaded)


def test_what_waits_to_be_judged_is_told_by_the_oldest(loaded: Board) -> None:
    loaded.drop("GP", b"anything")
    loaded.once(at="2010-04-01T07:00")
    assert looked(loaded, "2010-04-01T08:00").waits_since is None
    asked = GlobalOptions(loaded.folder / "scr-intake.toml", datetime(2010, 4, 1, 8, 0))
    with open_application(asked) as app, app.database.transaction():
        app.database.execute_insert(
            "INSERT INTO deliveries (source, form, place, content, size, received)"
            " VALUES ('mail-1', 'message', 'x', 'y', 1, '2010-04-01T05:00:00+00:00')"
        )
    since = looked(loaded, "2010-04-01T08:00").waits_since
    assert since is not None and f"{since:%H:%M}" == "06:00"
