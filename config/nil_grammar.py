"""The sentences that a nil return may have and be accepted: `config/nil_grammar.toml`, taken apart.

Does: reads the file, beside this one, once, when it is imported, and says what each way of a rule
is made of.
Trusts: that file, which ships with the program; a rule that is not there, or that begins with
itself, stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: English words.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

_PART = re.compile(r"(?P<names>[^?*+]+)(?P<times>[?*+]?)")


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a way: any of some `words`, of some `kinds` of word or of some `rules`."""

    words: frozenset[str]
    kinds: tuple[str, ...]
    rules: tuple[str, ...]
    optional: bool
    again: bool


Way = tuple[Part, ...]


def _part(text: str) -> Part:
    said = _PART.fullmatch(text)
    if said is None:
        raise ValueError(f"{text!r} is no part of a rule")
    names = said["names"].split("|")
    rules = tuple(name[1:-1] for name in names if name.startswith("<"))
    kinds = tuple(name[1:-1] for name in names if name.startswith("{"))
    words = frozenset(name for name in names if name[0] not in "<{")
    return Part(words, kinds, rules, said["times"] in ("?", "*"), said["times"] in ("*", "+"))


def _ways(raw: dict[str, list[str]]) -> dict[str, tuple[Way, ...]]:
    ways = {
        name: tuple(tuple(_part(part) for part in way.split()) for way in said)
        for name, said in raw.items()
    }
    for name in ways:
        _begins(name, ways, ())
    return ways


def _begins(name: str, ways: dict[str, tuple[Way, ...]], under: tuple[str, ...]) -> None:
    """Raises ValueError for a rule that begins with itself, which could not be followed."""
    if name in under or name not in ways:
        raise ValueError(f"the rule {name!r} begins with itself, or is not there: {under}")
    for way in ways[name]:
        for at, part in enumerate(way):
            if at == 0 or all(before.optional for before in way[:at]):
                for rule in part.rules:
                    _begins(rule, ways, (*under, name))
            elif not set(part.rules) <= set(ways):
                raise ValueError(f"a rule that {name!r} names is not there")


_RAW = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

RULES = _ways(_RAW["rules"])
SENTENCES: tuple[str, ...] = tuple(_RAW["sentences"])
NO_NAMES: frozenset[str] = frozenset(_RAW["no_names"])
OWN: frozenset[str] = frozenset(_RAW["own"])
IF_NAMED: frozenset[str] = frozenset(_RAW["if_named"])
