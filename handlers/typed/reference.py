"""A case's reference as people write it: in a sentence, or at the beginning of an identifier.

Does: tells a reference from a longer one that only looks like it. Pure.
Trusts: nothing.
Never touches: the register; what is a reference it is told.
Known limits: a reference that is also a word of the language is found wherever that word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def names(words: str, reference: str) -> bool:
    """The reference as a word of its own: "N1" is named neither by "N12" nor by "N1.2"."""
    alone = rf"(?<![\w-])(?<!\w\.){re.escape(reference)}(?![\w-])(?!\.\w)"
    return re.search(alone, words, re.I) is not None


def first_named(words: str, references: Iterable[str]) -> str:
    """The first of the references that the words name, in whatever shape it is; "" for none."""
    return next((reference for reference in references if names(words, reference)), "")


def shaped_like(word: str, references: Iterable[str]) -> bool:
    """Whether it is one of them, or could be another of their kind: "N99" beside "N12", "SAR26-9"
    beside "SAR26-2"; "Final2" is not."""
    shape = _shape(word)
    return any(char.isdigit() for char in word) and any(shape == _shape(r) for r in references)


def _shape(word: str) -> str:
    return re.sub(r"\d+", "0", word.strip().casefold())


def begins(identifier: str, word: str) -> bool:
    """Both squashed: whether an identifier is the word, or the word and a letter more."""
    return bool(word) and identifier.startswith(word) and not identifier[len(word) :][:1].isdigit()
