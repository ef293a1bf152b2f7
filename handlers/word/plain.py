"""Rows of nothing but text, read flat: that is most rows of most chronologies.

Does: reads such a row in one sweep over its elements, which takes half the time of walking down
into each. Gives up, and leaves the row to `table.py`, on anything any other module would look at.
Trusts: nothing; what is not exactly row, cell, paragraph, run, text, each in its place, is not
plain.
Never touches: what runs over from one paragraph to the next.
Known limits: for Transitional documents; rows of Strict ones take the long way. Both ways give the
same row, and a test holds them to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.document.block import Cell, Paragraph
from handlers.word import look, names, runs, setting, symbols, table
from handlers.word.look import Look
from handlers.word.styles import Manner, Styles
from handlers.word.xml import Element

_TR, _TC, _P, _R, _T, _STYLE, _FONTS = (
    f"{{{names.TRANSITIONAL}}}{name}" for name in ("tr", "tc", "p", "r", "t", "pStyle", "rFonts")
)
# Everything another module looks at. Alignment is left out: it matters to bold lines only, and
# whatever makes a line bold is in. So are run properties themselves: what is in them is in.
_LOOKED_AT = (
    runs.LOOKED_AT | look.LOOKED_AT | setting.LOOKED_AT | table.LOOKED_AT | names.P | names.TC
) - (setting.ALIGNED | names.tags("rPr"))
_SWEEP = tuple(sorted(tag for tag in _LOOKED_AT if names.STRICT not in tag))
# A font of symbols, or a colour, shading or line that is not plain.
_SETS_APART: Mapping[str, Callable[[Element], str | None]] = {
    **dict.fromkeys(look.SHOWN, look.shown),
    _FONTS: look.symbol_font,
}
_UNMARKED = Look()
MOST_KEPT, SHORT = 1000, 40  # cells kept for the next row, and the characters of the longest


class Draft:
    """A paragraph of plain text while it is read."""

    __slots__ = ("style", "text")

    def __init__(self) -> None:
        self.style: str | None = None
        self.text = ""


class PlainRows:
    """Reads the plain rows of one story. Short cells that come again (an agency, a Y) are the
    same object: making them is a third of the work."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._kept: dict[tuple[int, str | None, str], Cell] = {}

    def cells(self, row: Element) -> tuple[Cell, ...] | None:
        """The row's cells if it is plain."""
        drafts = _drafts(row)
        if drafts is None:
            return None
        for style in {draft.style for cell in drafts for draft in cell}:
            if not _plain(self._styles.paragraph(style)):
                return None
        return tuple([self._cell(column, cell) for column, cell in enumerate(drafts)])

    def _cell(self, column: int, drafts: list[Draft]) -> Cell:
        if len(drafts) != 1 or len(drafts[0].text) > SHORT:
            return Cell(tuple([self._paragraph(draft) for draft in drafts]), column)
        key = (column, drafts[0].style, drafts[0].text)
        cell = self._kept.get(key)
        if cell is None:
            cell = Cell((self._paragraph(drafts[0]),), column)
            if len(self._kept) < MOST_KEPT:
                self._kept[key] = cell
        return cell

    def _paragraph(self, draft: Draft) -> Paragraph:
        manner, text = self._styles.paragraph(draft.style), draft.text
        ticks = () if text.isascii() else symbols.ticks(text)
        titled = manner.title and bool(text.strip())
        return Paragraph(text, manner.heading, numbered=manner.numbered, ticks=ticks, title=titled)


def _drafts(row: Element) -> list[list[Draft]] | None:
    """The paragraphs of each cell; None where anything else is met."""
    if row.tag != _TR:
        return None
    drafts: list[list[Draft]] = []
    cell = paragraph = run = None
    for element in row.iter(*_SWEEP):
        tag = element.tag
        sets_apart = _SETS_APART.get(tag)
        if sets_apart is not None:
            if sets_apart(element):
                return None
        elif tag == _T and element.getparent() is run:
            drafts[-1][-1].text += runs.shown_text(element, "")
        elif tag == _R and element.getparent() is paragraph:
            run = element
        elif tag == _P and element.getparent() is cell:
            paragraph, run = element, None
            drafts[-1].append(Draft())
        elif tag == _TC and element.getparent() is row:
            cell, paragraph = element, None
            drafts.append([])
        elif tag == _STYLE and _is_of(paragraph, element):
            drafts[-1][-1].style = names.val(element)
        else:
            return None
    return drafts


def _is_of(paragraph: Element | None, style: Element) -> bool:
    """The style stands in the paragraph's own properties, not in a record of older ones."""
    properties = style.getparent()
    return properties is not None and properties.getparent() is paragraph is not None


def _plain(manner: Manner) -> bool:
    return manner.look == _UNMARKED and not (manner.contents or manner.contents_title)
