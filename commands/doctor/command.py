"""`scr-intake doctor`: runs the table of checks and tells what they say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import click

from commands.clock_doubt import register_clock_doubt
from commands.composition.board_owner import load_own_settings
from commands.composition.clock import make_clock
from commands.composition.usable_register import open_if_usable
from commands.doctor.check import (
    DoctorCheck,
    DoctorContext,
    DoctorResult,
    well_result,
    wrong_result,
)
from commands.doctor.mailboxes import check_mailboxes
from commands.doctor.outgoing import (
    check_alerts,
    check_digest,
    check_metrics,
    check_outgoing,
    check_templates,
    send_sample_letter,
)
from commands.doctor.scanner import check_scanner
from commands.doctor.sources import (
    check_answers,
    check_drop_folder,
    check_secrets,
    check_signatures,
)
from commands.doctor.storage import check_disk_room, check_privacy, check_storage
from commands.doctor.trial_link import send_trial_link
from commands.given_paths import permission_sentence
from commands.global_options import EXIT_ATTENTION, GlobalOptions, print_json, print_lines
from commands.unforeseen import bug_location
from config.calendar import moment_in_words
from intake.database import RegisterUnusable


def check_clock(context: DoctorContext) -> Iterator[DoctorResult]:
    """What the machine's clock says."""
    with open_if_usable(context.settings, context.credentials) as database:
        if database is None:  # what it is stands under "What is kept"
            return
        why = register_clock_doubt(database, context.settings, context.now, played=context.played)
    if why is None:
        yield well_result(f"The clock is believed: {moment_in_words(context.now)}.")
    else:
        yield wrong_result(f"The clock is doubted. {why.sentence}", why.fix)


DOCTOR_CHECKS = (
    DoctorCheck("Clock", check_clock),
    DoctorCheck("Secrets", check_secrets),
    DoctorCheck("Mailboxes", check_mailboxes),
    DoctorCheck("Answers by mail", check_answers),
    DoctorCheck("Drop folder", check_drop_folder),
    DoctorCheck("Letters", check_outgoing),
    DoctorCheck("Alerts", check_alerts),
    DoctorCheck("Measurements", check_metrics),
    DoctorCheck("Words of letters", check_templates),
    DoctorCheck("Digest", check_digest),
    DoctorCheck("Virus scanner", check_scanner),
    DoctorCheck("Signatures", check_signatures),
    DoctorCheck("What is kept", check_storage),
    DoctorCheck("Room", check_disk_room),
    DoctorCheck("Privacy", check_privacy),
)

# Only when it is asked for, since it does more than look.
SENDING_CHECKS = (
    DoctorCheck("A sample letter", send_sample_letter),
    DoctorCheck("A test link", send_trial_link),
)


STATE_SIGNS = {"well": "  ok   ", "soon": "  soon ", "wrong": "  WRONG"}
INDENT_COLUMNS = 9  # columns, of what stands below a sentence
UNFORESEEN_HINT = "Ask whoever looks after scr-intake, with this line."

CheckResults = tuple[DoctorCheck, list[DoctorResult]]


@click.command
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--send", is_flag=True, help="Also send a sample letter and a test link.")
@click.pass_obj
def doctor(asked: GlobalOptions, as_json: bool, send: bool) -> None:
    """Prove that each part works, and say what does not.

    What is wrong is told in a sentence each, with what to do. Exit status 1 when something is. With
    --send the operator gets a sample letter, and the administrator a link whose answer says whether
    their mails are believed.

    Example: scr-intake doctor
    """
    context = doctor_context(asked)
    checks = (*DOCTOR_CHECKS, *SENDING_CHECKS) if send else DOCTOR_CHECKS
    told = [(check, list(run_doctor_check(check, context))) for check in checks]
    if as_json:
        print_json(_as_json(told))
    else:
        for check, said in told:
            _print(check, said)
    if any(one.state == "wrong" for _, said in told for one in said):
        raise click.exceptions.Exit(EXIT_ATTENTION)


def doctor_context(asked: GlobalOptions) -> DoctorContext:
    """Raises InvalidUserFile for settings that cannot be used."""
    settings = load_own_settings(asked.config, begun=True)
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    return DoctorContext(
        settings=settings,
        now=make_clock(settings.board.zone_info, asked.at)(),
        credentials=Path(credentials) if credentials else None,
        played=asked.at is not None,
    )


def run_doctor_check(check: DoctorCheck, context: DoctorContext) -> Iterator[DoctorResult]:
    """What a check says, and where it broke if it did."""
    try:
        yield from check.look(context)
    except Exception as why:  # noqa: BLE001  one check that breaks stops no other
        if isinstance(why, RegisterUnusable):  # met in the midst: it stands under "What is kept"
            return
        if isinstance(why, PermissionError) and (told := permission_sentence(why)) is not None:
            yield wrong_result(told, "Let the service's user in, or name another place.")
            return
        yield wrong_result(
            f"This check met something it was not written for: {bug_location(why)}", UNFORESEEN_HINT
        )


def _print(check: DoctorCheck, said: list[DoctorResult]) -> None:
    if not said:
        return
    click.echo(check.about)
    for one in said:
        print_lines(f"{STATE_SIGNS[one.state]}  {one.sentence}", under=INDENT_COLUMNS)
        if one.fix:
            print_lines(indent(one.fix, " " * INDENT_COLUMNS))


def _as_json(told: list[CheckResults]) -> list[dict[str, object]]:
    return [
        {"about": check.about, "state": one.state, "sentence": one.sentence, "fix": one.fix}
        for check, said in told
        for one in said
    ]
