"""Blanks that two people are asked for on one form, each in a block of their own.

Does: says which of them the first left empty and another filled in: whose signature the board asked
for, a person has to say.
Trusts: nothing.
Never touches: documents; what it says raises a question and never a fault.
Known limits: two people are known by two labels or more that stand twice where the form is signed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from handlers.document.filled import Filled

FEWEST = 2  # labels that stand twice


def left_by_the_first(found: Sequence[Filled], signing: Collection[str]) -> frozenset[str]:
    """The keys, of those in `signing`, that the first left empty and another did not."""
    blanks = {key: [f.blank for f in found if f.terms[0].key == key] for key in signing}
    twice = [key for key, each in blanks.items() if len(each) > 1]
    if len(twice) < FEWEST:
        return frozenset()
    return frozenset(key for key in twice if blanks[key][0] and not all(blanks[key]))
