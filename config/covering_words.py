"""What people write in an e-mail that only brings documents, and by what they take something back.

Does: reads `config/covering_words.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: mail.
Known limits: English words, and a few Welsh ones. A board that meets others edits the file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CoveringWords:
    """All of it, in lower case and without punctuation."""

    words: frozenset[str]
    phrases: tuple[re.Pattern[str], ...]
    sentences: tuple[re.Pattern[str], ...]
    contact: frozenset[str]
    telling: frozenset[str]
    unfinished: re.Pattern[str]
    back: re.Pattern[str]
    of_nil: re.Pattern[str]


def _read(path: Path) -> CoveringWords:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    parts = {"{any}": raw["any"], "{days}": raw["days"]}
    return CoveringWords(
        words=frozenset(raw["words"]),
        phrases=tuple(re.compile(rf"\b(?:{_filled(one, parts)})\b") for one in raw["phrases"]),
        sentences=tuple(re.compile(_filled(one, parts)) for one in raw["sentences"]),
        contact=frozenset(raw["contact"]),
        telling=frozenset(raw["telling"]),
        unfinished=_any_of(raw["unfinished"]),
        back=_any_of(raw["back"]),
        of_nil=_any_of(raw["of_nil"]),
    )


def _filled(pattern: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        pattern = pattern.replace(name, part)
    return pattern


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


COVERING_WORDS = _read(Path(__file__).with_suffix(".toml"))
