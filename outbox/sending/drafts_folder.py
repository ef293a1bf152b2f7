"""Letters as drafts: put into a Drafts folder on a mail server, for a person to read and send.

Does: appends each letter, byte for byte, to that folder; one that lies there already is left alone.
Where no folder has that name, it is the one that the server itself calls its drafts (RFC 6154).
Trusts: the server its certificate names, by `intake/imap/connection.py`.
Never touches: any other message.
Known limits: a letter counts as sent once it is a draft: whether the person sends it is not known,
and a draft that the person has sent or deleted would be put there once more if asked for again.
"""

from __future__ import annotations

import imaplib
from contextlib import ExitStack

from intake.imap.connection import BROKEN, Address, Client, make, naming, opened
from intake.imap.errors import away
from intake.sign_in.account import Account, SignInAway, SignInRefused
from intake.source import NotThere
from outbox.sending.transport import Away, NotNow
from outbox.writing.letter import Letter

LARGEST = 1024 * 1024  # bytes that are ever read back; searching needs a few
_REFUSED = "the mail server did not take the draft"
_FULL = "the mailbox for drafts is full"
AWAY = (*BROKEN, NotThere, SignInRefused, SignInAway)


class DraftTransport:
    """One Drafts folder of one account."""

    def __init__(
        self, address: Address, account: Account, folder: str, name: str = "outbox"
    ) -> None:
        self.name = name
        self._address = address
        self._account = account
        self._folder = folder
        self._opened = ExitStack()
        self._client: Client | None = None

    def open(self) -> None:
        """Sign in, unless that is done. Raises Away."""
        try:
            self._connected()
        except AWAY as why:
            self.rest()
            raise Away(_told(why)) from why

    def send(self, letter: Letter) -> None:
        """Raises NotNow or Away."""
        try:
            self._put(self._connected(), letter)
        except imaplib.IMAP4.abort as why:
            self.rest()
            raise Away(_told(why)) from why
        except imaplib.IMAP4.error as why:
            self.rest()
            raise NotNow(_FULL if "[OVERQUOTA]" in str(why) else _REFUSED) from why
        except AWAY as why:
            self.rest()
            raise Away(_told(why)) from why

    def rest(self) -> None:
        """Sign out."""
        self._client = None
        self._opened.close()

    def _connected(self) -> Client:
        if self._client is None:
            self._client = self._opened.enter_context(opened(self._address, self._account, LARGEST))
        return self._client

    def _put(self, client: Client, letter: Letter) -> None:
        named = naming(client).of(self._folder)
        folder = there(client, named) or named
        if not make(client, folder):
            raise NotNow("the folder for drafts is not there and cannot be made")
        client.select_folder(folder, readonly=True)
        if not client.search(["HEADER", "Message-ID", letter.message_id]):
            client.append(folder, letter.message, (b"\\Draft",))


def there(client: Client, named: str) -> str | None:
    """The folder drafts go into: by its name, or where people's mail programs put theirs."""
    if client.folder_exists(named):
        return named
    special = client.has_capability("SPECIAL-USE")
    return client.find_special_folder(b"\\Drafts") if special else None


def _told(why: BaseException) -> str:
    """A sentence of ours, without its end: what a server says is not repeated."""
    return str(away("", why)).rstrip(".")
