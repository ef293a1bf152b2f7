"""Whether every word of a sentence is understood: the closed world of a nil return.

Does: follows a sentence through the rules of `config/nil_grammar.toml`, word by word and to its
end, and says which sorts of sentence it may be. What no rule has is not understood.
Trusts: the grammar; the register for the names of the agency, the review and its subjects.
Never touches: what a sentence says that is not understood: `involvement.py` has a guess at that.
Known limits: a system of records is known by its capital and by where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from config.nil_grammar import IF_NAMED, NO_NAMES, OWN, RULES, SENTENCES, Part
from handlers.context import AgencyFacts, CaseFacts
from handlers.form.signing import DAY, MONTH
from handlers.typed.fold import fold

_JOIN = frozenset({"and", "of", "for"})  # inside a name: "the Fire and Rescue Service"
MOST = 90  # words of a sentence that is followed; a longer one is for a person to read

_DATE = rf"{DAY.pattern}|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b"
_WORD = re.compile(rf"(?:{_DATE})|[^\W_]+(?:['’][^\W_]+)*|\S", re.I)
_UNHEARD = frozenset(",;:.-–—")  # marks that part words and say nothing


@dataclass(frozen=True, slots=True)
class Names:
    """What the agency, the review and the child are called, each as its folded words."""

    agency: tuple[tuple[str, ...], ...] = ()
    reference: tuple[tuple[str, ...], ...] = ()
    child: tuple[tuple[str, ...], ...] = ()
    subjects: int = 0

    @property
    def own(self) -> frozenset[str]:
        """The nouns that the agency may call itself."""
        named = {word for name in self.agency for word in name}
        return OWN | (IF_NAMED & (named | ({"authority"} if "council" in named else set())))


# Whoever writes, while that is not known yet.
ANY_AGENCY = Names(tuple((word,) for word in sorted(IF_NAMED)))


def names_of(agency: AgencyFacts | None, case: CaseFacts | None) -> Names:
    called = [agency.name, agency.code, *agency.abbreviations] if agency else []
    review = [case.reference, case.child_identifier] if case else []
    child = [s.name for s in case.subjects if "child" in fold(s.name)] if case else []
    return Names(
        _parts_too(called), _folded(review), _folded(child), len(case.subjects) if case else 0
    )


def _folded(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(words for name in names if (words := tuple(fold(name).split())))


def _parts_too(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Each name, and what it begins or ends with: "Turning Leaf", "the Fire Service"."""
    out = list(_folded(names))
    for name in tuple(out):
        for at in range(1, len(name)):
            for part in (name[:at], name[at:]):
                joined = NO_NAMES - _JOIN if _JOIN.isdisjoint((part[0], part[-1])) else NO_NAMES
                if joined.isdisjoint(part) and not (OWN | IF_NAMED).issuperset(part):
                    out.append(part)
    return tuple(dict.fromkeys(out))


@dataclass(slots=True)
class Sentence:
    """One sentence, with what was found out about it so far."""

    names: Names
    words: Sequence[str]
    written: Sequence[str]
    pauses: frozenset[int]  # the words before which a mark stands that is not heard
    _ends: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict)

    def ends(self, rule: str, at: int) -> frozenset[int]:
        """Where a rule that is followed from `at` may have come to its end."""
        known = self._ends.get((rule, at))
        if known is None:
            found: set[int] = set()
            for way in RULES[rule]:
                places = frozenset({at})
                for part in way:
                    places = self._through(part, places)
                    if not places:
                        break
                found |= places
            known = self._ends[rule, at] = frozenset(found)
        return known

    def _through(self, part: Part, places: frozenset[int]) -> frozenset[int]:
        after = self._once(part, places)
        fresh = after
        while part.again and fresh:
            fresh = self._once(part, fresh) - after
            after |= fresh
        return after | places if part.optional else after

    def _once(self, part: Part, places: frozenset[int]) -> frozenset[int]:
        out: set[int] = set()
        for at in places:
            if at < len(self.words) and self.words[at] in part.words:
                out.add(at + 1)
            for rule in part.rules:
                out |= self.ends(rule, at)
            for kind in part.kinds:
                out |= self._of_kind(kind, at)
        return frozenset(out)

    def _of_kind(self, kind: str, at: int) -> set[int]:
        if kind in ("agency", "reference", "child"):
            names: tuple[tuple[str, ...], ...] = getattr(self.names, kind)
            return {at + len(n) for n in names if tuple(self.words[at : at + len(n)]) == n}
        if kind == "pause":
            return {at} & self.pauses
        if at >= len(self.words):
            return set()
        return {at + 1} if self._is_a(kind, self.words[at], self.written[at]) else set()

    def _is_a(self, kind: str, word: str, written: str) -> bool:
        if kind == "own":
            return word in self.names.own
        if kind == "number":
            return word.isdigit() or word in _NUMBERS
        if kind == "how_many":  # "the three people named", of a review of three
            return _NUMBERS.get(word, 0) >= max(3, self.names.subjects)
        if kind == "date":
            return re.fullmatch(_DATE, written, re.I) is not None
        if word in NO_NAMES or not written.isalnum():
            return False
        if kind == "acronym":
            return sum(c.isupper() for c in written) > 1 or (
                written[:1].isupper() and any(c.isdigit() for c in written)
            )
        return kind == "system" and written[:1].isupper()


_NUMBERS = {
    word: n
    for n, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=2
    )
}


def sorts_of(text: str, names: Names, rules: Sequence[str] = SENTENCES) -> frozenset[str]:
    """Which sorts of sentence it may be; empty where it is not understood to its end."""
    words, written, pauses = _words(text)
    if not 0 < len(words) <= MOST:
        return frozenset()
    read = Sentence(names, words, written, pauses)
    return frozenset(rule for rule in rules if len(words) in read.ends(rule, 0))


def _words(text: str) -> tuple[list[str], list[str], frozenset[int]]:
    """Its words folded, and as written, and where it pauses; a mark that may say something is a
    word of its own."""
    words, written, pauses = list[str](), list[str](), set[int]()
    for found in _WORD.finditer(text):
        one = found[0]
        before = text[found.start() - 1 : found.start()]
        if one in _UNHEARD and not (one == "." and before == "."):
            pauses.add(len(words))
            continue
        if one in "'’" and before == "s":
            continue  # "all subjects' names"
        words.append(fold(one) if any(c.isalnum() for c in one) else one)
        written.append(one)
    return words, written, frozenset(pauses)
