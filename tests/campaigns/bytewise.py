"""Mutations that know nothing of what they change: bytes flipped, cut, doubled, moved.

Does: each takes some bytes and a source of chance, and returns other bytes.
Trusts: nothing. Known limits: they seldom get past a checksum; `wordwise` and `mailwise` do.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

# What parsers have stumbled over before.
ODD = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\r\n\r\n", b"%s%n", b"=?utf-8?q?=0A?=", b"&#0;",
    b"&e;", b"]]>", b"<!--", b"<?x", b"-1", b"99999999999999999999", b"\xed\xa0\x80", b"(" * 300,
    b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", "\u202e\u200b\u00ad".encode(),
    b"'" * 50, b"\x1b[2J",
)  # fmt: skip


def _span(data: bytes, chance: Random, longest: int = 64) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.randrange(1, longest))


def flipped(data: bytes, chance: Random) -> bytes:
    out = bytearray(data)
    for _ in range(chance.randrange(1, 8) if out else 0):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def cut_out(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance)
    return data[:start] + data[end:]


def doubled(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance, 512)
    return data[:end] + data[start:end] * chance.randrange(1, 4) + data[end:]


def odd_put_in(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(ODD) + data[at:]


def truncated(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def with_something_in_front(data: bytes, chance: Random) -> bytes:
    return chance.randbytes(chance.randrange(1, 40)) + data


def moved(data: bytes, chance: Random) -> bytes:
    start, end = _span(data, chance, 512)
    rest = data[:start] + data[end:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + data[start:end] + rest[at:]


MUTATIONS: tuple[Mutation, ...] = (
    flipped, cut_out, doubled, odd_put_in, truncated, with_something_in_front, moved,
)  # fmt: skip
