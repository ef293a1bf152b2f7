"""The words that stand in a blank and say that nothing is in it yet: "TBC", "awaiting signature".

Does: reads `config/no_values.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: as for `config/refusals.toml`, there is no second folder for a board's own words: it
edits the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class NoValueClass:
    """Words of one meaning, and the sentence their author is told."""

    says: str
    words: tuple[str, ...]
    opening: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()  # in a blank for a name: nothing but these is empty


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a sentence is made of that says that a whole section is still to come."""

    longest: int  # words
    subjects: frozenset[str]
    phrases: tuple[str, ...]
    places: tuple[str, ...]  # elsewhere, where it is said to come
    promises: tuple[str, ...]  # how those of `phrases` begin that are one anywhere in a sentence


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What an instruction asks for, by a word of its own, and what its author does instead of
    deleting it."""

    what: str
    words: frozenset[str]
    fix: str


@dataclass(frozen=True, slots=True)
class Instructions:
    """What an instruction in brackets begins or ends with, folded, and what it may ask for."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]
    asks: tuple[AskedFor, ...]


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Words in a blank for a signature: that somebody signed; that they did so for another, which a
    name follows."""

    signed: frozenset[str]
    for_another: tuple[str, ...]


def _read(
    path: Path,
) -> tuple[Mapping[str, NoValueClass], frozenset[str], Sentences, Instructions, Unnamed]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    classes = {
        key: NoValueClass(
            one["says"],
            tuple(one["words"]),
            tuple(one.get("opening", ())),
            frozenset(one.get("alone", ())),
        )
        for key, one in raw["classes"].items()
    }
    one = raw["sentences"]
    sentences = Sentences(
        one["longest"],
        frozenset(one["subjects"]),
        *(tuple(one[key]) for key in ("phrases", "places", "promises")),
    )
    told = raw["instructions"]
    asks = (AskedFor(one["what"], frozenset(one["words"]), one["fix"]) for one in told["asks"])
    template = Instructions(tuple(told["begins"]), tuple(told["ends"]), tuple(asks))
    one = raw["unnamed"]
    unnamed = Unnamed(frozenset(one["signed"]), tuple(one["for_another"]))
    return classes, frozenset(raw["between"]), sentences, template, unnamed


# NO_VALUES["to-come"], in the order of the file; BETWEEN makes no answer of such words.
NO_VALUES, BETWEEN, TO_COME, TEMPLATE, UNNAMED = _read(Path(__file__).with_suffix(".toml"))
