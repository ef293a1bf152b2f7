"""What lies in a source and cannot be taken: remembered once, without a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from intake.database import RegisterDatabase
from intake.source import DeliveryForm, StrayItem
from intake.source_backlog import RecordedStray, StrayRecords
from intake.vault import Vault
from tests.known_sources import DROP, MAIL_1

NOW = datetime(2010, 4, 1, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CHANGED = datetime(2010, 3, 30, 10, 15, tzinfo=UTC)
LINK = StrayItem("place-1", ("GP", "N12"), "no file", (34_000, int(CHANGED.timestamp()) * 10**9))


@pytest.fixture
def strays(database: RegisterDatabase, vault: Vault) -> StrayRecords:
    return StrayRecords(database, vault)


def test_it_is_noticed_once_however_often_it_is_found(
    strays: StrayRecords, database: RegisterDatabase
) -> None:
    for hours in range(3):
        strays.record_strays(DROP, [LINK], NOW + timedelta(hours=hours))
    told = RecordedStray("drop", DeliveryForm.FILE, ("GP", "N12"), "no file", 34_000, CHANGED)
    assert list(strays.strays_since(None)) == [told]
    assert list(strays.strays_since(NOW)) == []
    assert database.fetch_row("SELECT count(*) FROM strays")[0] == 1  # type: ignore[index]


def test_what_has_gone_is_not_told_and_is_told_again_when_it_comes_back(
    strays: StrayRecords,
) -> None:
    strays.record_strays(DROP, [LINK], NOW)
    strays.record_strays(DROP, [], LATER)
    assert list(strays.strays_since(None)) == []
    strays.record_strays(DROP, [LINK], LATER + timedelta(hours=1))
    assert len(list(strays.strays_since(LATER))) == 1


def test_a_look_that_could_not_see_everything_takes_nothing_for_gone(strays: StrayRecords) -> None:
    """Failure mode 23: else a share that comes back would have everything told again."""
    strays.record_strays(DROP, [LINK], NOW)
    strays.record_strays(DROP, [], LATER, complete=False)
    assert len(list(strays.strays_since(None))) == 1


def test_one_source_says_nothing_of_what_lies_in_another(strays: StrayRecords) -> None:
    strays.record_strays(DROP, [LINK], NOW)
    strays.record_strays(MAIL_1, [], NOW)
    strays.record_strays(MAIL_1, [LINK], LATER)
    assert [each.source for each in strays.strays_since(None)] == ["drop", "mail-1"]
    strays.record_strays(MAIL_1, [], LATER)
    assert [each.source for each in strays.strays_since(None)] == ["drop"]


def test_the_folders_names_are_kept_sealed(
    strays: StrayRecords, database: RegisterDatabase
) -> None:
    """Promise 7: agencies make these folders, and may name them after a child."""
    strays.record_strays(
        DROP, [StrayItem("p", ("Zebedee Quillfeather",), "misplaced", (1, 1))], NOW
    )
    assert b"Quillfeather" not in database.fetch_row("SELECT way FROM strays")["way"]  # type: ignore[index]


@pytest.mark.parametrize("nanoseconds", [-(10**22), 10**22, 0])
def test_a_time_that_is_no_date_is_no_fault(strays: StrayRecords, nanoseconds: int) -> None:
    strays.record_strays(DROP, [StrayItem("p", (), "misplaced", (1, nanoseconds))], NOW)
    assert len(list(strays.strays_since(None))) == 1


def test_what_was_found_stands(strays: StrayRecords, database: RegisterDatabase) -> None:
    strays.record_strays(DROP, [LINK], NOW)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        database.execute_change("UPDATE strays SET kind = 'misplaced'")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        database.execute_change("DELETE FROM strays")
