"""One sentence of a nil return followed word by word: what is denied in it, and what is told."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from config.kind_shape import Denial
from config.label_words import ORGANISATION_WORDS
from config.nil_return_words import (
    AGENCY_NAME_WORDS,
    NIL_GRAMMAR_RULES,
    NIL_NON_NAME_WORDS,
    NIL_SENTENCE_RULES,
    NO_RECORDS,
    NO_RECORDS_ENDINGS,
    OWN_AGENCY_WORDS,
)
from handlers.context import AgencyFacts, CaseFacts
from handlers.values.dates import read_date
from handlers.values.day_words import DAY_PATTERN, MONTH_PATTERN
from handlers.values.normalise import fold_text
from handlers.values.sentence_grammar import GrammarParse, SentenceGrammar

NEGATION_REACH = 25  # words that a negation reaches over
AGENCY_LOOKAHEAD = 9  # words in which an agency may be named that was not visited
FOUND_REACH = 3  # words between "found" and "nobody"

UNDOING_WORDS = frozenset({"failed", "without", "unable", "unknown", "unregistered"})
SUBJECT_WORDS = frozenset(
    {"we", "i", "they", "he", "she", "it", "there", "the", "our", "this", "these", "those", "all"}
    | {"has", "have", "is", "are", "was", "were", "had", "did", "no", "none", "neither", "nor"}
    | {"nobody", "not", "any", "mother", "father", "child", "children", "his", "her", "their"}
    | {"that", "both"}
)
_NOT = frozenset({"not", "didnt", "hasnt", "havent", "hadnt", "wasnt", "werent", "doesnt", "dont"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_NOBODY_OF = frozenset({"no", "none", "nobody", "neither", "nor"})
_PERFECT = frozenset({"has", "have"})
_US = (ORGANISATION_WORDS - {"board"}) | {"us", "our", "here"}
_FINDS = frozenset(
    {"found", "find", "finds", "contain", "contains", "contained", "hold", "holds", "show", "shows"}
    | {"showed", "reveal", "reveals", "revealed", "identified", "produced", "yielded", "returned"}
    | {"have", "has", "list", "lists"}
)
_WHOM = frozenset(
    {"the", "this", "them", "him", "her", "of", "family", "mother", "father", "child"}
)
_POSSESS = frozenset({"have", "has", "had", "hold", "holds", "is", "are", "some", "found"})
_THINGS = frozenset(
    {"list", "lists", "database", "databases", "system", "systems", "register", "registers"}
    | {"index", "archive", "archives", "rolls", "caseload", "caseloads"}
)
_ABOUT = frozenset({"named", "listed", "identified", "mentioned", "in", "your", "you", "above"})
_RELATIVE = frozenset({"who", "which", "when"})
_CLAUSE = _RELATIVE | {"and", ",", "as", "because", "since", "so", "then", "that"}


class NegationTrack:
    """`denied` and `told` are of the whole sentence, `under` says of each word whether a negation
    reaches it. The words at `searching` tell nothing: they are what was searched."""

    def __init__(
        self,
        denial: Denial,
        tokens: Sequence[str],
        searching: Collection[int] = (),
        *,
        ever: bool = False,
    ) -> None:
        self.denied = self.told = False
        self.under: list[bool] = []
        self._denial = denial
        self._open = -NEGATION_REACH - 1  # where the last negation stands
        self._done = False  # whether it has denied something
        self._ever = ever or not {"ever", "never"}.isdisjoint(tokens)
        for at in range(len(tokens)):
            self._boundary(tokens, at)
            self._negation(tokens, at)
            self.under.append(self._negated(at))
            if at not in searching:
                self._relation(tokens, at)

    def _negation(self, tokens: Sequence[str], at: int) -> None:
        word = tokens[at]
        pending = self._negated(at) and not self._done
        if pending and (word in UNDOING_WORDS or word == "denied"):
            self.told = True  # "we never failed to visit", "we do not make a nil return"
        elif word == "denied":
            self.denied, self._open, self._done = True, at, True
        elif word in word_set(self._denial.negations):
            self._open, self._done = at, False
            if word in _NOBODY and self._finds(tokens, at):
                self.denied = self._done = True

    def _relation(self, tokens: Sequence[str], at: int) -> None:
        """What somebody is to the agency, or has had of it: denied or told."""
        word = tokens[at]
        known, used = word in word_set(self._denial.known), word in word_set(self._denial.used)
        held = word in word_set(self._denial.held)
        told = used or word in word_set(self._denial.tells)
        if word == "found" and self._negated(at) and not self._done:
            self.denied = self._done = True
        elif held and (self._negated(at) or not used):
            self._held(tokens, at)
        elif (known or told) and self._negated(at):
            ever = self._ever or self._perfect(tokens, at)
            self.denied |= known or (ever and used)
            # "They did not attend" tells that they were asked to.
            self.told |= told and not ever and tokens[self._open] in _NOT
            self._done = True
        elif (known or told) and not _aside(tokens, at):
            self.told |= not _names_a_thing(tokens, at, word_set(self._denial.held))

    def _perfect(self, tokens: Sequence[str], at: int) -> bool:
        """ "None of the family has been supervised", which is at any time; but "has seen it"."""
        between, after = tokens[self._open : at], set(tokens[at + 1 : at + AGENCY_LOOKAHEAD])
        nobody = tokens[self._open] in _NOBODY_OF and not _PERFECT.isdisjoint(between)
        here = "been" in between or not after.isdisjoint(_US)
        people = {*self._denial.everybody, *self._denial.one}
        return nobody and here and not people.isdisjoint(between)

    def _finds(self, tokens: Sequence[str], at: int) -> bool:
        """ "Found nobody of this family", "contain nothing about any of those named"."""
        people = {*self._denial.one, *self._denial.everybody}
        return not _FINDS.isdisjoint(tokens[max(0, at - FOUND_REACH) : at]) and not (
            people.isdisjoint(tokens[at:])
        )

    def _negated(self, at: int) -> bool:
        return at - self._open <= NEGATION_REACH

    def _held(self, tokens: Sequence[str], at: int) -> None:
        if self._negated(at):
            self.denied = self._done = True
            return
        before = tokens[max(0, at - 3) : at]
        searched = not word_set(self._denial.searches).isdisjoint(before)
        if not searched and not _POSSESS.isdisjoint(before):
            self.told = True

    def _boundary(self, tokens: Sequence[str], at: int) -> None:
        """A new clause is not denied by what denied the one before."""
        word = tokens[at]
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if word == "," and after == "which":
            self._open = -NEGATION_REACH - 1
        if word in word_set(self._denial.turns) or (
            self._done and word in _CLAUSE and (after in SUBJECT_WORDS or word in _RELATIVE)
        ):
            self._open = -NEGATION_REACH - 1


def _aside(tokens: Sequence[str], at: int) -> bool:
    """ "As far as we know", "let me know": not whom."""
    return tokens[at] == "know" and _WHOM.isdisjoint(tokens[at + 1 : at + 2])


def _names_a_thing(tokens: Sequence[str], at: int, held: frozenset[str]) -> bool:
    """ "Patient records", "registered list", "the patients named in your letter"."""
    near = tokens[at + 1 : at + 3]
    return any(word in held or word in _THINGS for word in near) or (
        tokens[at].endswith("s") and bool(near) and near[0] in _ABOUT
    )


@lru_cache(maxsize=64)
def word_set(words: tuple[str, ...]) -> frozenset[str]:
    """A list of words, to look up in."""
    return frozenset(words)


_JOIN = frozenset({"and", "of", "for"})  # inside a name: "the Fire and Rescue Service"
MAX_SENTENCE_WORDS = (
    90  # words of a sentence that is followed; a longer one is for a person to read
)

_DATE = rf"{DAY_PATTERN.pattern}|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH_PATTERN}\b"
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_WHOLE_DATE = re.compile(_DATE, re.I)
_WORD = re.compile(rf"(?:{_DATE})|[^\W_]+(?:['’][^\W_]+)*|\S", re.I)
_UNHEARD = frozenset(",;:.-–—")  # marks that part words and say nothing


@dataclass(frozen=True, slots=True)
class ReviewNames:
    """What the agency, the review and the child are called, each as its folded words."""

    agency: tuple[tuple[str, ...], ...] = ()
    reference: tuple[tuple[str, ...], ...] = ()
    child: tuple[tuple[str, ...], ...] = ()
    subjects: int = 0
    period: tuple[date, date] | None = None

    @property
    def nouns_for_agency(self) -> frozenset[str]:
        """The nouns that the agency may call itself."""
        named = {word for name in self.agency for word in name}
        return OWN_AGENCY_WORDS | (
            AGENCY_NAME_WORDS & (named | ({"authority"} if "council" in named else set()))
        )


# Whoever writes, while that is not known yet.
ANY_AGENCY_NAMES = ReviewNames(tuple((word,) for word in sorted(AGENCY_NAME_WORDS)))


def names_of_review(agency: AgencyFacts | None, case: CaseFacts | None) -> ReviewNames:
    called = [agency.name, agency.code, *agency.abbreviations] if agency else []
    review = [case.reference, case.child_identifier] if case else []
    child = [s.name for s in case.subjects if "child" in fold_text(s.name)] if case else []
    count, period = (len(case.subjects), case.period) if case else (0, None)
    return ReviewNames(_parts_too(called), _marked(review), _folded(child), count, period)


def _marked(names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Names that may have marks in them, with these and without: "N31/J", "N31 J"."""
    marked = (tuple(_words(name)[0]) for name in names if name)
    return tuple(dict.fromkeys((*_folded(names), *marked)))


def _folded(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(words for name in names if (words := tuple(fold_text(name).split())))


def _parts_too(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Each name, and what it begins or ends with: "Turning Leaf", "the Fire Service"."""
    out = list(_folded(names))
    for name in tuple(out):
        for at in range(1, len(name)):
            for part in (name[:at], name[at:]):
                joined = (
                    NIL_NON_NAME_WORDS - _JOIN
                    if _JOIN.isdisjoint((part[0], part[-1]))
                    else NIL_NON_NAME_WORDS
                )
                if joined.isdisjoint(part) and not (
                    OWN_AGENCY_WORDS | AGENCY_NAME_WORDS
                ).issuperset(part):
                    out.append(part)
    return tuple(dict.fromkeys(out))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What its words may be, one by one."""

    names: ReviewNames
    words: Sequence[str]
    written: Sequence[str]
    pauses: frozenset[int]  # the words before which a mark stands that is not heard

    def ends_of_kind(self, kind: str, at: int) -> set[int]:
        """Where a word of that kind ends that stands at `at`."""
        if kind in ("agency", "reference", "child"):
            names: tuple[tuple[str, ...], ...] = getattr(self.names, kind)
            return {at + len(n) for n in names if tuple(self.words[at : at + len(n)]) == n}
        if kind == "pause":
            return {at} & self.pauses
        if kind in ("period_from", "period_to") and self.names.period is not None:
            end = self.names.period[kind == "period_to"]
            return {at + n for n in (1, 2) if self._says_day(at, n, end)}
        if kind == "first_word" and at > 0:
            return set()
        if at >= len(self.words):
            return set()
        if kind in ("year_from", "year_to"):  # years that have all of the review's period
            return {at + 1} if _encloses(kind, self.words[at], self.names.period) else set()
        return {at + 1} if self._is_a(kind, self.words[at], self.written[at]) else set()

    def _says_day(self, at: int, count: int, day: date) -> bool:
        """ "1 June 2007", "1/6/07", "June 2007": an end of the review's period, said again."""
        text = " ".join(self.written[at : at + count])
        month = (month_name[day.month].lower(), month_abbr[day.month].lower())
        of_month = fold_text(text) in {f"{name} {day.year}" for name in month}
        return of_month or (count == 1 and read_date(text, self.names.period).value == day)

    def _is_a(self, kind: str, word: str, written: str) -> bool:
        if kind == "own":
            return word in self.names.nouns_for_agency
        if kind == "owned":  # "the nursery's registers"
            return word.endswith("s") and word[:-1] in self.names.nouns_for_agency
        if kind == "number":
            return word.isdigit() or word in _NUMBERS
        if kind == "how_many":  # "the three people named", of a review of three
            return _NUMBERS.get(word, 0) >= max(3, self.names.subjects)
        if kind == "date":
            return _WHOLE_DATE.fullmatch(written) is not None
        if word in NIL_NON_NAME_WORDS or not written.isalnum():
            return False
        if kind == "acronym":
            return sum(c.isupper() for c in written) > 1 or (
                written[:1].isupper() and any(c.isdigit() for c in written)
            )
        if kind == "any_word":  # a name with a capital may be somebody's
            return written.islower() and _may_be_of_records(word)
        if kind == "first_word":
            return _may_be_of_records(word)
        return kind == "system" and written[:1].isupper()


def _encloses(kind: str, word: str, period: tuple[date, date] | None) -> bool:
    if period is None or _A_YEAR.fullmatch(word) is None:
        return False
    year = int(word)
    return year <= period[0].year if kind == "year_from" else year >= period[1].year


def _may_be_of_records(word: str) -> bool:
    """Whether it may stand in what records are called, which no list has all of."""
    return word.isalpha() and not (word in NO_RECORDS or word.endswith(NO_RECORDS_ENDINGS))


_NUMBERS = {
    word: n
    for n, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=2
    )
}

_GRAMMAR = SentenceGrammar(NIL_GRAMMAR_RULES)


@lru_cache(maxsize=256)  # two checks ask about each sentence of a return
def sorts_of_sentence(
    text: str, names: ReviewNames, rules: Sequence[str] = NIL_SENTENCE_RULES
) -> frozenset[str]:
    """Which sorts of sentence it may be; empty where it is not understood to its end."""
    words, written, pauses = _words(text)
    if not 0 < len(words) <= MAX_SENTENCE_WORDS:
        return frozenset()
    sentence = _Sentence(names, words, written, pauses)
    parse = GrammarParse(_GRAMMAR, words, sentence.ends_of_kind)
    return frozenset(rule for rule in rules if parse.is_whole(rule))


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
        words.append(fold_text(one) if any(c.isalnum() for c in one) else one)
        written.append(one)
    return words, written, frozenset(pauses)
