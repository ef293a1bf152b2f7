"""The closed grammar of a reply to the digest, and what tells the administrator's own lines from
others', as data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

Need = Literal["nothing", "words", "questions", "day", "place"]
LinkedNeed = Literal["nothing", "address", "addresses", "absence", "person", "seen"]


@dataclass(frozen=True, slots=True)
class OrderGrammar:
    """What an order is made of. All in lower case."""

    needs: Mapping[str, Need]  # by the order's word
    until: frozenset[str]
    agrees: frozenset[str]  # to a day that stands behind, without the order's word
    suits: frozenset[str]  # the same, before
    consents: frozenset[str]  # says yes to what asks for more time, alone
    unlikely_no: frozenset[str]  # stands in no reason for a no
    why: frozenset[str]  # begins a reason behind a day
    because: frozenset[str]  # leads to one
    orders_something: frozenset[str]  # stands in no reason
    objects: frozenset[str]  # "it", behind a word that needs nothing
    leads: frozenset[str]  # "please", between a number and its word
    spelled: Mapping[str, str]  # what stands for a word, with that word
    courtesies: frozenset[str]
    openings: frozenset[str]
    courtesies_of: Mapping[str, frozenset[str]]  # by the order's word
    placeholders: frozenset[str]
    always: frozenset[str]
    linked: Mapping[str, LinkedNeed]  # what a link asks for, and is heavier or longer, by its word
    done_at_once: frozenset[str]  # of these
    beside_an_ask: frozenset[str]  # of these, what settles no ask
    as_found: str
    as_it_reads: str
    on_paper: str


@dataclass(frozen=True, slots=True)
class UnsettlingWords:
    """Words by which an order is no longer a clear one."""

    negations: frozenset[str]
    conditions: frozenset[str]
    examples: frozenset[str]
    retractions: tuple[str, ...]
    everything: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class PeoplePhrases:
    """What says of somebody, in her own words, what may be done about them."""

    new_address: tuple[str, ...]
    takes_out: tuple[str, ...]
    registers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberedLineWords:
    """What stands in a line that begins with a number and is no order; how signatures begin;
    words of lines that organisations print."""

    streets: frozenset[str]
    units: frozenset[str]
    signed: tuple[str, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotationMarks:
    """By what a quotation is known: labels of its head by what they label, and the rest."""

    labels: Mapping[str, str]  # "gesendet" is "sent"
    wrote: frozenset[str]
    announced: tuple[str, ...]
    marked: tuple[str, ...]
    introduced: tuple[str, ...]
    quoted: tuple[str, ...]
    sentinels: tuple[str, ...]


class InvalidNeed(Exception):
    """A word of the grammar of orders needs what nobody reads."""


_RAW = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_LABELS = ("from", "sent", "to", "subject", "copy")


def _need(word: str, said: str) -> Need:
    if said not in get_args(Need):
        raise InvalidNeed(word)
    return cast(Need, said)


def _linked_need(word: str, said: str) -> LinkedNeed:
    if said not in get_args(LinkedNeed):
        raise InvalidNeed(word)
    return cast(LinkedNeed, said)


_FOUND, _READS = (_RAW["said"][name] for name in ("as_found", "as_it_reads"))
ORDER_GRAMMAR = OrderGrammar(
    linked={word: _linked_need(word, said) for word, said in _RAW["linked"].items()},
    done_at_once=frozenset(_RAW["done_at_once"]["words"]),
    beside_an_ask=frozenset(_RAW["beside_an_ask"]["words"]),
    as_found=_FOUND,
    as_it_reads=_READS,
    on_paper=_RAW["said"]["on_paper"],
    spelled=_RAW["spelled"],
    needs={word: _need(word, said) for word, said in _RAW["needs"].items()},
    courtesies_of={word: frozenset(said) for word, said in _RAW["courtesies_of"].items()},
    **{name: frozenset(words) for name, words in _RAW["grammar"].items()},
)
UNSETTLING_WORDS = UnsettlingWords(
    retractions=tuple(_RAW["unsettled"].pop("retractions")),
    **{name: frozenset(words) for name, words in _RAW["unsettled"].items()},
)
PEOPLE_PHRASES = PeoplePhrases(**{name: tuple(said) for name, said in _RAW["people"].items()})
NUMBERED_LINE_WORDS = NumberedLineWords(
    streets=frozenset(_RAW["numbered"]["streets"]),
    units=frozenset(_RAW["numbered"]["units"]),
    signed=tuple(_RAW["numbered"]["signed"]),
    printed=tuple(_RAW["numbered"]["printed"]),
)
QUOTATION_MARKS = QuotationMarks(
    labels={word: name for name in _LABELS for word in _RAW["head"].pop(name)},
    wrote=frozenset(_RAW["head"].pop("wrote")),
    **{name: tuple(words) for name, words in _RAW["head"].items()},
)
