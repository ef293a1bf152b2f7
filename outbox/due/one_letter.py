"""What one reader is to hear of one agency in a round, in one letter.

Does: puts together what was dropped for one agency, and the messages of one sender where they are
more than a handful, as if they had come at once. Pure.
Trusts: what is answerable.
Never touches: a message that is answered by a letter of its own kind, since it holds no document.
Known limits: the letter answers the last of several messages; the others have no reply.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

from outbox.due.answers import Answerable
from outbox.due.set_apart import alone
from outbox.writing.groups import HANDFUL
from outbox.writing.letter import Draft


def in_one_letter(due: Iterable[Answerable]) -> list[tuple[Answerable, ...]]:
    """What goes together, each where the first of it stood."""
    found = defaultdict[Hashable, list[Answerable]](list)
    for one in due:
        found[_reader(one)].append(one)
    together: list[tuple[Answerable, ...]] = []
    for same in found.values():
        many = len(same) > 1 if same[0].dropped else len(same) > HANDFUL
        together += [tuple(same)] if many else [(one,) for one in same]
    return sorted(together, key=lambda each: each[0].delivery_id)


def _reader(one: Answerable) -> Hashable:
    """What is the same for those that go together."""
    if alone(one.entries) is not None or not one.entries:
        return one.delivery_id, one.agency.id
    return one.agency.id, one.dropped, tuple(to.contact_id for to in one.recipients)


def as_one(several: Sequence[Answerable]) -> Answerable:
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
    )


def with_apart(joined: Iterable[Draft], apart: Sequence[Draft]) -> list[Draft]:
    """Letters that tell of several things, with those that go where one cannot be written: one for
    each thing."""
    return [
        replace(draft, apart=tuple(one for one in apart if one.recipient == draft.recipient))
        for draft in joined
    ]
