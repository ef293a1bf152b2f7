"""What a paragraph's own properties set, before its style has a say.

Does: reads a w:pPr.
Trusts: nothing.
Never touches: the style it names.
Known limits: a list's number counts as shown unless the list is 0; numbering.xml is not read.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.word import names
from handlers.word.xml import Element

STYLE, _MARK = names.tags("pStyle"), names.tags("rPr")
_OUTLINE, ALIGNED = names.tags("outlineLvl"), names.tags("jc")
_NUMBERING, _NUMBER = names.tags("numPr"), names.tags("numId")
_DELETED = names.tags("del", "moveFrom")
LOOKED_AT = STYLE | _MARK | _OUTLINE | ALIGNED | _NUMBERING | _DELETED
BODY = 9  # the outline level that means body text


@dataclass(frozen=True, slots=True)
class Setting:
    """What one pPr sets; None is unsaid. `outline` counts from 0, BODY is body text.

    `joined`: its paragraph mark is deleted, so that it runs into the next paragraph.
    """

    style: str | None = None
    outline: int | None = None
    numbered: bool | None = None
    centred: bool | None = None
    joined: bool = False


UNSET = Setting()


def setting(properties: Element) -> Setting:
    """What a pPr sets directly."""
    style, outline, numbered, centred, joined = None, None, None, None, False
    for mark in properties:
        tag = mark.tag
        if tag not in LOOKED_AT:
            continue
        if tag in STYLE:
            style = names.val(mark)
        elif tag in _MARK:
            joined = len(mark) > 0 and names.child(mark, _DELETED) is not None
        elif tag in ALIGNED:
            centred = names.val(mark) == "center"
        elif tag in _OUTLINE:
            outline = names.number(mark, 0, BODY)
        elif tag in _NUMBERING:
            numbered = _has_number(mark)
    return Setting(style, outline, numbered, centred, joined)


def _has_number(numbering: Element) -> bool | None:
    """False where numId is 0, which takes a style's number away."""
    number = names.child(numbering, _NUMBER)
    return None if number is None else names.val(number) != "0"
