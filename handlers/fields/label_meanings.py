"""What the words of a label mean: "Author's job title" is the author's, and asks for a job
title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Literal

from config.label_words import (
    BLOCK_HEADING_WORDS,
    JOB_WORDS,
    LABEL_AGENCY_WORDS,
    LABEL_COUNT_WORDS,
    LABEL_FILLER_WORDS,
    LABEL_LEADING_WORDS,
    NAME_TITLES,
    ROLE_WORDS,
)
from handlers.findings import FindingPlace
from handlers.values.blanks_not_filled import read_postponed_value
from handlers.values.normalise import bilingual_halves, fold_text

PROMPT_CLASS = "prompt"  # the class of words that mark a place: "Signature of Chief Officer"
MAX_LABEL_WORDS = 14  # words: no label is longer, save one of the wordings by itself
LONGEST_HEADING = 10  # words
_UNKNOWN_BESIDE_SIGNATURE = 5
_LONGEST_HALF = 5  # words
_JOINED = re.compile(r"[/&+,]|\band\b|\bor\b", re.I)
_MARKED = re.compile(r"[/|\n()]")
_AROUND = 3  # words that join or lead, beside those of the longest wording
_THE_WORK = frozenset({"report", "imr", "review", "document"})  # what somebody is the author of
_PARTS = frozenset({"author", "commissioner"})  # whose part it is, and no job
_BY = frozenset({"by", "for", "of"})  # who it was is still to be said after these


@dataclass(frozen=True, slots=True)
class LabelTerm:
    """One wording. `key` is what it asks for, or whose it says the blank is."""

    key: str
    words: str
    person: bool = False  # it says whose
    signature: bool = False
    loose: bool = False  # what it asks for may follow it after a single space
    job: bool = False  # it asks for what somebody does, which may be in the words of a role
    look: str = ""  # what its value looks like: "name", "designation", "date"; "" for anything


@dataclass(frozen=True)
class LabelLexicon:
    """Every wording that is known in one place."""

    terms: Mapping[tuple[str, ...], LabelTerm] = field(hash=False)
    longest: int
    said_by: tuple[tuple[str, str], ...] = ()  # whose a sentence is with such words: key and words
    _known: dict[tuple[str, bool], tuple[LabelTerm, ...]] = field(
        default_factory=dict, repr=False, compare=False, hash=False
    )

    @cached_property
    def _reach(self) -> Mapping[str, int]:
        """How many words the longest wording has that begins with a word: most begin none."""
        reach: dict[str, int] = {}
        for words in self.terms:
            reach[words[0]] = max(len(words), reach.get(words[0], 0))
        return reach

    @cached_property
    def people(self) -> bool:
        """Whether it has wordings that say whose a blank is."""
        return any(term.person for term in self.terms.values())

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Every word that may stand in a label."""
        return frozenset(LABEL_FILLER_WORDS | LABEL_LEADING_WORDS | _THE_WORK).union(*self.terms)

    def max_opening_words(self, words: Sequence[str]) -> int:
        """How many words at the beginning of a text may be a label without dots or a colon, at
        most; said without taking each beginning apart, since most texts open with none."""
        most = min(len(words), self.longest + _AROUND)
        if _MARKED.search(" ".join(words[:most])):
            return most  # two languages, or a note
        for count, word in enumerate(words[:most]):
            for said in fold_text(word).split():
                if not {said, said.removesuffix("s")} & self._vocabulary:
                    return count
        return most

    def terms_of_label(self, text: str, marked_off: bool = False) -> tuple[LabelTerm, ...]:
        """The terms that the whole of `text` is made of, one a key; none when it is no label.

        `marked_off` says that a colon or dots follow it, so that it cannot be much else.
        """
        if len(text) > 200:
            return ()
        key = (text, marked_off)
        if key not in self._known:
            if len(self._known) > 4096:
                self._known.clear()
            told = read_postponed_value(text) if marked_off else None
            still = (
                told is not None and told.kind != PROMPT_CLASS
            )  # "Signature awaited:" is no label
            terms = self._meaning(fold_text(text).split(), marked_off and not still)
            terms = terms or self.terms_of_half(text)
            self._known[key] = terms if _JOINED.search(text) else _day_alone(terms)
        return self._known[key]

    def _meaning(self, words: Sequence[str], marked_off: bool) -> tuple[LabelTerm, ...]:
        found, left, at = [], 0, 0
        if len(words) > max(MAX_LABEL_WORDS, self.longest):
            return ()
        while at < len(words):
            term, length = self._term_at(words, at)
            if term is not None:
                found.append(term)
            elif not found and words[at] in LABEL_FILLER_WORDS - LABEL_LEADING_WORDS:
                return ()  # "The date" begins a sentence
            elif words[at] not in LABEL_FILLER_WORDS | LABEL_LEADING_WORDS and not (
                found and found[-1].person and words[at] in _THE_WORK
            ):
                left += 1
            at += length
        if left and not (marked_off and self._may_be_of(found, words, left)):
            return ()
        return tuple({term.key: term for term in reversed(_named(found))}.values())[::-1]

    def terms_of_half(self, text: str) -> tuple[LabelTerm, ...]:
        """What a label in two languages asks for: one half is known, and the other is no answer to
        it, such as a job or a person's name."""
        sides = bilingual_halves(text)
        if len(sides) != 2:
            return ()
        known = [self._meaning(fold_text(side).split(), False) for side in sides]
        if bool(known[0]) == bool(known[1]):
            return ()
        terms, other = (known[0], sides[1]) if known[0] else (known[1], sides[0])
        return terms if _is_translation(other, terms) else ()

    def _may_be_of(self, found: Sequence[LabelTerm], words: Sequence[str], left: int) -> bool:
        """ "Signature of Head of Care": words of which we know nothing say whose it is."""
        asked = [term for term in found if not term.person]
        ends = {self._term_at(words, 0)[0], self._term_at(words, len(words) - 1)[0]}
        return (
            left <= _UNKNOWN_BESIDE_SIGNATURE
            and len(asked) == 1
            and asked[0].signature
            and asked[0] in ends
        )

    def person_term_at(self, words: Sequence[str], at: int) -> tuple[LabelTerm | None, int]:
        """The wording that says whose and begins at a place, and how many words it has."""
        term, length = self._term_at(words, at)
        return (term, length) if term is not None and term.person else (None, 1)

    def heading(self, text: str) -> LabelTerm | None:
        """The one wording that says whose, in words that are a heading and nothing else: "Part 1:
        sign off by the author", "Author's details". "Author One" is somebody's name."""
        words = fold_text(text).split()
        if not 0 < len(words) <= LONGEST_HEADING:
            return None
        found, heads, counts, at = list[LabelTerm](), False, False, 0
        while at < len(words):
            word, (term, length) = words[at], self.person_term_at(words, at)
            if term is not None:
                found.append(term)
            elif word in LABEL_COUNT_WORDS:
                counts = True
            elif word in BLOCK_HEADING_WORDS:
                heads = True
            elif not word.isdigit() and not (found and word in LABEL_FILLER_WORDS | _THE_WORK):
                return None
            at += length
        found = _named(found)
        one = len({term.key for term in found}) == 1
        return found[0] if one and (heads or not counts) else None

    def loose_term_at(self, words: Sequence[str], at: int) -> tuple[LabelTerm | None, int]:
        """The wording that asks for something that may follow after a space, at such a place."""
        folded = fold_text(" ".join(words[at : at + self.longest])).split()
        term, length = self._term_at(folded, 0) if folded else (None, 1)
        return (term, length) if term is not None and term.loose else (None, 1)

    def _term_at(self, words: Sequence[str], at: int) -> tuple[LabelTerm | None, int]:
        first = words[at]
        reach = max(self._reach.get(first, 0), self._reach.get(first.removesuffix("s"), 0))
        for length in range(min(reach, len(words) - at), 0, -1):
            phrase = tuple(words[at : at + length])
            term = self.terms.get(phrase) or self.terms.get(_one(phrase)) or self._agency_in(phrase)
            if term is not None:
                return term, length
        return None, 1

    def _agency_in(self, phrase: tuple[str, ...]) -> LabelTerm | None:
        """ "On behalf of the trust" is whoever signs on behalf of the agency."""
        if len(phrase) < len(_FOR_AGENCY) or phrase[-1] not in LABEL_AGENCY_WORDS:
            return None
        term = self.terms.get((*phrase[:-1], "agency"))
        return replace(term, words=" ".join(phrase)) if term is not None and term.person else None


def _day_alone(terms: tuple[LabelTerm, ...]) -> tuple[LabelTerm, ...]:
    """ "Date of the signature" asks for a day, and for no signature."""
    day = tuple(term for term in terms if term.look == "date")
    rest = [term for term in terms if term.look != "date" and not term.person]
    if not day or not rest or not all(term.signature for term in rest):
        return terms
    return tuple(term for term in terms if not term.signature)


def _is_translation(other: str, terms: Sequence[LabelTerm]) -> bool:
    """Whether the other half of a label may be the same label in a language we do not know."""
    words = other.split()
    if not 0 < len(words) <= _LONGEST_HALF or any(c.isdigit() for c in other):
        return False
    if not (JOB_WORDS | ROLE_WORDS | NAME_TITLES).isdisjoint(fold_text(other).split()):
        return False
    plain = len(words) == 1 or any(word[:1].islower() for word in words[1:])
    return plain or not any(term.person for term in terms)


_FOR_AGENCY = ("for", "the", "agency")


def _named(found: Sequence[LabelTerm]) -> list[LabelTerm]:
    """Of "Approved by" and "the commissioner" whoever is named: "by" and no more may be anybody's.
    A job named there may be either's."""
    return [one for at, one in enumerate(found) if not _is_named(one, found[at + 1 :])]


def _is_named(term: LabelTerm, rest: Sequence[LabelTerm]) -> bool:
    if not rest or not (term.person and rest[0].person) or term.key == rest[0].key:
        return False
    jobs = set(fold_text(rest[0].words).split()) & JOB_WORDS - _PARTS
    return not jobs and fold_text(term.words).split()[-1] in _BY


def _one(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """ "Author's" and "authors" as "author"."""
    return (*phrase[:-1], phrase[-1].removesuffix("s"))


@lru_cache(maxsize=64)
def build_lexicon(
    terms: tuple[LabelTerm, ...], said_by: tuple[tuple[str, str], ...] = ()
) -> LabelLexicon:
    """The first term that has a wording keeps it."""
    known: dict[tuple[str, ...], LabelTerm] = {}
    for term in terms:
        if words := tuple(fold_text(term.words).split()):
            known.setdefault(words, term)
    return LabelLexicon(known, max(map(len, known), default=0), said_by)


def plain_lexicon(labels: Iterable[str]) -> LabelLexicon:
    """Labels each of which asks for something of its own."""
    return _plain(tuple(labels))


@lru_cache(maxsize=64)
def _plain(labels: tuple[str, ...]) -> LabelLexicon:
    return build_lexicon(tuple(LabelTerm(label, label) for label in dict.fromkeys(labels)))


# Where the cell of a blank is: beside its label, under or above it, or beside or under it in one
# person's column or row; "" for a blank in a line, or in the cell of its label.
ValueSpot = Literal["", "beside", "under", "above", "column", "row"]


# The table of a blank in lines that stand in columns made by tabs: no number that Word counts.
TABBED_TABLE = -1


@dataclass(frozen=True, slots=True)
class FoundField:
    """A blank that was found, filled in or not.

    `terms` are what its label means; `text` what was entered ("" for nothing, dots, or a prompt);
    `picture` that a picture or ink stands there; `ticks` its check boxes in order; `note` words
    in brackets beside it; `position` the index of its block; `where` the place, for a finding.
    """

    terms: tuple[LabelTerm, ...]
    text: str = ""
    picture: bool = False
    ticks: tuple[bool, ...] = ()
    position: int = 0
    where: FindingPlace = field(default_factory=FindingPlace)
    note: str = ""
    drawn: bool = False  # dots or a rule were printed to write on
    below: bool = False  # the text stood under the label, and may not be meant for it
    spot: ValueSpot = ""
    shared: bool = False  # its label asks for something else as well

    @property
    def label_words(self) -> str:
        return self.terms[0].words if self.terms else ""

    @property
    def is_blank(self) -> bool:
        return not (self.text or self.picture or any(self.ticks))


@dataclass(frozen=True, slots=True)
class UnclaimedText:
    """What stands among the blanks and answers no label that is known.

    `label` says that it stands beside a label, one that nobody told us of; `heading` that it is
    one by its style.
    """

    text: str
    picture: bool = False
    position: int = 0
    label: bool = False
    heading: bool = False
    signing: bool = False  # it says that somebody signed, and not all of that is known


@dataclass(frozen=True, slots=True)
class NextPerson:
    """From here on the blanks are somebody else's: the next column, or the next row."""


FieldItem = FoundField | UnclaimedText | NextPerson


def first_answered_field(
    found: Sequence[FoundField], is_answer: Callable[[FoundField], bool]
) -> FoundField | None:
    """Of several blanks for one thing the first that is answered, whatever stands in the others;
    else the first in which anything stands, "TBC" or the like; else the first."""
    filled = (one for one in found if not one.is_blank)
    return next(filter(is_answer, found), None) or next(filled, found[0] if found else None)
