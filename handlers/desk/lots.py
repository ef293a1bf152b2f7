"""Putting what came into lots: whose it is, and what is set apart for a person.

Does: makes the origin of a placed delivery, and the submission of one, or of a document of it,
that is set apart.
Trusts: the place it is given.
Never touches: the register.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handlers.post.attribution import Unplaced
from handlers.register.entry import Origin, Submission
from handlers.register.people import Place
from intake.message.message import Message
from intake.strangers import domain_of


def origin_of(place: Place, message: Message | None = None, *, says_more: bool = False) -> Origin:
    """`message` is None for a dropped file."""
    return Origin(
        case_id=place.case_id,
        reference=place.reference,
        agency_id=place.agency_id,
        code=place.code,
        contact_id=place.contact.id if place.contact else None,
        thread=message.message_id if message else "",
        automatic=message.automatic if message else "",
        domain=domain_of(message.sender) if message else "",
        says_more=says_more,
    )


def nobodys(message: Message | None = None) -> Origin:
    """The origin of what belongs to nobody yet."""
    if message is None:
        return Origin()
    return Origin(automatic=message.automatic, domain=domain_of(message.sender))


def apart(content: str, why: Unplaced, position: int = 0) -> Submission:
    """What has this content is set apart: the delivery as a whole, or the document at a
    `position`."""
    return Submission(
        position, content, verdict=why.verdict, reason=why.reason, candidates=why.candidates
    )


def could_be(whole: Submission, places: Iterable[Place]) -> Submission:
    """With those of its proven sender's places that it could be of."""
    own = (place for place in places if place.reference in whole.candidates)
    return replace(
        whole, places=tuple((p.agency_id, p.contact.id if p.contact else None) for p in own)
    )
