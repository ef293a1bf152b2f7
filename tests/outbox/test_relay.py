"""The mail server: verified and signed in to, or sent nothing."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from intake.sign_in.account import Login, PasswordLogin, SignInUnavailable, TokenLogin
from outbox.sending.mail_server import MailServer
from outbox.sending.transport import TransportUnavailable
from tests.outbox.test_smtp import Fixed, once, server
from tests.servers.certificates import Certificates
from tests.servers.ports import free_ports
from tests.servers.smtp import Post, running


def test_a_server_that_is_not_there_is_away() -> None:
    (port,) = free_ports(1)
    with pytest.raises(TransportUnavailable, match="cannot be reached"):
        once(MailServer("localhost", port, "starttls", "board.example"))


def test_a_certificate_that_is_not_verified_is_sent_nothing(
    post: Post, certificates: Certificates
) -> None:
    """Failure mode 79."""
    with pytest.raises(TransportUnavailable, match="not verified"):
        once(replace(server(post, certificates), ca_file=None))
    assert post.taken == []


def test_a_certificate_of_another_server_is_sent_nothing(tmp_path: Path) -> None:
    """Failure mode 79."""
    elsewhere = Certificates.made_in(tmp_path, "elsewhere.example")
    with running(elsewhere) as post, pytest.raises(TransportUnavailable, match="not verified"):
        once(server(post, elsewhere))
    assert post.taken == []


def test_a_server_without_starttls_is_sent_nothing(certificates: Certificates) -> None:
    """Failure mode 79: neither a letter nor a password goes in clear."""
    clear = {"tls_context": None, "require_starttls": False}
    with (
        running(certificates, signing_in=False, **clear) as post,
        pytest.raises(TransportUnavailable, match="no STARTTLS"),
    ):
        once(server(post, certificates))
    assert post.taken == []


def test_implicit_tls(certificates: Certificates) -> None:
    with running(certificates, implicit=True) as post:
        implicit = replace(server(post, certificates), tls="implicit")
        once(implicit)
        with pytest.raises(TransportUnavailable, match="not verified"):
            once(replace(implicit, ca_file=None))
    assert len(post.taken) == 1


def test_the_wrong_kind_of_tls_is_told_and_not_waited_for(
    post: Post, certificates: Certificates
) -> None:
    with pytest.raises(TransportUnavailable, match="does not speak TLS"):
        once(replace(server(post, certificates), tls="implicit"))


def test_an_access_token_signs_in(post: Post, certificates: Certificates) -> None:
    """Failure mode 15."""
    once(server(post, certificates), Fixed(TokenLogin("scr-intake", "good")))
    assert len(post.taken) == 1


@pytest.mark.parametrize(
    "login", [TokenLogin("scr-intake", "stale"), PasswordLogin("scr-intake", "wrong")]
)
def test_an_account_turned_away_is_told_so_and_no_letter_suffers(
    post: Post, certificates: Certificates, login: Login
) -> None:
    account = Fixed(login)
    with pytest.raises(TransportUnavailable, match=r"does not let the account in \(535 5\.7\.8\)"):
        once(server(post, certificates), account)
    assert account.away == 1


def test_an_older_server_is_signed_in_to_by_login(certificates: Certificates) -> None:
    with running(certificates, auth_exclude_mechanism=["PLAIN"]) as post:
        once(server(post, certificates))
    assert len(post.taken) == 1


def test_a_server_with_no_way_to_sign_in_is_away(certificates: Certificates) -> None:
    with (
        running(certificates, auth_exclude_mechanism=["PLAIN", "LOGIN", "XOAUTH2"]) as post,
        pytest.raises(TransportUnavailable, match="no way to sign in"),
    ):
        once(server(post, certificates))


def test_a_provider_of_tokens_that_is_away_is_told_in_its_own_words(
    post: Post, certificates: Certificates
) -> None:
    with pytest.raises(TransportUnavailable, match="come back"):
        once(server(post, certificates), Fixed(SignInUnavailable("come back")))


def test_a_server_that_lets_this_machine_in_is_told_no_account(certificates: Certificates) -> None:
    with running(certificates, signing_in=False) as post:
        once(server(post, certificates), None)
    assert len(post.taken) == 1


def test_a_file_of_certificates_that_is_gone_sends_nothing(
    post: Post, certificates: Certificates, tmp_path: Path
) -> None:
    with pytest.raises(TransportUnavailable):
        once(replace(server(post, certificates), ca_file=tmp_path / "gone.pem"))


def test_a_server_that_says_nothing_at_all_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        silent = MailServer(
            "127.0.0.1", mute.getsockname()[1], "starttls", "board.example", None, 0.2
        )
        with pytest.raises(TransportUnavailable, match="broke off"):
            once(silent)


@pytest.mark.parametrize(
    ("greeting", "told"),
    [
        (b"* OK canary IMAP4rev1 ready\r\n", "an answer that is no answer"),
        (b"554 5.3.2 canary not today\r\n", "554 5.3.2"),
        (b"x" * 10_000 + b"\r\n", "does not take letters now"),
    ],
)
def test_a_server_that_greets_as_none_should_is_away_and_not_quoted(
    greeting: bytes, told: str
) -> None:
    """Failure mode 89."""
    with socket.create_server(("127.0.0.1", 0)) as odd:
        odd.settimeout(5)

        def greet() -> None:
            connection, _ = odd.accept()
            with connection:
                connection.sendall(greeting)
                connection.recv(100)

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(TransportUnavailable, match=told) as refused:
            once(MailServer("127.0.0.1", odd.getsockname()[1], "starttls", "board.example"))
        thread.join()
    assert "canary" not in str(refused.value)
