"""Signing in, and what a connection is kept from doing. The rest is in test_real_server.py."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake.imap.connection import (
    ServerAddress,
    connect_to_server,
    discard_connection,
    open_connection,
)
from intake.imap.errors import LoginRejected, MailServerUnreachable, connection_failure
from intake.sign_in.account import Login, SignInUnavailable, TokenLogin
from tests.servers.scripted_imap import Scripted, Wire, running

CAP = 1000


class Tokens:
    """An account that is signed in to by OAuth 2."""

    def __init__(self) -> None:
        self.forgotten = 0

    def login(self) -> Login:
        return TokenLogin("returns@board.example", "t0ken")

    def forget_rejected_login(self) -> None:
        self.forgotten += 1


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Scripted]:
    with running(tmp_path / "tls") as made:
        yield made


def at(server: Scripted) -> ServerAddress:
    return ServerAddress(
        "localhost", server.port, "implicit", server.certificates.ca, answering=5.0
    )


def asked(heard: list[str], *ends: str) -> Callable[[Wire, str, str], None]:
    """AUTHENTICATE: hears what is said, and ends with `ends` ("*" for a further challenge)."""

    def answer(wire: Wire, tag: str, rest: str) -> None:
        wire.send("+ ")
        heard.append(base64.b64decode(wire.line()).decode())
        for end in ends:
            wire.send(end if end.startswith("+") else f"{tag} {end}")
            if end.startswith("+"):
                wire.line()

    return answer


def test_an_access_token_is_presented_as_xoauth2(server: Scripted) -> None:
    """Failure mode 15."""
    heard: list[str] = []
    server.answers["AUTHENTICATE"] = asked(heard, "OK done")
    with open_connection(at(server), Tokens(), CAP) as client:
        client.noop()
    assert heard == ["user=returns@board.example\x01auth=Bearer t0ken\x01\x01"]
    assert "LOGIN" not in server.words


def test_a_token_that_is_not_taken_is_forgotten(server: Scripted) -> None:
    """Failure mode 15: as a server says it, with a reason that has to be answered first."""
    reason = base64.b64encode(b'{"status":"401"}').decode()
    server.answers["AUTHENTICATE"] = asked([], f"+ {reason}", "NO refused")
    account = Tokens()
    with pytest.raises(LoginRejected), open_connection(at(server), account, CAP):
        pass
    assert account.forgotten == 1


def test_a_server_that_hangs_up_at_the_sign_in_did_not_refuse_it(server: Scripted) -> None:
    """The token, or the password, may be as good as ever."""
    server.answers["AUTHENTICATE"] = lambda wire, tag, rest: wire.close()
    account = Tokens()
    try:
        with open_connection(at(server), account, CAP):
            pass
    except Exception as why:
        assert type(connection_failure("mail-1", why)) is MailServerUnreachable
    assert account.forgotten == 0


def test_who_issues_tokens_may_be_away_which_is_told_in_its_own_sentence() -> None:
    trouble = connection_failure("mail-1", SignInUnavailable("The provider does not answer."))
    assert (type(trouble), str(trouble)) == (MailServerUnreachable, "The provider does not answer.")


def test_what_imaplib_would_log_it_does_not_log(server: Scripted) -> None:
    """Failure mode 15b."""
    client = connect_to_server(at(server), CAP)
    try:
        assert client._imap.debug == 0  # type: ignore[attr-defined]
    finally:
        discard_connection(client)


def test_a_trouble_never_tells_what_the_server_said() -> None:
    """Failure mode 89: an exception of imaplib quotes what came, which may be a message."""
    for why in (OSError("Quillfeather"), ValueError("Quillfeather"), KeyError("Quillfeather")):
        assert (
            "Quillfeather"
            not in f"{connection_failure('mail-1', why)} {connection_failure('mail-1', why)!r}"
        )
