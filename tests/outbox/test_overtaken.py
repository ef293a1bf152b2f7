"""A letter that is not so any more does not leave, whatever kept it in."""

from __future__ import annotations

import io
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import docx
import pytest

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_mail import mail

GP, US = "author@meadowlane.example", "scr-returns@board.example"
WHY = ("--reason", "Looked at", "--yes")
LATER = "2010-04-01T12:00"


def _note(words: str) -> bytes:
    """A document that is no return."""
    made, into = docx.Document(), io.BytesIO()
    made.add_paragraph(words)
    made.save(into)
    return into.getvalue()


def faulty(year: str = "2009") -> bytes:
    return build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", year)


def letters(board: Board) -> list[tuple[str, str]]:
    listed = board.run("letters", "--json", at=LATER).json
    return [(x["kind"], x["state"]) for x in listed if x["kind"] not in ("digest", "alert")]


def answers(board: Board) -> list[str]:
    return [" ".join(letter_plain_text(x).split()) for x in board.answers()]


@pytest.mark.parametrize(
    "decide", [("accept", 1), ("reject", 1), ("assign", 1, "--kind", "none")], ids=lambda d: d[0]
)
def test_what_has_been_decided_since_is_not_sent_late(loaded: Board, decide: tuple[str]) -> None:
    """A person will look, it said, when they had looked."""
    loaded.run("outbox", "pause")
    loaded.drop("GP", _note("Notes of a visit, at some length."))
    loaded.once()
    assert letters(loaded) == [("referral", "queued")]
    kind = ("--kind", "chronology") if decide[0] == "accept" else ()
    if kind:
        assert loaded.run("assign", 1, *kind, *WHY, at=LATER).status == 0
    else:
        assert loaded.run(*decide, *WHY, at=LATER).status == 0
    loaded.run("outbox", "resume", at=LATER)
    loaded.once(at=LATER)
    assert letters(loaded)[0] == ("referral", "called back")
    assert not [said for said in answers(loaded) if "we write to you when they have" in said]


def hold(board: Board, state: str) -> None:
    """As what keeps a letter in leaves it."""
    at = datetime(2010, 4, 1, 12, tzinfo=ZoneInfo("Europe/London"))
    options = GlobalOptions(board.folder / "scr-intake.toml", at)
    with open_application(options) as app, app.database.transaction():
        change = app.database.execute_change
        if state == "failed":
            change("UPDATE letters SET state = 'sending' WHERE id = 1")
        change("UPDATE letters SET state = ?, answer = 'a reason' WHERE id = 1", state)


@pytest.mark.parametrize("state", ["held back", "failed"])
def test_nor_when_a_person_asks_for_it(loaded: Board, state: str) -> None:
    loaded.run("outbox", "pause")
    loaded.drop("GP", _note("Notes of a visit, at some length."))
    loaded.once()
    hold(loaded, state)
    assert loaded.run("reject", 1, *WHY, at=LATER).status == 0
    ended = loaded.run("letters", "retry", 1, at=LATER)
    said = "Letter 1 was called back: what it tells of has been decided since. It does not go."
    assert (ended.status, said in ended.err) == (1, True)
    assert letters(loaded) == [("referral", "called back")]
    told = " ".join(loaded.run("digest", "--preview", "--all", at=LATER).out.split())
    assert "letters retry" not in told


def test_changes_are_not_asked_for_of_what_was_accepted_meanwhile(loaded: Board) -> None:
    """A later version came, and was good; to another of the agency's addresses all the same."""
    loaded.run("outbox", "pause")
    loaded.mail(mail(GP, US, "N12", attachments=[("chronology.docx", faulty())]))
    loaded.once()
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once(at=LATER)
    assert letters(loaded) == [("rejection", "called back"), ("acknowledgement", "queued")]


def test_of_two_versions_the_letter_about_the_later_goes(loaded: Board) -> None:
    loaded.run("outbox", "pause")
    loaded.drop("GP", faulty("2009"))
    loaded.once()
    loaded.drop("GP", faulty("2010"))
    loaded.once(at=LATER)
    assert letters(loaded) == [("rejection", "called back"), ("rejection", "queued")]


def test_of_one_letter_about_several_what_is_still_so_is_told_anew(loaded: Board) -> None:
    loaded.run("outbox", "pause")
    notes = [(f"n{n}.docx", _note(f"Notes of visit {n}.")) for n in range(3)]
    loaded.mail(mail(GP, US, "N12", attachments=notes))
    loaded.once()
    assert loaded.run("assign", 2, "--kind", "none", *WHY, at=LATER).status == 0
    loaded.run("outbox", "resume", at=LATER)
    loaded.once(at=LATER)
    assert letters(loaded) == [("referral", "called back"), ("referral", "sent")]
    (said,) = answers(loaded)
    assert "Each of the 2 documents: received; a person will look at it" in said
    loaded.once(at="2010-04-01T13:00")
    assert len(letters(loaded)) == 2, "once"


def test_what_still_holds_is_sent(loaded: Board) -> None:
    """A later decision about another document is none about this one."""
    loaded.run("outbox", "pause")
    loaded.drop("GP", faulty())
    loaded.once()
    loaded.drop("GP", _note("Notes of a visit, at some length."), "notes.docx")
    loaded.once(at="2010-04-01T11:00")
    assert loaded.run("assign", 2, "--kind", "none", *WHY, at=LATER).status == 0
    loaded.run("outbox", "resume", at=LATER)
    loaded.once(at=LATER)
    assert letters(loaded) == [("rejection", "sent"), ("referral", "called back")]


def test_a_chaser_that_a_cap_or_a_transport_kept_in_is_called_back_too(loaded: Board) -> None:
    loaded.run("outbox", "pause", at="2010-04-14T09:00")
    loaded.once(at="2010-04-16T10:00")
    (kind, state), *_ = letters(loaded)
    assert state == "queued", kind
    hold(loaded, "failed")
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once(at="2010-04-16T12:00")
    assert letters(loaded)[0] == (kind, "called back")


def test_more_time_that_another_agreement_followed_is_told_once(loaded: Board) -> None:
    loaded.run("outbox", "pause")
    for day, at in (("2010-05-03", "2010-04-01T10:00"), ("2010-05-10", LATER)):
        ended = loaded.run(
            *("extend", "N12", "GP", "chronology", "--until", day, "--agreed-by", "The chair"),
            *WHY,
            at=at,
        )
        assert ended.status == 0, ended.err
        loaded.once(at=at)
    assert letters(loaded) == [("extension", "called back"), ("extension", "queued")]


def test_what_waited_for_a_day_goes_as_one_letter(loaded: Board) -> None:
    """Forty files of a day are not forty letters over four days."""
    settings = loaded.folder / "scr-intake.toml"
    text = settings.read_text()
    settings.write_text(re.sub(r"letters_a_person_a_day = \d+", "letters_a_person_a_day = 2", text))
    for hour in range(10, 15):
        loaded.drop("GP", _note(f"Notes of visit {hour}."), f"{hour}.docx")
        loaded.once(at=f"2010-04-01T{hour}:00")
    assert letters(loaded) == [("referral", "sent")] * 2 + [("referral", "queued")] * 3
    loaded.once(at="2010-04-02T00:10")
    assert letters(loaded)[2:] == [("referral", "called back")] * 3 + [("referral", "sent")]
    said = answers(loaded)[-1]
    assert "Each of the 3 documents: received; a person will look at it" in said
    assert "12:00pm on Thursday 1 April 2010 and later, the last at 2:00pm on Thursday" in said
