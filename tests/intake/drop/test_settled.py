"""When a file is there whole: a zip has its end, or lies still for long enough."""

from __future__ import annotations

import os

import pytest

from intake.drop import PATIENCE, ends_as_zip
from tests.intake.drop.dropping import DOCX, Dropping


@pytest.mark.parametrize("kept", [0, 1, 3, 4, 100, len(DOCX) // 2, len(DOCX) - 1])
def test_a_zip_cut_short_waits_until_nobody_can_be_writing_it(
    dropping: Dropping, kept: int
) -> None:
    """Failure mode 20. It is then offered as it is: its sender should hear."""
    path = dropping.put(DOCX[:kept])
    assert dropping.offers() == []
    dropping.now = path.stat().st_mtime + PATIENCE - 1
    assert dropping.offers() == []
    dropping.now = path.stat().st_mtime + PATIENCE + 1
    assert dropping.read() == [DOCX[:kept]]


def test_a_zip_from_a_machine_whose_clock_is_ahead_is_not_waited_for_for_ever(
    dropping: Dropping,
) -> None:
    path = dropping.put(DOCX[:100])
    os.utime(path, (dropping.now + 86_400, dropping.now + 86_400))
    assert dropping.read() == [DOCX[:100]]


def test_a_whole_zip_is_offered_at_once(dropping: Dropping) -> None:
    dropping.put(DOCX)
    assert dropping.read() == [DOCX]


@pytest.mark.parametrize(
    ("tail", "whole"),
    [
        (b"PK\x05\x06" + bytes(18), True),
        (b"data" * 99 + b"PK\x05\x06" + bytes(18), True),
        (b"PK\x05\x06" + bytes(16) + b"\x05\x00five!", True),
        (b"PK\x05\x06" + bytes(16) + b"\xff\xff" + b"c" * 65_535, True),
        (b"", False),
        (b"PK\x05\x06", False),
        (b"PK\x05\x06" + bytes(17), False),
        (b"PK\x05\x06" + bytes(16) + b"\x05\x00four", False),
        # The end of a spreadsheet that is embedded in what is still being written.
        (b"PK\x05\x06" + bytes(18) + b"and more of the document", False),
    ],
)
def test_a_zip_ends_where_its_end_record_says(tail: bytes, whole: bool) -> None:
    """Failure mode 20."""
    assert ends_as_zip(tail) is whole
