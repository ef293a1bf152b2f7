"""A message of somebody in several reviews, that names none of them."""

from __future__ import annotations

from tests.handlers.senders.returns import UNTITLED
from tests.processors import Desk, apart, mail
from tests.registry import SECOND_CASE

SCOPE = (
    "URGENT. There is another child in the household we did not know about, a baby born in June."
    " The terms of reference will need to change and I think the period too."
)
SEALED = "You have received a secure message. Read it: https://switch.egress.com/ui/message?id=8"


CAME_TO = {
    SCOPE: ("nothing-attached", "scope_alert"),
    SEALED: ("sealed-waiting", None),
    "Thank you.": ("thanks", None),
    "Whom may we ask about the chronology?": ("nothing-attached", None),
}


def ours(desk: Desk) -> set[int]:
    return {desk.registry.place(reference=each).agency_id for each in ("N12", "N13")}


def test_it_is_known_for_what_it_is_and_where_it_could_be_of(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    for body, (reason, kind) in CAME_TO.items():
        settlement = desk.mailed(mail(subject="Hello", body=body))
        (whole,) = settlement.submissions
        assert apart(settlement) == ("refer", reason)
        assert (whole.kind, whole.candidates) == (kind, ("N12", "N13"))
        assert {agency for agency, _ in whole.places} == ours(desk)


def test_a_dropped_file_keeps_waiting_what_it_could_be_of(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    desk.dropped(UNTITLED)
    waits = desk.registry.register.entries.unsettled_entries()
    assert {(each.agency_id, each.unclear) for each in waits} == {(id, True) for id in ours(desk)}
