"""A mailbox on a mail server as a source.

Does: offers every message of its folders, reads it without a trace, and has it put where its
outcome belongs.
Trusts: the server's UIDs as long as UIDVALIDITY stays, and then not without comparing the bytes.
Never touches: flags that people see; mail that is not for the service.
Known limits: see `session.py`, `afterwards.py` and `owner.py`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from intake.imap.afterwards import Afterwards, FolderRefused
from intake.imap.owner import Job, Owner
from intake.imap.place import Place, mark_of, read_place
from intake.imap.retry import Spoilt
from intake.imap.session import ReadOnly, Session
from intake.imap.trouble import Away
from intake.source import (
    NotHandedOver,
    NotThere,
    NotYet,
    Offer,
    Outcome,
    TooLarge,
    Unreadable,
    Vanished,
)

PATIENCE = 20.0  # seconds that a round of the service waits for one answer


class Mailbox:
    """One account on a mail server."""

    def __init__(
        self,
        owner: Owner,
        account: str,
        folders: Sequence[str],
        after: Afterwards,
        mark: Callable[[bytes], str],
        spoilt: Spoilt,
    ) -> None:
        """`account` names host and user; `mark` makes keyed hashes."""
        self.name = owner.name
        self._owner = owner
        self._folders = {mark_of(account, folder, mark): folder for folder in folders}
        self._after = after
        self._mark = mark
        self._spoilt = spoilt
        self._fetching: dict[str, Job[bytes]] = {}  # what was asked for and not waited for

    def serve(self, nudge: Callable[[], None], stopping: threading.Event) -> None:
        """As part of a service: see Owner.serve."""
        self._owner.serve(nudge, stopping, PATIENCE)

    def progresses(self) -> bool:
        """Whether its thread does (failure mode 82)."""
        return self._owner.progresses()

    def close(self) -> None:
        self._owner.close()

    def offers(self) -> Iterator[Offer]:
        """Folder by folder, in the order in which the messages came. Raises NotThere or NotYet."""
        trouble: NotThere | None = None
        for mark, folder in self._folders.items():
            try:
                validity, uids = self._ask(lambda session, f=folder: session.uids(f))  # type: ignore[misc]
            except NotThere as why:
                trouble = why
                continue
            for uid in uids:
                yield Offer(str(Place(mark, validity, uid)), singular=True)
        if trouble is not None:
            raise trouble

    def read(self, offer: Offer) -> bytes:
        """Raises Vanished, CutShort, NotHandedOver, TooLarge, NotYet or NotThere."""
        place = self._known(offer.place)
        if (why_not := self._spoilt.rests(offer.place)) is not None:
            raise why_not()
        job = self._fetching.pop(offer.place, None) or self._owner.submit(
            lambda session: self._read(session, place)
        )
        try:
            raw = self._owner.ask(job)
        except NotYet:
            self._fetching = {offer.place: job}
            raise
        except NotHandedOver as why:
            self._spoilt.again(offer.place, type(why))
            raise
        except Away:
            if job.broke:
                self._spoilt.again(offer.place, NotHandedOver)
            raise
        self._spoilt.well(offer.place)
        return raw

    def release(self, place: str, content: str, outcome: Outcome) -> None:
        """Put where it belongs. Raises NotThere, NotYet or Unreadable."""
        if outcome == "not ours":
            return
        try:
            known = self._known(place)
            self._ask(lambda session: self._tidy(session, known, content, outcome))
        except Vanished:
            return
        except (FolderRefused, ReadOnly) as why:
            raise Unreadable() from why

    def _ask(self, work: Callable[[Session], Any]) -> Any:
        """Raises NotYet only when the service is to stop."""
        try:
            return self._owner.ask(self._owner.submit(work))
        except NotYet as why:
            if self._owner.stops:
                raise
            raise Away(self.name) from why

    def _tidy(self, session: Session, place: Place, content: str, outcome: Outcome) -> None:
        """Its bytes are looked at once more: a server that numbers anew without saying so would
        else have a message put away that nobody has seen (failure mode 6)."""
        try:
            raw = self._read(session, place)
        except TooLarge as why:
            raw = why.head
        if self._mark(raw) == content:
            self._after.tidy(session, self._folders[place.folder], place.uid, outcome)

    def _read(self, session: Session, place: Place) -> bytes:
        return session.read(self._folders[place.folder], place.validity, place.uid)

    def _known(self, text: str) -> Place:
        """Raises Vanished for a folder that is not watched any more."""
        place = read_place(text)
        if place is None or place.folder not in self._folders:
            raise Vanished()
        return place
