"""What was destroyed after the backup that was restored is destroyed again: its agency was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from commands.composition.app import Application
from commands.decisions.plain_copies import clear_plain_copies
from handlers.register.decision import DecisionReason
from handlers.register.withdrawals import Withdrawal
from intake.journal import DELIVERY_TAKEN, ORIGINAL_DESTROYED, ORIGINAL_WITHDRAWN, JournalLine

_REASON = DecisionReason("It was destroyed before the register was restored.", "scr-intake")
_STANDING = (
    "SELECT id FROM entries e WHERE content = ?1 AND (?2 IS NULL OR case_id ="
    " (SELECT id FROM cases WHERE reference = ?2)) AND NOT EXISTS (SELECT 1 FROM decisions w"
    " WHERE w.entry_id = e.id AND w.what = 'withdraw') ORDER BY id"
)


@dataclass(slots=True)
class DestroyedAgain:
    """The numbers of the entries that were, what of them is out of reach, and why others were
    not: a sentence each. `known` are the moments of the withdrawals that are dealt with."""

    entries: list[int] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)


def destroy_again(app: Application, lines: Iterable[JournalLine]) -> DestroyedAgain:
    """Withdraw what stands of the originals that were destroyed, as the journal tells, and of those
    that the register itself says are gone."""
    done = DestroyedAgain()
    found = list(_destroyed_since(lines))
    done.known = {facts["at"] for facts in found if "at" in facts}
    for facts in (*found, *({"content": mark} for mark in _gone(app))):
        rows = app.database.fetch_rows(_STANDING, facts["content"], facts.get("case"))
        for row in rows:
            _withdraw(app, row["id"], facts, done)
    app.register.withdrawals.destroyed.finish(app.now())
    done.left = list(dict.fromkeys(done.left))
    return done


def _destroyed_since(lines: Iterable[JournalLine]) -> Iterator[Mapping[str, Any]]:
    """Without what came once more after that, perhaps on purpose."""
    found = list[Mapping[str, Any]]()
    for line in lines:
        if line.what in (ORIGINAL_DESTROYED, ORIGINAL_WITHDRAWN):
            found.append(line.facts)
        elif line.what == DELIVERY_TAKEN:
            found = [each for each in found if each["content"] != line.facts["content"]]
    yield from found


def _gone(app: Application) -> Iterator[str]:
    """What an earlier register was told of when it was restored. What came again has a key."""
    destroyed = app.register.withdrawals.destroyed
    for row in app.database.fetch_rows("SELECT DISTINCT content FROM destroyed"):
        if destroyed.is_gone(row["content"]):
            yield row["content"]


def _withdraw(app: Application, id: int, facts: Mapping[str, Any], done: DestroyedAgain) -> None:
    register, now, zone = app.register, app.now(), app.settings.board.zone_info
    entry = register.entries.get_entry(id)
    if entry is None or id in done.entries:
        return
    with register.transaction():
        cases = register.case_matrix(now.date())
        made = register.withdrawals.plan_withdrawal(entry, cases, _REASON, zone, again=True)
        if not isinstance(made, Withdrawal):
            done.refused.append(
                f"Entry {id} was withdrawn before the restore, and what came with it is back."
                f" {made.why} To destroy it again:"
                f' `scr-intake entry withdraw {id} --reason "..."`'
            )
            return
        done.left += clear_plain_copies(app, made).left
        register.withdrawals.record(made, now, facts.get("why", "withdrawn"))
    done.entries += [each.id for each in made.entries]
