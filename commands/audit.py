"""`scr-intake audit accept|log`: which register is the latest, and what was ever done in a case."""

from __future__ import annotations

import click

from commands.composition.app import open_application
from commands.composition.runtime import open_runtime
from commands.decisions.audit_sentences import event_sentence
from commands.global_options import GlobalOptions, exit_with_message, print_json, print_lines
from commands.verify import verify
from config.calendar import moment_in_words
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog, last_recorded
from intake.chain_head import ChainHead, OutsideHead
from intake.journal import OutsideJournal
from outbox.sending.after_restore import RecoveryRecords


@click.group
def audit() -> None:
    """Check the record, and read it.

    Example: scr-intake audit verify
    """


audit.add_command(verify)


@audit.command
@click.option("--reason", required=True, help="Why. Kept in the record.")
@click.option("--yes", is_flag=True, help="Do not ask; do it.")
@click.pass_obj
def accept(asked: GlobalOptions, reason: str, yes: bool) -> None:
    """Take this register for the latest, though the vault tells of a later one or of none.

    What came and was decided after it was written is not in it. The service must not be running.
    Letters and chasing are held from then on, as after a restore, until `scr-intake recover`.

    Example: scr-intake audit accept --reason "The disk was lost; this is the newest backup"
    """
    if not reason.strip():
        raise click.UsageError("--reason should say something.")
    with open_runtime(asked, working=True, running=False, latest=True) as runtime:
        outside = OutsideHead(runtime.vault.folder, runtime.keys)
        journal = OutsideJournal(runtime.vault.folder, runtime.keys)
        record = AuditLog(runtime.database, runtime.keys, outside, journal)
        head = outside.read_head()
        if runtime.opened.fits:
            exit_with_message("This register is the latest that was written. Nothing was changed.")
        told = f"entry {head.seq:,}" if head is not None else "no entry: it was taken away"
        click.echo(
            f"The vault tells of {told}; this register ends with {record.chain_head()[0]:,}."
        )
        elsewhere = runtime.opened.elsewhere
        print_lines(*([f"{elsewhere}."] if elsewhere else ()))
        print_lines(*(_BEFORE_ACCEPTING_ELSEWHERE if elsewhere else _BEFORE_ACCEPTING))
        if not yes:
            click.confirm("Take it for the latest all the same?", abort=True)
        outside.hold()
        record.witness_commits()
        why = runtime.vault.seal_bytes(reason.strip().encode(), "record").hex()
        until = last_recorded(runtime.database)
        with runtime.database.transaction():
            told_before = head.seq if head else None
            record.append(runtime.now(), AuditAct.REGISTER_ACCEPTED, before=told_before, sealed=why)
            RecoveryRecords(runtime.database, record).begin(until, runtime.now())
        outside.write_head(ChainHead(*record.chain_head()))
    click.echo("Done. It is in the record, and the vault tells of this register from now on.")
    print_lines("No letter leaves, and nobody is chased, before: `scr-intake recover`")


_BEFORE_ACCEPTING_ELSEWHERE = (
    "What came where it was worked on does not open here: only with the vault of that place does"
    " it. A letter of which the journal does not tell counts as one that left; whether it reached"
    " anybody is not known here. What only this register tells of is listed, before any letter"
    " leaves, by: `scr-intake recover`",
)
_BEFORE_ACCEPTING = (
    "Letters that left after it was written are not in it, and would go again; what was taken in"
    " since lies in done/ and is not taken from there. To have both put right, before any letter"
    " leaves: `scr-intake recover` Where another vault was in use until now:"
    " `scr-intake recover --vault DIR`",
)


@audit.command
@click.argument("reference", metavar="[REF]", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def log(asked: GlobalOptions, reference: str | None, as_json: bool) -> None:
    """Tell all that was ever done in a case, from the record; without REF, what is of no case.

    Of no case are what strangers sent and what became of it, digests, backups, restores, and what
    people did to the service as a whole.

    Example: scr-intake audit log N12
    """
    with open_application(asked) as app:
        events = app.register.case_history(reference)
        if reference and not events:
            exit_with_message(
                f"There is no case {reference}. To list those there are: `scr-intake case list`"
            )
        zone = app.settings.board.zone_info
        told = [(e.at.astimezone(zone), event_sentence(app, e)) for e in events]
    if as_json:
        print_json([{"at": at.isoformat(), "what": what} for at, what in told])
    else:
        for at, what in told:
            click.echo(f"{moment_in_words(at)}: {what}")
