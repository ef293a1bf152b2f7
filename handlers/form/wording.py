"""Whether a sentence on a form is still the board's sentence.

Does: compares two wordings word by word, so that a corrected spelling, other punctuation, a
dropped article, a joined word or the board's own initials make no difference, and a changed,
added or missing word ("not") does.
Trusts: nothing; one side comes from the document.
Never touches: anything but its arguments.
Known limits: it knows spelling, not meaning: a synonym is another wording, and one word put for
a look-alike of five letters or more ("affect", "effect") passes as a spelling.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from handlers.typed.fold import fold

SPELT_ALIKE = 0.8  # likeness of two words that are one word, well and badly spelt
SHORTEST_SPELT = 5  # shorter words differ too easily: "were" is not "where"

FEW = 3  # words that two wordings have in common at least, to be compared
SLACK = 8  # words: a joined, a split or a hyphenated one counts as more or fewer

_ONE_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"[0-9]")
_ARTICLES = frozenset({"a", "an", "the"})
# What a board calls itself: SCB, LSCB, NCSCB; later LSCP; for adults SAB; a CSP for homicides.
_INITIALS = re.compile(r"[a-z]{0,5}(?:scb|scp|sab|csp)|[a-z]*safeguarding[a-z]*board|board")


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(text).split())


def same_wording(ours: str, theirs: str) -> bool:
    """True when `theirs` says `ours`, give or take spelling, punctuation and initials."""
    left, right = _words(ours), _words(theirs)
    if left == right:
        return True
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return all(
        tag == "equal" or _one_and_the_same(left[i:j], right[k:m])
        for tag, i, j, k, m in matcher.get_opcodes()
    )


def same_words(ours: str, theirs: str) -> bool:
    """The same of a stretch of each, taken as a whole."""
    return _one_and_the_same(_words(ours), _words(theirs))


def wording_ends(ours: str, theirs: str) -> int | None:
    """Where the words of `ours` end in a longer text that opens with them; None if it does not."""
    wanted = _words(ours)
    found = list(_ONE_WORD.finditer(theirs[: 3 * len(ours)]))
    for count in range(max(1, len(wanted) - SLACK), min(len(found), len(wanted) + SLACK) + 1):
        end = found[count - 1].end()
        if fold(found[count - 1].group())[-2:] == wanted[-1][-2:] and same_wording(
            ours, theirs[:end]
        ):
            return end
    return None


@lru_cache(maxsize=4096)
def around(ours: str, theirs: str) -> tuple[str, str] | None:
    """What stands before and behind `ours` in a line that has it, folded; None where it has not.
    A line that opens with it may spell it otherwise."""
    said, whole = f" {fold(theirs)} ", f" {fold(ours)} "
    if whole in said:
        before, _, after = said.partition(whole)
        return before.strip(), after.strip()
    if len(theirs) <= len(ours) or len(set(_words(ours)).intersection(_words(theirs))) < FEW:
        return None
    end = wording_ends(ours, theirs)
    return None if end is None else ("", fold(theirs[end:]))


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
    if min(len(ours), len(theirs)) < SHORTEST_SPELT or _DIGIT.search(ours) or _DIGIT.search(theirs):
        return False
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    looks = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # none below the next
    return all(alike() >= SPELT_ALIKE for alike in looks)
