"""Blanks that two people are asked for on one form, and blanks under a statement.

Does: says which blanks the first of two people left empty and another filled in: whose signature
the board asked for, a person has to say. A statement right over a blank does not fill it in.
Trusts: nothing.
Never touches: documents.
Known limits: two people are known by two labels or more that stand twice where the form is signed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from handlers.document.filled import Filled
from handlers.typed.fold import fold

FEWEST = 2  # labels that stand twice


def left_by_the_first(found: Sequence[Filled], signing: Collection[str]) -> frozenset[str]:
    """The keys, of those in `signing`, that the first left empty and another did not."""
    blanks = {key: [f.blank for f in found if f.terms[0].key == key] for key in signing}
    twice = [key for key, each in blanks.items() if len(each) > 1]
    if len(twice) < FEWEST:
        return frozenset()
    return frozenset(key for key in twice if blanks[key][0] and not all(blanks[key]))


def unless_stated(filled: Filled, statements: Sequence[str]) -> Filled:
    """A blank under the last statement is not filled in with it."""
    said = fold(filled.text)
    stated = any(f" {fold(s)} " in f" {said} " for s in statements) if said else False
    return replace(filled, text="") if stated else filled
