"""A flood is one line: what is the same is told once, and settled together.

Does: puts things that are the same into one group where there are more than a handful, and reads
back which things a digest told in one line, so that a command about that line is about exactly
those. `outbox/sending/queue.py` writes that down with the digest.
Trusts: whoever says what is the same.
Never touches: the things themselves.
Known limits: the name of a group is made of what is in it: one more thing is another group. A
group is known for KEPT days after the last digest that told it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from intake.database import Ledger
from outbox.writing.facts import Group, Sort

HANDFUL = 5  # of the same thing are told one by one; more are told in one line
KEPT = 90  # days
DIGITS = 12  # of a name

_Thing = TypeVar("_Thing")


def together(
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
            if many[key] > HANDFUL:
                found.setdefault((n, key), []).append(each)
            else:
                rest.append(each)
        left = rest
    all_of_it = [*found.values(), *([each] for each in left)]
    return [
        tuple(thing for _, thing in one) for one in sorted(all_of_it, key=lambda one: one[0][0])
    ]


def group(what: Sort, items: Sequence[int | str]) -> Group:
    """These things, under the name that is made of them: "7f3a-92c1-04be"."""
    said = json.dumps([what, *items]).encode()
    return Group(_in_fours(hashlib.sha256(said).hexdigest()[:DIGITS]), what, tuple(items))


def numbered(what: str, ids: Sequence[int]) -> str:
    """ "12 entries, from 3 to 20"."""
    return f"{len(ids):,} {what}, from {min(ids)} to {max(ids)}"


def told_as(ledger: Ledger, name: str) -> Group | None:
    """What a digest told in one line under this name, in whatever way it is typed."""
    row = ledger.row("SELECT what, items FROM listed WHERE name = ? LIMIT 1", as_written(name))
    return group(row["what"], json.loads(row["items"])) if row else None


def as_written(name: str) -> str:
    """The name of a group, however it is typed."""
    return _in_fours(name.replace("-", "").strip().lower())


def _in_fours(digits: str) -> str:
    return "-".join(digits[i : i + 4] for i in range(0, len(digits), 4))
