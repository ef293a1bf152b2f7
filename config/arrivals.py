"""The rules about a file itself: what is said of one that cannot be read, or not recognised.

Does: reads `config/arrivals.toml`, beside this file, once, when it is imported.
Trusts: that file, which ships with the program; a mistake in it stops the program at once.
Never touches: documents, pydantic. The confined worker imports this before it is confined.
Known limits: a board that wants other words edits the file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.rule import Reader, Rule, Severity


@dataclass(frozen=True, slots=True)
class ArrivalRule(Rule):
    """A rule about the file itself. `faults_become` is how heavy the faults found inside such a
    file are, where what it is makes them less certain, or the file is not what counts;
    `faults_tell` whom they speak to then."""

    faults_become: Severity | None = None
    faults_tell: tuple[Reader, ...] = ("administrator",)


def _read(path: Path) -> Mapping[str, ArrivalRule]:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {id: ArrivalRule(**_fixed(rule)) for id, rule in raw.items()}


def _fixed(rule: Mapping[str, Any]) -> dict[str, Any]:
    """With tuples for lists, as a frozen value has them."""
    return {key: tuple(v) if isinstance(v, list) else v for key, v in rule.items()}


ARRIVALS: Mapping[str, ArrivalRule] = _read(Path(__file__).with_suffix(".toml"))
