"""A mailbox in the settings."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from config.mailbox_settings import FilingSettings, ImapMailbox

LEAST = {
    "kind": "imap",
    "host": "mail.board.example",
    "username": "returns",
    "password_file": "keys/imap-password",
    "authentication": "none",
}


def mailbox(**more: Any) -> ImapMailbox:
    return ImapMailbox.model_validate(LEAST | more)


def refused(**more: Any) -> str:
    with pytest.raises(ValidationError) as why:
        mailbox(**more)
    return str(why.value)


def test_the_least_that_has_to_be_said() -> None:
    box = mailbox()
    assert (box.port, box.tls, box.watched_folders) == (993, "implicit", ("INBOX",))
    assert box.after.mode == "move"


def test_one_folder_or_several_each_once() -> None:
    assert mailbox(folder="Returns").watched_folders == ("Returns",)
    assert mailbox(folders=["Returns", "INBOX", "Returns"]).watched_folders == ("Returns", "INBOX")


def test_folder_and_folders_are_not_both_given() -> None:
    assert "name all of them in `folders`" in refused(folder="INBOX", folders=["Returns"])


def test_what_is_dealt_with_is_not_put_where_it_is_looked_for() -> None:
    """It would be met again at every round."""
    said = refused(folders=["INBOX", "SCR held"])
    assert "a folder that is watched cannot be where messages go afterwards" in said
    assert mailbox(folders=["INBOX", "SCR held"], after={"mode": "leave"})


def test_each_folder_for_the_dealt_with_is_made_once() -> None:
    after = FilingSettings(accepted="Done", rejected="Done", duplicate="Done")
    assert after.target_folders == ("Done", "SCR for a person", "SCR held", "SCR automatic")


@pytest.mark.parametrize(
    "more",
    [
        {"largest_mb": 0},
        {"largest_mb": 51},
        {"alert_after_minutes": 0},
        {"folders": ["one\nline"]},
        {"after": {"mode": "burn"}},
        {"after": {"lost": "x"}},
        {"tls": "none"},
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused(more: dict[str, Any]) -> None:
    refused(**more)
