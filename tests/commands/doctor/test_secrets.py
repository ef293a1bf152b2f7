"""Whether what accounts are signed in to with can be read."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from commands.doctor.check import DoctorContext
from commands.doctor.sources import check_secrets
from config.settings import Settings, load_settings
from tests.board import Board

IMAP = """
[[mailbox]]
kind           = "imap"
host           = "mail.board.example"
username       = "returns"
password_file  = "keys/imap-password"
authentication = "none"
"""


def settings_with(board: Board, more: str) -> Settings:
    file = board.folder / "scr-intake.toml"
    file.write_text(file.read_text() + more)
    return load_settings(file)


def said(board: Board) -> list[tuple[str, str]]:
    settings = settings_with(board, IMAP)
    context = DoctorContext(settings, datetime(2010, 4, 1, tzinfo=UTC))
    return [(one.state, one.sentence) for one in check_secrets(context)]


def test_a_secret_that_is_missing_is_told_with_its_place(board: Board) -> None:
    ((state, sentence),) = said(board)
    assert state == "wrong"
    assert "mailbox 2, password_file" in sentence


def test_one_that_others_can_read_is_told(board: Board) -> None:
    password(board).chmod(0o644)
    assert [state for state, _ in said(board)] == ["wrong"]


def test_one_that_can_be_read_is_well(board: Board) -> None:
    password(board)
    assert said(board) == [("well", "mailbox 2: there is what it is signed in to with.")]


def password(board: Board) -> Path:
    file = board.folder / "keys" / "imap-password"
    file.write_text("test")
    file.chmod(0o600)
    return file
