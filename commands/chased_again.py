"""What a decision sets going: whom chasing begins with once nothing waits any more.

Does: holds what would be written in the days to come against what would have been, and tells the
first letter to each reader, with its day.
Trusts: the forecast.
Never touches: letters; nothing is written.
Known limits: what would come later than DAYS from now is not told; `scr-intake due` tells it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from commands.house import House
from config.calendar import briefly
from handlers.register.decision import Decision
from outbox.forecast import Foreseen

DAYS = timedelta(days=7)
ENDS_SILENCE = frozenset({"accept", "reject", "assign", "keep", "reopen"})


def foreseen(
    house: House, decisions: Iterable[Decision], heard: Collection[int | None] = ()
) -> list[Foreseen]:
    """What would be written, as things stand; nothing for what no chasing hangs on. `heard` are the
    agencies that a letter goes to today, by their ids: they are chased on another day."""
    if not any(made.what in ENDS_SILENCE and made.case_id is not None for made in decisions):
        return []
    today = house.now().date()
    return list(house.chasing.forecast(today, today + DAYS, house.settings.board.zone, heard))


def chased_again(before: Sequence[Foreseen], after: Sequence[Foreseen]) -> Iterator[str]:
    """ "N12, Children's Services is chased again: chaser to Mo Tarrant on Monday 13 September, for
    the chronology."."""
    known = {one.draft.key for one in before}
    told = set[tuple[int | None, str]]()
    for one in after:
        draft, facts = one.draft, _facts(one)
        reader = (draft.agency_id, draft.recipient.email)
        if draft.key in known or reader in told:
            continue
        told.add(reader)
        if draft.kind == "undecided":
            yield _about_a_decision(one)
            continue
        what = "a draft for you to release," if draft.to_release else draft.kind
        yield (
            f"{facts.case}, {facts.agency} is chased again: {what} to {draft.recipient.name} on"
            f" {briefly(one.when.date())}, for the {facts.nouns}."
        )


def _about_a_decision(one: Foreseen) -> str:
    """Nobody is chased by that: it is drafted since the board has not decided."""
    facts, to = _facts(one), one.draft.recipient.name
    return (
        f"{facts.case}, {facts.agency}: a draft for you to release, to {to} on"
        f" {briefly(one.when.date())}, about what waits for a decision: the {facts.nouns}."
    )


def _facts(one: Foreseen) -> Any:
    return one.draft.facts
