"""Says of which row each label is answered in a table of one column.

It is told by what the values look like, so that labels stand under values only where two or more
are answered so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.fields.people import rate_value_look

MIN_LABELS_UNDER = 2  # labels


@dataclass(frozen=True, slots=True)
class LabelColumnRow:
    """One row. `asks` says that it is a label and nothing else; `look` is then what it asks for,
    and `signature` that this may be a picture. `free` says that it may be a value, or a blank."""

    asks: bool = False
    look: str = ""
    signature: bool = False
    free: bool = False
    text: str = ""
    picture: bool = False

    @property
    def is_filled(self) -> bool:
        return self.free and bool(self.text or self.picture)


def find_label_values(rows: Sequence[LabelColumnRow]) -> Mapping[int, int]:
    """The row of each label's value; none where labels stand over their values throughout."""
    asked = [i for i, row in enumerate(rows) if row.asks]
    if len(asked) < MIN_LABELS_UNDER:
        return {}
    over = _sides(rows, asked, [-1] * len(asked))
    usual = _sides(rows, asked, [1] * len(asked))
    best = max(_readings(rows, asked), key=lambda one: _fit(rows, one), default={})
    here, there = _fit(rows, over), _fit(rows, usual)
    if _fit(rows, best) > max(here, there):
        return best
    if here > there and _fitting_over(rows, over) >= MIN_LABELS_UNDER:
        return over
    whole = all(i in over and rows[over[i]].is_filled for i in asked)
    return over if here == there and whole and asked[-1] not in usual else {}


def _readings(rows: Sequence[LabelColumnRow], asked: Sequence[int]) -> Iterator[Mapping[int, int]]:
    """Those that turn about once, with labels enough under values that plainly answer them, and
    no row left over between the labels: a blank under one shows on which side it is answered."""
    between = {i for i in range(asked[0], asked[-1]) if rows[i].free}
    for first in (-1, 1):
        for turn in range(1, len(asked)):
            sides = [first] * turn + [-first] * (len(asked) - turn)
            found = _sides(rows, asked, sides)
            enough = _fitting_over(rows, found) >= MIN_LABELS_UNDER
            if enough and between.issubset(found.values()):
                yield found


def _sides(
    rows: Sequence[LabelColumnRow], asked: Sequence[int], sides: Sequence[int]
) -> dict[int, int]:
    """Each label with the row on its side, which answers no label before it."""
    found: dict[int, int] = {}
    for at, side in zip(asked, sides, strict=True):
        own = at + side
        if 0 <= own < len(rows) and rows[own].free and own not in found.values():
            found[at] = own
    return found


def _fit(rows: Sequence[LabelColumnRow], answers: Mapping[int, int]) -> int:
    return sum(_fits(rows[at], rows[own]) for at, own in answers.items())


def _fits(label: LabelColumnRow, value: LabelColumnRow) -> int:
    if label.signature and value.picture:
        return 1
    return rate_value_look(value.text, label.look)


def _fitting_over(rows: Sequence[LabelColumnRow], answers: Mapping[int, int]) -> int:
    """How many labels stand right under what plainly answers them."""
    return sum(own < at and _fits(rows[at], rows[own]) > 0 for at, own in answers.items())


def find_second_values(
    rows: Sequence[LabelColumnRow], answers: Mapping[int, int]
) -> Mapping[int, int]:
    """The labels that are answered once more in the row beneath them, each with that row: whoever
    was asked for a day adds it there."""
    taken = set(answers.values())
    return {
        at: at + 1
        for at, own in answers.items()
        if own < at < len(rows) - 1 and at + 1 not in taken and _fits(rows[at], rows[at + 1]) > 0
    }
