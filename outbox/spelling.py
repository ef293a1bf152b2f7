"""Names and references however they are spelled: in capitals, with other accents or blanks.

Does: says whether a text holds a name, or the reference of a case.
Trusts: nothing.
Never touches: anything but its arguments.
Known limits: a nickname, a first name alone or a slip of the finger is not the name. "Child A" is
not looked for as "a child", nor "Child S" in "child's".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

# Letters that no accent makes, as a keyboard without them writes them; every dash is one dash.
_ALIKE = str.maketrans("łøđħı\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "lodhi-------")
_WORD = re.compile(r"[^\W_]+")
_OWNERS = re.compile(r"(?<=[^\W_])['\u2019\u02bc]s(?![^\W_])")  # "the child's"
_NO_NAME = frozenset({"a", "i"})  # words of every sentence: no family name to come first
_BETWEEN = r"[\W_]{0,3}"
_BEGINS, _ENDS = r"(?<![^\W_])", r"(?![^\W_])"


def plain(text: str) -> str:
    """In small letters without accents and without what nobody sees, parted by single blanks."""
    if text.isascii():  # most are: nothing in them has an accent or cannot be seen
        return " ".join(text.casefold().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = (
        c
        for c in folded
        if c.isascii() or not (unicodedata.combining(c) or unicodedata.category(c) == "Cf")
    )
    return " ".join("".join(seen).translate(_ALIKE).split())


def names(text: str, name: str) -> bool:
    """Whether a text, made plain, says a name: whatever stands between its words, and also with
    the last of them first."""
    if not any(squashed in _squashed(text) for squashed in _orders(name)):
        return False  # quick, since most texts name nobody
    owned = _OWNERS.sub(" ", text) if _ends_in_s(name) else text
    return any(pattern.search(owned) for pattern in _patterns(name))


def among(texts: Iterable[str], sought: Iterable[str]) -> list[str]:
    """Those of the names that the texts, made plain, might say: all texts are looked through at
    once, since most letters name nobody. `names` says whether one really does."""
    together = "\n".join(map(_squashed, texts))
    return [name for name in sought if any(squashed in together for squashed in _orders(name))]


def referred(texts: Iterable[str], others: Iterable[str]) -> list[str]:
    """Those of the cases that the texts, made plain, might name; `refers` says whether one does."""
    together = "\n".join(texts)
    return [other for other in others if _plain(other) in together]


def refers(text: str, reference: str, others: Iterable[str]) -> bool:
    """Whether a text, made plain, names a case of `others`. N12 inside N12-2 is not N12."""
    own = [found.span() for found in _reference(reference).finditer(text)] if reference else []
    return any(
        not any(begins <= found.start() and found.end() <= ends for begins, ends in own)
        for other in others
        if _plain(other) in text  # quick, since most texts name no other case
        for found in _reference(other).finditer(text)
    )


@lru_cache(maxsize=8192)
def _plain(reference: str) -> str:
    return plain(reference)


@lru_cache(maxsize=64)
def _squashed(text: str) -> str:
    return "".join(_WORD.findall(text))


@lru_cache(maxsize=8192)
def _orders(name: str) -> tuple[str, ...]:
    return tuple("".join(words) for words in _ordered(name))


@lru_cache(maxsize=8192)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(_BEGINS + _BETWEEN.join(map(re.escape, words)) + _ENDS)
        for words in _ordered(name)
    )


def _ordered(name: str) -> Iterator[list[str]]:
    """The name's words as they stand, and with the family name first."""
    parts = [words for part in plain(name).split() if (words := _WORD.findall(part))]
    if not parts:
        return
    yield [word for words in parts for word in words]
    last = "".join(parts[-1])
    if last not in _NO_NAME and not last.isdigit():
        yield [word for words in (parts[-1], *parts[:-1]) for word in words]


@lru_cache(maxsize=8192)
def _ends_in_s(name: str) -> bool:
    """Whether its last word is the letter that also says whose something is."""
    return plain(name).split()[-1:] == ["s"]


@lru_cache(maxsize=8192)
def _reference(reference: str) -> re.Pattern[str]:
    """One that is a number alone is told from a day or a count by the word before it."""
    before = r"(?:scr|review|case)\s+" if reference.isdigit() else _BEGINS
    return re.compile(before + re.escape(_plain(reference)) + _ENDS)
