"""From the settings to an account, and all that is missing for it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from config.mailbox_settings import AccountSettings
from intake.sign_in import accounts as application
from intake.sign_in.account import PasswordLogin
from intake.sign_in.accounts import AccountFactory, ApplicationAccount
from intake.sign_in.oauth import RefreshedAccount

ACCOUNTS = AccountFactory(None, time.time)


def asked(folder: Path, **keys: object) -> AccountSettings:
    return AccountSettings.model_validate(
        {"username": "somebody", **keys}, context={"folder": folder}
    )


def oauth(**keys: object) -> dict[str, object]:
    base = {"endpoint": "https://login.board.example/token", "client_id": "scr-intake"}
    return {"oauth": base | {"token_file": "token"} | keys}


def m365(**keys: object) -> dict[str, object]:
    base = {"tenant": "board.example", "client_id": "scr-intake"}
    return {"m365": base | {"client_secret_file": "client"} | keys}


def told(account: AccountSettings, accounts: AccountFactory = ACCOUNTS) -> list[str]:
    return [str(problem) for problem in accounts.account_problems(account, "outbox")]


def test_each_way_makes_its_account(tmp_path: Path, kept: Path) -> None:
    kept.write_text("secret")
    by_password = ACCOUNTS.build_account(asked(tmp_path, password_file=kept.name))
    assert by_password is not None
    assert by_password.login() == PasswordLogin("somebody", "secret")
    assert isinstance(ACCOUNTS.build_account(asked(tmp_path, **oauth())), RefreshedAccount)
    assert isinstance(ACCOUNTS.build_account(asked(tmp_path, **m365())), ApplicationAccount)
    assert ACCOUNTS.build_account(AccountSettings()) is None


def test_what_is_there_is_no_problem(tmp_path: Path, kept: Path) -> None:
    kept.write_text("secret")
    assert told(asked(tmp_path, password_file=kept.name)) == []
    assert told(asked(tmp_path, **oauth(token_file=kept.name))) == []
    assert told(asked(tmp_path, **m365(client_secret_file=kept.name))) == []
    assert told(AccountSettings()) == []


def test_all_that_is_missing_is_told_at_once_each_in_its_place(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.write_text("secret")
    kept.chmod(0o644)
    monkeypatch.setattr(application, "find_spec", lambda name: None)
    assert told(asked(tmp_path, **m365(client_secret_file="kept", ca_file="nothing.pem"))) == [
        f"outbox, m365, client_secret_file: {kept} can be read or changed by others: make it the"
        " service's own, with mode 0600",
        "outbox, m365: needs the extra m365, which is not installed:"
        " pip install 'scr-intake[m365]'",
        f"outbox, m365, ca_file: {tmp_path / 'nothing.pem'} cannot be read as certificates",
    ]
    assert told(asked(tmp_path, **oauth(client_secret_file="kept", ca_file="kept"))) == [
        f"outbox, oauth, client_secret_file: {kept} can be read or changed by others: make it the"
        " service's own, with mode 0600",
        f"outbox, oauth, token_file: {tmp_path / 'token'} is named in the settings and cannot be"
        " read",
        f"outbox, oauth, ca_file: {kept} cannot be read as certificates",
    ]
    assert len(told(asked(tmp_path, password_file="nothing"))) == 1


def test_a_systemd_credential_will_do_for_a_password(tmp_path: Path) -> None:
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "smtp-password").write_text("secret")
    (credentials / "smtp-password").chmod(0o400)
    account = asked(tmp_path, password_file="keys/smtp-password")
    assert told(account, AccountFactory(credentials, time.time)) == []
