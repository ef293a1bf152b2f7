"""When a source could not be reached: remembered from begun to over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from intake.database import RegisterDatabase
from intake.drop.shared_folder import ShareUnavailable
from intake.source_health import (
    CLOCK_OUTAGE,
    DISK_OUTAGE,
    REMEMBERED_FOR,
    OutageKind,
    OutageRecords,
    OutageSubject,
)

NOW = datetime(2010, 4, 1, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DROP = OutageSubject(OutageKind.DROP_FOLDER, "drop")
MAILBOX = OutageSubject(OutageKind.MAILBOX, "mail-1")
AWAY = {DROP: ShareUnavailable("drop")}


@pytest.fixture
def outages(database: RegisterDatabase) -> OutageRecords:
    return OutageRecords(database)


def test_it_is_one_outage_however_many_rounds_meet_it(outages: OutageRecords) -> None:
    for n in range(3):
        outages.record_round(AWAY, [MAILBOX], NOW + n * MINUTE)
    (outage,) = outages.recent_outages(NOW)
    assert (outage.of, outage.since, outage.over) == (DROP, NOW, None)
    assert outage.said == "The drop folder is not there, or the file .scr-intake is not in it."


def test_it_is_over_once_it_is_reached_and_the_next_is_another(outages: OutageRecords) -> None:
    outages.record_round(AWAY, [], NOW)
    outages.record_round({}, [DROP], NOW + MINUTE)
    outages.record_round({}, [DROP], NOW + 2 * MINUTE)
    outages.record_round(AWAY, [], NOW + 3 * MINUTE)
    assert [(a.since, a.over) for a in outages.recent_outages(NOW)] == [
        (NOW, NOW + MINUTE),
        (NOW + 3 * MINUTE, None),
    ]


def test_a_round_that_did_not_get_so_far_ends_nothing(outages: OutageRecords) -> None:
    outages.record_round(AWAY, [], NOW)
    outages.record_round({}, [MAILBOX], NOW + MINUTE)
    assert outages.recent_outages(NOW)[0].over is None


def test_what_was_over_long_ago_is_not_read_at_every_round(outages: OutageRecords) -> None:
    outages.record_round(AWAY, [], NOW)
    outages.record_round({}, [DROP], NOW + MINUTE)
    assert outages.recent_outages(NOW + REMEMBERED_FOR + 2 * MINUTE) == []


def test_an_outage_stands(outages: OutageRecords, database: RegisterDatabase) -> None:
    outages.record_round(AWAY, [], NOW)
    outages.record_round({}, [DROP], NOW + MINUTE)
    for sql in (
        "UPDATE outages SET over = 'x'",
        "UPDATE outages SET since = 'x'",
        "UPDATE outages SET said = 'x'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute_change(sql)
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        database.execute_change("DELETE FROM outages")


@dataclass(frozen=True)
class Why:
    sentence: str
    fix: str = "Mend it."


@pytest.mark.parametrize(("of", "told"), [(DROP, "b"), (CLOCK_OUTAGE, "a"), (DISK_OUTAGE, "a")])
def test_the_newest_reason_is_told_but_where_each_round_has_another(
    outages: OutageRecords, of: OutageSubject, told: str
) -> None:
    """A server that was down and now refuses the password needs another deed."""
    for n, sentence in enumerate("ab"):
        outages.record_round({of: Why(sentence)}, [], NOW + n * MINUTE)
    (outage,) = outages.recent_outages(NOW)
    assert (outage.said, outage.since) == (told, NOW)


@pytest.mark.parametrize(
    "wrong", [("mail", "mail-1"), ("mailbox", ""), ("disk", "/srv"), (None, "mail-1")], ids=str
)
def test_an_outage_is_of_a_kind_and_says_which_one_where_there_are_several(
    database: RegisterDatabase, wrong: tuple[str | None, str]
) -> None:
    sql = "INSERT INTO outages (kind, subject, said, fix, since) VALUES (?, ?, 's', 'f', 't')"
    with pytest.raises(sqlite3.IntegrityError):
        database.execute_insert(sql, *wrong)
    for kind in OutageKind:
        one = kind in (
            "templates",
            "digest",
            "judging",
            "scanner",
            "clock",
            "disk",
            "storage",
            "record",
            "faults",
            "answers",
        )
        database.execute_insert(sql, kind, "" if one else "a")
