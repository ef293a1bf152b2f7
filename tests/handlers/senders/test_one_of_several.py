"""A message of somebody in several reviews, that names none of them."""

from __future__ import annotations

import pytest

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


def requests(desk: Desk, body: str) -> dict[str, dict[str, str]]:
    """What more time is asked for in each review, by its reference."""
    desk.registry.load(SECOND_CASE)
    settlement = desk.mailed(mail(subject="Returns", body=body))
    return {
        part.origin.reference: dict(judgement.clues.asks)
        for part in settlement.parts
        for one in part.submissions
        for judgement in one.judgements
        if judgement.kind == "extension_request" and part.origin.reference
    }


BOTH = (
    "Both of our chronologies are going to be late. Is the end of June any good for you?",
    "Is there any chance of an extra week on everything in both reviews?",
    "Could we have until 25 June for the chronologies in N12 and N13, please?",
)


@pytest.mark.parametrize("body", BOTH)
def test_a_request_for_both_is_a_request_in_each(desk: Desk, body: str) -> None:
    """It was sent back, to be sent again with one reference."""
    assert set(requests(desk, body)) == {"N12", "N13"}


@pytest.mark.parametrize(
    "body",
    [
        "Please let us have till 25 June for the chronology in N12, and until 9 July for the IMR"
        " in N13. Mark has been off and is catching up.",
        "For N12 we need until 25 June for the chronology, and for N13 until 9 July for the IMR.",
        "N12: could we have until 25 June for the chronology?\nN13: could we have until 9 July for"
        " the IMR?",
    ],
)
def test_each_review_has_the_days_that_are_said_of_it(desk: Desk, body: str) -> None:
    asks = requests(desk, body)
    assert "2010-06-25" in str(asks["N12"]) and "2010-07-09" not in str(asks["N12"])
    assert "2010-07-09" in str(asks["N13"]) and "2010-06-25" not in str(asks["N13"])


@pytest.mark.parametrize(
    "body",
    [
        "Could we have longer for the chronology, please?",
        "Which of N12 and N13 is the chronology for?",
        "Our chronologies are on their way.",
        "Could we have longer for one of our chronologies? Not for both reviews.",
    ],
)
def test_what_does_not_say_that_it_is_for_both_is_asked_about(desk: Desk, body: str) -> None:
    """The counter-examples."""
    assert requests(desk, body) == {}
