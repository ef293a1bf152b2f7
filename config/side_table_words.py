"""The words of `side_table_words.toml`: tables beside a chronology that are no part of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SideTableWords:
    """Wordings, as the file gives them."""

    headings: tuple[str, ...]
    never_entries: tuple[str, ...]
    labels: tuple[str, ...]
    agencies: tuple[str, ...]
    agency_labels: tuple[str, ...]
    case_labels: tuple[str, ...]
    status_labels: tuple[str, ...]
    title_words: tuple[str, ...]
    unfinished: tuple[str, ...]
    unless: tuple[str, ...]
    of_whole: tuple[str, ...]


def _read(path: Path) -> SideTableWords:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return SideTableWords(**{name: tuple(words) for name, words in raw.items()})


SIDE_TABLE_WORDS = _read(Path(__file__).with_name("side_table_words.toml"))
