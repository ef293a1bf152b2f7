"""A board's first weeks: every letter goes to the administrator alone, and nothing leaves by any
other way, then or once letters leave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from outbox.writing.letter_text import letter_html, letter_plain_text
from tests import builders as build
from tests.board import CASE, Board
from tests.builders_mail import mail
from tests.flow.answering import HER, OPERATOR, SERVICE, Desk

AUTHOR, POLICE = "author@meadowlane.example", "author@shirepolice.example"
NINE = "2010-04-06T09:00"


def switched(board: Board, *, on: bool) -> None:
    settings = board.folder / "scr-intake.toml"
    before, after = ("false", "true") if on else ("true", "false")
    text = settings.read_text()
    assert f"trial     = {before}" in text
    settings.write_text(text.replace(f"trial     = {before}", f"trial     = {after}"))


@pytest.fixture
def tried(loaded: Board) -> Board:
    """In its first weeks: a report by mail, a chronology with mistakes by folder, a reminder."""
    switched(loaded, on=True)
    chronology = build.make_chronology(build.STORIES["GP"])
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Attached.", [("chronology.docx", chronology)]))
    first, *others = build.STORIES["POL"]
    wrong = build.make_chronology([replace(first, date="31/09/2007"), *others])
    loaded.drop("POL", wrong)
    loaded.once()
    return loaded


def outsiders(board: Board) -> list[str]:
    """Whoever was written to besides the administrator."""
    people = (str(letter["To"].addresses[0].addr_spec) for letter in board.sent())
    return [email for email in people if email != HER]


def returned(board: Board) -> list[Path]:
    return list((board.folder / "drop").glob("*/returned/**/*.*"))


def test_what_an_order_says_of_its_letters_is_that_she_alone_gets_them(tried: Board) -> None:
    asks = "We cannot send the IMR by 28 May, could we have until 11 June? Our author is ill."
    tried.mail(mail(POLICE, SERVICE, "N12", asks, ()))
    tried.once("2010-04-01T11:00")
    tried.once("2010-04-06T08:05")
    desk = Desk(tried)
    (number,) = [n["number"] for n in desk.asks(NINE) if "more time" in n["says"]]
    desk.press(desk.link(number, "more time until 11 June", NINE), NINE)
    assert "Letter (extension) to Author Two, author." in desk.answer()
    assert "Letters are only tried for now: this goes to nobody but you." in desk.answer()


def test_every_letter_goes_to_her_under_a_line_that_says_to_whom_it_would_have(
    tried: Board,
) -> None:
    assert outsiders(tried) == []
    thanks, changes = (x for x in tried.sent(HER) if str(x["Subject"]).startswith("Trial: "))
    says = "Trial: nobody else has this letter. It would have gone to Author One <"
    for text in (letter_plain_text(thanks), letter_html(thanks).replace("&lt;", "<")):
        assert says in text
    assert letter_plain_text(thanks).startswith(f"{says}{AUTHOR}>.\n")
    assert f"Author Two <{POLICE}>" in letter_plain_text(changes)
    assert "is not a day in the calendar" in letter_plain_text(changes)


def test_nothing_is_put_back_into_the_drop_folder_then_or_later(tried: Board) -> None:
    assert returned(tried) == []
    switched(tried, on=False)
    tried.once("2010-04-06T09:00")
    assert returned(tried) == []


def test_an_alert_goes_to_her_too(tried: Board) -> None:
    (tried.folder / "drop" / ".scr-intake").unlink()
    for at in ("2010-04-01T11:00", "2010-04-01T11:30"):
        tried.once(at)
    assert tried.sent(OPERATOR) == []
    (alert,) = (x for x in tried.sent(HER) if x["X-SCR-Intake"] == "alert")
    assert f"would have gone to {OPERATOR}" in letter_plain_text(alert)


def test_that_it_is_on_stands_on_the_digest_and_in_what_the_operator_sees(tried: Board) -> None:
    tried.once("2010-04-06T08:05")
    digest = [x for x in tried.sent(HER) if x["X-SCR-Intake"] == "digest"][-1]
    assert "Trial: every letter comes to you alone" in letter_plain_text(digest)
    assert "0 letters sent, 2 tried." in " ".join(letter_plain_text(digest).split())
    assert not str(digest["Subject"]).startswith("Trial"), "it is hers in any case"
    assert "Trial mode is on" in tried.run("doctor").out
    assert tried.status()["trial"] is True
    assert "goes to the administrator alone" in tried.run("status").out
    assert "tried" in tried.run("letters").out


def test_once_it_is_over_nothing_of_what_was_tried_is_sent(tried: Board) -> None:
    tried.once("2010-04-01T10:20")
    switched(tried, on=False)
    for at in ("2010-04-01T10:30", "2010-04-06T08:05", "2010-04-06T09:30"):
        tried.once(at)
    assert outsiders(tried) == []


def test_what_waited_when_it_ended_does_not_leave_either(loaded: Board) -> None:
    switched(loaded, on=True)
    loaded.run("outbox", "pause")
    chronology = build.make_chronology(build.STORIES["GP"])
    loaded.mail(mail(AUTHOR, SERVICE, "N12", "Attached.", [("chronology.docx", chronology)]))
    loaded.once()
    switched(loaded, on=False)
    loaded.run("outbox", "resume")
    loaded.once("2010-04-01T10:30")
    assert outsiders(loaded) == []
    (letter,) = (x for x in loaded.run("letters", "--json").json if x["kind"] == "acknowledgement")
    assert letter["state"] == "called back"


def test_who_was_never_answered_is_asked_about_on_the_first_digest(tried: Board) -> None:
    switched(tried, on=False)
    tried.once("2010-04-06T08:05")
    desk = Desk(tried)
    assert "The trial is over: from now on letters leave." in desk.digest()
    says = {ask["agency"]: ask["says"] for ask in desk.asks(NINE)}
    assert "Author One never had an acknowledgement (1 April)" in says["GP"]
    assert "Author Two never had a request for changes (1 April)" in says["POL"]
    never = "never answered since letters were only tried"
    assert f"Shire Police, {never}" in " ".join(
        tried.run("outbox", at="2010-04-06T09:00").out.split()
    )


def test_what_was_never_sent_is_written_as_it_stands_now_once_she_says_so(tried: Board) -> None:
    switched(tried, on=False)
    tried.once("2010-04-06T08:05")
    desk = Desk(tried)
    (number,) = [ask["number"] for ask in desk.asks(NINE) if ask["agency"] == "POL"]
    desk.press(desk.link(number, "retry: send what is still so", NINE), NINE)
    assert "Letter (rejection) to Author Two, author." in desk.answer()
    tried.once("2010-04-06T09:15")
    (letter,) = tried.sent(POLICE)
    assert letter["X-SCR-Intake"] == "rejection" and "Trial" not in str(letter["Subject"])
    assert tried.sent(AUTHOR) == []
    tried.once("2010-04-07T08:05")
    assert [ask["agency"] for ask in desk.asks("2010-04-07T09:00")] == ["GP"]
    assert tried.run("audit", "verify", at="2010-04-07T09:00").status == 0


def test_that_there_is_nothing_more_to_send_is_said_once(tried: Board) -> None:
    switched(tried, on=False)
    tried.once("2010-04-06T08:05")
    desk = Desk(tried)
    for ask in desk.asks(NINE):
        desk.press(desk.link(ask["number"], "cancel: nothing more to send", NINE), NINE)
        assert "Nothing more is sent of what was tried for them." in desk.answer()
    tried.once("2010-04-07T08:05")
    assert desk.asks("2010-04-07T09:00") == [] and outsiders(tried) == []


def test_more_time_that_was_granted_in_the_trial_is_asked_about_by_its_name(tried: Board) -> None:
    asks = "We cannot send the IMR by 28 May, could we have until 11 June? Our author is ill."
    tried.mail(mail(POLICE, SERVICE, "N12", asks, ()))
    tried.once("2010-04-01T11:00")
    tried.once("2010-04-06T08:05")
    desk = Desk(tried)
    (number,) = [n["number"] for n in desk.asks(NINE) if "more time" in n["says"]]
    desk.press(desk.link(number, "more time until 11 June", NINE), NINE)
    tried.once("2010-04-06T10:00")
    switched(tried, on=False)
    tried.once("2010-04-07T08:05")
    at = "2010-04-07T09:00"
    (found,) = [ask for ask in desk.asks(at) if ask["agency"] == "POL"]
    assert "more time agreed (6 April)" in found["says"] and "more)" not in found["says"]
    desk.press(desk.link(found["number"], "retry", at), at)
    assert "Letter (extension) to Author Two, author." in desk.answer()
    tried.once("2010-04-07T09:10")
    # That a person decides about it is not so any more.
    sent = [letter["X-SCR-Intake"] for letter in tried.sent(POLICE)]
    assert "extension" in sent and "referral" not in sent


def test_a_tried_letter_goes_to_nobody_else_whoever_asks_for_it_once_more(tried: Board) -> None:
    switched(tried, on=False)
    tried.once("2010-04-01T10:30")
    tried.run("letters", "retry", 1, at="2010-04-01T10:40")
    tried.once("2010-04-01T10:50")
    assert outsiders(tried) == []


def test_chasing_goes_on_with_the_step_that_comes_next(loaded: Board) -> None:
    """The chronology of the surgery is due on 16 April."""
    switched(loaded, on=True)
    loaded.load(CASE.replace("2010-05-28", "2010-07-28"))
    for day in (13, 16, 19):
        loaded.once(f"2010-04-{day}T10:00")
    tried = [x["X-SCR-Intake"] for x in loaded.sent(HER)]
    assert "chaser" in tried and outsiders(loaded) == []
    switched(loaded, on=False)
    loaded.once("2010-04-20T10:00")
    assert loaded.sent(AUTHOR) == []
    loaded.once("2010-04-21T10:00")
    (escalation,) = loaded.sent("commissioner@meadowlane.example")
    assert escalation["X-SCR-Intake"] == "escalation"
    text = " ".join(letter_plain_text(escalation).split())
    assert "We are writing to you" in text, "nobody was written to before, and it says so"
    assert "Author One" not in text


def test_that_nothing_more_of_it_is_sent_can_be_undone(tried: Board) -> None:
    switched(tried, on=False)
    tried.once("2010-04-06T08:05")
    desk = Desk(tried)
    (number,) = [ask["number"] for ask in desk.asks(NINE) if ask["agency"] == "POL"]
    desk.press(desk.link(number, "cancel", NINE), NINE)
    assert "Nothing more is sent of what was tried" in desk.answer()
    desk.press(desk.undo_link(), "2010-04-06T09:05")
    assert 'Undone: "cancel"' in desk.answer()
    desk.press(desk.link(number, "retry: send what is still so", NINE), "2010-04-06T09:10")
    assert "so that this cannot be undone" in desk.answer() and not desk.links("undo")
    tried.once("2010-04-06T09:25")
    assert [x["X-SCR-Intake"] for x in tried.sent(POLICE)] == ["rejection"]


def test_the_answer_to_a_deputy_says_whose_message_it_was(tried: Board) -> None:
    settings, deputy = tried.folder / "scr-intake.toml", "deputy@board.example"
    line = f'deputies      = ["{deputy}"]'
    settings.write_text(settings.read_text().replace(f"# {line}", line))
    Desk(tried).send("Digest", "", "2010-04-01T10:10", deputy)
    told = letter_plain_text(tried.sent(HER)[-1])
    assert f"It would have gone to {deputy}, whose message it answers." in " ".join(told.split())
    assert outsiders(tried) == []


def test_what_the_same_reply_decides_is_not_told_as_open_by_what_is_sent_anew(tried: Board) -> None:
    asks = "We cannot send the IMR by 28 May, could we have until 11 June? Our author is ill."
    tried.mail(mail(POLICE, SERVICE, "N12", asks, ()))
    tried.once("2010-04-01T11:00")
    switched(tried, on=False)
    tried.once("2010-04-06T08:05")
    desk = Desk(tried)
    of = {
        ("more time" in each["says"]): each["number"]
        for each in desk.asks(NINE)
        if each["agency"] == "POL"
    }
    desk.reply(f"{of[False]} retry\n{of[True]} more time until 11 June", NINE)
    told = " ".join(desk.answer().split())
    assert "Not so any more, and not sent: a note that a person will look" in told
    assert "Letter (referral)" not in told
    for at in ("2010-04-06T09:15", "2010-04-06T10:00"):
        tried.once(at)
    sent = [letter["X-SCR-Intake"] for letter in tried.sent(POLICE)]
    assert "extension" in sent and "referral" not in sent
