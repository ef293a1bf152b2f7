"""The settings of alerts: the ways by which the operator hears of them besides by mail.

Does: names the keys of `[alerts]`.
Trusts: nothing in the file.
Never touches: the program and the file that it names; whether they can be used is for `doctor`.
Known limits: none.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from config.part import Beside, OneLine, Part


def _absolute(command: tuple[str, ...]) -> tuple[str, ...]:
    """Raises ValueError for a program that would be looked for."""
    if not Path(command[0]).is_absolute():
        raise ValueError("should begin with the full path of a program")
    return command


Command = Annotated[
    tuple[OneLine, ...], Field(min_length=1, max_length=32), AfterValidator(_absolute)
]


class Alerts(Part):
    """Without a command or a file alerts go by mail alone."""

    command: Command | None = None  # a program and its words; it is given the alert's text
    command_seconds: int = Field(30, strict=True, ge=1, le=300)
    file: Beside | None = None  # alerts are appended to it
    # So long a way may take no letters, and an alert's letter may wait, before they are used; with
    # 0 every alert goes by them as well, at once.
    after_minutes: int = Field(15, strict=True, ge=0, le=10_000)
