"""A small return known by its signs: a letter or an e-mail that does not say what it is.

Does: adds up the weights of the signs that a short document shows of each kind that has any.
Trusts: the kinds' TOML for the signs.
Never touches: long documents: a report mentions an extension, an interview and the scope.
Known limits: signs are phrases; the most alike of two kinds wins only where it leads by LEAD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from config.kind import Kind, Sign
from config.shape import FormShape
from handlers.document.block import Block
from handlers.form.denied import denies
from handlers.form.passage import Passage, passages_in
from handlers.form.said import said_in
from handlers.typed.fold import fold

MOST_LINES, MOST_CHARACTERS = 120, 8_000  # of a letter
SURE, NEAR = 6, 5  # the weight that makes it one, and that makes it worth naming
LEAD = 1
DENIAL = "{denial}"
SHORT = 11  # words of a line that only sends something
_SENDING = re.compile(r"\b(?:attach|attached|enclose|enclosed|will follow|to follow)\b")


def weighed(blocks: Sequence[Block], kinds: Iterable[Kind]) -> list[tuple[int, Kind]]:
    """The kinds that the document shows signs of, the heaviest first; none for a long one."""
    known = [kind for kind in kinds if kind.signs]
    passages = tuple(p for p in passages_in(blocks) if not p.struck) if known else ()
    length = sum(len(p.text) for p in passages)
    if not passages or len(passages) > MOST_LINES or length > MOST_CHARACTERS:
        return []
    titles = {fold(title) for kind in known for title in kind.titles}  # at the top they say it
    text = fold(
        " ".join(p.text for p in passages if fold(p.text) not in titles and not _only_sends(p.text))
    )
    found = [(sum(_weight(s, k, text, passages) for s in k.signs), k) for k in known]
    return sorted((one for one in found if one[0] > 0), key=lambda one: -one[0])


def _only_sends(line: str) -> bool:
    """Whether a line says no more than that something comes with it, or will come."""
    words = fold(line).split()
    return len(words) <= SHORT and bool(_SENDING.search(" ".join(words)))


def known_by(found: Sequence[tuple[int, Kind]]) -> tuple[int, Kind] | None:
    """The kind that the signs make sure, where one leads."""
    if not found or found[0][0] < SURE:
        return None
    second = found[1][0] if len(found) > 1 else 0
    return found[0] if found[0][0] >= second + LEAD else None


def _weight(sign: Sign, kind: Kind, text: str, passages: Sequence[Passage]) -> int:
    phrases = tuple(words for words in sign.words if words != DENIAL)
    if said_in(text, phrases, None):
        return sign.weight
    denied = DENIAL in sign.words and isinstance(kind.shape, FormShape)
    return sign.weight if denied and denies(passages, kind.shape) else 0  # type: ignore[arg-type]
