"""The dots and lines that are printed to write on, and what a person put there.

A person's own three dots are seldom told from printed ones, so that two patterns differ by where
they stand: among labels, and in the sentences of a letter.
"""

from __future__ import annotations

import re

from handlers.values.normalise import fold_text
from handlers.values.pointing import points_to

DRAWN_CHARACTERS = "._\u2026"
DRAWN_LINE = r"(?:[._]{3,}|_{2,}|\u2026+)"
DRAWN_BESIDE_LABEL = r"(?:[._]{2,}|\u2026+)"  # a label is there already: two dots are enough
DRAWN_IN_LETTER = r"(?:[._]{4,}|\u2026{2,})"  # three dots are a sentence that is left open

BRACKETED = re.compile(r"[(\[<{«][^()\[\]<>{}]*[)\]>}»]")
_DRAWN = re.compile(DRAWN_LINE)
_ONLY_DRAWN = re.compile(rf"[\s._\u2026|-]*{DRAWN_BESIDE_LABEL}[\s._\u2026|-]*")
_END = re.compile(r"[\s._\u2026]{3,}$")
_CHARACTERS = re.compile(r"[\s._\u2026]+")
_SPACED = re.compile(r"[._](?:[ \u00a0][._]){3,}")  # dots typed with spaces between them
_HINT = re.compile(r"(?:insert|click|tap|type|please|choose|enter)\b.{0,60}|dd mm yy(?:yy)?|d m y")
_NO_DAY = re.compile(r"[/.-]\s*[/.-]\s*(?:(?:19|20)?\d\d)?")  # "   /   /2010", as printed


def holds_drawn_line(text: str) -> bool:
    return _DRAWN.search(text) is not None


def is_drawn_line(text: str) -> bool:
    """Whether there is nothing but lines to write on."""
    return bool(text.strip()) and _ONLY_DRAWN.fullmatch(text) is not None


def ends_in_drawn_line(text: str) -> bool:
    drawn = text[len(text.rstrip(" \t._\u2026")) :]
    return "\u2026" in drawn or drawn.count(".") + drawn.count("_") > 2


def before_drawn_line(text: str) -> str:
    """What stands before the first of them."""
    return _DRAWN.split(text, maxsplit=1)[0].strip()


def without_drawn_end(text: str) -> str:
    return _END.sub("", text)


def without_drawn_characters(text: str) -> str:
    """The words alone, without any dot or line between them."""
    return _CHARACTERS.sub(" ", text).strip()


def close_spaced_dots(text: str) -> str:
    """ ". . . . ." as "....": a line all the same."""
    return _SPACED.sub("....", text)


def entered_value(text: str) -> str:
    """What a person put there: "" for dots, dashes, "[insert name]", "dd/mm/yyyy", "(print)"."""
    value = " ".join(_DRAWN.sub(" ", text).split()).strip(" :-–—_|*•,;")
    plain = fold_text(value)
    if points_to(value):
        return value  # "(as above)" and a ditto mark are no hints of the form's
    if not plain and not any(c.isalnum() or c == "?" for c in value):
        return ""
    if _NO_DAY.fullmatch(value) or BRACKETED.fullmatch(value) or _HINT.fullmatch(plain):
        return ""
    return value
