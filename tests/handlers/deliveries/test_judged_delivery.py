"""What a delivery came to, in the one word its source is told."""

from __future__ import annotations

import pytest

from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.register.submissions import DeliveryPart, EntryVerdict, Origin, Submission
from tests.registry import judgement


def settled(*submissions: Submission, stays: bool = False) -> JudgedDelivery:
    return JudgedDelivery((DeliveryPart(Origin(), submissions),), stays=stays)


def of(*verdicts: str) -> Submission:
    return Submission(1, "x", tuple(judgement("imr", verdict) for verdict in verdicts))


def apart(verdict: EntryVerdict) -> Submission:
    return Submission(0, "x", verdict=verdict, reason="automatic")


@pytest.mark.parametrize(
    ("settlement", "outcome"),
    [
        (settled(of("accept")), "accepted"),
        (settled(of("accept", "refer")), "referred"),
        (settled(of("accept"), of("reject", "refer")), "rejected"),
        (settled(of("accept"), of("hold")), "held"),
        (settled(of("accept"), apart("refer")), "referred"),
        (settled(apart("automatic")), "automatic"),
        (settled(apart("automatic"), stays=True), "not ours"),
        (settled(of()), "duplicate"),
        (settled(of(), of("accept")), "accepted"),
        (JudgedDelivery(stays=True), "not ours"),
        (JudgedDelivery(), "taken"),
    ],
)
def test_the_gravest_of_what_is_in_it_decides(settlement: JudgedDelivery, outcome: str) -> None:
    assert settlement.delivery_outcome == outcome


def test_its_origin_is_the_first_one_s() -> None:
    first, second = Origin(reference="N12"), Origin(reference="N13")
    assert JudgedDelivery((DeliveryPart(first, ()), DeliveryPart(second, ()))).first_origin == first
    assert JudgedDelivery().first_origin == Origin()
