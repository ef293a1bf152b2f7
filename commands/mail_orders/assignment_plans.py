"""What comes of an order that says whose something is, and what: it is judged there, before
anything is decided."""

from __future__ import annotations

from dataclasses import replace

from commands.assign import (
    AssignedEntry,
    assignment_lines,
    decide_assignment,
    find_place,
    judge_in_place,
    log_assignment,
)
from commands.composition.app import Application
from commands.decisions.requesting import request_rules
from commands.mail_orders.plans import OrderPlan, plan_decisions
from commands.mail_orders.wishes import AssignWish
from handlers.register.agencies import AgencyPlace
from handlers.register.decision import Decision, DecisionRefused
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import Entry, Submission
from handlers.register.time_requests import MESSAGE_REASON
from outbox.writing.commands_to_paste import is_bare_message

_NOTHING_WAITS = DecisionRefused("It does not wait for anybody any more.")


def _told_what_is_owed(judged: AssignedEntry) -> AssignedEntry:
    """A message that is nothing but words waits for nobody once a person has read it and said whose
    it is: its sender is told what that agency owes, as if they had asked for that alone."""
    said = tuple(
        replace(each, reason=SetApartReason.STATUS_ASKED) if _is_words_alone(each) else each
        for each in judged.submissions
    )
    return replace(judged, submissions=said)


def _as_it_came(app: Application, entry: Entry, place: AgencyPlace) -> AssignedEntry:
    """The same of a message that has its place: there is nothing in it to judge once more."""
    delivery, asks = app.spool.get(entry.delivery_id), SetApartReason.STATUS_ASKED
    said = Submission(0, delivery.content, verdict="refer", reason=asks)
    return AssignedEntry(place, None, delivery, (said,), entry.id)


def _is_words_alone(said: Submission) -> bool:
    special = said.kind or said.asks or said.leaving or said.danger
    return said.reason == MESSAGE_REASON and not (special or said.encrypted)


def plan_assignment(app: Application, wish: AssignWish) -> OrderPlan | DecisionRefused:
    """Each entry is judged where it is said to be of, before anything is decided."""
    found, because = dict[int, AssignedEntry](), wish.because
    for entry in app.register.entries.waiting_among(wish.entries):
        said = wish.place
        place = find_place(app, entry, *((said.reference, said.agency) if said else (None, None)))
        if isinstance(place, DecisionRefused):
            return place
        kind = (said.kind or None) if said else None
        if said is None and is_bare_message(entry):
            found[entry.id] = _as_it_came(app, entry, place)
            continue
        judged = judge_in_place(app, entry, place, kind)
        if isinstance(judged, DecisionRefused):
            return judged
        found[entry.id] = judged if kind else _told_what_is_owed(judged)

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
