"""Chasing, the whole way: the command line, the register, and what lies in the out-tray."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from commands.once import run_round
from outbox.sending.letter_queue import LetterQueue
from outbox.writing.letter import Draft
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board

GOOD = build.make_chronology(build.STORIES["GP"])
BAD = build.with_cell(GOOD, 5, "Date", "2009")
AUTHOR = "author@meadowlane.example"
COMMISSIONER = "commissioner@meadowlane.example"
SERVICE = "scr-returns@board.example"
ADMINISTRATOR = "administrator@board.example"
CHAIR = "chair@board.example"


def kinds_to(board: Board, to: str) -> list[str]:
    return [letter["X-SCR-Intake"] for letter in board.sent(to)]


def digest(board: Board, at: str) -> str:
    board.once(at)
    assert board.sent(ADMINISTRATOR)
    return " ".join(board.run("digest", "--preview", "--all", at=at).out.split())


def settings(board: Board, line: str) -> None:
    path = board.folder / "scr-intake.toml"
    path.write_text(path.read_text().replace("[storage]", f"{line}\n\n[storage]", 1))


def letter_asking_for_time() -> bytes:
    document = Document()
    document.add_heading("Request for Extension")
    for line in ("Return: Chronology", "New date: 30/04/2010", "Reason: our records came late"):
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def request(board: Board, at: str = "2010-04-19T08:30") -> None:
    """Author One asks for more time, in a message with a letter attached."""
    board.mail(
        build.mail(
            AUTHOR,
            SERVICE,
            "N12: more time",
            "Please see the letter.",
            [("request.docx", letter_asking_for_time())],
        )
    )
    board.once(at)


@pytest.fixture
def chaired(board: Board) -> Board:
    settings(board, f'chair = {{ name = "The Chair\'s Office", email = "{CHAIR}" }}')
    assert board.load().status == 0
    return board


def climb(board: Board, *days: str) -> None:
    for day in days:
        board.once(f"2010-04-{day}T10:00")


def test_the_whole_ladder_from_a_reminder_to_the_chairs_office(chaired: Board) -> None:
    climb(chaired, "13", "16", "19", "21", "23")
    assert kinds_to(chaired, AUTHOR) == ["reminder", "reminder", "chaser"]
    assert kinds_to(chaired, COMMISSIONER) == ["chaser", "escalation"]
    assert chaired.sent(CHAIR) == []
    drafted = [x for x in chaired.run("letters", "--json").json if x["state"] == "draft"]
    assert [(x["kind"], x["to"]) for x in drafted] == [("to-chair", CHAIR)]


def test_a_draft_is_on_the_digest_and_goes_once_a_person_releases_it(chaired: Board) -> None:
    climb(chaired, "19", "21", "23")
    (letter,) = [x for x in chaired.run("letters", "--json").json if x["state"] == "draft"]
    told = digest(chaired, "2010-04-26T08:00")
    assert f"scr-intake letters release {letter['id']}" in told
    assert chaired.sent(CHAIR) == []
    assert chaired.run("letters", "retry", letter["id"]).status == 1
    released = chaired.run("letters", "release", letter["id"], at="2010-04-26T09:00")
    assert released.out == f"Letter {letter['id']} goes with the next round.\n"
    climb(chaired, "26")
    (sent,) = chaired.sent(CHAIR)
    assert "Meadow Lane Surgery has not sent us the chronology" in letter_plain_text(sent)
    assert "about a letter: letter released" in chaired.run("audit", "log", "N12").out


def test_a_draft_is_called_back_when_the_return_comes_first(chaired: Board) -> None:
    climb(chaired, "19", "21", "23")
    chaired.drop("GP", GOOD)
    told = digest(chaired, "2010-04-26T09:30")
    assert (
        "a letter to the chair's office, was not sent after all: what it asked for has come" in told
    )
    (letter,) = [x for x in chaired.run("letters", "--json").json if x["kind"] == "to-chair"]
    assert letter["state"] == "called back"
    again = chaired.run("letters", "release", letter["id"])
    assert again.status == 1
    assert "was called back before it left" in again.err


def test_of_one_agency_there_is_one_draft_to_the_chairs_office(chaired: Board) -> None:
    """What has become as late since is put into it, and the one before is called back."""
    more = CASE.replace("qa_form              = 2010-05-28", "qa_form = 2010-04-20")
    more = more.replace("chronology = 2010-04-30", "chronology = 2010-04-30, qa_form = 2010-05-28")
    assert chaired.load(more).status == 0
    climb(chaired, "19", "21", "23", "26", "27")
    letters = [x for x in chaired.run("letters", "--json").json if x["kind"] == "to-chair"]
    assert [x["state"] for x in letters] == ["called back", "draft"]
    shown = " ".join(chaired.run("letters", "show", letters[-1]["id"]).out.split())
    assert "has not sent us the chronology" in shown and "QA form, which was due on" in shown
    old, new = (letter["id"] for letter in letters)
    refused = chaired.run("letters", "release", old, at="2010-04-27T12:00")
    assert refused.status == 1
    assert "as late since. It does not go." in refused.err
    assert f"Letter {new} is drafted in its place." in refused.err
    assert f"scr-intake letters release {new}\n" in refused.err
    climb(chaired, "28", "29")
    after = [x for x in chaired.run("letters", "--json").json if x["kind"] == "to-chair"]
    assert after == letters


def test_a_draft_that_another_is_to_replace_is_not_released(chaired: Board) -> None:
    more = CASE.replace("qa_form              = 2010-05-28", "qa_form = 2010-04-20")
    more = more.replace("chronology = 2010-04-30", "chronology = 2010-04-30, qa_form = 2010-05-28")
    assert chaired.load(more).status == 0
    climb(chaired, "19", "21", "23", "26")
    (letter,) = [x for x in chaired.run("letters", "--json").json if x["kind"] == "to-chair"]
    refused = chaired.run("letters", "release", letter["id"], at="2010-04-27T09:20")
    assert "as late since. It does not go." in refused.err
    assert "A new one is drafted with the next round" in refused.err
    climb(chaired, "27")
    assert chaired.sent(CHAIR) == []


def test_without_a_chair_in_the_settings_nothing_is_drafted(loaded: Board) -> None:
    climb(loaded, "19", "21", "23")
    assert [x for x in loaded.run("letters", "--json").json if x["state"] == "draft"] == []


def test_nobody_is_chased_while_they_ask_for_more_time_until_it_is_decided(loaded: Board) -> None:
    request(loaded)
    before = len(loaded.sent(AUTHOR))
    climb(loaded, "19", "20")
    assert len(loaded.sent(AUTHOR)) == before
    assert loaded.sent(COMMISSIONER) == []
    told = digest(loaded, "2010-04-21T08:00")
    assert "Meadow Lane Surgery: chronology. They ask for more time, and you have not" in told
    extended = loaded.run(
        *("extend", "N12", "GP", "chronology", "--until", "2010-04-30", "--agreed-by", "Chair"),
        *("--reason", "Leave", "--yes"),
        at="2010-04-21T09:00",
    )
    assert extended.status == 0, extended.err
    assert "They ask for more time" not in digest(loaded, "2010-04-22T08:00")
    climb(loaded, "27")
    assert kinds_to(loaded, AUTHOR)[-1] == "reminder"


def test_more_time_agreed_settles_the_request(loaded: Board) -> None:
    request(loaded)
    waiting = digest(loaded, "2010-04-20T08:00")
    assert (
        "request for more time until Friday 30 April; the chronology is not chased until you"
        " decide." in waiting
    )
    loaded.run(
        *("extend", "N12", "GP", "chronology", "--until", "2010-04-30", "--agreed-by", "Chair"),
        *("--reason", "Leave", "--yes"),
        at="2010-04-20T09:00",
    )
    assert "request for more time" not in digest(loaded, "2010-04-21T08:00")


def test_on_hold_nobody_is_chased_and_the_digest_says_so(loaded: Board) -> None:
    loaded.run("case", "hold", "N12", "--reason", "Police", "--yes", at="2010-04-19T08:30")
    climb(loaded, "19")
    assert loaded.sent(AUTHOR) == []
    assert "The case is on hold." in digest(loaded, "2010-04-20T08:00")


def test_an_office_that_is_closed_chases_nobody_and_counts_no_days(board: Board) -> None:
    settings(board, "closures = [{ from = 2010-04-19, to = 2010-04-20 }]")
    board.load()
    climb(board, "19", "20")
    assert board.sent() == []
    climb(board, "21")
    assert kinds_to(board, AUTHOR) == ["chaser"]


def test_a_boards_own_ladder_is_climbed_instead_of_ours(board: Board) -> None:
    (board.folder / "ladder.toml").write_text(
        '[[rung]]\ndays = 2\nletter = "escalation"\nto = ["author"]\n'
    )
    settings(board, 'ladder = "ladder.toml"')
    board.load()
    climb(board, "13", "16", "19", "20")
    assert kinds_to(board, AUTHOR) == ["escalation"]


def test_a_ladder_at_fault_is_refused_at_the_start_with_every_slip(board: Board) -> None:
    (board.folder / "ladder.toml").write_text('[[rung]]\ndays = 2\nletter = "x"\nto = []\n')
    settings(board, 'ladder = "ladder.toml"')
    ended = board.once()
    assert ended.status == 2
    assert "The chasing ladder in" in ended.err
    assert ended.err.count("  - rung 1") == 2


def test_what_comes_while_the_chasers_are_written_stops_them(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sources are looked at once more just before a chaser leaves."""
    at = datetime(2010, 4, 19, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    with open_application(
        GlobalOptions(loaded.folder / "scr-intake.toml", at), working=True
    ) as app:
        whole = app.correspondence.queue_due_letters

        def derive(now: datetime) -> object:
            derived = whole(now)
            loaded.drop("GP", GOOD)  # as if it had come at this moment
            return derived

        monkeypatch.setattr(app.correspondence, "queue_due_letters", derive)
        run_round(app)
    assert kinds_to(loaded, AUTHOR) == ["acknowledgement"]
    assert loaded.sent(COMMISSIONER) == []


def test_nobody_is_chased_while_the_drop_folder_cannot_be_looked_at(loaded: Board) -> None:
    """What they sent may lie there. Failure mode 23."""
    drop = loaded.folder / "drop"
    away = drop.rename(loaded.folder / "elsewhere")
    climb(loaded, "19")
    assert loaded.sent(AUTHOR) == []
    told = digest(loaded, "2010-04-20T08:00")
    assert "cannot be looked at, and something may have come" in told
    away.rename(drop)
    climb(loaded, "20")
    assert kinds_to(loaded, AUTHOR) == ["chaser"]


def test_a_chaser_written_but_not_sent_by_closing_time_waits_for_the_morning(
    loaded: Board,
) -> None:
    loaded.run("outbox", "pause", at="2010-04-19T09:00")
    climb(loaded, "19")
    loaded.run("outbox", "resume", at="2010-04-19T19:00")
    loaded.once("2010-04-19T19:01")
    assert loaded.sent(AUTHOR) == []
    climb(loaded, "20")
    assert kinds_to(loaded, AUTHOR) == ["chaser"]


def test_what_was_called_back_is_written_anew_once_there_is_reason_again(loaded: Board) -> None:
    loaded.run("outbox", "pause", at="2010-04-19T09:00")
    climb(loaded, "19")
    loaded.run("case", "hold", "N12", "--reason", "Police", "--yes", at="2010-04-19T11:00")
    climb(loaded, "20")
    loaded.run("case", "reopen", "N12", "--reason", "Done", "--yes", at="2010-04-20T11:00")
    loaded.run("outbox", "resume", at="2010-04-20T11:30")
    loaded.once("2010-04-20T12:00")
    assert kinds_to(loaded, AUTHOR) == ["chaser"]
    states = [x["state"] for x in loaded.run("letters", "--json").json if x["kind"] == "chaser"]
    assert states.count("called back") == 2


def test_a_newly_registered_commissioner_hears_of_what_is_late(loaded: Board) -> None:
    climb(loaded, "19")
    loaded.run(
        *("contact", "add", "N12", "GP", "new@meadowlane.example", "--name", "Commissioner Six"),
        *("--role", "commissioner", "--reason", "New in post", "--yes"),
        at="2010-04-20T09:30",
    )
    climb(loaded, "20")
    assert kinds_to(loaded, "new@meadowlane.example") == ["chaser"]
    assert kinds_to(loaded, AUTHOR) == ["chaser"]


def test_a_service_killed_between_two_letters_of_a_rung_writes_the_other_the_same_day(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 73: one letter per agency and day, and to everybody it is for."""
    add = LetterQueue.add

    def killed(queue: LetterQueue, draft: Draft, *rest: Any) -> int:
        if draft.recipient.email == COMMISSIONER:
            raise KeyboardInterrupt
        return add(queue, draft, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(LetterQueue, "add", killed)
        climb(loaded, "19")
    assert loaded.sent() == []
    climb(loaded, "19")
    assert kinds_to(loaded, AUTHOR) == kinds_to(loaded, COMMISSIONER) == ["chaser"]


def test_a_rejection_is_not_followed_by_a_reminder_of_the_same_thing(loaded: Board) -> None:
    loaded.drop("GP", BAD)
    climb(loaded, "13", "14")
    assert kinds_to(loaded, AUTHOR) == ["rejection"]


def test_due_tells_what_would_not_be_written_and_why(loaded: Board) -> None:
    request(loaded)
    said = loaded.run("due", "--to", "2010-04-20", at="2010-04-19T10:00").out
    assert "Not written to, as things stand" in said
    assert "They ask for more time" in said


def test_a_chaser_that_could_not_leave_yesterday_leaves_once_people_are_at_their_desks(
    loaded: Board,
) -> None:
    loaded.run("outbox", "pause", at="2010-04-19T09:00")
    loaded.once(at="2010-04-19T10:00")
    loaded.run("outbox", "resume", at="2010-04-20T07:55")
    loaded.once(at="2010-04-20T08:05")
    assert not loaded.sent("author@meadowlane.example")
    loaded.once(at="2010-04-20T09:00")
    assert len(loaded.sent("author@meadowlane.example")) == 1


def test_more_time_agreed_is_not_followed_by_a_reminder_of_the_same_day(loaded: Board) -> None:
    """The letter names the new day: it stands for a reminder that would come within two working
    days, and the one on the day comes."""
    climb(loaded, "13")
    extended = loaded.run(
        *("extend", "N12", "GP", "chronology", "--until", "2010-04-21", "--agreed-by", "Chair"),
        *("--reason", "Leave", "--yes"),
        at="2010-04-14T09:00",
    )
    assert extended.status == 0, extended.err
    climb(loaded, "14", "15", "16", "19", "20", "21")
    assert kinds_to(loaded, AUTHOR) == ["reminder", "extension", "reminder"]
    (_, _, reminder) = loaded.sent(AUTHOR)
    assert "action needed today" in reminder["Subject"]


def test_who_asks_for_more_time_reads_that_it_is_not_decided_and_not_that_it_is_late(
    board: Board,
) -> None:
    """In the receipt, and in letters about the rest."""
    assert board.load(CASE.replace("qa_form              = 2010-05-28", "qa_form = 2010-04-16"))
    request(board)
    climb(board, "19", "20", "22")
    receipt, chaser = board.sent(AUTHOR)
    assert (receipt["X-SCR-Intake"], chaser["X-SCR-Intake"]) == ("referral", "chaser")
    for letter in (receipt, chaser, *board.sent(COMMISSIONER)):
        (line,) = (
            x for x in letter_plain_text(letter).splitlines() if x.strip().startswith("Chronology")
        )
        assert line.split("  ")[-1].strip() == "more time asked for, not yet decided"
    assert "chronology" not in chaser["Subject"]
