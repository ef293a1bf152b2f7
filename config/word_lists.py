"""Word files that hold nothing but lists by name: what the lists mean stands at the head of each
file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path


def _read_lists(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Lists by their names, as the file gives them."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in raw.items()}


# What makes a signed form doubtful (`handlers/values/doubts.py`).
DOUBTS = _read_lists(Path(__file__).with_name("signed_form_doubt_words.toml"))
# What points to another place instead of filling a blank (`handlers/values/pointing.py`).
POINTING = _read_lists(Path(__file__).with_name("pointing_words.toml"))
# What shows a report to be unfinished (`handlers/values/unfinished.py`).
UNFINISHED = _read_lists(Path(__file__).with_name("unfinished_report_words.toml"))
# Notes of one colleague to another in a report (`handlers/values/colleague_notes.py`).
COLLEAGUE_NOTES = _read_lists(Path(__file__).with_name("colleague_note_words.toml"))
# What a place left open in an entry is known by (`handlers/values/open_places.py`).
OPEN_PLACES = _read_lists(Path(__file__).with_name("open_place_words.toml"))
# By which the digest finds what it quotes of a message (`outbox/digest/telling_words.py`).
TELLING = _read_lists(Path(__file__).with_name("telling_words.toml"))
