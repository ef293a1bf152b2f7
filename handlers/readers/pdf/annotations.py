"""Reads what lies on a PDF's page without being part of it: form fields, typed notes, ink, files.

What would start a program or brings a file with it is marked as a danger. Actions on opening the
file are found by `actions.py`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2.raw as raw

from handlers.document import Traits
from handlers.readers.pdf.page import PageBox, PageWord
from handlers.readers.pdf.pdf_file import PageFrame
from handlers.readers.word import symbols
from handlers.readers.word.errors import FileTooBig

MAX_ANNOTATIONS = 5_000  # on one page
MAX_FIELD_BYTES = 200_000  # bytes of one field, two to a character
_SEEN_HEIGHT = 12.0  # points: a field is read as one line, however high it is

_PICTURES = {raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_POLYLINE}
_PICTURES |= {raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_POLYGON, raw.FPDF_ANNOT_LINE}
_FILES = {raw.FPDF_ANNOT_FILEATTACHMENT, raw.FPDF_ANNOT_RICHMEDIA, raw.FPDF_ANNOT_MOVIE}
_FILES |= {raw.FPDF_ANNOT_SCREEN, raw.FPDF_ANNOT_SOUND, raw.FPDF_ANNOT_THREED}
_BOXES = {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}
_TYPED = {
    raw.FPDF_FORMFIELD_TEXTFIELD,
    raw.FPDF_FORMFIELD_COMBOBOX,
    raw.FPDF_FORMFIELD_LISTBOX,
}
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW

FillBuffer = Callable[[Any, int], int]  # a buffer and its size in bytes; the size that is needed


@dataclass(slots=True)
class PageOverlay:
    """What lies on one page."""

    words: list[PageWord] = field(default_factory=list)
    rules: list[PageBox] = field(default_factory=list)
    pictures: list[PageBox] = field(default_factory=list)


def read_overlay(page: Any, form: Any, frame: PageFrame, traits: Traits) -> PageOverlay:
    """`page` is pdfium's page, `form` its handle for form fields, or None. Raises FileTooBig."""
    out = PageOverlay()
    count = raw.FPDFPage_GetAnnotCount(page)
    if count > MAX_ANNOTATIONS:
        raise FileTooBig
    for at in range(max(0, count)):
        with _annotation(page, at) as note:
            if note and not raw.FPDFAnnot_GetFlags(note) & _UNSEEN:
                _read(note, form, frame, traits, out)
    return out


@contextmanager
def _annotation(page: Any, at: int) -> Iterator[Any]:
    note = raw.FPDFPage_GetAnnot(page, at)
    try:
        yield note
    finally:
        if note:
            raw.FPDFPage_CloseAnnot(note)


def _read(note: Any, form: Any, frame: PageFrame, traits: Traits, out: PageOverlay) -> None:
    kind, box = raw.FPDFAnnot_GetSubtype(note), _box(note, frame)
    if kind in _FILES:
        traits.add_danger("embedded-object")
    elif kind == raw.FPDF_ANNOT_LINK and _starts_a_program(note):
        traits.add_danger("dde-field")
    elif kind == raw.FPDF_ANNOT_TEXT:
        traits.comment(_string(partial(raw.FPDFAnnot_GetStringValue, note, b"T")))
    elif kind == raw.FPDF_ANNOT_STRIKEOUT:
        out.rules.append(PageBox(box.left, box.middle_down, box.right, box.middle_down))
    elif kind in _PICTURES:
        out.pictures.append(box)
    elif kind == raw.FPDF_ANNOT_FREETEXT:
        out.words += _words(_string(partial(raw.FPDFAnnot_GetStringValue, note, b"Contents")), box)
    elif kind == raw.FPDF_ANNOT_WIDGET and form:
        out.words += _words(_field(note, form), box)


def _starts_a_program(note: Any) -> bool:
    action = raw.FPDFLink_GetAction(raw.FPDFAnnot_GetLink(note))
    return bool(raw.FPDFAction_GetType(action) == raw.PDFACTION_LAUNCH)


def _field(note: Any, form: Any) -> str:
    """What a form field says: its value, or a ballot box, ticked or not."""
    kind = raw.FPDFAnnot_GetFormFieldType(form, note)
    if kind in _BOXES:
        return symbols.CROSSED_BOX if raw.FPDFAnnot_IsChecked(form, note) else symbols.EMPTY_BOX
    if kind in _TYPED:
        return _string(partial(raw.FPDFAnnot_GetFormFieldValue, form, note))
    return ""


def _words(text: str, box: PageBox) -> list[PageWord]:
    """The words as if typed in the box from its left, in one line at its middle."""
    said = symbols.plain_spaces(text).split()
    high = min(box.height, _SEEN_HEIGHT)
    top, out, at = box.middle_down - high / 2, [], box.left
    wide = min(box.width / max(1, len(" ".join(said))), high / 2)
    for word in said:
        end = at + wide * len(word)
        out.append(PageWord(word, PageBox(at, top, end, top + high)))
        at = end + wide
    return out


def _box(note: Any, frame: PageFrame) -> PageBox:
    seen = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(note, ctypes.byref(seen))
    return frame.to_shown_box(seen.left, seen.bottom, seen.right, seen.top)


def _string(ask: FillBuffer) -> str:
    """A text that pdfium gives in UTF-16. Raises FileTooBig."""
    size = max(0, ask(None, 0))
    if size > MAX_FIELD_BYTES:
        raise FileTooBig
    buffer = ctypes.create_string_buffer(size)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
