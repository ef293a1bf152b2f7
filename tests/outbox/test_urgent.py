"""What the administrator hears of within the hour, at any hour."""

from __future__ import annotations

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.registry import SECOND_CASE
from tests.told import newest

AUTHOR, SERVICE = "author@meadowlane.example", "scr-returns@board.example"
ADMINISTRATOR = "administrator@board.example"
SCOPE = (
    "Scope Alert\n\nWhat may alter the scope: another child has come to light, an older half"
    " sibling who should be included in the review.\n"
)
SATURDAY_NIGHT = "2010-04-17T23:40"


def urgent(board: Board) -> list[str]:
    found = [x for x in board.sent(ADMINISTRATOR) if x["X-SCR-Intake"] == "urgent"]
    return [
        f"{x['Subject']} {x['Importance']} {' '.join(letter_plain_text(x).split())}" for x in found
    ]


def test_a_scope_alert_reaches_the_administrator_at_once_on_a_saturday_night(
    loaded: Board,
) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12: scope alert", SCOPE, ()))
    loaded.once(SATURDAY_NIGHT)
    loaded.once("2010-04-18T00:10")
    (said,) = urgent(loaded)
    assert "action needed now - a message about the scope of the review high" in said
    assert "Meadow Lane Surgery has sent a message about the scope of the review, for" in said
    assert "11:40pm on Saturday 17 April 2010" in said
    assert "What may alter the scope: another child has come to light" in said
    assert f"By mail from Author One ({AUTHOR}), 17 April 11:40pm" in said
    assert "[seen] · [answer: your words] · [details]" in said
    assert "ring the police on 999" in said
    assert "scr-intake" not in said.replace("automatically by scr-intake", "")


def test_what_waits_says_since_when_wherever_it_is_told(loaded: Board) -> None:
    """Both what waits for a decision, and the letter about it that cannot leave."""
    (loaded.folder / "sent").rmdir()
    (loaded.folder / "sent").write_text("in the way")
    loaded.mail(mail(AUTHOR, SERVICE, "N12: scope alert", SCOPE, ()))
    loaded.once(SATURDAY_NIGHT)
    at, since = "2010-04-19T08:00", "11:40pm on Saturday 17 April 2010"
    told = [
        " ".join(loaded.run(*words, at=at).out.split())
        for words in (("digest", "--preview", "--all"), ("status",), ("outbox",))
    ]
    for said in told[:2]:
        assert "the scope of the review; waits for you to look since Saturday 17 April." in said
    for said in told[1:]:
        assert f"(a note that something urgent came) waits since {since}: " in said
    assert f"waits to be sent since {since}, and had not left at 8:00am." in told[0]


def test_one_from_an_address_that_nobody_knows_does_too_and_says_so(loaded: Board) -> None:
    loaded.mail(mail("stranger@elsewhere.example", SERVICE, "N12: scope alert", SCOPE, ()))
    loaded.once(SATURDAY_NIGHT)
    (said,) = urgent(loaded)
    assert "Whose it is is not proven" in said


@pytest.mark.parametrize("sender", ["stranger@elsewhere.example", "new@meadowlane.example"])
def test_news_from_an_address_that_nobody_knows_stands_first_on_the_digest(
    loaded: Board, sender: str
) -> None:
    """It was a stranger's message without a document, among those of other strangers."""
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Whom may we ask about the chronology?", ()))
    loaded.mail(mail("other@elsewhere.example", SERVICE, "N12", "Good morning.", ()))
    loaded.mail(mail(sender, SERVICE, "N12 - scope", NEWS, ()))
    loaded.once(SATURDAY_NIGHT)
    (told,) = urgent(loaded)
    assert "Whose it is is not proven" in told and "second child" in told
    loaded.once("2010-04-19T08:00")
    said = newest(loaded)
    assert "1. From " in said
    (first, _) = said.split(" 2. ", 1)
    assert ", which reads like a message about the scope of the review for N12; held" in first
    assert "held, not answered since Saturday 17 April" in first
    assert said.count("message about the scope of the review") == 1
    assert not loaded.sent(sender)


def test_it_goes_though_the_outbox_is_paused(loaded: Board) -> None:
    loaded.run("outbox", "pause")
    loaded.mail(mail(AUTHOR, SERVICE, "N12: scope alert", SCOPE, ()))
    loaded.once(SATURDAY_NIGHT)
    assert len(urgent(loaded)) == 1


def test_one_that_names_none_of_its_senders_reviews_does_too_and_is_answered_once_placed(
    loaded: Board,
) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "URGENT", f"URGENT. {SCOPE}", ()))
    loaded.once(SATURDAY_NIGHT)
    (said,) = urgent(loaded)
    assert "Meadow Lane Surgery has sent a message about the scope of the review, and it" in said
    assert "not proven" not in said
    shown = loaded.run("show", "1").out
    assert "a message about the scope of the review; it could be for N12 or N13" in shown
    assert 'scr-intake assign 1 --case N13 --agency GP --reason "..."' in shown
    placed = loaded.run("assign", 1, "--case", "N13", "--agency", "GP", "--reason", "-", "--yes")
    assert "Letter (decision) to Author One, author." in placed.out
    loaded.once("2010-04-19T10:00")
    answers = [x for x in loaded.sent(AUTHOR) if x["X-SCR-Intake"] == "decision"]
    assert "message about the scope of the review" in " ".join(
        letter_plain_text(answers[0]).split()
    )


def test_on_the_digest_it_stands_above_what_came_before(loaded: Board) -> None:
    for n, words in enumerate(("Who chairs it?", "Could we have more time for the IMR?")):
        loaded.mail(mail(AUTHOR, SERVICE, f"N12 {n}", words, ()))
    loaded.once("2010-04-12T10:00")
    loaded.mail(mail(AUTHOR, SERVICE, "N12: scope alert", SCOPE, ()))
    loaded.once("2010-04-16T11:00")
    loaded.once("2010-04-19T08:00")
    said = newest(loaded)
    assert "1. N12, Meadow Lane Surgery: message about the scope of the review" in said
    assert said.index("message about the scope") < said.index("has waited for you since Monday 12")
    assert said.count("message about the scope of the review") == 1


def test_what_is_not_urgent_waits_for_the_digest(loaded: Board) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Whom may we ask about the chronology?", ()))
    loaded.once(SATURDAY_NIGHT)
    assert urgent(loaded) == []


def test_whoever_said_whose_it_is_is_not_told_of_it_once_more(loaded: Board) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    loaded.mail(mail(AUTHOR, SERVICE, "URGENT", f"URGENT. {SCOPE}", ()))
    loaded.once(SATURDAY_NIGHT)
    why = ("--reason", "-", "--yes")
    loaded.run("assign", 1, "--case", "N13", "--agency", "GP", *why, at="2010-04-19T08:30")
    loaded.once("2010-04-19T10:00")
    assert len(urgent(loaded)) == 1


def test_each_urgent_message_of_one_sender_is_answered_at_once(loaded: Board) -> None:
    assert loaded.load(SECOND_CASE).status == 0
    for n, at in enumerate(("2010-04-17T22:00", "2010-04-17T23:40")):
        loaded.mail(mail(AUTHOR, SERVICE, f"URGENT {n}", f"URGENT {n}. {SCOPE}", ()))
        loaded.once(at)
    receipts = [x for x in loaded.sent(AUTHOR) if x["X-SCR-Intake"] == "unplaced"]
    assert len(receipts) == 2


NEWS = (
    "Urgent. We have just learned that there is a second child in the household, aged one, who is"
    " not in the terms of reference of N12. This may alter the scope of the review.\n"
)


@pytest.mark.parametrize("second", [False, True])
def test_news_that_may_alter_the_scope_need_not_call_itself_an_alert(
    loaded: Board, second: bool
) -> None:
    """It was "a message without a document", and stood third on Monday's digest."""
    if second:
        assert loaded.load(SECOND_CASE).status == 0
    subject = "URGENT - scope" if second else "N12 URGENT - scope"
    loaded.mail(mail(AUTHOR, SERVICE, subject, NEWS.replace(" of N12", ""), ()))
    loaded.once(SATURDAY_NIGHT)
    (said,) = urgent(loaded)
    assert "Meadow Lane Surgery has sent a message about the scope of the review" in said


def test_a_request_that_tells_of_such_news_is_both(loaded: Board) -> None:
    words = f"Could we have an extension for the IMR until 11 June, due to illness?\n\n{NEWS}"
    loaded.mail(mail(AUTHOR, SERVICE, "N12", words, ()))
    loaded.once(SATURDAY_NIGHT)
    assert len(urgent(loaded)) == 1
    waits = " ".join(loaded.run("referred", at=SATURDAY_NIGHT).out.split())
    assert "request for more time" in waits
    assert "message about the scope of the review" in waits


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("URGENT: N12", "Urgent: could you tell me the scope of the meeting on Thursday?"),
        (
            "N12 panel",
            "Could you alter the time of the panel meeting? The terms of reference are"
            " on the agenda.",
        ),
    ],
)
def test_an_ordinary_message_is_not_urgent_for_the_word(
    loaded: Board, subject: str, words: str
) -> None:
    loaded.mail(mail(AUTHOR, SERVICE, subject, words, ()))
    loaded.once(SATURDAY_NIGHT)
    assert urgent(loaded) == []
