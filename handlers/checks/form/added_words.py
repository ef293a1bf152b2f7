"""What somebody added in the line of a statement, sentence by sentence, and how much it weighs.

Does: tells a sentence of its own from words that are run on to the statement; the first is read as
if it stood in a paragraph of its own, the second as about the statement.
Trusts: `handlers/values/doubts.py` for what is doubtful, and for what says no more than "No".
Never touches: ticks, boxes and the answers in a statement's row.
Known limits: a sentence that only doubts the statement takes nothing back; a person reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.values.doubts import denies, doubtful, goes_on, is_whole, negates, sentences, unusual
from handlers.values.normalise import fold_text

LONGEST = 200  # characters on either side of a statement that are looked at
FEW = 4  # words that take back what they stand beside, with no sentence around them
_REMARK = re.compile(
    r"\W*(?:evidence|comments?|notes?|see|refer|reference|ref|paragraphs?|section)\b", re.I
)
_PARTED = re.compile(r"\s*[.!?:;()\[\]\n\u2013\u2014-]")  # what parts a sentence from the wording
_LED_UP = re.compile(r"[.!?:;)\]\n\u2013\u2014-]\s*\Z")
_CHOICES = re.compile(r"(?:\b(?:yes|no|partially|partly|n/?a)\b\W*){2,}", re.I)  # to choose from


@dataclass(frozen=True, slots=True)
class Added:
    """One sentence, or words without one. `own`: it stands by itself, and need not be about the
    statement. `remark`: it is given under "Evidence" or "See"."""

    text: str
    own: bool
    remark: bool

    def takes_back(self, wording: str) -> bool:
        """Whether it evidently says that the statement is not so: in no more words than such an
        answer has, or in the statement's own."""
        if self.remark or not negates(self.text):
            return False
        short = len(fold_text(self.text).split()) <= FEW and not is_whole(self.text)
        return denies(self.text, wording) or (short and doubtful(self.text, beside=True))

    def weighs(self) -> bool:
        """Whether a person has to read it."""
        if doubtful(self.text, beside=not self.own):
            return True
        return not self.remark and unusual(self.text)


def added_in(before: str, after: str) -> Iterator[Added]:
    """What was added before a statement and behind it."""
    remark = False
    for text, joined in (*_leading(before[-LONGEST:]), *_following(after[:LONGEST])):
        plain = _CHOICES.sub(" ", text)
        remark = remark or _REMARK.match(plain) is not None
        if fold_text(plain):
            yield Added(plain, not joined and stands_alone(plain), remark)


def stands_alone(text: str) -> bool:
    """Whether it is a whole sentence that no word joins to what stands before it."""
    return is_whole(text) and not goes_on(text)


def _leading(before: str) -> list[tuple[str, bool]]:
    """The sentences before a statement, the last of which may lead up to it."""
    said = sentences(before)
    joined = bool(before.strip()) and _LED_UP.search(before) is None
    return [(one, joined and one is said[-1]) for one in said]


def _following(after: str) -> list[tuple[str, bool]]:
    """The sentences behind it, the first of which may go on from it."""
    said = sentences(after)
    opening = after.lstrip()[:1]
    joined = _PARTED.match(after) is None and not opening.isupper()
    return [(one, joined and one is said[0]) for one in said]
