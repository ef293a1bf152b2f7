"""Messages of strangers that wait for their turn, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from intake.unregistered_senders import WaitingDomain
from outbox.digest.waiting_messages import StrangersInTurn, tell_strangers_in_turn
from tests.outbox.conftest import LONDON

NOW = datetime(2010, 4, 20, 8, tzinfo=LONDON)
AGENCIES = frozenset({"meadowlane.example"})


def told(*turns: WaitingDomain, secret: str = "") -> StrangersInTurn:
    return tell_strangers_in_turn(turns, AGENCIES, lambda words: words != secret, NOW)


def turn(domain: str, messages: int, *, full: bool = True, days: int = 0) -> WaitingDomain:
    return WaitingDomain(domain, messages, full, NOW - timedelta(days=days))


def test_nothing_is_told_where_nothing_waits() -> None:
    assert told() == StrangersInTurn((), ())


def test_the_most_is_named_the_rest_counted_and_the_oldest_and_the_end_are_told() -> None:
    turns = [turn(f"d{n}.example", 120 - n, days=n) for n in range(6)]
    (note,) = told(*turns).notes
    assert note.startswith(
        "705 messages of strangers wait for their turn since Thursday 15 April: 120 from"
        " d0.example, 119 from d1.example, 118 from d2.example and 348 from 3 other domains."
    )
    assert "50 a day of one domain (the last of them in 3 days)." in note
    assert "can be moved or deleted in the mailbox" in note
    assert "scr-intake contact add" in note


def test_ever_another_domain_is_counted_and_none_named() -> None:
    (note,) = told(*(turn(f"d{n}.example", 1, full=False) for n in range(9))).notes
    assert "since Tuesday 20 April: 9 from as many domains. Untouched" in note
    assert "a day" not in note


def test_an_agencys_own_domain_asks_for_somebody_once_its_day_is_full() -> None:
    (need,) = told(turn("meadowlane.example", 1)).needs
    assert need.says.startswith("1 message from meadowlane.example, where people are registered,")
    assert "waits for its turn since Tuesday 20 April" in need.says
    assert need.command.startswith("scr-intake contact add REF CODE ADDRESS")
    assert told(turn("meadowlane.example", 1, full=False)).needs == ()


def test_no_domain_is_told_that_may_not_be_or_that_is_no_host_name() -> None:
    for domain in ("mother.example", f"{'x' * 60}.example", "a b.example", "-.x", "<b>.example"):
        (note,) = told(turn(domain, 7), secret="mother.example").notes
        assert ": 7 from a domain that is not told here." in note, domain
    assert "7 from senders who give no address" in told(turn("", 7)).notes[0]
