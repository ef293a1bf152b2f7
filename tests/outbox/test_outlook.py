"""What a letter that has not left waits for, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from outbox.samples.drafts import SAMPLES
from outbox.sending.letter_dispatcher import LetterDispatcher
from outbox.sending.transport import HandoverPostponed, TransportUnavailable
from outbox.sending.transport_back_off import TransportWaits
from outbox.sending.waiting_letters import SendingOutlooks
from outbox.writing.letter import Letter
from tests.outbox.conftest import NOW, Desk
from tests.outbox.test_letter_dispatcher import LETTER, Scripted, refuse

LATER = NOW + timedelta(minutes=1)


def sentence(desk: Desk, id: int = 1) -> str:
    away, ways = TransportWaits(desk.database).waits_not_over(LATER), {"outbox": ("digest",)}
    letter = desk.queue.get(id)
    assert letter is not None
    outlook = SendingOutlooks(desk.gate, away, ways, LATER).outlook_for(letter)
    return outlook.outlook_sentence(NOW.tzinfo) if outlook and outlook.has_obstacle else ""


def letter(desk: Desk) -> Letter:
    found = desk.queue.get(1)
    assert found is not None
    return found


def tried(
    *does: Callable[[], None], opens: Callable[[], None] | None = None
) -> Callable[[Desk], None]:
    def act(desk: Desk) -> None:
        transport = Scripted(*does, opens=[opens] if opens else [])
        LetterDispatcher(
            desk.queue, desk.gate, TransportWaits(desk.database), transport
        ).send_ready_letters(NOW)

    return act


def test_each_says_why_how_often_it_was_tried_and_when_it_goes(desk: Desk) -> None:
    """Issue 12: neither the list nor the log leaves anybody guessing why a letter is not there."""
    at = "10:20am on Thursday 1 April 2010"
    cases: dict[str, tuple[str, Callable[[Desk], None]]] = {
        "a": ("", lambda desk: None),
        "b": (f"Tried 1 time: not today. Next at {at}.", tried(refuse(HandoverPostponed))),
        "c": (f"Not today. It goes at {at}.", tried(opens=refuse(TransportUnavailable))),
    }
    desk.queue.add(replace(SAMPLES["digest"], key="a"), LETTER, NOW, NOW.date())
    for said, act in cases.values():
        act(desk)
        assert sentence(desk) == said
        TransportWaits(desk.database).note_available("outbox")
        desk.queue.retry_letter(letter(desk), NOW)
    desk.queue.hold_back(letter(desk), "too many went")
    assert sentence(desk) == (
        "Too many went. It goes once you let it go: `scr-intake letters retry 1`"
    )
    desk.queue.retry_letter(letter(desk), NOW)
    desk.queue.mark_sending(letter(desk))
    assert sentence(desk).startswith("Tried 1 time. The mail server was given it, and has not said")
