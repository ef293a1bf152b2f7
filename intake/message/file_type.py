"""What a file is, told from its bytes; zip files are opened one level deep."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from intake.decoding import decode_text
from intake.message import clutter
from intake.message.compound import COMPOUND_MAGIC as COMPOUND
from intake.message.compound import CompoundFile, InvalidCompoundFile

_END = b"PK\x05\x06"
_CENTRAL = b"PK\x01\x02"
_ENTRY = struct.Struct("<28x3H12x")
_MOST_ENTRIES = 20_000
_MOST_LISTED = 2_000
_PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


class ZipNotOpened(Exception):
    """This zip was not opened; `trouble` is a word of TROUBLES."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def zip_member_names(content: bytes) -> list[str]:
    """Its members' names, by the central directory or, when that is lost, by local headers."""
    end = content.rfind(_END, max(0, len(content) - 65_557))
    if end < 0 or end + 22 > len(content):
        return _first_local(content)
    size, offset = struct.unpack_from("<2I", content, end + 12)
    start = end - size if size <= end else offset
    return list(_entries(content, start, end)) or _first_local(content)


def _entries(content: bytes, start: int, end: int) -> Iterator[str]:
    for _ in range(_MOST_LISTED):
        if start + _ENTRY.size > end or not content.startswith(_CENTRAL, start):
            return
        name, extra, comment = _ENTRY.unpack_from(content, start)
        start += _ENTRY.size
        yield content[start : start + name].decode("cp437")
        start += name + extra + comment


def _first_local(content: bytes) -> list[str]:
    """Members of a zip that is cut short, found by their local headers."""
    found: list[str] = []
    start = content.find(b"PK\x03\x04")
    while 0 <= start <= len(content) - 30 and len(found) < _MOST_LISTED:
        length = struct.unpack_from("<H", content, start + 26)[0]
        found.append(content[start + 30 : start + 30 + length].decode("cp437"))
        start = content.find(b"PK\x03\x04", start + 30 + length)
    return found


def read_zip_members(content: bytes, most: int, room: int) -> list[tuple[str, bytes]]:
    """(name, bytes) of every member that is not a system's own litter.

    Raises ZipNotOpened when there are more than `most`, when together they come to more than
    `room` bytes, when one is encrypted, or when one cannot be read.
    """
    if content.count(_CENTRAL) > _MOST_ENTRIES:
        raise ZipNotOpened("zip-too-big")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [m for m in archive.infolist() if not m.is_dir() and not _litter(m.filename)]
            _check(wanted, most)
            return list(_inflated(archive, wanted, room))
    except _BROKEN as broken:
        raise ZipNotOpened("zip-damaged") from broken


def _check(wanted: list[zipfile.ZipInfo], most: int) -> None:
    if any(m.flag_bits & 1 for m in wanted):
        raise ZipNotOpened("zip-encrypted")
    if len(wanted) > most:
        raise ZipNotOpened("zip-too-big")
    if any(m.compress_type not in _PLAIN for m in wanted):
        raise ZipNotOpened("zip-damaged")


def _inflated(
    archive: zipfile.ZipFile, wanted: list[zipfile.ZipInfo], room: int
) -> Iterator[tuple[str, bytes]]:
    for member in wanted:
        with archive.open(member) as stream:
            content = stream.read(room + 1)
        room -= len(content)
        if room < 0:
            raise ZipNotOpened("zip-too-big")
        yield member.filename, content


def _litter(name: str) -> bool:
    """What systems leave beside the files people chose."""
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or clutter.is_left_by_program(parts[-1])


# In the order they are tried; the first whose bytes stand at the start decides.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (bytes.fromhex("789f3e22"), "tnef"),
    (bytes.fromhex("76e80460c411e386"), "rpmsg"),
    (b"-----BEGIN PGP MESSAGE", "pgp"),
    (b"-----BEGIN PKCS7", "p7m"),
    (b"-----BEGIN CMS", "p7m"),
)

# PKCS #7 and CMS content types (RFC 5652, RFC 5083), as they stand near the start of the DER.
_PKCS7 = bytes.fromhex("06092a864886f70d0107")
_CMS = bytes.fromhex("060b2a864886f70d01091001")
_SEALED = (_PKCS7 + b"\x03", _PKCS7 + b"\x06", _CMS + b"\x17")  # enveloped, encrypted, AEAD
SIGNED_DATA_MARKS = (_PKCS7 + b"\x02",)

_HEADER_LINE = re.compile(
    rb"(received|return-path|delivered-to|dkim-signature|from|to|cc|date|subject|message-id|"
    rb"mime-version|content-type|x-[a-z0-9-]+|arc-[a-z-]+):",
    re.I,
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|meta|div|table)\b", re.I
)
_MAIN_PART = re.compile(r"(?:[^/]+/)*document\d*\.xml")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # not ESC, which some charsets use
_LOOK = 4_096


def sniff_format(content: bytes) -> str:
    """One word of SNIFFED. Never raises."""
    start = content[:_LOOK]
    if not start.strip(b"\0\t\r\n ") and not content.strip(b"\0\t\r\n "):
        return "empty"
    for magic, name in _MAGIC:
        if start.startswith(magic):
            return name
    for test in (_zip, _compound, _pdf, _cms, _text):
        name = test(content)
        if name:
            return name
    return "unknown"


def is_encrypted_p7m(content: bytes) -> bool:
    """Whether a p7m is encrypted, rather than only signed."""
    return any(mark in content[:100] for mark in _SEALED)


# Every office package has both, and Word writes one first, LibreOffice the other.
_PACKAGE = frozenset({"[Content_Types].xml", "_rels/.rels"})


def _zip(content: bytes) -> str:
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ""
    if content.startswith(b"mimetypeapplication/", 30):
        is_text = content.startswith(b"vnd.oasis.opendocument.text", 50)
        return "odt" if is_text else "unknown"
    names = set(zip_member_names(content))
    if not names & _PACKAGE:
        return "zip"
    if any(name.startswith("word/") for name in names):
        return "docm" if "word/vbaProject.bin" in names else "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if any(_MAIN_PART.fullmatch(name) for name in names):  # which may lie anywhere in a package
        return "docx"
    # Of one that is cut short nobody can say which it was: we ask for Word, and its author should
    # not hear of a zip file.
    return "unknown" if _END in content else "docx"


# By the names in the root of the file, in the order they are asked for.
_ROOTS: tuple[tuple[str, str], ...] = (
    ("encryptedpackage", "ole-encrypted"),
    ("__properties_version1.0", "msg"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
)


def _compound(content: bytes) -> str:
    if not content.startswith(COMPOUND):
        return ""
    try:
        compound = CompoundFile(content)
        root = compound.children_by_name()
        for name, means in _ROOTS:
            if name in root:
                locked = means == "doc" and _locked(compound, root[name])
                return "ole-encrypted" if locked else means
    except InvalidCompoundFile:
        return _cut_compound(content)
    return "unknown"


def _locked(compound: CompoundFile, stream: int) -> bool:
    """Word's own password protection: the fEncrypted bit of the FIB ([MS-DOC] 2.5.1)."""
    base = compound.read_stream(stream, 12)
    return len(base) == 12 and bool(base[11] & 1)


def _cut_compound(content: bytes) -> str:
    """A file cut short may have lost its directory; names are looked for wherever they stand."""
    for name, means in (("WordDocument", "doc"), ("__properties_version1.0", "msg")):
        if (name + "\0").encode("utf-16-le") in content:
            return means
    return "unknown"


def _pdf(content: bytes) -> str:
    return "pdf" if b"%PDF-" in content[:1024] else ""


def _cms(content: bytes) -> str:
    near = content[:40]
    return (
        "p7m" if near[:1] == b"0" and any(m in near for m in (*_SEALED, *SIGNED_DATA_MARKS)) else ""
    )


def _text(content: bytes) -> str:
    start = content[:_LOOK]
    text = _readable(start)
    if text is None:
        return ""
    if looks_like_mail(start):
        return "eml"
    plain = text.lstrip()
    for test, name in _TEXTS:
        if test(plain):
            return name
    return "text"


_TEXTS: tuple[tuple[Callable[[str], object], str], ...] = (
    (lambda text: text.startswith("{\\rtf"), "rtf"),
    (_HTML.match, "html"),
    (lambda text: text[:11].upper() == "BEGIN:VCARD", "vcard"),
    (lambda text: text[:15].upper() == "BEGIN:VCALENDAR", "calendar"),
)


def looks_like_mail(start: bytes) -> bool:
    """The first lines are headers, two of them or more among those that mail has."""
    lines = [line for line in start.split(b"\n")[:20] if line[:1] not in (b" ", b"\t")]
    if lines and lines[0].startswith(b"From "):
        lines = lines[1:]
    known = {match[1].lower() for match in map(_HEADER_LINE.match, lines[:3]) if match}
    return len(known) >= 2


def _readable(start: bytes) -> str | None:
    """The text these bytes are; None when they are no text."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode_text(start[: len(start) // 2 * 2], "utf-16")
    return None if _CONTROL.search(start) else decode_text(start)
