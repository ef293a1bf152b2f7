"""How an account is signed in to: one way, said in full, and every slip told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.test_settings import BOARD, IMAP, OUTBOX, SHIPPED, loaded, problems

OAUTH = """oauth = { endpoint = "https://login.board.example/token", client_id = "scr-intake", \
token_file = "keys/token" }"""
M365 = """m365 = { tenant = "board.example", client_id = "scr-intake", \
client_secret_file = "keys/m365" }"""
PASSWORD = 'password_file  = "keys/imap-password"'


def mailbox(ways: str) -> str:
    return BOARD + OUTBOX + IMAP.replace(PASSWORD, ways)


@pytest.mark.parametrize("way", [PASSWORD, OAUTH, M365])
def test_each_way_will_do(tmp_path: Path, way: str) -> None:
    (box,) = loaded(tmp_path, mailbox(way)).mailbox
    assert box.kind == "imap"
    assert box.username == "scr-returns@board.example"


def test_the_other_ways_that_the_shipped_file_shows_are_right(tmp_path: Path) -> None:
    for key in ("oauth", "m365"):
        (shown,) = [line for line in SHIPPED.splitlines() if line.startswith(f"# # {key} ")]
        loaded(tmp_path, mailbox(shown.removeprefix("# # ")))


def test_two_ways_are_one_too_many(tmp_path: Path) -> None:
    assert problems(tmp_path, mailbox(f"{OAUTH}\n{PASSWORD}")) == [
        "mailbox 1, password_file: an account is signed in to one way: password_file, oauth or m365"
    ]


def test_a_password_for_nobody_is_told(tmp_path: Path) -> None:
    outbox = """
[outbox]
from          = "scr-returns@board.example"
transport     = "smtp"
host          = "mail.board.example"
password_file = "keys/smtp-password"
"""
    assert problems(tmp_path, BOARD + outbox) == [
        "outbox, password_file is there without the username that it is for"
    ]


def test_a_server_that_lets_this_machine_in_needs_no_account(tmp_path: Path) -> None:
    text = '[outbox]\nfrom = "a@board.example"\ntransport = "smtp"\nhost = "localhost"\n'
    assert loaded(tmp_path, BOARD + text).outbox.transport == "smtp"


def test_what_is_wrong_in_a_way_is_told_in_its_place_and_once(tmp_path: Path) -> None:
    """A token sent over plain http would be anybody's."""
    wrong = OAUTH.replace("https://", "http://").replace('client_id = "scr-intake", ', "")
    assert problems(tmp_path, mailbox(wrong)) == [
        "mailbox 1, oauth, endpoint: should be an address that begins with https://",
        "mailbox 1, oauth, client_id is missing",
    ]
