"""What waits for us, as it is read from a board where something does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from commands.asked import Asked
from commands.house import House, open_house
from intake.outages import message_in
from intake.source import NotThere
from outbox.silence import Waiting
from outbox.waiting import Waits
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.outbox.conftest import LONDON

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
NOW = datetime(2010, 4, 1, 11, tzinfo=LONDON)
GOOD = build.chronology(build.STORIES["GP"])


@contextmanager
def opened(board: Board) -> Iterator[House]:
    with open_house(Asked(board.folder / "scr-intake.toml", NOW), working=True) as house:
        yield house


def waiting(house: House, agency_id: int = 1, now: datetime = NOW) -> Waiting:
    cases = house.register.matrix(now.date())
    return Waits(house.register, house.spool, house.outages).now(cases, now)(agency_id)


def mailed(board: Board, body: str) -> None:
    board.mail(mail(AUTHOR, SERVICE, "N12", body, ()))
    board.once()


def test_nothing_waits_on_a_quiet_day(loaded: Board) -> None:
    with opened(loaded) as house:
        assert waiting(house) == Waiting()


def test_a_message_that_asks_something_waits_for_a_look(loaded: Board) -> None:
    mailed(loaded, "May we have a word?")
    with opened(loaded) as house:
        assert waiting(house) == Waiting(referred=(1,))
        assert waiting(house, agency_id=2) == Waiting()


def test_a_sealed_message_waits_until_a_document_comes(loaded: Board) -> None:
    mailed(loaded, "Read it at https://reader.egress.com/x")
    with opened(loaded) as house:
        assert waiting(house) == Waiting(sealed=(1,))
    loaded.drop("GP", GOOD)
    loaded.once()
    with opened(loaded) as house:
        assert waiting(house) == Waiting()


def test_a_message_whose_document_was_forgotten_is_theirs_to_send_again(loaded: Board) -> None:
    mailed(loaded, "Please find our chronology attached.")
    with opened(loaded) as house:
        assert waiting(house) == Waiting()


def test_what_a_person_has_settled_waits_no_more(loaded: Board) -> None:
    mailed(loaded, "May we have a word?")
    done = loaded.run("reject", 1, "--reason", "Rang them", "--yes", at="2010-04-01T10:30")
    assert done.status == 0, done.err
    with opened(loaded) as house:
        assert waiting(house) == Waiting()


def test_what_was_taken_in_and_is_not_judged_keeps_everybody_waiting(loaded: Board) -> None:
    with opened(loaded) as house:
        assert house.drop is not None
        loaded.drop("GP", GOOD)
        for offer in house.drop.offers():
            house.spool.take("drop", offer, house.drop.read(offer), NOW)
        assert waiting(house, agency_id=2) == Waiting(unjudged=True)


def test_a_dropped_file_that_could_not_be_judged_keeps_its_agency_waiting(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise 6."""
    loaded.drop("GP", GOOD)
    with opened(loaded) as house:
        assert house.drop is not None
        for offer in house.drop.offers():
            house.spool.take("drop", offer, house.drop.read(offer), NOW)
        for _ in range(4):
            (delivery,) = house.spool.waiting()
            house.spool.begin_try(delivery)
        assert waiting(house) == Waiting(set_aside=True)
        assert waiting(house, agency_id=2) == Waiting()


@pytest.mark.parametrize(
    ("source", "unseen"),
    [
        (lambda: "drop", True),
        (lambda: "mail-1", True),
        (lambda: message_in("mail-1"), False),  # the operator knows; whose it is nobody does
    ],
)
def test_a_source_that_cannot_be_looked_at_keeps_everybody_waiting(
    loaded: Board, source: Callable[[], str], unseen: bool
) -> None:
    """Failure mode 23."""
    with opened(loaded) as house:
        house.outages.noted({source(): NotThere()}, (), NOW)
        assert waiting(house) == Waiting(unseen=unseen)
        house.outages.noted({}, {source()}, NOW + timedelta(minutes=1))
        assert waiting(house) == Waiting()
