"""Chasers: what is late, told to the right people once a rung."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from config.calendar import Calendar
from config.kinds import load_kinds
from config.ladder import load_ladder
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.chasers import chasers
from outbox.letter import Draft, Recipient, Rungs

KINDS = load_kinds()
LADDER = load_ladder()
LONDON = ZoneInfo("Europe/London")
AUTHOR = Recipient("Author One", "author@meadowlane.example", 1)
COMMISSIONER = Recipient("Commissioner One", "commissioner@meadowlane.example", 2)
PEOPLE = [("author", AUTHOR), ("commissioner", COMMISSIONER)]
DUE = date(2010, 4, 16)


def row(id: int, kind: str, due: date = DUE, state: str = "awaited", version: int = 1) -> ReturnRow:
    return ReturnRow(id, kind, due, version, state, None, None, False)  # type: ignore[arg-type]


def due(
    rows: Sequence[ReturnRow],
    day: int,
    hour: int = 10,
    told: Collection[Rungs] = (),
    state: str = "open",
    sealed: Collection[int] = (),
) -> list[Draft]:
    agency = AgencyRow(1, "GP", "Meadow Lane Surgery", tuple(rows))
    case = CaseRow(1, "N12", state, date(2010, 9, 1), (agency,))
    now = datetime(2010, 4, day, hour, tzinfo=LONDON)
    return chasers([case], sealed, lambda _: PEOPLE, told, KINDS, LADDER, Calendar.of("ENG"), now)


def test_the_first_chaser_goes_to_author_and_commissioner() -> None:
    drafts = due([row(1, "chronology")], 19)
    assert [(d.kind, d.recipient) for d in drafts] == [
        ("chaser", AUTHOR),
        ("chaser", COMMISSIONER),
    ]


def test_all_that_an_agency_owes_goes_into_one_letter_at_its_highest_rung() -> None:
    rows = [row(1, "chronology"), row(2, "imr", date(2010, 4, 30))]
    drafts = due(rows, 19)
    assert {d.kind for d in drafts} == {"chaser"}
    assert drafts[0].rungs == (Rungs(1, 1, 1), Rungs(2, 1, -10))


def test_a_rung_told_once_is_not_told_again() -> None:
    assert due([row(1, "chronology")], 20, told={Rungs(1, 1, 1)}) == []


def test_a_new_due_date_starts_the_ladder_anew() -> None:
    moved = row(1, "chronology", date(2010, 4, 23), version=2)
    (draft,) = due([moved], 20, told={Rungs(1, 1, 1)})
    assert draft.kind == "reminder"


def test_nobody_is_chased_at_night_at_weekends_or_before_they_are_at_their_desk() -> None:
    late = [row(1, "chronology")]
    assert due(late, 19, hour=8) == []
    assert due(late, 18) == []  # a Sunday
    assert due(late, 19, hour=9)


def test_what_waits_for_a_person_or_is_settled_is_not_chased() -> None:
    assert due([row(1, "chronology", state=s) for s in ("referred", "accepted", "nil")], 19) == []


def test_what_was_rejected_is_still_chased() -> None:
    assert due([row(1, "chronology", state="rejected")], 19)


def test_a_case_on_hold_is_silent() -> None:
    assert due([row(1, "chronology")], 19, state="on hold") == []


def test_after_a_long_stop_only_the_latest_rung_is_sent() -> None:
    """Failure mode 80c."""
    (draft,) = due([row(1, "chronology")], 30)
    assert (draft.kind, draft.recipient) == ("escalation", COMMISSIONER)


def test_an_agency_whose_sealed_message_waits_is_not_chased() -> None:
    assert due([row(1, "chronology")], 19, sealed={1}) == []
    assert due([row(1, "chronology")], 19, sealed={2})
