"""A message that reaches a board, and what comes of it, as a person could see.

Does: loads the example case, puts one message into the mailbox, runs `once` a few times, and reads
back the entries, the answers to the author and what is remembered of them.
Trusts: the database's tables for what no command prints.
Never touches: anything outside its folder.
Known limits: one message a board, unless it is told of more.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.board import Board

AT = "2010-04-01T10:00"
AUTHOR = "author@meadowlane.example"
Entry = tuple[str | None, str, str]


@dataclass(frozen=True, slots=True)
class Came:
    """Entries as (kind, verdict, reason), answers to the author, the absence as (until, deputy
    noted), the marks of a machine."""

    board: Board
    entries: tuple[Entry, ...]
    answers: tuple[EmailMessage, ...]
    away: tuple[str | None, ...]
    automatic: str

    @property
    def subject(self) -> str:
        """That of the one answer, without its marking; "" where there is none."""
        assert len(self.answers) <= 1
        return self.answers[0]["Subject"].partition("SCR N12: ")[2] if self.answers else ""

    @property
    def text(self) -> str:
        (answer,) = self.answers
        plain = answer.get_body(("plain",))
        assert plain is not None
        return " ".join(str(plain.get_content()).split())

    def chased(self, at: str = "2010-04-19T10:00") -> bool:
        """Whether the author is written to once the chronology is overdue."""
        before = len(self.board.sent(AUTHOR))
        self.board.once(at=at)
        return len(self.board.sent(AUTHOR)) > before


def arriving(folder: Path, *raw: bytes) -> Came:
    board = Board(folder / "board")
    assert board.load().status == 0
    for one in raw:
        board.mail(one)
    for _ in range(2):
        board.once(at=AT)
    return seen(board)


def seen(board: Board, to: str = AUTHOR) -> Came:
    def rows(sql: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(next(board.folder.glob("**/*.db")))) as database:
            return database.execute(sql).fetchall()

    marks = {automatic for (automatic,) in rows("SELECT automatic FROM origins")}
    return Came(
        board,
        tuple(
            (k, v, r) for k, v, r in rows("SELECT kind, verdict, reason FROM entries ORDER BY id")
        ),
        tuple(board.answers(to)),
        tuple(until for (until,) in rows("SELECT until FROM absences")),
        "".join(marks - {""}),
    )
