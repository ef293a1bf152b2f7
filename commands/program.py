"""The command line: its table of commands, its global options, its exit statuses.

Does: parses, dispatches, and turns what the world may refuse into sentences. Exit status 0: all
is well; 1: something to attend to; 2: it cannot be run as it was asked.
Trusts: nothing typed.
Never touches: what a command does.
Known limits: none.
"""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

import click

from commands.asked import ATTENTION, USAGE, Asked, Time
from commands.case import case
from commands.check import check
from commands.demo.command import demo
from commands.house import AnotherAtWork
from commands.init import init
from commands.letters import letters
from commands.once import once
from commands.run import run
from commands.status import status
from commands.unforeseen import where
from config.problem import Refused
from handlers.worker.outcomes import NoWorker
from intake.keys import KeysExposed, KeysMissing, KeysSpoiled
from intake.ledger import RegisterUnreadable, SqliteTooOld
from intake.vault import OriginalMissing, SealBroken

COMMANDS = (init, case, once, run, check, status, letters, demo)

# What the world may refuse; each docstring is the sentence people read.
_WORLD = (
    *(AnotherAtWork, KeysExposed, KeysMissing, KeysSpoiled, NoWorker),
    *(OriginalMissing, RegisterUnreadable, SealBroken, SqliteTooOld),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("scr-intake.toml"),
    show_default=True,
    help="The settings file.",
)
@click.option("--at", type=Time(), help="Act as if it were that time, such as 2010-04-01T10:00.")
@click.version_option(package_name="scr-intake")
@click.pass_context
def program(context: click.Context, config: Path, at: datetime | None) -> None:
    """Takes in what agencies return for a case review, judges it, logs it and answers.

    Example: scr-intake init board && cd board && scr-intake once
    """
    context.obj = Asked(config, at)


for _command in COMMANDS:
    program.add_command(_command)


def main() -> None:
    """The console script."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status = program(standalone_mode=False)
    except click.exceptions.Abort:
        raise SystemExit(ATTENTION) from None
    except click.UsageError as why:
        why.show()
        raise SystemExit(USAGE) from None
    except Refused as why:
        click.echo(str(why), err=True)
        raise SystemExit(USAGE) from None
    except _WORLD as why:
        sentence = str(why) if isinstance(why, NoWorker) else (why.__doc__ or "").strip()
        detail = f" ({why})" if why.args and not isinstance(why, NoWorker) else ""
        click.echo(f"{sentence}{detail}", err=True)
        raise SystemExit(ATTENTION) from None
    except Exception as why:  # noqa: BLE001  a bug of ours is told, without what it was reading
        click.echo(f"scr-intake met something it was not written for: {where(why)}", err=True)
        raise SystemExit(ATTENTION) from None
    raise SystemExit(status if isinstance(status, int) else 0)
