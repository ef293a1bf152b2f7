"""A connection to a mail server: TLS that is verified, a sign-in, and no more trust than that.

Does: connects, signs in, and hands over a client that waits for nothing for ever, logs nothing of
what passes through it, and refuses a literal larger than it should be.
Trusts: the certificate authorities of this machine, or the one that the settings name.
Never touches: messages.
Known limits: DNS is asked by the operating system, which has time-outs of its own.
"""

from __future__ import annotations

import imaplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from imapclient import IMAPClient, SocketTimeout

from intake.imap.client import Client
from intake.imap.trouble import NotLetIn, NoTls
from intake.sign_in.account import Account, ByPassword, Login

CONNECTING, ANSWERING = 10.0, 30.0  # seconds without a byte until it counts as gone
WHOLE = 600.0  # seconds for one literal, however steadily it trickles
CHUNK = 256 * 1024  # bytes
SLACK = 64 * 1024  # bytes beyond the cap on a message; for a literal that is none

# What may go wrong with a connection. After any of it the connection is thrown away: nobody knows
# what the server would say next (failure mode 3). IMAP4.error is a plain refusal too.
BROKEN = (imaplib.IMAP4.error, OSError, ValueError, LookupError, TypeError, AssertionError)

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Address:
    """Where a mail server is, and how its certificate is judged."""

    host: str
    port: int
    tls: Literal["implicit", "starttls"]
    ca_file: Path | None = None
    connecting: float = CONNECTING
    answering: float = ANSWERING

    def context(self) -> ssl.SSLContext:
        """Verifies chain and name (failure mode 79). Raises OSError for a bad `ca_file`."""
        return ssl.create_default_context(cafile=self.ca_file)


def connect(address: Address, largest: int, tick: Tick = lambda: None) -> Client:
    """A connection that speaks TLS and is not signed in. Raises Away, or one of BROKEN.

    `tick` is called while a long literal comes, by whoever wants to know that it does.
    """
    implicit = address.tls == "implicit"
    context = address.context()
    client = IMAPClient(
        address.host,
        address.port,
        ssl=implicit,
        ssl_context=context if implicit else None,
        timeout=SocketTimeout(address.connecting, address.answering),
    )
    try:
        _subdue(client, largest + SLACK, tick)
        if not implicit:
            if not client.has_capability("STARTTLS"):
                raise NoTls()
            client.starttls(context)
    except BaseException:
        discard(client)
        raise
    return cast(Client, client)


def sign_in(client: Client, account: Account) -> None:
    """Raises NotLetIn, SignInRefused, SignInAway, or what a broken connection raises."""
    login = account.login()
    try:
        _present(client, login)
    except imaplib.IMAP4.error as why:
        # IMAPClient says LoginError of a server that hung up, too; a refusal it is not.
        for cause in (why, why.__context__):
            if isinstance(cause, imaplib.IMAP4.abort):
                raise cause from None
        account.turned_away()
        raise NotLetIn() from why


def discard(client: Client) -> None:
    """Close it without a word."""
    with suppress(*BROKEN):
        client.shutdown()


@contextmanager
def opened(
    address: Address, account: Account, largest: int, tick: Tick = lambda: None
) -> Iterator[Client]:
    """Signed in, and closed whatever happens. Raises as `connect` and `sign_in`."""
    client = connect(address, largest, tick)
    try:
        sign_in(client, account)
        yield client
        with suppress(*BROKEN):
            client.logout()
    finally:
        discard(client)


def _present(client: Client, login: Login) -> None:
    if isinstance(login, ByPassword):
        client.login(login.user, login.password)
    else:
        client.oauth2_login(login.user, login.token)


def _subdue(client: IMAPClient, most: int, tick: Tick) -> None:
    """imaplib would log whole messages (failure mode 15b), and allocate whatever a server says
    (failure mode 14)."""
    inner: Any = client._imap
    inner.debug = 0
    # A command goes out in pieces: without this each would wait for the last one's receipt.
    inner.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(size: int) -> bytes:
        if size > most:
            raise imaplib.IMAP4.abort("a literal that is too large")
        return b"".join(_chunks(inner, size, tick))

    inner.read = read


def _chunks(inner: Any, size: int, tick: Tick) -> Iterator[bytes]:
    began = time.monotonic()
    while size > 0:
        chunk = inner.file.read(min(size, CHUNK))
        if not chunk:
            raise imaplib.IMAP4.abort("a literal shorter than said")
        if time.monotonic() - began > WHOLE:
            raise imaplib.IMAP4.abort("a literal that does not end")
        tick()
        size -= len(chunk)
        yield chunk
