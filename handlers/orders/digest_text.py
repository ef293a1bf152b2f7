"""The digest that a reply answers, as far as its reading needs it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from config.order_words import ORDER_GRAMMAR

_ITEM = re.compile(r"([1-9]\d{0,3})\. ")
_CODE = re.compile(r"\b[A-Z0-9]{1,4}(?:-[A-Z0-9]{2,8}){2,}\b")
_OFFER = re.compile(r"reply: ([1-9]\d{0,3})\b")
# Whatever a line or a link may order: what is written by a link shares most words with its label.
_ORDER_WORDS = (*ORDER_GRAMMAR.needs, *ORDER_GRAMMAR.linked)
_ORDER = re.compile(rf"\W*\d+\W+(?:{'|'.join(map(re.escape, _ORDER_WORDS))})\b")
_MORE_TIME = "more time"
_FEW_WORDS = 4  # may be anybody's line
_MANY_WORDS = 60
_ALIKE = 0.6
_NUMBER = re.compile(r"^\W*\d{1,4}[.):]?\s+")
_LABEL = re.compile(r"\[([^\[\]]{3,200})\]")
_EMPHASIS = re.compile(r"(?<!\w)[*_~]{1,3}(?=\S)|(?<=\S)[*_~]{1,3}(?!\w)")
_APOSTROPHES = str.maketrans("\u2018\u2019\u02bc`\u00b4", "'''''")


@dataclass(frozen=True, slots=True)
class DigestText:
    """`numbers` are its items, `answerable` those that offer an answer. `folded` is the whole in
    one line; `lines` are those of several words that no order could be, `labels` what its links are
    called; `of_time` are the items that offer more time."""

    numbers: frozenset[int]
    answerable: frozenset[int]
    codes: frozenset[str]
    folded: str
    lines: frozenset[str]
    labels: frozenset[str] = frozenset()
    of_time: frozenset[int] = frozenset()

    def holds(self, *folded: str) -> bool:
        """Whether it has those folded lines, one behind the other and word for word."""
        return f" {' '.join(folded)} " in f" {self.folded} "

    def is_like(self, folded: str) -> bool:
        """Whether most of a line's words are those of one of its longer lines."""
        if _NUMBER.sub("", folded) in self.labels or ORDER_GRAMMAR.on_paper in folded:
            return False
        words = set(folded.split())
        if not _FEW_WORDS < len(words) < _MANY_WORDS or _ORDER.match(folded):
            return False
        return any(len(words & set(line.split())) > _ALIKE * len(words) for line in self.lines)


def parse_digest(text: str) -> DigestText:
    folded = [one for one in map(fold_line, text.splitlines()) if one]
    numbers = frozenset(int(found[1]) for one in folded if (found := _ITEM.match(one)))
    offered = {int(found[1]) for one in folded for found in _OFFER.finditer(one)}
    whole = " ".join(folded)
    return DigestText(
        numbers=numbers,
        answerable=frozenset(offered) & numbers or numbers,
        codes=frozenset(found for line in text.splitlines() for found in _codes(line)),
        folded=whole,
        labels=frozenset(_LABEL.findall(whole)),
        of_time=frozenset(_offering_time(folded)),
        lines=frozenset(
            one for one in folded if len(one.split()) > _FEW_WORDS and not _ORDER.match(one)
        ),
    )


def _offering_time(lines: Iterable[str]) -> Iterator[int]:
    """Each item of whose lines one has the words of that order."""
    number = 0
    for line in lines:
        begun = _ITEM.match(line)
        number = int(begun[1]) if begun else number
        if number and _MORE_TIME in line:
            yield number


def _codes(line: str) -> list[str]:
    """What stands behind the word "Digest" and looks like its code."""
    _, named, behind = line.partition("Digest ")
    return _CODE.findall(behind) if named else []


def fold_line(text: str) -> str:
    """A line in lower case, its spaces single and its apostrophes straight, without emphasis that a
    program writes around words."""
    plain = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    return " ".join(_EMPHASIS.sub("", plain).casefold().split())
