"""Messages that lie in a mailbox again: told with both of the ways in which that can be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.source import SourceOffer
from intake.spool import Spool
from outbox.digest.notes import put_back_notes
from tests.known_sources import MAIL_1
from tests.outbox.conftest import Desk

NOW = datetime(2010, 4, 1, 9, 30, tzinfo=UTC)
FOLDER, OTHER = "0" * 32, "1" * 32


def told_after(desk: Desk, first: str, again: str) -> list[str]:
    """A message was taken at the first place and let go, and met again at the other."""
    spool = Spool(desk.database, desk.vault)
    spool.take_delivery(MAIL_1, SourceOffer(first, singular=True), b"bytes", NOW)
    with desk.database.transaction():
        spool.mark_judged(spool.get(1))
    spool.mark_released([spool.get(1)], NOW)
    assert not spool.take_delivery(MAIL_1, SourceOffer(again, singular=True), b"bytes", NOW)
    return list(put_back_notes(desk.database, ""))


@pytest.mark.parametrize(
    ("first", "again"),
    [(f"{FOLDER}.7.1", f"{FOLDER}.7.2"), (FOLDER, OTHER)],
    ids=["by IMAP", "in a Maildir"],
)
def test_what_lies_there_again_may_have_been_moved_or_delivered_twice(
    desk: Desk, first: str, again: str
) -> None:
    assert told_after(desk, first, again) == [
        "A message that was dealt with lies in mail-1 again: somebody moved it back, or it was"
        " delivered a second time. It is not taken in twice, and stays there. To have it judged"
        " anew, forward it to the mailbox as a new message."
    ]


def test_a_folder_that_was_numbered_anew_is_no_news(desk: Desk) -> None:
    assert told_after(desk, f"{FOLDER}.7.1", f"{FOLDER}.8.1") == []
