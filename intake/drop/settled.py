"""When a file in the drop folder is there whole.

Does: says of an open file whether it can be taken: a zip-based one only with its end record, or
once it has lain still for so long that nobody can be writing it.
Trusts: nothing in the file.
Never touches: more than its first and last bytes.
Known limits: on a share whose clock is more than ten minutes wrong a zip-based file is not waited
for beyond the two looks.
"""

from __future__ import annotations

import os

from intake.opened import Stamp

PATIENCE = 600.0  # seconds: a file cut short that lies still for longer is taken as it is
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP_END_SIZE = 22  # bytes; the last two say how long the comment after it is
_ZIP_TAIL = _ZIP_END_SIZE + 65_535  # bytes: the end record and the longest comment


def long_untouched(stamp: Stamp, now: float) -> bool:
    """A file far from now, either way, is one that nobody is writing any more: cut short or not,
    its sender should hear."""
    return abs(now - stamp[1] / 1e9) > PATIENCE


def whole(descriptor: int, size: int) -> bool:
    """A zip-based file is there whole only when its end record is (failure mode 20); an empty
    file may yet become one."""
    start = os.pread(descriptor, len(_ZIP), 0)
    if not _ZIP.startswith(start):
        return True
    return ends_as_zip(os.pread(descriptor, _ZIP_TAIL, max(0, size - _ZIP_TAIL)))


def ends_as_zip(tail: bytes) -> bool:
    """Whether a file with this tail ends where a zip's own end record says it does."""
    at = tail.rfind(_ZIP_END)
    record = tail[at : at + _ZIP_END_SIZE]
    comment = int.from_bytes(record[-2:], "little")
    return at >= 0 and at + _ZIP_END_SIZE + comment == len(tail)
