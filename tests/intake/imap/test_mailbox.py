"""What a message is known by."""

from __future__ import annotations

import pytest

from intake.imap.mailbox import MessagePlace, folder_mark, parse_message_place
from intake.keys import Keys

KEYS = Keys(vault=bytes(32), marks=bytes(range(32)))


def mark(data: bytes) -> str:
    return KEYS.keyed_hash("content", data)


def test_it_is_written_and_read_back() -> None:
    """Failure mode 6."""
    place = MessagePlace(folder_mark("a@host", "INBOX", mark), 4294967295, 4294967295)
    assert parse_message_place(str(place)) == place


def test_neither_the_account_nor_the_folder_can_be_read_from_it() -> None:
    """Promise 7: a folder may be named after a child."""
    one = folder_mark("returns@host", "Quillfeather", mark)
    assert "Quillfeather" not in one
    assert (
        len({one, folder_mark("returns@host", "Other", mark), folder_mark("x@host", "Other", mark)})
        == 3
    )


@pytest.mark.parametrize(
    "text",
    ["", "never heard of it", "0.1.2", "@.1", "@.1.2.3", "@.-1.2", "@.1.2\n", "@.12345678901.2"],
)
def test_what_is_not_written_as_one_is_none(text: str) -> None:
    assert parse_message_place(text.replace("@", "a" * 32)) is None
