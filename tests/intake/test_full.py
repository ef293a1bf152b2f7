"""A full disk told from every other fault."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from intake.database import Ledger
from intake.disk_errors import disk_is_full


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_that_finds_no_room(number: int) -> None:
    assert disk_is_full(OSError(number, "made up"))


@pytest.mark.parametrize("why", [OSError(errno.EIO, "x"), ValueError(), sqlite3.IntegrityError()])
def test_any_other_fault_is_not_that(why: Exception) -> None:
    assert not disk_is_full(why)


def test_a_database_that_finds_no_room(tmp_path: Path) -> None:
    """Failure mode 60."""
    ledger = Ledger(tmp_path / "register.db")
    ledger.write("CREATE TABLE t (x BLOB)")
    ledger.rows("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError) as caught:
        ledger.write("INSERT INTO t VALUES (zeroblob(100000))")
    assert disk_is_full(caught.value)
    ledger.close()
