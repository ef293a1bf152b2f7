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
from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import product
from random import Random
from typing import Any

EVERY = "SCR_INTAKE_EVERY_COMBINATION"


def of(*lists: Iterable[Any], times: int = 2) -> list[tuple[Any, ...]]:
    """Each value of the longest list comes up so many times, unless it meets fewer others."""
    axes = [list(values) for values in lists]
    at = max(range(len(axes)), key=lambda n: len(axes[n]))
    others = list(product(*axes[:at], *axes[at + 1 :]))
    if EVERY in os.environ or times >= len(others):
        return list(product(*axes))
    met = _met(len(axes[at]), others, times)
    pairs = ((value, each) for value, chosen in zip(axes[at], met, strict=True) for each in chosen)
    return [(*each[:at], value, *each[at:]) for value, each in pairs]


def first(count: int, values: Iterable[Any]) -> list[Any]:
    """The first few of a list in which each costs much and shows the same."""
    return list(values)[: None if EVERY in os.environ else count]


def every(nth: int, values: Iterable[Any]) -> list[Any]:
    """One in so many of what comes one after the other, the first and the last among them."""
    found = list(values)
    if EVERY in os.environ:
        return found
    return [each for n, each in enumerate(found) if n % nth == 0 or n == len(found) - 1]


def distinct(values: Iterable[Any], what: Callable[[Any], Hashable]) -> list[Any]:
    """The first of all in which this is the same."""
    found = list(values)
    if EVERY in os.environ:
        return found
    return list({what(each): each for each in reversed(found)}.values())[::-1]


def _met(count: int, others: list[Any], times: int) -> Iterator[list[Any]]:
    """For each of so many which others it meets: none comes again before all have come, and none
    twice to one."""
    chance, deck = Random(count), list[Any]()
    for _ in range(count):
        chosen: list[Any] = []
        while len(chosen) < times:
            fresh = next((each for each in deck if each not in chosen), None)
            if fresh is None:
                deck += chance.sample(others, len(others))
                continue
            deck.remove(fresh)
            chosen.append(fresh)
        yield chosen
