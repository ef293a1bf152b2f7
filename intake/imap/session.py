"""A session: one signed-in connection, and what is asked of a folder through it.

Does: lists what is in a folder, reads a message without a trace, and refuses one that is larger
than the cap or comes shorter than said.
Trusts: nothing that the server says: a UID it was not asked for is passed over (failure mode 10), a
key may be missing (failure mode 12), a size may lie (failure mode 11).
Never touches: flags. A folder is opened read-only, and messages are asked for with PEEK.
Known limits: a message marked as deleted counts as gone, although it can still be seen. A folder of
more than about 140,000 messages is more than imaplib reads as one answer. A server that tells sizes
by guess, and too large, is taken to hand over less than the whole.
"""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from typing import Any

from intake.imap.client import Client
from intake.imap.folders import Naming, naming
from intake.imap.trouble import NoSuchFolder
from intake.source import CutShort, NotHandedOver, TooLarge, Vanished

SIZE, BODY = "RFC822.SIZE", "BODY.PEEK[]"
MOST_HEADERS = 256 * 1024  # bytes
HEADERS = f"BODY.PEEK[HEADER]<0.{MOST_HEADERS}>"


class ReadOnly(Exception):
    """The mail server lets this account read the folder and change nothing in it."""


class Session:
    """Used by one thread (failure mode 13), and thrown away with its connection."""

    def __init__(self, client: Client, largest: int) -> None:
        self.client = client
        self.naming: Naming = naming(client)
        self._largest = largest
        self._open: tuple[str, bool] | None = None
        self._validity = 0

    def opened(self, folder: str, *, writing: bool = False) -> int:
        """Open a folder by its name in the settings; its UIDVALIDITY. Raises NoSuchFolder, or
        ReadOnly."""
        if self._open != (folder, writing):
            self._open = None
            self._validity = _validity(self._selected(folder, writing))
            self._open = (folder, writing)
        return self._validity

    def closed(self) -> None:
        """Whatever is opened next is asked for anew: only that tells its UIDVALIDITY."""
        self._open = None

    def uids(self, folder: str) -> tuple[int, list[int]]:
        """UIDVALIDITY and every UID there, in order. The truth of each cycle (failure mode 2)."""
        self.closed()
        validity = self.opened(folder)
        return validity, sorted(set(self.client.search(["UNDELETED"])))

    def read(self, folder: str, validity: int, uid: int) -> bytes:
        """Raises Vanished, CutShort, NotHandedOver, or TooLarge with the header block."""
        if self.opened(folder) != validity:
            raise Vanished()
        size = self._one(uid, SIZE)
        if not isinstance(size, int):
            raise Vanished()
        if size > self._largest:
            raise TooLarge(self._bytes(uid, HEADERS)[:MOST_HEADERS])
        raw = self._bytes(uid, BODY)
        if len(raw) > self._largest:
            raise TooLarge(_head(raw))
        if len(raw) < size or not raw:
            raise CutShort()
        return raw

    def _bytes(self, uid: int, item: str) -> bytes:
        """What a fetch of a message gives; b"" for a server that says nothing of it."""
        found = self._one(uid, item)
        return found if isinstance(found, bytes) else b""

    def _one(self, uid: int, item: str) -> Any:
        try:
            fetched = self.client.fetch([uid], [item])
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as why:  # "NO", for this message
            raise NotHandedOver() from why
        if uid not in fetched:
            raise Vanished()  # failure mode 8
        answer = fetched[uid]
        return next((answer[key] for key in _keys(item) if key in answer), None)

    def _selected(self, folder: str, writing: bool) -> Any:
        try:
            return self.client.select_folder(self.naming.of(folder), readonly=not writing)
        except imaplib.IMAP4.readonly as why:  # imaplib counts it among what breaks a connection
            raise ReadOnly() from why
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as why:
            raise NoSuchFolder() from why


def _keys(item: str) -> Iterator[bytes]:
    """What a server may call the answer to `item`: without PEEK and without the length."""
    plain = item.replace(".PEEK", "")
    yield plain.encode()
    begin, _, length = plain.partition("<0.")
    if length:
        yield f"{begin}<0>".encode()
        yield begin.encode()


def _validity(selected: Any) -> int:
    """0 where a server does not tell: then UIDs are taken to stay good."""
    found = selected.get(b"UIDVALIDITY", 0)
    return found if isinstance(found, int) else 0


def _head(raw: bytes) -> bytes:
    """The header block of a message that should not have been fetched whole."""
    return raw[:MOST_HEADERS].partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
