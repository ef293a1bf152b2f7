"""A board whose mailbox is on a real mail server, and the service that watches it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.board import Board
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.scripted_imap import Scripted

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds until a test gives up

SETTINGS = """
[[mailbox]]
kind           = "imap"
host           = "localhost"
port           = {port}
ca_file        = "{ca}"
username       = "{user}"
password_file  = "keys/imap-password"
authentication = "none"
"""


def watch_mailbox(board: Board, server: Dovecot | Scripted, user: str, more: str = "") -> None:
    """From now on the board's only mailbox is this user's."""
    file = board.folder / "scr-intake.toml"
    head, _, rest = file.read_text().partition("[[mailbox]]")
    _, drop, tail = rest.partition("\n[drop]")
    port = server.imaps if isinstance(server, Dovecot) else server.port
    made = SETTINGS.format(port=port, ca=server.certificates.ca, user=user) + more + "\n"
    file.write_text(head + made + drop + tail)
    password = board.folder / "keys" / "imap-password"
    password.write_text(PASSWORD)
    password.chmod(0o600)


@contextmanager
def service(board: Board, at: str = "2010-04-01T10:00") -> Iterator[subprocess.Popen[str]]:
    """`scr-intake run`, as a process of its own. It is killed if the test leaves it running."""
    words = ["run", "--config", str(board.folder / "scr-intake.toml"), "--at", at]
    with subprocess.Popen(
        [sys.executable, "-m", "intake", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(seen: Callable[[], bool]) -> None:
    """Wait for it; the test fails if it does not come."""
    deadline = time.monotonic() + PATIENCE
    while not seen():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
