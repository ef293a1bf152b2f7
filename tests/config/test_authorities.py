"""The folder of authorities that a board believes."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.authorities import read_authorities
from config.settings import load_settings
from config.user_file import InvalidUserFile
from tests.authority import Authority

SETTINGS = """
[board]
name = "Board"
administrator = { name = "A", email = "a@board.example" }
operator = "it@board.example"
[outbox]
from = "scr@board.example"
transport = "files"
[signatures]
authorities = "authorities"
"""


def test_each_file_may_hold_several_certificates_and_each_counts_once(tmp_path: Path) -> None:
    one, two = Authority("One").own, Authority("Two").own
    (tmp_path / "a.pem").write_bytes(one.pem + two.pem)
    (tmp_path / "b.CRT").write_bytes(b"It came by post.\n" + one.pem)
    (tmp_path / "README").write_text("Not a certificate.")
    assert read_authorities(tmp_path) == (one.der, two.der)


def test_without_a_folder_nobody_is_believed() -> None:
    assert read_authorities(None) == ()


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_bytes(Authority().own.key_pem)
    (tmp_path / "b.pem").mkdir()
    (tmp_path / "c.cer").write_bytes(Authority().own.der)
    with pytest.raises(InvalidUserFile) as refused:
        read_authorities(tmp_path)
    assert [problem.place for problem in refused.value.problems] == ["a.pem", "b.pem", "c.cer"]


def test_a_folder_that_is_empty_or_not_there_is_said(tmp_path: Path) -> None:
    """A board that names one means something to be believed."""
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(InvalidUserFile):
            read_authorities(folder)


def test_the_settings_name_it(tmp_path: Path) -> None:
    (tmp_path / "scr-intake.toml").write_text(SETTINGS)
    settings = load_settings(tmp_path / "scr-intake.toml")
    assert settings.signatures.authorities == tmp_path / "authorities"
