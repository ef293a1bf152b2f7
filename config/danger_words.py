"""Words of danger to a child and of a death, as phrases that an officer can read aloud and add
to."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.time_request_words import PhrasePattern, phrase_patterns


@dataclass(frozen=True, slots=True)
class DangerPatterns:
    """Each a pattern for any of the phrases of its list in the file."""

    child: PhrasePattern
    danger: PhrasePattern
    general: PhrasePattern


@cache
def danger_patterns() -> DangerPatterns:
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    spelt_out = phrase_patterns(tomllib.loads(text))
    return DangerPatterns(
        **{key: PhrasePattern(spelt_out[key]) for key in DangerPatterns.__slots__}
    )
