"""A board to test on: made by `init`, worked through the command line, looked at as a person would.

Everything runs in the test's own folder. Times are given with `--at`, never waited for.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any
from unittest.mock import patch

from commands.program import main

CASE = """
reference        = "N12"
child_identifier = "N12/A"
decided          = 2010-03-01
complete_by      = 2010-09-01
period           = { from = 2007-01-01, to = 2010-02-14 }
key_issues       = ["Information sharing between agencies", "Response to injuries"]

[due]
chronology           = 2010-04-16
imr                  = 2010-05-28
qa_form              = 2010-05-28
evaluation_statement = 2010-05-28

[[subjects]]
name         = "Child N"
born         = 2007-05-09
relationship = "subject"

[[subjects]]
name         = "Mother"
born         = 1986-11-02
relationship = "mother"

[[agencies]]
code          = "GP"
name          = "Meadow Lane Surgery"
abbreviations = ["GP", "MLS"]
contacts = [
  { name = "Author One",       role = "author",       email = "author@meadowlane.example" },
  { name = "Commissioner One", role = "commissioner", email = "commissioner@meadowlane.example" },
]

[[agencies]]
code          = "POL"
name          = "Shire Police"
abbreviations = ["POL", "Police"]
contacts = [
  { name = "Author Two",       role = "author",       email = "author@shirepolice.example" },
  { name = "Commissioner Two", role = "commissioner", email = "commissioner@shirepolice.example" },
]
due = { chronology = 2010-04-30 }
"""


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def scr_intake(*words: object) -> Ended:
    """Run the command line in this process, as the console script would."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["scr-intake", *map(str, words)]
    with (
        patch.object(sys, "argv", argv),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
    return Ended(status, out.getvalue(), err.getvalue())


class Board:
    """One board's folder, and the commands run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        made = scr_intake("init", folder)
        assert made.status == 0, made.err
        settings = folder / "scr-intake.toml"
        # Nothing writes into a test's folder but the test: no need to wait for files to settle.
        text = settings.read_text().replace("settle_seconds = 1.0", "settle_seconds = 0.0")
        # Nor for a person to decide more.
        quiet = "decisions_quiet_minutes = "
        settings.write_text(text.replace(f"{quiet}10", f"{quiet}0"))
        self._mails = 0

    @classmethod
    def copied(cls, folder: Path, to: Path) -> Board:
        """A board that goes on from what another's folder holds."""
        shutil.copytree(folder, to, symlinks=True)
        board = cls.__new__(cls)
        board.folder, board._mails = to, 100  # whose mails have names of their own
        return board

    def run(self, *words: object, at: str = "2010-04-01T10:00") -> Ended:
        return scr_intake("--config", self.folder / "scr-intake.toml", "--at", at, *words)

    def load(self, text: str = CASE, at: str = "2010-03-02T09:00") -> Ended:
        file = self.folder / "case.toml"
        file.write_text(text)
        return self.run("case", "load", file, at=at)

    def once(self, at: str = "2010-04-01T10:00") -> Ended:
        return self.run("once", at=at)

    def drop(self, agency: str, content: bytes, name: str = "chronology.docx") -> Path:
        folder = self.folder / "drop" / agency
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_bytes(content)
        return path

    def mail(self, raw: bytes) -> Path:
        self._mails += 1
        path = self.folder / "mail" / "new" / f"1270112400.{self._mails}.test"
        path.write_bytes(raw)
        return path

    def status(self, at: str = "2010-04-01T10:00") -> Any:
        return self.run("status", "--json", at=at).json

    def returns(self, agency: str, at: str = "2010-04-01T10:00") -> dict[str, Any]:
        """The agency's returns by kind, as `status --json` tells them."""
        agencies = self.status(at)["cases"][0]["agencies"]
        found = next(a for a in agencies if a["code"] == agency)
        return {row["kind"]: row for row in found["returns"]}

    def sent(self, to: str | None = None) -> list[EmailMessage]:
        """The letters that were written to files, in order; only those `to` an address."""
        paths = sorted((self.folder / "sent").glob("*.eml"))
        letters = [message_from_bytes(p.read_bytes(), policy=SMTP) for p in paths]
        return [x for x in letters if to is None or x["To"].addresses[0].addr_spec == to]

    def answers(self, to: str = "author@meadowlane.example") -> list[EmailMessage]:
        """Letters to one person, other than reminders and chasers."""
        return [x for x in self.sent(to) if x["Auto-Submitted"] == "auto-replied"]
