"""A secret: for the service alone, from a file or from systemd, and never half of one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from intake.sign_in.account import (
    MAX_SECRET_BYTES,
    PasswordAccount,
    PasswordLogin,
    SecretError,
    SecretExposed,
    SecretFile,
    SecretInvalid,
    SecretMissing,
    SignInRefused,
)


def test_it_is_read_without_its_line_end_and_as_it_is_now(kept: Path) -> None:
    kept.write_text("first\n")
    secret = SecretFile(kept)
    assert secret.read_secret() == "first"
    kept.write_text("sécond with spaces\r\n")
    assert secret.read_secret() == "sécond with spaces"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602])
def test_what_others_can_read_or_change_is_refused(kept: Path, mode: int) -> None:
    kept.write_text("secret")
    kept.chmod(mode)
    with pytest.raises(SecretExposed):
        SecretFile(kept).read_secret()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_what_somebody_else_owns_is_refused(kept: Path) -> None:
    kept.write_text("secret")
    os.chown(kept, 12345, 12345)
    with pytest.raises(SecretExposed):
        SecretFile(kept).read_secret()


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (b"", SecretInvalid),
        (b"\n", SecretInvalid),
        (b"two\nlines", SecretInvalid),
        (b"\xff", SecretInvalid),
        (b"x" * (MAX_SECRET_BYTES + 1), SecretInvalid),
    ],
)
def test_what_is_not_one_line_is_not_a_secret(
    kept: Path, held: bytes, why: type[SecretError]
) -> None:
    kept.write_bytes(held)
    with pytest.raises(why):
        SecretFile(kept).read_secret()


def test_what_is_not_there_is_missed(tmp_path: Path) -> None:
    for file in (tmp_path / "nothing", tmp_path):
        with pytest.raises(SecretMissing):
            SecretFile(file).read_secret()


def test_a_systemd_credential_of_its_name_goes_before_the_file(tmp_path: Path, kept: Path) -> None:
    """Failure mode 83. systemd shows its files as readable by the group: that is the mask of
    the access list that lets the service in."""
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    kept.write_text("from the file")
    secret = SecretFile(kept, credentials)
    assert secret.read_secret() == "from the file"
    given = credentials / kept.name
    given.write_text("from systemd")
    given.chmod(0o440)
    assert secret.read_secret() == "from systemd"
    given.chmod(0o444)
    with pytest.raises(SecretExposed):
        secret.read_secret()


def test_a_password_account_reads_it_anew_for_each_connection(kept: Path) -> None:
    account = PasswordAccount("somebody", SecretFile(kept))
    kept.write_text("first")
    assert account.login() == PasswordLogin("somebody", "first")
    kept.write_text("second")
    account.forget_rejected_login()
    assert account.login() == PasswordLogin("somebody", "second")


def test_a_password_that_cannot_be_read_names_its_file_and_not_what_is_in_it(kept: Path) -> None:
    kept.write_text("hunter2\nhunter3")
    with pytest.raises(SignInRefused) as refused:
        PasswordAccount("somebody", SecretFile(kept)).login()
    assert str(refused.value) == f"The file {kept} does not hold one secret on one line."
