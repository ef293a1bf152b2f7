"""The text of a PDF's page as words, each where it stands.

Does: gathers the characters pdfium finds into words; makes symbols of those fonts that draw them.
Trusts: nothing. The order of the characters in the file matters inside a word only.
Never touches: the look of a word, beyond whether its font is a bold one.
Known limits: what a font draws can differ from what the file says it draws; only that is read.
Text that is not level is read as if it were. Colour is not asked. Invisible text, as scanners write
it behind a picture of the page, counts as text, and `hidden` says that there is some.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from handlers.readers.pdf.page import Box, Word, around
from handlers.readers.pdf.pdf_file import Frame
from handlers.readers.word import symbols

APART = 0.35  # of the height: a gap this wide parts words, whether or not a space is there
BOLD = 650  # from this weight on
LONGEST_NAME = 256
_HYPHEN = 2  # what pdfium makes of a hyphen at a line's end
_HIDDEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_OWN = str.maketrans({"\uf0b7": "•", "\x02": "-"})


@dataclass(slots=True)
class Glyphs:
    """The words of one page. `hidden` counts the invisible ones, `unknown` those in a font that
    does not say which letters it draws."""

    words: list[Word] = field(default_factory=list)
    hidden: int = 0
    unknown: int = 0


@dataclass(slots=True)
class _Draft:
    first: int  # index of its first character
    letters: list[str]
    boxes: list[Box]


def glyphs_of(text: Any, frame: Frame) -> Glyphs:
    """`text` is pdfium's text page."""
    out = Glyphs()
    for draft in _drafts(text, frame):
        said = symbols.plain(symbols.typed("".join(draft.letters).translate(_OWN), ""))
        if said.strip():
            out.words.append(Word(said.strip(), around(draft.boxes), _bold(text, draft.first)))
            out.hidden += _invisible(text, draft.first)
            out.unknown += raw.FPDFText_HasUnicodeMapError(text, draft.first) == 1
    return out


def _drafts(text: Any, frame: Frame) -> Iterator[_Draft]:
    draft: _Draft | None = None
    for index in range(max(0, raw.FPDFText_CountChars(text))):
        letter = _letter(raw.FPDFText_GetUnicode(text, index))
        box = _box(text, index, frame) if letter else None
        if draft is not None and (box is None or _apart(draft.boxes[-1], box)):
            yield draft
            draft = None
        if box is None:
            continue
        if draft is None:
            draft = _Draft(index, [], [])
        draft.letters.append(letter)
        draft.boxes.append(box)
    if draft is not None:
        yield draft


def _letter(code: int) -> str:
    """The character, "" for white space, control characters and what is none."""
    if code == _HYPHEN:
        return chr(code)
    if code < 0x20 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
        return ""
    letter = chr(code)
    return "" if letter.isspace() else letter


def _box(text: Any, index: int, frame: Frame) -> Box | None:
    seen = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(seen)):
        return None
    return frame.box(seen.left, seen.bottom, seen.right, seen.top)


def _apart(before: Box, box: Box) -> bool:
    if box == before:  # the letters of a ligature, "fi", are drawn as one
        return False
    gap = box.left - before.right
    return abs(gap) > APART * max(before.height, 1.0) or box.beside(before) < APART


def _bold(text: Any, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, index) >= BOLD:
        return True
    name, flags = ctypes.create_string_buffer(LONGEST_NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, LONGEST_NAME, ctypes.byref(flags))
    return b"bold" in name.value.lower()


def _invisible(text: Any, index: int) -> bool:
    drawn = raw.FPDFText_GetTextObject(text, index)
    return bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) in _HIDDEN
