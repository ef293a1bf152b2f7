"""Says whether a sentence of a report puts off a part of it, or its author's own work on it.

The rules are those of `config/still_to_come.toml`: a part, what is said of it, and when. What is
told in the past, or of another's matter, has no rule, and is passed by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from config.document_words import (
    TO_COME_CLAUSES,
    TO_COME_LABELS,
    TO_COME_OPENINGS,
    TO_COME_PAST,
    TO_COME_PLANS,
    TO_COME_RULES,
    UNFINISHED,
    GrammarPart,
)
from handlers.values.normalise import fold_text

SHORT = 24  # words of a sentence that has no subject
LONGEST = 60  # words of a clause that is followed
FEW, GAP = 4, 8  # words that may stand between
_BREAKS = frozenset((*UNFINISHED["breaks"], "to", "will", "is", "are", "has", "have"))
_CLAUSE = re.compile(
    r"(?:[;:]|\s[\u2013\u2014-])\s|,?\s(?=(?:and|but|so)\s)|,\s(?=(?:this|the|my|our|these|i|we)\s)",
    re.I,
)
_LABEL_END = re.compile(r"(?:[;:]|\s[\u2013\u2014-])\s")
_NUMBER = re.compile(r"[a-z]{0,3}\d\w*|[a-h]|i{1,3}|iv|vi{0,3}")
_AUXILIARIES = frozenset(["has", "have", "been", "be", "is", "are"])


def puts_off(sentence: str, *, planning: bool = False, entry: bool = False) -> bool:
    """Whether it does. `planning` among recommendations, and as an `entry` of a summary, where less
    is said of the report."""
    whole = _Clause(fold_text(sentence).split()[:LONGEST])
    if planning:
        return whole.begins(TO_COME_PLANS)
    if not entry and len(whole.words) <= SHORT and not goes_on(sentence):
        label, *rest = _LABEL_END.split(sentence, maxsplit=1)
        if whole.begins(TO_COME_OPENINGS):
            return True
        if rest and _clause(label).is_whole(TO_COME_LABELS):
            return _clause(rest[0]).begins(TO_COME_OPENINGS)
    if whole.begins(TO_COME_CLAUSES):
        return True
    _, *others = _CLAUSE.split(sentence)
    return any(_clause(one).begins(TO_COME_CLAUSES) for one in others)


def _clause(text: str) -> _Clause:
    return _Clause(fold_text(text).split()[:LONGEST])


def goes_on(sentence: str) -> bool:
    """Whether a comma parts what it opens with from what somebody did."""
    _, *rest = sentence.split(",", maxsplit=1)
    words = fold_text(rest[0]).split() if rest else []
    return any(
        word in TO_COME_PAST or (word.endswith("ed") and before not in _AUXILIARIES)
        for before, word in zip(["", *words], words, strict=False)
    )


@dataclass(slots=True)
class _Clause:
    """The words of a clause, and where each rule that was followed comes to its end."""

    words: Sequence[str]
    _ends: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict)

    def begins(self, rules: Iterable[str]) -> bool:
        return any(self._ends_of(rule, 0) for rule in rules)

    def is_whole(self, rules: Iterable[str]) -> bool:
        return any(len(self.words) in self._ends_of(rule, 0) for rule in rules)

    def _ends_of(self, rule: str, at: int) -> frozenset[int]:
        known = self._ends.get((rule, at))
        if known is None:
            word = self.words[at] if at < len(self.words) else ""
            ways = (self._along(way, at) for way in _ways_from(rule, word))
            known = self._ends[rule, at] = frozenset().union(*ways)
        return known

    def _along(self, way: Sequence[GrammarPart], at: int) -> frozenset[int]:
        places = frozenset({at})
        for part in way:
            places = self._through(part, places)
            if not places:
                break
        return places

    def _through(self, part: GrammarPart, places: frozenset[int]) -> frozenset[int]:
        after = fresh = self._once(part, places)
        while part.again and fresh:
            fresh = self._once(part, fresh) - after
            after |= fresh
        return after | places if part.optional else after

    def _once(self, part: GrammarPart, places: frozenset[int]) -> frozenset[int]:
        out: set[int] = set()
        for at in places:
            if at < len(self.words) and self.words[at] in part.words:
                out.add(at + 1)
            for rule in part.rules:
                out |= self._ends_of(rule, at)
            for kind in part.kinds:
                out |= self._of_kind(kind, at)
        return frozenset(out)

    def _of_kind(self, kind: str, at: int) -> set[int]:
        left = self.words[at:]
        if kind == "end":
            return set() if left else {at}
        if kind == "few":
            return {at + n for n in range(1, min(FEW, len(left)) + 1)}
        if kind == "gap":
            stop = next((n for n, word in enumerate(left[:GAP]) if _parts(word)), len(left[:GAP]))
            return {at + n for n in range(1, stop + 1)}
        if not left:
            return set()
        return {at + 1} if _may_be(kind, left[0]) else set()


@lru_cache(maxsize=4096)
def _ways_from(rule: str, word: str) -> Sequence[Sequence[GrammarPart]]:
    """The ways of a rule that a word may begin: most words begin none."""
    return tuple(way for way in TO_COME_RULES[rule] if _may_begin(way, word))


def _may_begin(way: Sequence[GrammarPart], word: str) -> bool:
    for part in way:
        if word in part.words or any(_may_be(kind, word) for kind in part.kinds):
            return True
        if any(_ways_from(one, word) for one in part.rules):
            return True
        if not part.optional:
            return False
    return True


def _may_be(kind: str, word: str) -> bool:
    """Whether a word may be of a kind, or the first of several that are; "" is none."""
    if kind == "end":
        return not word
    if kind == "whose":
        return word.endswith("s")
    if kind == "number":
        return _NUMBER.fullmatch(word) is not None
    return bool(word)


def _parts(word: str) -> bool:
    """Whether a word parts a subject from what is said of another."""
    return word in _BREAKS or word.endswith("ed")
