"""Finds what a PDF would do by itself when it is opened: start a program, or run a script.

Objects are found by how they are written, not by the file's own index. A script that a field runs
when it is filled in is no danger: nothing of ours runs it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import zip_longest

MAX_OBJECTS = 200_000
MAX_INFLATED_BYTES = 32 * 1024 * 1024
MAX_BODY_BYTES = 64 * 1024  # bytes of one object that are looked at
MAX_ACTION_DEPTH = 4  # from an action to the one that it names

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s{1,20}\d{1,5}\s{1,20}obj\b")
_PACKED = re.compile(rb"/ObjStm\b")
_STREAM = re.compile(rb"stream\r?\n")
_HASH = re.compile(rb"#([0-9a-fA-F]{2})")
_LAUNCH = re.compile(rb"/S\s{0,20}/Launch\b")
_SCRIPT = re.compile(rb"/S\s{0,20}/JavaScript\b")
_REFERENCE = re.compile(rb"(\d{1,10})\s{1,20}\d{1,5}\s{1,20}R\b")
_OPENS = re.compile(rb"/OpenAction\b\s{0,20}")
_MORE = re.compile(rb"/AA\b\s{0,20}")
_NEXT = re.compile(rb"/(?:Next|WC|O|PO|PV)\b\s{0,20}")
_OWNER = re.compile(rb"/Type\s{0,20}/(?:Catalog|Page)\b")
_PAIR = re.compile(rb"(\d{1,10})\s{1,20}(\d{1,10})")
_NUMBER = re.compile(rb"/(N|First)\s{1,20}(\d{1,10})")


def dangers_in_pdf(data: bytes) -> tuple[str, ...]:
    """What is dangerous in it, in words of `handlers.document.DANGERS`."""
    found: dict[bytes, list[bytes]] = {}
    for count, (number, body) in enumerate(_objects(data)):
        if count > MAX_OBJECTS:
            break
        found.setdefault(number, []).append(body)
    bodies = [body for versions in found.values() for body in versions]
    words = []
    if any(_LAUNCH.search(body) for body in bodies):
        words.append("starts-a-program")
    if any(_runs(body, found) for body in bodies):
        words.append("script-on-opening")
    return tuple(words)


def _objects(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(number, what it says) of each object, streams left out but for those that hold objects."""
    left = MAX_INFLATED_BYTES
    starts = list(_OBJECT.finditer(data))
    for one, after in zip_longest(starts, starts[1:]):
        end = after.start() if after else len(data)
        head, content = _cut(data, one.end(), end)
        yield one[1], head
        if content and _PACKED.search(head) and left > 0:
            inflated = _inflated(data[content:end], left)
            left -= len(inflated)
            yield from _packed(head, inflated)


def _cut(data: bytes, start: int, end: int) -> tuple[bytes, int]:
    """What stands before an object's stream, and where that begins; 0 for none."""
    stop = min(end, start + MAX_BODY_BYTES)
    stream = _STREAM.search(data, start, stop)
    head = data[start : stream.start() if stream else stop]
    return _plain(head), stream.end() if stream else 0


def _plain(body: bytes) -> bytes:
    """With names as they are meant: any letter of one may be written as a number."""
    return _HASH.sub(lambda found: bytes([int(found[1], 16)]), body) if b"#" in body else body


def _inflated(content: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, most)
    except zlib.error:
        return b""


def _packed(head: bytes, content: bytes) -> Iterator[tuple[bytes, bytes]]:
    said = {name: int(number) for name, number in _NUMBER.findall(head)}
    first = said.get(b"First", 0)
    pairs = _PAIR.findall(content[:first])
    places = [first + int(at) for _, at in pairs]
    for (number, _), start, end in zip(pairs, places, [*places[1:], len(content)], strict=True):
        yield number, _plain(content[start : min(end, start + MAX_BODY_BYTES)])


def _runs(body: bytes, known: dict[bytes, list[bytes]]) -> bool:
    """Whether opening it runs a script: by the action of the whole file, or one of a page."""
    opening = [_OPENS] + ([_MORE] if _OWNER.search(body) else [])
    return any(
        _is_script(body[found.end() :], known, MAX_ACTION_DEPTH)
        for wanted in opening
        for found in wanted.finditer(body)
    )


def _is_script(said: bytes, known: dict[bytes, list[bytes]], depth: int) -> bool:
    """An action that stands here, or the object that is named here; and what comes after it."""
    if not depth:
        return False
    if named := _REFERENCE.match(said):
        return any(_is_script(b, known, depth - 1) for b in known.get(named[1], ()))
    action = _dictionary(said)
    if _SCRIPT.search(action):
        return True
    return any(
        _is_script(action[found.end() :], known, depth - 1)
        for found in _NEXT.finditer(action)
        if _REFERENCE.match(action, found.end())
    )


def _dictionary(said: bytes) -> bytes:
    """The dictionary that begins here, up to where it ends; b"" where none does."""
    said = said.lstrip()
    if not said.startswith(b"<<"):
        return b""
    depth = 0
    for mark in re.finditer(rb"<<|>>", said):
        depth += 1 if mark[0] == b"<<" else -1
        if not depth:
            return said[: mark.end()]
    return said
