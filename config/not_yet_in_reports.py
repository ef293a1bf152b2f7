"""The grammar of `not_yet_in_reports.toml`: what a report says is still to come in it.

`handlers/values/report_parts_to_come.py` reads sentences by it."""

from __future__ import annotations

import tomllib
from pathlib import Path

from config.grammar_rules import compile_rules
from config.label_words import JOB_WORDS
from config.person_name_words import SHORT_NAMES

_RAW_TO_COME = tomllib.loads(
    Path(__file__).with_name("not_yet_in_reports.toml").read_text(encoding="utf-8")
)

TO_COME_RULES = compile_rules(_RAW_TO_COME["rules"])
TO_COME_CLAUSES: tuple[str, ...] = tuple(_RAW_TO_COME["clauses"])
TO_COME_OPENINGS: tuple[str, ...] = tuple(_RAW_TO_COME["openings"])
TO_COME_PLANS: tuple[str, ...] = tuple(_RAW_TO_COME["plans"])
TO_COME_WHOLES: tuple[str, ...] = tuple(_RAW_TO_COME["wholes"])
TO_COME_DRAFT_LINES: tuple[str, ...] = tuple(_RAW_TO_COME["draft_lines"])
TO_COME_REMINDERS: tuple[str, ...] = tuple(_RAW_TO_COME["reminders"])
TO_COME_UNSETTLED: tuple[str, ...] = tuple(_RAW_TO_COME["unsettled_after"])
TO_COME_MARKS: tuple[str, ...] = tuple(_RAW_TO_COME["marks"])
TO_COME_PEOPLE: frozenset[str] = frozenset(_RAW_TO_COME["jobs"]) | JOB_WORDS | SHORT_NAMES
TO_COME_LABELS: tuple[str, ...] = tuple(_RAW_TO_COME["labels"])
TO_COME_PAST: frozenset[str] = frozenset(_RAW_TO_COME["past"])
TO_COME_HINTS: frozenset[str] = frozenset(_RAW_TO_COME["hints"])
