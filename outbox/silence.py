"""Silence: why a return is not chased, though it is due.

Does: holds the reasons in the order in which they are told, and decides which one holds. Pure.
Trusts: the register, through the Waiting it is given.
Never touches: letters. What came is named by its entry's number alone.
Known limits: while anything that came is still to be judged nobody is chased, since nobody knows
whom it is from; something that could not be judged, and is nobody's, silences nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from handlers.register.matrix import CaseRow
from outbox import remedies
from outbox.checklist import LOOKED_AT, MORE_TIME
from outbox.words import count


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for us before an agency can be asked for a return: entries by their numbers.

    `unseen` says that a mailbox or the drop folder cannot be looked at, `unjudged` that something
    came and is not judged yet, `set_aside` that a file of the agency's could not be, `unread` that
    one lies in their folder and cannot be read.
    """

    unseen: bool = False
    unjudged: bool = False
    set_aside: bool = False
    unread: bool = False
    requests: tuple[int, ...] = ()
    sealed: tuple[int, ...] = ()
    referred: tuple[int, ...] = ()

    @property
    def says(self) -> str:
        """What an agency is told of a return instead of that it is late, "" for nothing."""
        if self.requests:
            return MORE_TIME
        return LOOKED_AT if self.sealed or self.referred else ""


@dataclass(frozen=True, slots=True)
class Silent:
    """A letter of the ladder that is due and not written: whose, about what, and why, with the
    command by which a person ends that, "" for none, and what `more` can be done."""

    reference: str
    agency: str
    about: str
    why: str
    command: str = ""
    more: tuple[str, ...] = ()


def _look(case: CaseRow, entries: Sequence[int]) -> str:
    return remedies.show(entries[0]) if entries else ""


class _Reason(NamedTuple):
    """A reason, when it holds, which entries wait, and the command that begins to end it."""

    holds: Callable[[CaseRow, Waiting], bool]
    why: str
    entries: Callable[[Waiting], tuple[int, ...]] = lambda waiting: ()
    remedy: Callable[[CaseRow, Sequence[int]], str] = _look


# In this order; the first that holds is told.
REASONS: tuple[_Reason, ...] = (
    _Reason(
        lambda case, w: case.state == "on hold",
        "the case is on hold",
        remedy=lambda case, entries: remedies.reopen(case.reference),
    ),
    _Reason(
        lambda case, w: w.unseen,
        "a mailbox or the drop folder cannot be looked at, and something may have come",
    ),
    _Reason(lambda case, w: w.unjudged, "something came that is still to be judged"),
    _Reason(lambda case, w: w.set_aside, "a file of theirs could not be judged"),
    _Reason(lambda case, w: w.unread, "a file in their folder could not be read"),
    _Reason(
        lambda case, w: bool(w.requests),
        "they ask for more time, and you have not decided",
        lambda w: w.requests,
    ),
    _Reason(
        lambda case, w: bool(w.sealed), "a sealed message waits to be opened", lambda w: w.sealed
    ),
    _Reason(
        lambda case, w: bool(w.referred),
        "something they sent waits for you to look",
        lambda w: w.referred,
    ),
)


def silence(case: CaseRow, waiting: Waiting) -> tuple[str, str] | None:
    """Why the return is not chased, and the command that begins to end it; None when it may be."""
    reason = next((reason for reason in REASONS if reason.holds(case, waiting)), None)
    if reason is None:
        return None
    entries = reason.entries(waiting)
    more = f" ({count(len(entries), 'document')})" if len(entries) > 1 else ""
    return reason.why + more, reason.remedy(case, entries)
