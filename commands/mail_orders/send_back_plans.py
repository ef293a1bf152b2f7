"""What comes of sending back what is of no agency yet: it is said to be of the agency that its
sender is registered for, as it came, and sent back there in the administrator's words."""

from __future__ import annotations

from dataclasses import replace

from commands.assign import AssignedEntry, decide_assignment, log_assignment
from commands.composition.app import Application
from commands.decisions.requesting import carry_out_decisions, decide_request, request_rules
from commands.mail_orders.plans import OrderPlan, plan_decisions
from commands.mail_orders.wishes import SendBackWish
from handlers.register.decision import Decision, DecisionRefused
from handlers.register.requests import Request
from handlers.register.submissions import Submission

_NOTHING_WAITS = DecisionRefused("It does not wait for anybody any more.")


def plan_sending_back(app: Application, wish: SendBackWish) -> OrderPlan | DecisionRefused:
    """It is not judged there: nobody says that it is one of what that agency owes."""
    entry = next(iter(app.register.entries.waiting_among([wish.entry])), None)
    if entry is None:
        return _NOTHING_WAITS
    delivery, place = app.spool.get(entry.delivery_id), wish.place
    content = entry.content or delivery.content
    as_it_came = Submission(
        *(entry.position, content),
        verdict="refer",
        reason=entry.reason,
        candidates=entry.told.candidates,
    )
    sender = place.contact.id if place.contact else None
    found = AssignedEntry(place, sender, delivery, (as_it_came,), entry.id)

    def decide() -> Decision | DecisionRefused:
        matter = request_rules(app).matter(wish.entry)
        if isinstance(matter, DecisionRefused):
            return matter
        return decide_assignment(matter, place, replace(wish.because, tell=""))

    made = decide()
    if isinstance(made, DecisionRefused):
        return made

    def carry_out() -> list[int]:
        id = log_assignment(app, made, found)
        theirs = tuple(one.id for one in app.register.entries.entries_made_by(id))
        back = decide_request(app, Request("reject", wish.because, theirs))
        return [id, *([] if isinstance(back, DecisionRefused) else carry_out_decisions(app, back))]

    told = f"It goes back to {place.code} in {place.reference}, for whom its sender is registered."
    return plan_decisions(app, (made,), decide, made, carry_out, (told,))
