"""Who answers for the administrator has the digest while they are away, or when they ask for it;
and a link tells the administrator whether their mails count."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from outbox.writing.letter_text import letter_html, letter_plain_text
from tests.board import Board
from tests.builders_mail import mail
from tests.flow.answering import HER, SERVICE, Desk
from tests.flow.test_answers_by_mail import asked_desk

DEPUTY = "deputy@board.example"
NOTE = "I am out of the office until 9 April 2010. Please contact my deputy for anything urgent."


@pytest.fixture
def desk(begin: Callable[[Callable[[Board], object]], Board]) -> Desk:
    return Desk(begin(with_a_deputy))


def with_a_deputy(loaded: Board) -> None:
    settings = loaded.folder / "scr-intake.toml"
    text = settings.read_text()
    line = '# deputies      = ["deputy@board.example"]'
    assert line in text
    settings.write_text(text.replace(line, line.removeprefix("# ")))
    asked_desk(loaded)


def absence(desk: Desk, at: str, **headers: str) -> None:
    said = {"Auto_Submitted": "auto-replied", "In_Reply_To": "<any@board.example>", **headers}
    desk.board.mail(mail(HER, SERVICE, "Automatic reply: Case returns", NOTE, (), **said))
    desk.board.once(at)


def test_a_deputy_has_the_digest_while_the_administrator_is_away(desk: Desk) -> None:
    absence(desk, "2010-04-06T09:00")
    assert desk.board.sent(DEPUTY) == []
    desk.board.once("2010-04-07T08:05")
    (digest,) = desk.board.sent(DEPUTY)
    text = " ".join(letter_plain_text(digest).split())
    assert "You have this digest since The Administrator is away until Friday 9 April." in text
    (link,) = re.findall(r'<a href="([^"]+)"[^>]*>file</a>', letter_html(digest))[-1:]
    desk.press(link.replace("&amp;", "&"), "2010-04-07T09:10", DEPUTY)
    answer = desk.board.sent(DEPUTY)[-1]
    assert "Done: file." in letter_plain_text(answer)
    assert desk.entry(3, "2010-04-07T10:00")["decided"] == "reject"
    desk.board.once("2010-04-12T08:05")
    digests = [x for x in desk.board.sent(DEPUTY) if x["X-SCR-Intake"] == "digest"]
    assert len(digests) == 1, "the absence was over"


def test_what_a_deputy_settles_or_takes_back_is_told_with_a_link_that_undoes_it(
    desk: Desk,
) -> None:
    desk.press(desk.link(3, "file", "2010-04-06T09:00"), "2010-04-06T09:10", DEPUTY)
    desk.board.once("2010-04-07T08:05")
    assert "Settled in your name (1) - deputy@board.example, 9:10am on Tuesday" in desk.digest()
    assert "Done: file." in desk.digest()
    (undo,) = re.findall(r'<a href="([^"]+)"[^>]*>undo</a>', letter_html(desk.letters()[-1]))
    desk.press(undo.replace("&amp;", "&"), "2010-04-07T09:10", DEPUTY)
    assert "Undone: " in letter_plain_text(desk.board.sent(DEPUTY)[-1])
    desk.board.once("2010-04-08T08:05")
    assert 'Undone: "file" of 9:10am on Tuesday 6 April 2010.' in desk.digest()
    desk.board.once("2010-04-09T08:05")
    assert "in your name" not in desk.digest()


def test_the_administrator_has_it_too_and_it_ends_when_they_write(desk: Desk) -> None:
    absence(desk, "2010-04-06T09:00")
    desk.reply("3 file", "2010-04-06T09:10")
    desk.board.once("2010-04-07T08:05")
    assert desk.board.sent(DEPUTY) == []
    dates = [x["Date"] for x in desk.letters() if x["X-SCR-Intake"] == "digest"]
    assert len(dates) == 3


def test_nobody_else_s_absence_counts(desk: Desk) -> None:
    said = {"Auto_Submitted": "auto-replied"}
    raw = mail("pa@board.example", SERVICE, "Automatic reply: Case returns", NOTE, (), **said)
    desk.board.mail(raw)
    desk.board.once("2010-04-06T09:00")
    desk.board.once("2010-04-07T08:05")
    assert desk.board.sent(DEPUTY) == []


def test_a_deputy_who_asks_has_what_waits_with_links_that_act(desk: Desk) -> None:
    desk.send("Digest", "", "2010-04-06T09:00", DEPUTY)
    answer = desk.board.sent(DEPUTY)[-1]
    page = letter_html(answer)
    (link,) = re.findall(r'<a href="([^"]+)"[^>]*>accept</a>', page)
    desk.press(link.replace("&amp;", "&"), "2010-04-06T09:10", DEPUTY)
    assert "Done: accept." in letter_plain_text(desk.board.sent(DEPUTY)[-1])
    assert desk.entry(2, "2010-04-06T10:00")["decided"] == "accept"


def test_a_reply_to_that_answer_is_about_its_own_numbers(desk: Desk) -> None:
    desk.send("Digest", "", "2010-04-06T09:00")
    answer = desk.answers()[-1]
    said = " ".join(letter_plain_text(answer).split())
    found = re.search(r"(\d+)\. [^.]*(?:statement|Evaluation)", said, re.I)
    assert found is not None, said
    desk.reply(f"{found[1]} accept", "2010-04-06T09:10")
    assert "Done: accept." in desk.answer()
    assert desk.entry(2, "2010-04-06T10:00")["decided"] == "accept"


def test_a_test_link_says_whether_they_are_believed(desk: Desk) -> None:
    said = desk.board.run("doctor", "--send", at="2010-04-06T09:00").out
    assert "A test link was sent to the administrator" in said
    letter = next(x for x in desk.letters() if "believed" in str(x["Subject"]))
    (link,) = re.findall(r"mailto:\S+", letter.get_content())
    desk.press(link, "2010-04-06T09:10", "colleague@board.example")
    assert desk.answers() == []
    desk.press(link, "2010-04-06T09:12")
    assert "You are believed: what you answer by mail from this address is done." in desk.answer()
