"""Bytes of a stated character set as text that is safe to search; and uuencode, which travels
in text."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header

_NAMES = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254",
    "cp1255", "cp1256", "cp1257", "iso8859-2", "iso8859-15", "koi8-r", "gb18030", "big5",
    "shift_jis", "iso2022_jp", "euc_kr",
)  # fmt: skip
_CODECS = {codecs.lookup(name).name for name in _NAMES}
# Mail labelled with these was mostly written by programs that meant Windows-1252.
_REALLY = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_ALIASES = {
    "us-ascii": "ascii", "ansi_x3.4-1968": "ascii", "ascii": "ascii", "latin1": "iso8859-1",
    "latin-1": "iso8859-1", "iso-8859-1": "iso8859-1", "iso8859-1": "iso8859-1",
    "gb2312": "gb2312", "gbk": "gbk", "utf8": "utf-8", "iso-8859-15": "iso8859-15",
    "iso-8859-2": "iso8859-2", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "iso-2022-jp": "iso2022_jp", "euc-kr": "euc_kr",
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1258)},
}  # fmt: skip

# C0 and C1 controls, zero-width and direction characters, lone surrogates, byte order marks.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,8})[^A-Za-z0-9.]{0,20}\Z")


def decode_text(content: bytes, charset: str = "") -> str:
    """The text of `content`. Never raises: what cannot be read becomes U+FFFD."""
    named = charset.strip().lower()
    named = _ALIASES.get(named, named)
    named = _REALLY.get(named, named)
    if named in _CODECS and named != "utf-8":
        return content.decode(named, "replace")
    text = content.decode("utf-8-sig", "replace")
    return text if named == "utf-8" or "\ufffd" not in text else content.decode("cp1252", "replace")


def clean_text(text: str, longest: int) -> str:
    """At most `longest` characters, without any that a reader cannot see."""
    return _UNSEEN.sub("", text[: longest * 2])[:longest]


def fold_to_one_line(text: str, longest: int) -> str:
    """The same, white space folded to single spaces."""
    return " ".join(clean_text(text, longest).split())


def file_ending(name: str) -> str:
    """The ending of a file name in lower case: "docx" for "a/b.DOCX"; "" when it has none."""
    match = _ENDING.search(name[-300:])
    return match[1].lower() if match else ""


def decode_encoded_words(value: str, longest: int = 2_000) -> str:
    """A header's value as a person reads it: `=?utf-8?q?caf=C3=A9?=` becomes `café`."""
    value = value[:longest]
    if "=?" not in value:
        return value
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        return value
    return "".join(p if isinstance(p, str) else decode_text(p, c or "") for p, c in pieces)


_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,300})\r?$", re.M)
_LINE = re.compile(rb"[ -`]{1,90}")
_END = b"end"


@dataclass(frozen=True, slots=True)
class UuencodedFile:
    """One file in a text, which stands from `start` to `end` in it."""

    name: str
    content: bytes
    damaged: bool
    start: int
    end: int


def uuencoded_files(text: bytes) -> Iterator[UuencodedFile]:
    """Every file in a text, in order."""
    at = 0
    while begin := _BEGIN.search(text, at):
        name = begin[1].decode("utf-8", "replace").strip()
        if begin[0].startswith(b"begin-base64"):
            content, damaged, at = _base64(text, begin.end())
        else:
            content, damaged, at = _lines(text, begin.end())
        if content:
            yield UuencodedFile(name, content, damaged, begin.start(), at)


def decode_uuencoded(text: bytes) -> tuple[bytes, bool]:
    """The one file that a part is, and whether it is damaged; the text itself, damaged, where
    there is none."""
    found = next(uuencoded_files(text), None)
    return (found.content, found.damaged) if found else (text, True)


def text_without_files(text: bytes) -> bytes:
    """The text around the files in it."""
    at, around = 0, list[bytes]()
    for file in uuencoded_files(text):
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
