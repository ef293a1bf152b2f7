"""Floods, put straight into a board's register: very many of one thing, without judging each.

Does: logs messages of strangers as the clerk would, a delivery and an entry each; holds letters
back as the post does under the cap of one reader's day.
Trusts: nothing.
Never touches: the confined worker; one flood of `tests/commands/test_grouped.py` goes through it.
Known limits: none.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from commands.app import House, open_house
from commands.global_options import Asked
from handlers.deliveries.judge_documents import apart
from handlers.register.submissions import Docket, Origin
from handlers.senders.attribution import Unplaced
from intake.source import Offer
from outbox.samples.facts import CHECKED
from outbox.sending.gate import A_PROGRAM
from outbox.writing.letter import Draft, Recipient
from tests.board import Board

AT = "2010-04-01T10:00"
SERVICE = "scr-returns@board.example"
WHEN = datetime(2010, 3, 30, 9, tzinfo=UTC)
UNKNOWN = Unplaced("hold", "sender-unknown")


def flood(
    house: House,
    number: int,
    domain: str,
    why: Unplaced = UNKNOWN,
    origin: Origin | None = None,
    when: datetime = WHEN,
) -> None:
    """So many messages of one domain; `origin` is that of a registered sender's."""
    before = house.spool.counts()["judged"]
    whose = origin or Origin(domain=domain)
    with house.register.transaction():
        for n in range(before, before + number):
            house.spool.take("mail-1", Offer(f"flood {n}"), b"message %d" % n, when)
        for delivery in house.spool.waiting():
            own = apart(delivery.content, why)
            house.register.logbook.log(Docket(delivery, whose, (own,), when.date(), when))
            house.spool.judged(delivery, "held")


def asked(board: Board) -> Asked:
    moment = datetime.fromisoformat(AT).replace(tzinfo=ZoneInfo("Europe/London"))
    return Asked(board.folder / "scr-intake.toml", moment)


def pour(board: Board, *floods: tuple[int, str], why: Unplaced | None = None) -> None:
    with open_house(asked(board)) as house:
        for number, domain in floods:
            flood(house, number, domain, *([why] if why else []))


def held_back(board: Board, number: int, contact: int = 1, why: str = A_PROGRAM) -> None:
    """So many letters to one reader that wait for a person."""
    with open_house(asked(board)) as house:
        person = house.register.people.contact(contact)
        assert person is not None
        place = house.register.people.place(person.agency_id)
        assert place is not None
        before = len(house.queue.all())
        for n in range(before, before + number):
            draft = Draft(
                key=f"check/{n}/{contact}",
                kind="check-result",
                recipient=Recipient(person.name, person.email, contact),
                facts=CHECKED,
                case_id=place.case_id,
                agency_id=person.agency_id,
            )
            message = house.correspondence.tried(draft, house.now())
            id = house.queue.add(draft, message, house.now(), house.now().date())
            letter = house.queue.get(id)
            assert letter is not None
            house.queue.hold_back(letter, why)
