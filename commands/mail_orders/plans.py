"""What an order comes to, before it is carried out: what is told of it, and how it is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from commands.composition.app import Application
from commands.decisions.effects import LETTER_LINE, WordsWithheld, decision_effects
from config.calendar import clock_time
from config.command_line import without_commands
from handlers.register.decision import CASE_STATES, Decision, DecisionRefused
from outbox.writing.letter import Letter

_ENTRY_TOO = re.compile(r"^This answers entry \d+ too, ")
_ENTRY = re.compile(r"^Entry \d+, (\w)")
TRIED = "Letters are only tried for now: this goes to nobody but you."
_OF_CASES = frozenset({*CASE_STATES, "prolong"})


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """What an order comes to: what is told of it, and how it is done, in a transaction. `decide`
    gives the same as it gave before where nothing has changed."""

    says: tuple[str, ...]
    decide: Callable[[], object]
    decided: object
    carry_out: Callable[[], list[int]]
    agencies: tuple[int, ...] = ()
    letters: tuple[Letter, ...] = ()
    cases: tuple[int, ...] = ()
    tried: tuple[int, ...] = ()  # letters that were only tried, and of which nothing more is sent
    unwritten: Sequence[int] = ()  # filled as it is carried out: letters that are given up
    undoable: bool = True


def plan_decisions(
    app: Application,
    decisions: Sequence[Decision],
    decide: Callable[[], object],
    decided: object,
    carry_out: Callable[[], list[int]],
    told: Sequence[str] = (),
    *,
    undoable: bool = True,
    asked: Sequence[int] = (),
) -> OrderPlan | DecisionRefused:
    """What decisions come to. That they settle what the order itself is about, the entries that
    `asked`, is not told once more."""
    try:
        effects = decision_effects(app, decisions, carry_out)
    except WordsWithheld as why:
        return DecisionRefused(why.sentence)
    own = tuple(f"This answers entry {id} too, " for id in asked)
    others = [line for line in effects if not line.startswith(own)] if own else effects
    says = [*told, *effect_lines(app, others)]
    agencies = tuple(dict.fromkeys(each.agency_id for each in decisions if each.agency_id))
    cases = tuple(each.case_id for each in decisions if each.what in _OF_CASES and each.case_id)
    return OrderPlan(
        *(tuple(says), decide, decided, carry_out, agencies), cases=cases, undoable=undoable
    )


def effect_lines(app: Application, effects: Iterable[str], *, decided: bool = True) -> list[str]:
    """What an order causes, for a mail; of its letters also when they leave: those that tell of
    what was `decided` wait until nothing more is for a while."""
    lines = [without_numbers(line) for line in filter(None, map(without_commands, effects))]
    letters = any(line.startswith(LETTER_LINE) for line in lines)
    return [*lines, leaving_sentence(app, decided=decided)] if letters else lines


def without_numbers(line: str) -> str:
    """Without the numbers of entries, which are for the commands alone."""
    line = _ENTRY_TOO.sub("This answers something else too: ", line)
    return _ENTRY.sub(lambda found: found[1].upper(), line)


def leaving_sentence(app: Application, *, decided: bool = True) -> str:
    """When the letters that a decision by mail causes may leave, and that in a trial they go to
    nobody else."""
    outbox, now = app.settings.outbox, app.now()
    if outbox.trial:
        return TRIED
    minutes = max(outbox.undo_minutes, outbox.decisions_quiet_minutes if decided else 0)
    if not minutes:
        return "Letters go with the next round."
    return f"Letters leave at {clock_time(now + timedelta(minutes=minutes))} at the earliest."
