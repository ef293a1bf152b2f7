"""A clamd that says what a test tells it to, and when: slow, odd or cut short, as no real one can
be made to be.

Trusts: nothing of what it is sent; it remembers it.
"""

from __future__ import annotations

import io
import socket
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from handlers.scanning.eicar import eicar_bytes
from tests.servers.dovecot import folder_for_a_server


def version_of(day: datetime) -> bytes:
    """What clamd says of signatures of that day."""
    return f"ClamAV 1.4.6/27500/{day:%a %b} {day.day:2} 08:30:00 {day:%Y}\0".encode()


def as_clamd(data: bytes) -> bytes:
    """What a well clamd says of a stream."""
    looked = [data]
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            looked += map(archive.read, archive.namelist())
    found = any(eicar_bytes() in each for each in looked)
    return b"stream: Made.Up FOUND\0" if found else b"stream: OK\0"


class ScriptedClamd:
    """`version` is what it says of itself, `scan` what it says of a stream; either may wait, and
    says nothing with b"". It reads `reads` bytes of a stream at most, and then answers."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "clamd.ctl"
        self.version: Callable[[], bytes] = lambda: version_of(datetime.now(UTC))
        self.scan: Callable[[bytes], bytes] = as_clamd
        self.reads = 1 << 40
        self.scanned: list[bytes] = []
        self.asked = 0
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(self.path))
        self._listening.listen()

    def serve(self) -> None:
        while True:
            try:
                line, _ = self._listening.accept()
            except OSError:
                return
            with line, suppress(OSError):
                self._answer(line)

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.path.unlink(missing_ok=True)

    def _answer(self, line: socket.socket) -> None:
        with line.makefile("rb") as told:
            command = b""
            while not command.endswith(b"\0"):
                command += told.read(1)
            if command == b"zVERSION\0":
                self.asked += 1
                line.sendall(self.version())
                return
            data = b""
            while length := struct.unpack("!I", told.read(4))[0]:
                data += told.read(length)
                if len(data) > self.reads:
                    break
            self.scanned.append(data)
            line.sendall(self.scan(data))


@contextmanager
def scripted_clamd() -> Iterator[ScriptedClamd]:
    with folder_for_a_server("clamd") as folder:
        server = ScriptedClamd(folder)
        thread = threading.Thread(target=server.serve, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.close()
            thread.join(5)
