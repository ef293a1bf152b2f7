"""Says whether a sentence of a report puts off a part of it, or its author's own work on it.

The rules are those of `config/not_yet_in_reports.toml`: a part, what is said of it, and when.
What is told in the past, or of another's matter, has no rule, and is passed by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from config.not_yet_in_reports import (
    TO_COME_CLAUSES,
    TO_COME_DRAFT_LINES,
    TO_COME_LABELS,
    TO_COME_MARKS,
    TO_COME_OPENINGS,
    TO_COME_PAST,
    TO_COME_PEOPLE,
    TO_COME_PLANS,
    TO_COME_REMINDERS,
    TO_COME_RULES,
    TO_COME_UNSETTLED,
    TO_COME_WHOLES,
)
from config.word_lists import UNFINISHED
from handlers.values.normalise import fold_text
from handlers.values.sentence_grammar import GrammarParse, SentenceGrammar

SHORT = 24  # words of a sentence that has no subject
LONGEST = 60  # words of a clause that is followed
ALONE = 12  # words of a paragraph that is no more than a note
FEW, GAP = 4, 8  # words that may stand between
_BREAKS = frozenset((*UNFINISHED["breaks"], "to", "will", "is", "are", "has", "have"))
_CLAUSE = re.compile(
    r"(?:[;:]|\s[\u2013\u2014-])\s|,?\s(?=(?:and|but|so)\s)|,\s(?=(?:this|the|my|our|these|i|we)\s)",
    re.I,
)
_STAMP = re.compile(r"\W*DRAFT\s*(?:$|[-\u2013\u2014:;,./)\]*])")
_LABEL_END = re.compile(r"(?:[;:]|\s[\u2013\u2014-])\s")
_PAST = frozenset(TO_COME_PAST)
_OPENED, _CLOSED = frozenset("(["), frozenset(")]")
_JOB_NUMBER = "0123456789"  # "DS2"
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


def stands_for_part(text: str) -> bool:
    """Whether the whole of a paragraph is what its author put there instead of a part: "GP to write
    up", "(insert findings from the sample)"."""
    if text.count(" ") >= ALONE or "\n" in text:
        return False
    held = text.strip()
    bracketed = held[:1] in _OPENED and held[-1:] in _CLOSED
    whole = _clause(held)
    return whole.begins(TO_COME_WHOLES) or (bracketed and whole.begins(TO_COME_MARKS))


def is_draft_line(text: str) -> bool:
    """Whether a short paragraph says of what it stands in that it is a draft or not agreed yet.
    What goes on to tell of the past tells of another's draft, unless it opens as a stamp does."""
    if _STAMP.match(text):
        return True
    if text.count(" ") >= SHORT or "\n" in text:
        return False
    line = _clause(text)
    if line.begins(TO_COME_REMINDERS):
        return True
    if not line.begins(TO_COME_DRAFT_LINES) or not _PAST.isdisjoint(line.words):
        return False
    _, *rest = text.split(",", maxsplit=1)
    return not goes_on(text) or _clause(rest[0]).begins(TO_COME_UNSETTLED)


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


def _may_be(kind: str, word: str) -> bool:
    """Whether a word may be of a kind, or the first of several that are; "" is none."""
    if kind == "end":
        return not word
    if kind == "whose":
        return word.endswith("s")
    if kind == "job":
        return word.rstrip(_JOB_NUMBER) in TO_COME_PEOPLE
    if kind == "number":
        return _NUMBER.fullmatch(word) is not None
    return bool(word)


_GRAMMAR = SentenceGrammar(TO_COME_RULES, _may_be)


class _Clause:
    """The words of a clause, and the rules that it follows."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._parse = GrammarParse(_GRAMMAR, words, self._ends_of_kind)

    def begins(self, rules: Iterable[str]) -> bool:
        return any(self._parse.ends_of_rule(rule, 0) for rule in rules)

    def is_whole(self, rules: Iterable[str]) -> bool:
        return any(map(self._parse.is_whole, rules))

    def _ends_of_kind(self, kind: str, at: int) -> set[int]:
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


def _parts(word: str) -> bool:
    """Whether a word parts a subject from what is said of another."""
    return word in _BREAKS or word.endswith("ed")
