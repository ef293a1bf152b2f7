"""Reads how a run of text looks: bold, struck through, hidden, in a symbol font, or set apart.

White text is read as any other: only what Word itself hides is not. A table style's own look and a
paragraph style's colour are not counted.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from handlers.readers.word import xml
from handlers.readers.word.symbols import SYMBOL_FONTS
from handlers.readers.word.xml import Element

BOLD_TAGS, HIDDEN_TAGS = xml.qualified_names("b"), xml.qualified_names("vanish")
STRUCK_TAGS = xml.qualified_names("strike", "dstrike")
FONT_TAGS, STYLE_TAGS = xml.qualified_names("rFonts"), xml.qualified_names("rStyle")
_ASCII = (f"{{{xml.TRANSITIONAL}}}ascii", f"{{{xml.STRICT}}}ascii")
# What sets a run apart, each with the values that do not.
_PLAIN_PAPER = ("", "auto", "ffffff", "none", "nil", "clear")
_PLAIN_INK = ("", "auto", "000000")
_UNSET = ("none", "nil", "0", "false", "off")
_SHOWN = {
    "highlight": ("highlight:", "val", (*_PLAIN_PAPER, "white")),
    "shd": ("shading:", "fill", _PLAIN_PAPER),
    "color": ("colour:", "val", _PLAIN_INK),
    "u": ("underlined", "val", _UNSET),
    "i": ("italic", "val", _UNSET),
    "bdr": ("framed", "val", _UNSET),
}
_SHOWN_BY_TAG = {
    f"{{{space}}}{name}": (kind, f"{{{space}}}{value}", plain)
    for space in (xml.TRANSITIONAL, xml.STRICT)
    for name, (kind, value, plain) in _SHOWN.items()
}
# Where it says so, and where a shading names its pattern.
_ATTRIBUTES = {
    tag: (value, value.partition("}")[0] + "}val") for tag, (_, value, _) in _SHOWN_BY_TAG.items()
}
SHOWN_TAGS = frozenset(_SHOWN_BY_TAG)
MAX_VALUE_LENGTH = 20
APPEARANCE_TAGS = BOLD_TAGS | HIDDEN_TAGS | STRUCK_TAGS | FONT_TAGS | STYLE_TAGS | SHOWN_TAGS

# What sets a run apart: each kind of it, and its value; None takes a style's away.
SetApart = tuple[tuple[str, str | None], ...]


class RunLook(NamedTuple):
    bold: bool = False
    struck: bool = False
    hidden: bool = False
    font: str = ""  # only where it is a font of symbols, in lower case
    apart: SetApart = ()

    def toggle_over(self, other: RunLook) -> RunLook:
        """A character style's look over a paragraph style's: marks both set cancel out, which is
        Word's rule for toggles (ECMA-376 17.7.3)."""
        return RunLook(
            self.bold != other.bold,
            self.struck != other.struck,
            self.hidden != other.hidden,
            self.font or other.font,
            _set(other.apart, self.apart),
        )

    @property
    def in_words(self) -> str:
        """What sets it apart, in words: "bold highlight:yellow"."""
        said = [kind + (value or "") for kind, value in self.apart]
        return " ".join(["bold", *said] if self.bold else said)


class RunProperties(NamedTuple):
    """What one rPr sets; None is unsaid."""

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    style: str | None = None
    apart: SetApart = ()

    def apply_to(self, base: RunLook) -> RunLook:
        return RunLook(
            base.bold if self.bold is None else self.bold,
            base.struck if self.struck is None else self.struck,
            base.hidden if self.hidden is None else self.hidden,
            base.font if self.font is None else self.font,
            _set(base.apart, self.apart) if self.apart else base.apart,
        )


NO_RUN_PROPERTIES = RunProperties()


def read_run_properties(properties: Element) -> RunProperties:
    """What an rPr sets directly."""
    bold = struck = hidden = font = style = None
    apart: SetApart = ()
    for mark in properties:
        tag = mark.tag
        if tag not in APPEARANCE_TAGS:
            continue
        if tag in SHOWN_TAGS:
            apart += (_said(mark),)
        elif tag in BOLD_TAGS:
            bold = xml.is_switched_on(mark)
        elif tag in STRUCK_TAGS:
            struck = bool(struck) or xml.is_switched_on(mark)
        elif tag in HIDDEN_TAGS:
            hidden = xml.is_switched_on(mark)
        elif tag in FONT_TAGS:
            font = symbol_font(mark)
        else:
            style = xml.value_of(mark)
    found = RunProperties(bold, struck, hidden, font, style, apart)
    return NO_RUN_PROPERTIES if found == NO_RUN_PROPERTIES else found


def symbol_font(fonts: Element) -> str | None:
    """The name of the font if it is one of symbols, "" for another; None if none is set."""
    said = fonts.get(_ASCII[0]) or fonts.get(_ASCII[1]) or xml.attribute_of(fonts, "hAnsi")
    return None if said is None else _known_symbols(said)


@lru_cache(maxsize=256)
def _known_symbols(font: str) -> str:
    """The font's name if it is one of symbols, "" for another."""
    return font.casefold() if font.casefold() in SYMBOL_FONTS else ""


def describe_mark(mark: Element) -> str:
    """What a highlight, a shading, a colour, an underline or a frame comes to, "" for nothing."""
    tag, get = mark.tag, mark.get
    name, pattern = _ATTRIBUTES[tag]
    return _known_words(tag, get(name, ""), get(pattern, ""))


def _said(mark: Element) -> tuple[str, str | None]:
    tag, get = mark.tag, mark.get
    name, pattern = _ATTRIBUTES[tag]
    return _known_mark(tag, get(name, ""), get(pattern, ""))


@lru_cache(maxsize=256)
def _known_words(tag: str, value: str, pattern: str) -> str:
    kind, said = _known_mark(tag, value, pattern)
    return "" if said is None else kind + said


@lru_cache(maxsize=256)
def _known_mark(tag: str, value: str, pattern: str) -> tuple[str, str | None]:
    """What a mark says; a document has few of them, each thousands of times."""
    kind, name, plain = _SHOWN_BY_TAG[tag]
    value = value.casefold()[:MAX_VALUE_LENGTH]
    if name.endswith("}fill") and value in plain:  # a pattern may do what a colour does not
        value = pattern.casefold()[:MAX_VALUE_LENGTH]
    if value in plain and not (kind == "italic" and not value):
        return kind, None
    return kind, value.replace(" ", "") if kind.endswith(":") else ""


def _set(base: SetApart, over: SetApart) -> SetApart:
    """What is set over a look, each kind once; what is taken away is gone."""
    found = {**dict(base), **dict(over)}
    return tuple((kind, value) for kind, value in found.items() if value is not None)
