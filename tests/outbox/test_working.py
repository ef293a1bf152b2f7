"""What ends the service while a letter is worked out has its tries counted, and stops no other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import outbox.chasing.chasers
import outbox.due_letters
from commands.composition.app import open_application
from commands.global_options import GlobalOptions
from intake.source_health import source_outage
from outbox.sending.transport_back_off import TransportClosure
from tests import builders as build
from tests.board import Board
from tests.known_sources import DROP

BAD = build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", "2009")
ENDED = 70


def ends_the_service(board: Board, at: str, target: str, hit: Callable[..., bool]) -> int:
    """A round in a process of its own that is ended when it comes to what is hit; its status."""
    owner, _, deed = target.rpartition(".")
    real = getattr(
        {"due_letters": outbox.due_letters, "chasing.chasers": outbox.chasing.chasers}[owner], deed
    )

    def poisoned(*given: Any) -> Iterable[object]:
        if hit(*given):
            os._exit(ENDED)  # as a kill does: nothing is tidied up
        return real(*given)  # type: ignore[no-any-return]

    child = os.fork()
    if child == 0:
        try:
            with patch(f"outbox.{target}", poisoned):
                board.once(at=at)
            os._exit(0)
        finally:
            os._exit(1)  # never back into the tests, whatever went wrong
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_an_answer_that_ends_the_service_is_left_for_last_and_after_three_times_for_a_day(
    loaded: Board,
) -> None:
    """Failure mode 104, issue 12: what hung would be ended by the watchdog, again each time."""
    loaded.drop("GP", BAD)
    loaded.drop("POL", build.make_chronology(build.STORIES["POL"]))

    def first(due: Any, *_: object) -> bool:
        return bool(due[0].delivery_id == 1)

    def round(hour: int) -> int:
        return ends_the_service(
            loaded, f"2010-04-06T{hour:02}:00", "due_letters.draft_answers", first
        )

    assert round(10) == ENDED
    assert loaded.answers("author@shirepolice.example") == []
    assert round(11) == ENDED
    assert len(loaded.answers("author@shirepolice.example")) == 1, "everybody else's have left"
    assert round(12) == ENDED
    assert round(13) == 0, "it is left until a day later"
    told = loaded.once(at="2010-04-06T14:00").err
    assert "Working it out ended the service three times in a row" in told
    assert "(N12, Meadow Lane Surgery, delivery 1)" in told
    assert len(loaded.sent("it@board.example")) == 1
    assert loaded.answers("author@meadowlane.example") == []
    loaded.once(at="2010-04-07T13:00")  # a day later, and mended
    assert len(loaded.answers("author@meadowlane.example")) == 1


def test_a_chaser_that_ends_the_service_holds_up_no_other_agency(loaded: Board) -> None:
    def first(case: object, agency: Any, *_: object) -> bool:
        return bool(agency.code == "GP")

    at = "2010-05-04T10:00"  # both chronologies are late
    assert [ends_the_service(loaded, at, "chasing.chasers._agency", first) for _ in range(4)] == [
        *[ENDED] * 3,
        0,
    ]
    assert loaded.sent("author@shirepolice.example")
    assert loaded.sent("author@meadowlane.example") == []
    assert "(N12, Meadow Lane Surgery)" in loaded.once(at="2010-05-04T11:00").err


def test_what_came_to_an_end_counts_for_nothing(loaded: Board) -> None:
    """Two kills that a machine's own trouble made set nothing aside."""
    marker = loaded.folder / "register.db.working"
    loaded.drop("GP", BAD)
    for hour in ("10", "11"):
        marker.write_bytes(b"answer to delivery 1 for agency 1")
        loaded.once(at=f"2010-04-01T{hour}:00")
    assert len(loaded.answers()) == 1
    assert marker.read_bytes().strip() == b""


def test_an_alert_that_is_left_for_last_is_written_all_the_same(loaded: Board) -> None:
    (loaded.folder / "register.db.working").write_bytes(b"letters of kind alert")
    at = datetime(2010, 4, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    with open_application(
        GlobalOptions(loaded.folder / "scr-intake.toml", at), working=True
    ) as app:
        app.outages.record_round(
            {source_outage(DROP): TransportClosure("It was moved.", "Put it back.")}, (), at
        )
        app.correspondence.queue_due_letters(at + timedelta(hours=1))
        assert not [x for x in app.queue.list_letters() if x.kind == "alert"]
        for _ in range(3):
            app.correspondence.queue_failed_letters(at + timedelta(hours=1))
            app.correspondence.queue_due_letters(at + timedelta(hours=2))
        assert len([x for x in app.queue.list_letters() if x.kind == "alert"]) == 1


def test_decisions_that_cannot_be_worked_out_hold_up_no_answer(loaded: Board) -> None:
    """They are worked out behind the answers, and took them along (failure mode 76)."""
    loaded.drop("GP", BAD)
    with patch("outbox.due_letters.draft_rulings", side_effect=ArithmeticError):
        loaded.once(at="2010-04-06T10:00")
    assert len(loaded.answers("author@meadowlane.example")) == 1
