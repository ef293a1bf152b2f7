"""The weather: a recipient's server that hangs, a disk that fills, a clock that steps.

Does: `python -m tests.campaigns.weather [--behind N] [--times N]`. First letters to N agencies wait
in the queue, and the server says nothing at any recipient of one of them: says when the digest, the
other letters and the answer to a file that is dropped meanwhile have left. Then a disk of 16 MB is
filled to its last byte N times while the service runs, the first time before it starts: says how
long after there was room each return was accepted. Then the clock steps a day and 400 days forward,
and an hour and 400 days back, while rounds run: says what left meanwhile, and whether everything
left once the clock was right again. Exit status 1 if anything was wrong.
Trusts: the service's own rounds; that it has one thread when it forks.
Never touches: anything outside a temporary folder.
Known limits: a disk needs `mount`, and so an administrator; without, that part says so.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch

import commands.composition.runtime
import commands.composition.transports
from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from commands.once import run_round
from outbox.sending.mail_server import MailServer
from tests import builders as build
from tests.board import Board, scr_intake
from tests.campaigns.poison import agencies, late
from tests.servers.certificates import Certificates
from tests.servers.scripted_smtp import GOOD, Wire, scripted

PATIENCE = 5.0  # seconds for one answer of the mail server, here
MOST = 120.0  # seconds until something is plainly wrong
HANGS = b"a0.example"
AT = "2010-04-01T10:00"

SENDING = """transport = "smtp"
host = "localhost"
port = {port}
ca_file = "{ca}"
username = "scr-intake"
password_file = "keys/smtp-password"
"""


@contextmanager
def served(board: Board) -> Iterator[int]:
    """The service, in a process of its own."""
    child = os.fork()
    if child == 0:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        impatient = partial(MailServer, answer_seconds=PATIENCE, letter_answer_seconds=PATIENCE)
        try:
            with patch.object(commands.composition.transports, "MailServer", impatient):
                scr_intake("--config", board.folder / "scr-intake.toml", "--at", AT, "run")
            os._exit(0)
        finally:
            os._exit(1)  # never back into the campaign, whatever went wrong
    try:
        yield child
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def until(true: Callable[[], bool]) -> float:
    """Seconds until it was; infinity where it never was."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > MOST:
            return float("inf")
        time.sleep(0.1)
    return time.monotonic() - began


def silent_at_one(wire: Wire, to: socket.socket) -> None:
    if HANGS in wire.heard[-1]:
        wire.over.wait()
    else:
        to.sendall(GOOD["RCPT"])


def hanging(folder: Path, behind: int) -> bool:
    board = Board(folder / "board")
    late(board, behind + 1)
    certificates = Certificates.made_in(folder / "certificates")
    password = board.folder / "keys" / "smtp-password"
    password.touch(mode=0o600)
    password.write_text("word")
    file = board.folder / "scr-intake.toml"
    with scripted(certificates, RCPT=[silent_at_one] * 100_000) as wire:
        ways = SENDING.format(port=wire.port, ca=certificates.ca)
        text = file.read_text().replace('transport = "files"\n', ways, 1)
        file.write_text(text.replace('path      = "sent"\n', "", 1))

        def gone(*words: bytes) -> Callable[[], bool]:
            return lambda: all(any(word in x for x in wire.taken) for word in words)

        with served(board):
            digest = until(gone(b"To: The Administrator"))
            others = until(gone(*(b"other@a%d.example" % n for n in range(1, behind + 1))))
            board.drop("POL", build.make_chronology(build.STORIES["POL"]))
            answer = until(gone(b"author@shirepolice.example"))
    print(
        f"A server silent for {PATIENCE:.0f} s at one recipient: the digest left after"
        f" {digest:.0f} s, {behind} other letters {others:.0f} s later, and the answer to a file"
        f" {answer:.0f} s after it was dropped."
    )
    return max(digest, others, answer) < MOST


def filled(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
    return ballast


def full(folder: Path, times: int) -> bool:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        print("A small disk could not be mounted here: a full one goes untried.")
        return True
    try:
        board = Board(folder / "board")
        board.load(agencies(times))
        waits = []
        ballast = filled(folder)
        with served(board) as service:
            for n in range(times):
                time.sleep(2)
                ballast.unlink()
                board.drop(f"A{n}", build.make_statement())
                waits.append(until(lambda n=n: bool(board.answers(f"author@a{n}.example"))))  # type: ignore[misc]
                ballast = filled(folder)
            ended = os.waitpid(service, os.WNOHANG)[0] == service
            ballast.unlink()
        aside = board.status()["deliveries"]["set aside"]
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
    print(
        f"A full disk, {times} times, at the start too: answered {min(waits):.0f} to"
        f" {max(waits):.0f} s after there was room; {aside} set aside; the service"
        f" {'ENDED' if ended else 'went on'}."
    )
    return max(waits) < MOST and not aside and not ended


STEPS = (
    ("right", timedelta()),
    ("a day ahead", timedelta(days=1)),
    ("400 days ahead", timedelta(days=400)),
    ("right again", timedelta(hours=1)),
    ("an hour back", timedelta()),
    ("400 days back", timedelta(days=-400)),
    ("right for good", timedelta(hours=2)),
    ("the day after", timedelta(days=1)),
)


def clocks(folder: Path) -> bool:
    """A return is dropped at each step; whatever the clock said, each is answered once."""
    board = Board(folder)
    board.load(agencies(len(STEPS)))
    now = right = datetime.fromisoformat(AT)
    played = lambda zone, *_, **__: lambda: now.replace(tzinfo=zone)  # noqa: E731
    asked = GlobalOptions(board.folder / "scr-intake.toml")
    with (
        patch.object(commands.composition.runtime, "make_clock", played),
        open_application(asked, working=True, running=True) as app,
    ):
        for n, (name, step) in enumerate(STEPS):
            now = right + step
            board.drop(f"A{n}", build.make_statement())
            sent, taken, troubles = 0, 0, set[str]()
            for _ in range(4):
                report = run_round(app)
                sent, taken = sent + len(report.sent), taken + report.taken
                troubles |= set(report.troubles)
                now += timedelta(minutes=10)
            print(
                f"The clock {name}: {taken} taken, {sent} letters left. {min(troubles, default='')}"
            )
        left = {letter.state for letter in app.queue.list_letters()} - {"sent"}
    each = [len(board.answers(f"author@a{n}.example")) for n in range(len(STEPS))]
    print(f"Answers to each: {each}; letters that have not left: {sorted(left) or 'none'}.")
    return set(each) == {1} and not left & {"queued", "sending"}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--behind", type=int, default=10)
    asked.add_argument("--times", type=int, default=5)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="scr-intake-weather-") as name:
        well = [
            hanging(Path(name) / "hanging", given.behind),
            full(Path(name) / "full", given.times),
            clocks(Path(name) / "clocks"),
        ]
    return 0 if all(well) else 1


if __name__ == "__main__":
    sys.exit(main())
