"""Takes an order back, by a decision of its own: nothing that was written is rewritten."""

from __future__ import annotations

from collections.abc import Iterator

from commands.app import Application
from commands.mail_orders.doing import OrderedBy
from commands.mail_orders.lookups import said_short
from config.calendar import moment_in_words
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import Decision, DecisionReason
from handlers.register.decisions import RecordedDecision
from handlers.register.returns import ReturnMove, ReturnStanding
from outbox.orders.kept_asks import KeptAsk
from outbox.orders.order_records import DoneOrder, OrderRecords
from outbox.writing.asks import OrderResult
from outbox.writing.letter import Letter

REASON_UNDONE = "what it tells of was undone"
_LEFT = (
    "Nothing was undone: the letter about it has left. To put it right, wait for what comes next,"
    " or write to its reader yourself; you can decide anew about the next version."
)
_MOVED_ON = "Nothing was undone: something newer has happened to that return since."


def undo_order(app: Application, by: OrderedBy, kept: KeptAsk) -> OrderResult:
    """Undo what was done about an ask, unless it has been told, or has moved on."""
    records = OrderRecords(app.ledger, app.vault)
    with app.register.transaction():
        done = records.standing_order(kept)
        why = _why_not(app, done)
        if done is None or why:
            return OrderResult(kept.ask.number, said_short(kept), (why,))
        _undo(app, by, done)
        records.mark_undone(done, by.delivery.id)
    at = moment_in_words(done.done.astimezone(app.settings.board.zone_info))
    says = f'Undone: "{done.word}" of {at}. It waits for you again, and nobody was written to.'
    return OrderResult(kept.ask.number, said_short(kept), (says,), kept.ask.links, done=True)


def _why_not(app: Application, done: DoneOrder | None) -> str:
    if done is None:
        return "Nothing was undone: nothing was done about this by mail, or it was undone already."
    if not done.result.links:
        return f'Nothing was undone: "{done.word}" cannot be undone by mail.'
    if any(letter.state not in ("queued", "draft", "called back") for letter in _told(app, done)):
        return _LEFT
    for id, _ in done.undoing.letters:
        letter = app.queue.get(id)
        if letter is None or letter.state != "queued" or letter.tries:
            return _LEFT
    for _, after in done.undoing.returns:
        if _standing(app, done, after.return_id) != after:
            return _MOVED_ON
    return ""


def _told(app: Application, done: DoneOrder) -> Iterator[Letter]:
    """The letters that tell of it."""
    for id in done.decisions:
        yield from app.queue.about_decision(id)


def _standing(app: Application, done: DoneOrder, return_id: int) -> ReturnStanding | None:
    for made in _made(app, done):
        if made.agency_id is not None:
            found = app.register.owed.standings(made.agency_id).get(return_id)
            if found is not None:
                return found
    return None


def _made(app: Application, done: DoneOrder) -> list[RecordedDecision]:
    found = (app.register.decisions.get_decision(id) for id in done.decisions)
    return [made for made in found if made is not None]


def _undo(app: Application, by: OrderedBy, done: DoneOrder) -> None:
    now = app.now()
    for letter in _told(app, done):
        app.queue.call_back_letter(letter, REASON_UNDONE, now)
    for id, state in done.undoing.letters:
        letter_now = app.queue.get(id)
        if letter_now is not None and state == "draft":
            app.queue.withdraw_release(letter_now)
            app.register.record.append(now, AuditAct.LETTER_KEPT_AGAIN, letter=id)
    because = DecisionReason(f"{done.number} undo", by.name, mail=by.message_id)
    moves = tuple(
        ReturnMove(a.return_id, a.kind, a.state, b.state, b.received, b.accepted)
        for b, a in done.undoing.returns
        if (a.state, a.accepted) != (b.state, b.accepted)
    )
    for made in _made(app, done):
        undoing = Decision(
            *("undo", because, made.case_id, made.agency_id, made.entry_id, made.return_id),
            undoes=made.id,
            moves=moves,
        )
        app.register.decisions.record_decision(undoing, now)
        moves = ()
    for before, after in done.undoing.returns:
        if (before.due, before.due_version) != (after.due, after.due_version):
            app.register.owed.restore_due_date(before)
