"""Takes an order back, by a decision of its own: nothing that was written is rewritten."""

from __future__ import annotations

from collections.abc import Iterator

from commands.composition.app import Application
from commands.mail_orders.doing import OrderedBy
from commands.mail_orders.lookups import said_short
from commands.mail_orders.undo_checks import (
    decisions_of,
    letters_that_tell,
    links_once_told,
    why_not_undone,
)
from config.calendar import moment_in_words
from config.english import join_with_and
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import Decision, DecisionReason
from handlers.register.returns import ReturnMove
from outbox.orders.kept_asks import KeptAsk
from outbox.orders.order_records import DoneOrder, OrderRecords
from outbox.sending.trial import settle_tried
from outbox.writing.asks import HAND_IN, OrderLink, OrderOutcome, OrderResult

REASON_UNDONE = "what it tells of was undone"
_NOTHING = "nothing was done about this by mail, or it was undone already."


def undo_order(app: Application, by: OrderedBy, kept: KeptAsk, mail: int = 0) -> OrderResult:
    """Undo what one mail did about an ask, the last unless it says which, where that was not told
    yet and has not moved on."""
    records, undone = OrderRecords(app.database, app.vault), list[str]()
    why, links = "", tuple[OrderLink, ...]()
    with app.register.transaction():
        found = records.orders_to_undo(kept, mail)
        why = "" if found else _NOTHING
        for done in found:
            why = why_not_undone(app, done)
            if why:
                links = links_once_told(app, kept, done)
                break
            _undo(app, by, done)
            records.mark_undone(done, by.delivery.id)
            undone.append(_undone(app, done))
    says = (*undone, *([f"Nothing {'more ' if undone else ''}was undone: {why}"] if why else []))
    if not undone:
        return OrderResult(kept.ask.number, said_short(kept), says, links)
    return OrderResult(
        kept.ask.number, said_short(kept), says, kept.ask.links, outcome=OrderOutcome.DONE
    )


def _undone(app: Application, done: DoneOrder) -> str:
    at = moment_in_words(done.done.astimezone(app.settings.board.zone_info))
    given = join_with_and([f"the {app.kinds[kind].noun}" for kind in done.moved])
    of = f", for {given}" if given and done.word == "more time" else ""
    return f'Undone: "{done.word}" of {at}{of}. {_as_it_was(done)}, and nobody was written to.'


def _as_it_was(done: DoneOrder) -> str:
    if done.word == HAND_IN.order:
        return "What was handed in counts for nothing, and each return is as it was before"
    return "The review is as it was before" if done.undoing.cases else "It waits for you again"


def _undo(app: Application, by: OrderedBy, done: DoneOrder) -> None:
    now = app.now()
    for letter in letters_that_tell(app, done):
        app.queue.call_back_letter(letter, REASON_UNDONE, now)
    for before in done.undoing.letters:
        letter_now = app.queue.get(before.id)
        if letter_now is not None:
            app.queue.put_back(letter_now, before)
            app.register.record.append(now, AuditAct.LETTER_KEPT_AGAIN, letter=before.id)
    settle_tried(app.database, done.undoing.tried, "")
    for id in done.undoing.unwritten:
        dropped = app.queue.get(id)
        if dropped is not None:
            app.queue.call_back_letter(dropped, REASON_UNDONE, now)
    because = DecisionReason(f"{done.number} undo", by.name, mail=by.message_id)
    moves = tuple(_moves_back(done))
    entries = app.register.entries.entries_among(done.undoing.entries)
    for left, entry in zip(range(len(entries) - 1, -1, -1), entries, strict=True):
        where = (entry.case_id, entry.agency_id, entry.id, entry.return_id)
        # What no decision brought moves back once none of its entries counts.
        now_moved = moves if not (left or done.decisions) else ()
        unplaced = Decision("unplace", because, *where, moves=now_moved)
        app.register.decisions.record_decision(unplaced, now)
    cases = {before.case_id: before for before, _ in done.undoing.cases}
    for made in decisions_of(app, done):
        undoing = Decision(
            *("undo", because, made.case_id, made.agency_id, made.entry_id, made.return_id),
            undoes=made.id,
            moves=moves,
            case_was=cases.get(made.case_id or 0),
        )
        app.register.decisions.record_decision(undoing, now)
        moves = ()
    for stood, stands in done.undoing.returns:
        if (stood.due, stood.due_version) != (stands.due, stands.due_version):
            app.register.owed.restore_due_date(stood)


def _moves_back(done: DoneOrder) -> Iterator[ReturnMove]:
    """Each return to where it stood; what an undone assignment brought has never come."""
    for b, a in done.undoing.returns:
        if (a.state, a.accepted, a.received) != (b.state, b.accepted, b.received):
            afresh = bool(done.undoing.entries)
            yield ReturnMove(
                *(a.return_id, a.kind, a.state, b.state, b.received, b.accepted), afresh=afresh
            )
