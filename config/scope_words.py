"""Words of news that may alter the scope of a review, as phrases that an officer can read aloud and
add to."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.time_request_words import PhrasePattern, phrase_patterns


@dataclass(frozen=True, slots=True)
class ScopePatterns:
    """Each a pattern for any of the phrases of its list in the file."""

    befell: PhrasePattern
    somebody_else: PhrasePattern
    happened: PhrasePattern
    people: PhrasePattern
    not_asked: PhrasePattern
    known: PhrasePattern
    of_papers: PhrasePattern
    relatives: PhrasePattern
    relatives_of_sender: PhrasePattern
    explained: PhrasePattern
    denied: PhrasePattern
    matter: PhrasePattern
    news: PhrasePattern
    unknown: PhrasePattern
    alters: PhrasePattern
    not_ours: PhrasePattern


@cache
def scope_patterns() -> ScopePatterns:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    spelt_out = phrase_patterns(tomllib.loads(text))
    return ScopePatterns(**{key: PhrasePattern(spelt_out[key]) for key in ScopePatterns.__slots__})
