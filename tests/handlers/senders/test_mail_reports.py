"""Reports of letters that did not arrive: which letter, and whether the report is proven."""

from __future__ import annotations

import pytest

from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.register.submissions import BouncedLetter
from tests import builders as build
from tests.processors import AUTHOR, SERVICE, Desk, apart, mail


@pytest.mark.parametrize(
    ("status", "weight", "why"),
    [
        ("5.1.1", "hard", "no-such-address"),
        ("4.2.2", "soft", "mailbox-full"),
        ("5.2.2", "soft", "mailbox-full"),
    ],
)
def test_a_bounce_is_noted_against_the_letter_it_names_and_why(
    desk: Desk, status: str, weight: str, why: str
) -> None:
    """Failure modes 66 and 71."""
    ours = desk.registry.register.threads.make_message_id("a letter", 1, "board.example")
    letter = build.mail(SERVICE, AUTHOR, "N12", "A reminder.", message_id=ours)
    settlement = desk.mailed(build.bounce(letter, AUTHOR, SERVICE, status=status))
    assert apart(settlement) == ("automatic", "automatic")
    assert settlement.notes == (BouncedLetter(ours, weight, 1, "sender", why),)
    (row,) = desk.registry.database.fetch_rows("SELECT message_id, weight, why, proof FROM bounces")
    assert tuple(row) == (ours, weight, why, "sender")


def test_a_bounce_that_names_no_letter_of_ours_notes_nothing(desk: Desk) -> None:
    """Failure mode 71."""
    settlement = desk.mailed(build.bounce(mail(), AUTHOR, SERVICE))
    assert settlement.notes == ()


RELAYED = "from x (relay.board.example [10.0.0.2]) by mx.board.example with ESMTP id 1; today"
VOUCHED = "mx.board.example; dmarc=pass header.from=meadowlane.example"


def reported(desk: Desk, source: str, **headers: str) -> JudgedDelivery:
    ours = desk.registry.register.threads.make_message_id("a letter", 1, "board.example")
    letter = build.mail(SERVICE, AUTHOR, "N12", "A reminder.", message_id=ours)
    status = headers.pop("status", "5.1.1")
    action = headers.pop("action", "failed")
    report = build.bounce(letter, AUTHOR, SERVICE, status=status, action=action)
    return desk.mailed(
        "".join(f"{k}: {v}\r\n" for k, v in headers.items()).encode() + report, source
    )


@pytest.mark.parametrize(
    ("headers", "proof"),
    [({"Received": RELAYED}, "relay"), ({"Authentication-Results": VOUCHED}, "sender")],
    ids=["from our relay", "from its reader's domain"],
)
def test_a_report_counts_where_it_is_proven(
    desk: Desk, headers: dict[str, str], proof: str
) -> None:
    """Failure mode 106; the proof is kept, so that a person can see why."""
    settlement = reported(desk, "mail-3", **headers)
    assert apart(settlement) == ("automatic", "automatic")
    kept = [(n.weight, n.proof) for n in settlement.notes if isinstance(n, BouncedLetter)]
    assert kept == [("hard", proof)]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Received": RELAYED.replace("relay.board", "relay.elsewhere")},
        {"Authentication-Results": VOUCHED.replace("pass", "fail")},
        {"status": "4.2.2"},
    ],
    ids=["no proof", "from another relay", "not vouched for", "soft"],
)
def test_a_report_that_is_not_proven_is_a_question(desk: Desk, headers: dict[str, str]) -> None:
    """Failure mode 106: a forged one silences nobody."""
    settlement = reported(desk, "mail-3", **headers)
    assert apart(settlement) == ("refer", "report-unproven")
    assert [note.proof for note in settlement.notes if isinstance(note, BouncedLetter)] == [""]


def test_a_report_by_which_nothing_stops_needs_no_proof(desk: Desk) -> None:
    settlement = reported(desk, "mail-3", status="4.4.1", action="delayed")
    assert apart(settlement) == ("automatic", "automatic")
