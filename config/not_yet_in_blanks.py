"""The words of `not_yet_in_blanks.toml`: what stands in a blank and says that there is no answer
yet.

`handlers/values/blanks_not_filled.py` reads a value by them.
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
class PendingSectionWords:
    """What a sentence is made of that says that a whole section is still to come."""

    longest: int  # words
    subjects: frozenset[str]
    phrases: tuple[str, ...]
    places: tuple[str, ...]  # elsewhere, where it is said to come
    promises: tuple[str, ...]  # how those of `phrases` begin that are one anywhere in a sentence


@dataclass(frozen=True, slots=True)
class InstructionSubject:
    """What an instruction asks for, by a word of its own, and what its author does instead of
    deleting it."""

    what: str
    words: frozenset[str]
    fix: str
    anyone: bool = False  # a name that may be a person's or an agency's


@dataclass(frozen=True, slots=True)
class InstructionWords:
    """What an instruction in brackets begins or ends with, folded, and what it may ask for.
    `whole` is the whole of one, and `perhaps` of one or of a name that its author took out, which
    a word of `taken_out` says; `shouted` begins one in capitals, and `before_a_day` stands before
    "DD/MM/YYYY"."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]
    whole: frozenset[str]
    perhaps: frozenset[str]
    perhaps_begins: tuple[str, ...]
    taken_out: frozenset[str]
    shouted: tuple[str, ...]
    before_a_day: frozenset[str]
    asks: tuple[InstructionSubject, ...]


@dataclass(frozen=True, slots=True)
class UnnamedSignatureWords:
    """Words in a blank for a signature: that somebody signed; that they did so for another, which a
    name follows; and those that say so wherever they stand."""

    signed: frozenset[str]
    for_another: tuple[str, ...]
    stands_in: tuple[str, ...]


def _read_no_values(
    path: Path,
) -> tuple[
    Mapping[str, NoValueClass],
    frozenset[str],
    PendingSectionWords,
    InstructionWords,
    UnnamedSignatureWords,
]:
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
    sentences = PendingSectionWords(
        one["longest"],
        frozenset(one["subjects"]),
        *(tuple(one[key]) for key in ("phrases", "places", "promises")),
    )
    told = raw["instructions"]
    asks = (
        InstructionSubject(
            one["what"], frozenset(one["words"]), one["fix"], one.get("anyone", False)
        )
        for one in told["asks"]
    )
    template = InstructionWords(
        tuple(told["begins"]),
        tuple(told["ends"]),
        frozenset(told["whole"]),
        frozenset(told["perhaps"]),
        tuple(told["perhaps_begins"]),
        frozenset(told["taken_out"]),
        tuple(told["shouted"]),
        frozenset(told["before_a_day"]),
        tuple(asks),
    )
    one = raw["unnamed"]
    unnamed = UnnamedSignatureWords(
        frozenset(one["signed"]), tuple(one["for_another"]), tuple(one["stands_in"])
    )
    return classes, frozenset(raw["between"]), sentences, template, unnamed


# The classes stand in the order of the file; "to-come" is the one that says "not yet". Words of
# NO_VALUE_FILLER_WORDS may stand between the others, and make no answer of them.
(
    NO_VALUE_CLASSES,
    NO_VALUE_FILLER_WORDS,
    PENDING_SECTION_WORDS,
    TEMPLATE_INSTRUCTIONS,
    UNNAMED_SIGNATURE_WORDS,
) = _read_no_values(Path(__file__).with_name("not_yet_in_blanks.toml"))
