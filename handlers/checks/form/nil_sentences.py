"""Reads whether a letter says that nobody of the family is known, and what it takes back.

A statement counts only when every word that may change it is understood: a good one in unknown
words is unclear, and a person reads it (failure mode 94).
"""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from config.kind_shape import Denial
from handlers.checks.form.letter_sentences import (
    MAX_BARE_LENGTH,
    normalise_sentence,
    phrase_pattern,
    strip_assertion,
)
from handlers.checks.form.nil_items import RESULT_WORDS, DenialWeighing, searching_positions
from handlers.checks.form.nil_words import SUBJECT_WORDS, NegationTrack, word_set
from handlers.values.day_words import DAY_PATTERN, MONTH_PATTERN
from handlers.values.normalise import fold_text

DOUBT_RULE = "statement-doubt"
LIMITED_RULE, SOME_RULE = "statement-limited", "statement-some"
INVOLVED_RULE, UNCLEAR_RULE = "statement-involved", "statement-unclear"
MAX_SENTENCES = 300  # sentences; a letter has fewer, and one with more is for a person to read
MIN_TELLING_WORDS = 4  # words of a sentence that may say something without a sign of it

_ANYBODY = frozenset({"he", "she", "him", "her", "his", "hers", "half"})  # not by itself the family
# "Further to your letter", "named in your request": what is answered, not what is denied.
_TO_YOURS = re.compile(
    r"\b(?:further to|(?:response|reply|reference|regard) to|thank you for|thanks for|following|"
    r"regarding|receipt of|(?:named|listed|mentioned|identified|given|supplied|out|detailed)"
    r" (?:in|on|with))"
    r"(?: (?:your|the|this|that|a|recent)){1,2} (?:\w+ ?){1,2}"
)
# The day of a search, which is no time for which nobody is known: "searched on 3 May 2010", "on 3
# May 2010 we searched". What was found, or whoever was known, on a day stands behind another verb.
_SEARCHES = r"\b(?:search(?:ed|es)?|check(?:ed|s)?|consulted|examined|inspected)\b"
_FINDS = r"\b(?:nothing|no|none|nobody|not|never|found|find|but|which|who|when|known|seen)\b"
_DAY_OF_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)? {MONTH_PATTERN}"
_AND_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?(?:, | and | & | to ))*"
_ON_DAY = rf"\bon (?:the )?{_AND_DAY}(?:{DAY_PATTERN.pattern}|{_DAY_OF_MONTH})"
_SEARCH_DAY = re.compile(
    rf"({_SEARCHES}(?:(?!{_FINDS})[^.;]){{0,160}}?) {_ON_DAY}|"
    rf"^\W*{_ON_DAY}(?=(?:(?!{_FINDS})[^.;]){{0,80}}{_SEARCHES})",
    re.I,
)
_SOUGHT = frozenset({"for", "against", "under", "names", "about"})  # before whoever is looked for
_COURTEOUS = frozenset({"know", "notice", "attention", "service", "not"})
_AT_ANY_TIME = re.compile(r"\bat any (?:time|point|stage)\b")
_MAY = re.compile(r"\d+(?:st|nd|rd|th)? may\b|\bmay \d+")
_DAYS = frozenset(fold_text(day) for day in (*day_name, *month_name))
_VERBS = frozenset(
    {"is", "are", "was", "were", "has", "have", "had", "been", "did", "be", "do", "does", "can"}
    | {"could", "will", "would", "known", "registered", "seen", "saw", "involved", "treated"}
    | {"attended", "visited"}
)


@dataclass(frozen=True, slots=True)
class Involvement:
    """`denied` is whether it is said of all that they are not known; `rules` what takes it back,
    each once. With neither, nothing in it speaks of the matter."""

    denied: bool
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DenialSentence:
    """One sentence. `who` are its words for people."""

    denied: bool = False
    rules: tuple[str, ...] = ()
    who: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DenialReader:
    """Reads sentences. `own` are words of the agency's and the review's names, `subjects` the
    names of the review's subjects, `agency` those of the agency that are words like any others:
    "Little Acorns" is no limit."""

    denial: Denial
    own: frozenset[str] = frozenset()
    subjects: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()

    def read_sentences(self, sentences: Iterable[str]) -> Involvement:
        """What some sentences come to, all taken together."""
        read = list(islice(sentences, MAX_SENTENCES + 1))
        said = [self._sentence(sentence) for sentence in read[:MAX_SENTENCES]]
        said += [DenialSentence(rules=(UNCLEAR_RULE,))] if len(read) > MAX_SENTENCES else []
        denials = [one for one in said if one.denied]
        rules = list(dict.fromkeys(rule for one in said for rule in one.rules))
        if denials and SOME_RULE not in rules and not self._everybody(denials, said):
            rules.append(SOME_RULE)
        return Involvement(bool(denials), tuple(rules))

    def denies_involvement(self, sentences: Iterable[str]) -> bool:
        """Whether any sentence denies anything of the family, with whatever else it says."""
        said = ((text, self._sentence(text)) for text in islice(sentences, MAX_SENTENCES))
        whole = phrase_pattern(self.denial.whole)
        return any(
            one.denied and (one.who - _ANYBODY or whole.search(fold_text(text)))
            for text, one in said
        )

    def searches_for_some(self, sentence: str) -> bool:
        """Whether a search was for some of the family, who are named, and no word of the rest."""
        words = fold_text(sentence).split()
        whole = word_set(self.denial.everybody).isdisjoint(words)
        named = word_set(self.denial.one).intersection(words)
        sought = any(
            one in named and not _SOUGHT.isdisjoint(words[max(0, at - 3) : at])
            for at, one in enumerate(words)
        )
        searches = not word_set(self.denial.searches).isdisjoint(words)
        return (
            searches
            and whole
            and sought
            and not any(named.issuperset(group) for group in self.denial.complete)
        )

    def _of_a_thing(self, text: str, words: Sequence[str]) -> bool:
        """ "We have no record of your letter": of nobody, and of what may go astray."""
        if not self.denial.things or not self._people.isdisjoint(words):
            return False
        if phrase_pattern(self.denial.whole).search(text):
            return False
        return phrase_pattern(self.denial.things).search(_TO_YOURS.sub(" ", text)) is not None

    @property
    def _people(self) -> frozenset[str]:
        return word_set(self.denial.one) | word_set(self.denial.everybody)

    def _everybody(self, denials: Sequence[DenialSentence], said: Sequence[DenialSentence]) -> bool:
        who = frozenset[str]().union(*(one.who for one in denials))
        if who & {"they", "them"} and not who - {"they", "them"}:
            who = frozenset[str]().union(*(one.who for one in said))
        named = who & word_set(self.denial.one)
        if not named or who & (word_set(self.denial.everybody) - {"they", "them"}):
            return True
        return any(named.issuperset(group) for group in self.denial.complete)

    def _sentence(self, sentence: str) -> DenialSentence:
        sentence = _SEARCH_DAY.sub(lambda found: found[1] or "", sentence)
        text = self._normalised(sentence)
        words = text.replace(",", " ").split()
        if not words or self._says_nothing(text, words, sentence):
            return DenialSentence()
        if len(sentence) > MAX_BARE_LENGTH:
            return DenialSentence(rules=(UNCLEAR_RULE,))
        track, tokens = self._track(text, ever=_AT_ANY_TIME.search(fold_text(sentence)) is not None)
        answers = phrase_pattern(self.denial.references).search(text) is not None
        searches = not word_set(self.denial.searches).isdisjoint(words)
        plain = (word_set(self.denial.negations) | RESULT_WORDS).isdisjoint(words)
        if track.denied and self._of_a_thing(text, words):
            return DenialSentence(rules=tuple(self._taken_back(text)) or (UNCLEAR_RULE,))
        rules = list(self._taken_back(text))
        rules += [SOME_RULE] if SOME_RULE not in rules and self._part_of_family(words) else []
        rules += [INVOLVED_RULE] if track.told else []
        if track.denied:
            rules += self._left_open(track, tokens, sentence, rules)
        elif not rules and not ((answers or searches) and plain) and self._speaks(words):
            rules.append(UNCLEAR_RULE)
        if sentence.rstrip().endswith("?") and (track.denied or track.told):
            rules.append(DOUBT_RULE)
        who = frozenset(words) & (word_set(self.denial.one) | word_set(self.denial.everybody))
        return DenialSentence(track.denied, tuple(rules), who)

    def _normalised(self, sentence: str) -> str:
        text = normalise_sentence(sentence, self.denial, self.subjects)
        return phrase_pattern(self.agency).sub("agency", text) if self.agency else text

    def _says_nothing(self, text: str, words: list[str], sentence: str) -> bool:
        """Courtesies, footers, titles and headings."""
        people = word_set(self.denial.one) | (
            word_set(self.denial.everybody) - {"those", "these", "names"}
        )
        if phrase_pattern(self.denial.boilerplate).search(text) and people.isdisjoint(words):
            return True
        greeting = phrase_pattern(self.denial.greetings).match(text)
        if greeting and people.isdisjoint(words) and not self._matters(text[greeting.end() :]):
            return True
        if " ".join(words) in map(fold_text, self.denial.titles):
            return True
        short = (
            len(words) <= 14
            and not sentence.rstrip(" ._…:").endswith(("!", ";"))
            and not _ends(sentence)
        )
        titled = (
            phrase_pattern(self.denial.titles[:4]).search(text) is not None
            and words[0] not in SUBJECT_WORDS
        )
        return short and (titled or (_VERBS | word_set(self.denial.negations)).isdisjoint(words))

    def _matters(self, rest: str) -> bool:
        """Whether a courtesy says more than one: what somebody is to the agency, or a denial."""
        signs = word_set(self.denial.known) | word_set(self.denial.negations) - _COURTEOUS
        return not (signs - _COURTEOUS).isdisjoint(rest.replace(",", "").split())

    def _taken_back(self, text: str) -> Iterable[str]:
        plain = text.replace(",", "")
        plain = _MAY.sub("5 5", plain)  # the month
        for qualifier in self.denial.qualifiers:
            found = phrase_pattern(qualifier.words).search(plain)
            if found and not (qualifier.rule == SOME_RULE and self._beside_one(plain)):
                yield qualifier.rule

    def words_of_doubt(self, sentence: str, rule: str) -> str:
        """The phrase of the kind's own lists by which a sentence calls for `rule`, where it stands
        in the sentence as it is written; "" for none."""
        written = fold_text(sentence)
        plain = _MAY.sub("5 5", self._normalised(sentence))
        for qualifier in self.denial.qualifiers:
            found = phrase_pattern(qualifier.words).search(plain.replace(",", ""))
            if qualifier.rule == rule and found and f" {found[0]} " in f" {written} ":
                return found[0]
        return ""

    def _beside_one(self, plain: str) -> bool:
        """ "Neither the child nor any other member": others than one who is named as well."""
        head, other, _ = plain.partition(" other ")
        rest = phrase_pattern(self._some_but_other).search(plain)
        return (
            bool(other) and rest is None and not word_set(self.denial.one).isdisjoint(head.split())
        )

    def _part_of_family(self, words: list[str]) -> bool:
        """ "None of the children in the family", and no word of the rest of them."""
        some, all_ = word_set(self.denial.one) | {"adults"}, word_set(self.denial.everybody)
        part = any(
            one in some and near in ("in", "of", "from", "within") and far in all_
            for one, near, _, far in zip(words, words[1:], words[2:], words[3:], strict=False)
        )
        return part and not any(set(words).issuperset(group) for group in self.denial.complete)

    @property
    def _some_but_other(self) -> tuple[str, ...]:
        some = next((q.words for q in self.denial.qualifiers if q.rule == SOME_RULE), ())
        return tuple(words for words in some if "other" not in words)

    def _track(self, text: str, *, ever: bool = False) -> tuple[NegationTrack, list[str]]:
        said = phrase_pattern(self.denial.whole).sub("denied", strip_assertion(text))
        tokens = said.replace(",", " , ").split()
        return NegationTrack(
            self.denial, tokens, searching_positions(tokens, self.denial), ever=ever
        ), tokens

    def _left_open(
        self, track: NegationTrack, tokens: list[str], sentence: str, before: Sequence[str]
    ) -> list[str]:
        """What a denial's own words leave open."""
        if any(c.isdigit() for word in tokens if word not in self.own for c in word):
            return [LIMITED_RULE]
        known = _known_words(self.denial) | self.own
        if self._beside_one(" ".join(tokens)):
            known |= {"other"}
        unclear = DenialWeighing(self.denial, tokens, track, known, _named(sentence)).is_unclear()
        return [UNCLEAR_RULE] if unclear and not before else []

    def _speaks(self, words: list[str]) -> bool:
        """Whether a sentence that is no denial says something of the matter all the same."""
        signs = (
            word_set(self.denial.one)
            | word_set(self.denial.everybody)
            | word_set(self.denial.known)
        )
        signs |= (
            word_set(self.denial.used) | word_set(self.denial.held) | word_set(self.denial.pointers)
        )
        signs |= word_set(self.denial.tells)
        signs |= word_set(self.denial.negations) | word_set(self.denial.turns)
        numbers = any(c.isdigit() for w in words if w not in self.own for c in w)
        return not signs.isdisjoint(words) or (numbers and len(words) >= MIN_TELLING_WORDS)


def _named(sentence: str) -> frozenset[str]:
    """Its words with a capital, but for days, months and a first word that may be any word."""
    words = [word.strip("(),.;:'’\"") for word in sentence.split()]
    named = [any(c.isupper() for c in word) for word in words]
    if words and not (words[0].isupper() and len(words[0]) > 1) and not any(named[1:2]):
        named[0] = False
    return (
        frozenset(
            part
            for word, is_ in zip(words, named, strict=True)
            if is_
            for part in fold_text(word).split()
        )
        - _DAYS
    )


def _ends(sentence: str) -> bool:
    """Whether it ends as a sentence does, and not in dots to write on."""
    bare = sentence.rstrip()
    return bare.endswith(".") and not bare.endswith("..")


@lru_cache(maxsize=8)
def _known_words(denial: Denial) -> frozenset[str]:
    """Every word that a good statement may have."""
    lists = (denial.everybody, denial.one, denial.negations, denial.known, denial.used)
    more = (denial.tells, denial.held, denial.searches, denial.turns, denial.plain)
    return frozenset(word for words in (*lists, *more) for word in words) | {"denied"}
