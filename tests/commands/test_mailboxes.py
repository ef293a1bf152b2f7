"""The mailboxes that the settings name, as sources."""

from __future__ import annotations

from pathlib import Path

from commands.composition.sources import build_mailboxes, filing_plan
from config.mailbox_settings import FilingSettings
from config.settings import load_settings
from intake.imap.mailbox import Mailbox
from intake.maildir import Maildir
from intake.sign_in.accounts import AccountFactory
from tests.board import Board

IMAP = """
[[mailbox]]
kind           = "imap"
host           = "mail.board.example"
username       = "returns"
password_file  = "keys/imap-password"
authentication = "none"
"""


def test_each_is_named_by_its_place_and_nothing_is_connected_to(board: Board) -> None:
    file = board.folder / "scr-intake.toml"
    file.write_text(file.read_text() + IMAP)
    settings = load_settings(file)
    made = list(build_mailboxes(settings, AccountFactory(None, lambda: 0.0), lambda data: "0" * 64))
    assert [(type(box), box.name) for box in made] == [(Maildir, "mail-1"), (Mailbox, "mail-2")]


def test_what_is_missing_for_signing_in_is_told_before_anything_is_opened(board: Board) -> None:
    file = board.folder / "scr-intake.toml"
    file.write_text(file.read_text() + IMAP + 'ca_file = "nowhere.pem"\n')
    ended = board.run("status")
    assert ended.status == 2
    assert "mailbox 2, password_file" in ended.err
    assert "mailbox 2, ca_file" in ended.err


def test_every_outcome_but_not_ours_has_a_folder() -> None:
    named = filing_plan(FilingSettings()).folders
    assert "not ours" not in named
    assert set(named.values()) == set(FilingSettings().target_folders)
    assert len(named) == 9


def test_the_settings_that_init_writes_tell_of_every_key() -> None:
    text = (Path(__file__).parents[2] / "config" / "scr-intake.toml").read_text()
    for key in ("folders", "after", "largest_mb", "alert_after_minutes", "tls", "ca_file"):
        assert f"{key} " in text
