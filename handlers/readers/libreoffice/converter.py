"""Converts .doc, .rtf and .odt to .docx in LibreOffice: bytes in, bytes out."""

from __future__ import annotations

import contextlib
import ctypes
import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from handlers.readers.libreoffice.folder import (
    CouldNotConvert,
    NoMemory,
    NotConfined,
    NotInstalled,
    Room,
    TookTooLong,
    a_room,
)
from handlers.readers.libreoffice.launch import NOT_CONFINED
from handlers.readers.libreoffice.sandbox import LIMITS
from handlers.readers.word.package import MAGIC
from handlers.sandbox.landlock import call
from handlers.sandbox.process import NEEDED
from handlers.sandbox.protocol import Stopped

TMPFS = 0x01021994  # linux/magic.h
_STATFS_BYTES = 256  # the structure has 120
# What a run takes besides the document: a profile, temporary files, what it makes.
TIMES, BESIDES = 6, 32 << 20


def in_memory(size: int) -> Path:
    """Where to work on a document of `size` bytes. Raises NoMemory."""
    return first_in_memory(_places(), TIMES * size + BESIDES)


def first_in_memory(places: Iterable[Path], needed: int) -> Path:
    """The first of `places` that is in memory, may be written in and has `needed` bytes free.
    Raises NoMemory."""
    for place in places:
        if is_in_memory(place) and os.access(place, os.W_OK | os.X_OK) and _free(place) >= needed:
            return place
    raise NoMemory


def is_in_memory(folder: Path) -> bool:
    """Whether the folder is on tmpfs. False where it is not there."""
    answer = ctypes.create_string_buffer(_STATFS_BYTES)
    path = ctypes.create_string_buffer(os.fsencode(folder))
    try:
        call("statfs", ctypes.addressof(path), ctypes.addressof(answer))
    except OSError:
        return False
    return ctypes.c_long.from_buffer(answer).value == TMPFS


def _places() -> Iterator[Path]:
    yield Path("/dev/shm")  # noqa: S108  rooms in it are made for their owner alone
    yield Path(tempfile.gettempdir())


def _free(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


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
        [sys.executable, "-I", "-m", "handlers.readers.libreoffice.launch", *words],
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
