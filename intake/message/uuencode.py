"""uuencode: how files travelled in mail before MIME, and how some programs still send them.

Does: takes the files out of a text, and says of each whether it came whole.
Trusts: nothing. Lines that are none of it end a file, which is then damaged.
Never touches: a file's name beyond handing it over for its ending.
Known limits: yEnc and xxencode are not read.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,300})\r?$", re.M)
_LINE = re.compile(rb"[ -`]{1,90}")
_END = b"end"


@dataclass(frozen=True, slots=True)
class Encoded:
    """One file in a text, which stands from `start` to `end` in it."""

    name: str
    content: bytes
    damaged: bool
    start: int
    end: int


def files(text: bytes) -> Iterator[Encoded]:
    """Every file in a text, in order."""
    at = 0
    while begin := _BEGIN.search(text, at):
        name = begin[1].decode("utf-8", "replace").strip()
        if begin[0].startswith(b"begin-base64"):
            content, damaged, at = _base64(text, begin.end())
        else:
            content, damaged, at = _lines(text, begin.end())
        if content:
            yield Encoded(name, content, damaged, begin.start(), at)


def decoded(text: bytes) -> tuple[bytes, bool]:
    """The one file that a part is, and whether it is damaged; the text itself, damaged, where
    there is none."""
    found = next(files(text), None)
    return (found.content, found.damaged) if found else (text, True)


def without_files(text: bytes) -> bytes:
    """The text around the files in it."""
    at, around = 0, list[bytes]()
    for file in files(text):
        around.append(text[at : file.start])
        at = file.end
    return b"".join((*around, text[at:])) if at else text


def _lines(text: bytes, at: int) -> tuple[bytes, bool, int]:
    pieces: list[bytes] = []
    damaged = False
    while at < len(text):
        stop = text.find(b"\n", at + 1)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].strip(b"\r\n")
        at = stop
        if line.rstrip() == _END:
            return b"".join(pieces), damaged, at
        if not line.strip(b" `"):
            continue
        piece = _line(line)
        if piece is None:
            return b"".join(pieces), True, at
        pieces.append(piece)
    return b"".join(pieces), True, at


def _line(line: bytes) -> bytes | None:
    """One line undone; spaces that a mail server took off its end are put back."""
    if not _LINE.fullmatch(line):
        return None
    length = (line[0] - 32) & 0x3F
    wanted = -(-length // 3) * 4
    try:
        return binascii.a2b_uu(line[:1] + line[1 : 1 + wanted].ljust(wanted))
    except binascii.Error:
        return None


def _base64(text: bytes, at: int) -> tuple[bytes, bool, int]:
    stop = text.find(b"\n====", at)
    whole = stop >= 0
    stop = stop if whole else len(text)
    try:
        return binascii.a2b_base64(text[at:stop]), not whole, stop + len(b"\n====") * whole
    except binascii.Error:
        return b"", True, stop
