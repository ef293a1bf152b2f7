"""The digest: once each working day, worst first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from config.calendar import Calendar
from config.kinds import load_kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from outbox.digest import Day, cell, digest, table
from outbox.facts import DigestFacts
from outbox.samples.drafts import ADMINISTRATOR
from outbox.wording import opened, text_of
from outbox.writer import Writer
from tests.outbox.conftest import BOARD, LONDON

KINDS = load_kinds()
ENGLAND = Calendar.of("ENG")
TUESDAY = datetime(2010, 4, 20, 8, 0, tzinfo=LONDON)


def row(id: int, kind: str, due: date, state: str = "awaited") -> ReturnRow:
    late = due < TUESDAY.date() and state in ("awaited", "rejected")
    return ReturnRow(id, kind, due, 1, state, None, None, late)  # type: ignore[arg-type]


CASE = CaseRow(
    1,
    "N12",
    "open",
    date(2010, 9, 1),
    (
        AgencyRow(1, "GP", "Meadow Lane Surgery", (row(1, "chronology", date(2010, 4, 16)),)),
        AgencyRow(2, "POL", "Shire Police", (row(2, "chronology", date(2010, 4, 23)),)),
        AgencyRow(3, "SCH", "Brook Street School", (row(3, "imr", date(2010, 4, 19)),)),
    ),
)
DAY = Day(
    TUESDAY, TUESDAY - timedelta(days=9), (CASE,), (), 6, 9, date(2010, 4, 19), (9, "7f" * 32)
)


def facts(day: Day) -> DigestFacts:
    draft = digest(day, time(8), ADMINISTRATOR, KINDS, ENGLAND)
    assert draft is not None and isinstance(draft.facts, DigestFacts)
    return draft.facts


def test_what_is_longest_overdue_comes_first() -> None:
    assert facts(DAY).overdue == (
        "N12, Meadow Lane Surgery: chronology, 2 working days late",
        "N12, Brook Street School: IMR, 1 working day late",
    )


def test_what_is_due_within_five_working_days_is_told() -> None:
    assert facts(DAY).soon == ("N12, Shire Police: chronology, Friday 23 April",)


def test_who_was_not_chased_is_told_with_why() -> None:
    """Failure mode 70."""
    away = "N12, Shire Police: away until Thursday 22 April."
    assert facts(replace(DAY, suppressed=[away])).suppressed == (away,)
    draft = digest(replace(DAY, suppressed=[away]), time(8), ADMINISTRATOR, KINDS, ENGLAND)
    assert draft is not None
    text = text_of(
        opened(Writer(BOARD, "x@board.example").write(draft, "<a@board.example>", TUESDAY))
    )
    assert f"Not written to, and why (1)\n  {away}\n" in text


@pytest.mark.parametrize(
    "now",
    [
        TUESDAY - timedelta(minutes=1),
        datetime(2010, 4, 18, 9, tzinfo=LONDON),  # a Sunday
        datetime(2010, 4, 5, 9, tzinfo=LONDON),  # Easter Monday
    ],
)
def test_it_comes_on_working_days_and_not_before_its_time(now: datetime) -> None:
    day = replace(DAY, now=now, began=now - timedelta(days=30))
    assert digest(day, time(8), ADMINISTRATOR, KINDS, ENGLAND) is None


def test_there_is_one_a_day() -> None:
    morning = digest(DAY, time(8), ADMINISTRATOR, KINDS, ENGLAND)
    later = replace(DAY, now=TUESDAY + timedelta(hours=5))
    noon = digest(later, time(8), ADMINISTRATOR, KINDS, ENGLAND)
    assert morning and noon and morning.key == noon.key


def test_the_first_one_waits_for_the_morning_after_the_record_began() -> None:
    day = replace(DAY, began=TUESDAY + timedelta(minutes=5), now=TUESDAY + timedelta(hours=1))
    assert digest(day, time(8), ADMINISTRATOR, KINDS, ENGLAND) is None


def test_it_carries_the_records_head_as_an_outside_witness() -> None:
    """Failure mode 85, promise 8."""
    assert (facts(DAY).entries, facts(DAY).seal) == ("9", "7f7f-7f7f-7f7f-7f7f")


def test_a_case_is_a_table_whose_columns_line_up() -> None:
    lines = list(table(CASE, KINDS))
    assert lines[0].split() == ["N12", "Chronology", "IMR"]
    assert {line.find("OVERDUE") for line in lines if "Meadow" in line} == {
        lines[0].find("Chronology")
    }


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("awaited", "due 1 May"),
        ("rejected", "needs changes"),
        ("referred", "look at it"),
        ("accepted", "accepted"),
        ("nil", "none held"),
        ("waived", "waived"),
    ],
)
def test_each_state_is_told_in_words(state: str, word: str) -> None:
    assert cell(row(1, "imr", date(2010, 5, 1), state)) == word
