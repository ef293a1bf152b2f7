"""The tables that people put beside a chronology, by their words.

Does: reads `config/beside.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: a board that wants other words edits the file, as with `config/refusals.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Beside:
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


def _read(path: Path) -> Beside:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Beside(**{name: tuple(words) for name, words in raw.items()})


BESIDE = _read(Path(__file__).with_suffix(".toml"))
