"""Deadlines as a calendar file: one event for each return still awaited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from config.kind_loading import load_kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.digest.deadlines import CalendarOwner, deadlines_calendar
from tests.outbox.conftest import LONDON

KINDS = load_kinds()
NOW = datetime(2010, 4, 20, 8, 0, tzinfo=LONDON)
DIARY = CalendarOwner("OFFICIAL-SENSITIVE", "board.example")
AWAITED = ReturnRow(7, "chronology", date(2010, 4, 16), 1, "awaited", None, None, True)
LONG = "The Shire and District Multi-Agency Youth Offending and Early Help Service, Llŷn Office"


def case(*returns: ReturnRow, state: str = "open", name: str = "Shire Police") -> CaseRow:
    return CaseRow(1, "N12", state, date(2010, 9, 1), (AgencyRow(1, "POL", name, returns),))


def events(*cases: CaseRow) -> list[Calendar]:
    made = deadlines_calendar(cases, KINDS, DIARY, NOW)
    found = Calendar.from_ical(made.content).walk("VEVENT") if made else []
    return [event for event in found if str(event["uid"]).startswith("return-")]


def test_a_return_still_awaited_is_an_event_of_the_whole_day() -> None:
    (event,) = events(case(AWAITED))
    assert event.decoded("dtstart") == date(2010, 4, 16)
    assert event.decoded("dtend") == date(2010, 4, 17)
    assert str(event["summary"]) == "OFFICIAL-SENSITIVE: N12, Shire Police: chronology due"
    assert (str(event["class"]), str(event["transp"])) == ("PRIVATE", "TRANSPARENT")


def test_a_new_due_date_moves_the_event_and_does_not_double_it() -> None:
    (before,) = events(case(AWAITED))
    (after,) = events(case(replace(AWAITED, due=date(2010, 5, 7), due_version=2)))
    assert before["uid"] == after["uid"] == "return-7@board.example"
    assert after["sequence"] > before["sequence"]


@pytest.mark.parametrize("state", ["referred", "accepted", "nil", "waived"])
def test_what_is_not_awaited_is_no_event(state: str) -> None:
    assert events(case(replace(AWAITED, state=state))) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["on hold", "closed"])
def test_a_case_that_is_not_open_has_none(state: str) -> None:
    assert events(case(AWAITED, state=state)) == []


def test_it_can_be_read_by_any_calendar() -> None:
    """RFC 5545: lines of at most 75 bytes, folded between characters, ended by CR LF."""
    made = deadlines_calendar([case(AWAITED, name=LONG)], KINDS, DIARY, NOW)
    assert made is not None and (made.name, made.method) == ("deadlines.ics", "PUBLISH")
    lines = made.content.split(b"\r\n")
    assert not any(b"\n" in line for line in lines)
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    calendar = Calendar.from_ical(made.content)
    assert (str(calendar["version"]), str(calendar["method"])) == ("2.0", "PUBLISH")
    assert LONG in str(calendar.walk("VEVENT")[-1]["summary"])


def test_a_name_cannot_bring_a_line_along() -> None:
    """Failure mode 77, in a calendar."""
    (event,) = events(case(AWAITED, name="Police\r\nATTENDEE:mailto:evil@x.example"))
    assert "attendee" not in event


def of_review(case: CaseRow, now: datetime = NOW) -> list[tuple[str, date]]:
    made = deadlines_calendar([case], KINDS, DIARY, now)
    found = Calendar.from_ical(made.content).walk("VEVENT") if made else []
    return [
        (str(event["summary"]).removeprefix("OFFICIAL-SENSITIVE: "), event.decoded("dtstart"))
        for event in found
        if str(event["uid"]).startswith("case-")
    ]


def test_the_day_of_the_review_and_its_milestones_are_events_too() -> None:
    panel = ("the first panel meeting", date(2010, 5, 3))
    dated = replace(case(), milestones=(("the scoping meeting", date(2010, 4, 1)), panel))
    assert of_review(dated) == [
        ("N12: the review should be complete", date(2010, 9, 1)),
        ("N12: the first panel meeting", date(2010, 5, 3)),
    ]
    assert of_review(replace(dated, state="closed")) == []


def test_more_time_for_a_review_moves_its_event() -> None:
    def event(complete_by: date, now: datetime) -> Calendar:
        made = deadlines_calendar([replace(case(), complete_by=complete_by)], KINDS, DIARY, now)
        assert made is not None
        return Calendar.from_ical(made.content).walk("VEVENT")[0]

    before = event(date(2010, 9, 1), NOW)
    after = event(date(2010, 12, 1), NOW + timedelta(days=1))
    assert before["uid"] == after["uid"] == "case-1@board.example"
    assert after["sequence"] > before["sequence"]
