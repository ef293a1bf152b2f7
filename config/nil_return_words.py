"""The grammar of `nil_return_words.toml`: every sentence that a nil return may have."""

from __future__ import annotations

import tomllib
from pathlib import Path

from config.grammar_rules import compile_rules

_RAW_NIL_GRAMMAR = tomllib.loads(
    Path(__file__).with_name("nil_return_words.toml").read_text(encoding="utf-8")
)

NIL_GRAMMAR_RULES = compile_rules(_RAW_NIL_GRAMMAR["rules"])
NIL_SENTENCE_RULES: tuple[str, ...] = tuple(_RAW_NIL_GRAMMAR["sentences"])
NIL_NON_NAME_WORDS: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["no_names"])
OWN_AGENCY_WORDS: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["own"])
AGENCY_NAME_WORDS: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["if_named"])
SEARCH_DATES: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["search_dates"])
NO_RECORDS: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["no_records"])
NO_RECORDS_ENDINGS: tuple[str, ...] = tuple(_RAW_NIL_GRAMMAR["no_records_endings"])
SIGNING_LINES: frozenset[str] = frozenset(_RAW_NIL_GRAMMAR["signing_lines"])
