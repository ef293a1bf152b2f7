"""A full disk told from every other fault."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from sqlite_utils.utils import sqlite3

from intake.database import RegisterDatabase
from intake.disk_errors import is_disk_full


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_file_that_finds_no_room(number: int) -> None:
    assert is_disk_full(OSError(number, "made up"))


@pytest.mark.parametrize("why", [OSError(errno.EIO, "x"), ValueError(), sqlite3.IntegrityError()])
def test_any_other_fault_is_not_that(why: Exception) -> None:
    assert not is_disk_full(why)


def test_a_database_that_finds_no_room(tmp_path: Path) -> None:
    """Failure mode 60."""
    database = RegisterDatabase(tmp_path / "register.db")
    database.execute_insert("CREATE TABLE t (x BLOB)")
    database.fetch_rows("PRAGMA max_page_count = 3")
    with pytest.raises(sqlite3.OperationalError) as caught:
        database.execute_insert("INSERT INTO t VALUES (zeroblob(100000))")
    assert is_disk_full(caught.value)
    database.close()
