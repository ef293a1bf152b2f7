"""What comes of an order that says whose something is, and what: it is judged there, before
anything is decided."""

from __future__ import annotations

from commands.app import Application
from commands.assigning import (
    AssignedEntry,
    assignment_lines,
    decide_assignment,
    find_place,
    judge_in_place,
    log_assignment,
)
from commands.mail_orders.plans import OrderPlan, plan_decisions
from commands.mail_orders.wishes import AssignWish
from commands.requesting import request_rules
from handlers.register.decision import Decision, DecisionRefused

_NOTHING_WAITS = DecisionRefused("It does not wait for anybody any more.")


def plan_assignment(app: Application, wish: AssignWish) -> OrderPlan | DecisionRefused:
    """Each entry is judged where it is said to be of, before anything is decided."""
    found, because = dict[int, AssignedEntry](), wish.because
    for entry in app.register.entries.waiting_among(wish.entries):
        said = wish.place
        place = find_place(app, entry, *((said.reference, said.agency) if said else (None, None)))
        if isinstance(place, DecisionRefused):
            return place
        judged = judge_in_place(app, entry, place, (said.kind or None) if said else None)
        if isinstance(judged, DecisionRefused):
            return judged
        found[entry.id] = judged

    def decide() -> list[Decision | DecisionRefused]:
        matters = ((request_rules(app).matter(id), one) for id, one in found.items())
        return [
            matter
            if isinstance(matter, DecisionRefused)
            else decide_assignment(matter, one.place, because)
            for matter, one in matters
        ]

    decisions = decide()
    made = [each for each in decisions if isinstance(each, Decision)]
    if not made or len(made) < len(decisions):
        return next((r for r in decisions if isinstance(r, DecisionRefused)), _NOTHING_WAITS)

    def carry_out() -> list[int]:
        return [log_assignment(app, each, found[each.entry_id or 0]) for each in made]

    told = list(
        dict.fromkeys(line for one in found.values() for line in assignment_lines(app, one))
    )
    return plan_decisions(app, made, decide, decisions, carry_out, told)
