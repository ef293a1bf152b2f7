"""What a file is, told from its bytes.

Does: names the format of a leaf, out of SNIFFED, by its first bytes and its inner directory.
Trusts: nothing. Names and declared types are never asked.
Never touches: the content itself; nothing is inflated, decrypted or run.
Known limits: it tells what a file sets out to be, not that it is sound. Office formats other than
those a return may come in are "unknown". An inner name can lie: the reader that opens the file
finds out.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from intake.message import zipped
from intake.message.compound import MAGIC as COMPOUND
from intake.message.compound import Compound, NotCompound
from intake.message.text import decoded

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
SIGNED = (_PKCS7 + b"\x02",)

_HEADER_LINE = re.compile(
    rb"(received|return-path|delivered-to|dkim-signature|from|to|cc|date|subject|message-id|"
    rb"mime-version|content-type|x-[a-z0-9-]+|arc-[a-z-]+):",
    re.I,
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|meta|div|table)\b", re.I
)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")  # not ESC, which some charsets use
_LOOK = 4_096


def sniff(content: bytes) -> str:
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


def sealed(content: bytes) -> bool:
    """Whether a p7m is encrypted, rather than only signed."""
    return any(mark in content[:100] for mark in _SEALED)


# Every office package has both, and Word writes one first, LibreOffice the other.
_PACKAGE = frozenset({"[Content_Types].xml", "_rels/.rels"})
_END = b"PK\x05\x06"


def _zip(content: bytes) -> str:
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ""
    if content.startswith(b"mimetypeapplication/", 30):
        is_text = content.startswith(b"vnd.oasis.opendocument.text", 50)
        return "odt" if is_text else "unknown"
    names = set(zipped.names(content))
    if not names & _PACKAGE:
        return "zip"
    if any(name.startswith("word/") for name in names):
        return "docm" if "word/vbaProject.bin" in names else "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
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
        compound = Compound(content)
        root = compound.children()
        for name, means in _ROOTS:
            if name in root:
                locked = means == "doc" and _locked(compound, root[name])
                return "ole-encrypted" if locked else means
    except NotCompound:
        return _cut_compound(content)
    return "unknown"


def _locked(compound: Compound, stream: int) -> bool:
    """Word's own password protection: the fEncrypted bit of the FIB ([MS-DOC] 2.5.1)."""
    base = compound.stream(stream, 12)
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
    return "p7m" if near[:1] == b"0" and any(m in near for m in (*_SEALED, *SIGNED)) else ""


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
        return decoded(start[: len(start) // 2 * 2], "utf-16")
    return None if _CONTROL.search(start) else decoded(start)
