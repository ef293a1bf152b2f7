"""The converter as the service uses it: .doc, .rtf or .odt bytes in, .docx bytes out.

Does: gives each document a room and a keeper of its own, waits for a bounded time, takes the
result.
Trusts: the keeper (`launch.py`), which never opens the document. The result is as untrusted as
the document was.
Never touches: the network, the register; its environment does not go along.
Known limits: one document at a time; a second thread waits for the first. What comes out is what
LibreOffice's filters keep. A document protected by a password is one that could not be converted.
"""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from handlers.office.launch import NOT_CONFINED
from handlers.office.memory import in_memory
from handlers.office.refusals import CouldNotConvert, NotConfined, NotInstalled, TookTooLong
from handlers.office.room import Room, a_room
from handlers.office.steps import LIMITS
from handlers.word.compound import MAGIC
from handlers.worker.outcomes import Stopped
from handlers.worker.process import NEEDED

# What can be converted, and how it begins. No more than that is looked at in this process.
BEGINS: Mapping[str, bytes] = {"doc": MAGIC, "rtf": rb"{\rtf", "odt": b"PK\x03\x04"}
CONVERTIBLE = frozenset(BEGINS)
LOOK = 64

# Where it is looked for: not in PATH, which may name a folder that anyone can write to.
PLACES = "/usr/bin:/usr/local/bin:/opt/libreoffice/program"
STOP_SECONDS = 10.0


class Converter:
    """Makes Word documents. `program` is LibreOffice's `soffice.bin`, `under` the folder in which
    rooms are made (a place in memory, if None), `seconds` how long one may take and `memory` how
    many bytes."""

    def __init__(
        self,
        program: Path | None = None,
        under: Path | None = None,
        seconds: float = LIMITS.wall_seconds,
        memory: int = LIMITS.memory_bytes,
    ) -> None:
        self._program = program or _found()
        self._under = under
        self._seconds = seconds
        self._memory = memory
        self._lock = threading.Lock()
        self._stopped = False
        self._keeper: subprocess.Popen[bytes] | None = None

    def interrupt(self) -> None:
        """End the run in hand and begin no other: whoever waits gets Stopped. Safe in a signal
        handler."""
        self._stopped = True
        keeper = self._keeper
        if keeper is not None and keeper.stdin is not None:
            keeper.stdin.close()

    def available(self) -> bool:
        """Whether LibreOffice is installed. Whether it can be confined shows at first use."""
        return self._program is not None and self._program.exists()

    def to_docx(self, data: bytes, format: str, seconds: float = math.inf) -> bytes:
        """The document as a .docx, within `seconds` where that is less than one may take.

        Raises NotInstalled, NotConfined, NoMemory, CouldNotConvert or TookTooLong, all of them
        NotConverted; and Stopped.
        What does not begin as `format` does is not even tried: LibreOffice makes an empty document
        of some garbage.
        """
        if self._program is None or not self.available():
            raise NotInstalled
        if format not in BEGINS or not data[:LOOK].lstrip().startswith(BEGINS[format]):
            raise CouldNotConvert
        with self._lock, a_room(self._under or in_memory(len(data))) as room:
            room.furnish(data, format)
            self._run(room, self._program, format, min(seconds, self._seconds))
            return room.result(LIMITS.reply_bytes)

    def _run(self, room: Room, program: Path, format: str, seconds: float) -> None:
        if seconds <= 0:
            raise TookTooLong
        self._keeper = keeper = _started(room, program, format, self._memory)
        try:
            if self._stopped:
                raise Stopped
            status = keeper.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TookTooLong from None
        finally:
            self._keeper = None
            _let_go(keeper)
        if self._stopped:
            raise Stopped
        if status == NOT_CONFINED:
            raise NotConfined
        if status:
            raise CouldNotConvert


def _found() -> Path | None:
    """The program behind the script `soffice`, which stands beside it."""
    script = shutil.which("soffice", path=PLACES)
    return Path(script).resolve().with_name("soffice.bin") if script else None


def _started(room: Room, program: Path, format: str, memory: int) -> subprocess.Popen[bytes]:
    words = (str(room.folder), str(program), format, str(memory))
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "handlers.office.launch", *words],
        stdin=subprocess.PIPE,  # the lifeline: nothing is ever written to it
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in NEEDED if name in os.environ},
        cwd="/",
        start_new_session=True,
    )


def _let_go(keeper: subprocess.Popen[bytes]) -> None:
    """Close the lifeline and wait until the keeper, and with it the run, has ended."""
    if keeper.stdin is not None:
        keeper.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        keeper.wait(STOP_SECONDS)
        return
    keeper.kill()
    keeper.wait()
