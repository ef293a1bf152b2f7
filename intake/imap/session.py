"""A session: one signed-in connection, what is asked of a folder through it, and IDLE."""

from __future__ import annotations

import imaplib
import os
import select
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, cast

from config.explained_error import ExplainedError
from intake.headers.header_block import MAX_HEADER_BYTES
from intake.imap.connection import FolderNaming, ImapConnection, read_folder_naming
from intake.imap.errors import NoSuchFolder
from intake.source import ItemTooLarge, ItemVanished, MessageTruncated, MessageWithheld

IDLE_SLICE_SECONDS = (
    60.0  # seconds; well within the 9 minutes after which routers forget a connection
)


class WakeUpSignal:
    """Rung from any thread, heard by the one that waits; what rings twice before is heard once."""

    def __init__(self) -> None:
        self._hear, self._ring = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def wake_waiter(self) -> None:
        with suppress(OSError):  # full: it will be heard anyway; closed: nobody waits any more
            os.write(self._ring, b"!")

    def wait(self, seconds: float, connection: int | None = None) -> bool:
        """Until it rings, something comes on the connection, or the time is up. True for the
        second."""
        poll = select.poll()
        poll.register(self._hear, select.POLLIN)
        if connection is not None:
            poll.register(connection, select.POLLIN)
        ready = {descriptor for descriptor, _ in poll.poll(seconds * 1000)}
        if self._hear in ready:
            with suppress(BlockingIOError):
                os.read(self._hear, 4096)
        return connection in ready

    def close(self) -> None:
        os.close(self._hear)
        os.close(self._ring)


def listen_for_mail(
    client: ImapConnection, wake_up: WakeUpSignal, seconds: float = IDLE_SLICE_SECONDS
) -> bool:
    """Whether the server had something to say. Raises what a broken connection raises.

    After every slice IDLE is ended and a NOOP asked: a server that has gone would else be listened
    to for ever (failure modes 1 and 2).
    """
    if not client.has_capability("IDLE"):
        wake_up.wait(seconds)
        client.noop()
        return False
    client.idle()
    heard = has_buffered_data(client) or wake_up.wait(seconds, client.socket().fileno())
    client.idle_done()
    client.noop()
    return heard


def has_buffered_data(client: ImapConnection) -> bool:
    """Whether something came along with the last answer and waits, read from the connection but
    not by us: poll sees nothing of it. A server tells so what happened before IDLE began."""
    connection, inner = client.socket(), cast(Any, client)._imap
    patience = connection.gettimeout()
    connection.setblocking(False)
    try:
        return bool(inner.file.peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        connection.settimeout(patience)


SIZE_ITEM, BODY_ITEM = "RFC822.SIZE", "BODY.PEEK[]"
HEADER_ITEM = f"BODY.PEEK[HEADER]<0.{MAX_HEADER_BYTES}>"
ARRIVAL_ITEM, SENDER_ITEM = "INTERNALDATE", "BODY.PEEK[HEADER.FIELDS (FROM)]<0.8192>"
_MONTHS = [  # RFC 3501, whatever the locale
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_OLDEST = 1980  # mail is not older


class MessageSummary(NamedTuple):
    """What a message tells without being read; `header` is its From alone."""

    arrived: datetime | None
    size: int | None
    header: bytes


class FolderReadOnly(ExplainedError):
    sentence = "The mail server lets this account read the folder and change nothing in it."


class ImapSession:
    """Used by one thread (failure mode 13), and thrown away with its connection."""

    def __init__(self, client: ImapConnection, largest: int) -> None:
        self.client = client
        self.naming: FolderNaming = read_folder_naming(client)
        self._largest = largest
        self._open: tuple[str, bool] | None = None
        self._validity = 0
        self.next = 0  # what the folder said the next UID would be, when it was opened
        self.seen: dict[str, str] = {}  # what was read through this session: place to mark

    def open_folder(self, folder: str, *, writing: bool = False) -> int:
        """Open a folder by its name in the settings; its UIDVALIDITY. Raises NoSuchFolder, or
        FolderReadOnly."""
        if self._open != (folder, writing):
            self._open = None
            selected = self._selected(folder, writing)
            self._validity, self.next = (
                _number(selected, b"UIDVALIDITY"),
                _number(selected, b"UIDNEXT"),
            )
            self._open = (folder, writing)
        return self._validity

    def close_folder(self) -> None:
        """Whatever is opened next is asked for anew: only that tells its UIDVALIDITY."""
        self._open = None

    def search_uids(
        self, folder: str, since: date | None = None, after: tuple[int, int] = (0, 0)
    ) -> tuple[int, list[int]]:
        """UIDVALIDITY and every UID there, in order. The truth of each cycle (failure mode 2).

        With `since` only what came on that day or later, a day more for servers that live by
        another clock; and what is numbered later than `after` (UIDVALIDITY, UID).
        """
        self.close_folder()
        validity = self.open_folder(folder)
        wanted = ["UNDELETED"]
        if since is not None:
            came = ["SINCE", _day(since - timedelta(days=1))]
            later = ["UID", f"{after[1] + 1}:*"]
            wanted += ["OR", *came, *later] if after[0] == validity else came
        return validity, sorted(set(self.client.search(wanted)))

    def fetch_summaries(
        self, folder: str, validity: int, uids: Sequence[int]
    ) -> dict[int, MessageSummary]:
        """What can be told of many at once. Of a server that refuses, nothing.

        Raises ItemVanished.
        """
        if self.open_folder(folder) != validity:
            raise ItemVanished()
        try:
            fetched = self.client.fetch(uids, [ARRIVAL_ITEM, SIZE_ITEM, SENDER_ITEM])
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            return {}
        return {uid: _about(answer) for uid, answer in fetched.items()}

    def past_of_folder(
        self, folder: str, before: date, until: tuple[int, int] | None = None
    ) -> tuple[int, int, int, int | None, int]:
        """UIDVALIDITY, the last UID given, how many messages there are from before a day, the
        oldest one's year, and how many came since. What is numbered later than `until`
        (UIDVALIDITY, UID) came since whatever its day."""
        validity, uids = self.search_uids(folder)
        last = max(self.next - 1, 0, *uids[-1:])
        wanted = ["UNDELETED", "BEFORE", _day(before)]
        if until is not None and until[0] == validity:
            wanted += ["UID", f"1:{max(until[1], 1)}"]
        earlier = self.client.search(wanted) if uids else ()
        oldest = self._oldest() if earlier else None
        return validity, last, len(earlier), oldest, len(uids) - len(earlier)

    def _oldest(self) -> int:
        """By halving: the years in which anything came are asked about, not the messages."""
        low, high = _OLDEST, date.today().year + 1  # noqa: DTZ011  a year is near enough
        while low < high:
            middle = (low + high) // 2
            if self.client.search(["UNDELETED", "BEFORE", f"1-Jan-{middle + 1}"]):
                high = middle
            else:
                low = middle + 1
        return low

    def fetch_message(self, folder: str, validity: int, uid: int, size: int | None = None) -> bytes:
        """Raises ItemVanished, MessageTruncated, MessageWithheld, or ItemTooLarge with the header
        block. A `size` that is known is not asked for again."""
        if self.open_folder(folder) != validity:
            raise ItemVanished()
        if size is None:
            size = self._one(uid, SIZE_ITEM)
        if not isinstance(size, int):
            raise ItemVanished()
        if size > self._largest:
            raise ItemTooLarge(self._bytes(uid, HEADER_ITEM)[:MAX_HEADER_BYTES])
        raw = self._bytes(uid, BODY_ITEM)
        if len(raw) > self._largest:
            raise ItemTooLarge(_head(raw))
        if len(raw) < size or not raw:
            raise MessageTruncated()
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
            raise MessageWithheld() from why
        if uid not in fetched:
            raise ItemVanished()  # failure mode 8
        answer = fetched[uid]
        return next((answer[key] for key in _keys(item) if key in answer), None)

    def _selected(self, folder: str, writing: bool) -> Any:
        try:
            return self.client.select_folder(
                self.naming.server_folder_name(folder), readonly=not writing
            )
        except imaplib.IMAP4.readonly as why:  # imaplib counts it among what breaks a connection
            raise FolderReadOnly() from why
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


def _number(selected: Any, key: bytes) -> int:
    """0 where a server does not tell: without UIDVALIDITY UIDs are taken to stay good."""
    found = selected.get(key, 0)
    return found if isinstance(found, int) else 0


def _about(answer: Any) -> MessageSummary:
    arrived, size = answer.get(ARRIVAL_ITEM.encode()), answer.get(SIZE_ITEM.encode())
    found = (v for k, v in answer.items() if k.startswith(b"BODY[HEADER") and isinstance(v, bytes))
    return MessageSummary(
        arrived.astimezone() if isinstance(arrived, datetime) else None,  # it is our local time
        size if isinstance(size, int) and size else None,  # of what has just gone some say 0
        next(found, b""),
    )


def _day(day: date) -> str:
    return f"{day.day}-{_MONTHS[day.month - 1]}-{day.year}"


def _head(raw: bytes) -> bytes:
    """The header block of a message that should not have been fetched whole."""
    return raw[:MAX_HEADER_BYTES].partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
