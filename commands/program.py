"""The command line: its table of commands, its global options, its exit statuses.

Exit status 0: all is well; 1: something to attend to; 2: it cannot be run as it was asked. A
command's module is loaded when the command is asked for.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import NamedTuple

import click

from commands.global_options import (
    EXIT_ATTENTION,
    EXIT_USAGE,
    GlobalOptions,
    print_lines,
    with_global_options,
)
from commands.unforeseen import bug_location
from config.command_line import unfilled_placeholder


class CommandEntry(NamedTuple):
    """One command: its word, the module that has it under that name, and what it does."""

    word: str
    module: str
    does: str


COMMANDS = (
    CommandEntry("init", "commands.init", "Write settings and folders into DIR, ready to run."),
    CommandEntry("case", "commands.case", "Load and show cases."),
    CommandEntry("once", "commands.once", "Take in, judge, log, write and send what there is."),
    CommandEntry("run", "commands.run", "The same as a service, until it is told to stop."),
    CommandEntry("template", "commands.template", "Stamp a Word template for one agency's return."),
    CommandEntry("check", "commands.check", "Judge documents without logging anything."),
    CommandEntry("status", "commands.status", "Show counts, and where every return stands."),
    CommandEntry(
        "doctor", "commands.doctor.command", "Prove that each part works, and say what does not."
    ),
    CommandEntry(
        "due", "commands.due", "Show who would be reminded and chased, and when, without sending."
    ),
    CommandEntry(
        "digest",
        "commands.digest",
        "Show today's digest as it would be written now, without sending; or what the last one"
        " asked.",
    ),
    CommandEntry(
        "answers", "commands.answers", "Show how a reply to a digest would be understood."
    ),
    CommandEntry(
        "held", "commands.entries", "List what is held: nobody is told until a person decides."
    ),
    CommandEntry(
        "referred",
        "commands.entries",
        "List what was referred: its sender knows that a person will look.",
    ),
    CommandEntry(
        "show",
        "commands.entries",
        "Show one entry: what was found, where its return stands, what was decided.",
    ),
    CommandEntry("open", "commands.open", "Decrypt a copy of what came, to read it."),
    CommandEntry(
        "accept", "commands.accept_reject", "Decide that an entry is good; its return is settled."
    ),
    CommandEntry(
        "reject",
        "commands.accept_reject",
        "Decide that an entry has to be mended, or that nothing comes of it.",
    ),
    CommandEntry(
        "assign",
        "commands.assign",
        "Say whose an entry is, and what it is; its documents are judged as that.",
    ),
    CommandEntry("entry", "commands.withdraw", "Withdraw what an agency never should have sent."),
    CommandEntry(
        "extend",
        "commands.extend_waive",
        "Agree to more time for a return, or for several of an agency.",
    ),
    CommandEntry("waive", "commands.extend_waive", "Do without a return, or several of an agency."),
    CommandEntry("contact", "commands.contact", "Register, remove and pause people."),
    CommandEntry("audit", "commands.audit", "Check the record, and read it."),
    CommandEntry(
        "backup",
        "commands.backup",
        "Back up the register and the vault into DIR, and prove that it can be restored.",
    ),
    CommandEntry(
        "restore",
        "commands.restore",
        "Restore a backup into the empty folder TARGET, and look it through.",
    ),
    CommandEntry(
        "recover",
        "commands.recover",
        "Take in again what came and left after the backup that was restored.",
    ),
    CommandEntry(
        "keys", "commands.keys_rotation", "Change the key that everything kept is sealed under."
    ),
    CommandEntry("letters", "commands.letters", "Show what is queued, sent and failed."),
    CommandEntry(
        "outbox",
        "commands.outbox",
        "Show whether letters leave, how many wait, for what each waits, and who is out of reach.",
    ),
    CommandEntry("alerts", "commands.alerts", "Show by which ways the operator is alerted."),
    CommandEntry("clock", "commands.clock_doubt", "Show whether the clock is believed."),
    CommandEntry("demo", "commands.demo.command", "See the whole job on a made-up board."),
)


class CommandTable(click.Group):
    """A group whose commands are the table above, in its order."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuses what was pasted as it was printed, before any command reads it."""
        if left := unfilled_placeholder(args):
            raise click.UsageError(left, ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """What is refused is told here, while it is known which settings were asked for."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.exceptions.Abort):
            raise
        except Exception as why:
            if isinstance(why, BrokenPipeError):  # a reader that goes away
                raise
            raise SystemExit(_told(why)) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [offer.word for offer in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for offer in COMMANDS:
            if offer.word == cmd_name:
                with _without_collecting_garbage():
                    command: click.Command = getattr(import_module(offer.module), cmd_name)
                return with_global_options(command)
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(offer.word, offer.does) for offer in COMMANDS])


@contextmanager
def _without_collecting_garbage() -> Iterator[None]:
    """Modules are loaded to stay: to look for garbage among them, again and again as they become
    more, took a tenth of the time in which a command starts."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@with_global_options
@click.group(
    cls=CommandTable,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="scr-intake")
@click.pass_context
def program(context: click.Context) -> None:
    """Takes in what agencies return for a case review, judges it, logs it and answers.

    --config and --at may stand before the command or after it.

    Example: scr-intake init board && cd board && scr-intake once
    """
    context.ensure_object(GlobalOptions)


def main() -> None:
    """Run the console script `scr-intake`."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status = program(prog_name="scr-intake", standalone_mode=False)
    except click.exceptions.Abort:
        raise SystemExit(EXIT_ATTENTION) from None
    except click.UsageError as why:
        why.show()
        raise SystemExit(EXIT_USAGE) from None
    raise SystemExit(status if isinstance(status, int) else 0)


def _told(why: Exception) -> int:
    """Says what was refused, or where a bug of ours was met; gives the exit status."""
    # Loads every room, which only a refusal is worth.
    from commands.exception_sentences import refusal_sentence

    bug = f"scr-intake met something it was not written for: {bug_location(why)}", EXIT_ATTENTION
    sentence, status = refusal_sentence(why) or bug
    print_lines(sentence, err=True)
    return status
