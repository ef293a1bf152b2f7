"""`scr-intake case`: loads, shows, holds, extends and closes cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shlex import quote
from typing import Any, Literal

import click

from commands.composition.app import Application, open_application
from commands.decisions.agency_folders import make_agency_folders
from commands.decisions.case_status import case_as_json, case_status_lines
from commands.decisions.decision_prompt import (
    decision_options,
    decision_reason,
    settle_decision,
    settle_request,
)
from commands.extend_waive import DAY_TYPE, REFERENCE_ARGUMENT, case_or_exit
from commands.given_paths import GivenFile
from commands.global_options import (
    EXIT_ATTENTION,
    GlobalOptions,
    exit_with_message,
    print_json,
    print_lines,
)
from config.calendar import date_in_words
from config.case_file import CaseFile, case_without_contact, load_case_file
from config.user_file import InvalidUserFile
from handlers.register.agencies import RegisteredContact
from handlers.register.decision import (
    Decision,
    DecisionReason,
    DecisionRefused,
)
from handlers.register.matrix import CaseRow
from handlers.register.pruning import LeftOutOfFile, find_left_out
from handlers.register.requests import Request
from handlers.register.shared_short_names import shared_short_names
from outbox.writing.guard_name_clashes import subject_name_clashes


def left_out_sentences(app: Application, file: CaseFile) -> list[str]:
    """What the file leaves out, a sentence each."""
    tail = "is not in the file; it is kept."
    return [
        f"{file.reference}, {one.code}: {_called(app, one)} {tail}" for one in _left_out(app, file)
    ]


def prune_left_out(app: Application, file: CaseFile, why: DecisionReason, *, yes: bool) -> None:
    """Take out what the file leaves out, one after the other."""
    for one in list(_left_out(app, file)):
        whose = f"{file.reference}, {one.name}"
        settle_decision(
            app,
            lambda one=one: _decided(app, file, one, why),  # type: ignore[misc]  # bound here
            lambda made, one=one: _take_out(app, file, one, made),  # type: ignore[misc]
            yes=yes,
            told=[f"{whose}: {_called(app, one)} is not in the file."],
        )


def _left_out(app: Application, file: CaseFile) -> Iterator[LeftOutOfFile]:
    people = app.register.people.contacts_of_agency
    for case in _case(app, file):
        yield from find_left_out(file, case, people, app.kinds)


def _case(app: Application, file: CaseFile) -> list[CaseRow]:
    return app.register.case_matrix(app.now().date(), file.reference)


def _decided(
    app: Application, file: CaseFile, one: LeftOutOfFile, why: DecisionReason
) -> Decision | DecisionRefused:
    for case in _case(app, file):
        if one in find_left_out(file, case, app.register.people.contacts_of_agency, app.kinds):
            return one.removal_decision(case, why)
    return DecisionRefused("It is gone already.")


def _take_out(app: Application, file: CaseFile, one: LeftOutOfFile, made: Decision) -> None:
    if isinstance(one.what, RegisteredContact):
        now = app.register.cases.case_file(file.reference)
        app.register.cases.save_case_file(
            case_without_contact(now, one.code, one.what.email, one.what.role)
        )
    app.register.decisions.record_decision(made, app.now())


def _called(app: Application, one: LeftOutOfFile) -> str:
    if isinstance(one.what, RegisteredContact):
        return f"the {one.what.role} {one.what.name}"
    return f"the {app.kinds[one.what.kind].noun}"


@click.command
@REFERENCE_ARGUMENT
@click.option("--to", "to", required=True, type=DAY_TYPE, help="The new day, such as 2010-12-01.")
@click.option("--agreed-by", required=True, help="Who agreed to it in writing, and when.")
@decision_options
@click.pass_obj
def extend(
    asked: GlobalOptions, reference: str, to: datetime, agreed_by: str, reason: str, yes: bool
) -> None:
    """Give a review more time, as somebody has agreed in writing.

    What agencies owe stays due when it is. A later `case load` leaves the new day alone, unless it
    changes the day in the file.

    Example: scr-intake case extend N12 --to 2010-12-01 --agreed-by "Chair" --reason "The court"
    """
    if not agreed_by.strip():
        raise click.UsageError("--agreed-by should say who agreed to it in writing.")
    why = decision_reason(reason, agreed_by=agreed_by)
    with open_application(asked) as app:
        request = Request("prolong", why, case=reference, until=to.date())
        settle_request(app, request, yes=yes)


@click.command
@REFERENCE_ARGUMENT
@click.option("--done", required=True, type=DAY_TYPE, help="The day it was to be on: 2010-05-05.")
@click.pass_obj
def milestone(asked: GlobalOptions, reference: str, done: datetime) -> None:
    """Mark a milestone of a review done: what was to be on that day.

    Nobody is written to. A later `case load` leaves it done, unless the file says `done = false`.

    Example: scr-intake case milestone N12 --done 2010-05-05
    """
    day = done.date()
    with open_application(asked) as app:
        case = case_or_exit(app, reference)
        marked = app.register.cases.mark_milestone_done(case.reference, day, app.now())
        if not marked:
            exit_with_message(
                f"{case.reference} has no milestone on {date_in_words(day)} that is not done."
                " Nothing was changed. To list them:"
                f" `scr-intake case show {quote(case.reference)}`"
            )
    click.echo(
        "\n".join(f"{case.reference}: {what}, {date_in_words(day)}: done." for what in marked)
    )


def _putting(what: Literal["hold", "reopen", "close"], told: str, reason: str) -> click.Command:
    """The command that puts a case where `what` says."""

    @click.command(what, help=f'{told}\n\nExample: scr-intake case {what} N12 --reason "{reason}"')
    @REFERENCE_ARGUMENT
    @decision_options
    @click.pass_obj
    def command(asked: GlobalOptions, reference: str, reason: str, yes: bool) -> None:
        why = decision_reason(reason)
        with open_application(asked) as app:
            settle_request(app, Request(what, why, case=reference), yes=yes)

    return command


hold = _putting(
    "hold",
    "Put a case on hold: nothing in it is chased.",
    "The court has asked us to wait",
)
reopen = _putting(
    "reopen",
    "Let a case go on that was on hold or closed.",
    "The court has decided",
)
close = _putting(
    "close",
    "Close a case: nothing in it is awaited any more.",
    "The report is published",
)


@click.group
def case() -> None:
    """Load and show cases.

    Example: scr-intake case load case-n12.toml
    """


for _command in (hold, reopen, close, extend, milestone):
    case.add_command(_command)


@case.command("load")
@click.argument("file", metavar="FILE", type=GivenFile())
@click.option("--prune", "pruned", is_flag=True, help="Take out what the file leaves out.")
@click.option("--reason", default="", help="Why it is taken out (with --prune).")
@click.option("--yes", is_flag=True, help="Do not ask about it (with --prune).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def load(
    asked: GlobalOptions, file: Path, pruned: bool, reason: str, yes: bool, as_json: bool
) -> None:
    """Load or update a case from a TOML file, and say what changed.

    Says as well where a subject is called like a word of the board's own letters, which would be
    stopped, and where an agency's abbreviation may mean another agency of the case.

    What the file leaves out is kept, and told. With --prune its people are removed and what is
    still owed is waived, each asked about first. The service may be running; it goes by the new
    case from its next round on.

    Example: scr-intake case load case-n12.toml
    """
    given = decision_reason(reason) if pruned else None
    if pruned and as_json:
        raise click.UsageError("--prune asks about each thing, so it prints no JSON.")
    # One transaction of its own: it needs no lock against the service, whose turn comes after.
    with open_application(asked) as app:
        try:
            checked = load_case_file(file, app.kinds)
        except InvalidUserFile as why:
            exit_with_message(why, EXIT_ATTENTION)
        first = not app.register.cases.case_references()
        changes = app.register.cases.load_case(checked, app.now())
        trouble = make_agency_folders(app, first=first)
        left = left_out_sentences(app, checked)
        warnings = list(subject_name_clashes(checked, app.kinds, app.settings.board))
        warnings += shared_short_names(checked)
        if as_json:
            told = {"reference": checked.reference, "changes": changes, "kept": left}
            print_json(told | ({"warnings": warnings} if warnings else {}))
        else:
            click.echo("\n".join(changes) or f"{checked.reference}: nothing has changed.")
            for warning in warnings:
                click.echo(f"Take care. {warning}")
            if given is not None:
                prune_left_out(app, checked, given, yes=yes)
            elif left:
                click.echo("\n".join([*left, "`--prune` takes out what the file leaves out."]))
    if trouble:
        exit_with_message(trouble)


@case.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_(asked: GlobalOptions, as_json: bool) -> None:
    """Show every case as a matrix, agency by return.

    Example: scr-intake case list
    """
    with open_application(asked) as app:
        _show(app, None, as_json)


@case.command("show")
@click.argument("reference", metavar="REF")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(asked: GlobalOptions, reference: str, as_json: bool) -> None:
    """Show one case as a matrix, agency by return.

    Example: scr-intake case show N12
    """
    with open_application(asked) as app:
        _show(app, reference, as_json)


def _show(app: Application, reference: str | None, as_json: bool) -> None:
    today = app.now().date()
    rows = app.register.matrix_with_milestones(today, reference)
    if reference is not None and not rows:
        exit_with_message(
            f"There is no case {reference}. To list those there are: `scr-intake case list`"
        )
    if as_json:
        told: list[dict[str, Any]] = [case_as_json(row) for row in rows]
        print_json(told[0] if reference is not None else told)
        return
    if not rows:
        print_lines("No case is loaded yet. To load one: `scr-intake case load FILE`")
    for row in rows:
        for line in case_status_lines(row, app.kinds, today):
            click.echo(line)
        click.echo()
