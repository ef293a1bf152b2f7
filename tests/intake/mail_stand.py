"""A mailbox on a real server as the contract suite needs it: a source, and the world beside it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from commands.composition.sources import filing_plan, imap_address
from config.mailbox_settings import FilingSettings, ImapMailbox
from intake.imap.claim import claim_mailbox
from intake.imap.connection import open_connection
from intake.imap.connection_thread import BackOff, ConnectionThread, UnreadableMessages
from intake.imap.mailbox import Mailbox
from intake.imap.session import ImapSession
from intake.keys import Keys
from intake.sign_in.account import Login, PasswordLogin
from intake.source import MAX_CONTENT_BYTES, Outcome, SourceOffer, SourceUnavailable
from intake.source_claim import SourceClaim
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.servers.dripping import dripping
from tests.servers.scripted_imap import Scripted

# A mailbox of five messages. Of `CAN`, a server without MOVE, what is put away is copied first.
SMALL = """
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:messages=5
}
"""
CAN = "imap_capability = IMAP4rev1 UIDPLUS IDLE"
QUICK = 5.0  # seconds without an answer, on loopback


@dataclass(frozen=True)
class Account:
    """Signs in as any user of the test server."""

    user: str
    password: str = PASSWORD

    def login(self) -> Login:
        return PasswordLogin(self.user, self.password)

    def forget_rejected_login(self) -> None:
        pass


@dataclass(frozen=True)
class Message:
    """One message in a folder, worked on as the contract suite works on a file."""

    stand: MailStand
    uid: int

    def read_bytes(self) -> bytes:
        with self.stand.selected() as client:
            fetched = client.fetch([self.uid], ["BODY.PEEK[]", "FLAGS"])[self.uid]
            assert fetched[b"FLAGS"] in ((), (b"\\Recent",)), "read, or marked"
            content: bytes = fetched[b"BODY[]"]
            return content

    def unlink(self) -> None:
        with self.stand.selected() as client:
            client.delete_messages([self.uid])
            client.uid_expunge([self.uid])

    def write_bytes(self, content: bytes) -> None:
        """A message never changes: another one takes its place."""
        self.unlink()
        object.__setattr__(self, "uid", self.stand.put(content).uid)


class MailStand:
    """A user's mailbox on a server."""

    def __init__(
        self,
        server: Dovecot | Scripted,
        user: str,
        keys: Keys,
        folders: tuple[str, ...] = ("INBOX",),
        after: FilingSettings | None = None,
        largest: int = MAX_CONTENT_BYTES,
        answering: float = QUICK,
        password: str = PASSWORD,
        **where: Any,
    ) -> None:
        """`where` is what differs from the server's own Address."""
        self.server = server
        self.user = user
        self.folders = folders
        self.after = after or FilingSettings()
        self.largest = largest
        where = {"answering": answering, **where}
        self.address = replace(imap_address(settings(server, user)), **where)
        self.account = Account(user, password)
        self.mark: Callable[[bytes], str] = lambda data: keys.keyed_hash("content", data)
        self._open: list[Mailbox] = []
        self.source: Mailbox = self.opened()

    def opened(self, claim: SourceClaim | None = None) -> Mailbox:
        """The source as a process that has just started has it, of the register whose claim it
        is."""
        after = filing_plan(self.after)

        @contextmanager
        def dial() -> Iterator[ImapSession]:
            with open_connection(
                self.address, self.account, self.largest, owner.note_progress
            ) as client:
                session = ImapSession(client, self.largest)
                if claim is not None:
                    claim_mailbox(session, "mail-1", claim)
                after.make_folders(session)
                yield session

        owner = ConnectionThread("mail-1", dial, self.folders[0], BackOff(random.random))
        made = Mailbox(
            owner, self.user, self.folders, after, self.mark, UnreadableMessages(time.monotonic)
        )
        self._open.append(made)
        return made

    def close(self) -> None:
        for source in self._open:
            source.close()

    @contextmanager
    def selected(self, folder: str = "INBOX") -> Iterator[IMAPClient]:
        """The administrator's own mail program, with a folder open."""
        with self.server.client(self.user) as client:
            client.select_folder(folder)
            yield client

    def put(self, content: bytes, name: str = "", folder: str = "INBOX") -> Message:
        with self.server.client(self.user) as client:
            client.append(folder, content)
            client.select_folder(folder, readonly=True)
            return Message(self, client.search()[-1])

    def offers(self) -> list[SourceOffer]:
        return list(self.source.list_offers())

    def offers_or_none(self) -> list[SourceOffer]:
        """None while the mailbox is away."""
        try:
            return self.offers()
        except SourceUnavailable:
            return []

    def read(self) -> list[bytes]:
        return [self.source.read_content(offer) for offer in self.offers()]

    def release(self, offer: SourceOffer, content: bytes, outcome: Outcome = "taken") -> None:
        self.source.release_item(offer.place, self.mark(content), outcome)

    def lying_in(self, folder: str) -> list[bytes]:
        """What a folder holds."""
        with self.server.client(self.user) as client:
            client.select_folder(folder, readonly=True)
            found = client.fetch(client.search(), ["BODY.PEEK[]"])
            return sorted(message[b"BODY[]"] for message in found.values())

    def aside(self) -> list[bytes]:
        return self.lying_in(self.after.accepted)

    @contextmanager
    def locked(self, message: Message) -> Iterator[None]:
        """The server itself cannot read it."""
        assert isinstance(self.server, Dovecot)
        content = message.read_bytes()
        (file,) = (
            path
            for path in self.server.maildir(self.user).rglob("*")
            if path.is_file() and path.read_bytes() == content
        )
        file.chmod(0)
        yield
        file.chmod(0o600)

    @contextmanager
    def slow(self) -> Iterator[None]:
        """A server far away, that hands over little at a time."""
        assert isinstance(self.server, Dovecot)
        before = self.address, self.source
        with dripping(self.server.imaps) as port:
            self.address = replace(self.address, port=port)
            self.source = self.opened()
            yield
            self.address, self.source = before

    @contextmanager
    def full(self) -> Iterator[None]:
        """The mailbox holds no message more: see `SMALL`."""
        with self.server.client(self.user) as client:
            client.create_folder("Filler")
            while True:
                try:
                    client.append("Filler", b"filler")
                except IMAPClientError as why:
                    assert "OVERQUOTA" in str(why)
                    break
        yield
        with self.server.client(self.user) as client:
            client.delete_folder("Filler")


def settings(server: Dovecot | Scripted, user: str) -> ImapMailbox:
    """As they would be written for this server."""
    return ImapMailbox.model_validate(
        {
            "kind": "imap",
            "host": "localhost",
            "port": server.imaps if isinstance(server, Dovecot) else server.port,
            "ca_file": server.certificates.ca,
            "username": user,
            "password_file": Path("unused"),
            "authentication": "none",
        }
    )
