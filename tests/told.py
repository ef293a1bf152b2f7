"""What was told of a board, and what came of it: the digest's lines, what waits, the record.

Does: reads the digest as a person would, numbered line by numbered line, with the names in it.
Trusts: nothing.
Never touches: a register but through an application of its own; no letter goes out for a preview.
Known limits: the block "Needs you" alone is taken apart.
"""

from __future__ import annotations

import re

from commands.composition.app import open_application
from tests.board import Board
from tests.floods import AT, asked

REASON = ("--reason", "Advertising")


def digest(board: Board, at: str = AT) -> str:
    """With every command."""
    return board.run("digest", "--preview", "--all", at=at).out


def newest(board: Board) -> str:
    """All that the digest could tell at the moment of the last one, with its commands, as one
    line."""
    return " ".join(newest_lines(board).split())


def newest_lines(board: Board) -> str:
    sent = board.sent("administrator@board.example")
    last = [letter for letter in sent if letter["X-SCR-Intake"] == "digest"][-1]
    at = last["Date"].datetime.strftime("%Y-%m-%dT%H:%M")
    return board.run("digest", "--preview", "--all", at=at).out


def needs(text: str) -> list[str]:
    """The numbered lines below "Needs you" but that on the backup, each with what hangs on it."""
    _, _, below = text.partition("Needs you")
    block = below.partition("\n\n")[0]
    found = [" ".join(each.split()) for each in re.split(r"\n  \d+\. ", block)[1:]]
    return [each for each in found if "backup" not in each]


def names(text: str, command: str = "reject --group") -> list[str]:
    return re.findall(rf"scr-intake {command} ([0-9a-f-]+)", text)


def record(board: Board) -> list[tuple[object, object]]:
    with open_application(asked(board)) as app:
        rows = app.database.fetch_rows(
            "SELECT detail ->> 'entry' AS e, detail ->> 'did' AS d FROM record"
            " WHERE what = 'decided' ORDER BY seq"
        )
        return [(row["e"], row["d"]) for row in rows]


def waiting(board: Board) -> list[int]:
    return [each["id"] for each in board.run("held", "--json").json]
