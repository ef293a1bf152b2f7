"""Converts .doc, .rtf, .odt and plain pages to .docx in LibreOffice: bytes in, bytes out."""

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
    ConversionFailed,
    ConversionFolder,
    ConversionTimedOut,
    ConverterNotConfined,
    ConverterNotInstalled,
    NoConversionMemory,
    new_conversion_folder,
)
from handlers.readers.libreoffice.launch import EXIT_NOT_CONFINED
from handlers.readers.libreoffice.sandbox import CONVERSION_LIMITS
from handlers.readers.libreoffice.web_page import PLAIN_PAGE_MAGIC
from handlers.sandbox.landlock import call_c_library
from handlers.sandbox.process import NEEDED_VARIABLES
from handlers.sandbox.protocol import WorkerStopped
from intake.message.compound import COMPOUND_MAGIC

TMPFS_MAGIC = 0x01021994  # linux/magic.h
_STATFS_BYTES = 256  # the structure has 120
# What a run takes besides the document: a profile, temporary files, what it makes.
MEMORY_FACTOR, EXTRA_MEMORY = 6, 32 << 20


def find_memory_folder(size: int) -> Path:
    """Where to work on a document of `size` bytes. Raises NoConversionMemory."""
    return first_memory_folder(_places(), MEMORY_FACTOR * size + EXTRA_MEMORY)


def first_memory_folder(places: Iterable[Path], needed: int) -> Path:
    """The first of `places` that is in memory, may be written in and has `needed` bytes free.
    Raises NoConversionMemory."""
    for place in places:
        if (
            is_memory_folder(place)
            and os.access(place, os.W_OK | os.X_OK)
            and _free(place) >= needed
        ):
            return place
    raise NoConversionMemory


def is_memory_folder(folder: Path) -> bool:
    """Whether the folder is on tmpfs. False where it is not there."""
    answer = ctypes.create_string_buffer(_STATFS_BYTES)
    path = ctypes.create_string_buffer(os.fsencode(folder))
    try:
        call_c_library("statfs", ctypes.addressof(path), ctypes.addressof(answer))
    except OSError:
        return False
    return ctypes.c_long.from_buffer(answer).value == TMPFS_MAGIC


def _places() -> Iterator[Path]:
    yield Path("/dev/shm")  # noqa: S108  rooms in it are made for their owner alone
    yield Path(tempfile.gettempdir())


def _free(folder: Path) -> int:
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


# What can be converted, and how it begins. No more than that is looked at in this process.
# Of web pages only those that were written anew here (`web_page.py`).
FORMAT_MAGIC: Mapping[str, bytes] = {
    "doc": COMPOUND_MAGIC,
    "rtf": rb"{\rtf",
    "odt": b"PK\x03\x04",
    "html": PLAIN_PAGE_MAGIC,
}
CONVERTIBLE_FORMATS = frozenset(FORMAT_MAGIC) - {"html"}
MAGIC_BYTES = 64

# Where it is looked for: not in PATH, which may name a folder that anyone can write to.
PROGRAM_PATH = "/usr/bin:/usr/local/bin:/opt/libreoffice/program"
STOP_SECONDS = 10.0


class Converter:
    """Makes Word documents. `program` is LibreOffice's `soffice.bin`, `under` the folder in which
    rooms are made (a place in memory, if None), `seconds` how long one may take and `memory` how
    many bytes."""

    def __init__(
        self,
        program: Path | None = None,
        under: Path | None = None,
        seconds: float = CONVERSION_LIMITS.wall_seconds,
        memory: int = CONVERSION_LIMITS.memory_bytes,
    ) -> None:
        self._program = program or _found()
        self._under = under
        self._seconds = seconds
        self._memory = memory
        self._lock = threading.Lock()
        self._stopped = False
        self._keeper: subprocess.Popen[bytes] | None = None

    def interrupt(self) -> None:
        """End the run in hand and begin no other: whoever waits gets WorkerStopped. Safe in a
        signal handler."""
        self._stopped = True
        keeper = self._keeper
        if keeper is not None and keeper.stdin is not None:
            keeper.stdin.close()

    def is_installed(self) -> bool:
        """Whether LibreOffice is installed. Whether it can be confined shows at first use."""
        return self._program is not None and self._program.exists()

    def convert_to_docx(self, data: bytes, format: str, seconds: float = math.inf) -> bytes:
        """The document as a .docx, within `seconds` where that is less than one may take.

        Raises ConverterNotInstalled, ConverterNotConfined, NoConversionMemory, ConversionFailed or
        ConversionTimedOut, all of them NotConverted; and WorkerStopped. What does not begin as
        `format` does is not even tried: LibreOffice makes an empty document of some garbage.
        """
        if self._program is None or not self.is_installed():
            raise ConverterNotInstalled
        if format not in FORMAT_MAGIC or not data[:MAGIC_BYTES].lstrip().startswith(
            FORMAT_MAGIC[format]
        ):
            raise ConversionFailed
        with (
            self._lock,
            new_conversion_folder(self._under or find_memory_folder(len(data))) as room,
        ):
            room.prepare_run(data, format)
            self._run(room, self._program, format, min(seconds, self._seconds))
            return room.read_result(CONVERSION_LIMITS.reply_bytes)

    def _run(self, room: ConversionFolder, program: Path, format: str, seconds: float) -> None:
        if seconds <= 0:
            raise ConversionTimedOut
        self._keeper = keeper = _started(room, program, format, self._memory)
        try:
            if self._stopped:
                raise WorkerStopped
            status = keeper.wait(seconds)
        except subprocess.TimeoutExpired:
            raise ConversionTimedOut from None
        finally:
            self._keeper = None
            _let_go(keeper)
        if self._stopped:
            raise WorkerStopped
        if status == EXIT_NOT_CONFINED:
            raise ConverterNotConfined
        if status:
            raise ConversionFailed


def _found() -> Path | None:
    """The program behind the script `soffice`, which stands beside it."""
    script = shutil.which("soffice", path=PROGRAM_PATH)
    return Path(script).resolve().with_name("soffice.bin") if script else None


def _started(
    room: ConversionFolder, program: Path, format: str, memory: int
) -> subprocess.Popen[bytes]:
    words = (str(room.folder), str(program), format, str(memory))
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "handlers.readers.libreoffice.launch", *words],
        stdin=subprocess.PIPE,  # the lifeline: nothing is ever written to it
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in NEEDED_VARIABLES if name in os.environ},
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
