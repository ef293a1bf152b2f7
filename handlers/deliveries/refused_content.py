"""What the virus scanner does not let be opened: held whole, for whoever it is of as far as that is
certain without opening it.

One thing in a delivery that is refused holds all of it: what came beside it is not opened either.
"""

from __future__ import annotations

from handlers.deliveries.judge_documents import origin_of_place, unplaced_origin
from handlers.findings import Finding
from handlers.register.agencies import AgencyPlace
from handlers.register.set_apart_reasons import SetApartReason
from handlers.register.submissions import DeliveryPart, Submission
from handlers.senders.attribution import UncertainPlace
from intake.message.message import Message


def refused_submission(content: str, why: Finding) -> Submission:
    """The delivery with that content, as a whole. The reason is the rule's own name."""
    return Submission(0, content, verdict="hold", reason=SetApartReason(why.rule), findings=(why,))


def refused_part(
    content: str,
    why: Finding,
    place: AgencyPlace | UncertainPlace,
    message: Message | None = None,
) -> DeliveryPart:
    """In its place, where one is certain. `message` is None for a dropped file."""
    if isinstance(place, UncertainPlace):
        origin = unplaced_origin(message)
    else:
        origin = origin_of_place(place, message)
    return DeliveryPart(origin, (refused_submission(content, why),))
