"""What a cell takes over from the one above it: a ditto mark, or a cell merged down over rows.

Does: keeps the last entry's texts, and puts them where a row has a ditto mark or a continued cell.
Trusts: nothing in the cells.
Never touches: findings; it says which columns it filled.
Known limits: in the first entry, or under a blank, a ditto mark is a blank, and told as one.
"Above" is the last entry of the document, also where that stands in another table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

from handlers.table.entry import DITTO, Laid

_WORDS = (
    "ditto", "do", "do.", "d/o", "as above", "same as above", "same", "see above", "as previous",
)  # fmt: skip
_SPELT = (str.lower, str.upper, str.capitalize, str.title)
# Every way they are written, so that one look tells that a row has none.
MARKS = frozenset(
    {DITTO}
    | {spelt(word) + end for spelt, word, end in product(_SPELT, _WORDS, ("", "."))}
    | {f"({spelt(word)})" for spelt, word in product(_SPELT, _WORDS)}
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A row with what it takes over from above. `taken` are the columns that do, `dittoed` those of
    them that have a ditto mark, `hollow` those whose mark has nothing above it."""

    laid: Laid
    dittoed: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    hollow: frozenset[int] = frozenset()


class Above:
    """The last entry of the document so far."""

    def __init__(self, columns: int) -> None:
        self._texts = ("",) * columns

    def filled(self, laid: Laid) -> Filled:
        """The row, filled from the one above."""
        if not laid.down and MARKS.isdisjoint(laid.texts):
            return Filled(laid)
        dittoed = frozenset(i for i, text in enumerate(laid.texts) if text in MARKS)
        taken = dittoed | {i for i in laid.down if not laid.texts[i]}
        texts = tuple(self._texts[i] if i in taken else text for i, text in enumerate(laid.texts))
        hollow = frozenset(i for i in dittoed if not texts[i])
        return Filled(replace(laid, texts=texts), dittoed - hollow, taken, hollow)

    def keep(self, laid: Laid) -> None:
        """The row, filled, is the one above the next, unless its cells are out of their places."""
        if not laid.misfit:
            self._texts = laid.texts
