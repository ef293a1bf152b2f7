"""Letters that come back: who is out of reach, and how that ends."""

from __future__ import annotations

import re
import shlex
from email.message import EmailMessage

import pytest

from tests import builders as build
from tests.board import Board
from tests.builders_mail import bounce
from tests.told import newest

GP = "author@meadowlane.example"
US = "scr-returns@board.example"
REMINDED = "2010-04-13T10:00"


@pytest.fixture
def reminder(loaded: Board) -> EmailMessage:
    """The chronology is due in three days, and the author is told so."""
    loaded.once(at=REMINDED)
    (reminder,) = loaded.sent(GP)
    return reminder


def comes_back(board: Board, letter: EmailMessage, at: str, **report: str) -> None:
    board.mail(bounce(letter.as_bytes(), GP, US, **report))
    board.once(at=at)


def decide(board: Board, what: str, letter_to: str, at: str) -> None:
    """`letters retry` or `letters cancel` the one letter to somebody."""
    (id,) = [x["id"] for x in board.run("letters", "--json").json if x["to"] == letter_to]
    assert board.run("letters", what, id, at=at).status == 0


def told(board: Board) -> str:
    """The newest digest, as one line."""
    return newest(board)


def test_the_digest_names_whose_mail_came_back_and_prints_whole_commands(
    loaded: Board, reminder: EmailMessage
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00")
    loaded.once(at="2010-04-14T08:00")
    said = told(loaded)
    assert f"to Author One (author, {GP})" in said
    for command in re.findall('scr-intake contact .*? --reason "..."', said):
        for left, word in (("ADDRESS", "new@meadowlane.example"), ("...", "Author Nine")):
            command = command.replace(left, word)
        filled = shlex.split(command)[1:]
        assert loaded.run(*filled, "--yes", at="2010-04-14T09:00").status == 0
    assert "came back" not in told_at(loaded, "2010-04-15T08:00")


def told_at(board: Board, at: str) -> str:
    board.once(at=at)
    return told(board)


def states(board: Board) -> list[str]:
    letters = board.run("letters", "--json").json
    return [x["state"] for x in letters if x["to"] == GP]


@pytest.mark.parametrize(
    ("report", "says"),
    [
        ({}, "came back"),
        ({"status": "4.4.7"}, "was given up for now"),
        ({"status": "4.4.1", "action": "delayed"}, "is late"),
        ({"status": "2.1.5", "action": "delivered"}, "arrived"),
        ({"status": "x", "action": "y"}, "may not have arrived"),
    ],
)
def test_the_case_s_history_tells_what_a_report_said(
    loaded: Board, reminder: EmailMessage, report: dict[str, str], says: str
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00", **report)
    log = loaded.run("audit", "log", "N12").out
    assert f"GP: by a report, a letter of ours {says} (delivery 1)." in log


def test_a_letter_that_comes_back_is_undelivered_and_nothing_more_is_written_to_its_reader(
    loaded: Board, reminder: EmailMessage
) -> None:
    """Issue 7, point 6; the day after it is due there would be a chaser."""
    comes_back(loaded, reminder, "2010-04-13T11:00")
    assert states(loaded) == ["undelivered"]
    loaded.once(at="2010-04-14T09:00")
    assert "N12, Meadow Lane Surgery: letter" in told(loaded)
    assert "came back (nobody there has that address), and nothing more is sent" in told(loaded)
    loaded.once(at="2010-04-19T10:00")
    assert len(loaded.sent(GP)) == 1
    assert loaded.run("status", at="2010-04-14T09:00").status == 1


def test_tried_again_by_a_person_it_goes_and_the_old_report_counts_no_more(
    loaded: Board, reminder: EmailMessage
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00")
    decide(loaded, "retry", GP, "2010-04-13T12:00")
    loaded.once(at="2010-04-13T12:00")
    loaded.once(at="2010-04-13T13:00")
    assert states(loaded) == ["sent"]
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["sent", "sent"], "the chaser goes: the reader is in reach again"


@pytest.mark.parametrize(
    ("report", "says"),
    [
        ({"status": "4.4.1", "action": "delayed"}, "as a report about it says: it is still tried"),
        ({"status": "5.1.1", "action": "delayed"}, "as a report about it says: it is still tried"),
        ({"status": "x", "action": "y"}, "does not say whether it arrived"),
    ],
)
def test_what_is_not_final_is_told_and_changes_nothing(
    loaded: Board, reminder: EmailMessage, report: dict[str, str], says: str
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00", **report)
    assert states(loaded) == ["sent"]
    loaded.once(at="2010-04-14T09:00")
    assert says in told(loaded)
    loaded.once(at="2010-04-15T09:00")
    assert says not in told(loaded)


def test_what_was_given_up_waits_and_stops_nothing_else(
    loaded: Board, reminder: EmailMessage
) -> None:
    """Issue 7, point 6: a soft one waits. The address may work again tomorrow."""
    comes_back(loaded, reminder, "2010-04-13T11:00", status="4.4.7")
    assert states(loaded) == ["undelivered"]
    for day in (14, 15):
        loaded.once(at=f"2010-04-{day}T09:00")
        assert (
            "has not arrived: a mail server gave it up for now: their mail server could not"
            in told(loaded)
        )
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["undelivered", "sent"], "the chaser goes"
    (id,) = [x["id"] for x in loaded.run("letters", "--json").json if x["state"] == "undelivered"]
    loaded.run("letters", "retry", id, at="2010-04-19T10:30")
    loaded.once(at="2010-04-19T11:00")
    assert states(loaded) == ["sent", "sent"]


def test_a_full_mailbox_holds_nothing_back_and_is_called_that(
    loaded: Board, reminder: EmailMessage
) -> None:
    """Whatever class its server gives to it: their other letters, answers too, still go."""
    comes_back(loaded, reminder, "2010-04-13T11:00", status="5.2.2")
    assert states(loaded) == ["undelivered"]
    loaded.once(at="2010-04-14T09:00")
    assert "has not arrived: a mail server gave it up for now: their mailbox is full." in told(
        loaded
    )
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["undelivered", "sent"]


def test_what_was_given_up_and_then_returned_for_good_stops_the_rest(
    loaded: Board, reminder: EmailMessage
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00", status="4.4.7")
    comes_back(loaded, reminder, "2010-04-13T12:00")
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["undelivered"]
    assert "came back (nobody there has that address), and nothing more is sent" in told(loaded)


def test_it_is_asked_each_working_day_until_a_person_acts(
    loaded: Board, reminder: EmailMessage
) -> None:
    """Failure mode 71: it stops nothing in silence."""
    comes_back(loaded, reminder, "2010-04-13T11:00")
    asks = "Answer: retry: the address works again, cancel: nothing goes to that address, details"
    for day in (14, 15, 16, 19, 20, 21):
        loaded.once(at=f"2010-04-{day}T09:00")
        assert asks in told(loaded)
    decide(loaded, "cancel", GP, "2010-04-21T10:00")
    loaded.once(at="2010-04-22T09:00")
    assert asks not in told(loaded)


def test_taking_the_person_out_settles_it(loaded: Board, reminder: EmailMessage) -> None:
    """Issue 7, point 6: the administrator registers another, and is asked no more."""
    comes_back(loaded, reminder, "2010-04-13T11:00")
    why = ("--reason", "Has left", "--yes")
    new = ("new@meadowlane.example", "--name", "Author Six", "--role", "author")
    loaded.run("contact", "add", "N12", "GP", *new, *why, at="2010-04-13T12:00")
    loaded.run("contact", "remove", "N12", "GP", GP, *why, at="2010-04-13T12:05")
    assert states(loaded) == ["cancelled"]
    loaded.once(at="2010-04-14T09:00")
    assert "came back" not in told(loaded)
    loaded.once(at="2010-04-19T10:00")
    assert len(loaded.sent(new[0])) > 0
    log = loaded.run("audit", "log", "N12").out
    assert "A person decided about a letter: letter cancelled." in log


def test_a_report_that_is_older_than_any_server_s_changes_nothing(
    loaded: Board, reminder: EmailMessage
) -> None:
    """Failure mode 71: an old letter, passed on, is no means to stop the next one."""
    comes_back(loaded, reminder, "2010-04-28T11:00")
    assert "undelivered" not in states(loaded)
    loaded.once(at="2010-04-29T09:00")
    assert "or came too long after that to count" in told(loaded)


@pytest.mark.parametrize(
    "sender", [GP, "commissioner@meadowlane.example", "author@shirepolice.example"]
)
def test_a_report_from_a_person_s_address_is_a_question(
    loaded: Board, reminder: EmailMessage, sender: str
) -> None:
    """Failure mode 71: a reader of a copy knows the Message-ID too; no server writes under the
    address of somebody registered."""
    comes_back(loaded, reminder, "2010-04-13T11:00", **{"from": sender})
    assert states(loaded) == ["sent"]
    loaded.once(at="2010-04-14T09:00")
    assert "a delivery report as no mail server writes it" in told(loaded)
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["sent", "sent"]


def test_a_report_that_names_several_letters_is_a_question(loaded: Board) -> None:
    """Failure mode 71: each of our letters went by itself."""
    loaded.once(at="2010-04-19T10:00")
    one, other = loaded.sent(GP)[0], loaded.sent("author@shirepolice.example")[0]
    report = bounce(one.as_bytes(), GP, US)
    quoted = f"could not be delivered.\r\nMessage-ID: {other['Message-ID']}\r\n".encode()
    loaded.mail(report.replace(b"could not be delivered.\r\n", quoted))
    loaded.once(at="2010-04-19T11:00")
    assert "undelivered" not in states(loaded)
    assert "a delivery report as no mail server writes it" in loaded.run("referred").out


def test_a_report_that_nobody_vouches_for_is_a_question_and_stops_no_letter(
    loaded: Board, reminder: EmailMessage
) -> None:
    """Failure mode 106: whoever saw the letter could have written it."""
    comes_back(loaded, reminder, "2010-04-13T11:00", **{"from": "MAILER-DAEMON@attacker.example"})
    assert states(loaded) == ["sent"]
    loaded.once(at="2010-04-14T09:00")
    assert "a delivery report says that a letter to Author One did not arrive" in told(loaded)
    loaded.once(at="2010-04-19T10:00")
    assert [letter["X-SCR-Intake"] for letter in loaded.sent(GP)] == ["reminder", "chaser"]


def test_a_forged_report_does_nothing(loaded: Board, reminder: EmailMessage) -> None:
    """Failure mode 71: it names no Message-ID of ours, however much like one it looks."""
    name, _, domain = str(reminder["Message-ID"]).partition("@")
    reminder.replace_header("Message-ID", f"{name[:-1]}{'0' if name[-1] != '0' else '1'}@{domain}")
    comes_back(loaded, reminder, "2010-04-13T11:00")
    assert states(loaded) == ["sent"]
    loaded.once(at="2010-04-19T10:00")
    assert states(loaded) == ["sent", "sent"]


def test_an_answer_to_somebody_out_of_reach_is_written_and_waits(
    loaded: Board, reminder: EmailMessage
) -> None:
    comes_back(loaded, reminder, "2010-04-13T11:00")
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once(at="2010-04-13T12:00")
    assert states(loaded) == ["undelivered", "queued"]


def test_it_is_shown_what_a_report_was_believed_for(loaded: Board, reminder: EmailMessage) -> None:
    """Issue 12: a person sees why an address was stopped."""
    comes_back(loaded, reminder, "2010-04-13T11:00")
    why = "It is believed: the report's sender is known, and of the domain of the letter's reader"
    said = "letter 1, a reminder: it was returned for good: nobody there has that address."
    assert f"{said} {why}" in loaded.run("show", 1).out
    assert why in loaded.run("letters", "show", 1).out
    outbox = loaded.run("outbox")
    assert "N12, Meadow Lane Surgery, author: letter 1 came back." in outbox.out
    assert why in outbox.out
    (stopped,) = loaded.run("outbox", "--json").json["out_of_reach"]
    assert [r["proof"] for r in stopped["reports"]] == ["sender"]


def test_it_is_shown_why_a_report_was_not_believed(loaded: Board, reminder: EmailMessage) -> None:
    """A forged one stops nobody, and the record does not say that the letter came back for it."""
    forged = bounce(reminder.as_bytes(), GP, US).replace(
        b"meadowlane.example>", b"else.example>", 1
    )
    loaded.mail(forged)
    loaded.once(at="2010-04-13T11:00")
    assert states(loaded) == ["sent"]
    shown = loaded.run("show", 1).out
    assert "It is about letter 1, a reminder: it was returned for good: nobody there has" in shown
    assert "that address. It is not believed:" in shown
    assert "nothing was stopped by it." in loaded.run("audit", "log", "N12").out
    assert "is late" not in told(loaded)


def test_nobody_is_said_to_have_been_written_to_whose_mail_comes_back(
    loaded: Board, reminder: EmailMessage
) -> None:
    """The receipt in the drop folder, and what a decision says of its letters."""
    comes_back(loaded, reminder, "2010-04-13T11:00")
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once(at="2010-04-13T12:00")
    put = loaded.folder / "drop/GP/returned/chronology.docx.receipt.txt"
    receipt = put.read_text(encoding="utf-8-sig")
    assert "Your original is kept safely" in receipt and "We have written to" not in receipt
    asked = ("extend", "N12", "GP", "imr", "--until", "2010-06-11", "--agreed-by", "Chair")
    said = loaded.run(*asked, "--reason", "Leave", "--yes")
    assert "It is kept until a person says that the address works" in said.out
