"""What a message is known by."""

from __future__ import annotations

import pytest

from intake.imap.mailbox import Place, mark_of, read_place
from intake.keys import Keys

KEYS = Keys(vault=bytes(32), marks=bytes(range(32)))


def mark(data: bytes) -> str:
    return KEYS.mark("content", data)


def test_it_is_written_and_read_back() -> None:
    """Failure mode 6."""
    place = Place(mark_of("a@host", "INBOX", mark), 4294967295, 4294967295)
    assert read_place(str(place)) == place


def test_neither_the_account_nor_the_folder_can_be_read_from_it() -> None:
    """Promise 7: a folder may be named after a child."""
    one = mark_of("returns@host", "Quillfeather", mark)
    assert "Quillfeather" not in one
    assert len({one, mark_of("returns@host", "Other", mark), mark_of("x@host", "Other", mark)}) == 3


@pytest.mark.parametrize(
    "text",
    ["", "never heard of it", "0.1.2", "@.1", "@.1.2.3", "@.-1.2", "@.1.2\n", "@.12345678901.2"],
)
def test_what_is_not_written_as_one_is_none(text: str) -> None:
    assert read_place(text.replace("@", "a" * 32)) is None
