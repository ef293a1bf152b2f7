"""How a run of text looks, as far as rules ask: bold, struck through, hidden, in a symbol font.

Does: reads run properties on top of what the styles say.
Trusts: nothing.
Never touches: anything but the elements it is given.
Known limits: a table style's own look (a bold first row) is not counted.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from handlers.word import names
from handlers.word.symbols import SYMBOL_FONTS
from handlers.word.xml import Element

BOLD, HIDDEN = names.tags("b"), names.tags("vanish")
STRUCK = names.tags("strike", "dstrike")
FONTS, STYLE = names.tags("rFonts"), names.tags("rStyle")
_ASCII = (f"{{{names.TRANSITIONAL}}}ascii", f"{{{names.STRICT}}}ascii")
LOOKED_AT = BOLD | HIDDEN | STRUCK | FONTS | STYLE


class Look(NamedTuple):
    bold: bool = False
    struck: bool = False
    hidden: bool = False
    font: str = ""  # only where it is a font of symbols, in lower case

    def over(self, other: Look) -> Look:
        """A character style's look over a paragraph style's: marks both set cancel out, which is
        Word's rule for toggles (ECMA-376 17.7.3)."""
        return Look(
            self.bold != other.bold,
            self.struck != other.struck,
            self.hidden != other.hidden,
            self.font or other.font,
        )


class Marks(NamedTuple):
    """What one rPr sets; None is unsaid."""

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    style: str | None = None

    def upon(self, base: Look) -> Look:
        return Look(
            base.bold if self.bold is None else self.bold,
            base.struck if self.struck is None else self.struck,
            base.hidden if self.hidden is None else self.hidden,
            base.font if self.font is None else self.font,
        )


UNMARKED = Marks()


def marks(properties: Element) -> Marks:
    """What an rPr sets directly."""
    bold = struck = hidden = font = style = None
    for mark in properties:
        tag = mark.tag
        if tag not in LOOKED_AT:
            continue
        if tag in BOLD:
            bold = names.on(mark)
        elif tag in STRUCK:
            struck = bool(struck) or names.on(mark)
        elif tag in HIDDEN:
            hidden = names.on(mark)
        elif tag in FONTS:
            font = symbol_font(mark)
        else:
            style = names.val(mark)
    found = Marks(bold, struck, hidden, font, style)
    return UNMARKED if found == UNMARKED else found


def symbol_font(fonts: Element) -> str | None:
    """The name of the font if it is one of symbols, "" for another; None if none is set."""
    said = fonts.get(_ASCII[0]) or fonts.get(_ASCII[1]) or names.attribute(fonts, "hAnsi")
    return None if said is None else _known_symbols(said)


@lru_cache(maxsize=256)
def _known_symbols(font: str) -> str:
    """The font's name if it is one of symbols, "" for another."""
    return font.casefold() if font.casefold() in SYMBOL_FONTS else ""
