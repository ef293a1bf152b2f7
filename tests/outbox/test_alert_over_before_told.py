"""An alert that was over before anybody could be told is dropped once, and not written for ever."""

from __future__ import annotations

from tests.board import Board
from tests.commands.test_ways import by_smtp

FILES = 'path      = "sent"'


def states_of_alerts(board: Board, at: str) -> list[str]:
    letters = board.run("letters", "--json", at=at).json
    return [letter["state"] for letter in letters if letter["kind"] == "alert"]


def test_a_digest_that_leaves_after_an_outage_ends_its_alerts(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    working = settings.read_text()
    assert FILES in working
    by_smtp(loaded, 'host = "localhost"', "port = 1")
    loaded.once("2010-04-06T08:05")
    loaded.once("2010-04-06T10:30")
    settings.write_text(working)
    for minute in range(40, 48):
        loaded.once(f"2010-04-06T10:{minute}")
    found = states_of_alerts(loaded, "2010-04-06T11:00")
    assert found == ["called back"] * len(found) and len(found) <= 2
