"""Where a message goes that is done with: a folder per outcome, a keyword, or nowhere.

Does: makes the folders, and moves or marks messages, all of one outcome at once.
Trusts: the settings for the names; the spool, which holds the messages by now.
Never touches: flags that people see, and any message but those.
Known limits: on a server that has neither MOVE nor UIDPLUS a message is left where it is (failure
mode 9): taking the original away could take others with it.
"""

from __future__ import annotations

import imaplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from intake.imap import connection
from intake.imap.session import Session
from intake.source import Outcome, Vanished

# The keyword a message is given in mode "flag".
KEYWORDS: dict[Outcome, bytes] = {
    "accepted": b"SCR-accepted",
    "rejected": b"SCR-needs-changes",
    "referred": b"SCR-for-a-person",
    "held": b"SCR-held",
    "automatic": b"SCR-automatic",
    "duplicate": b"SCR-same-again",
    "set aside": b"SCR-for-a-person",
}
DELETED = b"\\Deleted"


class FolderRefused(Exception):
    """The mail server does not let the service make a folder for what is dealt with, or put
    anything there. See `after` in the settings of the mailbox."""


Way = Callable[[Session, Sequence[int], str], None]


@dataclass(frozen=True, slots=True)
class Messages:
    """Some of one folder, by its name in the settings."""

    folder: str
    validity: int
    uids: Sequence[int]


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What the settings say. What has no folder here stays where it is."""

    mode: Literal["move", "flag", "leave"] = "leave"
    folders: dict[Outcome, str] = field(default_factory=dict)

    def prepare(self, session: Session) -> list[str]:
        """Make the folders that are missing; the names of those that cannot be made."""
        if self.mode != "move":
            return []
        names = dict.fromkeys(self.folders.values())
        return [n for n in names if not connection.make(session.client, session.naming.of(n))]

    def touches(self, outcome: Outcome) -> bool:
        """Whether anything is done with what came to this."""
        if self.mode == "move":
            return bool(self.folders.get(outcome))
        return self.mode == "flag" and outcome in KEYWORDS

    def tidy(self, session: Session, messages: Messages, outcome: Outcome) -> None:
        """Put messages where their outcome belongs. Raises FolderRefused, ReadOnly or Vanished."""
        if not self.touches(outcome):
            return
        if self.mode == "move":
            _move(session, messages, session.naming.of(self.folders[outcome]))
        else:
            _mark(session, messages, KEYWORDS[outcome])


def _open(session: Session, messages: Messages) -> None:
    if session.opened(messages.folder, writing=True) != messages.validity:
        session.closed()
        raise Vanished()


def _move(session: Session, messages: Messages, target: str) -> None:
    way = _way(session)
    if way is None:
        return
    _open(session, messages)
    try:
        way(session, messages.uids, target)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:  # it may have been taken away since the start: once more
        if not connection.make(session.client, target):
            raise FolderRefused() from None
        try:
            way(session, messages.uids, target)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as why:
            raise FolderRefused() from why
    finally:
        session.closed()


def _by_move(session: Session, uids: Sequence[int], target: str) -> None:
    session.client.move(uids, target)


def _by_copy(session: Session, uids: Sequence[int], target: str) -> None:
    """UID EXPUNGE takes away those only; EXPUNGE would take what others have marked too."""
    session.client.copy(uids, target)
    session.client.add_flags(uids, [DELETED], silent=True)
    session.client.uid_expunge(uids)


def _way(session: Session) -> Way | None:
    for capability, way in (("MOVE", _by_move), ("UIDPLUS", _by_copy)):
        if session.client.has_capability(capability):
            return way
    return None


def _mark(session: Session, messages: Messages, keyword: bytes) -> None:
    """A folder that keeps no keywords is left as it is."""
    _open(session, messages)
    try:
        session.client.add_flags(messages.uids, [keyword], silent=True)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as why:
        raise FolderRefused() from why
    finally:
        session.closed()
