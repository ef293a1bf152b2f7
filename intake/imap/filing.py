"""Puts a message that is done with where it belongs: a folder per outcome, a keyword, or nowhere.

On a server that has neither MOVE nor UIDPLUS it is left where it is: taking it away could take
others with it (failure mode 9).
"""

from __future__ import annotations

import imaplib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from config.explained_error import ExplainedError
from intake.imap import connection
from intake.imap.session import ImapSession
from intake.source import ItemVanished, Outcome

# The keyword a message is given in mode "flag".
OUTCOME_KEYWORDS: dict[Outcome, bytes] = {
    "accepted": b"SCR-accepted",
    "rejected": b"SCR-needs-changes",
    "referred": b"SCR-for-a-person",
    "held": b"SCR-held",
    "refused": b"SCR-held",
    "automatic": b"SCR-automatic",
    "duplicate": b"SCR-same-again",
    "set aside": b"SCR-for-a-person",
}
DELETED_FLAG = b"\\Deleted"


class FolderRefused(ExplainedError):
    sentence = (
        "The mail server does not let the service make a folder for what is dealt with, or"
        " put anything there. See `after` in the settings of the mailbox."
    )


MoveMethod = Callable[[ImapSession, Sequence[int], str], None]


@dataclass(frozen=True, slots=True)
class FolderMessages:
    """Some of one folder, by its name in the settings."""

    folder: str
    validity: int
    uids: Sequence[int]


@dataclass(frozen=True, slots=True)
class FilingPlan:
    """What the settings say. What has no folder here stays where it is."""

    mode: Literal["move", "flag", "leave"] = "leave"
    folders: dict[Outcome, str] = field(default_factory=dict)

    def make_folders(self, session: ImapSession) -> list[str]:
        """Make the folders that are missing; the names of those that cannot be made."""
        return [
            n
            for n in self.target_folders()
            if not connection.ensure_folder(session.client, session.naming.server_folder_name(n))
        ]

    def target_folders(self) -> list[str]:
        """The folders that messages are moved to."""
        return (
            list(dict.fromkeys(filter(None, self.folders.values()))) if self.mode == "move" else []
        )

    def handles_outcome(self, outcome: Outcome) -> bool:
        """Whether anything is done with what came to this."""
        if self.mode == "move":
            return bool(self.folders.get(outcome))
        return self.mode == "flag" and outcome in OUTCOME_KEYWORDS

    def file_messages(
        self, session: ImapSession, messages: FolderMessages, outcome: Outcome
    ) -> None:
        """Put messages where their outcome belongs.

        Raises FolderRefused, FolderReadOnly or ItemVanished.
        """
        if not self.handles_outcome(outcome):
            return
        if self.mode == "move":
            _move(session, messages, session.naming.server_folder_name(self.folders[outcome]))
        else:
            _mark(session, messages, OUTCOME_KEYWORDS[outcome])


def _open(session: ImapSession, messages: FolderMessages) -> None:
    if session.open_folder(messages.folder, writing=True) != messages.validity:
        session.close_folder()
        raise ItemVanished()


def _move(session: ImapSession, messages: FolderMessages, target: str) -> None:
    way = _way(session)
    if way is None:
        return
    _open(session, messages)
    try:
        way(session, messages.uids, target)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:  # it may have been taken away since the start: once more
        if not connection.ensure_folder(session.client, target):
            raise FolderRefused() from None
        try:
            way(session, messages.uids, target)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as why:
            raise FolderRefused() from why
    finally:
        session.close_folder()


def _by_move(session: ImapSession, uids: Sequence[int], target: str) -> None:
    session.client.move(uids, target)


def _by_copy(session: ImapSession, uids: Sequence[int], target: str) -> None:
    """UID EXPUNGE takes away those only; EXPUNGE would take what others have marked too."""
    session.client.copy(uids, target)
    session.client.add_flags(uids, [DELETED_FLAG], silent=True)
    session.client.uid_expunge(uids)


def _way(session: ImapSession) -> MoveMethod | None:
    for capability, way in (("MOVE", _by_move), ("UIDPLUS", _by_copy)):
        if session.client.has_capability(capability):
            return way
    return None


def _mark(session: ImapSession, messages: FolderMessages, keyword: bytes) -> None:
    """A folder that keeps no keywords is left as it is."""
    _open(session, messages)
    try:
        session.client.add_flags(messages.uids, [keyword], silent=True)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as why:
        raise FolderRefused() from why
    finally:
        session.close_folder()
