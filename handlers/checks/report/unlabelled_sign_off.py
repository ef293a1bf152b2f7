"""Reads a signing off without a single label: each person's name, job and day, one after another.

It counts only where nothing else stands there and every person has all of them, in the toolkit's
order. A name is known by its look alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from handlers.fields.label_meanings import FieldItem, UnclaimedText
from handlers.fields.people import look_of_text, split_pieces
from handlers.values.normalise import fold_text

_ORDER = ("name", "designation", "date")
_PARTS = frozenset({*_ORDER, "signature"})


def read_unlabelled_people(
    items: Sequence[FieldItem], roles: Sequence[str], asked: Sequence[str]
) -> Mapping[str, Mapping[str, str]]:
    """By role, each part's text; empty where the lines are anything else."""
    if not items or not _PARTS.issuperset(asked) or not all(map(_bare, items)):
        return {}
    said = [
        piece
        for item in items
        if isinstance(item, UnclaimedText)
        for piece in split_pieces(item.text)
    ]
    people = list(_people(said))
    names = {fold_text(person["name"]) for person in people if person}
    if len(people) != len(roles) or not all(people) or len(names) != len(people):
        return {}
    return dict(zip(roles, people, strict=True))


def _bare(item: FieldItem) -> bool:
    return isinstance(item, UnclaimedText) and not (item.picture or item.label or item.signing)


def _people(said: Sequence[str]) -> list[dict[str, str]]:
    """One for each name, job and day in that order, and the name again, if it is; an empty one
    where anything else stands there."""
    people: list[dict[str, str]] = []
    left = list(said)
    while left:
        found = tuple(map(look_of_text, left[:3]))
        if found != _ORDER:
            return [{}]
        name, job, day = left[:3]
        left = left[3:]
        signature = left.pop(0) if left and fold_text(left[0]) == fold_text(name) else name
        people.append({"name": name, "designation": job, "date": day, "signature": signature})
    return people
