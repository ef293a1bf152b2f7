"""A request for more time for what is accepted: nothing is left to decide, and nobody is told that
something is."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail
from tests.outbox.test_undecided import AUTHOR, SERVICE, digest

GOOD = build.make_chronology(build.STORIES["GP"])
ASKS = "Could we have an extension for the chronology until 30 April 2010 because of leave?"
REJECT = ("reject", 1, "--reason", "Wrong", "--tell", "Please send it whole.", "--yes")
BOTH = "Could we have an extension for the chronology and the IMR until 11 June 2010, please?"


def sends(board: Board) -> None:
    attached = [("chronology.docx", GOOD)]
    board.mail(mail(AUTHOR, SERVICE, "N12 chronology", "Our chronology.", attached))


def asks(board: Board, words: str = ASKS) -> None:
    board.mail(mail(AUTHOR, SERVICE, "N12: more time", words, ()))


def heard(board: Board) -> list[tuple[str, str]]:
    return [(str(x["Subject"]), " ".join(letter_plain_text(x).split())) for x in board.sent(AUTHOR)]


def test_it_is_answered_in_one_letter_with_what_was_accepted(loaded: Board) -> None:
    """One letter said that the due date stays as it is, and the next that all was there."""
    asks(loaded)
    sends(loaded)
    loaded.once("2010-04-13T10:00")
    ((subject, said),) = heard(loaded)
    assert "accepted, thank you" in subject and "chronology" in subject
    assert "request for more time" not in subject
    assert "not needed, since the chronology is accepted already" in said
    assert "carry on meanwhile" not in said and "A person decides" not in said


def test_the_digest_does_not_ask_to_decide_it_and_says_that_it_came(loaded: Board) -> None:
    loaded.once("2010-04-13T08:00")
    asks(loaded)
    sends(loaded)
    loaded.once("2010-04-13T10:00")
    said = digest(loaded, "2010-04-14T08:00")
    assert "scr-intake extend" not in said and "request for more time;" not in said
    assert "asks for more time for what is settled by now; there is nothing to decide" in said
    assert loaded.run("referred", "--json", at="2010-04-14T09:00").json == []


def test_one_that_comes_after_the_acceptance_says_so_alone(loaded: Board) -> None:
    sends(loaded)
    loaded.once("2010-04-13T10:00")
    asks(loaded)
    loaded.once("2010-04-14T10:00")
    _, (subject, said) = heard(loaded)
    assert "no more time is needed" in subject and "accepted, thank you" not in subject
    assert "not needed, since the chronology is accepted already" in said


def test_what_asks_for_something_open_besides_is_still_decided(loaded: Board) -> None:
    sends(loaded)
    asks(loaded, BOTH)
    loaded.once("2010-04-13T10:00")
    assert len(loaded.run("referred", "--json", at="2010-04-14T09:00").json) == 1
    assert any("A person decides about your request" in said for _, said in heard(loaded))
    assert "not needed, since" not in " ".join(said for _, said in heard(loaded))


def test_it_is_asked_again_once_the_acceptance_is_undone(loaded: Board) -> None:
    sends(loaded)
    loaded.once("2010-04-13T10:00")
    asks(loaded)
    loaded.once("2010-04-14T10:00")
    undone = loaded.run(*REJECT, at="2010-04-14T11:00")
    assert undone.status == 0, undone.err
    (entry,) = loaded.run("referred", "--json", at="2010-04-14T12:00").json
    assert entry["kind"] == "extension_request"


def test_show_and_extend_say_that_it_is_accepted(loaded: Board) -> None:
    sends(loaded)
    asks(loaded)
    loaded.once("2010-04-13T10:00")
    shown = [loaded.run("show", id, at="2010-04-14T09:00").out for id in (1, 2)]
    assert any(
        "the chronology is accepted already. There is nothing to decide." in x for x in shown
    )
    words = ("extend", "N12", "GP", "chronology", "--until", "2010-04-30")
    more = ("--agreed-by", "Chair", "--reason", "Leave")
    assert loaded.run(*words, *more, at="2010-04-14T09:00").err == (
        "It is accepted already: nothing more is asked for.\n"
    )
