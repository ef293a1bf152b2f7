"""A request for more time that its agency takes back, and what was sent back and comes again."""

from __future__ import annotations

import pytest

from handlers.senders.time_requests import withdraws_request
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"


def written(board: Board, words: str, at: str) -> None:
    board.mail(mail(AUTHOR, SERVICE, "Serious Case Review N12", words, ()))
    board.once(at)


def digest(board: Board, at: str) -> str:
    return " ".join(board.run("digest", "--preview", "--all", at=at).out.split())


def test_a_withdrawal_ends_the_request_thanks_its_author_and_is_one_line(loaded: Board) -> None:
    written(loaded, "Please may we have until 30 April for the chronology?", "2010-04-06T10:00")
    assert "chronology is not chased until you decide" in digest(loaded, "2010-04-06T10:30")
    written(loaded, "I withdraw my request for more time for the chronology.", "2010-04-07T10:00")
    told = " ".join(loaded.sent(AUTHOR)[-1]["Subject"].split())
    assert "your request for more time is withdrawn" in told
    text = digest(loaded, "2010-04-07T10:30")
    assert "withdraws its request for more time, and is chased again" in text
    assert "not chased" not in text and "extend N12" not in text
    for at in ("2010-04-12T09:30", "2010-04-13T09:30"):
        loaded.once(at)
    assert "reminder" in " ".join(loaded.sent(AUTHOR)[-1]["Subject"].split())


def test_a_withdrawal_for_one_return_leaves_the_other_asked_for(loaded: Board) -> None:
    written(
        loaded,
        "Please may we have until 30 April for the chronology and until 11 June for the IMR?",
        "2010-04-06T10:00",
    )
    written(loaded, "I withdraw my request for more time for the IMR.", "2010-04-07T10:00")
    text = digest(loaded, "2010-04-07T10:30")
    assert "extend N12 GP chronology --until 2010-04-30" in text
    assert "extend N12 GP imr" not in text


@pytest.mark.parametrize("asked", ["", " and until 30 April for the chronology"])
def test_a_request_that_was_granted_is_not_withdrawn_by_a_message_but_a_person_is_asked(
    loaded: Board, asked: str
) -> None:
    """The day that was given stands: nothing says that it does not."""
    words = f"Please may we have until 4 June for the IMR{asked}?"
    written(loaded, words, "2010-04-06T10:00")
    granted = ("extend", "N12", "GP", "imr", "--until", "2010-06-04", "--reason", "They are ill")
    granted += ("--by", "Jo Bloggs", "--agreed-by", "The panel chair", "--yes")
    assert loaded.run(*granted, at="2010-04-06T11:00").status == 0
    back = "We can manage the IMR by 28 May after all, so please forget my request for more time."
    assert withdraws_request(back)
    written(loaded, back, "2010-04-07T10:00")
    assert "withdrawn" not in " ".join(loaded.sent(AUTHOR)[-1]["Subject"].split())
    text = digest(loaded, "2010-04-07T10:30")
    assert "withdraws its request" not in text
    assert "Meadow Lane Surgery: a message without a document; waits for you to look." in text


def test_a_request_that_names_no_return_is_chased_for_none(loaded: Board) -> None:
    written(
        loaded,
        "Could I have more time please? I can do it by next Friday but not before.",
        "2010-04-06T10:00",
    )
    told = loaded.sent(AUTHOR)[-1]
    assert "your request for more time" in " ".join(told["Subject"].split())
    sent = len(loaded.sent(AUTHOR))
    for at in ("2010-04-12T09:30", "2010-04-13T09:30"):
        loaded.once(at)
    assert len(loaded.sent(AUTHOR)) == sent


@pytest.mark.parametrize(
    "words",
    [
        "Please ignore my last email about more time, we have found cover and the IMR will be with"
        " you on Friday after all.",
        "Please disregard my earlier message asking for an extension.",
        "Ignore my email of yesterday about the delay, we are back on track.",
        "Please ignore what I said about more time.",
        "Please ignore my last message about a later date for the IMR.",
    ],
)
def test_a_message_about_more_time_that_is_to_be_ignored_withdraws_the_request(words: str) -> None:
    assert withdraws_request(words)


@pytest.mark.parametrize(
    "words",
    [
        "Please ignore the version I sent yesterday, it was the wrong file.",
        "Please disregard my email about the chronology.",
        "Please ignore my last email about more time for the chronology; could we have until 4 June"
        " for the IMR instead?",
    ],
)
def test_what_is_to_be_ignored_besides_is_no_withdrawn_request(words: str) -> None:
    assert not withdraws_request(words)


def test_what_may_take_back_a_return_takes_back_no_news_that_a_colleague_sent(
    loaded: Board,
) -> None:
    """One yes told the commissioner, who had reported a death, that she had taken it back."""
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once()
    written(loaded, "The younger sibling has died. Please ring me.", "2010-04-06T10:00")
    assert loaded.run("accept", 2, "--reason", "x", "--yes", at="2010-04-06T11:00").status == 0
    written(loaded, "Please disregard what we sent, it was wrong.", "2010-04-07T10:00")
    told = digest(loaded, "2010-04-07T12:00")
    assert "It may take back the chronology, entry 1." in told
    assert "entry 2" not in told
