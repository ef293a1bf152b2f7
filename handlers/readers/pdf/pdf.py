"""A PDF opened for reading.

Does: reads its pages as paragraphs and rows, form fields and notes included; has a page that is
only a picture of its text read by machine, where that is installed.
Trusts: nothing.
Never touches: JavaScript, actions, files inside it. Harmless scripts are common in forms and
nothing here runs them, so they are no danger; an embedded file, or a link that starts a program,
is one.
Known limits: traits are complete only after the last block, as `handlers.document.Reading`
says. Headers and footers are read as text of the page, a table over two pages as two. What a reader
sees of a page and what is read of it can differ: text in white, in the colour of what is behind it,
under a picture or cut off by a frame is read, as Word's white text is; what Word hides or deletes
is not in a PDF that Word made. A word is struck out by a level line through it, drawn or as a note
of the reader's program; by a slanting or hand-drawn one it is not. What a scanner wrote invisibly
counts as made out by machine, what a program drew in letters of its own making does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handlers.document import Block, Traits
from handlers.readers.pdf.annotations import overlay_of
from handlers.readers.pdf.glyphs import Glyphs, glyphs_of
from handlers.readers.pdf.layout import Layout
from handlers.readers.pdf.ocr import MOST_LEAVES, engine
from handlers.readers.pdf.page import Box, Page
from handlers.readers.pdf.pdf_file import Frame, Pdf
from handlers.readers.pdf.shapes import Shapes, marked, shapes_of
from handlers.readers.word.errors import TooBig

LARGE = 0.25  # of the page: a picture this big may hold anything
MOST_STROKES = 100  # of a pen; letters drawn as shapes take more
SHARP, MOST_SIDE = 300 / 72, 3600  # pixels to a point for reading by machine, and on a side


class PdfReading:
    """A `handlers.document.Reading` of a PDF. `blocks()` is iterated once.

    `blocks()` raises Damaged, TooBig or NoReader where a page turns out so.
    """

    def __init__(self, pdf: Pdf) -> None:
        self.traits = Traits(on_paper=True, all_typed=True)
        self._pdf = pdf
        self._made_out = 0
        pdf.note(self.traits)

    def blocks(self) -> Iterator[Block]:
        layout = Layout()
        for page, text, frame in self._pdf.pages():
            yield from layout.blocks(self._page(page, text, frame))
        self.traits.all_typed &= not layout.loose

    def _page(self, page: Any, text: Any, frame: Frame) -> Page:
        glyphs, shapes = glyphs_of(text, frame), shapes_of(page, frame)
        self.traits.made_out |= glyphs.hidden > 0  # by the scanner, behind its picture
        overlay = overlay_of(page, self._pdf.form, frame, self.traits)
        on_page = marked(shapes.squares, (*glyphs.words, *overlay.words), shapes.ink)
        shown = (*shapes.pictures, *on_page.ink)
        if shown and not (glyphs.words or overlay.words):
            return self._read_by_machine(page)
        width, height = frame.size
        large = LARGE * width * height
        self.traits.all_typed &= _plain(glyphs, shapes, large)
        pictures = [box for box in (*shown, *overlay.pictures) if box.area < large]
        sheet = Box(0, 0, width, height)
        words = tuple(word for word in on_page.words if sheet.holds(word.box))  # others nobody sees
        return Page(width, height, words, (*shapes.rules, *overlay.rules), tuple(pictures))

    def _read_by_machine(self, page: Any) -> Page:
        """Raises NoReader, and TooBig for more pages than there is time for."""
        reader = engine()
        self._made_out += 1
        if self._made_out > MOST_LEAVES:
            raise TooBig
        self.traits.made_out, self.traits.all_typed = True, False
        scale = min(SHARP, MOST_SIDE / max(page.get_size()))
        seen = page.render(scale=scale, grayscale=True)
        return reader.page_of_grey(bytes(seen.buffer), seen.width, seen.height, seen.stride)


def _plain(glyphs: Glyphs, shapes: Shapes, large: float) -> bool:
    """What stands on the page stands in its text: nothing to say that it might not."""
    pictured = sum(box.area for box in shapes.pictures)
    drawn = len(shapes.ink) > MOST_STROKES
    return not (glyphs.hidden or glyphs.unknown or drawn or pictured >= large)


def open_pdf(data: bytes) -> PdfReading:
    """Raises Protected, Damaged, TooBig or AdobeForm. Dangers that do not stop the reading are in
    `traits.dangers`, some at once, those on a page once `blocks()` is done."""
    return PdfReading(Pdf(data))
