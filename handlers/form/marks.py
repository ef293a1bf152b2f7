"""What counts as a tick, and what as an empty box.

Does: knows the characters people and programs tick with, and finds them in a piece of text.
Trusts: nothing.
Never touches: anything but its arguments.
Known limits: a tick drawn with a pen or as a shape is not text, and is left to a person.
"""

from __future__ import annotations

import re

# Ballot boxes, check marks and crosses, with the newer symbol blocks, then the codes under which
# Word keeps Wingdings and Wingdings 2 when it writes a symbol by its font.
TICKED = frozenset(
    "☑☒✓✔✕✖✗✘×√⊠⌧✅❌❎🗵🗷🗸🗹\uf0fc\uf0fe\uf0fd\uf0fb\uf078\uf04f\uf050\uf051\uf052\uf053\uf054"
)
EMPTY = frozenset("☐□▢◻❏❐❑❒⬜\uf0a8\uf06f\uf0a3\uf071\uf072\uf02a")
# The letters that become a tick or a cross once Wingdings is their font, alone in a cell.
_LETTERS = frozenset("þýüû")

_BOX = re.compile(f"[{''.join(sorted(TICKED | EMPTY))}]")
_TYPED = re.compile(r"[\[(]\s*(?:([xX])\s*|\s)?[\])]")
# A cross, or what is typed for a tick where nothing else is.
_TYPED_X = re.compile(r"[xX](?![A-Za-z-])|[/\\*+]\Z")


def drawn(text: str) -> str:
    """`text` with typed boxes, "[x]" and "[ ]", drawn as characters and Wingdings letters too."""
    if text.strip() in _LETTERS:
        return "☒"
    return _TYPED.sub(lambda typed: "☒" if typed.group(1) else "☐", text)


def boxes_in(text: str) -> tuple[bool, ...]:
    """The boxes and ticks among the characters of `text`, in order; True where ticked."""
    return tuple(c in TICKED for c in _BOX.findall(text))


def without_boxes(text: str) -> str:
    """`text` with every box and tick taken out."""
    return " ".join(_BOX.sub(" ", text).split())


def crossed(text: str) -> bool:
    """True when `text`, its boxes apart, begins with a typed X or is a stroke or a star."""
    return bool(_TYPED_X.match(without_boxes(text)))
