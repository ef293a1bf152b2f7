"""Why letters come back, as `bounce_reasons.toml` has it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class BounceReason:
    """`says` is what a person is told of it; it `closes` the address where that does not work.
    `codes` are details of enhanced status codes ("2.2"), `words` stand in a report in lower
    case."""

    id: str
    says: str
    closes: bool
    codes: frozenset[str]
    words: tuple[str, ...]


def _read_reasons(path: Path) -> tuple[BounceReason, ...]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        BounceReason(
            id=one["id"],
            says=one["says"],
            closes=one["closes"],
            codes=frozenset(one["codes"]),
            words=tuple(one["words"]),
        )
        for one in raw["reasons"]
    )


BOUNCE_REASONS = _read_reasons(Path(__file__).with_name("bounce_reasons.toml"))
REASONS_IN_WORDS = {"": "", **{reason.id: reason.says for reason in BOUNCE_REASONS}}
