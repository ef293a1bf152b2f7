"""What people write that the service has nothing to do with.

Does: reads `config/small_talk.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: mail.
Known limits: English words. A board that meets others edits the file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """All of it, in lower case."""

    topics: frozenset[str]
    around: frozenset[str]
    thanks: frozenset[str]
    matters: frozenset[str]
    replies: tuple[str, ...]
    subjects: frozenset[str]


def _read(path: Path) -> SmallTalk:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    replies = tuple(raw.pop("replies"))
    return SmallTalk(replies=replies, **{name: frozenset(words) for name, words in raw.items()})


SMALL_TALK = _read(Path(__file__).with_suffix(".toml"))
