"""Takes an order back, by a decision of its own: nothing that was written is rewritten."""

from __future__ import annotations

from collections.abc import Iterator

from commands.composition.app import Application
from commands.mail_orders.doing import OrderedBy, case_standings
from commands.mail_orders.lookups import said_short
from config.calendar import moment_in_words
from config.english import join_with_and
from handlers.register.audit_acts import AuditAct
from handlers.register.decision import Decision, DecisionReason
from handlers.register.decisions import RecordedDecision
from handlers.register.returns import ReturnMove, ReturnStanding
from handlers.register.submissions import Entry
from outbox.orders.kept_asks import KeptAsk
from outbox.orders.order_records import DoneOrder, OrderRecords
from outbox.sending.trial import settle_tried
from outbox.writing.asks import HAND_IN, OrderOutcome, OrderResult
from outbox.writing.letter import Letter, LetterStanding

REASON_UNDONE = "what it tells of was undone"
_LEFT = "Nothing was undone: the letter about it has left."
_OR_ELSE = (
    "To put it right, wait for what comes next, or write to its reader yourself; you can decide"
    " anew about the next version."
)
# What can be done instead, once a letter has told of it.
_INSTEAD = {
    "accept": "You can still ask about it: reply with its number, ask again and your words.",
    "assign": "Tell both agencies yourself; what was sent can be sent again by whose it is.",
    "more time": "A later day can be agreed to when they ask; an earlier one only with them.",
    "waive": "To have it after all, write to the agency; what they send is taken in.",
    "release": "Write to its reader yourself, if something in it was wrong.",
    "retry": "Write to its reader yourself, if something in it was wrong.",
    "hand in": "You can still ask about it, or withdraw what was handed in for the wrong agency.",
}
_NOTHING = "Nothing was undone: nothing was done about this by mail, or it was undone already."
_MOVED_ON = "Nothing was undone: something newer has happened to it since."


def undo_order(app: Application, by: OrderedBy, kept: KeptAsk, mail: int = 0) -> OrderResult:
    """Undo what one mail did about an ask, the last unless it says which, where that was not told
    yet and has not moved on."""
    records, undone, why = OrderRecords(app.database, app.vault), list[str](), ""
    with app.register.transaction():
        found = records.orders_to_undo(kept, mail)
        why = "" if found else _NOTHING
        for done in found:
            why = _why_not(app, done)
            if why:
                break
            _undo(app, by, done)
            records.mark_undone(done, by.delivery.id)
            undone.append(_undone(app, done))
    says = (*undone, *([why] if why else []))
    if not undone:
        return OrderResult(kept.ask.number, said_short(kept), says)
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


def _why_not(app: Application, done: DoneOrder) -> str:
    if not done.result.links:
        return f'Nothing was undone: "{done.word}" cannot be undone by mail.'
    if any(letter.state not in ("queued", "draft", "called back") for letter in _told(app, done)):
        return _has_left(done)
    if not all(_may_rest_again(app, done, before) for before in done.undoing.letters):
        return _has_left(done)
    return _MOVED_ON if _has_moved_on(app, done) else ""


def _has_left(done: DoneOrder) -> str:
    return f"{_LEFT} {_INSTEAD.get(done.word, _OR_ELSE)}"


def _may_rest_again(app: Application, done: DoneOrder, before: LetterStanding) -> bool:
    """Whether a letter is as the order left it: still to go and untried, or not to go."""
    now = app.queue.get(before.id)
    if now is None:
        return False
    return now.state == "cancelled" or (now.state == "queued" and not now.tries)


def _has_moved_on(app: Application, done: DoneOrder) -> bool:
    undoing, entries = done.undoing, app.register.entries
    if any(_standing(app, done, after.return_id) != after for _, after in undoing.returns):
        return True
    found = entries.entries_among(undoing.entries)
    if any(_has_newer(app, one) for one in found):
        return True
    after = [then for _, then in undoing.cases]
    if case_standings(app, [each.case_id for each in after]) != after:
        return True
    return any(_is_decided_since(app, done, one) for one in found)


def _is_decided_since(app: Application, done: DoneOrder, entry: Entry) -> bool:
    standing = app.register.decisions.standing_about_entry(entry.id)
    return any(made.id not in done.decisions for made in standing)


def _has_newer(app: Application, entry: Entry) -> bool:
    """Whether another version of the same return came since."""
    if entry.return_id is None:
        return False
    versions = app.register.entries.entries_for_return(entry.return_id)
    return any(one.delivery_id > entry.delivery_id for one in versions)


def _told(app: Application, done: DoneOrder) -> Iterator[Letter]:
    """The letters that tell of it."""
    for id in done.decisions:
        yield from app.queue.about("decision", id)
    if done.word == HAND_IN.order:
        letters = app.queue.about("delivery", done.delivery_id)
        yield from (letter for letter in letters if letter.kind != "confirmation")


def _standing(app: Application, done: DoneOrder, return_id: int) -> ReturnStanding | None:
    entries = app.register.entries.entries_among(done.undoing.entries)
    decided = (made.agency_id for made in _made(app, done))
    for agency in dict.fromkeys((*decided, *(one.agency_id for one in entries))):
        found = app.register.owed.standings(agency).get(return_id) if agency is not None else None
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
    for made in _made(app, done):
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
