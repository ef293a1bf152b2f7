"""Puts things that are the same into one group, so that a flood is told and settled in one line.

The name of a group is made of what is in it, so that a command is about exactly what the digest
told: one more thing is another group.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from intake.database import RegisterDatabase
from outbox.writing.digest_facts import GroupSort, NamedGroup

MAX_TOLD_SINGLY = 5  # of the same thing are told one by one; more are told in one line
KEPT_DAYS = 90  # days
NAME_DIGITS = 12  # of a name

_Thing = TypeVar("_Thing")


def group_alike(
    things: Iterable[_Thing], *same: Callable[[_Thing], Hashable | None]
) -> list[tuple[_Thing, ...]]:
    """More than a handful of what is the same by the first of these is one; what is left is held
    against the next. What is None is never the same. Each stands where the first of it stood."""
    left = list(enumerate(things))
    found: dict[Hashable, list[tuple[int, _Thing]]] = {}
    for n, key_of in enumerate(same):
        keys = [key_of(thing) for _, thing in left]
        many = Counter(key for key in keys if key is not None)
        rest = []
        for key, each in zip(keys, left, strict=True):
            if many[key] > MAX_TOLD_SINGLY:
                found.setdefault((n, key), []).append(each)
            else:
                rest.append(each)
        left = rest
    all_of_it = [*found.values(), *([each] for each in left)]
    return [
        tuple(thing for _, thing in one) for one in sorted(all_of_it, key=lambda one: one[0][0])
    ]


def make_group(what: GroupSort, items: Sequence[int | str]) -> NamedGroup:
    """These things, under the name that is made of them: "7f3a-92c1-04be"."""
    said = json.dumps([what, *items]).encode()
    return NamedGroup(_in_fours(hashlib.sha256(said).hexdigest()[:NAME_DIGITS]), what, tuple(items))


def number_range_phrase(what: str, ids: Sequence[int]) -> str:
    """ "12 entries, from 3 to 20"."""
    return f"{len(ids):,} {what}, from {min(ids)} to {max(ids)}"


def find_told_group(database: RegisterDatabase, name: str) -> NamedGroup | None:
    """What a digest told in one line under this name, in whatever way it is typed."""
    row = database.fetch_row(
        "SELECT what, items FROM listed WHERE name = ? LIMIT 1", normalise_group_name(name)
    )
    return make_group(row["what"], json.loads(row["items"])) if row else None


def normalise_group_name(name: str) -> str:
    """The name of a group, however it is typed."""
    return _in_fours(name.replace("-", "").strip().lower())


def _in_fours(digits: str) -> str:
    return "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))
