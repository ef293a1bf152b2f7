"""Finds what makes a rich text file dangerous to open, before it is converted (RTF 1.9.1).

A conversion drops some of it, and the file that is kept would still have it. An object whose data
cannot be read is one that hides what it is.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from handlers.readers.word import embedded_objects
from handlers.readers.word.hazards import danger_of_object
from handlers.readers.word.parts import reaches_network
from intake.message.compound import COMPOUND_MAGIC

MAX_OBJECTS = 100
MAX_OBJECT_DATA = 24 * 1024 * 1024  # characters of one object's data
PACKER_CLASS = "package"
# Classes of before OLE 2, which are pictures.
PICTURE_CLASSES = frozenset(
    {"pbrush", "paint.picture", "staticmetafile", "staticdib", "metafilepict"}
)

_OBJECT = re.compile(rb"\\objdata\b")
_KINDS = ((re.compile(rb"\\(?:objlink|objautlink|objsub)\b"), "linked-object"),
          (re.compile(rb"\\objocx\b"), "active-control"))  # fmt: skip
_TEMPLATE = re.compile(rb"\\\*\s{0,9}\\template\b\s{0,9}([^{}]{0,2000})")
_DDE = re.compile(rb"\\fldinst\b[^}]{0,300}?\bDDE(?:AUTO)?\b", re.I)
_END = re.compile(rb"[}]")
_CONTROL = re.compile(rb"\\'[0-9a-f]{2}|\\\*|\\[a-z]{1,32}-?\d{0,10} ?|\\.", re.I)
_NOT_HEX = re.compile(rb"[^0-9a-f]+", re.I)
_WORD_ESCAPE = re.compile(rb"\\'([0-9a-f]{2})|\\u(\d{1,5}) ?\??|\\(.)", re.I)


def dangers_in_rtf(data: bytes) -> tuple[str, ...]:
    """What is dangerous in it, in words of `handlers.document.DANGERS`."""
    return tuple(dict.fromkeys(_dangers(data)))


def _dangers(data: bytes) -> Iterator[str]:
    if any(reaches_network(_path(found[1])) for found in _TEMPLATE.finditer(data)):
        yield "remote-template"
    if _DDE.search(data):
        yield "dde-field"
    for written, word in _KINDS:
        if written.search(data):
            yield word
    for count, found in enumerate(_OBJECT.finditer(data)):
        if count == MAX_OBJECTS:
            yield embedded_objects.EMBEDDED_OBJECT
            return
        yield from _of_object(data, found.end())


def _path(written: bytes) -> str:
    """An address as Word reads it: two strokes stand for one."""
    plain = _WORD_ESCAPE.sub(_letter, written)
    return plain.decode("latin-1").strip()


def _letter(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 16)])
    if found[2]:
        return chr(int(found[2]) & 0xFF).encode("latin-1")
    return found[3]


def _of_object(data: bytes, start: int) -> Iterator[str]:
    end = _END.search(data, start, start + MAX_OBJECT_DATA)
    written = data[start : end.start() if end else start + MAX_OBJECT_DATA]
    digits = _NOT_HEX.sub(b"", _CONTROL.sub(b"", written))
    content = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
    try:
        said = list(_of_ole(content))
    except (struct.error, IndexError):
        said = [embedded_objects.EMBEDDED_OBJECT]
    yield from said


def _of_ole(content: bytes) -> Iterator[str]:
    """An OLE 1 object: its format, the name of its class, two more names, and its own data."""
    (format,) = struct.unpack_from("<I", content, 4)
    name, at = _name(content, 8)
    if format == 1:
        yield embedded_objects.LINKED_OBJECT
        return
    if format == 5 or name in PICTURE_CLASSES:
        return
    _, at = _name(content, at)
    _, at = _name(content, at)
    native = content[at + 4 :]
    if name == PACKER_CLASS:
        yield from filter(
            None, (embedded_objects.PACKED_FILE, embedded_objects.danger_of_native_data(native))
        )
    elif native.startswith((COMPOUND_MAGIC, embedded_objects.ZIP_MAGIC)):
        yield from filter(None, (danger_of_object(native),))
    else:
        yield embedded_objects.EMBEDDED_OBJECT


def _name(content: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", content, at)
    if length > len(content):
        raise IndexError
    name = content[at + 4 : at + 4 + length]
    return name.rstrip(b"\0").decode("latin-1").casefold(), at + 4 + length
