"""Drafts, as the digest asks for them."""

from __future__ import annotations

from commands.composition.app import Application
from outbox.digest.needs import drafted_letter_needs
from tests.outbox.test_ladder_steps import CHAIR, draft, queued


def test_a_draft_is_told_until_it_is_released(app: Application) -> None:
    letter = queued(app, draft("to-chair", CHAIR))
    (need,) = drafted_letter_needs(app.database)
    assert need.says == (
        "N12, Meadow Lane Surgery: so late that the chair's office should hear of it."
        " The letter is drafted. To read it: `scr-intake letters show 1` To send it:"
    )
    assert need.command == "scr-intake letters release 1"
    assert need.more == ("To leave it unsent: `scr-intake letters cancel 1`",)
    assert [offer.order for offer in need.offers] == ["release", "cancel", "details"]
    app.queue.release_draft(letter, app.now())
    assert list(drafted_letter_needs(app.database)) == []
