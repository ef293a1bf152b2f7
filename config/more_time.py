"""Why agencies ask for more time: the reasons by which a request is told, and their words.

Does: reads `config/more_time.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: English words.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. `says` ends a sentence of ours."""

    key: str
    says: str
    words: tuple[str, ...]


def _read(path: Path) -> tuple[Reason, ...]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Reason(key, one["says"], tuple(one["words"])) for key, one in raw.items())


# In the order of the file, which puts the surest first.
REASONS = _read(Path(__file__).with_suffix(".toml"))
