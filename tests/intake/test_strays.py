"""What lies in a source and cannot be taken: remembered once, without a name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from intake.database import Ledger
from intake.source import Stray
from intake.source_backlog import Noticed, Strays
from intake.vault import Vault

NOW = datetime(2010, 4, 1, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
CHANGED = datetime(2010, 3, 30, 10, 15, tzinfo=UTC)
LINK = Stray("place-1", ("GP", "N12"), "no file", (34_000, int(CHANGED.timestamp()) * 10**9))


@pytest.fixture
def strays(ledger: Ledger, vault: Vault) -> Strays:
    return Strays(ledger, vault)


def test_it_is_noticed_once_however_often_it_is_found(strays: Strays, ledger: Ledger) -> None:
    for hours in range(3):
        strays.found("drop", [LINK], NOW + timedelta(hours=hours))
    told = Noticed("drop", ("GP", "N12"), "no file", 34_000, CHANGED)
    assert list(strays.noticed(None)) == [told]
    assert list(strays.noticed(NOW)) == []
    assert ledger.row("SELECT count(*) FROM strays")[0] == 1  # type: ignore[index]


def test_what_has_gone_is_not_told_and_is_told_again_when_it_comes_back(strays: Strays) -> None:
    strays.found("drop", [LINK], NOW)
    strays.found("drop", [], LATER)
    assert list(strays.noticed(None)) == []
    strays.found("drop", [LINK], LATER + timedelta(hours=1))
    assert len(list(strays.noticed(LATER))) == 1


def test_a_look_that_could_not_see_everything_takes_nothing_for_gone(strays: Strays) -> None:
    """Failure mode 23: else a share that comes back would have everything told again."""
    strays.found("drop", [LINK], NOW)
    strays.found("drop", [], LATER, complete=False)
    assert len(list(strays.noticed(None))) == 1


def test_one_source_says_nothing_of_what_lies_in_another(strays: Strays) -> None:
    strays.found("drop", [LINK], NOW)
    strays.found("mail-1", [], NOW)
    strays.found("mail-1", [LINK], LATER)
    assert [each.source for each in strays.noticed(None)] == ["drop", "mail-1"]
    strays.found("mail-1", [], LATER)
    assert [each.source for each in strays.noticed(None)] == ["drop"]


def test_the_folders_names_are_kept_sealed(strays: Strays, ledger: Ledger) -> None:
    """Promise 7: agencies make these folders, and may name them after a child."""
    strays.found("drop", [Stray("p", ("Zebedee Quillfeather",), "misplaced", (1, 1))], NOW)
    assert b"Quillfeather" not in ledger.row("SELECT way FROM strays")["way"]  # type: ignore[index]


@pytest.mark.parametrize("nanoseconds", [-(10**22), 10**22, 0])
def test_a_time_that_is_no_date_is_no_fault(strays: Strays, nanoseconds: int) -> None:
    strays.found("drop", [Stray("p", (), "misplaced", (1, nanoseconds))], NOW)
    assert len(list(strays.noticed(None))) == 1


def test_what_was_found_stands(strays: Strays, ledger: Ledger) -> None:
    strays.found("drop", [LINK], NOW)
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        ledger.change("UPDATE strays SET kind = 'misplaced'")
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        ledger.change("DELETE FROM strays")
