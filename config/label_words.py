"""The words of `label_words.toml`: what stands in and around the labels of blanks."""

from __future__ import annotations

import tomllib
from pathlib import Path

_RAW = tomllib.loads(Path(__file__).with_name("label_words.toml").read_text(encoding="utf-8"))

SIGNING_WORDS = frozenset(_RAW["signing"])
LABEL_FILLER_WORDS = frozenset(_RAW["between"])
LABEL_LEADING_WORDS = frozenset(_RAW["leading"])
OTHER_LABELS = frozenset(_RAW["others"])
BLOCK_HEADING_WORDS = frozenset(_RAW["heading"])
LABEL_COUNT_WORDS = frozenset(_RAW["counts"])
LABEL_AGENCY_WORDS = frozenset(_RAW["agencies"])
LETTER_CLOSINGS = frozenset(_RAW["closings"])
ORGANISATION_WORDS = frozenset(_RAW["organisations"])
SHORTENED_TITLES = tuple(_RAW["titles"]["shortened"])
NAME_TITLES = frozenset((*SHORTENED_TITLES, *_RAW["titles"]["whole"]))
REPORT_TITLES = tuple(_RAW["titles"]["in_reports"])
RANKS_IN_REPORTS = tuple(_RAW["titles"]["ranks_in_reports"])
JOB_WORDS = frozenset(_RAW["jobs"])
PARTING_LINES = frozenset(_RAW["partings"])
ROLE_WORDS = frozenset(_RAW["roles"])
RANK_TITLES = frozenset(_RAW["ranks"])
NON_NAME_WORDS = frozenset(_RAW["no_names"])
NON_SIGNATORY_LABELS = frozenset(_RAW["not_signing"])
COPY_LIST_HEADINGS = frozenset(_RAW["copies"])
SUBMITTER_PHRASES = tuple(_RAW["makes"])
