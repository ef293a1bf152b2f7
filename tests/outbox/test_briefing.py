"""The day as it is gathered from a real register: what came, what went, what was done."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from config.calendar import Calendar
from outbox.digest.arrivals import ArrivalReader, FilingPlaces
from outbox.digest.briefing import DigestBriefing
from outbox.digest.digest import DigestDay
from outbox.digest.overdue import ChasingStep
from outbox.orders.order_records import OrderRecords
from outbox.sending.transport_back_off import TransportWaits
from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board

GOOD = build.make_chronology(build.STORIES["GP"])
TO_MEND = build.with_cell(GOOD, 5, "Date", "2009")


def day(board: Board, at: str) -> DigestDay:
    with open_application(
        GlobalOptions(board.folder / "scr-intake.toml", datetime.fromisoformat(at))
    ) as app:
        return app.briefing.gather_day(app.now())


def told(board: Board) -> str:
    """The newest digest, as one line."""
    return " ".join(letter_plain_text(board.sent("administrator@board.example")[-1]).split())


def test_what_came_is_counted_by_what_it_came_to_since_the_last_digest(loaded: Board) -> None:
    loaded.drop("GP", TO_MEND)
    loaded.once(at="2010-04-01T07:00")
    loaded.once(at="2010-04-01T08:00")
    assert "So far: 1 document (1 to mend). 1 letter sent." in told(loaded)
    loaded.drop("GP", GOOD, "again.docx")
    loaded.once(at="2010-04-01T15:00")
    loaded.once(at="2010-04-06T08:00")
    assert "Since Thursday 1 April: 1 document (1 accepted). 1 letter sent." in told(loaded)


def test_a_digest_does_not_count_itself(loaded: Board) -> None:
    loaded.once(at="2010-03-03T08:00")
    loaded.once(at="2010-03-04T08:00")
    assert "Since Wednesday 3 March: 0 documents. 0 letters sent." in told(loaded)


def test_what_was_done_about_what_is_late_is_told(loaded: Board) -> None:
    loaded.once(at="2010-04-19T10:00")
    loaded.once(at="2010-04-20T08:00")
    line = "N12, Meadow Lane Surgery: chronology, 2 working days late; chased yesterday."
    assert line in told(loaded)


def test_the_day_is_that_on_which_a_letter_left_and_not_that_on_which_it_was_written(
    loaded: Board,
) -> None:
    loaded.run("outbox", "pause", at="2010-04-19T09:00")
    loaded.once(at="2010-04-19T10:00")
    (waits,) = day(loaded, "2010-04-20T08:00").steps.values()
    assert waits == [ChasingStep("chaser", date(2010, 4, 19), unsent=True)]
    loaded.run("outbox", "resume", at="2010-04-20T09:00")
    loaded.once(at="2010-04-20T10:00")
    (left,) = day(loaded, "2010-04-21T08:00").steps.values()
    assert left == [ChasingStep("chaser", date(2010, 4, 20))]


def test_a_chaser_that_leaves_with_the_digest_is_not_said_not_to_have_left(loaded: Board) -> None:
    """Both are written in one round; the next looks on it as sent."""
    loaded.once(at="2010-04-16T08:00")
    loaded.once(at="2010-04-19T09:05")
    assert "chronology, 1 working day late; a chaser written today, and about to leave." in told(
        loaded
    )
    assert "had not left" not in told(loaded)
    (left,) = day(loaded, "2010-04-19T09:06").steps.values()
    assert left == [ChasingStep("chaser", date(2010, 4, 19))]


def test_a_chaser_that_is_kept_in_is_not_about_to_leave(loaded: Board) -> None:
    loaded.once(at="2010-04-16T08:00")
    loaded.run("outbox", "pause", at="2010-04-19T09:00")
    loaded.once(at="2010-04-19T09:05")
    assert "a chaser written today, which had not left at 9:05am" in told(loaded)


def test_a_chaser_about_one_return_is_no_chaser_of_what_it_reminds_of(loaded: Board) -> None:
    why = ("--agreed-by", "The Chair", "--reason", "x", "--yes")
    until = ("N12", "POL", "chronology", "--until", "2010-05-12")
    assert loaded.run("extend", *until, *why, at="2010-04-15T10:00").status == 0
    loaded.once(at="2010-04-15T11:00")
    loaded.once(at="2010-05-13T10:00")
    asked = GlobalOptions(loaded.folder / "scr-intake.toml", datetime(2010, 7, 1, 8, 0))
    with open_application(asked) as app:
        sql = "SELECT r.return_id FROM rungs r JOIN letters l ON l.id = r.letter_id"
        also = list(app.database.fetch_rows(f"{sql} WHERE l.kind = 'chaser' AND r.days < 0"))
        steps = app.briefing.gather_day(app.now()).steps
        assert all("chaser" not in {s.kind for s in steps[row["return_id"]]} for row in also)
        assert also


def test_more_time_begins_it_anew(loaded: Board) -> None:
    loaded.once(at="2010-04-19T10:00")
    assert day(loaded, "2010-04-20T08:00").steps
    why = ("--agreed-by", "The Chair", "--reason", "x", "--yes")
    until = ("N12", "GP", "chronology", "--until", "2010-04-19")
    assert loaded.run("extend", *until, *why, at="2010-04-15T10:00").status == 0
    steps = day(loaded, "2010-04-20T08:00").steps
    assert all(step.before for each in steps.values() for step in each)


def test_a_letter_that_a_person_sends_is_called_drafted(loaded: Board) -> None:
    loaded.once(at="2010-04-19T10:00")
    asked = GlobalOptions(loaded.folder / "scr-intake.toml", datetime(2010, 4, 20, 8, 0))
    with open_application(asked) as app:
        drafted = DigestBriefing(
            app.database, app.register, app.strays, app.chasing, app.kinds,
            app.health_reader.read_health, ["chaser"], outages=app.outages, ways={},
            turns=lambda today: (), may_say=lambda words: True,
            calendar=Calendar.for_subdivision("ENG"), read_by=time(10),
            orders=OrderRecords(app.database, app.vault),
            arrivals=ArrivalReader(
                app.database, app.vault, app.register.people, FilingPlaces(), lambda words: True
            ),
        )  # fmt: skip
        (steps,) = drafted.gather_day(app.now()).steps.values()
    assert [step for step in steps if step.kind == "chaser"] == [
        ChasingStep("chaser", datetime(2010, 4, 19).date(), drafted=True)
    ]


def test_who_has_nobody_to_write_to_is_told_with_the_whole_command(board: Board) -> None:
    start = CASE.index('contacts = [\n  { name = "Author Two"')
    assert board.load(CASE[:start] + CASE[CASE.index("]", start) + 1 :]).status == 0
    (need,) = day(board, "2010-03-03T08:00").needs
    assert need.says == "N12, Shire Police: nobody is registered to write to."
    assert need.command == (
        'scr-intake contact add N12 POL ADDRESS --name "..." --role author --reason "..."'
    )
    said = board.run("digest", "--preview", "--all", at="2010-03-03T08:00").out
    assert f"     {need.command}\n" in said, "in one line, to be copied"


@pytest.mark.parametrize("retired", ["Quillfeather", "XYZ"])
def test_what_no_agency_can_be_told_of_is_named_by_its_entry(loaded: Board, retired: str) -> None:
    loaded.drop(retired, GOOD)
    loaded.once(at="2010-04-01T07:00")
    (need,) = day(loaded, "2010-04-01T08:00").needs
    assert need.says.startswith("Entry 1: it lay in a folder whose name is not an agency")
    assert need.command == "scr-intake show 1"


def test_of_a_way_that_was_away_a_digest_says_when_it_leaves_that_it_was(loaded: Board) -> None:
    """Whoever reads one by that way knows that it takes letters again."""
    asked = GlobalOptions(loaded.folder / "scr-intake.toml", datetime(2010, 4, 20, 8, 0))
    with open_application(asked) as app:
        since = datetime(2010, 4, 19, 8, 0, tzinfo=UTC)
        with app.database.transaction():
            TransportWaits(app.database).note_unavailable("outbox", "the server is away", since)
        gathered = app.briefing.gather_day(app.now())
    assert gathered.health.closed == ()
    assert (
        "No letters left by outbox from 9:00am on Monday 19 April 2010 until this one:"
        " the server is away."
    ) in gathered.notes
