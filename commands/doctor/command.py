"""`scr-intake doctor`: runs the table of checks and tells what they say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from commands.clock import clock
from commands.clock_doubt import doubted
from commands.doctor.check import Check, Ground, Said, well, wrong
from commands.doctor.mailboxes import mailboxes
from commands.doctor.outgoing import alerts, digest, outgoing, sample, words
from commands.doctor.sources import drop_folder, secrets, signatures
from commands.doctor.storage import privacy, room, storage
from commands.global_options import ATTENTION, Asked, print_json, say
from commands.refusals import refusal
from commands.unforeseen import where
from config.calendar import moment
from config.settings import load_settings
from intake.database import Ledger


def the_clock(ground: Ground) -> Iterator[Said]:
    """What the machine's clock says."""
    register = ground.settings.storage.register_file
    if not register.exists():
        return
    try:
        with closing(Ledger.to_read(register)) as ledger:
            why = doubted(ledger, ground.settings, ground.now, played=ground.played)
    except Exception as broken:
        if refusal(broken) is None:  # what it is stands under "What is kept"
            raise
        return
    if why is None:
        yield well(f"The clock is believed: {moment(ground.now)}.")
    else:
        yield wrong(f"The clock is doubted. {why.sentence}", why.fix)


CHECKS = (
    Check("Clock", the_clock),
    Check("Secrets", secrets),
    Check("Mailboxes", mailboxes),
    Check("Drop folder", drop_folder),
    Check("Letters", outgoing),
    Check("Alerts", alerts),
    Check("Words of letters", words),
    Check("Digest", digest),
    Check("Signatures", signatures),
    Check("What is kept", storage),
    Check("Room", room),
    Check("Privacy", privacy),
)

# Only when it is asked for, since it does more than look.
SENDING = Check("A sample letter", sample)


SIGNS = {"well": "  ok   ", "soon": "  soon ", "wrong": "  WRONG"}
UNDER = 9  # columns, of what stands below a sentence
UNFORESEEN = "Ask whoever looks after scr-intake, with this line."

Told = tuple[Check, list[Said]]


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--send", is_flag=True, help="Also send a sample letter to the operator.")
@click.pass_obj
def doctor(asked: Asked, as_json: bool, send: bool) -> None:
    """Prove that each part works, and say what does not.

    What is wrong is told in a sentence each, with what to do. Exit status 1 when something is.

    Example: scr-intake doctor
    """
    ground = ground_of(asked)
    checks = (*CHECKS, SENDING) if send else CHECKS
    told = [(check, list(looked(check, ground))) for check in checks]
    if as_json:
        print_json(_as_json(told))
    else:
        for check, said in told:
            _print(check, said)
    if any(one.state == "wrong" for _, said in told for one in said):
        raise click.exceptions.Exit(ATTENTION)


def ground_of(asked: Asked) -> Ground:
    """Raises Refused for settings that cannot be used."""
    settings = load_settings(asked.config)
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    return Ground(
        settings=settings,
        now=clock(settings.board.zone, asked.at)(),
        credentials=Path(credentials) if credentials else None,
        played=asked.at is not None,
    )


def looked(check: Check, ground: Ground) -> Iterator[Said]:
    """What a check says, and where it broke if it did."""
    try:
        yield from check.look(ground)
    except Exception as why:  # noqa: BLE001  one check that breaks stops no other
        yield wrong(f"This check met something it was not written for: {where(why)}", UNFORESEEN)


def _print(check: Check, said: list[Said]) -> None:
    if not said:
        return
    click.echo(check.about)
    for one in said:
        say(f"{SIGNS[one.state]}  {one.sentence}", under=UNDER)
        if one.fix:
            say(f"{'':{UNDER}}{one.fix}")


def _as_json(told: list[Told]) -> list[dict[str, object]]:
    return [
        {"about": check.about, "state": one.state, "sentence": one.sentence, "fix": one.fix}
        for check, said in told
        for one in said
    ]
