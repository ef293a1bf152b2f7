"""The administrator writes in their own words who has left, who takes over and who has another
address: the answer has the links that do it, each in two mails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import SERVICE, Desk

EIGHT, NINE = "2010-04-07T08:05", "2010-04-07T09:00"
TAKES_OVER = "Our author has left. Jo Brown (jo.brown@meadowlane.example) takes over."


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(with_a_successor))


def with_a_successor(loaded: Board) -> None:
    commissioner = "commissioner@meadowlane.example"
    loaded.mail(mail(commissioner, SERVICE, "N12", TAKES_OVER, ()))
    loaded.once("2010-04-06T09:10")
    loaded.once(EIGHT)


def pressed_twice(desk: Desk, label: str, word: str) -> str:
    """The link, and the link of its answer; what that did."""
    desk.press(desk.shown_link(label), "2010-04-07T09:20")
    assert "Nothing is done yet." in desk.answer()
    desk.press(desk.shown_link(f"{word}, as it says here"), "2010-04-07T09:22")
    return desk.answer()


def status(desk: Desk) -> str:
    desk.send("Status N12 GP", "", "2010-04-07T09:30")
    return desk.answer()


@pytest.mark.parametrize(
    "line",
    [
        "1 Jo Brown takes over from Author One as author",
        "1. As author: Jo Brown replaces Author One please",
    ],
)
def test_who_takes_over_from_whom_has_a_link_for_either(desk: Desk, line: str) -> None:
    desk.reply(line, NINE)
    assert "Number 1" in desk.answer() and "Done" not in desk.answer()
    assert "is registered as author" in pressed_twice(
        desk, "register author Jo Brown", "register author"
    )
    desk.reply(line, "2010-04-07T09:40")
    assert "is taken out of N12" in pressed_twice(desk, "remove Author One", "remove")


def test_an_order_that_lacks_what_only_a_link_says_has_that_link(desk: Desk) -> None:
    desk.reply("1 register author Jo Brown", NINE)
    assert "Jo Brown (jo.brown@meadowlane.example) is registered as author" in desk.answer()
    desk.reply("1 remove author N12 GP author@meadowlane.example", "2010-04-07T09:10")
    assert "is taken out of N12" in pressed_twice(desk, "remove Author One", "remove")


def test_a_line_of_any_other_number_has_the_links_too(loaded: Board) -> None:
    loaded.mail(mail("author@meadowlane.example", SERVICE, "N12", "Whom do I ask about it?", ()))
    loaded.once("2010-04-06T09:10")
    loaded.once(EIGHT)
    desk = Desk(loaded)
    desk.reply("1 Jo Brown (jo.brown@meadowlane.example) takes over from Author One", NINE)
    for label, did in (
        ("register author Jo Brown", "is registered as author"),
        ("register commissioner Jo Brown", "is registered as commissioner"),
        ("remove Author One", "is taken out of N12"),
    ):
        desk.press(desk.links(label, 0)[0], "2010-04-07T09:10")
        assert "Nothing is done yet." in desk.answer() and did in desk.answer()


def test_a_plain_mail_that_somebody_has_left_has_the_link(desk: Desk) -> None:
    desk.send("Author One", "Author One has left, please take him out.", NINE)
    label = "remove Author One (N12, Meadow Lane Surgery)"
    assert "is taken out of N12" in pressed_twice(desk, label, "remove")
    assert "Author One" not in status(desk)


def test_another_address_of_somebody_takes_the_place_of_the_old(desk: Desk) -> None:
    words = (
        "Author One of Meadow Lane Surgery has a new address: author.one@meadowlane.example,"
        " please use that for N12."
    )
    desk.send("N12", words, NINE)
    label = "new address for Author One (N12, Meadow Lane Surgery)"
    done = pressed_twice(desk, label, "new address")
    assert "is written to at author.one@meadowlane.example in N12" in done
    assert "Done: new address" in done
    told = status(desk)
    assert "Author One (author.one@meadowlane.example), author." in told
    assert "(author@meadowlane.example)" not in told
    assert desk.board.run("audit", "verify", at="2010-04-07T10:00").status == 0


def test_a_name_alone_offers_nothing_about_them(desk: Desk) -> None:
    desk.send("N12", "Author One rang about the chronology.", NINE)
    assert not desk.links("remove") and not desk.links("register")


def test_without_an_address_the_link_asks_for_it(desk: Desk) -> None:
    desk.send("N12", "Please register Sam Orr as author of Meadow Lane Surgery.", NINE)
    label = "register author Sam Orr: put the address in (N12, Meadow Lane Surgery)"
    link = desk.shown_link(label)
    desk.press(link, "2010-04-07T09:10")
    assert "it does not say whom it is about" in desk.answer()
    desk.press(link.replace("ADDRESS", "sam.orr@meadowlane.example"), "2010-04-07T09:12")
    assert "Sam Orr (sam.orr@meadowlane.example) is registered as author" in desk.answer()
