"""Rows of a table whose labels stand in the row beneath: values, then "Signature | Name | Date".

Does: says how far rows go on by twos, a row of values and the row of labels under it.
Trusts: nothing; `handlers/document/cells.py` says what each cell is.
Never touches: what the values are.
Known limits: what the values look like decides, so that one of them at least must look like what
its label asks for; a row that is blank is theirs where nothing stands below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.document.lexicon import Term
from handlers.document.person import fits, is_prose


@dataclass(frozen=True, slots=True)
class Told:
    """One row: the words over each grid column, those that ask for something, whether it holds
    labels and nothing else, and whether it has none that asks for anything."""

    texts: Mapping[int, str]
    asked: Mapping[int, tuple[Term, ...]]
    labels: bool
    values: bool

    @property
    def blank(self) -> bool:
        return not any(self.texts.values())


def footed_to(rows: Sequence[Told]) -> int:
    """How many rows from the first on go by twos, values over labels; 0 where they do not."""
    end = 0
    while end + 1 < len(rows) and rows[end].values and _stand_under(rows[end], rows[end + 1]):
        if end == 0 and len(rows[1].asked) < 2:
            return 0
        end += 2
    if end and end < len(rows) and rows[end].values and not rows[end].blank:
        return end if _fit(rows, end, -1) > _fit(rows, end, 1) else 0
    blank = all(row.blank for row in rows[0:end:2])
    return end if blank or _fit(rows, end, -1) > 0 else 0


def _stand_under(values: Told, labels: Told) -> bool:
    if not labels.labels or not labels.asked:
        return False
    texts = [text for text in values.texts.values() if text]
    return not any(is_prose(text) or len(text) > 100 for text in texts) and (
        values.blank or any(values.texts.get(column) for column in labels.asked)
    )


def _fit(rows: Sequence[Told], end: int, side: int) -> int:
    """How well the row over each row of labels answers them, or (`side` 1) the row under it."""
    total = 0
    for at in range(1, end, 2):
        if at + side >= len(rows) or not rows[at + side].values:
            continue
        for column, terms in rows[at].asked.items():
            look = next((term.look for term in terms if not term.person), "")
            total += fits(rows[at + side].texts.get(column, ""), look)
    return total
