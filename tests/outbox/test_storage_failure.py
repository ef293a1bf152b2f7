"""What is remembered of a full disk where the register cannot be written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.source_health import DISK_OUTAGE, STORAGE_OUTAGE, OutageSubject
from outbox.alerts.storage_failure import StorageFailure, StorageFailureFile

AT = datetime(2010, 4, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize("of", [DISK_OUTAGE, STORAGE_OUTAGE])
def test_what_was_told_is_known_to_the_next_round_until_it_is_forgotten(
    tmp_path: Path, of: OutageSubject
) -> None:
    path = tmp_path / "x.full"
    StorageFailureFile(path).reserve()
    before = path.stat().st_size
    StorageFailureFile(path).keep(of, AT, {"file", "command"})
    assert path.stat().st_size == before, "no more room is taken than was reserved"
    assert StorageFailureFile(path).read() == StorageFailure(of, AT, ("command", "file"))
    StorageFailureFile(path).forget()
    assert StorageFailureFile(path).read() is None


@pytest.mark.parametrize("held", [None, b"", b"[]", b"{}", b'{"kind": "?"}', b"\xff"])
def test_a_file_that_says_nothing_is_no_failure(tmp_path: Path, held: bytes | None) -> None:
    path = tmp_path / "x.full"
    if held is not None:
        path.write_bytes(held)
    assert StorageFailureFile(path).read() is None


def test_what_was_told_outlasts_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "x.full"
    StorageFailureFile(path).keep(DISK_OUTAGE, AT, {"file"})
    StorageFailureFile(path).reserve()
    assert StorageFailureFile(path).read() is not None


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    file = StorageFailureFile(tmp_path / "none" / "x.full")
    file.reserve()
    file.keep(DISK_OUTAGE, AT, ())
    file.forget()
    assert file.read() is None
