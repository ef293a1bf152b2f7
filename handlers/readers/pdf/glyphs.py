"""Gathers the text of a PDF's page into words, each where it stands.

What a font draws can differ from what the file says; only that is read. Text that is not level is
read as if it were, and invisible text counts as text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from handlers.readers.pdf.page import PageBox, PageWord, bounding_box
from handlers.readers.pdf.pdf_file import PageFrame
from handlers.readers.word import symbols

WORD_GAP = 0.35  # of the height: a gap this wide parts words, whether or not a space is there
BOLD_WEIGHT = 650  # from this weight on
MAX_FONT_NAME_BYTES = 256
_HYPHEN = 2  # what pdfium makes of a hyphen at a line's end
_HIDDEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_OWN = str.maketrans({"\uf0b7": "•", "\x02": "-"})


@dataclass(slots=True)
class PageGlyphs:
    """The words of one page. `hidden` counts the invisible ones, `unknown` those in a font that
    does not say which letters it draws."""

    words: list[PageWord] = field(default_factory=list)
    hidden: int = 0
    unknown: int = 0


@dataclass(slots=True)
class _Draft:
    first: int  # index of its first character
    letters: list[str]
    boxes: list[PageBox]


def read_glyphs(text: Any, frame: PageFrame) -> PageGlyphs:
    """`text` is pdfium's text page."""
    out = PageGlyphs()
    for draft in _drafts(text, frame):
        said = symbols.plain_spaces(
            symbols.replace_symbols("".join(draft.letters).translate(_OWN), "")
        )
        if said.strip():
            out.words.append(
                PageWord(said.strip(), bounding_box(draft.boxes), _bold(text, draft.first))
            )
            out.hidden += _invisible(text, draft.first)
            out.unknown += raw.FPDFText_HasUnicodeMapError(text, draft.first) == 1
    return out


def _drafts(text: Any, frame: PageFrame) -> Iterator[_Draft]:
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


def _box(text: Any, index: int, frame: PageFrame) -> PageBox | None:
    seen = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, index, ctypes.byref(seen)):
        return None
    return frame.to_shown_box(seen.left, seen.bottom, seen.right, seen.top)


def _apart(before: PageBox, box: PageBox) -> bool:
    if box == before:  # the letters of a ligature, "fi", are drawn as one
        return False
    gap = box.left - before.right
    return abs(gap) > WORD_GAP * max(before.height, 1.0) or box.shared_height(before) < WORD_GAP


def _bold(text: Any, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text, index) >= BOLD_WEIGHT:
        return True
    name, flags = ctypes.create_string_buffer(MAX_FONT_NAME_BYTES), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, MAX_FONT_NAME_BYTES, ctypes.byref(flags))
    return b"bold" in name.value.lower()


def _invisible(text: Any, index: int) -> bool:
    drawn = raw.FPDFText_GetTextObject(text, index)
    return bool(drawn) and raw.FPDFTextObj_GetTextRenderMode(drawn) in _HIDDEN
