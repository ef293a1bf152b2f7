"""An ask names whom it is about and where it belongs, and its links do that: what waits sealed
elsewhere is handed in, whoever a report names can be paused or taken out, and what was sent for the
wrong review goes to the right one."""

from __future__ import annotations

from tests import builders as build
from tests.board import Board
from tests.builders_mail import bounce, mail
from tests.flow.answering import SERVICE, Desk
from tests.registry import SECOND_CASE

AUTHOR, EIGHT, NINE = "author@meadowlane.example", "2010-04-06T08:05", "2010-04-06T09:00"
NOTICE = (
    "Author One has sent you a secure email.\r\n\r\nRead it at"
    " https://switch.egress.com/ui/message/88121-ac?id=4412\r\n"
)


def labels(ask: dict[str, object]) -> list[str]:
    links = ask["links"]
    assert isinstance(links, list)
    return [str(link["label"]) for link in links]


def test_what_a_notice_tells_of_is_handed_in_and_the_notice_itself_is_no_return(
    loaded: Board,
) -> None:
    desk = Desk(loaded)
    loaded.mail(mail("noreply@egress.com", SERVICE, "Secure email", NOTICE, ()))
    loaded.once("2010-04-01T10:00")
    loaded.once(EIGHT)
    (ask,) = desk.asks(NINE)
    assert str(ask["says"]).startswith("N12, Author One of Meadow Lane Surgery: a notice")
    assert "noreply@egress.com" in str(ask["says"]), "who sent it, and not whom it names"
    assert labels(ask) == ["hand in what was in it", "file", "details"]
    paper = build.make_chronology(build.STORIES["GP"])
    desk.press(desk.link(1, "hand in", NINE), NINE, papers=[("chronology.docx", paper)])
    again = desk.shown_link("hand in, as it says here")
    desk.press(again, NINE, papers=[("chronology.docx", paper)])
    assert loaded.returns("GP", at=NINE)["chronology"]["state"] == "accepted"


def test_a_report_that_nothing_proves_says_whose_letter_did_not_arrive(loaded: Board) -> None:
    desk = Desk(loaded)
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once("2010-04-01T10:00")
    (letter,) = loaded.sent(AUTHOR)
    loaded.mail(bounce(letter.as_bytes(), "a@relay.example", SERVICE))
    loaded.once("2010-04-01T11:00")
    loaded.once(EIGHT)
    (ask,) = desk.asks(NINE)
    begins = "N12, Meadow Lane Surgery: a delivery report says that a letter to Author One did not"
    assert str(ask["says"]).startswith(begins)
    assert labels(ask) == [
        "file",
        "pause Author One until 20 April",
        "remove Author One",
        "details",
    ]
    desk.press(desk.link(1, "remove", NINE), NINE)
    assert "One more step: remove, as it says here" in desk.answer()
    assert "Author One is taken out of N12." in desk.answer()


def test_what_was_sent_for_the_wrong_review_of_its_agency_is_given_to_the_other(
    loaded: Board,
) -> None:
    desk = Desk(loaded)
    assert loaded.load(SECOND_CASE).status == 0
    paper = build.make_chronology(build.STORIES["GP"])
    loaded.mail(mail(AUTHOR, SERVICE, "N13 chronology", "Attached.", [("N13.docx", paper)]))
    loaded.once("2010-04-01T10:00")
    loaded.once(EIGHT)
    (ask,) = desk.asks(NINE)
    assert labels(ask)[0] == "assign N12 GP chronology"
    desk.press(desk.link(1, "assign", NINE), NINE)
    assert loaded.returns("GP", at=NINE)["chronology"]["state"] == "accepted"
