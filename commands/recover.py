"""`scr-intake recover`: after a restore, takes in again what came and left since the backup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from commands.composition.app import Application, open_application
from commands.given_paths import GivenFile
from commands.global_options import EXIT_ATTENTION, GlobalOptions, exit_with_message, print_lines
from commands.restoring.acts_again import (
    act_again,
    acts_to_do_again,
    is_withdrawal,
    withdrawn_before,
)
from commands.restoring.only_in_register import tell_only_in_register
from commands.restoring.recovery_steps import RecoveryReport, RegisterRecovery
from config.calendar import moment_in_words
from config.english import count_noun, join_with_and
from intake.journal import JournalLine
from outbox.sending.after_restore import (
    RecoveryRecords,
    current_recovery,
    recover_command,
    vault_before_restore,
)

RESUME_CHASING = "scr-intake recover --resume-chasing"
_MAX_ACTS = 200  # that are told one by one
_NO_JOURNAL = (
    "In the folder of {vault} no journal goes back to the backup, so that it is not known who"
    " has been answered since. Nothing was done. Name the vault that was in use before the restore:"
    " `{command}` If that is lost, people may hear from us twice:"
    " `{without}`"
)


@click.command
@click.option(
    "--vault",
    "before",
    metavar="DIR",
    type=GivenFile(folder=True),
    help="The vault that was in use before the restore, where it is still there.",
)
@click.option(
    "--without-journal",
    is_flag=True,
    help="Go on where that vault is lost: it is not known what left.",
)
@click.option(
    "--resume-chasing", is_flag=True, help="Let reminders, chasers and escalations go again."
)
@click.pass_obj
def recover(
    asked: GlobalOptions, before: Path | None, without_journal: bool, resume_chasing: bool
) -> None:
    """Take in again what came and left after the backup that was restored.

    The service must not be running. Until it is done no letter leaves; from then on nobody is
    chased until --resume-chasing. What people decided since the backup is listed: it has to be
    decided again. If this is stopped half-way, running it again finishes it. What came and left
    stands in the journal of the vault that was in use: without it nobody knows who was answered.

    Example: scr-intake recover --vault /var/lib/scr-intake/vault
    """
    with open_application(asked, working=True, older=not resume_chasing) as app:
        if resume_chasing:
            print_lines(*_resumed(app))
            return
        if before is not None and before.resolve() == app.vault.folder.resolve():
            before = None
        recovery = RegisterRecovery(app, before)
        if not without_journal and recovery.lacks_journal():
            exit_with_message(_without_journal(app, before))
        report = recovery.run()
        print_lines(*_lines(app, report))
    if report.troubles:
        for trouble in report.troubles:
            click.echo(trouble, err=True)
        exit_with_message(
            "Not all could be taken in again, and no letter leaves until it is. Run it again.",
            EXIT_ATTENTION,
        )


def _without_journal(app: Application, before: Path | None) -> str:
    """The vault that was in use is named where it is known, and was not just tried in vain."""
    known = vault_before_restore(app.database)
    if known is None or not known.is_dir() or (before and known.resolve() == before.resolve()):
        known = Path("DIR")
    return _NO_JOURNAL.format(
        vault="this vault, and of the one that is named," if before else "this vault",
        command=recover_command(known),
        without=f"{recover_command(before)} --without-journal",
    )


def _resumed(app: Application) -> Iterator[str]:
    """Lets chasing go, and says what a person who does so may have forgotten."""
    records = RecoveryRecords(app.database, app.register.record)
    current = records.current()
    if current is None:
        yield "Chasing is not held."
        return
    open_ = acts_to_do_again(app, RegisterRecovery(app, None).acts_since())
    if not records.let_chasing_go(app.now()):
        exit_with_message(
            "What came and left after the backup is not taken in again yet. To do that first:"
            f" `{recover_command(vault_before_restore(app.database))}`"
        )
    if open_:
        yield "What people did after the backup, and is not done again yet, as far as is known:"
        yield from _listed(app, open_)
    yield "Reminders, chasers and escalations leave again from the next round on."


def _lines(app: Application, report: RecoveryReport) -> Iterator[str]:
    current = current_recovery(app.database)
    if not report.needed or current is None:
        yield "Nothing is missing: this register has all that the vault's journal tells of."
        return
    yield from _destroyed(report, app)
    zone = app.settings.board.zone_info
    if current.until is not None:
        yield f"This register reached up to {moment_in_words(current.until.astimezone(zone))}."
    yield (
        f"Taken in again: {count_noun(report.messages, 'message')} and"
        f" {count_noun(report.files, 'file')}."
    )
    yield f"Letters that had left since, which nobody gets again: {report.letters + report.told}."
    if not report.covered:
        yield (
            "Whether more had left, and what people decided, is not known: no journal goes back to"
            " the backup. Somebody may hear from us twice."
        )
    if report.told:
        yield (
            f"{count_noun(report.told, 'letter')} of these told of what this register does not"
            " have, such as a decision."
            " Decided again in the same way, it is told to nobody twice."
        )
    if report.lost:
        yield (
            f"Nowhere to be found: {count_noun(report.lost, 'document')} of which the journal"
            " tells. Ask for them again."
        )
    yield from tell_only_in_register(app, report.alone)
    yield from _acts(report, current.until, app)
    yield (
        "Nobody is reminded or chased until you say so, once what was decided is decided again:"
        f" `{RESUME_CHASING}`"
    )


def _destroyed(report: RecoveryReport, app: Application) -> Iterator[str]:
    """What was withdrawn after the backup: its agency was told that it is destroyed."""
    if again := report.destroyed.entries:
        yield (
            f"Destroyed again, as after the backup: what came with {_entries(again)}. No copy of it"
            " is in the vault."
        )
    yield from report.destroyed.left
    yield from report.destroyed.refused
    acts = acts_to_do_again(app, report.acts)
    yield from withdrawn_before(app, acts, report.destroyed.known)


def _entries(ids: Sequence[int]) -> str:
    numbers = join_with_and([str(id) for id in sorted(ids)])
    return f"{'entry' if len(ids) == 1 else 'entries'} {numbers}"


def _listed(app: Application, acts: Sequence[JournalLine]) -> Iterator[str]:
    for line in acts[:_MAX_ACTS]:
        at = datetime.fromisoformat(line.facts["at"]).astimezone(app.settings.board.zone_info)
        yield f"  {moment_in_words(at)}: {act_again(app, line)}"
    if len(acts) > _MAX_ACTS:
        yield f"  and {len(acts) - _MAX_ACTS} more"


def _acts(report: RecoveryReport, until: datetime | None, app: Application) -> Iterator[str]:
    more = report.decisions - sum(line.facts["what"] == "decided" for line in report.acts)
    acts = [x for x in acts_to_do_again(app, report.acts) if not is_withdrawal(x)]
    if acts:
        yield "What people did after the backup, and has to be done again (numbers as they were):"
        yield from _listed(app, acts)
    elif report.acts and more <= 0:
        yield "What people did after the backup is done again."
    elif not report.acts and more <= 0 and report.covered:
        yield "As far as is known nobody decided anything after the backup."
    if more > 0:
        yield (
            f"The last mark of the record tells of {count_noun(more, 'decision')}"
            f"{' more' if report.acts else ''} of which nothing else is known."
        )
