"""An instruction in brackets that a template prints: "[Insert event]", "[Lessons to go here]".

Does: finds such instructions, says by which words each is known, and whether it may be quoted.
Trusts: `config/no_values.toml` for the words they begin and end with.
Never touches: documents. What it means that one was left is for each judge.
Known limits: words in brackets that instruct nobody ("[name removed]", "[sic]") are the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.no_values import TEMPLATE
from handlers.typed.fold import fold

_BRACKETS = re.compile(r"\[([^\[\]<>]{3,200})\]|<([^\[\]<>]{3,200})>")
_QUOTES = "\"'“”‘’«"


def instructions(text: str) -> Iterator[tuple[str, bool]]:
    """For each instruction the words to look for, and whether it is certainly no quotation."""
    for found in _BRACKETS.finditer(text):
        if look := _known_by(found[1] or found[2]):
            before = text[: found.start()].rstrip()[-1:]
            yield look, not (before and before in _QUOTES)


def is_instruction(text: str) -> bool:
    """Whether nothing but such instructions stands there."""
    rest = _BRACKETS.sub("", text)
    return not fold(rest) and any(sure for _, sure in instructions(text))


def _known_by(inner: str) -> str:
    said = f" {fold(inner)} "
    for words in TEMPLATE.begins:
        if said.startswith(f" {words} "):
            return words
    return next((words for words in TEMPLATE.ends if said.endswith(f" {words} ")), "")
