"""A PDF opened by pdfium: its pages, and what is true of the whole file."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import pi
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from handlers.document import Traits
from handlers.readers.pdf.page import Box, around
from handlers.readers.word.errors import Damaged, Protected, Refusal, TooBig


class NoReader(Refusal):
    """The file is a picture of its text, and nothing that reads pictures is installed here."""


class AdobeForm(Refusal):
    """The file is a form that only Adobe's own programs can show."""


MOST_PAGES = 200
MOST_CHARACTERS = 1_000_000
MOST_SIGNATURES = 100
ENOUGH = 500  # letters show which way up a page is
LONGEST_SIDE = 14_400.0  # points: what the format allows, and 5 metres
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is looked at: the part that is `visible`, in the page's own coordinates, which
    run upwards, and by how many quarters, clockwise, it is `turned`."""

    visible: Box  # here `top` is the greater of the two
    turned: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.visible.width, self.visible.top - self.visible.bottom
        return (height, width) if self.turned % 2 else (width, height)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Where a box of the page's own coordinates is seen."""
        return around((self._point(left, bottom), self._point(right, top)))

    def _point(self, x: float, y: float) -> Box:
        seen = self.visible
        across, down = (
            (x - seen.left, seen.top - y),
            (y - seen.bottom, x - seen.left),
            (seen.right - x, y - seen.bottom),
            (seen.top - y, seen.right - x),
        )[self.turned]
        return Box(across, down, across, down)


class Pdf:
    """An open PDF. `form` is pdfium's handle for its form fields, None where it has none."""

    def __init__(self, data: bytes) -> None:
        """Raises Protected, Damaged, TooBig or AdobeForm."""
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as why:
            raise Protected if getattr(why, "err_code", 0) in _LOCKED else Damaged from None
        if len(self._document) > MOST_PAGES:
            raise TooBig
        if not len(self._document):
            raise Damaged
        if self._document.get_formtype() == raw.FORMTYPE_XFA_FULL:
            raise AdobeForm
        self._document.init_forms()
        self.form: Any = self._document.formenv
        self._characters = 0

    def note(self, traits: Traits) -> None:
        """What is true of the file, before any page is read."""
        if raw.FPDFDoc_GetAttachmentCount(self._document):
            traits.danger("embedded-object")
        traits.digital_signature = self._signed()

    def pages(self) -> Iterator[tuple[Any, Any, Frame]]:
        """Each page with its text and its frame. Raises Damaged and TooBig."""
        for number in range(len(self._document)):
            try:
                page = self._document[number]
                text = page.get_textpage()
            except pypdfium2.PdfiumError:
                raise Damaged from None
            self._characters += max(0, text.count_chars())
            if self._characters > MOST_CHARACTERS:
                raise TooBig
            yield page, text, _frame(page, text)
            text.close()
            page.close()

    def _signed(self) -> bool:
        """Some signature field holds a signature; an empty one is only a place for it."""
        count = min(raw.FPDF_GetSignatureCount(self._document), MOST_SIGNATURES)
        fields = (raw.FPDF_GetSignatureObject(self._document, at) for at in range(count))
        return any(raw.FPDFSignatureObj_GetContents(field, None, 0) > 0 for field in fields)


def _frame(page: Any, text: Any) -> Frame:
    """As most of the text stands upright; a page without text, as the file says."""
    seen = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, ctypes.byref(seen)):
        raise Damaged
    quarters = Counter(_quarters(text)) or Counter([raw.FPDFPage_GetRotation(page)])
    turned = max(quarters, key=quarters.__getitem__) % 4
    frame = Frame(Box(seen.left, seen.top, seen.right, seen.bottom), turned)
    if not all(0 < side <= LONGEST_SIDE for side in frame.size):
        raise Damaged
    return frame


def _quarters(text: Any) -> Iterator[int]:
    """By how many quarters, clockwise, a page has to be turned for its first letters to stand."""
    for index in range(min(raw.FPDFText_CountChars(text), ENOUGH)):
        if raw.FPDFText_GetUnicode(text, index) > ord(" "):
            yield -round(raw.FPDFText_GetCharAngle(text, index) / (pi / 2)) % 4
