"""Drafts, as the digest asks for them."""

from __future__ import annotations

from commands.app import Application
from outbox.digest.needs import drafted_letter_needs
from outbox.writing.facts import Need
from tests.outbox.test_ladder_steps import CHAIR, draft, queued


def test_a_draft_is_told_until_it_is_released(app: Application) -> None:
    letter = queued(app, draft("to-chair", CHAIR))
    assert list(drafted_letter_needs(app.ledger)) == [
        Need(
            "N12, Meadow Lane Surgery: so late that the chair's office should hear of it."
            " The letter is drafted. To read it: `scr-intake letters show 1` To send it:",
            "scr-intake letters release 1",
            more=("To leave it unsent: `scr-intake letters cancel 1`",),
        )
    ]
    app.queue.release_draft(letter, app.now())
    assert list(drafted_letter_needs(app.ledger)) == []
