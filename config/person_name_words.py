"""The words of `person_name_words.toml`: by what prose names somebody of a family."""

from __future__ import annotations

import tomllib
from pathlib import Path

_NAMES = tomllib.loads(
    Path(__file__).with_name("person_name_words.toml").read_text(encoding="utf-8")
)

KIN_WORDS = frozenset(_NAMES["kin"])
PSEUDONYM_WORDS = frozenset(_NAMES["of_pseudonyms"])
FIRST_NAMES = frozenset(_NAMES["first_names"])
SHORT_NAMES = FIRST_NAMES | frozenset(_NAMES["short_names"])  # where a first name stands alone
CAPITALISED_WORDS = frozenset(_NAMES["capitalised"])
WORDS_AND_SURNAMES = frozenset(_NAMES["surnames"])
