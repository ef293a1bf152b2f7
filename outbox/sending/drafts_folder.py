"""Puts letters into a Drafts folder on a mail server, for a person to read and send.

A letter counts as sent once it is a draft: whether the person sends it is not known.
"""

from __future__ import annotations

import imaplib
from contextlib import ExitStack

from intake.imap.connection import (
    CONNECTION_ERRORS,
    ImapConnection,
    ServerAddress,
    ensure_folder,
    open_connection,
    read_folder_naming,
)
from intake.imap.errors import connection_failure
from intake.sign_in.account import SignInAccount, SignInRefused, SignInUnavailable
from intake.source import SourceUnavailable
from outbox.sending.transport import HandoverPostponed, TransportUnavailable
from outbox.writing.letter import Letter

MAX_READ_BYTES = 1024 * 1024  # bytes that are ever read back; searching needs a few
_REFUSED = "the mail server did not take the draft"
_FULL = "the mailbox for drafts is full"
UNAVAILABLE_ERRORS = (*CONNECTION_ERRORS, SourceUnavailable, SignInRefused, SignInUnavailable)


class DraftTransport:
    """One Drafts folder of one account."""

    def __init__(
        self, address: ServerAddress, account: SignInAccount, folder: str, name: str = "outbox"
    ) -> None:
        self.name = name
        self._address = address
        self._account = account
        self._folder = folder
        self._opened = ExitStack()
        self._client: ImapConnection | None = None

    def open(self) -> None:
        """Sign in, unless that is done. Raises TransportUnavailable."""
        try:
            self._connected()
        except UNAVAILABLE_ERRORS as why:
            self.disconnect()
            raise TransportUnavailable(_told(why)) from why

    def send(self, letter: Letter) -> None:
        """Raises HandoverPostponed or TransportUnavailable."""
        try:
            self._put(self._connected(), letter)
        except imaplib.IMAP4.abort as why:
            self.disconnect()
            raise TransportUnavailable(_told(why)) from why
        except imaplib.IMAP4.error as why:
            self.disconnect()
            raise HandoverPostponed(_FULL if "[OVERQUOTA]" in str(why) else _REFUSED) from why
        except UNAVAILABLE_ERRORS as why:
            self.disconnect()
            raise TransportUnavailable(_told(why)) from why

    def disconnect(self) -> None:
        """Sign out of the mail server."""
        self._client = None
        self._opened.close()

    def _connected(self) -> ImapConnection:
        if self._client is None:
            self._client = self._opened.enter_context(
                open_connection(self._address, self._account, MAX_READ_BYTES)
            )
        return self._client

    def _put(self, client: ImapConnection, letter: Letter) -> None:
        named = read_folder_naming(client).server_folder_name(self._folder)
        folder = find_drafts_folder(client, named) or named
        if not ensure_folder(client, folder):
            raise HandoverPostponed("the folder for drafts is not there and cannot be made")
        client.select_folder(folder, readonly=True)
        if not client.search(["HEADER", "Message-ID", letter.message_id]):
            client.append(folder, letter.message, (b"\\Draft",))


def find_drafts_folder(client: ImapConnection, named: str) -> str | None:
    """The folder drafts go into: by its name, or where people's mail programs put theirs."""
    if client.folder_exists(named):
        return named
    special = client.has_capability("SPECIAL-USE")
    return client.find_special_folder(b"\\Drafts") if special else None


def _told(why: BaseException) -> str:
    """A sentence of ours, without its end: what a server says is not repeated."""
    return str(connection_failure("", why)).rstrip(".")
