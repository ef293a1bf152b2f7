"""Rows of nothing but text, read flat: that is most rows of most chronologies.

Does: reads such a row in one sweep over its elements, which takes half the time of walking down
into each. Gives up, and leaves the row to `table.py`, on anything any other module would look at.
Trusts: nothing; what is not exactly row, cell, paragraph, run, text, each in its place, is not
plain.
Never touches: what runs over from one paragraph to the next.
Known limits: none of its own: both ways give the same row, and a test holds them to it.
"""

from __future__ import annotations

from handlers.block import Cell
from handlers.word import look, names, runs, setting, table
from handlers.word.line import Line
from handlers.word.look import Look
from handlers.word.setting import UNSET
from handlers.word.styles import Manner, Styles
from handlers.word.xml import Element

# Everything another module looks at. Alignment is left out: it matters to bold lines only, and
# whatever makes a line bold is in. So are run properties themselves: what is in them is in.
_LOOKED_AT = (
    runs.LOOKED_AT | look.LOOKED_AT | setting.LOOKED_AT | table.LOOKED_AT | names.P | names.TC
) - (setting.ALIGNED | names.tags("rPr"))
_UNMARKED = Look()


def cells(row: Element, styles: Styles) -> tuple[Cell, ...] | None:
    """The row's cells if it is plain."""
    found: list[list[Line]] = []
    cell = paragraph = run = None
    for element in row.iter():
        tag = element.tag
        if tag not in _LOOKED_AT:
            continue
        parent = element.getparent()
        if tag in runs.TEXT and parent is run:
            _write(found[-1][-1], element)
        elif tag in names.R and parent is paragraph:
            run = element
        elif tag in names.P and parent is cell:
            paragraph, run = element, None
            found[-1].append(Line(styles.paragraph(None)))
        elif tag in names.TC and parent is row:
            cell, paragraph = element, None
            found.append([])
        elif tag in setting.STYLE and paragraph is not None and parent is paragraph[0]:
            found[-1][-1].manner = styles.paragraph(names.val(element))
        elif tag not in look.FONTS or look.symbol_font(element):
            return None
    if not all(_plain(line.manner) for lines in found for line in lines):
        return None
    return tuple(
        [
            Cell(tuple([line.paragraph(UNSET) for line in lines]), column)
            for column, lines in enumerate(found)
        ]
    )


def _write(line: Line, element: Element) -> None:
    text = runs.shown_text(element, "")
    if text:
        line.write(text, _UNMARKED)


def _plain(manner: Manner) -> bool:
    return manner.look == _UNMARKED and not manner.contents
