"""The one extra column a chronology may have: a first one that numbers its rows.

Does: tells numbers ("12", "12.", "GP/12") from anything else an author put in that column.
Trusts: nothing in the cells.
Never touches: findings.
Known limits: Word's own automatic numbers are not text, so a column of those is blank and passes.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[A-Za-z]{0,5}[-./ ]?\d{1,6}[a-z]?[.):]?", re.ASCII)


class Numbering:
    """What the extra first column of one table holds."""

    def __init__(self) -> None:
        self._entries = 0
        self._others = 0

    def hear(self, text: str) -> None:
        self._entries += 1
        self._others += bool(text) and not _NUMBER.fullmatch(text)

    def __bool__(self) -> bool:
        """True while most of what it holds is numbers or blank."""
        return 2 * self._others <= self._entries
