"""The correspondence: derived again without harm, and no bad letter stops another."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commands.asked import Asked
from commands.house import open_house
from outbox import writer
from outbox.correspondence import Correspondence
from outbox.wording import text_of
from tests import builders as build
from tests.board import CASE, Board

GOOD = build.chronology(build.STORIES["GP"])
BAD = build.with_cell(build.chronology(build.STORIES["POL"]), 5, "Date", "2009")


def test_deriving_again_queues_nothing_new(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    loaded.once()
    before = loaded.run("letters", "--json").json
    for _ in range(3):
        loaded.once()
    assert loaded.run("letters", "--json").json == before


def test_a_template_at_fault_stops_no_other_letter_and_loses_nothing(
    loaded: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure mode 76: it is told at once, and written once the template is mended."""
    broken = tmp_path / "letters"
    import shutil

    shutil.copytree(writer.TEMPLATES, broken)
    (broken / "rejection.txt.j2").write_text("Subject: x\n\n{{ letter.no_such_thing }}")
    loaded.drop("GP", GOOD)
    loaded.drop("POL", BAD)
    with monkeypatch.context() as patch:
        patch.setattr(writer.Writer.__init__, "__defaults__", (broken,))
        ended = loaded.once()
    assert ended.status == 1
    assert "A rejection was not written" in ended.err
    assert len(loaded.answers("author@meadowlane.example")) == 1
    assert not loaded.answers("author@shirepolice.example")
    assert loaded.returns("POL")["chronology"]["state"] == "rejected"
    loaded.once()
    assert len(loaded.answers("author@shirepolice.example")) == 1


def test_an_agency_is_written_to_once_a_day(loaded: Board) -> None:
    loaded.drop("GP", build.with_cell(GOOD, 5, "Date", "2009"))
    loaded.once(at="2010-04-19T10:00")
    assert len(loaded.sent("author@meadowlane.example")) == 1
    loaded.once(at="2010-04-20T10:00")
    assert len(loaded.sent("author@meadowlane.example")) == 2


def test_a_rejection_makes_the_reminder_of_the_same_thing_needless(loaded: Board) -> None:
    loaded.drop("GP", build.with_cell(GOOD, 5, "Date", "2009"))
    loaded.once(at="2010-04-01T10:00")
    loaded.once(at="2010-04-06T10:00")
    assert len(loaded.sent("author@meadowlane.example")) == 1
    loaded.once(at="2010-04-13T10:00")
    assert "reminder" in loaded.sent("author@meadowlane.example")[-1]["Subject"]


def test_an_agency_nobody_is_registered_for_is_on_the_digest(board: Board) -> None:
    start = CASE.index('contacts = [\n  { name = "Author Two"')
    end = CASE.index("]", start) + 1
    assert board.load(CASE[:start] + CASE[end:]).status == 0
    board.drop("POL", BAD)
    board.once()
    (digest,) = board.sent("administrator@board.example")
    assert "Shire Police: nobody is registered to write to." in text_of(digest)


def test_letters_that_wait_for_office_hours_are_not_sent_at_night(loaded: Board) -> None:
    loaded.once(at="2010-04-19T20:00")
    assert loaded.sent() == []


def test_an_answer_does_not_wait_for_office_hours(loaded: Board) -> None:
    loaded.drop("GP", GOOD)
    loaded.once(at="2010-04-18T22:00")
    assert len(loaded.sent("author@meadowlane.example")) == 1


def test_a_question_about_a_new_version_of_what_was_accepted_is_on_the_digest(
    loaded: Board,
) -> None:
    loaded.drop("GP", GOOD)
    loaded.once(at="2010-04-01T10:00")
    loaded.drop("GP", build.with_cell(GOOD, 5, "Agency", "City Hospital"), "again.docx")
    loaded.once(at="2010-04-06T07:00")
    loaded.once(at="2010-04-06T09:00")
    digest = loaded.sent("administrator@board.example")[-1]
    assert "chronology; waits for you to look" in " ".join(text_of(digest).split())


def test_a_round_in_which_nothing_changed_does_not_look_everything_through(
    loaded: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It looks again once another process has changed something, and every few minutes."""
    at = datetime(2010, 4, 1, 10, 0, tzinfo=ZoneInfo("Europe/London"))
    looked: list[datetime] = []
    with open_house(Asked(loaded.folder / "scr-intake.toml", at)) as house:
        whole = house.correspondence.caused
        monkeypatch.setattr(
            Correspondence, "caused", lambda self, now: looked.append(now) or whole(now)
        )
        house.correspondence.derive(at)  # the digest is written, which is a change
        house.correspondence.derive(at)
        looked.clear()
        house.correspondence.derive(at)
        assert looked == []
        loaded.load(CASE.replace('"Child N"', '"Child M"'))
        house.correspondence.derive(at)
        house.correspondence.derive(at + timedelta(minutes=5))
        assert looked == [at, at + timedelta(minutes=5)]
