"""A case's reference as people write it: in a sentence, or at the beginning of an identifier.

Does: tells a reference from a longer one that only looks like it, and finds one that has a shape of
the board's and is of another review. Pure.
Trusts: nothing.
Never touches: the register; what is a reference, and how they look, it is told.
Known limits: a reference that is also a word of the language is found wherever that word is. What
looks like the end of a postcode after it ("N1 2AB") makes it none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from handlers.context import CaseFacts
from handlers.typed.fold import squash

_STANDS_FOR = {
    "#": r"\d{1,9}",
    "@": r"[a-z]",
    "-": r" ?[-\u2010-\u2015] ?",
    "/": r" ?/ ?",
    " ": r"[ \u00a0]{1,2}",
}


def names(words: str, reference: str) -> bool:
    """The reference as a word of its own: "N1" is named neither by "N12" nor by "N1.2"."""
    alone = rf"(?<![\w-])(?<!\w\.){re.escape(reference)}(?![\w-])(?!\.\w)"
    return re.search(alone, words, re.I) is not None


def first_named(words: str, references: Iterable[str]) -> str:
    """The first of the references that the words name, in whatever shape it is; "" for none."""
    return next((reference for reference in references if names(words, reference)), "")


def of_another_review(words: str, case: CaseFacts) -> str:
    """What in the words is another review's reference: one that is known, or of a shape that the
    board's have; "" for none."""
    own = (case.reference, case.child_identifier)
    return first_named(words, case.elsewhere) or another(words, case.shapes, own)


def another(words: str, shapes: Iterable[str], own: Iterable[str]) -> str:
    """The first reference of one of the shapes that is none of `own`, nor one of theirs with a
    letter more; "" for none. "N12/B" is of N12."""
    ours = [squash(word) for word in own if word]
    for shape in shapes:
        for found in _looks(shape).finditer(words):
            if not any(begins(squash(found[0]), word) for word in ours):
                return found[0]
    return ""


@lru_cache(maxsize=64)
def _looks(shape: str) -> re.Pattern[str]:
    """ "SAR#-#" finds SAR26-2, sar 26/2 is none, and SAR26-2/K is one with a letter more."""
    body = "".join(_STANDS_FOR.get(char, re.escape(char)) for char in shape)
    return re.compile(
        rf"(?<![\w-])(?<!\w[./]){body}(?:[/-][a-z0-9]{{1,4}})?"
        r"(?![\w-])(?!\.\w)(?! ?\d[a-z]{2}\b)",
        re.IGNORECASE | re.ASCII,
    )


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
