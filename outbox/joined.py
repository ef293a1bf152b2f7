"""What one reader hears of one agency on a day, in one letter.

Does: decides which steps are theirs and new to them, and what else that letter says: all that is
late, and the reminder that would follow within days. Pure.
Trusts: what was told, and the ladder.
Never touches: the register, the queue.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from config.ladder import TO_CHAIR, LadderLetter, Rung
from handlers.register.matrix import ReturnRow
from outbox.again import AGAIN, Week
from outbox.ladder import NEAR, Step, how_much, soon, stood_for_by
from outbox.readers import Reader


def news(step: Step, reader: Reader, week: Week) -> bool:
    """Whether this reader is to hear of it and was not told."""
    row, rung = step
    heard = week.told.has(row, rung.days, reader.recipient.contact_id)
    return not heard and reader.hears(rung, week.readers)


def theirs(reader: Reader, week: Week, again: Sequence[Step]) -> list[Step]:
    """What this reader is to hear of and was not told; `again` is what is asked for once more
    today."""
    fresh = {
        row.id: (row, rung)
        for row, rung in again
        if reader.hears(rung, week.readers) and not _lately(row, AGAIN, reader, week)
    }
    for step in (*week.come, *week.standing()):
        if step[0].id not in fresh and news(step, reader, week):
            fresh[step[0].id] = _nearest(step, week)
    letter = letter_about(list(fresh.values()))
    return [_as_told_in(letter, step, week) for step in fresh.values()]


def letter_about(steps: Sequence[Step]) -> LadderLetter:
    """The letter by which these are told together: the one that says most."""
    return max((rung.letter for _, rung in steps), key=how_much, default="reminder")


def joined(reader: Reader, own: Sequence[Step], week: Week) -> list[Step]:
    """What else the letter about these says; the chair's says no more."""
    if not own or any(rung.letter == TO_CHAIR for _, rung in own):
        return []
    said, letter = {row.id for row, _ in own}, letter_about(own)
    more = dict[int, Step]()
    if letter != "reminder":
        more = {
            row.id: _as_told_in(letter, (row, rung), week)
            for row, rung in week.late()
            if not _lately(row, letter, reader, week)
        }
    for row, rung in _soon(week):
        if row.id not in more and news((row, rung), reader, week):
            more[row.id] = (row, rung)
    return [step for id, step in more.items() if id not in said]


def _lately(row: ReturnRow, letter: LadderLetter, reader: Reader, week: Week) -> bool:
    """Whether such a letter would tell this reader again what they heard within the week."""
    contact = reader.recipient.contact_id
    return contact is not None and week.lately(row, letter, contact)


def _as_told_in(letter: LadderLetter, step: Step, week: Week) -> Step:
    """A letter that names what is late stands for that return's own step of its sort."""
    if step[1].letter == "reminder" or letter == TO_CHAIR:
        return step
    return stood_for_by(letter, step, week.ladder)


def _nearest(step: Step, week: Week) -> Step:
    """A reminder that is taken late stands for the next, where that would follow within days."""
    row, rung = step
    if rung.letter != "reminder" or week.calendar.shift(row.due, rung.days) >= week.today:
        return step
    following = _following(week, row, rung)
    within = week.calendar.shift(week.today, NEAR)
    if following is None or week.calendar.shift(row.due, following.days) > within:
        return step
    return row, following


def _following(week: Week, row: ReturnRow, rung: Rung) -> Rung | None:
    """The reminder after this one."""
    pairs = pairwise(week.ladder.of(row.kind))
    return next((b for a, b in pairs if a == rung and b.letter == "reminder"), None)


def _soon(week: Week) -> Iterator[Step]:
    """The reminders whose day comes within days, but for that of the day on which it is due."""
    for row in week.owed:
        rung = soon(row, week.ladder, week.calendar, week.today)
        if rung is not None:
            yield row, rung
