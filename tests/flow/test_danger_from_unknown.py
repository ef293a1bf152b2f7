"""What somebody not registered writes of danger to a child, the whole way: the administrator hears
of it in the same round, it stands first on the digest, and its sender is never answered."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.told import newest

SERVICE, HER = "scr-returns@board.example", "administrator@board.example"
NAN, OTHER = "a.hobbs72@webmail.example", "m.green@elsewhere.example"
AFRAID = (
    "I am the nan of the little boy. There is another baby in that house and I am scared for her"
    " tonight. Please ring me 01632 960123"
)
ALONE = "A toddler at 4 Hill Rise was left alone again last night with bruises."
NIGHT = "2010-04-17T23:40"


def urgent(board: Board) -> list[EmailMessage]:
    return [x for x in board.sent(HER) if x["X-SCR-Intake"] == "urgent"]


def said(letter: EmailMessage) -> str:
    return " ".join(letter_plain_text(letter).split())


def test_danger_to_a_child_is_told_in_the_same_round_and_first_on_the_digest(
    loaded: Board,
) -> None:
    loaded.mail(mail(NAN, SERVICE, "my grandson", AFRAID, ()))
    loaded.once(NIGHT)
    (letter,) = urgent(loaded)
    assert "somebody speaks of danger to a child" in str(letter["Subject"])
    assert "scared for her tonight" in said(letter)
    assert NAN in said(letter)
    assert "not registered" in said(letter)
    loaded.once("2010-04-19T08:00")
    digest = said(next(x for x in loaded.sent(HER) if x["X-SCR-Intake"] == "digest"))
    first = digest.split(" 2. ")[0]
    assert "speaks of danger to a child" in first
    assert "scared for her tonight" in first
    assert not loaded.sent(NAN)
    assert loaded.status()["held"] == 1


def test_a_form_on_a_site_that_writes_for_somebody_is_read_too(loaded: Board) -> None:
    marked = mail(NAN, SERVICE, "Contact form", ALONE, (), auto_submitted="auto-generated")
    loaded.mail(marked)
    loaded.once(NIGHT)
    assert len(urgent(loaded)) == 1


def test_several_at_once_are_one_letter_and_a_flood_is_a_few_a_day(loaded: Board) -> None:
    for n in range(2):
        loaded.mail(mail(OTHER, SERVICE, f"URGENT {n}", f"{ALONE} {n}", ()))
    loaded.mail(mail(NAN, SERVICE, "my grandson", AFRAID, ()))
    loaded.once("2010-04-17T10:00")
    (letter,) = urgent(loaded)
    assert "2 Hill" not in said(letter)
    assert said(letter).count("bruises") == 2
    for n in range(2, 7):
        loaded.mail(mail(OTHER, SERVICE, f"URGENT {n}", f"{ALONE} {n}", ()))
        loaded.once(f"2010-04-17T1{n}:00")
    assert len(urgent(loaded)) == 3
    assert "the last such letter today" in said(urgent(loaded)[-1])


@pytest.mark.parametrize("words", ["Half price toner.", "Lunch on Friday? At one."])
def test_other_mail_of_people_unknown_is_left_and_counted_on_the_digest(
    loaded: Board, words: str
) -> None:
    for n in range(2):
        loaded.mail(mail(OTHER, SERVICE, f"Hello {n}", words, ()))
    loaded.once(NIGHT)
    assert urgent(loaded) == []
    loaded.once("2010-04-19T08:00")
    assert "2 mails from people not registered were left in the mailbox" in newest(loaded)


def test_her_answer_to_the_urgent_letter_settles_it(loaded: Board) -> None:
    loaded.mail(mail(NAN, SERVICE, "my grandson", AFRAID, ()))
    loaded.once(NIGHT)
    (letter,) = urgent(loaded)
    about = {"in_reply_to": str(letter["Message-ID"])}
    loaded.mail(mail(HER, SERVICE, f"Re: {letter['Subject']}", "1 file", (), **about))
    loaded.once("2010-04-18T09:00")
    assert loaded.status(at="2010-04-18T09:10")["held"] == 0
