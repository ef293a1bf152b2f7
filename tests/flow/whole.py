"""The whole round, with the real judges and letters: one message and one dropped file.

Does: lays out a board with an arrival in the mailbox and one in the drop folder, runs `scr-intake
once` on it, and says what is wrong afterwards.
Trusts: nothing of what it checks; it looks with a connection of its own.
Never touches: anything outside its folder.
Known limits: none.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from intake.keys import read_keys
from intake.vault import Vault
from tests import builders as build
from tests.board import Board
from tests.flow.onlooker import Onlooker

GP, POL = "author@meadowlane.example", "author@shirepolice.example"


@cache
def arrivals() -> dict[str, bytes]:
    """What lies where: a good chronology by mail, one to mend by the drop folder."""
    good = build.make_chronology(build.STORIES["GP"])
    spoiled = build.with_cell(build.make_chronology(build.STORIES["POL"]), 5, "Date", "Feb 2009")
    mail = build.mail(GP, "scr-returns@board.example", "N12", "Attached.", [("x.docx", good)])
    return {"mail/new/1270112400.1.test": mail, "drop/POL/chronology.docx": spoiled}


class Whole:
    """A board with both, and what it comes to."""

    def __init__(self, folder: Path) -> None:
        self._board = Board(folder)
        assert self._board.load().status == 0
        for name, content in arrivals().items():
            (folder / name).write_bytes(content)
        vault = Vault(folder / "vault", read_keys(folder / "keys"))
        self._onlooker = Onlooker(folder, vault, arrivals())

    def round(self) -> None:
        self._board.once()

    def missing(self) -> list[str]:
        """What is neither at its source nor in the spool, whole."""
        return self._onlooker.missing()

    def wrong(self) -> list[str]:
        """What is not as it should be once everything has been dealt with; [] when all is."""
        rows = self._onlooker.rows(
            "SELECT source, state, released IS NULL FROM deliveries ORDER BY source"
        )
        entries = self._onlooker.rows("SELECT verdict FROM entries ORDER BY verdict")
        answers = [[x["Subject"] for x in self._board.answers(to)] for to in (GP, POL)]
        states = self._onlooker.rows("SELECT DISTINCT state FROM letters")
        checks = {
            "each is one delivery, judged and let go": rows
            == [("drop", "judged", 0), ("mail-1", "judged", 0)],
            "each is one entry": entries == [("accept",), ("reject",)],
            "each has one answer": [len(letters) for letters in answers] == [1, 1],
            "every letter is sent": states == [("sent",)],
            "the sources are empty": not self._onlooker.left(),
            "each is in the vault": not self.missing(),
        }
        return [f"not so: {told}" for told, true in checks.items() if not true]
