"""`scr-intake entry withdraw ID`: what an agency never should have sent is destroyed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from commands.composition.app import Application, open_application
from commands.decisions.decision_prompt import (
    CHANGED_MEANWHILE,
    decision_options,
    decision_reason,
)
from commands.decisions.effects import decision_effects
from commands.decisions.originals_there import OriginalsThere, originals_there
from commands.decisions.plain_copies import ClearedCopies, clear_plain_copies
from commands.decisions.withdrawal_note import WithdrawalNote, backup_sentences, withdrawal_note
from commands.entries import ENTRY_ARGUMENT, matter_or_exit
from commands.global_options import GlobalOptions, exit_with_message, print_json, print_lines
from config.english import join_with_and
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import DecisionReason, DecisionRefused
from handlers.register.withdrawals import Withdrawal


@click.group
def entry() -> None:
    """Withdraw what an agency never should have sent.

    Example: scr-intake entry withdraw 41 --reason "Another child's file"
    """


@entry.command
@ENTRY_ARGUMENT
@decision_options
@click.option("--tell", default="", help="Words for the agency, put into the letter.")
@click.option(
    "--note",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A new file for the note to the data protection officer; it is printed unless given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the note as JSON.")
@click.pass_obj
def withdraw(
    asked: GlobalOptions,
    id: int,
    reason: str,
    yes: bool,
    tell: str,
    note: Path | None,
    as_json: bool,
) -> None:
    """Destroy what came, and what was read from it; its row stays, and says that it was withdrawn.

    For what an agency never should have sent, such as another child's file. All entries of the same
    document in the case go, and the messages it came in. The return it stood for is owed as before
    it came, and a letter to the agency confirms it.

    Example: scr-intake entry withdraw 41 --reason "Another child's file" --note /root/dpo.txt
    """
    why = decision_reason(reason, tell=tell)
    if note is not None and note.exists():
        raise click.UsageError(f"{note} is there already. Give a new file.")
    with open_application(asked) as app:
        made = _plan_or_exit(app, id, why)
        there = originals_there(app, made)
        print_lines(*_told(app, made, there), err=as_json)
        if not yes and not click.confirm("Destroy it for good?", err=as_json):
            exit_with_message("Nothing was destroyed.")
        cleared = _carry_out(app, made, id, why, there)
        told = withdrawal_note(app, made, why, there, cleared)
        app.register.withdrawals.destroyed.finish(app.now())
    _give(told, note, there, as_json=as_json)


def _plan_or_exit(app: Application, id: int, why: DecisionReason) -> Withdrawal:
    entry = matter_or_exit(app, id).entry
    cases = app.register.case_matrix(app.now().date())
    zone = app.settings.board.zone_info
    made = app.register.withdrawals.plan_withdrawal(entry, cases, why, zone)
    if isinstance(made, DecisionRefused):
        exit_with_message(made.why)
    return made


def _carry_out(
    app: Application, made: Withdrawal, id: int, why: DecisionReason, there: OriginalsThere
) -> ClearedCopies:
    """What lies plain goes first: who is stopped there does it all again. That an original was lost
    before is recorded: nothing else tells of it after."""
    with app.register.transaction():
        if _plan_or_exit(app, id, why) != made:
            exit_with_message(CHANGED_MEANWHILE)
        cleared = clear_plain_copies(app, made)
        if there.lost:
            lost = {"missing": there.missing, "spoiled": there.spoiled}
            app.register.record.append(app.now(), AuditAct.ORIGINALS_LOST, entry=id, **lost)
        app.register.withdrawals.record(made, app.now())
    return cleared


def _told(app: Application, made: Withdrawal, there: OriginalsThere) -> Iterator[str]:
    numbers = join_with_and([str(entry.id) for entry in made.entries])
    entries = "Entries" if len(made.entries) > 1 else "Entry"
    are = "are" if there.whole else "is"
    yield f"{entries} {numbers}: {there.destroyed} {are} destroyed for good."
    yield from there.lost_sentences
    yield from decision_effects(
        app, made.decisions, lambda: app.register.withdrawals.record(made, app.now())
    )
    yield from backup_sentences(app)


def _give(told: WithdrawalNote, note: Path | None, there: OriginalsThere, *, as_json: bool) -> None:
    if note is not None:
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(told.as_text())
            file.flush()
            os.fsync(file.fileno())
    if as_json:
        print_json(told.as_json())
        return
    click.echo(f"{_done(there)} Letters go with the next round.")
    if note is not None:
        click.echo(f"The note for the data protection officer is in {note}.")
        print_lines(*told.facts["What lies out of our reach"])
    else:
        click.echo("For the data protection officer:\n\n" + told.as_text())


def _done(there: OriginalsThere) -> str:
    if there.lost:
        return "What there was is destroyed, and what was lost before it is in the record."
    return "It is destroyed, and in the record."
