"""Opens a PDF and reads its pages as paragraphs and rows, form fields and notes included.

Traits are complete only after the last block. What a reader sees and what is read can differ:
white, covered or cut off text is read, and only a level line strikes a word out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handlers.document import Block, Traits
from handlers.readers.pdf.annotations import read_overlay
from handlers.readers.pdf.glyphs import PageGlyphs, read_glyphs
from handlers.readers.pdf.layout import PageLayout
from handlers.readers.pdf.ocr import MAX_SCANNED_PAGES, get_ocr_engine
from handlers.readers.pdf.page import Page, PageBox
from handlers.readers.pdf.pdf_file import PageFrame, PdfFile
from handlers.readers.pdf.shapes import PageShapes, mark_ballot_boxes, read_shapes
from handlers.readers.word.errors import FileTooBig

LARGE_PICTURE_SHARE = 0.25  # of the page: a picture this big may hold anything
MAX_PEN_STROKES = 100  # of a pen; letters drawn as shapes take more
OCR_PIXELS_PER_POINT, MAX_OCR_SIDE = (
    300 / 72,
    3600,
)  # pixels to a point for reading by machine, and on a side


class PdfReading:
    """A `handlers.document.DocumentReading` of a PDF. `iter_blocks()` is iterated once.

    `iter_blocks()` raises DamagedFile, FileTooBig or OcrNotInstalled where a page turns out so.
    """

    def __init__(self, pdf: PdfFile) -> None:
        self.traits = Traits(on_paper=True, all_typed=True)
        self._pdf = pdf
        self._made_out = 0
        pdf.note_traits(self.traits)

    def iter_blocks(self) -> Iterator[Block]:
        layout = PageLayout()
        for page, text, frame in self._pdf.iter_pages():
            yield from layout.blocks_of_page(self._page(page, text, frame))
        self.traits.all_typed &= not layout.loose

    def _page(self, page: Any, text: Any, frame: PageFrame) -> Page:
        glyphs, shapes = read_glyphs(text, frame), read_shapes(page, frame)
        self.traits.made_out |= glyphs.hidden > 0  # by the scanner, behind its picture
        overlay = read_overlay(page, self._pdf.form, frame, self.traits)
        on_page = mark_ballot_boxes(shapes.squares, (*glyphs.words, *overlay.words), shapes.ink)
        shown = (*shapes.pictures, *on_page.ink)
        if shown and not (glyphs.words or overlay.words):
            return self._read_by_machine(page)
        width, height = frame.shown_size
        large = LARGE_PICTURE_SHARE * width * height
        self.traits.all_typed &= _plain(glyphs, shapes, large)
        pictures = [box for box in (*shown, *overlay.pictures) if box.area < large]
        sheet = PageBox(0, 0, width, height)
        words = tuple(
            word for word in on_page.words if sheet.contains_middle_of(word.box)
        )  # others nobody sees
        return Page(width, height, words, (*shapes.rules, *overlay.rules), tuple(pictures))

    def _read_by_machine(self, page: Any) -> Page:
        """Raises OcrNotInstalled, and FileTooBig for more pages than there is time for."""
        reader = get_ocr_engine()
        self._made_out += 1
        if self._made_out > MAX_SCANNED_PAGES:
            raise FileTooBig
        self.traits.made_out, self.traits.all_typed = True, False
        scale = min(OCR_PIXELS_PER_POINT, MAX_OCR_SIDE / max(page.get_size()))
        seen = page.render(scale=scale, grayscale=True)
        return reader.read_grey_page(bytes(seen.buffer), seen.width, seen.height, seen.stride)


def _plain(glyphs: PageGlyphs, shapes: PageShapes, large: float) -> bool:
    """What stands on the page stands in its text: nothing to say that it might not."""
    pictured = sum(box.area for box in shapes.pictures)
    drawn = len(shapes.ink) > MAX_PEN_STROKES
    return not (glyphs.hidden or glyphs.unknown or drawn or pictured >= large)


def open_pdf(data: bytes) -> PdfReading:
    """Raises ProtectedFile, DamagedFile, FileTooBig or AdobeOnlyForm. Dangers that do not stop the
    reading are in `traits.dangers`, some at once, those on a page once `iter_blocks()` is done."""
    return PdfReading(PdfFile(data))
