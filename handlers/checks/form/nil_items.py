"""The items of a sentence that denies, and what was searched."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from config.kind_shape import Denial
from config.label_words import JOB_WORDS, NAME_TITLES, ORGANISATION_WORDS
from config.nil_return_words import NIL_NON_NAME_WORDS
from handlers.checks.form.letter_sentences import normalise_sentence
from handlers.checks.form.nil_words import NegationTrack, word_set
from handlers.values.normalise import fold_text

_PARTS = frozenset({",", "and", "or", "nor", "but", "that", "which", "who", "though", "although"})
_LISTS = frozenset({"or", "nor"})
_NARROWS = frozenset(
    {"of", "about", "regarding", "concerning", "relating", "that", "when", "where", "while", "if"}
)
_ADJOINS = _NARROWS | frozenset(
    {"as", "to", "in", "at", "by", "for", "from", "with", "under", "within", "among", "on"}
)
_OURS = frozenset({"our", "the", "this", "a", "any", "each", "every", "all"})
# What the sender speaks of as a part of itself: what a part does not know the whole may.
_UNITS = frozenset(
    {"team", "branch", "unit", "department", "office", "directorate", "ward", "division", "site"}
    | {"section", "station", "locality", "clinic", "desk"}
)
_FAMILY = frozenset({"family", "they", "household", "them"})
_VERBS = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "been", "did", "do", "does", "can", "could"}
    | {"will", "would", "may", "might", "must"}
)
# What a search came to: what stands behind is no longer what was searched.
RESULT_WORDS = frozenset(
    {"found", "find", "finds", "show", "shows", "showed", "reveal", "reveals", "revealed"}
    | {"produced", "yielded", "returned", "brought", "turned", "uncovered"}
)
_ANOTHER = frozenset(
    {"previous", "former", "other", "old", "next", "neighbouring", "another", "main", "nearest"}
)
_ALL_OF = frozenset({"any", "all", "none", "each", "every"})
MAX_LEAD_WORDS = 5  # words of "As a landlord,"


@dataclass(frozen=True, slots=True)
class SentenceItem:
    """Some words of a sentence, from `start` up to `end`, and the word that joins them to what
    stands before."""

    start: int
    end: int
    joint: str = ""

    def words_of_item(self, tokens: Sequence[str]) -> Sequence[str]:
        return tokens[self.start : self.end]


def split_into_items(tokens: Sequence[str]) -> Iterator[SentenceItem]:
    """The items in order; none is empty."""
    start, joint = 0, ""
    for at, word in enumerate([*tokens, ","]):
        if word in _PARTS or at == len(tokens):
            if at > start:
                yield SentenceItem(start, at, joint)
            joint = word if at > start or word != "," else joint
            start = at + 1


def searching_positions(tokens: Sequence[str], denial: Denial) -> frozenset[int]:
    """Where the words stand of items that only say what was searched: the family may be what was
    searched for, and nobody does or is anything."""
    items = list(split_into_items(tokens))
    found: set[int] = set()
    for order in (items, items[::-1]):
        near = False
        for item in order:
            words = item.words_of_item(tokens)
            plain = word_set(denial.negations).isdisjoint(words)
            near = plain and (
                _only_searches(words, denial) or (near and _is_a_thing(words, denial))
            )
            if near:
                found.update(range(item.start, item.end))
    return frozenset(found)


def _is_a_thing(words: Collection[str], denial: Denial) -> bool:
    """Whether it may be one thing more of a list: "the archive", without a verb."""
    return _VERBS.isdisjoint(words) and (word_set(denial.one) | _FAMILY).isdisjoint(words)


def _only_searches(words: Collection[str], denial: Denial) -> bool:
    if not _searches(words, denial) or not (word_set(denial.one) | RESULT_WORDS).isdisjoint(words):
        return False
    relations = {*denial.known, *denial.used, *denial.tells} - {*denial.searches}
    return _FAMILY.isdisjoint(words) or relations.isdisjoint(words)


def _searches(words: Collection[str], denial: Denial) -> bool:
    return not word_set(denial.searches).isdisjoint(words)


def _is_a_person(lead: Sequence[str], named: frozenset[str]) -> bool:
    """ "Our author, Dr Dean", "The receptionist"."""
    nouns = [word for word in lead if word not in _VERBS]
    job = (
        bool(nouns)
        and nouns[-1] in JOB_WORDS - named
        and nouns[-1] not in ORGANISATION_WORDS | _UNITS
    )
    return job or not (NAME_TITLES - {"sister"}).isdisjoint(lead)


@dataclass(frozen=True, slots=True)
class DenialWeighing:
    """One sentence that denies something. `known` are the words that say nothing else wherever
    they stand, `named` those written with a capital."""

    denial: Denial
    tokens: Sequence[str]
    track: NegationTrack
    known: frozenset[str]
    named: frozenset[str]

    @property
    def _searched(self) -> frozenset[int]:
        """What was searched, up to the denial: "a search of our index and the archive has"."""
        lead = list(self.tokens)
        first = next((i for i, under in enumerate(self.track.under) if under), len(lead))
        while first and lead[first - 1] in _VERBS | RESULT_WORDS:
            first -= 1
        return searching_positions(lead[:first], self.denial)

    def is_unclear(self) -> bool:
        """Whether any word may change what the sentence denies."""
        doubtful = [item for item in split_into_items(self.tokens) if self._unknown(item)]
        doubtful = [item for item in doubtful if not self._leads(item)]
        if not doubtful:
            return False
        pure = any(self._denies(i) and not self._unknown(i) for i in split_into_items(self.tokens))
        return not pure or not all(map(self._adds, doubtful))

    def _unknown(self, item: SentenceItem) -> list[str]:
        places = range(item.start, item.end)
        return [self.tokens[at] for at in places if not self._understood(at)]

    def _understood(self, at: int) -> bool:
        """A known word, one of all there are ("any of our centres"), or a system's name."""
        word, before = self.tokens[at], self.tokens[max(0, at - 3) : at]
        after = self.tokens[at + 1 : at + 2]
        if word in self.known or word.isdigit():
            return True
        if word in self.named and len(word) == 1 and before[-1:] and before[-1] in self.denial.one:
            return True  # "Child N"
        if (
            "this" in before[-2:]
            and _UNITS.isdisjoint(after)
            and (word in self.named or not ORGANISATION_WORDS.isdisjoint(after))
        ):
            return True  # "by this Probation Area": who speaks
        if word.endswith("s") and before[-1:] in (["our"], ["any"]) and "by" not in before:
            return word not in self.named
        if len(before) > 1 and before[-2] == "of" and before[-1] in ("our", "the", "its", "this"):
            return before[0] in _ALL_OF and word not in self.named
        system = word in self.named and before[-1:] == ["on"]
        return system and (not after or after[0] in _PARTS)

    def _denies(self, item: SentenceItem) -> bool:
        relations = word_set(self.denial.known) | word_set(self.denial.used)
        relations |= word_set(self.denial.held) | {"denied", "found"} | {"nobody", "nothing"}
        return any(self.track.under[item.start : item.end]) and not relations.isdisjoint(
            item.words_of_item(self.tokens)
        )

    def _leads(self, item: SentenceItem) -> bool:
        """Whether it stands before what is denied, or apart from it, and only says who speaks or
        what was searched: "The Fire Service has", "We ran the names through the index"."""
        words, unknown = list(item.words_of_item(self.tokens)), self._unknown(item)
        under = self.track.under[item.start : item.end]
        words = words[: under.index(True)] if True in under else words
        while words and words[-1] in RESULT_WORDS | _VERBS:
            words.pop()
        if not set(unknown) <= set(words):
            return False
        if item.start in self._searched:
            return not self._of_a_unit(words)
        if _only_searches(words, self.denial):
            return not self._of_a_unit(words)
        if not word_set(self.denial.one).isdisjoint(self._unnamed(words)):
            return False
        if not _FAMILY.isdisjoint(words):
            return False
        return self._speaks_as(words) or self._is_the_sender(item, words, unknown)

    def _of_a_unit(self, words: Sequence[str]) -> bool:
        """ "The Northfield branch"."""
        pairs = pairwise(words)
        return any(one in self.named and unit in _UNITS for one, unit in pairs)

    def _unnamed(self, words: Sequence[str]) -> list[str]:
        """Without the first words of names: "Adult Social Care"."""
        pairs = zip(words, [*words[1:], ""], strict=True)
        return [word for word, after in pairs if after not in self.named]

    def _speaks_as(self, words: Sequence[str]) -> bool:
        """ "As a landlord", "For the Trust", "We are a small charity"."""
        as_ = (
            words[:1] in (["as"], ["for"]) and words[1:2] != ["of"] and len(words) <= MAX_LEAD_WORDS
        )
        return as_ or (list(words[:2]) == ["we", "are"] and words[2:3] in (["a"], ["an"]))

    def _is_the_sender(
        self, item: SentenceItem, words: Sequence[str], unknown: Collection[str]
    ) -> bool:
        """Unknown words that are all of a name, or of what the sender calls itself: "our leaving
        care service"."""
        first = next((i for i, under in enumerate(self.track.under) if under), len(self.tokens))
        lead = self.tokens[:first]
        if _is_a_person(lead, self.named):
            return False
        if not _ANOTHER.isdisjoint(lead):
            return False
        if all(word in self.named for word in unknown):
            return _UNITS.isdisjoint(set(words) - self.named)
        organisation = not ORGANISATION_WORDS.isdisjoint(lead) and not _OURS.isdisjoint(lead[:2])
        return organisation and self.named.isdisjoint(unknown)

    def _adds(self, item: SentenceItem) -> bool:
        """Whether it denies something more, beside what is denied without it."""
        words, unknown = item.words_of_item(self.tokens), self._unknown(item)
        if not all(self.track.under[item.start : item.end]) or not self.named.isdisjoint(unknown):
            return False
        again = [word for word in words[1:] if word in word_set(self.denial.negations)]
        if again and words[0] not in word_set(self.denial.negations) and item.joint in _LISTS:
            return False  # "or treated without consent"
        if not self._in_a_list(item) or self._follows_relation(words, unknown):
            return False
        return not any(one in _NARROWS and after in unknown for one, after in pairwise(words[1:]))

    def _in_a_list(self, item: SentenceItem) -> bool:
        """After "or", with its own "no", or before another item of the list."""
        words = item.words_of_item(self.tokens)
        before = next((i for i, word in enumerate(words) if word not in self.known), 0)
        own = not word_set(self.denial.negations).isdisjoint(words[: before + 1])
        if item.joint in _LISTS or own:
            return True
        later = (i.joint for i in split_into_items(self.tokens) if i.start > item.start)
        return item.joint == "," and words[0] not in _ADJOINS and not _LISTS.isdisjoint(later)

    def _follows_relation(self, words: Sequence[str], unknown: Collection[str]) -> bool:
        strong = word_set(self.denial.known) | word_set(self.denial.held)
        last = max((i for i, word in enumerate(words) if word in strong), default=len(words))
        return not set(unknown).isdisjoint(words[last:])


SEARCHED_MARK = "{searched}"  # among a blank's phrases: it is answered so
_HELD = (
    "systems?|databases?|registers?|files?|ind(?:ex|exes|ices)|archives?|lists?|books?|rolls?|"
    "caseloads?|records|notes|logs?|diar(?:y|ies)|envelopes"
)
_OWN = re.compile(
    rf"\b(?:our|its|all|both|these|trusts|paper|electronic|clinical|patient|computer(?:ised)?|manual|"
    rf"archived?|administration|admissions|card)(?: (?!your)\w+){{0,4}}? (?:{_HELD})\b"
)
_NOT_OF_RECORDS = frozenset({"review", "reviewed", "looking", "looked"})
_LOOKED = re.compile(
    r"\b(?:(?:look|looked) (?:at|on|in|into|through)|(?:gone|went|been) through) (?!your)"
)
_REVIEWED = re.compile(
    rf"\breviewed\b(?: (?!your)\w+){{0,6}} (?:{_HELD})\b|\b(?:{_HELD})\b(?: \w+){{0,4}} reviewed\b"
)
_ON_A_SYSTEM = re.compile(r"\b[Oo]n ([A-Z]\w+)")


def says_searched(text: str, denial: Denial, written: str = "") -> bool:
    """True when a letter's text, folded, says what was searched, or names a system that shows
    nothing: "no trace on PNC". `written` is the same with its capitals."""
    if _LOOKED.search(text) or _REVIEWED.search(text):
        return True
    if any(fold_text(name) not in NIL_NON_NAME_WORDS for name in _ON_A_SYSTEM.findall(written)):
        return True
    words = set(normalise_sentence(text, denial, ()).replace(",", "").split())
    searches = {*denial.searches} - _NOT_OF_RECORDS
    return not searches.isdisjoint(words) or _OWN.search(text) is not None
