"""A real clamd on a socket of its own, run by no privileged user, that knows the test virus alone.

It loads in a quarter of a second and asks no network. Its signatures have a day, as the project's
own have: they lie in a database of the form `.cud`, which needs nobody's signature.
`tests/conftest.py` has one for each session as the fixture `clamd`. A test that stops it, or needs
other limits, starts its own with `running()`.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import signal
import socket
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.scanning.eicar import eicar_bytes
from tests.servers.dovecot import PATIENCE, folder_for_a_server, unprivileged

PROGRAM = Path("/usr/sbin/clamd")
MISSING = "clamd is not installed (tools/install-test-parts), so virus scanning goes untested"
STEM = "Made.Up.Test"
SIGNATURE = f"{STEM}-1"
FOUND = f"{SIGNATURE}.UNOFFICIAL"  # as clamd calls what no signature of the project found
LARGEST_MB = 2  # what a board of a test gives it: enough to see that the limit is looked at

CONFIGURATION = """
LocalSocket {folder}/clamd.ctl
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}/work
LogFile {folder}/clamd.log
Foreground yes
StreamMaxLength 25M
MaxFileSize 25M
AlertExceedsMax yes
"""


def signature_database(made: datetime, knows: bytes) -> bytes:
    """The day of them, and a signature of the test virus and of what it `knows` besides, wherever
    in a file they are."""
    known = filter(None, (eicar_bytes(), knows))
    rule = "".join(f"{STEM}-{n}:0:*:{each.hex()}\n" for n, each in enumerate(known, 1)).encode()
    number, at = len(rule.splitlines()), int(made.timestamp())
    day, nobody = f"{made:%d %b %Y %H-%M +0000}", f"{'0' * 32}:none:tests"
    head = f"ClamAV-VDB:{day}:27500:{number}:90:{nobody}:{at}".encode()
    listed = f"\ndaily.ndb:{len(rule)}:{hashlib.sha256(rule).hexdigest()}\n".encode()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in (("daily.info", head + listed), ("daily.ndb", rule)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return head.ljust(512) + packed.getvalue()


@dataclass
class Clamd:
    """One that is not started yet."""

    folder: Path
    knows: bytes = b""
    made: datetime = field(default_factory=lambda: datetime.now(UTC))
    _running: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        for name in ("signatures", "work"):
            (self.folder / name).mkdir()
        (self.folder / "signatures" / "daily.cud").write_bytes(
            signature_database(self.made, self.knows)
        )
        (self.folder / "clamd.conf").write_text(CONFIGURATION.format(folder=self.folder))
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, *unprivileged())

    @property
    def socket(self) -> Path:
        return self.folder / "clamd.ctl"

    @property
    def settings(self) -> str:
        """The table that names it."""
        return f'\n[scanner]\nclamd = "{self.socket}"\nlargest_mb = {LARGEST_MB}\n'

    def start(self) -> None:
        """Returns when it answers."""
        user, group = unprivileged()
        conf = self.folder / "clamd.conf"
        other = ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"]
        self._running = subprocess.Popen(
            [*(other if os.geteuid() == 0 else ()), str(PROGRAM), "-F", "-c", str(conf)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            ended = self._running.poll() is not None
            assert not ended and time.monotonic() < deadline, f"clamd did not start:\n{self.log}"
            time.sleep(0.02)

    def stop(self) -> None:
        """Returns when it has gone, and its socket with it."""
        if self._running is not None:
            self._running.send_signal(signal.SIGTERM)
            self._running.wait(PATIENCE)
        self._running = None
        self.socket.unlink(missing_ok=True)

    @property
    def log(self) -> str:
        path = self.folder / "clamd.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def _answers(self) -> bool:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.settimeout(PATIENCE)
            line.connect(str(self.socket))
            line.sendall(b"zPING\0")
            return line.recv(16) == b"PONG\0"
        return False


def needed() -> None:
    """Skips where there is no clamd; fails where CI is set, which must not pass without it."""
    if not PROGRAM.exists():
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)


@contextmanager
def running(made: datetime | None = None, knows: bytes = b"") -> Iterator[Clamd]:
    """A clamd of one's own, until the test is over."""
    needed()
    with folder_for_a_server("clamd") as folder:
        server = Clamd(folder, knows, made or datetime.now(UTC))
        try:
            server.start()
            yield server
        finally:
            server.stop()
