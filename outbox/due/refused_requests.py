"""What is said to whoever asked, named or told something and was refused: there is nothing in it
to mend and to send again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from config.calendar import date_in_words
from config.english import join_with_and
from config.kind import Kinds
from handlers.register.decisions import RecordedDecision
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.submissions import Entry
from outbox.writing.commands_to_paste import plain_for_which, returns_still_open

_NOT_TAKEN_UP = (
    "It is settled and is not taken up: there is nothing that you need to do about it. If you would"
    " like to know why, please reply to this message."
)


def is_refused(made: RecordedDecision, entries: Sequence[Entry], kinds: Kinds) -> bool:
    """Whether a person said no to what asks, names or tells something."""
    found = [None if entry.reason else kinds.get(entry.kind) for entry in entries]
    plain = [kind for kind in found if kind is not None and not kind.may_need_changes]
    return made.what == "reject" and bool(found) and len(plain) == len(found)


def is_time_refused(entries: Sequence[Entry]) -> bool:
    """Whether all that was refused asks for more time."""
    return all(entry.kind == EXTENSION_REQUEST for entry in entries)


def refusal_sentence(entries: Sequence[Entry], agency: AgencyRow, kinds: Kinds, today: date) -> str:
    """That more time is not agreed, and when each return it was asked for is due all the same; of
    anything else that it is not taken up."""
    if not is_time_refused(entries):
        return _NOT_TAKEN_UP
    rows = {
        row.id: row
        for entry in entries
        if plain_for_which(entry, agency, kinds)
        for row in returns_still_open(entry, agency, kinds, ())
    }
    said = [_still_due(row, kinds, today) for row in rows.values()]
    if not said:
        return "More time is not agreed. What is due stays due as it stands below."
    return f"More time is not agreed: {join_with_and(said)}."


def _still_due(row: ReturnRow, kinds: Kinds, today: date) -> str:
    """ "the IMR stays due by Friday 7 May 2010"."""
    noun = kinds[row.kind].noun
    if row.due < today:
        return f"the {noun} was due on {date_in_words(row.due)}"
    return f"the {noun} stays due by {date_in_words(row.due)}"
