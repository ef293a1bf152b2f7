"""What every command was asked with: which settings, and what time to take it to be."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from datetime import datetime
from inspect import cleandoc
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from config.command_line import separate_commands, with_settings_named

EXIT_ATTENTION = 1  # something to attend to
EXIT_USAGE = 2  # the command cannot be run as it was asked

EARLIEST_YEAR, LATEST_YEAR = (
    1990,
    2100,
)  # years; beyond them lie slips of the finger, not rehearsals
MAX_ID = 2**63 - 1  # what the register can number

_Command = TypeVar("_Command", bound=click.Command)


@dataclass(frozen=True, slots=True)
class GlobalOptions:
    """The options that stand before any command."""

    config: Path = Path("scr-intake.toml")
    at: datetime | None = None


class TimeParameter(click.ParamType[datetime]):
    """A time such as 2010-04-01T10:00, in the board's time zone unless it says otherwise."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        try:
            at = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail("write it as 2010-04-01T10:00", param, ctx)
        if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
            self.fail(f"the year lies between {EARLIEST_YEAR} and {LATEST_YEAR}", param, ctx)
        return at


def _settings(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.obj = replace(context.ensure_object(GlobalOptions), config=value)
        context.find_root().obj = context.obj  # which a refusal is told by


def _time(context: click.Context, _: click.Parameter, value: datetime | None) -> None:
    if value is not None:
        context.obj = replace(context.ensure_object(GlobalOptions), at=value)


GLOBAL_OPTIONS = (
    click.Option(
        ["--config"],
        type=click.Path(path_type=Path, dir_okay=False, readable=False),
        callback=_settings,
        expose_value=False,
        help="The settings file; ./scr-intake.toml unless given.",
    ),
    click.Option(
        ["--at"],
        type=TimeParameter(),
        callback=_time,
        expose_value=False,
        help="Act as if it were that time, such as 2010-04-01T10:00; it is never doubted.",
    ),
)


def with_global_options(command: _Command) -> _Command:
    """The command, and all below it, with the global options and an example that can be pasted:
    asking twice adds them once."""
    command.params += [option for option in GLOBAL_OPTIONS if option not in command.params]
    if command.help:
        command.help = _EXAMPLE.sub(_alone, cleandoc(command.help))
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            with_global_options(inner)
    return command


def print_lines(*lines: str, under: int = 0, err: bool = False) -> None:
    """Print each, with every command on a line of its own, to be pasted as it stands, so many
    columns from the margin; it names the settings where they were given by name."""
    text = separate_commands("\n".join(lines), under)
    context = click.get_current_context(silent=True)
    asked = context.find_object(GlobalOptions) if context is not None else None
    if asked is not None and asked.config != GlobalOptions().config:
        text = with_settings_named(text, str(asked.config.absolute()))
    click.echo(text, err=err)


_EXAMPLE = re.compile(r"^Example: (.+)", re.M | re.S)


def _alone(found: re.Match[str]) -> str:
    """The example on a line of its own, which click does not wrap (`\\b`)."""
    return f"\b\nExample:\n  {' '.join(found[1].split())}"


def exit_with_message(sentence: object, status: int = EXIT_ATTENTION) -> NoReturn:
    """Say why on standard error and end with `status`."""
    print_lines(str(sentence), err=True)
    raise click.exceptions.Exit(status)


def print_json(value: object) -> None:
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def credentials_folder() -> Path | None:
    """Where systemd keeps the secrets it was told to hand this service."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) if folder else None
