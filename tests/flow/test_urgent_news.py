"""News that may alter the scope, the whole way: the administrator hears of it at once, and its
sender that a person looks at it."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import Desk

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
NEWS = "There is a second child in the family, whom none of us had on our list."


def test_news_is_urgent_in_the_round_it_comes_and_is_answered(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12 - urgent", f"{NEWS}\n\nRegards\nAuthor One", ()))
    loaded.once("2010-04-13T22:10")
    (urgent,) = loaded.sent("administrator@board.example")
    assert str(urgent["Subject"]).startswith("OFFICIAL-SENSITIVE: SCR N12: action needed now - ")
    (answer,) = loaded.sent(AUTHOR)
    said = " ".join(letter_plain_text(answer).split())
    assert "a person of the board is told at once of your message" in str(answer["Subject"])
    assert "A person of the board is told of it at once" in said and "on 999" in said
    for calm in ("no action needed", "do not need to do anything", "carry on"):
        assert calm not in f"{answer['Subject']} {said}"
    assert "nil return" not in said and "is or has been known" not in said
    assert "counts as one of the returns" not in said


def test_news_that_was_seen_is_not_called_accepted(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12 - urgent", f"{NEWS}\n\nRegards\nAuthor One", ()))
    loaded.once("2010-04-13T22:10")
    loaded.run("accept", 1, "--reason", "I rang them", "--yes", at="2010-04-14T09:00")
    loaded.once("2010-04-14T10:00")
    answer = loaded.sent(AUTHOR)[-1]
    assert answer["X-SCR-Intake"] == "decision"
    said = f"{answer['Subject']} {' '.join(letter_plain_text(answer).split())}"
    assert "we have read your message about the scope of the review" in said
    assert "Your message has been read" in said and "on 999" in said
    for paperwork in ("ccepted", "look forward", "do not need to do"):
        assert paperwork not in said


def test_news_is_seen_by_the_word_that_its_link_shows(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12 - urgent", f"{NEWS}\n\nRegards\nAuthor One", ()))
    loaded.once("2010-04-13T22:10")
    desk = Desk(loaded)
    desk.reply("1 seen", "2010-04-13T22:20")
    assert "Done: seen." in desk.answer()
    assert desk.entry(1, "2010-04-13T22:30")["decided"] == "accept"


ASKS = (
    "Do we have to put in contacts with the half-sibling as well, who was at our school until 2009,"
    " and is not represented on the panel? It came to light in the records."
)


def asked_at_night(loaded: Board) -> Desk:
    loaded.mail(mail(AUTHOR, SERVICE, "N12 - question", f"{ASKS}\n\nRegards\nAuthor One", ()))
    loaded.once("2010-04-13T22:10")
    assert "action needed now" in str(loaded.sent("administrator@board.example")[0]["Subject"])
    return Desk(loaded)


def test_what_it_asks_is_answered_in_her_words(loaded: Board) -> None:
    desk = asked_at_night(loaded)
    desk.reply("1 answer: Yes please, put them in.", "2010-04-13T22:20")
    assert "Done: answer." in desk.answer()
    loaded.once("2010-04-13T23:30")
    told = loaded.sent(AUTHOR)[-1]
    assert "our answer about your message" in str(told["Subject"])
    assert "Yes please, put them in." in letter_plain_text(told)


def test_her_own_words_alone_are_offered_as_the_answer(loaded: Board) -> None:
    desk = asked_at_night(loaded)
    desk.reply("Please put in those contacts as well.\n\nThanks, Sue", "2010-04-13T22:20")
    answer = desk.answer()
    assert "Perhaps you meant this:" in answer and "Nothing was done by it, and" in answer
    assert "Sue" not in answer
    desk.press(desk.shown_link("answer in these words"), "2010-04-13T22:30")
    assert "Done: answer." in desk.answer()
    loaded.once("2010-04-13T23:30")
    assert "Please put in those contacts as well." in letter_plain_text(loaded.sent(AUTHOR)[-1])


def test_what_is_seen_and_asks_something_is_not_said_to_be_answered(loaded: Board) -> None:
    desk = asked_at_night(loaded)
    desk.reply("1 seen", "2010-04-13T22:20")
    assert "Done: seen." in desk.answer() and "It asks something" in desk.answer()
    loaded.once("2010-04-13T23:30")
    text = " ".join(letter_plain_text(loaded.sent(AUTHOR)[-1]).split())
    assert "If it asks us something and you still wait for an answer, please reply" in text
    assert "no answer from you" not in text


def test_a_question_about_the_period_alarms_nobody(loaded: Board) -> None:
    words = "Which period does the review cover? Many thanks for the template.\n\nAuthor One"
    loaded.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
    loaded.once("2010-04-13T22:10")
    assert loaded.sent("administrator@board.example") == []
