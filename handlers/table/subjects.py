"""Who an entry is about, as authors name them: "Child N", "N", "Mother / Child N", "Mum".

Does: says which of the review's subjects a cell names, and whether it names anyone else.
Trusts: the case for its subjects; nothing in the cell.
Never touches: findings. Names go no further than this.
Known limits: people are told apart by name, initials, a name's own words and their relationship
to the child. "The family" and "siblings" are nobody in particular, and nobody unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.context import Subject
from handlers.typed.fold import fold

LONGEST = 200  # characters of a cell that are read
REMEMBERED = 500  # different texts whose answer is kept

_APART = re.compile(r"[/,&+;\n\t|]|\band\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_GENERIC = {
    "child", "baby", "young", "person", "adult", "subject", "the", "mr", "mrs", "ms", "miss", "dr",
    "of", "unborn", "sibling", "half", "step",
}  # fmt: skip
_SHORT = {
    "mum": "mother", "mummy": "mother", "mam": "mother", "mom": "mother", "mo": "mother",
    "dad": "father", "daddy": "father", "fa": "father", "sib": "sibling", "sis": "sister",
    "bro": "brother", "gran": "grandmother", "nan": "grandmother", "grandad": "grandfather",
    "mgm": "maternal grandmother", "mgf": "maternal grandfather", "pgm": "paternal grandmother",
    "pgf": "paternal grandfather", "sf": "stepfather", "sm": "stepmother",
}  # fmt: skip
_ANYBODY = {
    "family", "the family", "whole family", "all family", "parents", "both parents", "siblings",
    "children", "the children", "all children", "all", "household",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """The subjects a cell names, how many names it holds, and whether one is nobody we know."""

    subjects: tuple[Subject, ...]
    names: int
    unknown: bool

    def young(self, day: date | None) -> bool | None:
        """Whether any of them is under 18 on `day`; None where that cannot be known."""
        if day is None or not self.subjects:
            return None
        answers = [_under_18(s.born, day) for s in self.subjects if s.born]
        if any(answers):
            return True
        return False if len(answers) == self.names else None


class Roll:
    """The review's subjects, looked up by what a cell says."""

    def __init__(self, subjects: Sequence[Subject]) -> None:
        self._known = [(subject, frozenset(_aliases(subject))) for subject in subjects]
        self._answers: dict[str, Named] = {}

    def __bool__(self) -> bool:
        return bool(self._known)

    def named(self, text: str) -> Named:
        key = text[:LONGEST]
        answer = self._answers.get(key)
        if answer is None:
            answer = self._read(key)
            if len(self._answers) < REMEMBERED:
                self._answers[key] = answer
        return answer

    def _read(self, text: str) -> Named:
        whole = self._find(fold(text))
        if len(whole) == 1:
            return Named(whole, 1, False)
        parts = [part for part in map(fold, _APART.split(_BRACKETS.sub(" ", text))) if part]
        people = [self._find(part) for part in parts]
        unknown = any(
            not found and part not in _ANYBODY for part, found in zip(parts, people, strict=True)
        )
        told_apart = {found[0].name: found[0] for found in people if len(found) == 1}
        return Named(tuple(told_apart.values()), len(parts), unknown)

    def _find(self, part: str) -> tuple[Subject, ...]:
        """Everyone it may mean: more than one where two share an initial."""
        plain = _SHORT.get(part, part)
        by_name = tuple(s for s, _ in self._known if fold(s.name) == plain)
        return by_name or tuple(s for s, aliases in self._known if plain in aliases)


def _aliases(subject: Subject) -> Iterator[str]:
    name, relationship = fold(subject.name), fold(subject.relationship)
    words = name.split()
    yield from (name, name.replace(" ", ""), f"the {name}")
    if len(words) == 1:
        yield name[0]
    else:
        yield "".join(word[0] for word in words)
        yield from (word for word in words if word not in _GENERIC)
    if relationship == "subject":
        yield from ("subject", "subject child", "the child")
    elif relationship:
        yield from (relationship, f"{relationship} {name}", f"{name} {relationship}")


def _under_18(born: date, day: date) -> bool:
    birthday_to_come = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - birthday_to_come < 18
