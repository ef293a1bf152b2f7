"""The clock of a review: the day by which it should be complete, and what lies before that.

Does: says in words how much time is left, what the case file's milestones are, and what is past.
Pure.
Trusts: the register's matrix, with the milestones.
Never touches: returns; each has a due date of its own.
Known limits: whether a milestone was met is known only from a person, who marks it done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from config.calendar import in_words
from handlers.register.matrix import CaseRow
from outbox import remedies
from outbox.facts import Need
from outbox.words import count

_LOAD = (
    "If it has a new day, put that into the case file as `on`, and load it:"
    " `scr-intake case load FILE` Once it is done, mark it:"
)


def is_past(case: CaseRow, today: date) -> bool:
    """Whether the review should have been complete before today."""
    return case.state != "closed" and case.complete_by < today


def told(case: CaseRow, today: date) -> Iterator[str]:
    """ "To be complete by Wednesday 1 September 2010: 134 days left.", and the milestones that have
    passed and are not done, and those to come. A case on hold is told too: its day stands until
    another is agreed."""
    if case.state == "closed":
        return
    yield f"{_by(case, today)}."
    if gone := [
        f"{what}, {in_words(day)} ({_ago(day, today)})" for what, day in undone(case, today)
    ]:
        yield f"Past, and not marked done: {'; '.join(gone)}."
    coming = [f"{what}, {in_words(day)} ({_in(day, today)})" for what, day in _coming(case, today)]
    if coming:
        yield f"Before that: {'; '.join(coming)}."


def past(cases: Sequence[CaseRow], today: date) -> Iterator[Need]:
    """The reviews that are past their day, the longest first, and the milestones that passed and
    are not marked done, each with what can be done."""
    late = (case for case in cases if is_past(case, today))
    for case in sorted(late, key=lambda case: case.complete_by):
        says = f"{case.reference}: the review {_lower(_by(case, today))}."
        yield Need(says, remedies.prolong(case.reference))
    gone = [(day, what, case.reference) for case in cases for what, day in undone(case, today)]
    for day, what, reference in sorted(gone):
        was = f"was to be on {in_words(day)}, {_ago(day, today)}"
        says = f"{reference}: {what} {was}, and is not marked done."
        yield Need(says, remedies.milestone(reference, day), (_LOAD,))


def undone(case: CaseRow, today: date) -> list[tuple[str, date]]:
    """The milestones whose day is past and that are not marked done."""
    if case.state == "closed":
        return []
    return [(what, day) for what, day in case.milestones if day < today]


def soon(cases: Iterable[CaseRow], today: date, horizon: date) -> Iterator[str]:
    """ "N12: the first panel meeting, Monday 3 May 2010 (in 4 days)."."""
    for case in cases:
        if case.state == "closed":
            continue
        days = [*_coming(case, today), ("the review should be complete", case.complete_by)]
        for what, day in days:
            if today <= day <= horizon:
                yield f"{case.reference}: {what}, {in_words(day)} ({_in(day, today)})."


def _by(case: CaseRow, today: date) -> str:
    day = in_words(case.complete_by)
    if case.complete_by < today:
        return f"Should have been complete by {day}, {_ago(case.complete_by, today)}"
    return f"To be complete by {day}: {_left(case.complete_by, today)}"


def _coming(case: CaseRow, today: date) -> list[tuple[str, date]]:
    return [(what, day) for what, day in case.milestones if day >= today]


def _left(day: date, today: date) -> str:
    days = (day - today).days
    return f"{count(days, 'day')} left" if days else "that is today"


def _in(day: date, today: date) -> str:
    days = (day - today).days
    return f"in {count(days, 'day')}" if days else "today"


def _ago(day: date, today: date) -> str:
    return f"{count((today - day).days, 'day')} ago"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
