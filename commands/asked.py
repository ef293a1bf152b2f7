"""What every command was asked with: which settings, and what time to take it to be.

Does: carries the global options, and ends a command with a sentence and an exit status.
Trusts: nothing typed.
Never touches: anything else.
Known limits: none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

ATTENTION = 1  # something to attend to
USAGE = 2  # the command cannot be run as it was asked


@dataclass(frozen=True, slots=True)
class Asked:
    """The global options."""

    config: Path
    at: datetime | None


class Time(click.ParamType[datetime]):
    """A time such as 2010-04-01T10:00, in the board's time zone unless it says otherwise."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            return datetime.fromisoformat(str(value))
        except ValueError:
            self.fail("write it as 2010-04-01T10:00", param, ctx)


def stop(sentence: object, status: int = ATTENTION) -> NoReturn:
    """Say why on standard error and end with `status`."""
    click.echo(str(sentence), err=True)
    raise click.exceptions.Exit(status)


def print_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))
