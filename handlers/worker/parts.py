"""What travels between the processes: parts, each eight bytes of length and then that many bytes.

Does: writes parts to a descriptor, reads them one at a time, and cuts a whole reply into them.
Trusts: the sender only in `read_part`, which the trusted direction uses.
Never touches: what is inside a part. Known limits: none known.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable, Iterator

_LENGTH = struct.Struct("!Q")
_CHUNK = 1 << 18

Receive = Callable[[int], bytes]  # at most so many bytes, waiting for the first; none at the end


class Malformed(ValueError):
    """What came back is not a row of parts."""


def packed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes to send, in pieces: lengths and contents in turn."""
    for part in parts:
        yield _LENGTH.pack(len(part))
        yield part


def write_parts(descriptor: int, parts: Iterable[bytes]) -> None:
    """Write all of them to a blocking descriptor. Raises OSError."""
    for piece in packed(parts):
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(descriptor, rest) :]


def read_part(receive: Receive) -> bytes:
    """The next part, by way of `receive`. Raises EOFError when the other end has gone."""
    (length,) = _LENGTH.unpack(_exactly(receive, _LENGTH.size))
    return _exactly(receive, length)


def cut(received: bytes | bytearray, most: int) -> list[memoryview]:
    """A whole reply as its parts, at most `most` of them. Raises Malformed."""
    rest = memoryview(received)
    parts: list[memoryview] = []
    while rest:
        if len(rest) < _LENGTH.size or len(parts) == most:
            raise Malformed
        (length,) = _LENGTH.unpack(rest[: _LENGTH.size])
        rest = rest[_LENGTH.size :]
        if length > len(rest):
            raise Malformed
        parts.append(rest[:length])
        rest = rest[length:]
    return parts


def _exactly(receive: Receive, length: int) -> bytes:
    out = bytearray()
    while len(out) < length:
        chunk = receive(min(_CHUNK, length - len(out)))
        if not chunk:
            raise EOFError
        out += chunk
    return bytes(out)
