"""A connection to a mail server: TLS that is verified, a sign-in, its folders, and no more
trust than that."""

from __future__ import annotations

import imaplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from imapclient import IMAPClient, SocketTimeout

from intake.imap.errors import LoginRejected, TlsNotOffered
from intake.sign_in.account import Login, PasswordLogin, SignInAccount

FetchedMessages = Mapping[
    int, Mapping[bytes, Any]
]  # by UID; every key is optional (failure mode 12)


class ImapConnection(Protocol):
    """One connection to a mail server."""

    def starttls(self, ssl_context: ssl.SSLContext) -> object: ...
    def login(self, username: str, password: str) -> object: ...
    def oauth2_login(self, user: str, access_token: str) -> object: ...
    def capabilities(self) -> Sequence[bytes]: ...
    def has_capability(self, capability: str) -> bool: ...
    def namespace(self) -> Any: ...
    def list_folders(self, directory: str = "", pattern: str = "*") -> Sequence[Any]: ...
    def folder_exists(self, folder: str) -> bool: ...
    def find_special_folder(self, folder_flag: bytes) -> str | None: ...
    def create_folder(self, folder: str) -> object: ...
    def delete_folder(self, folder: str) -> object: ...
    def subscribe_folder(self, folder: str) -> object: ...
    def select_folder(self, folder: str, readonly: bool = False) -> Mapping[bytes, Any]: ...
    def search(self, criteria: Sequence[str]) -> Sequence[int]: ...
    def fetch(self, messages: Sequence[int], data: Sequence[str]) -> FetchedMessages: ...
    def move(self, messages: Sequence[int], folder: str) -> object: ...
    def copy(self, messages: Sequence[int], folder: str) -> object: ...
    def add_flags(self, messages: Sequence[int], flags: Sequence[bytes], silent: bool) -> Any: ...
    def uid_expunge(self, messages: Sequence[int]) -> object: ...
    def append(self, folder: str, msg: bytes, flags: Sequence[bytes] = ()) -> object: ...
    def noop(self) -> object: ...
    def idle(self) -> object: ...
    def idle_done(self) -> object: ...
    def socket(self) -> socket.socket: ...
    def logout(self) -> object: ...
    def shutdown(self) -> object: ...


INBOX = "INBOX"


@dataclass(frozen=True, slots=True)
class FolderNaming:
    """One server's way with names: its separator, and the prefix of personal folders."""

    separator: str = "/"
    prefix: str = ""

    def server_folder_name(self, folder: str) -> str:
        """The server's name for a folder. INBOX is called so everywhere (RFC 3501, 5.1)."""
        first, *rest = folder.split("/")
        if first.upper() == INBOX:
            return self.separator.join([INBOX, *rest])
        name = self.separator.join([first, *rest])
        return name if name.startswith(self.prefix) else self.prefix + name


def read_folder_naming(client: ImapConnection) -> FolderNaming:
    """As the server tells it."""
    if client.has_capability("NAMESPACE"):
        personal = client.namespace()[0]
        if personal:
            prefix, separator = personal[0]
            return FolderNaming(separator or "/", prefix or "")
    listed = client.list_folders("", "")  # RFC 3501, 6.3.8: an empty pattern asks for this
    separator = listed[0][1] if listed else None
    return FolderNaming(separator.decode("ascii", "replace") if separator else "/")


def ensure_folder(client: ImapConnection, folder: str) -> bool:
    """See that it is there, under the server's own name. False when it cannot be made."""
    try:
        if client.folder_exists(folder):
            return True
        client.create_folder(folder)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:
        return False
    with suppress(imaplib.IMAP4.error):  # a matter of looks: mail programs show what is subscribed
        client.subscribe_folder(folder)
    return True


CONNECT_TIMEOUT, ANSWER_TIMEOUT = 10.0, 30.0  # seconds without a byte until it counts as gone
LITERAL_TIMEOUT = 600.0  # seconds for one literal, however steadily it trickles
CHUNK_BYTES = 256 * 1024  # bytes
LITERAL_SLACK_BYTES = 64 * 1024  # bytes beyond the cap on a message; for a literal that is none

# What may go wrong with a connection. After any of it the connection is thrown away: nobody knows
# what the server would say next (failure mode 3). IMAP4.error is a plain refusal too.
CONNECTION_ERRORS = (
    imaplib.IMAP4.error,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AssertionError,
)

ProgressCallback = Callable[[], None]


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where a mail server is, and how its certificate is judged."""

    host: str
    port: int
    tls: Literal["implicit", "starttls"]
    ca_file: Path | None = None
    connecting: float = CONNECT_TIMEOUT
    answering: float = ANSWER_TIMEOUT

    def tls_context(self) -> ssl.SSLContext:
        """Verifies chain and name (failure mode 79). Raises OSError for a bad `ca_file`."""
        return ssl.create_default_context(cafile=self.ca_file)


def connect_to_server(
    address: ServerAddress, largest: int, tick: ProgressCallback = lambda: None
) -> ImapConnection:
    """A connection that speaks TLS and is not signed in. Raises MailServerUnreachable, or one of
    CONNECTION_ERRORS.

    `tick` is called while a long literal comes, by whoever wants to know that it does.
    """
    implicit = address.tls == "implicit"
    context = address.tls_context()
    client = IMAPClient(
        address.host,
        address.port,
        ssl=implicit,
        ssl_context=context if implicit else None,
        timeout=SocketTimeout(address.connecting, address.answering),
    )
    try:
        _subdue(client, largest + LITERAL_SLACK_BYTES, tick)
        if not implicit:
            if not client.has_capability("STARTTLS"):
                raise TlsNotOffered()
            client.starttls(context)
    except BaseException:
        discard_connection(client)
        raise
    return cast(ImapConnection, client)


def sign_in_account(client: ImapConnection, account: SignInAccount) -> None:
    """Raises LoginRejected, SignInRefused, SignInUnavailable, or what a broken connection
    raises."""
    login = account.login()
    try:
        _present(client, login)
    except imaplib.IMAP4.error as why:
        # IMAPClient says LoginError of a server that hung up, too; a refusal it is not.
        for cause in (why, why.__context__):
            if isinstance(cause, imaplib.IMAP4.abort):
                raise cause from None
        account.forget_rejected_login()
        raise LoginRejected() from why


def discard_connection(client: ImapConnection) -> None:
    """Close it without a word."""
    with suppress(*CONNECTION_ERRORS):
        client.shutdown()


@contextmanager
def open_connection(
    address: ServerAddress,
    account: SignInAccount,
    largest: int,
    tick: ProgressCallback = lambda: None,
) -> Iterator[ImapConnection]:
    """Signed in, and closed whatever happens.

    Raises as `connect_to_server` and `sign_in_account`.
    """
    client = connect_to_server(address, largest, tick)
    try:
        sign_in_account(client, account)
        yield client
        with suppress(*CONNECTION_ERRORS):
            client.logout()
    finally:
        discard_connection(client)


def _present(client: ImapConnection, login: Login) -> None:
    if isinstance(login, PasswordLogin):
        client.login(login.user, login.password)
    else:
        client.oauth2_login(login.user, login.token)


def _subdue(client: IMAPClient, most: int, tick: ProgressCallback) -> None:
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


def _chunks(inner: Any, size: int, tick: ProgressCallback) -> Iterator[bytes]:
    began = time.monotonic()
    while size > 0:
        chunk = inner.file.read(min(size, CHUNK_BYTES))
        if not chunk:
            raise imaplib.IMAP4.abort("a literal shorter than said")
        if time.monotonic() - began > LITERAL_TIMEOUT:
            raise imaplib.IMAP4.abort("a literal that does not end")
        tick()
        size -= len(chunk)
        yield chunk
