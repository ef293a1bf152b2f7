"""The chasing ladder, as data.

Does: reads `config/ladder.toml`.
Trusts: that file, which ships with the program.
Never touches: the register, the clock.
Known limits: one ladder for all kinds of return.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from config.casefile import Role


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: so many working days after the due date, this letter, to these roles."""

    days: int
    letter: Literal["reminder", "chaser", "escalation"]
    to: tuple[Role, ...]


_SHIPPED = Path(__file__).with_suffix(".toml")


def load_ladder(path: Path = _SHIPPED) -> tuple[Rung, ...]:
    """The rungs in order of days."""
    raw = tomllib.loads(path.read_text(encoding="utf-8"))["rung"]
    return tuple(sorted(TypeAdapter(tuple[Rung, ...]).validate_python(raw), key=lambda r: r.days))
