"""The grammar of `entry_note_words.toml`: what stands in a cell of a table of entries and is
none."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from config.grammar_rules import compile_rules

_RAW_ENTRY_NOTES = tomllib.loads(
    Path(__file__).with_name("entry_note_words.toml").read_text(encoding="utf-8")
)

# What stands in a cell of a table of entries and is none (`handlers/values/entry_notes.py`).
ENTRY_NOTE_RULES = compile_rules(_RAW_ENTRY_NOTES.pop("rules"))
ENTRY_NOTES: Mapping[str, Sequence[str]] = _RAW_ENTRY_NOTES
