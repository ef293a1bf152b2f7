"""Joins what one reader is to hear of one agency in a round into one letter.

The letter answers the last of several messages; the others have no reply.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from outbox.due.answers import AnswerableDelivery
from outbox.due.set_apart import sole_message_entry
from outbox.writing.groups import MAX_TOLD_SINGLY
from outbox.writing.letter import Draft


def group_for_one_letter(due: Iterable[AnswerableDelivery]) -> list[tuple[AnswerableDelivery, ...]]:
    """What goes together, each where the first of it stood."""
    found = defaultdict[Hashable, list[AnswerableDelivery]](list)
    for one in due:
        found[_reader(one)].append(one)
    together: list[tuple[AnswerableDelivery, ...]] = []
    for same in found.values():
        # What was accepted, and that no more time is needed for it, is one piece of news.
        at_once = same[0].dropped or any(one.settled for one in same)
        many = len(same) > 1 if at_once else len(same) > MAX_TOLD_SINGLY
        together += [tuple(same)] if many else [(one,) for one in same]
    return sorted(together, key=lambda each: each[0].delivery_id)


def _reader(one: AnswerableDelivery) -> Hashable:
    """What is the same for those that go together."""
    repeat = not one.entries and not one.dropped
    if sole_message_entry(one.entries) is not None or repeat:
        return one.delivery_id, one.agency.id
    how = (one.dropped, one.handed_in)
    return one.agency.id, how, tuple(to.contact_id for to in one.recipients)


def merge_deliveries(several: Sequence[AnswerableDelivery]) -> AnswerableDelivery:
    """All of them, as if they had come at once, with the first of them."""
    last = max(several, key=lambda one: one.received)
    told = {entry.id for one in several for entry in one.entries}
    again = {e.id: e for one in several for e in one.again if e.id not in told}
    return replace(
        several[0],
        thread=last.thread,
        entries=tuple(entry for one in several for entry in one.entries),
        again=tuple(again.values()),
        until=last.received,
        answers=tuple(one.delivery_id for one in several),
        settled={id: says for one in several for id, says in one.settled.items()},
    )


def with_fallback_drafts(joined: Iterable[Draft], apart: Sequence[Draft]) -> list[Draft]:
    """Letters that tell of several things, with those that go where one cannot be written: one for
    each thing."""
    return [
        replace(draft, apart=tuple(one for one in apart if one.recipient == draft.recipient))
        for draft in joined
    ]
