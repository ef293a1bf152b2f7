"""The notice of a sealed-mail service names somebody registered: what they owe is not chased until
a person has looked; but anybody can write such a notice, so that it counts for little and not for
long."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.outbox.test_undecided import (
    ADMINISTRATOR,
    AUTHOR,
    CHAIR,
    SERVICE,
    chaired,
    digest,
    drafts,
)
from tests.registry import SECOND_CASE

EGRESS = "noreply@egress.com"
NOTICE = (
    "Author One has sent you a secure email.\r\n\r\nRead it at"
    " https://switch.egress.com/ui/message/88121-ac?id=4412\r\n"
)
LATE_LETTERS = {"chaser", "escalation"}


def noticed(board: Board, at: str, subject: str = "Secure email") -> None:
    board.mail(mail(EGRESS, SERVICE, subject, NOTICE, ()))
    board.once(at)


def sent_to(board: Board, *addresses: str) -> list[str]:
    return [str(x["X-SCR-Intake"]) for to in addresses for x in board.sent(to)]


def test_the_digest_names_whom_it_may_be_from_and_what_is_not_chased(loaded: Board) -> None:
    noticed(loaded, "2010-04-19T10:00")
    said = digest(loaded, "2010-04-20T08:00")
    assert "Author One of Meadow Lane Surgery: the notice of a sealed-mail service" in said
    assert "they may have sent a sealed message for N12; held" in said
    assert "are not chased meanwhile" in said
    assert "scr-intake show 1" in said


def test_its_agency_is_not_chased_for_five_working_days_at_most(board: Board) -> None:
    """A forged one must not silence for ever, and another does not begin anew."""
    chaired(board)
    noticed(board, "2010-04-16T10:00")
    for day in ("19", "20", "21", "22"):
        noticed(board, f"2010-04-{day}T10:00", f"Reminder {day}: a secure email waits")
    assert not LATE_LETTERS.intersection(sent_to(board, AUTHOR))
    assert "names one of them, and you have not looked" in digest(board, "2010-04-22T12:00")
    for day in ("23", "26", "27", "28"):
        board.once(f"2010-04-{day}T10:00")
    assert "chaser" in sent_to(board, AUTHOR)
    after = digest(board, "2010-04-29T08:00")
    assert "a sealed-mail service" in after, "it waits on for a person"
    assert "not chased meanwhile" not in after


def test_nobody_outside_is_told_and_the_chairs_office_never(board: Board) -> None:
    chaired(board)
    assert board.load(SECOND_CASE).status == 0
    noticed(board, "2010-04-16T10:00")
    for day in ("19", "20", "21", "22", "23", "26", "27"):
        board.once(f"2010-04-{day}T10:00")
    assert drafts(board) == [] and board.sent(CHAIR) == []
    outside = [x for x in board.sent() if ADMINISTRATOR not in str(x["To"])]
    assert not [x for x in outside if "a person is looking" in letter_plain_text(x)]
    assert "unplaced" not in [str(x["X-SCR-Intake"]) for x in outside]


def test_once_it_is_put_away_the_ladder_goes_on(loaded: Board) -> None:
    noticed(loaded, "2010-04-16T10:00")
    away = loaded.run("reject", 1, "--reason", "Forged", "--yes", at="2010-04-19T09:00")
    assert away.status == 0, away.err
    for day in ("19", "20", "21", "22"):
        loaded.once(f"2010-04-{day}T10:00")
    assert LATE_LETTERS.intersection(sent_to(loaded, AUTHOR))


def test_a_notice_that_names_nobody_silences_nobody(loaded: Board) -> None:
    notice = NOTICE.replace("Author One", "Somebody Else")
    loaded.mail(mail(EGRESS, SERVICE, "Secure email", notice, ()))
    for day in ("16", "19", "20", "21", "22"):
        loaded.once(f"2010-04-{day}T10:00")
    assert LATE_LETTERS.intersection(sent_to(loaded, AUTHOR))


def test_show_says_whom_it_names_and_how_to_say_whose_it_is(loaded: Board) -> None:
    noticed(loaded, "2010-04-16T10:00")
    said = loaded.run("show", 1).out
    assert "It may be from Author One, author of N12, Meadow Lane Surgery." in said
    assert "assign 1 --case N12 --agency GP" in said
