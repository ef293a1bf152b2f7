"""A mailbox on a mail server as a source."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from intake.imap.connection_thread import Job, Owner, Spoilt
from intake.imap.errors import Away
from intake.imap.filing import Afterwards, FolderRefused, Messages
from intake.imap.session import About, ReadOnly, Session
from intake.message.parse import read_letterhead
from intake.source import (
    IN_THE_WAY,
    Beginning,
    Held,
    NotHandedOver,
    NotThere,
    NotYet,
    Offer,
    Outcome,
    Past,
    Stray,
    TooLarge,
    Unreadable,
    Vanished,
)

_WRITTEN = re.compile(r"([0-9a-f]{32})\.([0-9]{1,10})\.([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class Place:
    """`folder` is the mark that `mark_of` gives it."""

    folder: str
    validity: int
    uid: int

    def __str__(self) -> str:
        return f"{self.folder}.{self.validity}.{self.uid}"


def mark_of(account: str, folder: str, mark: Callable[[bytes], str]) -> str:
    """`account` names host and user; `mark` makes keyed hashes."""
    return mark(f"imap\0{account}\0{folder}".encode())[:32]


def read_place(text: str) -> Place | None:
    """None for what is not written as one."""
    found = _WRITTEN.fullmatch(text)
    return Place(found[1], int(found[2]), int(found[3])) if found else None


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
        self._beginnings: dict[str, Beginning] = {}  # by the folder's mark
        self._breaking: set[int] = set()
        self._fetching: dict[str, Job[bytes]] = {}  # what was asked for and not waited for

    def serve(self, nudge: Callable[[], None], stopping: threading.Event) -> None:
        """As part of a service: see Owner.serve."""
        self._owner.serve(nudge, stopping, PATIENCE)

    def progresses(self) -> bool:
        """Whether its thread does (failure mode 82)."""
        return self._owner.progresses()

    def close(self) -> None:
        self._owner.close()

    def past(self, known: Collection[str], before: datetime) -> Iterator[Past]:
        """Folder by folder. Raises NotThere or NotYet."""
        day = before.date()
        for mark, folder in self._folders.items():
            if mark not in known:
                past = self._ask(lambda session, f=folder: session.past(f, day))  # type: ignore[misc]
                validity, last, messages, oldest, later = past
                yield Past(mark, messages, oldest, f"{validity}.{last}", later)

    def begins(self, part: str, beginning: Beginning) -> None:
        self._beginnings[part] = beginning

    def offers(self) -> Iterator[Offer]:
        """Folder by folder, in the order in which the messages came. Raises NotThere or NotYet."""
        trouble: NotThere | None = None
        for mark, folder in self._folders.items():
            try:
                validity, uids = self._ask(self._listing(mark, folder))
            except NotThere as why:
                trouble = why
                continue
            for uid in uids:
                yield Offer(str(Place(mark, validity, uid)), singular=True)
        if trouble is not None:
            raise trouble

    def described(self, offers: Sequence[Offer]) -> list[Offer]:
        """In one round trip for each folder. Raises NotThere or NotYet."""
        places = {offer.place: read_place(offer.place) for offer in offers}
        numbers = defaultdict[tuple[str, int], list[int]](list)
        for place in filter(None, places.values()):
            numbers[place.folder, place.validity].append(place.uid)
        told = dict[str, About]()
        for (mark, validity), uids in numbers.items():
            told |= self._told(mark, validity, uids)
        return [self._described(offer, told.get(offer.place)) for offer in offers]

    def read(self, offer: Offer) -> bytes:
        """Raises Vanished, CutShort, NotHandedOver, TooLarge, NotYet or NotThere."""
        place = self._known(offer.place)
        if (why_not := self._spoilt.rests(offer.place)) is not None:
            raise why_not()
        job = self._fetching.pop(offer.place, None) or self._owner.submit(
            lambda session: self._read(session, place, offer.size)
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

    def strays(self) -> list[Stray]:
        """None: a mail server holds messages and nothing else."""
        return []

    def release(self, place: str, content: str, outcome: Outcome) -> None:
        """Put where it belongs. Raises NotThere, NotYet or Unreadable."""
        (ended,) = self.release_all([Held(place, content, outcome)])
        if ended is not None:
            raise ended

    def release_all(self, held: Sequence[Held]) -> list[Exception | None]:
        """Those of one folder and one outcome at once. Raises NotYet."""
        ended: dict[Held, Exception | None] = dict.fromkeys(held)
        groups = defaultdict[tuple[str, int, Outcome], list[tuple[Held, Place]]](list)
        for each in held:
            place = read_place(each.place)
            if place and place.folder in self._folders and self._after.touches(each.outcome):
                groups[place.folder, place.validity, each.outcome].append((each, place))
        for group in groups.values():
            why = self._released(group)
            ended |= {each: why for each, _ in group}
        return [ended[each] for each in held]

    def _released(self, group: Sequence[tuple[Held, Place]]) -> Exception | None:
        try:
            self._ask(lambda session: self._tidy(session, group))
        except Vanished:
            return None
        except (FolderRefused, ReadOnly) as why:
            refused = Unreadable()
            refused.__cause__ = why
            return refused
        except IN_THE_WAY as why:
            return why
        return None

    def _listing(self, mark: str, folder: str) -> Callable[[Session], tuple[int, list[int]]]:
        beginning = self._beginnings.get(mark)
        if beginning is None:
            return lambda session: session.uids(folder)
        since, after = beginning.at.date(), _numbers(beginning.last)
        return lambda session: session.uids(folder, since, after)

    def _told(self, mark: str, validity: int, uids: Sequence[int]) -> dict[str, About]:
        """Nothing of those among which there is one that breaks the connection: each of them is
        read by itself."""
        folder = self._folders.get(mark)
        if folder is None or not self._breaking.isdisjoint(uids):
            return {}
        job = self._owner.submit(lambda session: session.about(folder, validity, uids))
        try:
            found = self._owner.ask(job)
        except Vanished:
            return {}
        except NotYet as why:
            if self._owner.stops:
                raise
            raise Away(self.name) from why
        except Away:
            if job.broke:
                self._breaking.update(uids)
            raise
        return {str(Place(mark, validity, uid)): about for uid, about in found.items()}

    def _described(self, offer: Offer, about: About | None) -> Offer:
        place = read_place(offer.place)
        if about is None or place is None:
            return offer
        sender = read_letterhead(about.header + b"\r\n").sender
        return replace(offer, sender=sender, size=about.size, early=self._early(place, about))

    def _early(self, place: Place, about: About) -> bool:
        """Whether it lay there before. What came since is new, also when a person has moved an
        old message here."""
        beginning = self._beginnings.get(place.folder)
        if beginning is None or about.arrived is None or about.arrived >= beginning.at:
            return False
        validity, last = _numbers(beginning.last)
        return place.validity != validity or place.uid <= last

    def _ask(self, work: Callable[[Session], Any]) -> Any:
        """Raises NotYet only when the service is to stop."""
        try:
            return self._owner.ask(self._owner.submit(work))
        except NotYet as why:
            if self._owner.stops:
                raise
            raise Away(self.name) from why

    def _tidy(self, session: Session, group: Sequence[tuple[Held, Place]]) -> None:
        """What was not read through this very session is looked at once more: a server that
        numbers anew without saying so would else have a message put away that nobody has seen
        (failure mode 6). Within a session no number may change (RFC 3501, 2.3.1.1)."""
        uids = [place.uid for held, place in group if self._same(session, held, place)]
        if uids:
            held, place = group[0]
            messages = Messages(self._folders[place.folder], place.validity, uids)
            self._after.tidy(session, messages, held.outcome)

    def _same(self, session: Session, held: Held, place: Place) -> bool:
        if session.seen.pop(held.place, "") == held.content:
            return True
        try:
            raw = self._read(session, place)
        except TooLarge as why:
            raw = why.head
        except Vanished:
            return False
        return self._mark(raw) == held.content

    def _read(self, session: Session, place: Place, size: int | None = None) -> bytes:
        raw = session.read(self._folders[place.folder], place.validity, place.uid, size)
        session.seen[str(place)] = self._mark(raw)
        return raw

    def _known(self, text: str) -> Place:
        """Raises Vanished for a folder that is not watched any more."""
        place = read_place(text)
        if place is None or place.folder not in self._folders:
            raise Vanished()
        return place


def _numbers(last: str) -> tuple[int, int]:
    """UIDVALIDITY and UID, as `past` wrote them."""
    validity, _, uid = last.partition(".")
    return (int(validity), int(uid)) if validity.isdecimal() and uid.isdecimal() else (0, 0)
