"""`scr-intake audit accept|log`: which register is the latest, and what was ever done in a case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import click

from commands.app import Application, open_application
from commands.global_options import GlobalOptions, exit_with_message, print_json, print_lines
from commands.runtime import open_runtime
from commands.submission_words import UNRECOGNISED
from commands.verify import verify
from commands.withdrawal_note import opened_by
from config.calendar import moment_in_words
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditEvent, AuditLog, last_recorded
from handlers.register.decision import DecisionReason
from handlers.register.set_apart_reasons import SET_APART_REASONS
from handlers.senders.sender_proof import STOPPING_WEIGHTS
from intake.chain_head import OutsideHead
from outbox.sending.after_restore import RecoveryRecords
from outbox.writing.letter import LETTER_NAMES


def event_sentence(app: Application, event: AuditEvent) -> str:
    return EVENT_SENTENCES.get(event.what, _other)(app, event)


def _logged(app: Application, event: AuditEvent) -> str:
    came = f"delivery {event.delivery}" if event.delivery else "a delivery"
    verdict = _VERDICTS[event.verdict or ""]
    when = _came_before_restore(app, event)
    return (
        f"{event.agency}: {_noun(app, event.kind)} {verdict} (entry {event.entry}, {came}{when})."
    )


def _set_apart(app: Application, event: AuditEvent) -> str:
    return (
        f"Delivery {event.delivery} was set apart (entry {event.entry}"
        f"{_came_before_restore(app, event)}):"
        f" {SET_APART_REASONS.get(event.why or '', 'a person has to look')}."
    )


def _came_before_restore(app: Application, event: AuditEvent) -> str:
    """ ", which came at 11:00am on ...", of what was taken in again: it was logged later."""
    sql = (
        "SELECT received FROM deliveries WHERE id = ?1 AND EXISTS (SELECT 1 FROM recoveries)"
        " AND EXISTS (SELECT 1 FROM record WHERE what = ?2 AND detail ->> 'delivery' = ?1)"
    )
    row = app.database.fetch_row(sql, event.delivery, AuditAct.TAKEN_AGAIN)
    if row is None:
        return ""
    zone = app.settings.board.zone_info
    at = moment_in_words(datetime.fromisoformat(row["received"]).astimezone(zone))
    return f", which came at {at} and was taken in again after a restore"


def _again(app: Application, event: AuditEvent) -> str:
    return f"Entry {event.entry} came again, in delivery {event.delivery}."


def _settled(app: Application, event: AuditEvent) -> str:
    return f"{_return(app, event)} settled by the nil return (entry {event.entry})."


def _moved(app: Application, event: AuditEvent) -> str:
    return f"{_return(app, event)} now {event.state} (decision {event.decision})."


def _decided(app: Application, event: AuditEvent) -> str:
    made = app.register.decisions.get_decision(event.decision or 0)
    about = f" entry {event.entry}" if event.entry else ""
    if event.about is not None:
        about = f" the {_noun(app, app.register.owed.kind_of_return(event.about))}"
    agency = f" for {event.agency}" if event.agency else ""
    until = f" until {event.until}" if event.until else ""
    typed = f" ({_door(made.because)})" if made else ""
    why = f" {made.because.by}{typed}: {made.because.reason}" if made else ""
    agreed = f" (agreed by {made.because.agreed_by})" if made and made.because.agreed_by else ""
    return f"Decision {event.decision}, {event.did}{about}{agency}{until}, by{why}{agreed}."


def _door(because: DecisionReason) -> str:
    return "by mail" if because.mail else f"typed at the login {because.typed_by}"


def _opened(app: Application, event: AuditEvent) -> str:
    who = opened_by(app, event.by)
    if event.state:
        return f"A copy of entry {event.entry} was handed to {who}, who asked for it by mail."
    return f"A copy of entry {event.entry} was decrypted to be read, at the login {who}."


def _absence(app: Application, event: AuditEvent) -> str:
    until = f" until {event.until}" if event.until else ""
    return f"{_person(app, event)} wrote that they are away{until} (delivery {event.delivery})."


def _back(app: Application, event: AuditEvent) -> str:
    """By a decision, which has a line of its own, or by a message."""
    if event.decision:
        return f"{_person(app, event)} is no longer away (decision {event.decision})."
    return f"{_person(app, event)}, who was away, wrote again (delivery {event.delivery})."


def _bounce(app: Application, event: AuditEvent) -> str:
    said = _REPORTED[event.weight or ""]
    stops = event.weight in STOPPING_WEIGHTS and not event.proof
    but = "; nothing proves the report, and nothing was stopped by it" if stops else ""
    return f"{event.agency}: by a report, a letter of ours {said} (delivery {event.delivery}){but}."


def _check_asked(app: Application, event: AuditEvent) -> str:
    return f"{event.agency}: a check was asked for, and nothing logged (delivery {event.delivery})."


def _person(app: Application, event: AuditEvent) -> str:
    """By agency, role and name, as they are registered."""
    person = app.register.people.find_contact(event.contact or 0)
    if person is None:
        return "Somebody registered"
    place = app.register.people.place_of_agency(person.agency_id)
    return f"{place.code if place else ''}: {person.name}, {person.role},"


def _departed(app: Application, event: AuditEvent) -> str:
    name = {str(kind): name for kind, name in LETTER_NAMES.items()}.get(
        event.kind or "", "a letter"
    )
    return f"{event.agency or 'The board'}: {name} left (letter {event.letter})."


def _had_left(app: Application, event: AuditEvent) -> str:
    when = ""
    if event.sent:
        zone = app.settings.board.zone_info
        when = f" at {moment_in_words(datetime.fromisoformat(event.sent).astimezone(zone))}"
    told = _departed(app, event)[:-1].replace(" left (", f" had left{when} (")
    return f"{told}; that became known after a restore."


def _again_taken(app: Application, event: AuditEvent) -> str:
    return f"Delivery {event.delivery} was taken in again after a restore."


def _letter(app: Application, event: AuditEvent) -> str:
    return f"A person decided about a letter: {event.what}."


def _order_mail(app: Application, event: AuditEvent) -> str:
    if event.state:
        return f"A mail in the administrator's name was not taken (delivery {event.delivery})."
    return f"A mail of the administrator's was answered (delivery {event.delivery})."


def _handed_in(app: Application, event: AuditEvent) -> str:
    origin = _sent_delivery(app, event.delivery)
    return f"{event.agency}: what came as delivery {event.delivery} was handed in by {origin}."


def _sent_delivery(app: Application, id: int | None) -> str:
    """Who handed it in."""
    found = app.unanswered.read_delivery(id or 0, None)
    return found.handed_by or "the board"


def _loaded(app: Application, event: AuditEvent) -> str:
    return f"The case file was loaded: {event.changes} changes."


def _schema(app: Application, event: AuditEvent) -> str:
    return f"The register was brought up to this version: {event.steps}."


def _milestone(app: Application, event: AuditEvent) -> str:
    return f"What was to be on {event.until} was marked done."


def _noun(app: Application, kind: str | None) -> str:
    known = app.kinds.get(kind)
    return known.noun if known else UNRECOGNISED


def _return(app: Application, event: AuditEvent) -> str:
    for case in app.register.case_matrix(app.now().date()):
        for agency in case.agencies:
            for row in agency.returns:
                if row.id == event.owed:
                    return f"{agency.code}: {_noun(app, row.kind)}"
    return f"Return {event.owed}"


def _said(sentence: str) -> Callable[[Application, AuditEvent], str]:
    return lambda app, event: sentence


def _other(app: Application, event: AuditEvent) -> str:
    """What a later version recorded."""
    return f"{event.what.capitalize()}."


_REPORTED = {
    "hard": "came back",
    "soft": "was given up for now",
    "late": "is late",
    "delivered": "arrived",
    "": "may not have arrived",
}
_VERDICTS = {
    "accept": "accepted",
    "reject": "needs changes",
    "refer": "referred to a person",
    "hold": "held",
    "automatic": "recorded",
}
EVENT_SENTENCES: dict[str, Callable[[Application, AuditEvent], str]] = {
    AuditAct.SCHEMA_CHANGED: _schema,
    AuditAct.CASE_LOADED: _loaded,
    AuditAct.MILESTONE_DONE: _milestone,
    AuditAct.LOGGED: _logged,
    AuditAct.SET_APART: _set_apart,
    AuditAct.CAME_AGAIN: _again,
    AuditAct.SETTLED: _settled,
    AuditAct.DECIDED: _decided,
    AuditAct.MOVED: _moved,
    AuditAct.OPENED: _opened,
    AuditAct.ABSENCE: _absence,
    AuditAct.BACK: _back,
    AuditAct.BOUNCE: _bounce,
    AuditAct.CHECK_ASKED: _check_asked,
    AuditAct.KEYS_ROTATED: _other,
    AuditAct.BACKUP_BEGUN: _other,
    AuditAct.BACKED_UP: _other,
    AuditAct.BACKUP_STOPPED: _other,
    AuditAct.VERIFIED: _other,
    AuditAct.FAULTS_FOUND: _other,
    AuditAct.RESTORED: _said("The register was restored from a backup."),
    AuditAct.RECOVERY_BEGUN: _other,
    AuditAct.RECOVERED: _said("What came and left after the backup was taken in again."),
    AuditAct.CHASING_LET_GO: _said("A person let reminders and chasers go again."),
    AuditAct.TAKEN_AGAIN: _again_taken,
    AuditAct.HAD_LEFT: _had_left,
    AuditAct.REGISTER_ACCEPTED: _said("A person took this register for the latest."),
    AuditAct.CLOCK_ACCEPTED: _other,
    AuditAct.LETTER_LEFT: _departed,
    AuditAct.LETTER_RELEASED: _letter,
    AuditAct.LETTER_TRIED_AGAIN: _letter,
    AuditAct.LETTER_CANCELLED: _letter,
    AuditAct.LETTER_KEPT_AGAIN: _letter,
    AuditAct.ORDER_MAIL: _order_mail,
    AuditAct.OUTBOX_PAUSED: _other,
    AuditAct.OUTBOX_RESUMED: _other,
    AuditAct.HANDED_IN: _handed_in,
    AuditAct.TRIAL_BEGAN: _other,
    AuditAct.TRIAL_ENDED: _other,
}


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
        record = AuditLog(runtime.database, runtime.keys, outside)
        head = outside.read_head()
        if head is not None and record.follows_head(head):
            exit_with_message("This register is the latest that was written. Nothing was changed.")
        told = f"entry {head.seq:,}" if head is not None else "no entry: it was taken away"
        click.echo(
            f"The vault tells of {told}; this register ends with {record.chain_head()[0]:,}."
        )
        print_lines(*_BEFORE_ACCEPTING)
        if not yes:
            click.confirm("Take it for the latest all the same?", abort=True)
        outside.forget_head()
        record.witness_commits()
        why = runtime.vault.seal_bytes(reason.strip().encode(), "record").hex()
        until = last_recorded(runtime.database)
        with runtime.database.transaction():
            told_before = head.seq if head else None
            record.append(runtime.now(), AuditAct.REGISTER_ACCEPTED, before=told_before, sealed=why)
            RecoveryRecords(runtime.database, record).begin(until, runtime.now())
    click.echo("Done. It is in the record, and the vault tells of this register from now on.")
    print_lines("No letter leaves, and nobody is chased, before: `scr-intake recover`")


_BEFORE_ACCEPTING = (
    "Letters that left after it was written are not in it, and would go again; what was taken in"
    " since lies in done/ and is not taken from there. To have both put right, before any letter"
    " leaves: `scr-intake recover` Where another vault was in use until now:"
    " `scr-intake recover --vault DIR`",
)


@audit.command
@click.argument("reference", metavar="REF")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def log(asked: GlobalOptions, reference: str, as_json: bool) -> None:
    """Tell all that was ever done in a case, from the record.

    Example: scr-intake audit log N12
    """
    with open_application(asked) as app:
        events = app.register.case_history(reference)
        if not events:
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
