"""Where one return ends and the next begins, in a document that holds both.

Does: finds the cut that leaves the fewest words of either on the other's side.
Trusts: that both are there, the first mostly before the second.
Never touches: the blocks themselves.
Known limits: what belongs to the first and stands after the second (an appendix behind a form)
goes to the second.
"""

from __future__ import annotations

from bisect import bisect_left

from handlers.recognition.concordance import Concordance
from handlers.recognition.hallmarks import Hallmarks
from handlers.recognition.trace import Trace


def beginning(one: Trace, other: Trace, said: Concordance) -> int:
    """The index of the block where `other` begins after `one`.

    That is one of its openings where no other place is better, else straight after the last word
    of `one`, so that what stands before the body of `other` stays with it.
    """
    before, after = _places(one.marks, said), _places(other.marks, said)
    openings = {at for words in other.marks.openings for at in said.places(words)}
    here = range(one.middle + 1, other.middle + 1)
    places = sorted({*openings, *(at + 1 for at in before), *after}.intersection(here))

    def price(at: int) -> tuple[int, bool, int]:
        wrong = len(before) - bisect_left(before, at) + bisect_left(after, at)
        return wrong, at not in openings, at

    return min(places, key=price, default=other.middle)


def _places(marks: Hallmarks, said: Concordance) -> list[int]:
    """Where its words stand. A word of both returns weighs the same wherever the cut is made."""
    return sorted(at for words in marks.words() for at in said.places(words))
