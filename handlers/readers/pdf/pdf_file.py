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
from handlers.readers.pdf.page import PageBox, bounding_box
from handlers.readers.word.errors import DamagedFile, FileTooBig, ProtectedFile, UnreadableFile


class OcrNotInstalled(UnreadableFile):
    sentence = (
        "The file is a picture of its text, and nothing that reads pictures is installed here."
    )


class AdobeOnlyForm(UnreadableFile):
    sentence = "The file is a form that only Adobe's own programs can show."


MAX_PAGES = 200
MAX_CHARACTERS = 1_000_000
MAX_SIGNATURES = 100
LETTERS_LOOKED_AT = 500  # letters show which way up a page is
MAX_PAGE_SIDE = 14_400.0  # points: what the format allows, and 5 metres
_LOCKED = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """How a page is looked at: the part that is `visible`, in the page's own coordinates, which
    run upwards, and by how many quarters, clockwise, it is `turned`."""

    visible: PageBox  # here `top` is the greater of the two
    turned: int

    @property
    def shown_size(self) -> tuple[float, float]:
        width, height = self.visible.width, self.visible.top - self.visible.bottom
        return (height, width) if self.turned % 2 else (width, height)

    def to_shown_box(self, left: float, bottom: float, right: float, top: float) -> PageBox:
        """Where a box of the page's own coordinates is seen."""
        return bounding_box((self._point(left, bottom), self._point(right, top)))

    def _point(self, x: float, y: float) -> PageBox:
        seen = self.visible
        across, down = (
            (x - seen.left, seen.top - y),
            (y - seen.bottom, x - seen.left),
            (seen.right - x, y - seen.bottom),
            (seen.top - y, seen.right - x),
        )[self.turned]
        return PageBox(across, down, across, down)


class PdfFile:
    """An open PDF. `form` is pdfium's handle for its form fields, None where it has none."""

    def __init__(self, data: bytes) -> None:
        """Raises ProtectedFile, DamagedFile, FileTooBig or AdobeOnlyForm."""
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as why:
            raise ProtectedFile if getattr(why, "err_code", 0) in _LOCKED else DamagedFile from None
        if len(self._document) > MAX_PAGES:
            raise FileTooBig
        if not len(self._document):
            raise DamagedFile
        if self._document.get_formtype() == raw.FORMTYPE_XFA_FULL:
            raise AdobeOnlyForm
        self._document.init_forms()
        self.form: Any = self._document.formenv
        self._characters = 0

    def note_traits(self, traits: Traits) -> None:
        """What is true of the file, before any page is read."""
        if raw.FPDFDoc_GetAttachmentCount(self._document):
            traits.add_danger("embedded-object")
        traits.digital_signature = self._signed()

    def iter_pages(self) -> Iterator[tuple[Any, Any, PageFrame]]:
        """Each page with its text and its frame. Raises DamagedFile and FileTooBig."""
        for number in range(len(self._document)):
            try:
                page = self._document[number]
                text = page.get_textpage()
            except pypdfium2.PdfiumError:
                raise DamagedFile from None
            self._characters += max(0, text.count_chars())
            if self._characters > MAX_CHARACTERS:
                raise FileTooBig
            yield page, text, _frame(page, text)
            text.close()
            page.close()

    def _signed(self) -> bool:
        """Some signature field holds a signature; an empty one is only a place for it."""
        count = min(raw.FPDF_GetSignatureCount(self._document), MAX_SIGNATURES)
        fields = (raw.FPDF_GetSignatureObject(self._document, at) for at in range(count))
        return any(raw.FPDFSignatureObj_GetContents(field, None, 0) > 0 for field in fields)


def _frame(page: Any, text: Any) -> PageFrame:
    """As most of the text stands upright; a page without text, as the file says."""
    seen = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, ctypes.byref(seen)):
        raise DamagedFile
    quarters = Counter(_quarters(text)) or Counter([raw.FPDFPage_GetRotation(page)])
    turned = max(quarters, key=quarters.__getitem__) % 4
    frame = PageFrame(PageBox(seen.left, seen.top, seen.right, seen.bottom), turned)
    if not all(0 < side <= MAX_PAGE_SIDE for side in frame.shown_size):
        raise DamagedFile
    return frame


def _quarters(text: Any) -> Iterator[int]:
    """By how many quarters, clockwise, a page has to be turned for its first letters to stand."""
    for index in range(min(raw.FPDFText_CountChars(text), LETTERS_LOOKED_AT)):
        if raw.FPDFText_GetUnicode(text, index) > ord(" "):
            yield -round(raw.FPDFText_GetCharAngle(text, index) / (pi / 2)) % 4
