"""The rules about a file itself: what is said of one that cannot be read, or not recognised.

Does: reads `config/arrivals.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: a board that wants other words edits the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from config.rule import Rule


def _read(path: Path) -> Mapping[str, Rule]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {id: Rule(**rule) for id, rule in raw.items()}


ARRIVALS: Mapping[str, Rule] = _read(Path(__file__).with_suffix(".toml"))
