"""Compiles the small grammars that word files hold: a rule is a list of ways to say something.

The head of `nil_return_words.toml` tells how a way is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_PART = re.compile(r"(?P<names>[^?*+]+)(?P<times>[?*+]?)")


@dataclass(frozen=True, slots=True)
class GrammarPart:
    """One place of a way: any of some `words`, of some `kinds` of word or of some `rules`."""

    words: frozenset[str]
    kinds: tuple[str, ...]
    rules: tuple[str, ...]
    optional: bool
    again: bool


GrammarAlternative = tuple[GrammarPart, ...]


@cache
def _part(text: str) -> GrammarPart:
    said = _PART.fullmatch(text)
    if said is None:
        raise ValueError(f"{text!r} is no part of a rule")
    names = said["names"].split("|")
    rules = tuple(name[1:-1] for name in names if name.startswith("<"))
    kinds = tuple(name[1:-1] for name in names if name.startswith("{"))
    words = frozenset(name for name in names if name[0] not in "<{")
    return GrammarPart(
        words, kinds, rules, said["times"] in ("?", "*"), said["times"] in ("*", "+")
    )


def compile_rules(raw: dict[str, list[str]]) -> dict[str, tuple[GrammarAlternative, ...]]:
    """Each rule's alternatives, by its name. Raises ValueError for a rule that cannot be
    followed."""
    ways = {
        name: tuple(tuple(_part(part) for part in way.split()) for way in said)
        for name, said in raw.items()
    }
    checked: set[str] = set()
    for name in ways:
        _check_beginning(name, ways, (), checked)
    return ways


def _check_beginning(
    name: str,
    ways: dict[str, tuple[GrammarAlternative, ...]],
    under: tuple[str, ...],
    checked: set[str],
) -> None:
    """Raises ValueError for a rule that begins with itself, which could not be followed. Adds the
    rule to those that are `checked` already, so that each is walked once."""
    if name in checked:
        return
    if name in under or name not in ways:
        raise ValueError(f"the rule {name!r} begins with itself, or is not there: {under}")
    for way in ways[name]:
        for at, part in enumerate(way):
            if at == 0 or all(before.optional for before in way[:at]):
                for rule in part.rules:
                    _check_beginning(rule, ways, (*under, name), checked)
            elif not set(part.rules) <= set(ways):
                raise ValueError(f"a rule that {name!r} names is not there")
    checked.add(name)
