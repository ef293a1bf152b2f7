"""What became of a wording that is no longer the board's: cut short, added to, or changed.

Does: says whether a line is what is left of a wording, and tells in the board's own words what was
left out of it or stands in its place.
Trusts: nothing: one side comes from the document.
Never touches: documents. Nothing of the author's words is told (principle 7 of the rules).
Known limits: words are compared one by one; of a wording changed in several places it says only
that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from handlers.form.marks import without_boxes
from handlers.form.wording import same_words
from handlers.typed.fold import fold, without_number

LEFT = 0.8  # of a line's words that must be the wording's, for it to be what is left of it
SHORTEST = 3  # words of such a line
OWN, FEW = 2, 2  # of them that fewer other wordings of the form than FEW have
LONGEST_TOLD = 160  # letters of a wording that are repeated to say what is left out
MOST_TOLD = 2  # places that are told one by one


# What ends "The wording is not that of the form we sent you: ...". {words} are the form's own.
DONE: Mapping[str, str] = {
    "left out": "{words} {are} left out",
    "left out in places": "parts of it are left out",
    "added": "words were added to it",
    "replaced": "other words stand in place of {words}",
    "changed": "several of its words are others",
    "struck out": "part of it is struck out",
}


@dataclass(frozen=True, slots=True)
class Altered:
    """How a line differs: which words of the wording it leaves out, whether it has more, and which
    words have others in their place."""

    left_out: tuple[str, ...] = ()
    added: bool = False
    replaced: tuple[str, ...] = ()


def altered(ours: str, theirs: str) -> Altered:
    """`theirs` held against `ours`, word by word."""
    words, others = ours.split(), without_number(without_boxes(theirs)).split()
    matcher = SequenceMatcher(None, _folded(words), _folded(others), autojunk=False)
    left_out, replaced, added = [], [], False
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal" or same_words(" ".join(words[i:j]), " ".join(others[k:m])):
            continue
        said = " ".join(words[i:j]).strip(" .,;:")
        left_out += [said] if tag == "delete" else []
        replaced += [said] if tag == "replace" else []
        added = added or tag == "insert"
    return Altered(tuple(left_out), added, tuple(replaced))


def _folded(words: Iterable[str]) -> list[str]:
    return [fold(word) for word in words]


def told(ours: str, theirs: str) -> str:
    """What was done to the wording, to end "is not that of the form we sent you: ..."."""
    found = altered(ours, theirs)
    places = found.left_out or found.replaced
    words = DONE[_key(found, len(places) <= MOST_TOLD and _short(places))]
    said = " and ".join(f'"{place}"' for place in places)
    return words.format(words=said, are="is" if len(places) == 1 else "are")


def _short(places: Sequence[str]) -> bool:
    return sum(map(len, places)) <= LONGEST_TOLD


def _key(found: Altered, short: bool) -> str:
    left_out, added, replaced = map(bool, (found.left_out, found.added, found.replaced))
    if left_out and not (added or replaced):
        return "left out" if short else "left out in places"
    if not (left_out or replaced):
        return "added"
    return "replaced" if short and not (left_out or added) else "changed"


def remains(ours: str, theirs: str, others: Sequence[str]) -> int:
    """How many words of a line are what is left of the wording `ours`, or the whole of it with more
    around; 0 where it is no part of it. `others` are the form's other wordings."""
    said, whole = fold(theirs).split(), fold(ours).split()
    if f" {' '.join(whole)} " in f" {' '.join(said)} ":
        return len(whole)
    kept = list((Counter(said) & Counter(whole)).elements())
    if len(said) < SHORTEST or len(said) > len(whole) or len(kept) < LEFT * len(said):
        return 0
    elsewhere = Counter(word for other in others for word in set(fold(other).split()))
    return len(kept) if sum(elsewhere[word] < FEW for word in set(kept)) >= OWN else 0
