"""What could not be taken from the drop folder, in a sentence by which a person finds it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from intake.source import DeliveryForm
from intake.source_backlog import RecordedStray
from outbox.digest.needs import not_taken_sentence, stray_location

NOW = datetime(2010, 4, 1, 9, 0, tzinfo=ZoneInfo("Europe/London"))
CHANGED = datetime(2010, 3, 30, 9, 15, tzinfo=UTC)


def told(way: tuple[str, ...], kind: str = "unreadable", size: int = 34_900) -> str:
    stray = RecordedStray("drop", DeliveryForm.FILE, way, kind, size, CHANGED)
    return not_taken_sentence([stray], stray_location(stray, {"GP"}, {"N12"}), NOW)


def test_it_says_where_when_and_how_large_and_what_to_do() -> None:
    assert told(("GP",)) == (
        "Drop folder GP: something of 34 KB, last changed at 10:15am on Tuesday 30 March 2010,"
        " cannot be read. Ask the operator to look at its permissions."
    )
    assert told(("GP", "N12"), size=10).startswith("Drop folder GP, N12: something of 10 bytes,")
    assert told((), "misplaced", 5 << 20).startswith("The drop folder itself: something of 5.0 MB,")


@pytest.mark.parametrize("name", ["Zebedee Quillfeather", "\u202egnp.exe", "POL\n", "x" * 255])
def test_a_folder_name_that_is_not_ours_is_never_said(name: str) -> None:
    """Promise 7: agencies make these folders, and may name them after a child."""
    for way in ((name,), ("GP", name), (name, "N12")):
        assert name not in told(way)
        assert "no agency's" in told(way) or "no case's" in told(way)


def test_a_file_without_a_time_is_told_without_one() -> None:
    oldest = datetime.min.replace(tzinfo=UTC)
    said = not_taken_sentence(
        [RecordedStray("drop", DeliveryForm.FILE, ("GP",), "too large", 1, oldest)],
        "Drop folder GP",
        NOW,
    )
    assert said.startswith("Drop folder GP: something of 1 bytes is larger than")


def test_what_lies_in_a_mailbox_and_is_no_message_is_told_with_what_to_do() -> None:
    stray = RecordedStray("mail-1", DeliveryForm.MESSAGE, (), "no message", 0, CHANGED)
    assert not_taken_sentence([stray, stray], stray_location(stray, {"GP"}, {"N12"}), NOW) == (
        "The mailbox mail-1, 2 times: something of 0 bytes in all, last changed at 10:15am on"
        " Tuesday 30 March 2010, is a link, a folder or not an ordinary file, and no message; it"
        " was not opened. Ask the operator to take it away."
    )
