"""A check: what it is given, and what it says.

Does: names the values that pass between a check and the command that runs it.
Trusts: nothing.
Never touches: anything.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from config.settings import Settings

State = Literal["well", "soon", "wrong"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What every check may look at. `credentials` is systemd's folder of secrets, if there is
    one; `now` is in the board's time zone, and `played` where `--at` gave it."""

    settings: Settings
    now: datetime
    credentials: Path | None = None
    played: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was looked at, in a sentence, and what to do about it ("" when it is well).

    `soon` is well today and will not be for long; `wrong` makes the command end with status 1.
    """

    state: State
    sentence: str
    fix: str = ""


def well(sentence: str) -> Said:
    return Said("well", sentence)


def soon(sentence: str, fix: str) -> Said:
    return Said("soon", sentence, fix)


def wrong(sentence: str, fix: str) -> Said:
    return Said("wrong", sentence, fix)


class Check(NamedTuple):
    """One line of the table: what the check is about, and the function that looks."""

    about: str
    look: Callable[[Ground], Iterator[Said]]
