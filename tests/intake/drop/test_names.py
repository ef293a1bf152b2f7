"""Names that are no return: lock files, and what programs leave."""

from __future__ import annotations

import pytest

from intake.drop.scan import UNTOUCHED_SECONDS
from tests.intake.drop.dropping import Dropping


@pytest.mark.parametrize(
    "name",
    [
        *("~$x.docx", "~$ronology.docx", "~WRD0001.tmp", "~WRL3421.TMP", "x.tmp"),
        *("Thumbs.db", "thumbs.db", "desktop.ini", ".DS_Store", "._x.docx", ".~lock.x.docx#"),
        "x.receipt.txt",
    ],
)
def test_lock_files_and_what_programs_leave_are_ignored(dropping: Dropping, name: str) -> None:
    """Failure mode 21."""
    dropping.put(at=f"GP/{name}")
    dropping.put(b"a return", at="GP/other.docx")
    dropping.now += 2 * UNTOUCHED_SECONDS
    assert dropping.read() == [b"a return"]


@pytest.mark.parametrize("name", ["~weekly.docx", "~x.docx", "tmp", "Thumbs.db.docx", "x~"])
def test_a_return_with_an_odd_name_is_not_ignored(dropping: Dropping, name: str) -> None:
    dropping.put(at=f"GP/{name}")
    assert dropping.read() == [b"bytes"]


def test_word_saving_by_temporary_file_and_two_renames_ends_as_one_arrival(
    dropping: Dropping,
) -> None:
    """Failure mode 21."""
    path = dropping.put(b"before", "GP/x.docx")
    new = dropping.put(b"after", "GP/~WRD0001.tmp")
    assert dropping.read() == [b"before"]
    path.rename(path.with_name("~WRL0002.tmp"))
    assert dropping.offers() == []
    new.rename(path)
    assert dropping.read() == [b"after"]
