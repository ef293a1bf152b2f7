"""The clerk: takes one delivery out of the spool and brings it into the register.

Does: reads a delivery, finds whose it is, has each document judged, and logs everything in one
transaction. Decides first, acts after.
Trusts: a folder's permissions; what the mailroom has of a message's sender.
Never touches: letters; it does not know that they exist.
Known limits: the name of a dropped file is not kept, so nothing is said of a wrong ending.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from config.kind import Kinds
from handlers.attribution import Unplaced, by_folder, by_sender
from handlers.confined import Confined
from handlers.desk import Desk, Paper
from handlers.machine import noted
from handlers.mail import Mail, returns_in
from handlers.mailroom import Mailroom
from handlers.proof import Mailbox
from handlers.register.entry import Docket, EntryVerdict, Lot, Origin, Rehearsal, Submission
from handlers.register.people import Place
from handlers.register.register import Register
from handlers.settlement import Settlement
from handlers.signed_mail import questioned
from handlers.sorting import Sorting
from intake.delivery import Delivery
from intake.message.message import Attachment, Message
from intake.spool import Spool
from intake.vault import Vault

CONTAINERS = frozenset({"zip", "eml", "msg", "tnef"})  # what a folder may hold documents in


class Clerk:
    """Settles deliveries one at a time."""

    def __init__(
        self,
        spool: Spool,
        vault: Vault,
        register: Register,
        confined: Confined,
        kinds: Kinds,
        zone: ZoneInfo,
        mailboxes: Mapping[str, Mailbox],
        ours: Iterable[str] = (),
    ) -> None:
        """`mailboxes` say how each source's senders are proven; `ours` are the addresses the
        service has, whose mail is believed from nobody."""
        self._spool = spool
        self._vault = vault
        self._register = register
        self._confined = confined
        self._zone = zone
        self._mailroom = Mailroom(register, confined, mailboxes, ours)
        self._desk = Desk(register, confined, kinds)
        self._sorting = Sorting(register, self._desk)

    def settle(self, delivery: Delivery, now: datetime) -> Settlement:
        """Judge a delivery and log it. Raises what the world raises; nothing is logged then."""
        settlement = self._decide(delivery)
        day = self.day(delivery)
        with self._register.transaction():
            for lot in settlement.lots:
                self._register.logbook.log(Docket(delivery, lot.origin, lot.submissions, day, now))
            for note in settlement.notes:
                self._register.notes.note(delivery, note, now)
            self._spool.judged(delivery, settlement.outcome)
        return settlement

    def assigned(
        self, delivery: Delivery, place: Place, content: str | None = None, kind: str | None = None
    ) -> tuple[Submission, ...]:
        """What a delivery, or the one document of it with that `content`, comes to in the place a
        person gave it, taken to be of a `kind` if they said so. Nothing is logged: the decision
        does that."""
        raw, day = self._vault.get(delivery.content), self.day(delivery)
        mailed = not delivery.dropped
        papers = self._papers(
            self._mailroom.read(delivery, raw).documents if mailed else self._in_file(raw)
        )
        if content is None:
            return self._desk.submitted(papers, place, day, kind)
        own = [paper for paper in papers if paper.content == content]
        said = self._desk.judged(own, place, day, kind)
        return tuple(Submission(p.position, p.content, j) for p, j in zip(own, said, strict=True))

    def day(self, delivery: Delivery) -> date:
        """The day it reached us, by the board's clock."""
        return delivery.received.astimezone(self._zone).date()

    def _decide(self, delivery: Delivery) -> Settlement:
        raw = self._vault.get(delivery.content)
        if delivery.dropped:
            return Settlement((self._dropped(delivery, raw),))
        return self._mailed(delivery, self._mailroom.read(delivery, raw))

    def _dropped(self, delivery: Delivery, raw: bytes) -> Lot:
        places = self._register.people.places_of_agency(delivery.agency or "")
        place = by_folder(delivery.agency, delivery.case, places)
        if isinstance(place, Unplaced):
            return Lot(Origin(), (_apart(delivery, place),))
        papers = self._papers(self._in_file(raw))
        return Lot(origin_of(place), self._desk.submitted(papers, place, self.day(delivery)))

    def _in_file(self, raw: bytes) -> list[Attachment]:
        """The documents of one file: those inside it, where it is a zip or a message. The folder
        proves the agency; what a message in it says of its sender is not even read."""
        whole = Attachment(raw, self._confined.sniff(raw))
        if whole.sniffed not in CONTAINERS:
            return [whole]
        return returns_in(self._confined.open(raw)) or [whole]

    def _mailed(self, delivery: Delivery, mail: Mail) -> Settlement:
        if mail.message.automatic and not mail.documents:
            return self._automatic(delivery, mail)
        place = by_sender(mail.doubt, mail.evidence, mail.about, mail.unknown)
        papers = self._papers(mail.documents)
        day = self.day(delivery)
        if isinstance(place, Unplaced):
            return self._unplaced(delivery, mail, papers, place)
        if mail.rehearses:
            return Settlement(notes=(self._rehearsed(mail, papers, place, day),))
        submissions = questioned(self._desk.submitted(papers, place, day), mail.message)
        submissions += tuple(self._besides(delivery, mail, place))
        return Settlement((Lot(origin_of(place, mail.message), submissions),))

    def _automatic(self, delivery: Delivery, mail: Mail) -> Settlement:
        """Recorded for what it is, and never answered."""
        why, notes = noted(mail, self._register.threads, self.day(delivery))
        verdict: EntryVerdict = "automatic" if why == "automatic" else "refer"
        apart = Submission(0, delivery.content, verdict=verdict, reason=why)
        lot = Lot(Origin(automatic=mail.message.automatic), (apart,))
        return Settlement((lot,), notes, stays=mail.is_for_others)

    def _unplaced(
        self, delivery: Delivery, mail: Mail, papers: list[Paper], why: Unplaced
    ) -> Settlement:
        """Set apart as a whole; unless the documents tell of themselves which of the sender's
        own cases each is of."""
        if mail.is_for_others:
            return Settlement(stays=True)
        day = self.day(delivery)
        if why.reason != "case-unclear" or not papers:
            apart = self._sorting.described(_apart(delivery, why), papers, mail.evidence, day)
            return Settlement((Lot(Origin(automatic=mail.message.automatic), (apart,)),))
        sorted_ = self._sorting.by_case(papers, mail.about, why, day)
        lots = [
            Lot(
                origin_of(place, mail.message),
                questioned(self._desk.submitted(own, place, day), mail.message),
            )
            for place, own in sorted_.placed
        ]
        if sorted_.apart:
            lots.append(Lot(Origin(automatic=mail.message.automatic), sorted_.apart))
        return Settlement(tuple(lots))

    def _besides(self, delivery: Delivery, mail: Mail, place: Place) -> Iterator[Submission]:
        """What there is to say of the message itself, beside its documents."""
        if self._register.entries.known(place.agency_id, delivery.content):
            if not mail.documents:
                yield Submission(0, delivery.content)
        elif not mail.documents:
            yield _apart(delivery, mail.empty)
        elif mail.not_whole:
            yield _apart(delivery, Unplaced("refer", "not-whole"))

    def _rehearsed(self, mail: Mail, papers: list[Paper], place: Place, day: date) -> Rehearsal:
        said = [j for document in self._desk.judged(papers, place, day) for j in document]
        told = tuple(j for j in said if j.verdict != "hold")
        return Rehearsal(origin_of(place, mail.message), told, unsaid=len(said) - len(told))

    def _papers(self, documents: Iterable[Attachment]) -> list[Paper]:
        """The documents in their order; the same bytes twice in one delivery are one."""
        kept = {self._vault.put(document.content): document for document in documents}
        return [Paper(n, mark, document) for n, (mark, document) in enumerate(kept.items(), 1)]


def origin_of(place: Place, message: Message | None = None) -> Origin:
    return Origin(
        case_id=place.case_id,
        reference=place.reference,
        agency_id=place.agency_id,
        code=place.code,
        contact_id=place.contact.id if place.contact else None,
        thread=message.message_id if message else "",
        automatic=message.automatic if message else "",
    )


def _apart(delivery: Delivery, why: Unplaced) -> Submission:
    """The delivery as a whole, set apart for a person."""
    return Submission(
        0, delivery.content, verdict=why.verdict, reason=why.reason, candidates=why.candidates
    )
