"""Whether what an order did can still be taken back: not once a letter has told of it, nor when
something newer has happened to it."""

from __future__ import annotations

from collections.abc import Iterator

from commands.composition.app import Application
from commands.mail_orders.lookups import order_links
from commands.mail_orders.standing_changes import case_standings
from handlers.register.decisions import RecordedDecision
from handlers.register.returns import ReturnStanding
from handlers.register.submissions import Entry
from outbox.orders.kept_asks import KeptAsk
from outbox.orders.order_records import DoneOrder
from outbox.writing.asks import HAND_IN, OrderLink
from outbox.writing.letter import Letter, LetterStanding

_LEFT = "the letter about it has left."
_OR_ELSE = (
    "To put it right, wait for what comes next, or write to its reader yourself; you can decide"
    " anew about the next version."
)
# What can be done instead, once a letter has told of it.
_INSTEAD = {
    "accept": "You can still ask about it: reply with its number, ask again and your words.",
    "assign": "Tell both agencies yourself; what was sent can be sent again by whose it is.",
    "more time": "A later day can still be given, by a link of the answer to Status; an earlier one"
    " only with them.",
    "waive": "To have it after all, write to the agency; what they send is taken in.",
    "release": "Write to its reader yourself, if something in it was wrong.",
    "retry": "Write to its reader yourself, if something in it was wrong.",
    "no": "More time can still be given: the answer to Status has a link for each return.",
    "hand in": "You can still ask about it, or withdraw what was handed in for the wrong agency.",
}
_GIVES_TIME_ANEW = frozenset({"more time", "no"})
_MOVED_ON = "something newer has happened to it since."


def why_not_undone(app: Application, done: DoneOrder) -> str:
    """Why it cannot be undone, and what can be done instead; "" where it can."""
    if not done.result.links:
        return f'"{done.word}" cannot be undone by mail.'
    here = ("queued", "draft", "called back")
    if any(letter.state not in here for letter in letters_that_tell(app, done)):
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


def links_once_told(app: Application, kept: KeptAsk, done: DoneOrder) -> tuple[OrderLink, ...]:
    """What leads on where a letter has told of it: nothing where only its reader can help."""
    topic = kept.ask.topic
    if done.word not in _GIVES_TIME_ANEW or not topic.agency:
        return ()
    words = f"Status {topic.case} {topic.agency}"
    return (order_links(app).make_plain_link(words, words),)


def letters_that_tell(app: Application, done: DoneOrder) -> Iterator[Letter]:
    """The letters that tell of it."""
    for id in done.decisions:
        yield from app.queue.about("decision", id)
    if done.word == HAND_IN.order:
        letters = app.queue.about("delivery", done.delivery_id)
        yield from (letter for letter in letters if letter.kind != "confirmation")


def _standing(app: Application, done: DoneOrder, return_id: int) -> ReturnStanding | None:
    entries = app.register.entries.entries_among(done.undoing.entries)
    decided = (made.agency_id for made in decisions_of(app, done))
    for agency in dict.fromkeys((*decided, *(one.agency_id for one in entries))):
        found = app.register.owed.standings(agency).get(return_id) if agency is not None else None
        if found is not None:
            return found
    return None


def decisions_of(app: Application, done: DoneOrder) -> list[RecordedDecision]:
    """What was decided by it, as it is recorded."""
    found = (app.register.decisions.get_decision(id) for id in done.decisions)
    return [made for made in found if made is not None]
