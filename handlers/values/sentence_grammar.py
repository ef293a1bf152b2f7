"""Follows the rules of a grammar of sentences, as `config.grammar_rules` compiles them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from config.grammar_rules import GrammarAlternative, GrammarPart

OPENING_WORDS_KEPT = 16_384  # pairs of a rule and a word
_NO_END: frozenset[int] = frozenset()


class WayOpening(NamedTuple):
    """What a way of a rule may begin with: some words and kinds of word, or, where `anything`, all
    of it may be left out."""

    words: frozenset[str]
    kinds: frozenset[str]
    anything: bool


class SentenceGrammar:
    """The rules by their names. `may_open` says whether a kind of word may begin with a word, ""
    where there is none: it may be true too often."""

    def __init__(
        self,
        rules: Mapping[str, Sequence[GrammarAlternative]],
        may_open: Callable[[str, str], bool] = lambda kind, word: True,
    ) -> None:
        self._rules, self._may_open = rules, may_open
        self._openings: dict[str, tuple[WayOpening, ...]] = {}
        self.alternatives_from = lru_cache(OPENING_WORDS_KEPT)(self._alternatives_from)

    def _alternatives_from(self, rule: str, word: str) -> tuple[GrammarAlternative, ...]:
        """Those of a rule that a word may begin: most words begin none."""
        ways = zip(self._rules[rule], self._openings_of(rule), strict=True)
        return tuple(way for way, opening in ways if self._may_begin(opening, word))

    def _may_begin(self, opening: WayOpening, word: str) -> bool:
        return (
            opening.anything
            or word in opening.words
            or any(self._may_open(kind, word) for kind in opening.kinds)
        )

    def _openings_of(self, rule: str) -> tuple[WayOpening, ...]:
        """One for each way of a rule. Those of all rules are made when the first is asked for: a
        child of the worker, forked after that, makes none."""
        if not self._openings:
            for name in self._rules:
                self._made_openings_of(name)
        return self._openings[rule]

    def _made_openings_of(self, rule: str) -> tuple[WayOpening, ...]:
        known = self._openings.get(rule)
        if known is None:
            known = self._openings[rule] = tuple(map(self._opening, self._rules[rule]))
        return known

    def _opening(self, way: GrammarAlternative) -> WayOpening:
        words, kinds = frozenset[str](), frozenset[str]()
        for part in way:
            inner = [opening for rule in part.rules for opening in self._made_openings_of(rule)]
            words = words.union(part.words, *[opening.words for opening in inner])
            kinds = kinds.union(part.kinds, *[opening.kinds for opening in inner])
            if any(opening.anything for opening in inner):
                break
            if not part.optional:
                return WayOpening(words, kinds, anything=False)
        return WayOpening(words, kinds, anything=True)


KindReader = Callable[[str, int], set[int]]


@dataclass(slots=True)
class GrammarParse:
    """One sentence, with what was found out about it so far. `ends_of_kind` says where a word, or
    several, of some kind end that begin at a place."""

    grammar: SentenceGrammar
    words: Sequence[str]
    ends_of_kind: KindReader
    _ends: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict)
    _kinds: dict[tuple[str, int], set[int]] = field(default_factory=dict)

    def is_whole(self, rule: str) -> bool:
        """Whether the rule has the sentence to its end."""
        return len(self.words) in self.ends_of_rule(rule, 0)

    def ends_of_rule(self, rule: str, at: int) -> frozenset[int]:
        """Where a rule that is followed from `at` may have come to its end."""
        known = self._ends.get((rule, at))
        if known is None:
            word = self.words[at] if at < len(self.words) else ""
            ways = self.grammar.alternatives_from(rule, word)
            known = _NO_END.union(*[self._along(way, at) for way in ways]) if ways else _NO_END
            self._ends[rule, at] = known
        return known

    def _along(self, way: GrammarAlternative, at: int) -> set[int]:
        places = {at}
        for part in way:
            after = fresh = self._once(part, places)
            while part.again and fresh:
                fresh = self._once(part, fresh) - after
                after = after | fresh
            places = after | places if part.optional else after
            if not places:
                break
        return places

    def _once(self, part: GrammarPart, places: set[int]) -> set[int]:
        words, length = self.words, len(self.words)
        out = {at + 1 for at in places if at < length and words[at] in part.words}
        if part.rules or part.kinds:  # most parts are words alone
            for at in places:
                for rule in part.rules:
                    out |= self.ends_of_rule(rule, at)
                for kind in part.kinds:
                    out |= self._of_kind(kind, at)
        return out

    def _of_kind(self, kind: str, at: int) -> set[int]:
        known = self._kinds.get((kind, at))
        if known is None:
            known = self._kinds[kind, at] = self.ends_of_kind(kind, at)
        return known
