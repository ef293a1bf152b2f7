"""Drafts, as the digest asks for them."""

from __future__ import annotations

from commands.app import House
from outbox.digest.needs import drafted
from outbox.writing.facts import Need
from tests.outbox.test_rungs import CHAIR, draft, queued


def test_a_draft_is_told_until_it_is_released(house: House) -> None:
    letter = queued(house, draft("to-chair", CHAIR))
    assert list(drafted(house.ledger)) == [
        Need(
            "N12, Meadow Lane Surgery: so late that the chair's office should hear of it."
            " The letter is drafted. To read it: `scr-intake letters show 1` To send it:",
            "scr-intake letters release 1",
        )
    ]
    house.queue.release(letter, house.now())
    assert list(drafted(house.ledger)) == []
