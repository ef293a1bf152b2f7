"""Turns characters of symbol fonts into what a person sees, and finds boxes and ticks in text.

A symbol that is not in the tables becomes U+FFFD: something is there, we do not say what.
"""

from __future__ import annotations

import re

EMPTY_BOX, TICKED_BOX, CROSSED_BOX, TICK_MARK, CROSS_MARK = "☐", "☑", "☒", "✓", "✗"

_WINGDINGS = {
    0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: EMPTY_BOX, 0x70: EMPTY_BOX, 0x71: EMPTY_BOX,
    0x72: EMPTY_BOX, 0x78: CROSSED_BOX, 0x9F: "•", 0xA7: "▪", 0xA8: EMPTY_BOX, 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE8: "➔", 0xFB: CROSS_MARK, 0xFC: TICK_MARK, 0xFD: CROSSED_BOX, 0xFE: TICKED_BOX,
}  # fmt: skip
_WINGDINGS_2 = {
    0x4F: CROSS_MARK, 0x50: TICK_MARK, 0x51: CROSSED_BOX, 0x52: TICKED_BOX, 0x53: CROSSED_BOX,
    0x54: CROSSED_BOX, 0x2A: EMPTY_BOX, 0xA3: EMPTY_BOX,
}  # fmt: skip
_WEBDINGS = {0x61: TICK_MARK, 0x63: EMPTY_BOX, 0x67: "■", 0x72: CROSS_MARK}
_SYMBOL = {0xB7: "•", 0xD6: "√", 0xAE: "→", 0xAC: "←", 0xA0: " "}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
}
SYMBOL_FONTS = frozenset(_FONTS)
UNKNOWN_SYMBOL = "\N{REPLACEMENT CHARACTER}"

# Whether each character that stands for a box or a tick is a ticked one.
_BOXES = {
    EMPTY_BOX: False, "□": False, "▢": False, "❏": False, "❐": False, "❑": False, "❒": False,
    TICKED_BOX: True, CROSSED_BOX: True, TICK_MARK: True, "✔": True, CROSS_MARK: True, "✘": True,
    "√": True, "✅": True, "🗷": True, "🗸": True, "🗹": True, "🗵": True,
}  # fmt: skip
_BOX = re.compile(f"[{''.join(_BOXES)}]")
_PRIVATE = re.compile("[\uf020-\uf0ff]")
# No one sees them; they come along with what is pasted: Windows puts marks of direction around the
# dates it shows of a file, Outlook around addresses.
_UNSEEN = (
    "\u00ad\u200b\u2060\ufeff"  # soft hyphen, zero width space, word joiner
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # directions
)
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(_UNSEEN),
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{FIGURE SPACE}": " ",
        "\N{NON-BREAKING HYPHEN}": "-",
    }
)


def symbol_character(font: str, code: int) -> str:
    """The character a symbol font shows for `code` (0x20 to 0xFF, or the same plus 0xF000)."""
    if 0xF000 <= code <= 0xF0FF:
        code -= 0xF000
    table = _FONTS.get(font.casefold())
    if table is None:  # an ordinary font: the code is the character
        return (
            plain_spaces(chr(code))
            if 0x20 <= code <= 0x10FFFF and not _surrogate(code)
            else UNKNOWN_SYMBOL
        )
    return " " if code == 0x20 else table.get(code, UNKNOWN_SYMBOL)


def replace_symbols(text: str, font: str) -> str:
    """Text typed in a symbol font, or holding characters of one (U+F020 to U+F0FF)."""
    if font:
        return "".join(symbol_character(font, ord(c)) for c in text)
    return _PRIVATE.sub(lambda found: symbol_character("wingdings", ord(found[0])), text)


def plain_spaces(text: str) -> str:
    """Non-breaking spaces and hyphens made ordinary; what has no width dropped."""
    return text if text.isascii() else text.translate(_PLAIN)


def find_ticks(text: str) -> tuple[bool, ...]:
    """The boxes and ticks in `text` in order, True where ticked.

    >>> ticks("Yes ☒ No ☐")
    (True, False)
    """
    if text.isascii():
        return ()
    return tuple(_BOXES[found] for found in _BOX.findall(text))


def _surrogate(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF
