"""The mail server that takes our letters: reached, verified and signed in to; each of its
answers ends."""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from intake.sign_in.account import (
    Login,
    PasswordLogin,
    SignInAccount,
    SignInRefused,
    SignInUnavailable,
    TokenLogin,
)
from outbox.sending.transport import TransportUnavailable, server_words, status_codes

MAX_ANSWER_BYTES = 64 * 1024  # bytes of one answer, however many lines it has
CHUNK_BYTES = 4096


class AnswerReader:
    """What comes over a connection, by lines: the file that smtplib reads from."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._come = b""
        self._until = 0.0
        self._left = 0

    def expect_answer(self, answer_seconds: float) -> None:
        """The next answer begins, and has so many seconds. Raises OSError when it is there before
        its question can have been read: then nobody knows what it answers."""
        if self._come:
            raise OSError
        self._until, self._left = time.monotonic() + answer_seconds, MAX_ANSWER_BYTES

    def readline(self, longest: int) -> bytes:
        """A line with its end; what is longer is cut. Nothing when the connection has ended."""
        while b"\n" not in self._come and len(self._come) < longest:
            piece = self._piece()
            if not piece:
                break
            self._come += piece
        end = self._come.find(b"\n") + 1 or len(self._come)
        line, self._come = self._come[: min(end, longest)], self._come[min(end, longest) :]
        return line

    def close(self) -> None:
        """There is nothing to close: the connection is smtplib's."""

    def _piece(self) -> bytes:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self._left <= 0:
            raise OSError
        answer_seconds = self._connection.gettimeout()
        self._connection.settimeout(left)
        try:
            piece = self._connection.recv(CHUNK_BYTES)
        finally:
            self._connection.settimeout(answer_seconds)
        self._left -= len(piece)
        return piece


class SmtpConnection(smtplib.SMTP):
    """A connection on which every answer ends, within `answer_seconds`."""

    def __init__(self, host: str, port: int, name: str, answer_seconds: float) -> None:
        self._answer_seconds = answer_seconds
        super().__init__(host, port, name, answer_seconds)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = AnswerReader(self.sock)
        try:
            if self.file is not None:
                self.file.expect_answer(self._answer_seconds)
        except OSError as why:
            self.close()
            raise smtplib.SMTPServerDisconnected from why
        return super().getreply()

    @contextmanager
    def allowing_answer(self, answer_seconds: float) -> Iterator[None]:
        """Meanwhile an answer may take so long."""
        before, self._answer_seconds = self._answer_seconds, answer_seconds
        try:
            yield
        finally:
            self._answer_seconds = before


class ImplicitTlsConnection(SmtpConnection, smtplib.SMTP_SSL):
    """The same, over TLS from its first byte."""

    def __init__(
        self, host: str, port: int, name: str, answer_seconds: float, context: ssl.SSLContext
    ) -> None:
        self._answer_seconds = answer_seconds
        smtplib.SMTP_SSL.__init__(self, host, port, name, timeout=answer_seconds, context=context)


ANSWER_SECONDS = 60.0  # seconds for each answer
# For the answer to a whole letter, which may be looked at for long: who gives up too soon sends it
# twice (RFC 5321, 4.5.3.2.6). Still well within the service's watchdog.
LETTER_SECONDS = 300.0


# So long the other letters wait for it; after that it is awaited beside them.
PROMPT_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where it is. `name` is what we call ourselves: the domain that letters come from."""

    host: str
    port: int
    tls: Literal["starttls", "implicit"]
    name: str
    ca_file: Path | None = None
    answer_seconds: float = ANSWER_SECONDS
    letter_answer_seconds: float = LETTER_SECONDS
    seconds_others_wait: float = PROMPT_SECONDS


def connect_to_server(server: MailServer, account: SignInAccount | None) -> SmtpConnection:
    """A connection ready for a letter. Raises TransportUnavailable."""
    connection = _connected(server)
    try:
        if server.tls == "starttls":
            connection.starttls(context=_context(server))
        connection.ehlo_or_helo_if_needed()
        if account is not None:
            authenticate(connection, account)
    except BaseException as why:
        connection.close()
        if isinstance(why, smtplib.SMTPException | OSError):
            raise _away(why) from why
        raise
    return connection


def authenticate(connection: smtplib.SMTP, account: SignInAccount) -> None:
    """Raises TransportUnavailable, smtplib.SMTPException or OSError."""
    try:
        login = account.login()
    except (SignInRefused, SignInUnavailable) as why:
        raise TransportUnavailable(str(why)) from why
    code, text = _offered(connection, login)
    if code != 235:
        account.forget_rejected_login()
        raise TransportUnavailable(
            f"the mail server does not let the account in ({status_codes(code, text)})"
        )


def _connected(server: MailServer) -> SmtpConnection:
    try:
        if server.tls == "starttls":
            return SmtpConnection(server.host, server.port, server.name, server.answer_seconds)
        return ImplicitTlsConnection(
            server.host, server.port, server.name, server.answer_seconds, _context(server)
        )
    except (smtplib.SMTPException, OSError) as why:
        raise _away(why) from why


def _context(server: MailServer) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=server.ca_file)


def _offered(connection: smtplib.SMTP, login: Login) -> tuple[int, bytes]:
    """Sign in by a mechanism that server and login share; the answer."""
    known = connection.esmtp_features.get("auth", "").upper().split()
    match login:
        case TokenLogin() if "XOAUTH2" in known:
            answer = connection.docmd("AUTH", f"XOAUTH2 {_base64(login.xoauth2_string)}")
            # A refusal comes as a question, to be answered with nothing before its code follows.
            return connection.docmd("") if answer[0] == 334 else answer
        case PasswordLogin() if "PLAIN" in known:
            secret = _base64(f"\0{login.user}\0{login.password}")
            return connection.docmd("AUTH", f"PLAIN {secret}")
        case PasswordLogin() if "LOGIN" in known:
            answer = connection.docmd("AUTH", f"LOGIN {_base64(login.user)}")
            # The password is for who asks for it; elsewhere it would be a word like any other.
            return connection.docmd(_base64(login.password)) if answer[0] == 334 else answer
    raise TransportUnavailable("the mail server offers no way to sign in that the account has")


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _away(why: smtplib.SMTPException | OSError) -> TransportUnavailable:
    """What stood in the way, in a sentence; of the server's words only the codes."""
    match why:
        case ssl.SSLCertVerificationError():
            return TransportUnavailable(
                f"the mail server's certificate is not verified: {why.verify_message}"
            )
        case ssl.SSLEOFError() | ssl.SSLZeroReturnError() | ssl.SSLSyscallError():
            # Gone in the middle: that is not to say that it speaks no TLS.
            return TransportUnavailable("the mail server broke off before it took a letter")
        case ssl.SSLError():
            return TransportUnavailable(
                "the mail server does not speak TLS as it should on that port"
            )
        case smtplib.SMTPNotSupportedError():
            return TransportUnavailable(
                "the mail server offers no STARTTLS, and nothing is sent without it"
            )
        case smtplib.SMTPResponseException():
            told = status_codes(why.smtp_code, server_words(why))
            return TransportUnavailable(f"the mail server does not take letters now ({told})")
        case smtplib.SMTPServerDisconnected():
            return TransportUnavailable("the mail server broke off before it took a letter")
    return TransportUnavailable("the mail server cannot be reached")
