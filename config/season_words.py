"""The parts of a year of `season_words.toml`, and the days that each can mean."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Season:
    """A part of the year. `first` and `last` are days of the year that is named beside it, or of
    the one before or after it."""

    words: re.Pattern[str]
    first: tuple[int, int, int]  # years later, month, day
    last: tuple[int, int, int]

    def of(self, year: int) -> tuple[date, date]:
        """The widest that it can be in that year."""
        first, last = self.first, self.last
        return date(year + first[0], first[1], first[2]), date(year + last[0], last[1], last[2])


def _read_seasons(path: Path) -> tuple[Season, ...]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Season(
            re.compile(rf"\b(?:{'|'.join(one['words'])})\b", re.IGNORECASE),
            _days_from(one["first"]),
            _days_from(one["last"]),
        )
        for one in raw["seasons"]
    )


def _days_from(numbers: Sequence[int]) -> tuple[int, int, int]:
    later, month, day = numbers
    return later, month, day


SEASONS = _read_seasons(Path(__file__).with_name("season_words.toml"))
