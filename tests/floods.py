"""Floods, put straight into a board's register: very many of one thing, without judging each.

Does: logs messages of strangers as the processor would, a delivery and an entry each; holds letters
back as the post does under the cap of one reader's day.
Trusts: nothing.
Never touches: the confined worker; one flood of `tests/commands/test_grouped.py` goes through it.
Known limits: none.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from commands.composition.app import Application, open_application
from commands.global_options import GlobalOptions
from handlers.deliveries.judge_documents import set_apart_submission
from handlers.register.submissions import LoggedDelivery, Origin
from handlers.senders.attribution import UncertainPlace
from intake.source import SourceOffer
from outbox.samples.facts import CHECKED
from outbox.writing.letter import Draft, Recipient
from outbox.writing.letter_reasons import LetterReason
from tests.board import Board
from tests.known_sources import MAIL_1

AT = "2010-04-01T10:00"
SERVICE = "scr-returns@board.example"
WHEN = datetime(2010, 3, 30, 9, tzinfo=UTC)
UNKNOWN = UncertainPlace("sender-unknown")


def flood(
    app: Application,
    number: int,
    domain: str,
    why: UncertainPlace = UNKNOWN,
    origin: Origin | None = None,
    when: datetime = WHEN,
) -> None:
    """So many messages of one domain; `origin` is that of a registered sender's."""
    before = app.spool.counts_by_state()["judged"]
    whose = origin or Origin(domain=domain)
    with app.register.transaction():
        for n in range(before, before + number):
            app.spool.take_delivery(MAIL_1, SourceOffer(f"flood {n}"), b"message %d" % n, when)
        for delivery in app.spool.waiting_deliveries():
            own = set_apart_submission(delivery.content, why)
            app.register.logbook.log_delivery(
                LoggedDelivery(delivery, whose, (own,), when.date(), when)
            )
            app.spool.mark_judged(delivery, "held")


def asked(board: Board) -> GlobalOptions:
    moment = datetime.fromisoformat(AT).replace(tzinfo=ZoneInfo("Europe/London"))
    return GlobalOptions(board.folder / "scr-intake.toml", moment)


def pour(board: Board, *floods: tuple[int, str], why: UncertainPlace | None = None) -> None:
    with open_application(asked(board)) as app:
        for number, domain in floods:
            flood(app, number, domain, *([why] if why else []))


def held_back(
    board: Board, number: int, contact: int = 1, why: str = LetterReason.PERHAPS_A_PROGRAM
) -> None:
    """So many letters to one reader that wait for a person."""
    with open_application(asked(board)) as app:
        person = app.register.people.find_contact(contact)
        assert person is not None
        place = app.register.people.place_of_agency(person.agency_id)
        assert place is not None
        before = len(app.queue.list_letters())
        for n in range(before, before + number):
            draft = Draft(
                key=f"check/{n}/{contact}",
                kind="check-result",
                recipient=Recipient(person.name, person.email, contact),
                facts=CHECKED,
                case_id=place.case_id,
                agency_id=person.agency_id,
            )
            message = app.correspondence.write_unqueued(draft, app.now())
            id = app.queue.add(draft, message, app.now(), app.now().date())
            letter = app.queue.get(id)
            assert letter is not None
            app.queue.hold_back(letter, why)
