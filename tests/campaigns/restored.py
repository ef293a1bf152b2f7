"""Kills during backup, restore, recover, the rotation of keys and the withdrawal of an original.

Does: `python -m tests.campaigns.restored [--kills N] [--seed N] [--servers]` plays some days on a
board, backs it up in their middle, and has each of the five works killed, up to eight times in a
row: at every write, link, rename and commit in turn, and at moments drawn by lot. With `--servers`
the board's mail comes and goes by a real Postfix and Dovecot. Looks after them whether
what there was before still holds, and once the work was let run to its end whether it came out as
one that was never killed. Exit status 1, and the seed, if anything was wrong.
Trusts: that it has one thread, so that it may fork. A trial is its seed and its number.
Never touches: anything outside a temporary folder.
Known limits: those of `tests/flow/faults.py`: no power is cut. The worker's own processes are not
killed with the command; they end by themselves. A server is never killed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from intake.keys import read_keys
from intake.vault import OriginalMissing, SealBroken, Vault
from tests import builders as build
from tests import fork_servers
from tests.board import Board
from tests.builders_mail import mail
from tests.campaigns import behind_servers
from tests.campaigns.behind_servers import BehindServers
from tests.flow.faults import Steps, killed

CHANGING = frozenset({"write", "pwrite", "link", "rename", "unlink", "mkdir", "COMMIT"})
MOST_KILLS = 8  # in a row
MOST_OF_RECOVER = 2  # a document that ended three tries is set aside
BACKED_UP, RESTORED = "2010-04-12T12:00", "2010-04-20T15:00"
WITHDRAWN = 2  # the entry: the police's chronology, by mail
GP, POL = (build.make_chronology(build.STORIES[code]) for code in ("GP", "POL"))
ARRIVALS = "SELECT source, place, content, received FROM deliveries"
ENTRIES = """
SELECT d.id, d.source, d.place, d.content, d.received, e.position, e.part, e.content, e.kind,
       e.verdict FROM deliveries d LEFT JOIN entries e ON e.delivery_id = d.id
"""
LETTERS = "SELECT kind, message_id, sent, contact_id FROM letters WHERE sent IS NOT NULL"
RETURNS = "SELECT agency_id, kind, state, received, accepted, due FROM returns"
TOLD = "SELECT * FROM told_before"
Rows = list[Counter[tuple[object, ...]]]


@dataclass(frozen=True)
class Ground:
    """Where every trial begins: a board with some days behind it, and its backup `copy` from their
    middle beside it; behind servers, if it is."""

    folder: Path
    servers: BehindServers | None = None

    @property
    def copy(self) -> Path:
        return self.folder / "copy"

    def board(self, to: Path) -> Board:
        """A copy of the board, with its mailboxes as they were."""
        if self.servers is not None:
            self.servers.put_mailboxes_back()
        return Board.copied(self.folder / "board", to)

    def letters(self, board: Board) -> Counter[str]:
        """To whom letters went, but for the board's own officers."""
        if self.servers is not None:
            return self.servers.letters()
        sent = [str(x["To"]) for x in board.sent()]
        return Counter(to for to in sent if "board.example" not in to)


def rows(register: Path) -> Rows:
    asked = (ARRIVALS, LETTERS, ENTRIES, RETURNS, TOLD)
    with closing(sqlite3.connect(register)) as db:
        return [Counter(db.execute(sql).fetchall()) for sql in asked]


def laid_out(folder: Path, servers: BehindServers | None = None) -> Ground:
    board = Board(folder / "board")
    if servers is not None:
        servers.attach(board)
    board.load()
    board.drop("GP", build.with_cell(GP, 22, "Source of Information", ""))
    board.once("2010-04-09T10:00")
    assert board.run("backup", folder / "copy", at=BACKED_UP).status == 0
    sent = [("chronology.docx", POL)]
    message = mail("author@shirepolice.example", "scr@board.example", "N12", attachments=sent)
    if servers is None:
        board.mail(message)
    else:
        servers.arrive(message)
    board.drop("GP", GP, "mended.docx")
    board.once("2010-04-14T10:00")
    board.drop("GP", GP, "again.docx")
    board.once("2010-04-16T10:00")
    because = ("--agreed-by", "The Chair", "--reason", "The author rang", "--yes")
    extended = ("extend", "N12", "GP", "imr", "--until", "2010-07-01", *because)
    assert board.run(*extended, at="2010-04-16T11:00").status == 0
    board.once("2010-04-16T12:00")
    if servers is not None:
        servers.keep_mailboxes()
    return Ground(folder, servers)


class BackupWork:
    """A backup that there is already is brought up to date."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.board = ground.board(folder / "board")
        self.copy = folder / "copy"
        shutil.copytree(ground.copy, self.copy)
        self._folder = folder
        self._tried = count()

    def run(self) -> int:
        return self.board.run("backup", self.copy, "--keep", "2", at=RESTORED).status

    def holds(self) -> list[str]:
        """Whatever there is can be restored."""
        target = self._folder / f"tried-{next(self._tried)}"
        ended = self.board.run("restore", self.copy, target, at=RESTORED)
        return [] if ended.status == 0 else [f"cannot be restored: {ended.err}"]

    def wrong(self) -> list[str]:
        if rows(self.copy / "register.db") != rows(self.board.folder / "register.db"):
            return ["the backup is not what was backed up"]
        return self.holds()


class RestoreWork:
    """Whoever restores empties the folder that a kill left half full."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.board = ground.board(folder / "board")
        self._copy, self._target = ground.copy, folder / "back"
        self._was = sorted(path.stat().st_mtime_ns for path in self._copy.rglob("*"))

    def run(self) -> int:
        shutil.rmtree(self._target, ignore_errors=True)
        return self.board.run("restore", self._copy, self._target, at=RESTORED).status

    def holds(self) -> list[str]:
        now = sorted(path.stat().st_mtime_ns for path in self._copy.rglob("*"))
        return [] if now == self._was else ["the backup was changed"]

    def wrong(self) -> list[str]:
        same = rows(self._target / "register.db") == rows(self._copy / "register.db")
        return self.holds() + ([] if same else ["what was restored is not what was backed up"])


class RecoverWork:
    """The register is put back beside the vault that was in use."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.board = ground.board(folder / "board")
        self._ground = ground
        self.never = rows(self.board.folder / "register.db")
        for path in self.board.folder.glob("register.db*"):
            path.unlink()
        shutil.copy(ground.copy / "register.db", self.board.folder / "register.db")

    def run(self) -> int:
        return self.board.run("recover", at=RESTORED).status

    def holds(self) -> list[str]:
        """Nothing counts twice, whatever there is by now."""
        found = rows(self.board.folder / "register.db")
        more = [here - there for here, there in zip(found[:2], self.never[:2], strict=True)]
        return [f"counted twice: {each}" for each in more if each]

    def wrong(self) -> list[str]:
        found = rows(self.board.folder / "register.db")
        sent = self._ground.letters(self.board)
        self.board.once(at=RESTORED)
        checks = {
            "what came is there": (found[0], found[2]) == (self.never[0], self.never[2]),
            "the record is whole": self.board.run("audit", "verify", at=RESTORED).status == 0,
            "nobody gets a letter twice": self._ground.letters(self.board) == sent,
        }
        checks["every letter is known to have left"] = not found[1] - self.never[1] and all(
            kind in ("extension", "alert") for kind, *_ in (self.never[1] - found[1])
        )
        return [f"not so: {told}" for told, true in checks.items() if not true]


class RotateWork:
    """All that is kept opens at every moment."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.board = ground.board(folder / "board")

    def run(self) -> int:
        return self.board.run("keys", "rotate", at=RESTORED).status

    def holds(self) -> list[str]:
        vault = Vault(self.board.folder / "vault", read_keys(self.board.folder / "keys"))
        for mark in vault.list_marks():
            vault.read_original(mark)
        ended = self.board.run("audit", "verify", at=RESTORED)
        return [] if ended.status == 0 else [f"not whole: {ended.err}"]

    wrong = holds


class WithdrawWork:
    """Another child's file is destroyed: the row first, then the key."""

    def __init__(self, ground: Ground, folder: Path) -> None:
        self.board = ground.board(folder / "board")
        self._copy = ground.copy

    def run(self) -> int:
        """Done once; what was done already is refused, and is no failure."""
        words = ("--reason", "Another child's file", "--by", "Jo Bloggs", "--yes")
        ended = self.board.run("entry", "withdraw", WITHDRAWN, *words, at=RESTORED)
        return 0 if self._state() == "withdraw" else ended.status

    def holds(self) -> list[str]:
        """It is there and opens, or it is withdrawn; and the record is whole."""
        ended = self.board.run("audit", "verify", at=RESTORED)
        told = [] if ended.status == 0 else [f"not whole: {ended.err}"]
        if self._state() != "withdraw" and not self._kept():
            told.append("destroyed, and not withdrawn")
        return told

    def wrong(self) -> list[str]:
        self.board.run("status", at=RESTORED)  # whichever command comes next finishes it
        told = ["what was withdrawn is there still"] if self._kept() else []
        if len(left := self._letters()) != 1:
            told.append(f"confirmed by {len(left)} letters")
        return told + self.holds()

    def _state(self) -> str | None:
        shown = self.board.run("show", WITHDRAWN, "--json", at=RESTORED).json
        return None if shown["decided"] is None else str(shown["decided"])

    def _kept(self) -> bool:
        """Whether the original can be read with the keys that are there."""
        vault = Vault(self.board.folder / "vault", read_keys(self.board.folder / "keys"))
        with closing(sqlite3.connect(self.board.folder / "register.db")) as db:
            (mark,) = db.execute(
                "SELECT content FROM entries WHERE id = ?", (WITHDRAWN,)
            ).fetchone()
        try:
            return bool(vault.read_original(mark))
        except (OriginalMissing, SealBroken):
            return False

    def _letters(self) -> list[object]:
        self.board.once(at=RESTORED)
        listed = self.board.run("letters", "--json", at=RESTORED).json
        return [x for x in listed if x["kind"] == "withdrawal"]


WORKS = {
    "backup": BackupWork,
    "restore": RestoreWork,
    "recover": RecoverWork,
    "rotate": RotateWork,
    "withdraw": WithdrawWork,
}
AnyWork = BackupWork | RestoreWork | RecoverWork | RotateWork | WithdrawWork


def ended_by_kill(work: AnyWork, steps: Steps | None, seconds: float) -> bool:
    """Have the work begin in a process of its own, and be killed at a step, or after so long."""
    child = os.fork()
    if child == 0:
        try:
            if steps is None:
                work.run()
            else:
                with steps.counted():
                    work.run()
        finally:
            os._exit(0)
    if steps is None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@dataclass
class KilledWork:
    """One of the works: how many steps it takes in peace, and for how long."""

    name: str
    make: Callable[[Ground, Path], AnyWork]
    ground: Ground
    steps: int = 0
    seconds: float = 0.0
    kills: Counter[str] = field(default_factory=Counter)

    def measure(self, folder: Path) -> None:
        self.make(self.ground, folder / f"{self.name}-warm").run()
        work, steps = self.make(self.ground, folder / self.name), Steps(only=CHANGING)
        began = time.monotonic()
        with steps.counted():
            assert work.run() == 0
        self.seconds, self.steps = time.monotonic() - began, len(steps.taken)
        told = work.wrong()
        assert not told, told

    def trial(self, folder: Path, chance: Random, first: int | None = None) -> list[str]:
        """What was wrong: it is killed at step `first`, or by lot, then perhaps again."""
        work, wrong, met = self.make(self.ground, folder), list[str](), list[str]()
        most = MOST_OF_RECOVER if self.make is RecoverWork else MOST_KILLS
        for n in range(chance.randrange(1, most + 1)):
            at = first if n == 0 and first else chance.randrange(1, self.steps + 1)
            stepwise = bool(n == 0 and first) or chance.random() < 0.5
            steps = Steps(at, killed, CHANGING) if stepwise else None
            met.append(f"step {at}" if stepwise else "by lot")
            if ended_by_kill(work, steps, chance.random() * self.seconds):
                self.kills["at a step" if stepwise else "at a moment"] += 1
        wrong += work.holds()
        if (status := work.run()) != 0:
            wrong.append(f"ended with {status}")
        wrong += work.wrong()
        return [f"{self.name}, {', '.join(met)}: {told}" for told in wrong]


def all_works(folder: Path, servers: BehindServers | None = None) -> list[KilledWork]:
    ground = laid_out(folder, servers)
    works = [KilledWork(name, make, ground) for name, make in WORKS.items()]
    for work in works:
        work.measure(folder)
    return works


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=int(time.time()))
    asked.add_argument("--servers", action="store_true", help="with a real Postfix and Dovecot")
    given = asked.parse_args()
    wrong, name = 0, tempfile.mkdtemp(prefix="scr-intake-restored-")
    with ExitStack() as until_over:
        until_over.callback(shutil.rmtree, name, ignore_errors=True)
        until_over.enter_context(fork_servers.shared())
        servers = None
        if given.servers:
            servers = until_over.enter_context(behind_servers.running(Path(name)))
        works = all_works(Path(name), servers)
        # Every step of each work in turn, the works side by side; then by lot.
        for number in count(1):
            if sum(sum(work.kills.values()) for work in works) >= given.kills:
                break
            work, at = works[number % len(works)], 1 + number // len(works)
            folder = Path(name) / str(number)
            folder.mkdir()
            first = at if at <= work.steps else None
            for told in work.trial(folder, Random(f"{given.seed}/{number}"), first):
                wrong += 1
                print(f"trial {number}: {told}", flush=True)
            shutil.rmtree(folder, ignore_errors=True)
    for work in works:
        told = ", ".join(f"{n} {how}" for how, n in sorted(work.kills.items()))
        print(f"{work.name}: {work.steps} steps; killed {told}.")
    print(f"Seed {given.seed}: {wrong or 'nothing'} went wrong.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
