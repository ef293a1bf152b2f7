"""Whether a sentence on a form is still the board's sentence, and what became of it where it is
not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from handlers.checks.form.answer_marks import strip_boxes
from handlers.values.normalise import fold_text, without_number

MIN_SPELLING_LIKENESS = 0.8  # likeness of two words that are one word, well and badly spelt
MIN_SPELT_LENGTH = 5  # shorter words differ too easily: "were" is not "where"

MIN_SHARED_WORDS = 3  # words that two wordings have in common at least, to be compared
WORD_COUNT_SLACK = 8  # words: a joined, a split or a hyphenated one counts as more or fewer

_ONE_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = "['\u2018\u2019`\u02bc]?"
_OPENING = re.compile(r"(?<=\w\w)[.!?)\]]+\s+|\n")  # behind it a sentence begins
_DIGIT = re.compile(r"[0-9]")
_ARTICLES = frozenset({"a", "an", "the"})
# What a board calls itself: SCB, LSCB, NCSCB; later LSCP; for adults SAB; a CSP for homicides.
_INITIALS = re.compile(r"[a-z]{0,5}(?:scb|scp|sab|csp)|[a-z]*safeguarding[a-z]*board|board")


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    return tuple(fold_text(text).split())


def is_same_wording(ours: str, theirs: str) -> bool:
    """True when `theirs` says `ours`, give or take spelling, punctuation and initials."""
    left, right = _words(ours), _words(theirs)
    if left == right:
        return True
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return all(
        tag == "equal" or _one_and_the_same(left[i:j], right[k:m])
        for tag, i, j, k, m in matcher.get_opcodes()
    )


def are_same_words(ours: str, theirs: str) -> bool:
    """The same of a stretch of each, taken as a whole."""
    return _one_and_the_same(_words(ours), _words(theirs))


def find_wording_end(ours: str, theirs: str) -> int | None:
    """Where the words of `ours` end in a longer text that opens with them; None if it does not."""
    wanted = _words(ours)
    found = list(_ONE_WORD.finditer(theirs[: 3 * len(ours)]))
    for count in range(
        max(1, len(wanted) - WORD_COUNT_SLACK), min(len(found), len(wanted) + WORD_COUNT_SLACK) + 1
    ):
        end = found[count - 1].end()
        if fold_text(found[count - 1].group())[-2:] == wanted[-1][-2:] and is_same_wording(
            ours, theirs[:end]
        ):
            return end
    return None


@lru_cache(maxsize=4096)
def text_around_wording(ours: str, theirs: str) -> tuple[str, str] | None:
    """What stands before and behind `ours` in a line that has it; None where it has not. A line
    may spell it otherwise where it opens with it, or where a sentence of it does."""
    said, whole = f" {fold_text(theirs)} ", f" {fold_text(ours)} "
    if whole in said:
        if match := as_written(ours).search(theirs):
            return theirs[: match.start()], theirs[match.end() :]
        before, _, after = said.partition(whole)
        return before.strip(), after.strip()
    if (
        len(theirs) <= len(ours)
        or len(set(_words(ours)).intersection(_words(theirs))) < MIN_SHARED_WORDS
    ):
        return None
    for start in (0, *(opening.end() for opening in _OPENING.finditer(theirs))):
        end = find_wording_end(ours, theirs[start:])
        if end is not None:
            return theirs[:start], theirs[start + end :]
    return None


@lru_cache(maxsize=64)
def as_written(ours: str) -> re.Pattern[str]:
    """The words of `ours`, whatever stands between them, with an apostrophe or without."""
    words = (_APOSTROPHE.join(word) for word in _words(ours))
    return re.compile(rf"\b{r'[^a-z0-9]+'.join(words)}\b", re.I)


def _one_and_the_same(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    ours = tuple(word for word in ours if word not in _ARTICLES)
    theirs = tuple(word for word in theirs if word not in _ARTICLES)
    if len(ours) == len(theirs):
        return all(map(_same_word, ours, theirs))
    # "child(ren)" folds to two words and "children" to one; "N C S C B" to five.
    return _same_word("".join(ours), "".join(theirs))


def _same_word(ours: str, theirs: str) -> bool:
    if ours == theirs:
        return True
    if _INITIALS.fullmatch(ours) and _INITIALS.fullmatch(theirs):
        return True
    if (
        min(len(ours), len(theirs)) < MIN_SPELT_LENGTH
        or _DIGIT.search(ours)
        or _DIGIT.search(theirs)
    ):
        return False
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    looks = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # none below the next
    return all(alike() >= MIN_SPELLING_LIKENESS for alike in looks)


MIN_REMAINING_SHARE = (
    0.8  # of a line's words that must be the wording's, for it to be what is left of it
)
MIN_REMAINING_WORDS = 3  # words of such a line
MIN_OWN_WORDS, MAX_OTHER_WORDINGS = (
    2,
    2,
)  # of them that fewer other wordings of the form than FEW have
MAX_TOLD_LENGTH = 160  # letters of a wording that are repeated to say what is left out
MAX_TOLD_PLACES = 2  # places that are told one by one


# What ends "The wording is not that of the form we sent you: ...". {words} are the form's own.
CHANGE_PHRASES: Mapping[str, str] = {
    "left out": "{words} {are} left out",
    "left out in places": "parts of it are left out",
    "added": "words were added to it",
    "replaced": "other words stand in place of {words}",
    "changed": "several of its words are others",
    "struck out": "part of it is struck out",
}


@dataclass(frozen=True, slots=True)
class WordingChange:
    """How a line differs: which words of the wording it leaves out, whether it has more, and which
    words have others in their place."""

    left_out: tuple[str, ...] = ()
    added: bool = False
    replaced: tuple[str, ...] = ()


def compare_wordings(ours: str, theirs: str) -> WordingChange:
    """`theirs` held against `ours`, word by word."""
    words, others = ours.split(), without_number(strip_boxes(theirs)).split()
    matcher = SequenceMatcher(None, _folded(words), _folded(others), autojunk=False)
    left_out, replaced, added = [], [], False
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal" or are_same_words(" ".join(words[i:j]), " ".join(others[k:m])):
            continue
        said = " ".join(words[i:j]).strip(" .,;:")
        left_out += [said] if tag == "delete" else []
        replaced += [said] if tag == "replace" else []
        added = added or tag == "insert"
    return WordingChange(tuple(left_out), added, tuple(replaced))


def _folded(words: Iterable[str]) -> list[str]:
    return [fold_text(word) for word in words]


def describe_change(ours: str, theirs: str) -> str:
    """What was done to the wording, to end "is not that of the form we sent you: ..."."""
    found = compare_wordings(ours, theirs)
    places = found.left_out or found.replaced
    words = CHANGE_PHRASES[_key(found, len(places) <= MAX_TOLD_PLACES and _short(places))]
    said = " and ".join(f'"{place}"' for place in places)
    return words.format(words=said, are="is" if len(places) == 1 else "are")


def _short(places: Sequence[str]) -> bool:
    return sum(map(len, places)) <= MAX_TOLD_LENGTH


def _key(found: WordingChange, short: bool) -> str:
    left_out, added, replaced = map(bool, (found.left_out, found.added, found.replaced))
    if left_out and not (added or replaced):
        return "left out" if short else "left out in places"
    if not (left_out or replaced):
        return "added"
    return "replaced" if short and not (left_out or added) else "changed"


def count_remaining_words(ours: str, theirs: str, others: Sequence[str]) -> int:
    """How many words of a line are what is left of the wording `ours`, or the whole of it with more
    around; 0 where it is no part of it. `others` are the form's other wordings."""
    said, whole = fold_text(theirs).split(), fold_text(ours).split()
    if f" {' '.join(whole)} " in f" {' '.join(said)} ":
        return len(whole)
    kept = list((Counter(said) & Counter(whole)).elements())
    if (
        len(said) < MIN_REMAINING_WORDS
        or len(said) > len(whole)
        or len(kept) < MIN_REMAINING_SHARE * len(said)
    ):
        return 0
    elsewhere = Counter(word for other in others for word in set(fold_text(other).split()))
    return (
        len(kept)
        if sum(elsewhere[word] < MAX_OTHER_WORDINGS for word in set(kept)) >= MIN_OWN_WORDS
        else 0
    )
