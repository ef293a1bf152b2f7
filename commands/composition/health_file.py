"""Writes and reads how many things degrade the service: the one file that every user may read."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from outbox.health.health_conditions import HealthCondition

# The unit's RuntimeDirectory. The folder of the register has the file as well: whoever may enter it
# reads of this board there, also where no unit runs it.
RUNTIME_FOLDER = Path("/run/scr-intake")
_NAME = "health.json"


@dataclass(frozen=True, slots=True)
class HealthCounts:
    """How the service was at a time; `degraded` and `well` count its conditions."""

    at: datetime
    degraded: int
    well: int


def publish_health(register: Path, found: Iterable[HealthCondition], at: datetime) -> None:
    """Write it where everybody looks who may enter: beside the register, and where systemd gave the
    service a folder. Where that cannot be done, a monitor sees that the file grows old."""
    given, told = os.environ.get("RUNTIME_DIRECTORY"), list(found)
    for folder in (register.parent, *([Path(given)] if given is not None else [])):
        with suppress(OSError):
            write_health_counts(folder, told, at)


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
