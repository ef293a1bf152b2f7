"""Whoever asked, or was told that we write to them, is written to; nothing else is promised."""

from __future__ import annotations

import io
from email.message import EmailMessage

import docx
import pytest

from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
COMMISSIONER = "commissioner@meadowlane.example"
TIME = "Could we have an extension for the chronology until 30 April 2010 because of leave?"
WHEN_THEY_HAVE = "we write to you when they have"
YES = ("--reason", "x", "--yes")
UNTIL, BY = ("--until", "2010-04-30"), ("--agreed-by", "Chair")


def asked(board: Board, sender: str = COMMISSIONER, words: str = TIME) -> None:
    board.mail(mail(sender, SERVICE, "N12: more time", words, ()))
    board.once("2010-04-13T10:00")


def text_of(letter: EmailMessage) -> str:
    plain = letter.get_body(("plain",))
    assert plain is not None
    return " ".join(str(plain.get_content()).split())


def since(board: Board, to: str, at: str = "2010-04-14T10:00") -> list[str]:
    """What is written to somebody in a round."""
    before = len(board.sent(to))
    board.once(at)
    return [str(m["Subject"]) for m in board.sent(to)[before:]]


def minutes() -> bytes:
    document, kept = docx.Document(), io.BytesIO()
    for line in ("Minutes of the meeting", "Present: seven people.", "Next meeting in the spring."):
        document.add_paragraph(line)
    document.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("decided", "says"),
    [
        (("extend", "N12", "GP", "chronology", *UNTIL, *BY), "more time agreed"),
        (("waive", "N12", "GP", "chronology"), "we no longer ask for the chronology"),
    ],
)
def test_whoever_asked_for_more_time_is_told_of_it_as_the_author_is(
    loaded: Board, decided: tuple[str, ...], says: str
) -> None:
    asked(loaded)
    assert WHEN_THEY_HAVE in text_of(loaded.sent(COMMISSIONER)[-1])
    done = loaded.run(*decided, *YES, at="2010-04-14T09:00")
    assert done.status == 0, done.err
    assert "to Commissioner One, commissioner." in done.out
    (author,) = since(loaded, AUTHOR)
    (commissioner,) = [str(m["Subject"]) for m in loaded.sent(COMMISSIONER)][-1:]
    assert says in author and says in commissioner


def test_an_author_who_asked_is_told_once(loaded: Board) -> None:
    asked(loaded, AUTHOR)
    words = ("extend", "N12", "GP", "chronology", *UNTIL, *BY)
    assert loaded.run(*words, *YES, at="2010-04-14T09:00").status == 0
    assert len(since(loaded, AUTHOR)) == 1
    assert "more time" not in str([m["Subject"] for m in loaded.sent(COMMISSIONER)])


def test_whoever_asked_about_another_return_or_was_answered_before_is_not_told(
    loaded: Board,
) -> None:
    asked(loaded, words="Could we have an extension for the IMR until 11 June because of leave?")
    asked(loaded)
    words = ("extend", "N12", "GP", "chronology", *BY)
    assert loaded.run(*words, *UNTIL, *YES, at="2010-04-14T09:00").status == 0
    assert len(since(loaded, COMMISSIONER)) == 1
    assert loaded.run(*words, "--until", "2010-05-07", *YES, at="2010-04-15T09:00").status == 0
    assert since(loaded, COMMISSIONER, "2010-04-15T10:00") == []


def test_a_request_that_is_refused_is_answered_to_whoever_made_it(loaded: Board) -> None:
    asked(loaded)
    words = ("reject", 1, "--tell", "The panel meets before then.")
    assert loaded.run(*words, *YES, at="2010-04-14T09:00").status == 0
    assert len(since(loaded, COMMISSIONER)) == 1


def test_a_message_that_takes_something_back_is_answered_once_a_person_has_looked(
    loaded: Board,
) -> None:
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once("2010-04-12T10:00")
    back = "Please disregard the chronology that we sent you yesterday, it is the wrong version."
    asked(loaded, AUTHOR, back)
    assert WHEN_THEY_HAVE in text_of(loaded.sent(AUTHOR)[-1])
    (waits,) = [e for e in (1, 2, 3) if "takes back" in loaded.run("show", e).out] or [2]
    assert loaded.run("reject", waits, *YES, at="2010-04-14T09:00").status == 0
    assert ["about your message" in subject for subject in since(loaded, AUTHOR)] == [True]


def test_of_a_document_that_may_be_none_of_the_returns_no_letter_is_promised(
    loaded: Board,
) -> None:
    """Nobody is written to when it is kept as none, and nobody was told that they would be."""
    attached = [("a.docx", minutes())]
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Please find attached.", attached))
    loaded.once("2010-04-13T10:00")
    told = text_of(loaded.sent(AUTHOR)[-1])
    assert WHEN_THEY_HAVE not in told
    assert "We write to you if it counts as one of the returns, or if we need anything" in told
    assert loaded.run("assign", 1, "--kind", "none", *YES, at="2010-04-13T11:00").status == 0
    assert since(loaded, AUTHOR, "2010-04-13T12:00") == []


def test_a_day_that_has_passed_is_not_a_date_above(loaded: Board) -> None:
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once("2010-07-20T10:00")
    told = text_of(loaded.sent(AUTHOR)[-1])
    assert "We look forward to the rest as soon as you can." in told
