"""What it is to agree to something by mail: a day, and a name for the panel."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import SERVICE, Desk

AUTHOR, POLICE = "author@meadowlane.example", "author@shirepolice.example"
NINE, AT, TEN = "2010-04-06T09:00", "2010-04-06T09:10", "2010-04-06T10:00"
ASKS = "We can't send the IMR by 28 May, could we have until 11 June? Our author is ill."


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked_for_more_time))


def asked_for_more_time(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", ASKS, ()))
    loaded.once()
    loaded.once("2010-04-06T08:05")


def due(desk: Desk) -> object:
    return desk.board.returns("GP", at=TEN)["imr"]["due"]


def test_the_ask_has_the_day_that_was_asked_for_another_and_no(desk: Desk) -> None:
    labels = [link["label"] for link in desk.asks(NINE)[0]["links"]]
    assert labels[:3] == [
        "more time until 11 June, and the QA form and evaluation statement with it",
        "more time until another date",
        "no",
    ]


def test_another_date_is_answered_by_dates_that_are_links(desk: Desk) -> None:
    desk.press(desk.link(1, "more time until another date", NINE), AT)
    assert "Nothing is done yet." in desk.answer() and due(desk) == "2010-05-28"
    with_it = ", and the QA form and evaluation statement with it"
    desk.press(desk.shown_link(f"more time until 14 June{with_it}"), "2010-04-06T09:12")
    assert "Done: more time until Monday 14 June 2010." in desk.answer()
    assert due(desk) == "2010-06-14"


def test_a_day_written_into_that_link_is_agreed_to(desk: Desk) -> None:
    link = desk.link(1, "more time until another date", NINE)
    desk.press(link.replace("another%20date", "4%20June"), AT)
    assert "Done: more time until Friday 4 June 2010." in desk.answer()


def test_to_accept_a_request_is_to_agree_to_its_day(desk: Desk) -> None:
    desk.reply("1 accept", AT)
    assert "Done: more time until Friday 11 June 2010." in desk.answer()
    assert due(desk) == "2010-06-11"


def test_to_accept_one_that_names_no_day_asks_which(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Could we have more time for the IMR?", ()))
    loaded.once()
    loaded.once("2010-04-06T08:05")
    desk = Desk(loaded)
    desk.reply("1 accept", AT)
    assert "To accept it is to agree to a day" in desk.answer() and due(desk) == "2010-05-28"


NAMES = "Our representative on the panel will be Jo Brown, Head of Safeguarding, {}."


@pytest.mark.parametrize(
    ("address", "another"),
    [("jo.brown@shirepolice.example", False), ("jo.brown@elsewhere.example", True)],
)
def test_a_name_for_the_panel_is_registered_by_the_link_of_the_answer(
    loaded: Board, address: str, another: bool
) -> None:
    loaded.mail(mail(POLICE, SERVICE, "N12", NAMES.format(address), ()))
    loaded.once()
    loaded.once("2010-04-06T08:05")
    desk = Desk(loaded)
    desk.press(desk.link(1, "accept", NINE), AT)
    answer = desk.answer()
    assert (
        f"The link below registers {address} as panel representative of N12, Shire Police" in answer
    )
    assert ("another domain than the agency's" in answer) == another
    link, undo = desk.shown_link("register, as it says here"), desk.undo_link()
    desk.reply("1 register", "2010-04-06T09:11")
    assert address not in desk.board.run("case", "show", "N12", "--json", at=TEN).out
    desk.press(link, "2010-04-06T09:12")
    assert f"Jo Brown ({address}) is registered" in desk.answer()
    log = desk.board.run("audit", "log", "N12", at=TEN).out
    assert "The Administrator (by mail)" in " ".join(log.split())
    desk.press(link, "2010-04-06T09:13")
    assert "registered already" in desk.answer()
    desk.press(undo, "2010-04-06T09:14")
    assert 'Undone: "accept"' in desk.answer()


STAFF = (
    "We wish to interview the following staff: PC Smith and Sergeant Jones. Please clear with the"
    " investigating officer."
)


def test_an_accepted_list_of_staff_waits_for_clearance_until_she_says_cleared(
    loaded: Board,
) -> None:
    loaded.mail(mail(POLICE, SERVICE, "N12", STAFF, ()))
    loaded.once()
    loaded.once("2010-04-06T08:05")
    desk = Desk(loaded)
    desk.press(desk.link(1, "accept", NINE), AT)
    loaded.once("2010-04-06T09:40")
    told = " ".join(letter_plain_text(loaded.sent(POLICE)[-1]).split())
    assert "interview nobody on it until we write to you that they are cleared" in told
    desk.press(desk.link(1, "cleared", NINE), "2010-04-06T10:10")
    assert "Done: cleared." in desk.answer()
    loaded.once("2010-04-06T10:40")
    told = " ".join(letter_plain_text(loaded.sent(POLICE)[-1]).split())
    assert "The staff on it are cleared, and may be interviewed." in told
    desk.press(desk.link(1, "cleared", NINE), "2010-04-06T10:50")
    assert "This is done already" in desk.answer()


def test_her_own_answers_are_not_counted_among_what_arrived(desk: Desk) -> None:
    desk.press(desk.link(1, "more time until 11 June", NINE), AT)
    desk.board.once("2010-04-07T08:05")
    told = " ".join(letter_plain_text(desk.letters()[-1]).split())
    assert "Since Tuesday 6 April: 0 documents." in told, told
