"""CHECK: a return is judged, its sender is told, and nothing of it is logged."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.register.submissions import Rehearsal
from tests import builders as build
from tests.handlers.senders.returns import BROKEN, CHECK, GP, QA
from tests.processors import SERVICE, Desk, apart, mail, outcomes
from tests.registry import STRANGERS


@pytest.mark.parametrize(
    "head",
    [
        {"to": CHECK},
        {"delivered_to": CHECK},
        {"x_original_to": CHECK.upper()},
        {"cc": CHECK},
        {"subject": "CHECK N12"},
        {"subject": "check: N12"},
    ],
)
def test_a_check_is_judged_and_nothing_of_it_is_logged(desk: Desk, head: dict[str, str]) -> None:
    settlement = desk.mailed(mail(BROKEN, QA, **head))
    (rehearsal,) = settlement.notes
    assert isinstance(rehearsal, Rehearsal)
    assert [(j.kind, j.verdict) for j in rehearsal.judgements] == [
        ("chronology", "reject"),
        ("qa_form", "accept"),
    ]
    assert (settlement.parts, settlement.delivery_outcome) == ((), "taken")
    assert set(desk.registry.states().values()) == {"awaited"}
    assert desk.registry.database.fetch_rows("SELECT * FROM entries") == []
    told = desk.registry.register.notes.rehearsal_judgements(1)
    assert told == rehearsal.judgements
    assert desk.registry.record()[-1] == "check asked"


@pytest.mark.parametrize(
    "head",
    [
        {"subject": "Checked chronology, N12"},
        {"subject": "Check of records, N12"},
        {"subject": "RE: CHECK N12"},
        {"to": "returns+check@elsewhere.example"},
        {"to": SERVICE.replace("@", "+checked@")},
        {"to": CHECK, "auto_submitted": "auto-generated"},
    ],
)
def test_what_does_not_plainly_ask_for_a_check_is_logged(desk: Desk, head: dict[str, str]) -> None:
    settlement = desk.mailed(mail(GP, **head))
    assert outcomes(settlement) == [("chronology", "accept")]


def test_a_stranger_may_not_have_anything_checked(desk: Desk) -> None:
    raw = mail(GP, to=CHECK, sender="someone@elsewhere.example")
    assert apart(desk.mailed(raw)) == ("hold", "sender-unknown")


def test_a_check_of_what_would_be_held_tells_nobody_of_it(desk: Desk) -> None:
    desk.registry.load(STRANGERS)
    other = build.make_qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    (rehearsal,) = desk.mailed(mail(other, QA, to=CHECK)).notes
    assert isinstance(rehearsal, Rehearsal)
    assert ([j.verdict for j in rehearsal.judgements], rehearsal.unsaid) == (["accept"], 1)


def test_what_was_checked_is_judged_when_it_is_sent(desk: Desk) -> None:
    desk.mailed(mail(GP, to=CHECK))
    assert outcomes(desk.mailed(mail(GP))) == [("chronology", "accept")]
