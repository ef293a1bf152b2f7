"""What an event of the record is in words: who, which return, which decision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from commands.composition.app import Application
from commands.decisions.submission_words import UNRECOGNISED
from commands.decisions.withdrawal_note import opened_by
from config.calendar import date_in_words, moment_in_words
from config.english import count_noun, join_with_and
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditEvent
from handlers.register.decision import DecisionReason
from handlers.register.set_apart_reasons import SET_APART_REASONS
from handlers.senders.sender_proof import STOPPING_WEIGHTS
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
    until = f" until {_day(event.until)}" if event.until else ""
    typed = f" ({_door(made.because)})" if made else ""
    why = f" {made.because.by}{typed}: {made.because.reason}" if made else ""
    agreed = f" (agreed by {made.because.agreed_by})" if made and made.because.agreed_by else ""
    did = f", {event.did}{about}{agency}{until}"
    if event.contact is not None:
        verb = _DONE_TO_PEOPLE.get(event.did or "", f"({event.did})")
        did = f": {_named(app, event)}{agency}, {verb}{until}"
    told = f"Decision {event.decision}{did}, by{why}{agreed}."
    return f"{told}{_came_of_it(app, event)}"


def _came_of_it(app: Application, event: AuditEvent) -> str:
    """What an entry was assigned as, and whose request more time settled."""
    entries, what = app.register.entries, {"extend": "It settled what {} asked.", "assign": "{}."}
    made = app.register.decisions.get_decision(event.decision or 0)
    if made is None or event.did not in what:
        return ""
    if event.did == "assign":
        found = [f"{_noun(app, e.kind)}, entry {e.id}" for e in entries.entries_made_by(made.id)]
        found = [f"It was taken as {join_with_and(found)}"] if found else []
    else:
        found = [f"entry {entry.id}" for entry in entries.entries_asking_about(made)]
    return f" {what[event.did].format(join_with_and(found))}" if found else ""


def _door(because: DecisionReason) -> str:
    return "by mail" if because.mail else f"typed at the login {because.typed_by}"


def _opened(app: Application, event: AuditEvent) -> str:
    who = opened_by(app, event.by)
    if event.state:
        return f"A copy of entry {event.entry} was handed to {who}, who asked for it by mail."
    return f"A copy of entry {event.entry} was decrypted to be read, at the login {who}."


def _absence(app: Application, event: AuditEvent) -> str:
    until = f" until {_day(event.until)}" if event.until else ""
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


def _named(app: Application, event: AuditEvent) -> str:
    """ "Author One, author": no address stands in the log."""
    person = app.register.people.find_contact(event.contact or 0)
    return f"{person.name}, {person.role}" if person else "somebody registered"


def _departed(app: Application, event: AuditEvent, left: str = "left") -> str:
    to = f" to {_named(app, event)}" if event.contact is not None else ""
    name = {str(kind): name for kind, name in LETTER_NAMES.items()}.get(
        event.kind or "", "a letter"
    )
    return f"{event.agency or 'The board'}: {name} {left}{to} (letter {event.letter})."


def _had_left(app: Application, event: AuditEvent) -> str:
    when = ""
    if event.sent:
        zone = app.settings.board.zone_info
        when = f" at {moment_in_words(datetime.fromisoformat(event.sent).astimezone(zone))}"
    told = _departed(app, event, f"had left{when}")[:-1]
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


def _lost(app: Application, event: AuditEvent) -> str:
    parts = [(event.missing, "not in the vault"), (event.spoiled, "changed or exchanged")]
    told = " and ".join(f"{number} {what}" for number, what in parts if number)
    return f"When entry {event.entry} was withdrawn, of its originals were lost before: {told}."


def _loaded(app: Application, event: AuditEvent) -> str:
    return f"The case file was loaded: {event.changes} changes."


def _caught_up(app: Application, event: AuditEvent) -> str:
    wrote = count_noun(event.changes or 0, "write")
    return f"The mark in the vault was behind by {wrote}, all made here: they count."


def _schema(app: Application, event: AuditEvent) -> str:
    return f"The register was brought up to this version: {event.steps}."


def _with_reason(sentence: str) -> Callable[[Application, AuditEvent], str]:
    """What a person did, and why, as far as that was asked."""

    def said(app: Application, event: AuditEvent) -> str:
        if not event.sealed:
            return f"{sentence}."
        reason = app.vault.unseal_bytes(bytes.fromhex(event.sealed), "record").decode()
        return f"{sentence}: {reason}"

    return said


def _day(iso: str | None) -> str:
    return date_in_words(date.fromisoformat(iso)) if iso else ""


def _milestone(app: Application, event: AuditEvent) -> str:
    return f"What was to be on {_day(event.until)} was marked done."


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


_DONE_TO_PEOPLE = {
    "add": "was registered",
    "remove": "was taken out",
    "pause": "was left in peace",
    "back": "was said to be there again",
}
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
    AuditAct.ORIGINALS_LOST: _lost,
    AuditAct.BACKUP_BEGUN: _other,
    AuditAct.BACKED_UP: _other,
    AuditAct.BACKUP_STOPPED: _other,
    AuditAct.VERIFIED: _other,
    AuditAct.FAULTS_FOUND: _other,
    AuditAct.RESTORED: _said("The register was restored from a backup."),
    AuditAct.HEAD_CAUGHT_UP: _caught_up,
    AuditAct.RECOVERY_BEGUN: _other,
    AuditAct.RECOVERED: _said("What came and left after the backup was taken in again."),
    AuditAct.CHASING_LET_GO: _said("A person let reminders and chasers go again."),
    AuditAct.TAKEN_AGAIN: _again_taken,
    AuditAct.HAD_LEFT: _had_left,
    AuditAct.REGISTER_ACCEPTED: _with_reason("A person took this register for the latest"),
    AuditAct.CLOCK_ACCEPTED: _with_reason("A person took the clock for right"),
    AuditAct.LETTER_LEFT: _departed,
    AuditAct.LETTER_RELEASED: _letter,
    AuditAct.LETTER_TRIED_AGAIN: _letter,
    AuditAct.LETTER_CANCELLED: _letter,
    AuditAct.LETTER_KEPT_AGAIN: _letter,
    AuditAct.ORDER_MAIL: _order_mail,
    AuditAct.OUTBOX_PAUSED: _said("A person had all letters kept in."),
    AuditAct.OUTBOX_RESUMED: _said("A person let letters leave again."),
    AuditAct.HANDED_IN: _handed_in,
    AuditAct.TRIAL_BEGAN: _other,
    AuditAct.TRIAL_ENDED: _other,
}
