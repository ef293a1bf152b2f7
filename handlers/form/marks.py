"""What counts as a mark against an answer, and what as an empty box.

Does: knows the characters people and programs tick with, and says of what stands in one place
which kind of mark it is.
Trusts: nothing.
Never touches: anything but its arguments.
Known limits: a tick drawn with a pen or as a shape is not text, and is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from handlers.typed.fold import fold
from handlers.typed.no_value import no_value

# Ballot boxes and check marks, then crosses, with the newer symbol blocks and the codes under
# which Word keeps Wingdings and Wingdings 2 when it writes a symbol by its font.
CHECKS = frozenset("☑✓✔√✅🗸🗹\uf0fc\uf0fe\uf050\uf052")
CROSSES = frozenset("☒✕✖✗✘×⊠⌧❌❎🗵🗷\uf0fd\uf0fb\uf078\uf04f\uf051\uf053\uf054")
TICKED = CHECKS | CROSSES
EMPTY = frozenset("☐□▢◻❏❐❑❒⬜\uf0a8\uf06f\uf0a3\uf071\uf072\uf02a")
# What is drawn where nothing is meant: the empty one beside a filled circle, dots, dashes.
_NOTHING = frozenset("○◯◦⚪◌❍-–—−_.…·:;,/|()[]{}0 \t\n")
# The letters that become a tick or a cross once Wingdings is their font, alone in a cell.
_LETTERS = {"þ": "☑", "ü": "✓", "ý": "☒", "û": "✗"}
# Beside the marks, these words in a choice's own cell tick it.
AFFIRMED = frozenset({"yes", "y", "ticked", "tick", "v", "true"})

_BOX = re.compile(f"[{''.join(sorted(TICKED | EMPTY))}]")
_TYPED = re.compile(r"[\[(]\s*(?:([xX✓✔√✗✘])\s*|\s)?[\])]")
# A cross, or what is typed for a tick where nothing else is.
_TYPED_X = re.compile(r"[xX](?![A-Za-z-])|[xX]{2,3}\Z|[/\\*+]\Z")
_WORD = re.compile(r"[A-Za-z]+")
_NOT_APPLICABLE = re.compile(
    r"\W{0,3}(?:n\s*[/.\\]\s*a\b|not (?:applicable|relevant|required|needed)\b|does not apply\b)",
    re.I,
)
_IN_PART, _PARTLY = frozenset({"part", "in part", "to some extent"}), "partially"
ALIKE = 4  # "partly", "partial" and "partially" share their first four letters
SHORT = 3  # characters: a mark of somebody's own, "ok", "1", "aa"

Kind = Literal[
    "", "check", "cross", "affirmed", "other", "not applicable", "not yet", "own mark", "words"
]


def named(word: str, choices: Sequence[str]) -> str | None:
    """The choice that `word` stands for: the word itself, a near form, or its initial."""
    said = fold(word)
    for choice in choices:
        known = fold(choice)
        near = len(known) > ALIKE and len(said) > ALIKE and known[:ALIKE] == said[:ALIKE]
        if said and (said in (known, known[0]) or near):
            return choice
    return None


def first_named(text: str, choices: Sequence[str]) -> str | None:
    """The choice whose word or initial begins `text`; "N/A" and "n.a." are no choice."""
    if fold(text) in _IN_PART:
        text = _PARTLY
    word = _WORD.match(text)
    return None if word is None or not_applicable(text) else named(word.group(), choices)


def not_applicable(text: str) -> bool:
    """True when `text` opens by saying that the question does not apply."""
    return _NOT_APPLICABLE.match(text) is not None


def after_not_applicable(text: str) -> str:
    """What `text` says beyond that."""
    return _NOT_APPLICABLE.sub("", text, count=1).strip(" \t\n.,;:-–—")


def drawn(text: str) -> str:
    """`text` with typed boxes, "[x]" and "[ ]", drawn as characters and Wingdings letters too."""
    if text.strip() in _LETTERS:
        return _LETTERS[text.strip()]
    if "[" not in text and "(" not in text:
        return text
    return _TYPED.sub(lambda typed: "☒" if typed.group(1) else "☐", text)


def boxes_in(text: str) -> tuple[bool, ...]:
    """The boxes and ticks among the characters of `text`, in order; True where ticked."""
    return tuple(c in TICKED for c in _BOX.findall(text))


def without_boxes(text: str) -> str:
    """`text` with every box and tick taken out."""
    return " ".join(_BOX.sub(" ", text).split())


def crossed(rest: str) -> bool:
    """True when what is left of a text, its boxes taken out, begins with a typed X or is a stroke
    or a star."""
    return bool(_TYPED_X.match(rest))


def empty(text: str) -> bool:
    """Nothing but white space, empty boxes and circles, dots and dashes."""
    return all(c in EMPTY or c in _NOTHING for c in text) and text.strip() != "/"


def kind_of(text: str, choices: Sequence[str]) -> Kind:
    """What kind of mark `text` is, where a mark for one of the choices may stand."""
    shown = drawn(text)
    if not CHECKS.isdisjoint(shown):
        return "check"
    rest = without_boxes(shown)
    if not CROSSES.isdisjoint(shown) or crossed(rest):
        return "cross"
    if empty(rest):
        return ""
    return _worded(rest, choices)


def _worded(rest: str, choices: Sequence[str]) -> Kind:
    if len(rest) <= SHORT and not any(c.isalnum() for c in rest) and rest != "?":
        return "own mark"
    if not_applicable(rest):
        return "not applicable"
    word = _WORD.match(rest)
    if word is not None and word.group().casefold() in AFFIRMED:
        return "affirmed"
    if word is not None and not fold(rest[word.end() :]) and named(word.group(), choices):
        return "other"
    if no_value(rest):
        return "not yet"
    return "own mark" if len(rest) <= SHORT else "words"
