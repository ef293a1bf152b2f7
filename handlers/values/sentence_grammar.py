"""Follows the rules of a grammar of sentences, as `config.grammar_rules` compiles them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from config.grammar_rules import GrammarAlternative, GrammarPart

OPENING_WORDS_KEPT = 16_384  # pairs of a rule and a word


class SentenceGrammar:
    """The rules by their names. `may_open` says whether a kind of word may begin with a word, ""
    where there is none: it may be true too often."""

    def __init__(
        self,
        rules: Mapping[str, Sequence[GrammarAlternative]],
        may_open: Callable[[str, str], bool] = lambda kind, word: True,
    ) -> None:
        self._rules, self._may_open = rules, may_open
        self.alternatives_from = lru_cache(OPENING_WORDS_KEPT)(self._alternatives_from)

    def _alternatives_from(self, rule: str, word: str) -> tuple[GrammarAlternative, ...]:
        """Those of a rule that a word may begin: most words begin none."""
        return tuple(way for way in self._rules[rule] if self._may_begin(way, word))

    def _may_begin(self, way: GrammarAlternative, word: str) -> bool:
        for part in way:
            if word in part.words or any(self._may_open(kind, word) for kind in part.kinds):
                return True
            if any(self.alternatives_from(rule, word) for rule in part.rules):
                return True
            if not part.optional:
                return False
        return True


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
            known = frozenset[int]().union(*[self._along(way, at) for way in ways])
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
