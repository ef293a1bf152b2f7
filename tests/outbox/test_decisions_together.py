"""Decisions about one agency, one after the other: one letter tells them, once no more come."""

from __future__ import annotations

import pytest

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board

AUTHOR, US = "author@meadowlane.example", "scr-returns@board.example"
WHY = ("--reason", "Looked at", "--yes")
AGREED = ("--agreed-by", "The chair", *WHY)


@pytest.fixture
def quiet(loaded: Board) -> Board:
    settings = loaded.folder / "scr-intake.toml"
    text = settings.read_text()
    settings.write_text(text.replace("decisions_quiet_minutes = 0", "decisions_quiet_minutes = 10"))
    return loaded


def said(board: Board) -> list[str]:
    return [" ".join(letter_plain_text(x).split()) for x in board.sent(AUTHOR)]


def extend(board: Board, kind: str, until: str, at: str) -> str:
    words = ("extend", "N12", "GP", kind, "--until", until, *AGREED)
    ended = board.run(*words, at=f"2010-04-01T{at}")
    assert ended.status == 0, ended.err
    return ended.out


def refer(board: Board) -> None:
    """A document waits for a decision."""
    rows = build.STORIES["GP"]
    both = (("1.docx", build.make_chronology(rows)), ("2.docx", build.make_chronology(rows[:-1])))
    board.mail(build.mail(AUTHOR, US, "N12", "Attached.", both))
    board.once(at="2010-04-01T09:00")


def test_several_decisions_are_one_letter_after_the_last(quiet: Board) -> None:
    """Five decisions in ten minutes were five letters to one author."""
    out = extend(quiet, "chronology", "2010-05-04", "10:00")
    assert "once you have decided nothing more about the agency for 10 minutes" in out
    quiet.once(at="2010-04-01T10:05")
    assert said(quiet) == []
    extend(quiet, "imr", "2010-06-11", "10:06")
    quiet.run("waive", "N12", "GP", "qa_form", *WHY, at="2010-04-01T10:07")
    quiet.once(at="2010-04-01T10:12")
    assert said(quiet) == []
    quiet.once(at="2010-04-01T10:17")
    (letter,) = said(quiet)
    assert "more time for the chronology and IMR" in letter
    assert "Please send them by the dates below." in letter
    assert "The board no longer needs the QA form, and will not ask you for it again." in letter
    assert "due Tuesday 4 May" in letter and "due Friday 11 June" in letter
    assert "more time agreed - " not in letter
    quiet.once(at="2010-04-01T11:00")
    assert len(said(quiet)) == 1


def test_what_was_agreed_stands_in_the_letter_about_what_came(quiet: Board) -> None:
    refer(quiet)
    before = len(said(quiet))
    quiet.run("accept", 1, *WHY, at="2010-04-01T10:00")
    extend(quiet, "imr", "2010-06-11", "10:01")
    quiet.once(at="2010-04-01T10:20")
    (letter,) = said(quiet)[before:]
    assert "Chronology: accepted, thank you" in letter
    assert "You have more time for the IMR: please send it by Friday 11 June 2010." in letter


def test_one_agency_waits_for_no_other(quiet: Board) -> None:
    extend(quiet, "chronology", "2010-05-04", "10:00")
    words = ("extend", "N12", "POL", "imr", "--until", "2010-06-11", *AGREED)
    quiet.run(*words, at="2010-04-01T10:09")
    quiet.once(at="2010-04-01T10:11")
    assert len(said(quiet)) == 1


def test_what_was_unsafe_or_is_urgent_is_told_at_once(quiet: Board) -> None:
    unsafe = build.remote_template(build.make_chronology(build.STORIES["GP"]))
    quiet.mail(build.mail(AUTHOR, US, "N12", "Attached.", (("c.docx", unsafe),)))
    quiet.once(at="2010-04-01T09:00")
    before = len(said(quiet))
    made = quiet.run(
        "reject", 1, "--tell", "Please send it without its link.", *WHY, at="2010-04-01T10:00"
    )
    assert made.status == 0, made.err
    quiet.once(at="2010-04-01T10:01")
    assert len(said(quiet)) == before + 1


def test_nobody_is_chased_between_a_decision_and_its_letter(quiet: Board) -> None:
    words = ("waive", "N12", "GP", "qa_form", *WHY)
    quiet.run(*words, at="2010-04-20T09:55")
    quiet.once(at="2010-04-20T10:00")
    assert said(quiet) == []
    quiet.once(at="2010-04-20T10:06")
    (letter,) = said(quiet)
    assert "no longer needs the QA form" in letter


def test_however_many_more_follow_what_was_decided_first_waits_four_times_as_long(
    quiet: Board,
) -> None:
    """Each further decision began the wait anew, without end."""
    days = ("04-29", "04-30", "05-04", "05-05", "05-06", "05-07")
    for n, day in enumerate(days):
        minutes = n * 8
        at = f"{10 + minutes // 60}:{minutes % 60:02}"
        extend(quiet, "chronology", f"2010-{day}", at)
        quiet.once(at=f"2010-04-01T{at}:30")
        assert len(said(quiet)) == (1 if minutes >= 40 else 0), at
    quiet.once(at="2010-04-01T10:49")
    assert len(said(quiet)) == 1


def test_after_that_letter_the_next_decision_waits_for_more_again(quiet: Board) -> None:
    for n, kind in enumerate(("chronology", "imr", "qa_form", "evaluation_statement")):
        extend(quiet, kind, "2010-06-11", f"10:{n * 9:02}")
    quiet.once(at="2010-04-01T10:40")
    assert len(said(quiet)) == 1
    extend(quiet, "chronology", "2010-06-14", "10:41")
    quiet.once(at="2010-04-01T10:42")
    assert len(said(quiet)) == 1
    quiet.once(at="2010-04-01T10:52")
    assert len(said(quiet)) == 2
