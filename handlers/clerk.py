"""The clerk: takes one delivery out of the spool and brings it into the register.

Does: reads a delivery, finds whose it is, has each document judged, and logs everything in one
transaction. Decides first, acts after.
Trusts: a folder's permissions; a mailbox's policy for proving senders.
Never touches: letters; it does not know that they exist.
Known limits: a zip or a message dropped in the folder is not unpacked; it is a question. The name
of a dropped file is not kept, so nothing is said of a wrong ending.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from config.kind import Kinds
from handlers import arrival
from handlers.attribution import Sender, Unplaced, by_folder, by_sender
from handlers.confined import Confined
from handlers.context import Context
from handlers.finding import Judgement
from handlers.question import Question
from handlers.register.entry import Docket, Origin, Submission
from handlers.register.people import Place
from handlers.register.register import Register
from handlers.standing import held_against
from intake.delivery import Delivery
from intake.message.message import Attachment, Message
from intake.spool import Spool
from intake.vault import Vault

# Leaves of a mail that are never a return: the text itself, cards, invitations.
NOT_RETURNS = frozenset({"html", "text", "vcard", "calendar"})


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a delivery comes to, decided and not yet logged."""

    origin: Origin
    submissions: tuple[Submission, ...]


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
        closed_mailboxes: Iterable[str],
        ours: Iterable[str] = (),
    ) -> None:
        """`closed_mailboxes` are the sources whose every sender is believed; `ours` are addresses
        the service writes from, whose mail is believed from nobody."""
        self._spool = spool
        self._vault = vault
        self._register = register
        self._confined = confined
        self._kinds = kinds
        self._zone = zone
        self._closed = frozenset(closed_mailboxes)
        self._ours = frozenset(address.casefold() for address in ours)

    def settle(self, delivery: Delivery, now: datetime) -> Settlement:
        """Judge a delivery and log it. Raises what the world raises; nothing is logged then."""
        settlement = self._decide(delivery)
        docket = Docket(
            delivery, settlement.origin, settlement.submissions, self._day(delivery), now
        )
        with self._register.transaction():
            self._register.logbook.log(docket)
            self._spool.judged(delivery)
        return settlement

    def _day(self, delivery: Delivery) -> date:
        """The day it reached us, by the board's clock."""
        return delivery.received.astimezone(self._zone).date()

    def _decide(self, delivery: Delivery) -> Settlement:
        raw = self._vault.get(delivery.content)
        return self._dropped(delivery, raw) if delivery.dropped else self._mailed(delivery, raw)

    def _dropped(self, delivery: Delivery, raw: bytes) -> Settlement:
        places = self._register.people.places_of_agency(delivery.agency or "")
        place = by_folder(delivery.agency, delivery.case, places)
        if isinstance(place, Unplaced):
            return Settlement(Origin(), (_apart(delivery, place),))
        return Settlement(_origin(place), self._judged(delivery, place, [Attachment(raw, "")]))

    def _mailed(self, delivery: Delivery, raw: bytes) -> Settlement:
        message = self._confined.unpack(raw)
        documents = [a for a in message.documents if a.sniffed not in NOT_RETURNS]
        if message.automatic and not documents:
            apart = replace(_apart(delivery, Unplaced("refer", "automatic")), verdict="automatic")
            return Settlement(Origin(automatic=message.automatic), (apart,))
        place = self._sent_by(delivery, message)
        if isinstance(place, Unplaced):
            origin = Origin(automatic=message.automatic)
            return Settlement(origin, (_apart(delivery, place),))
        if documents:
            submissions = self._judged(delivery, place, documents)
        else:
            submissions = (self._nothing_attached(delivery, place),)
        return Settlement(_origin(place, message), submissions)

    def _sent_by(self, delivery: Delivery, message: Message) -> Place | Unplaced:
        sender = Sender(
            message.sender,
            proven=delivery.source in self._closed and "duplicate-headers" not in message.trouble,
            ours=message.sender.casefold() in self._ours,
        )
        places = self._register.people.places_of_sender(message.sender) if message.sender else []
        own = {place.reference for place in places}
        elsewhere = [r for r in self._register.cases.references() if r not in own]
        words = f"{message.subject}\n{message.body_text}"
        return by_sender(sender, places, words, elsewhere)

    def _nothing_attached(self, delivery: Delivery, place: Place) -> Submission:
        if self._register.entries.known(place.agency_id, delivery.content):
            return Submission(0, delivery.content)
        return _apart(delivery, Unplaced("refer", "nothing-attached"))

    def _judged(
        self, delivery: Delivery, place: Place, documents: Iterable[Attachment]
    ) -> tuple[Submission, ...]:
        """One submission a document; the same bytes twice in one delivery are one."""
        facts = self._register.cases.facts(place.reference, place.code)
        context = Context(self._day(delivery), facts.case, facts.agency)
        apart = {self._vault.put(document.content): document for document in documents}
        known = [self._register.entries.known(place.agency_id, content) for content in apart]
        said = [
            () if before else self._said(document, context)
            for document, before in zip(apart.values(), known, strict=True)
        ]
        held = held_against(self._register.standing(place, self._day(delivery)), said, self._kinds)
        return tuple(
            Submission(position, content, judgements)
            for position, (content, judgements) in enumerate(zip(apart, held, strict=True), 1)
        )

    def _said(self, document: Attachment, context: Context) -> tuple[Judgement, ...]:
        if document.damaged:
            return arrival.judged("cut-short")
        question = Question(context, document.declared, document.sniffed)
        return self._confined.judge(document.content, question)


def _origin(place: Place, message: Message | None = None) -> Origin:
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
