"""What names a review in which its sender has no part, and what was not asked for, goes back to
whoever sent it, by mails alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board
from tests.builders_mail import mail
from tests.flow.answering import SERVICE, Desk
from tests.plain_reports import paper

AUTHOR, POLICE = "author@meadowlane.example", "author@shirepolice.example"
AT = "2010-04-07T09:00"
WRONG_REVIEW = "Please find the chronology for N15 attached."
ROTA = paper("Rota of the station, April 2010")


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(asked))


def asked(board: Board) -> None:
    other = CASE.replace("N12", "N15").replace("Child N", "Child R")
    before, _, agencies = other.partition("[[agencies]]")
    first = agencies.partition("[[agencies]]")[0]
    board.load(f"{before}[[agencies]]{first}")
    chronology = build.make_chronology(build.STORIES["POL"], reference="N15")
    papers = [("chronology.docx", chronology)]
    board.mail(mail(POLICE, SERVICE, "N15 chronology", WRONG_REVIEW, papers))
    board.drop("POL", ROTA, "rota.docx")
    board.once("2010-04-06T09:05")
    board.once("2010-04-07T08:05")


def number(desk: Desk, words: str) -> int:
    return next(int(ask["number"]) for ask in desk.asks(AT) if words in ask["says"])


def newest_letter(desk: Desk, to: str) -> str:
    return " ".join(letter_plain_text(desk.board.sent(to)[-1]).split())


def test_what_names_another_review_has_links_for_the_places_of_its_sender(desk: Desk) -> None:
    at = number(desk, "N15")
    desk.press(desk.link(at, "assign N12 POL chronology", AT), "2010-04-07T09:10")
    assert "Done: assign N12 POL chronology." in desk.answer()


def test_it_goes_back_to_the_agency_that_its_sender_is_registered_for(desk: Desk) -> None:
    desk.press(desk.link(number(desk, "N15"), "send back: which review?", AT), "2010-04-07T09:10")
    assert "Done: send back. It goes back to POL in N12" in desk.answer()
    assert "Letter (decision) to Author Two, author." in desk.answer()
    assert desk.board.sent(POLICE) == [] or "which review" not in newest_letter(desk, POLICE)
    desk.board.once("2010-04-07T09:50")
    letter = newest_letter(desk, POLICE)
    assert "it names a review in which your agency has no part" in letter
    assert desk.board.returns("POL", at=AT)["chronology"]["state"] == "awaited"
    desk.board.once("2010-04-08T08:05")
    assert not any("N15" in ask["says"] for ask in desk.asks("2010-04-08T09:00"))


def test_that_is_undone_before_it_has_left(desk: Desk) -> None:
    before = len(desk.board.sent(POLICE))
    desk.press(desk.link(number(desk, "N15"), "send back: which review?", AT), "2010-04-07T09:10")
    desk.press(desk.undo_link(), "2010-04-07T09:12")
    assert 'Undone: "send back" of 9:10am' in desk.answer()
    desk.board.once("2010-04-07T10:30")
    assert len(desk.board.sent(POLICE)) == before
    desk.board.once("2010-04-08T08:05")
    assert any("N15" in ask["says"] for ask in desk.asks("2010-04-08T09:00"))


def test_what_was_not_asked_for_is_sent_back_in_one_sentence_with_nothing_to_mend(
    desk: Desk,
) -> None:
    at = number(desk, "nobody could tell which return")
    desk.press(desk.link(at, "send back: not asked for", AT), "2010-04-07T09:10")
    assert "about what waits for a decision" not in desk.answer()
    desk.board.once("2010-04-07T09:50")
    letter = newest_letter(desk, POLICE)
    assert "What you sent is not one of the documents that we asked for, and you do not" in letter
    for says in ("Please make", "We could not tell which return", "needs changes", "action needed"):
        assert says not in letter
    assert "needs changes" not in str(desk.board.sent(POLICE)[-1]["Subject"])


def test_words_of_hers_are_said_in_place_of_that_sentence(desk: Desk) -> None:
    """Before "Please complete the template", too, it said not to change it."""
    desk.reply(
        f"{number(desk, 'nobody could tell')} send back: the action plan is missing, please add it",
        "2010-04-07T09:10",
    )
    desk.board.once("2010-04-07T09:50")
    letter = newest_letter(desk, POLICE)
    assert "The action plan is missing, please add it." in letter
    assert "not one of the documents" not in letter
    assert "do not need to change it" not in letter


def test_what_she_adds_to_that_sentence_stands_behind_it(desk: Desk) -> None:
    desk.reply(
        f"{number(desk, 'nobody could tell')} send back: this is not one of the documents that we"
        " asked for. The panel does not need rotas",
        "2010-04-07T09:10",
    )
    desk.board.once("2010-04-07T09:50")
    said = "and you do not need to change it. The panel does not need rotas."
    assert said in newest_letter(desk, POLICE)
