"""Versions: what changed between two versions of one return, told by their digests.

Does: counts the entries of a table that were added and removed; of any other return it says whether
it changed.
Trusts: the digests that `handlers/document/digests.py` took. They come from the worker, so a
comparison is something for a person to know, and decides nothing.
Never touches: documents.
Known limits: order alone is no change. An entry that was altered is one added and one removed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from handlers.finding import Clues


@dataclass(frozen=True, slots=True)
class Comparison:
    """`table` says whether what is counted are entries, or the whole."""

    added: int
    removed: int
    table: bool

    def since(self, day: str) -> str:
        """ "identical to 3 May", "12 entries added, 1 removed since 3 May"; "changed since 3 May"
        of what is no table."""
        if not self.added and not self.removed:
            return f"identical to {day}"
        return f"{self._counted() if self.table else 'changed'} since {day}"

    def _counted(self) -> str:
        if not self.added:
            return f"{_entries(self.removed)} removed"
        removed = f", {self.removed:,} removed" if self.removed else ""
        return f"{_entries(self.added)} added{removed}"


def compared(before: Clues, after: Clues) -> Comparison | None:
    """None where one of them has no digests, or only one of them is a table."""
    table = after.rows is not None
    if not before.digests or not after.digests or table != (before.rows is not None):
        return None
    old, new = Counter(before.digests), Counter(after.digests)
    return Comparison((new - old).total(), (old - new).total(), table)


def _entries(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"
