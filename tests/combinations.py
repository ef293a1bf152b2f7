"""Which combinations of a sweep the suite tries: a seeded sample, or all of them in a campaign.

Does: `of(layouts, words)` gives combinations in which every value of every list comes up, each of
the longest list a few times, with others than at its neighbours; the same ones each time. With
`EVERY` in the environment it gives all there are: `make sweeps`.
Trusts: that its lists are the same from run to run.
Never touches: anything.
Known limits: which two values meet is left to chance; all pairs meet only in the campaign.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from itertools import product
from random import Random
from typing import Any

EVERY = "SCR_INTAKE_EVERY_COMBINATION"


def of(*lists: Iterable[Any], times: int = 2) -> list[tuple[Any, ...]]:
    """Each value of the longest list comes up so many times, unless it meets fewer others."""
    axes = [list(values) for values in lists]
    whole = list(product(*axes))
    count = times * max(map(len, axes))
    if EVERY in os.environ or count >= len(whole):
        return whole
    columns = [_dealt(values, count, Random(n)) for n, values in enumerate(axes)]
    return list(dict.fromkeys(zip(*columns, strict=True)))


def _dealt(values: list[Any], count: int, chance: Random) -> list[Any]:
    """So many, and no value a second time before each has come."""
    dealt: list[Any] = []
    while len(dealt) < count:
        dealt += chance.sample(values, len(values))
    return dealt[:count]
