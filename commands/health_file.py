"""Writes and reads how many things degrade the service: the one file that every user may read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from outbox.health.health_conditions import HealthCondition

RUNTIME_FOLDER = Path("/run/scr-intake")  # the unit's RuntimeDirectory
_NAME = "health.json"


@dataclass(frozen=True, slots=True)
class HealthCounts:
    """How the service was at a time; `degraded` and `well` count its conditions."""

    at: datetime
    degraded: int
    well: int


def write_health_counts(folder: Path, found: Iterable[HealthCondition], at: datetime) -> None:
    """Replace the file in one step. Raises OSError."""
    states = [condition.degraded for condition in found]
    text = json.dumps({"at": at.isoformat(), "degraded": sum(states), "well": states.count(False)})
    fresh = folder / f".{_NAME}.part"
    fresh.write_text(text, encoding="utf-8")
    fresh.chmod(0o644)
    fresh.replace(folder / _NAME)


def read_health_counts(folder: Path) -> HealthCounts | None:
    """What was last written; None where nothing is, or nothing that can be read."""
    try:
        told = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        return HealthCounts(datetime.fromisoformat(told["at"]), told["degraded"], told["well"])
    except (OSError, ValueError, KeyError):
        return None
