"""What a connection is given to sign in with."""

from __future__ import annotations

from intake.sign_in.account import PasswordLogin, TokenLogin


def test_xoauth2_is_put_together_as_servers_read_it() -> None:
    """Failure mode 15."""
    login = TokenLogin("scr-returns@board.example", "ya29.made-up")
    assert (
        login.xoauth2_string == "user=scr-returns@board.example\x01auth=Bearer ya29.made-up\x01\x01"
    )


def test_neither_is_ever_printed() -> None:
    """Failure mode 89."""
    assert (
        "secret"
        not in f"{PasswordLogin('somebody', 'secret')!r} {TokenLogin('somebody', 'secret')!r}"
    )
