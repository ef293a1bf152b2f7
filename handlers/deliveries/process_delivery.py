"""The clerk: takes one delivery out of the spool and brings it into the register.

Does: reads a delivery, finds whose it is, has each document judged, and logs everything in one
transaction. Decides first, acts after.
Trusts: a folder's permissions; what the mailroom has of a message's sender.
Never touches: letters; it does not know that they exist.
Known limits: of a dropped file's name only the ending is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from config.kind import Kinds
from handlers.deliveries.judge_documents import (
    Desk,
    Paper,
    apart,
    could_be,
    documents_in,
    nobodys,
    origin_of,
    says_not_whole,
)
from handlers.deliveries.message_text import LETTERS, AskedIn, InWords
from handlers.deliveries.outcome import Settlement
from handlers.deliveries.sort_by_case import Sorting
from handlers.judging.in_sandbox import Confined
from handlers.register.agencies import Place
from handlers.register.register import Register
from handlers.register.submissions import (
    NOT_JUDGED,
    Back,
    Docket,
    EntryVerdict,
    Lot,
    Origin,
    Rehearsal,
    Submission,
)
from handlers.senders.attribution import Surroundings, Unplaced, by_folder, by_sender
from handlers.senders.auto_replies import noted
from handlers.senders.covering_note import may_take_back, says_more
from handlers.senders.leavers import leaving
from handlers.senders.mail import Mail, Mailroom
from handlers.senders.sender_proof import MailboxPolicy
from handlers.values.time_requests import named_kinds
from intake.decoding import ending
from intake.disk_errors import disk_is_full
from intake.message.message import Attachment
from intake.spool import Delivery, Spool
from intake.vault import Vault

NOT_WHOLE = Unplaced("refer", "not-whole")
TAKES_BACK = Unplaced("refer", "takes-back")
MAY_TAKE_BACK = frozenset({"nothing-attached", "document-missing", "thanks"})
OF_A_CONTACT = frozenset({"contact-left", "challenge"})  # what to tell by the agency's name


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
        mailboxes: Mapping[str, MailboxPolicy],
        ours: Iterable[str] = (),
        asked_in: AskedIn = lambda agency_id, message_ids: (),
    ) -> None:
        """`mailboxes` say how each source's senders are proven; `ours` are the addresses the
        service has, whose mail is believed from nobody; `asked_in` tells what letters of ours asked
        an agency for."""
        self._spool = spool
        self._vault = vault
        self._register = register
        self._confined = confined
        self._kinds = kinds
        self._zone = zone
        self._mailroom = Mailroom(register, confined, mailboxes, ours)
        self._desk = Desk(register, confined, kinds)
        self._sorting = Sorting(register, self._desk)
        self._words = InWords(register, vault, self._desk, kinds, asked_in)

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

    def set_aside(self, delivery: Delivery, now: datetime, *, read: bool = True) -> None:
        """Log as a question what could not be judged, for whoever it is of: a person looks. A
        message that may have ended the process is not `read` for that, and is nobody's."""
        origin, candidates = self._whose(delivery, read=read)
        whole = apart(delivery.content, Unplaced("refer", NOT_JUDGED, candidates))
        with self._register.transaction():
            self._register.logbook.log(Docket(delivery, origin, (whole,), self.day(delivery), now))
            self._spool.set_aside(delivery)

    def _whose(self, delivery: Delivery, *, read: bool) -> tuple[Origin, tuple[str, ...]]:
        """Whose it is as far as that is certain, and the cases it could be of."""
        message = None
        if delivery.dropped:
            place = self._folder(delivery)
        elif not read:
            return nobodys(), ()
        else:
            try:
                mail = self._mailroom.read(delivery, self._vault.get(delivery.content))
            except Exception as why:  # it has gone wrong three times already
                if disk_is_full(why):
                    raise
                return nobodys(), ()
            message = mail.message
            place = by_sender(mail.doubt, mail.evidence, mail.about, mail.unknown)
        if isinstance(place, Unplaced):
            return nobodys(message), place.candidates
        return origin_of(place, message), ()

    def _folder(self, delivery: Delivery) -> Place | Unplaced:
        places = self._register.people.places_of_agency(delivery.agency or "")
        elsewhere = self._register.cases.references()
        shapes = self._register.cases.shapes
        return by_folder(delivery.agency, delivery.case, places, elsewhere, shapes)

    def is_for_others(self, source: str, raw: bytes, received: datetime) -> bool:
        """Whether a message is for nobody here, before it is taken in. Raises Unforeseen or
        NoWorker."""
        unseen = Delivery(0, source, "", None, None, "", received, "spooled", 0)
        mail = self._mailroom.read(unseen, raw)
        _, notes = noted(mail, self._register.threads, self.day(unseen))
        return mail.is_for_others and not notes

    def assigned(
        self, delivery: Delivery, place: Place, content: str | None = None, kind: str | None = None
    ) -> tuple[Submission, ...]:
        """What a delivery, or the one document of it with that `content`, comes to in the place a
        person gave it, taken to be of a `kind` if they said so. Nothing is logged: the decision
        does that."""
        raw, day = self._vault.get(delivery.content), self.day(delivery)
        mailed = not delivery.dropped
        if mailed:
            mail = self._mailroom.read(delivery, raw)
            if not (mail.documents or content or kind):
                return self._message(delivery, mail, place, day)
            documents = mail.documents
            if content or not documents:
                documents = [*documents, *self._words.letter(mail, day)]
        else:
            documents = self._in_file(delivery, raw)
        papers = self._papers(documents)
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
            return Settlement(self._dropped(delivery, raw))
        mail = self._mailroom.read(delivery, raw)
        day = self.day(delivery)
        why, notes = noted(mail, self._register.threads, day)
        if mail.message.automatic and not self._brings_a_return(mail, day):
            settlement = self._automatic(delivery, mail, why)
        else:
            settlement = self._mailed(delivery, mail)
        return replace(settlement, notes=(*settlement.notes, *notes, *self._back(mail, day)))

    def _back(self, mail: Mail, day: date) -> Iterator[Back]:
        """Who was away is back, by a proven message of their own."""
        for place in mail.about.places if mail.by_hand else ():
            if place.contact is not None and self._register.notes.away(place.contact.id, day):
                yield Back(place.contact.id, day)

    def _dropped(self, delivery: Delivery, raw: bytes) -> tuple[Lot, ...]:
        place = self._folder(delivery)
        if isinstance(place, Unplaced) and place.reason != "case-unclear":
            return (Lot(nobodys(), (apart(delivery.content, place),)),)
        papers, day = self._papers(self._in_file(delivery, raw)), self.day(delivery)
        if isinstance(place, Unplaced):
            places = self._register.people.places_of_agency(delivery.agency or "")
            about = Surroundings(places)
            whole = could_be(apart(delivery.content, place), places)
            return self._sorting.by_case(papers, about, place, day) or (Lot(nobodys(), (whole,)),)
        return (Lot(origin_of(place), self._desk.submitted(papers, place, day)),)

    def _in_file(self, delivery: Delivery, raw: bytes) -> list[Attachment]:
        return documents_in(raw, self._confined, ending(delivery.name or "")) or [
            Attachment(raw, "")
        ]

    def _mailed(self, delivery: Delivery, mail: Mail) -> Settlement:
        place = by_sender(mail.doubt, mail.evidence, mail.about, mail.unknown)
        papers = self._papers(mail.documents)
        day = self.day(delivery)
        if isinstance(place, Unplaced):
            return self._unplaced(delivery, mail, papers, place)
        if mail.rehearses:
            return Settlement(notes=(self._rehearsed(mail, papers, place, day),))
        lot = self._desk.heeded(self._desk.submitted(papers, place, day), place, mail.message)
        worded = tuple[Submission, ...]()
        if not papers or says_more(lot):
            worded = self._words.submitted(mail, place, day, lot.submissions)
        besides = self._besides(delivery, mail, place, (*lot.submissions, *worded))
        # What is an entry of its own is not told once more.
        origin = replace(lot.origin, says_more=lot.origin.says_more and not worded)
        return Settlement((Lot(origin, (*lot.submissions, *worded, *besides)),))

    def _message(
        self, delivery: Delivery, mail: Mail, place: Place, day: date
    ) -> tuple[Submission, ...]:
        """What a message without a document comes to, in the place a person gave it."""
        words = self._words.submitted(mail, place, day, ())
        return (*words, *self._besides(delivery, mail, place, words))

    def _brings_a_return(self, mail: Mail, day: date) -> bool:
        """Whether there is something in a machine's mail to log. With an absence note, houses send
        leaflets and notices: it is a return only where it is known as one."""
        if mail.message.automatic != "absence":
            return bool(mail.documents)
        papers = self._papers(mail.documents)
        return any(self._desk.is_a_return(paper, day) for paper in papers)

    def _automatic(self, delivery: Delivery, mail: Mail, why: str) -> Settlement:
        """Recorded for what it is, and never answered."""
        verdict: EntryVerdict = "automatic" if why == "automatic" else "refer"
        left = leaving(mail) if why == "contact-left" else None
        whole = Submission(0, delivery.content, verdict=verdict, reason=why, leaving=left)
        origin, places = nobodys(mail.message), mail.about.places
        if why in OF_A_CONTACT and len(places) == 1:
            origin = origin_of(places[0], mail.message)
        stays = mail.is_for_others and verdict == "automatic"
        return Settlement((Lot(origin, (whole,)),), stays=stays)

    def _unplaced(
        self, delivery: Delivery, mail: Mail, papers: list[Paper], why: Unplaced
    ) -> Settlement:
        """Set apart as a whole; unless the documents tell of themselves which of the sender's
        own cases each is of."""
        if mail.is_for_others:
            return Settlement(stays=True)
        day, lots = self.day(delivery), tuple[Lot, ...]()
        if why.reason == "case-unclear" and not mail.rehearses:
            besides = [apart(delivery.content, NOT_WHOLE)] if mail.not_whole else []
            lots = self._sorting.by_case(papers, mail.about, why, day, mail.message, besides)
        if not lots:
            whole = self._whole(delivery, mail, why)
            whole = self._sorting.described(whole, papers, mail.evidence, day)
            lots = (Lot(nobodys(mail.message), (whole,)),)
        return Settlement(lots)

    def _whole(self, delivery: Delivery, mail: Mail, why: Unplaced) -> Submission:
        """A message as a whole. Of one whose sender is proven and whose case is not certain, where
        it could be of; and, where nothing is attached, what it is in itself."""
        if why.reason != "case-unclear":
            return apart(delivery.content, why)
        whole = could_be(apart(delivery.content, why), mail.about.places)
        if mail.documents or mail.rehearses:
            return whole
        day = self.day(delivery)
        letter = self._words.letter(mail, day) if mail.empty.reason in LETTERS else []
        kinds = (self._desk.likeness(p, day)[0] for p in self._papers(letter))
        names = named_kinds(f"{mail.message.subject}\n{mail.message.own_words}", self._kinds)
        reason, kind, left = mail.empty.reason, next(kinds, None), leaving(mail)
        return replace(whole, reason=reason, kind=kind, names=names, leaving=left)

    def _besides(
        self, delivery: Delivery, mail: Mail, place: Place, documents: Sequence[Submission]
    ) -> Iterator[Submission]:
        """What there is to say of the message itself, beside its documents."""
        backs = () if mail.documents else self._taken_back(mail, place, alone=not documents)
        if documents and not (mail.documents or backs):
            return
        if self._register.entries.known(place.agency_id, delivery.content):
            if not mail.documents:
                yield Submission(0, delivery.content)
        elif backs:
            yield replace(apart(delivery.content, TAKES_BACK), names=backs)
        elif not mail.documents:
            whole = replace(apart(delivery.content, mail.empty), leaving=leaving(mail))
            yield self._words.apart(whole, mail, place)
        elif "removed" in mail.message.trouble:
            yield apart(delivery.content, Unplaced("refer", "removed-on-the-way"))
        elif mail.not_whole and not any(says_not_whole(d.judgements) for d in documents):
            yield apart(delivery.content, NOT_WHOLE)

    def _taken_back(self, mail: Mail, place: Place, *, alone: bool) -> tuple[str, ...]:
        """The kinds, of those accepted, that a message may take back: a nil return before all
        else; else those that it names, or all. Nothing but its words is it taken from where it is
        no return itself."""
        if mail.empty.reason not in MAY_TAKE_BACK:
            return ()
        entries = self._register.entries.of_agency(place.agency_id)
        accepted = {e.kind for e in entries if e.stands == "accept" and e.kind}
        settling = {kind.id for kind in self._kinds.all if kind.settles_pack} & accepted
        if not accepted or not may_take_back(mail.message, nil=bool(settling) and alone):
            return ()
        words = f"{mail.message.subject}\n{mail.message.own_words}"
        named = accepted.intersection(named_kinds(words, self._kinds))
        return tuple(sorted(settling or named or accepted))

    def _rehearsed(self, mail: Mail, papers: list[Paper], place: Place, day: date) -> Rehearsal:
        said = [j for document in self._desk.judged(papers, place, day) for j in document]
        told = tuple(j for j in said if j.verdict != "hold")
        return Rehearsal(origin_of(place, mail.message), told, unsaid=len(said) - len(told))

    def _papers(self, documents: Iterable[Attachment]) -> list[Paper]:
        """The documents in their order; the same bytes twice in one delivery are one."""
        kept = {self._vault.put(document.content): document for document in documents}
        return [Paper(n, mark, document) for n, (mark, document) in enumerate(kept.items(), 1)]
