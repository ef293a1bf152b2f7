"""The rich text that Outlook sends in winmail.dat: compressed RTF ([MS-OXRTFCP]), and its lines."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

from intake.decoding import decode_text
from intake.message.reply_lines import TextLine, TextPart, bounded_part, visible_text

MAX_RTF_BYTES = 1 << 20

_HEADER = struct.Struct("<IIII")  # size, size unpacked, kind, checksum
_PACKED, _UNPACKED = 0x75465A4C, 0x414C454D  # "LZFu", "MELA"
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096


class RichTextBroken(ValueError):
    """The rich text is not packed as Outlook packs it, or holds more than is read."""


def unpack_rtf(content: bytes) -> bytes:
    """The RTF in a compressed stream. Raises RichTextBroken."""
    if len(content) < _HEADER.size:
        raise RichTextBroken
    _, size, kind, _ = _HEADER.unpack_from(content)
    if size > MAX_RTF_BYTES:
        raise RichTextBroken
    if kind not in (_PACKED, _UNPACKED):
        raise RichTextBroken
    out = _unpacked(content) if kind == _PACKED else content[_HEADER.size :]
    if len(out) < size:
        raise RichTextBroken  # it breaks off
    return out[:size]


def _unpacked(content: bytes) -> bytes:
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\0"))
    out, at, write = bytearray(), _HEADER.size, len(_DICTIONARY)
    while at < len(content):
        flags, at = content[at], at + 1
        for bit in range(8):
            if at >= len(content):
                break
            if not flags >> bit & 1:
                out.append(content[at])
                window[write], write, at = content[at], (write + 1) % _WINDOW, at + 1
                continue
            if at + 2 > len(content):
                raise RichTextBroken
            pair, at = content[at] << 8 | content[at + 1], at + 2
            start, length = pair >> 4, (pair & 0xF) + 2
            if start == write:  # the end of the stream
                return bytes(out)
            for step in range(length):
                byte = window[(start + step) % _WINDOW]
                out.append(byte)
                window[write], write = byte, (write + 1) % _WINDOW
            if len(out) > MAX_RTF_BYTES:
                raise RichTextBroken
    return bytes(out)


_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|"
    rb"\\(?P<mark>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)",
    re.S,
)
_ENDS = {b"par": "\n", b"line": "\n", b"row": "\n", b"cell": "\n", b"sect": "\n", b"page": "\n"}
_CHARACTERS = {
    **_ENDS,
    b"tab": " ",
    b"emdash": "\u2014",
    b"endash": "\u2013",
    b"lquote": "\u2018",
    b"rquote": "\u2019",
    b"ldblquote": "\u201c",
    b"rdblquote": "\u201d",
    b"bullet": "\u2022",
}
_MARKS = {
    b"~": "\u00a0",
    b"_": "-",
    b"-": "",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"\n": "\n",
    b"\r": "\n",
}
# Groups whose text is no text of the message; and each that begins with \*.
_ASIDE = frozenset(
    {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer"}
    | {b"headerl", b"headerr", b"footerl", b"footerr", b"listtable", b"generator", b"fldinst"}
    | {b"footnote", b"xe", b"tc", b"listoverridetable", b"rsidtbl", b"themedata", b"datastore"}
)
_MAX_GROUPS = 500


@dataclass(frozen=True, slots=True)
class _Group:
    aside: bool = False
    hidden: bool = False
    struck: bool = False
    skip: int = 1  # characters after \\u that stand for it


def rich_part(rtf: bytes) -> TextPart:
    """The lines of RTF. Raises RichTextBroken."""
    reader = _RtfReader()
    for found in _TOKEN.finditer(rtf[:MAX_RTF_BYTES]):
        reader.read(found)
    reader.end_line()
    return bounded_part("rich", reader.lines, whole=len(rtf) <= MAX_RTF_BYTES)


class _RtfReader:
    def __init__(self) -> None:
        self.lines: list[TextLine] = []
        self._groups = [_Group()]
        self._charset = "cp1252"
        self._skip = 0
        self._text: list[str] = []
        self._hidden = self._struck = False

    def read(self, found: re.Match[bytes]) -> None:
        if found["brace"] == b"{":
            if len(self._groups) > _MAX_GROUPS:
                raise RichTextBroken
            self._groups.append(self._groups[-1])
        elif found["brace"]:
            if len(self._groups) > 1:
                self._groups.pop()
        elif found["word"]:
            self._word(found["word"], found["number"])
        elif found["hex"]:
            self._add(bytes.fromhex(found["hex"].decode()).decode(self._charset, "replace"))
        elif found["mark"] == b"*":
            self._groups[-1] = replace(self._groups[-1], aside=True)
        elif found["mark"]:
            self._add(_MARKS.get(found["mark"], ""))
        else:
            self._add(decode_text(found["text"], self._charset))

    def end_line(self) -> None:
        text = visible_text(" ".join("".join(self._text).split()))
        self.lines.append(TextLine(text, hidden=self._hidden, struck=self._struck))
        self._text, self._hidden, self._struck = [], False, False

    def _word(self, word: bytes, number: bytes | None) -> None:
        group, on = self._groups[-1], number != b"0"
        if word in _ASIDE:
            self._groups[-1] = replace(group, aside=True)
        elif word == b"v":
            self._groups[-1] = replace(group, hidden=on)
        elif word in (b"strike", b"striked"):
            self._groups[-1] = replace(group, struck=on)
        elif word == b"plain":
            self._groups[-1] = replace(group, hidden=False, struck=False)
        elif word == b"uc" and number:
            self._groups[-1] = replace(group, skip=max(0, int(number)))
        elif word == b"u" and number:
            self._add(_character(int(number)))
            self._skip = group.skip
        elif word == b"ansicpg" and number in (
            b"1250",
            b"1251",
            b"1252",
            b"1253",
            b"1254",
            b"1257",
        ):
            self._charset = f"cp{number.decode()}"
        else:
            self._add(_CHARACTERS.get(word, ""))

    def _add(self, text: str) -> None:
        group = self._groups[-1]
        if self._skip and text and text != "\n":
            text, self._skip = text[self._skip :], max(0, self._skip - len(text))
        if group.aside or not text:
            return
        if text == "\n":
            self.end_line()
        elif group.hidden:
            self._hidden = self._hidden or any(map(str.isalnum, text))
        else:
            self._text.append(text)
            self._struck = self._struck or (group.struck and bool(text.strip()))


def _character(number: int) -> str:
    number = number + 0x10000 if number < 0 else number
    return chr(number) if 0 < number < 0xD800 or 0xE000 <= number < 0x110000 else ""
