"""When a file in the drop folder is there whole.

Does: says of an open file whether it can be taken: one of a format that has an end only with that
end, or once it has lain still for so long that nobody can be writing it.
Trusts: nothing in the file.
Never touches: more than its first and last bytes.
Known limits: on a share whose clock is more than ten minutes wrong no file is waited for beyond the
two looks. Plain text has no end: `aside.py` looks once more at what was moved.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from intake.opened import Stamp

PATIENCE = 600.0  # seconds: a file cut short that lies still for longer is taken as it is
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22  # bytes; the last two say how long the comment after it is
_ZIP_TAIL = _ZIP_END_SIZE + 65_535  # bytes: the end record and the longest comment
_SHORT_TAIL = 1024  # bytes: what programs append after an end is less
_OLE_HEAD = 512  # bytes
_OLE_NO_SECTOR = 0xFFFFFFFA  # from here on a number names no sector


def long_untouched(stamp: Stamp, now: float) -> bool:
    """A file far from now, either way, is one that nobody is writing any more: cut short or not,
    its sender should hear."""
    return abs(now - stamp[1] / 1e9) > PATIENCE


def whole(descriptor: int, size: int) -> bool:
    """Whether a file has the end that its format has (failure modes 20 and 119). An empty file may
    yet become any of them; of a format that has no end nothing can be said, so it counts as whole.
    """
    start = os.pread(descriptor, _LONGEST_START, 0)
    for begins, ends in ENDS.items():
        if begins.startswith(start[: len(begins)]):
            return ends(_Tail(descriptor, size))
    return True


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of an open file of `size` bytes."""

    descriptor: int
    size: int

    def last(self, length: int) -> bytes:
        return os.pread(self.descriptor, length, max(0, self.size - length))

    def first(self, length: int) -> bytes:
        return os.pread(self.descriptor, length, 0)


def _ends_as_ole(tail: _Tail) -> bool:
    """Whether it is as long as its header says: a whole number of sectors, with every sector that
    the header names among them. [MS-CFB] 2.2."""
    head = tail.first(_OLE_HEAD)
    if len(head) < _OLE_HEAD:
        return False
    shift = int.from_bytes(head[30:32], "little")
    if shift not in (9, 12):
        return True  # no compound file after all: nothing can be said of its end
    sectors, over = divmod(tail.size - (1 << shift), 1 << shift)
    named = (int.from_bytes(head[at : at + 4], "little") for at in range(76, _OLE_HEAD, 4))
    starts = (int.from_bytes(head[at : at + 4], "little") for at in (48, 60, 68))
    last = max((n for n in (*named, *starts) if n < _OLE_NO_SECTOR), default=0)
    return over == 0 and sectors > last


def _ends_as_png(tail: _Tail) -> bool:
    return b"IEND" in tail.last(_SHORT_TAIL)


# How a format begins, and whether a file ends as that format does.
ENDS: Mapping[bytes, Callable[[_Tail], bool]] = {
    b"PK\x03\x04": lambda tail: ends_as_zip(tail.last(_ZIP_TAIL)),
    b"%PDF-": lambda tail: b"%%EOF" in tail.last(_SHORT_TAIL),
    rb"{\rtf": lambda tail: tail.last(_SHORT_TAIL).rstrip(b"\0 \t\r\n").endswith(b"}"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": _ends_as_ole,
    b"\xff\xd8\xff": lambda tail: b"\xff\xd9" in tail.last(_SHORT_TAIL),
    b"\x89PNG\r\n\x1a\n": _ends_as_png,
}
_LONGEST_START = max(map(len, ENDS))


def ends_as_zip(tail: bytes) -> bool:
    """Whether a file with this tail ends where a zip's own end record says it does."""
    at = tail.rfind(_ZIP_END)
    record = tail[at : at + _ZIP_END_SIZE]
    comment = int.from_bytes(record[-2:], "little")
    return at >= 0 and at + _ZIP_END_SIZE + comment == len(tail)
