"""A mailbox on a mail server as a source."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from intake.imap.connection_thread import ConnectionJob, ConnectionThread, UnreadableMessages
from intake.imap.errors import MailServerUnreachable, NoSuchFolder
from intake.imap.filing import FilingPlan, FolderMessages, FolderRefused
from intake.imap.session import FolderReadOnly, ImapSession, MessageSummary
from intake.message.parse import read_message_head
from intake.source import (
    RELEASE_ERRORS,
    DealtWithItem,
    DeliveryForm,
    HeldItem,
    ItemTooLarge,
    ItemUnreadable,
    ItemVanished,
    MessageWithheld,
    Outcome,
    PartBeginning,
    PastContents,
    SourceOffer,
    SourceUnavailable,
    StillFetching,
    StrayItem,
    WithdrawnCopy,
)
from intake.source_claim import SourceClaimedElsewhere

_WRITTEN = re.compile(r"([0-9a-f]{32})\.([0-9]{1,10})\.([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class MessagePlace:
    """`folder` is the mark that `folder_mark` gives it."""

    folder: str
    validity: int
    uid: int

    def __str__(self) -> str:
        return f"{self.folder}.{self.validity}.{self.uid}"


def folder_mark(account: str, folder: str, mark: Callable[[bytes], str]) -> str:
    """`account` names host and user; `mark` makes keyed hashes."""
    return mark(f"imap\0{account}\0{folder}".encode())[:32]


def parse_message_place(text: str) -> MessagePlace | None:
    """None for what is not written as one."""
    found = _WRITTEN.fullmatch(text)
    return MessagePlace(found[1], int(found[2]), int(found[3])) if found else None


CLAIM_SECONDS = 10.0  # seconds that the start waits for a server to say whose a mailbox is
ANSWER_SECONDS = 20.0  # seconds that a round of the service waits for one answer


class Mailbox:
    """One account on a mail server."""

    form = DeliveryForm.MESSAGE
    proves_agency = False
    remote = True

    def __init__(
        self,
        owner: ConnectionThread,
        account: str,
        folders: Sequence[str],
        after: FilingPlan,
        mark: Callable[[bytes], str],
        spoilt: UnreadableMessages,
    ) -> None:
        """`account` names host and user; `mark` makes keyed hashes."""
        self.name = owner.name
        self._owner = owner
        self._folders = {folder_mark(account, folder, mark): folder for folder in folders}
        self._account = account
        self._after = after
        self._mark = mark
        self._spoilt = spoilt
        self._beginnings: dict[str, PartBeginning] = {}  # by the folder's mark
        self._breaking: set[int] = set()
        self._fetching: dict[
            str, ConnectionJob[bytes]
        ] = {}  # what was asked for and not waited for

    def attach_to_service(self, nudge: Callable[[], None], stopping: threading.Event) -> None:
        """As part of a service: see Owner.serve."""
        self._owner.attach_to_service(nudge, stopping, ANSWER_SECONDS)

    def is_progressing(self) -> bool:
        """Whether its thread does (failure mode 82)."""
        return self._owner.is_progressing()

    def close(self) -> None:
        self._owner.close()

    @contextmanager
    def claimed_exclusively(self) -> Iterator[None]:
        self.refuse_if_claimed_elsewhere()
        yield

    def remove_copies(self, withdrawn: WithdrawnCopy) -> None:
        """None: nothing on a mail server is deleted by us."""
        return

    def refuse_if_claimed_elsewhere(self) -> None:
        """Connect, which claims it, before anything is taken from any source. A server that does
        not answer soon is an outage like any other, and claimed once it does. Raises
        SourceClaimedElsewhere."""
        job = self._owner.submit_work(lambda session: None)
        try:
            self._owner.wait_for_job(job, CLAIM_SECONDS)
        except SourceClaimedElsewhere:
            raise
        except (StillFetching, SourceUnavailable):
            pass

    def find_past_contents(
        self, known: Collection[str], before: datetime
    ) -> Iterator[PastContents]:
        """Folder by folder. Raises SourceUnavailable or StillFetching."""
        day = before.date()
        for mark, folder in self._folders.items():
            if mark not in known:
                past = self._ask(lambda session, f=folder: session.past_of_folder(f, day))  # type: ignore[misc]
                validity, last, messages, oldest, later = past
                yield PastContents(mark, messages, oldest, f"{validity}.{last}", later)

    def set_beginning(self, part: str, beginning: PartBeginning) -> None:
        self._beginnings[part] = beginning

    def list_offers(self) -> Iterator[SourceOffer]:
        """Folder by folder, in the order in which the messages came.

        Raises SourceUnavailable or StillFetching.
        """
        trouble: SourceUnavailable | None = None
        for mark, folder in self._folders.items():
            try:
                validity, uids = self._ask(self._listing(mark, folder))
            except SourceUnavailable as why:
                trouble = why
                continue
            for uid in uids:
                yield SourceOffer(str(MessagePlace(mark, validity, uid)), singular=True)
        if trouble is not None:
            raise trouble

    def describe_offers(self, offers: Sequence[SourceOffer]) -> list[SourceOffer]:
        """In one round trip for each folder. Raises SourceUnavailable or StillFetching."""
        places = {offer.place: parse_message_place(offer.place) for offer in offers}
        numbers = defaultdict[tuple[str, int], list[int]](list)
        for place in filter(None, places.values()):
            numbers[place.folder, place.validity].append(place.uid)
        told = dict[str, MessageSummary]()
        for (mark, validity), uids in numbers.items():
            told |= self._told(mark, validity, uids)
        return [self._described(offer, told.get(offer.place)) for offer in offers]

    def read_content(self, offer: SourceOffer) -> bytes:
        """Raises ItemVanished, MessageTruncated, MessageWithheld, ItemTooLarge, StillFetching or
        SourceUnavailable."""
        place = self._known(offer.place)
        if (why_not := self._spoilt.reason_to_wait(offer.place)) is not None:
            raise why_not()
        job = self._fetching.pop(offer.place, None) or self._owner.submit_work(
            lambda session: self._read(session, place, offer.size)
        )
        try:
            raw = self._owner.wait_for_job(job)
        except StillFetching:
            self._fetching = {offer.place: job}
            raise
        except MessageWithheld as why:
            self._spoilt.note_failure(offer.place, type(why))
            raise
        except MailServerUnreachable:
            if job.broke:
                self._spoilt.note_failure(offer.place, MessageWithheld)
            raise
        self._spoilt.note_success(offer.place)
        return raw

    def list_dealt_with(self, since: datetime) -> Iterator[DealtWithItem]:
        """What lies in the folders for what is dealt with, by the day it came, as the server tells
        it. Raises SourceUnavailable."""
        for folder in self._after.target_folders():
            try:
                validity, uids = self._ask(
                    lambda session, f=folder: session.search_uids(f, since.date())  # type: ignore[misc]
                )
            except NoSuchFolder:
                continue
            for uid in uids:
                if (found := self._put_away(folder, validity, uid, since)) is not None:
                    yield found

    def _put_away(
        self, folder: str, validity: int, uid: int, since: datetime
    ) -> DealtWithItem | None:
        place = str(MessagePlace(folder_mark(self._account, folder, self._mark), validity, uid))
        try:
            about = self._ask(lambda session: session.fetch_summaries(folder, validity, [uid]))
            raw = self._ask(lambda session: session.fetch_message(folder, validity, uid))
        except (ItemVanished, MessageWithheld, ItemTooLarge):
            return None
        came = about[uid].arrived if uid in about and about[uid].arrived else since
        sender = read_message_head(raw).sender
        return DealtWithItem(SourceOffer(place, singular=True, sender=sender), raw, came)

    def list_strays(self) -> list[StrayItem]:
        """None: a mail server holds messages and nothing else."""
        return []

    def release_item(self, place: str, content: str, outcome: Outcome) -> None:
        """Put where it belongs. Raises SourceUnavailable, StillFetching or ItemUnreadable."""
        (ended,) = self.release_items([HeldItem(place, content, outcome)])
        if ended is not None:
            raise ended

    def release_items(self, held: Sequence[HeldItem]) -> list[Exception | None]:
        """Those of one folder and one outcome at once. Raises StillFetching."""
        ended: dict[HeldItem, Exception | None] = dict.fromkeys(held)
        groups = defaultdict[tuple[str, int, Outcome], list[tuple[HeldItem, MessagePlace]]](list)
        for each in held:
            place = parse_message_place(each.place)
            if (
                place
                and place.folder in self._folders
                and self._after.handles_outcome(each.outcome)
            ):
                groups[place.folder, place.validity, each.outcome].append((each, place))
        for group in groups.values():
            why = self._released(group)
            ended |= {each: why for each, _ in group}
        return [ended[each] for each in held]

    def _released(self, group: Sequence[tuple[HeldItem, MessagePlace]]) -> Exception | None:
        try:
            self._ask(lambda session: self._tidy(session, group))
        except ItemVanished:
            return None
        except (FolderRefused, FolderReadOnly) as why:
            refused = ItemUnreadable()
            refused.__cause__ = why
            return refused
        except RELEASE_ERRORS as why:
            return why
        return None

    def _listing(self, mark: str, folder: str) -> Callable[[ImapSession], tuple[int, list[int]]]:
        beginning = self._beginnings.get(mark)
        if beginning is None:
            return lambda session: session.search_uids(folder)
        since, after = beginning.at.date(), last_numbers(beginning.last)
        return lambda session: session.search_uids(folder, since, after)

    def _told(self, mark: str, validity: int, uids: Sequence[int]) -> dict[str, MessageSummary]:
        """Nothing of those among which there is one that breaks the connection: each of them is
        read by itself."""
        folder = self._folders.get(mark)
        if folder is None or not self._breaking.isdisjoint(uids):
            return {}
        job = self._owner.submit_work(
            lambda session: session.fetch_summaries(folder, validity, uids)
        )
        try:
            found = self._owner.wait_for_job(job)
        except ItemVanished:
            return {}
        except StillFetching as why:
            if self._owner.is_stopping:
                raise
            raise MailServerUnreachable(self.name) from why
        except MailServerUnreachable:
            if job.broke:
                self._breaking.update(uids)
            raise
        return {str(MessagePlace(mark, validity, uid)): about for uid, about in found.items()}

    def _described(self, offer: SourceOffer, about: MessageSummary | None) -> SourceOffer:
        place = parse_message_place(offer.place)
        if about is None or place is None:
            return offer
        sender = read_message_head(about.header + b"\r\n").sender
        return replace(offer, sender=sender, size=about.size, early=self._early(place, about))

    def _early(self, place: MessagePlace, about: MessageSummary) -> bool:
        """Whether it lay there before. What came since is new, also when a person has moved an
        old message here."""
        beginning = self._beginnings.get(place.folder)
        if beginning is None or about.arrived is None or about.arrived >= beginning.at:
            return False
        validity, last = last_numbers(beginning.last)
        return place.validity != validity or place.uid <= last

    def _ask(self, work: Callable[[ImapSession], Any]) -> Any:
        """Raises StillFetching only when the service is to stop."""
        try:
            return self._owner.wait_for_job(self._owner.submit_work(work))
        except StillFetching as why:
            if self._owner.is_stopping:
                raise
            raise MailServerUnreachable(self.name) from why

    def _tidy(self, session: ImapSession, group: Sequence[tuple[HeldItem, MessagePlace]]) -> None:
        """What was not read through this very session is looked at once more: a server that
        numbers anew without saying so would else have a message moved off that nobody has seen
        (failure mode 6). Within a session no number may change (RFC 3501, 2.3.1.1)."""
        uids = [place.uid for held, place in group if self._same(session, held, place)]
        if uids:
            held, place = group[0]
            messages = FolderMessages(self._folders[place.folder], place.validity, uids)
            self._after.file_messages(session, messages, held.outcome)

    def _same(self, session: ImapSession, held: HeldItem, place: MessagePlace) -> bool:
        if session.seen.pop(held.place, "") == held.content:
            return True
        try:
            raw = self._read(session, place)
        except ItemTooLarge as why:
            raw = why.head
        except ItemVanished:
            return False
        return self._mark(raw) == held.content

    def _read(self, session: ImapSession, place: MessagePlace, size: int | None = None) -> bytes:
        raw = session.fetch_message(self._folders[place.folder], place.validity, place.uid, size)
        session.seen[str(place)] = self._mark(raw)
        return raw

    def _known(self, text: str) -> MessagePlace:
        """Raises ItemVanished for a folder that is not watched any more."""
        place = parse_message_place(text)
        if place is None or place.folder not in self._folders:
            raise ItemVanished()
        return place


def last_numbers(last: str) -> tuple[int, int]:
    """UIDVALIDITY and UID, as the source noted them."""
    validity, _, uid = last.partition(".")
    return (int(validity), int(uid)) if validity.isdecimal() and uid.isdecimal() else (0, 0)
