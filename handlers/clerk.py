"""The clerk: takes one delivery out of the spool and brings it into the register.

Does: reads a delivery, finds whose it is, has each document judged, and logs everything in one
transaction. Decides first, acts after.
Trusts: a folder's permissions; a mailbox's policy for proving senders.
Never touches: letters; it does not know that they exist.
Known limits: a zip or a message dropped in the folder is not unpacked; it is a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from config.kind import Kinds
from handlers import arrival
from handlers.attribution import Unplaced, by_folder, by_sender
from handlers.confined import Confined
from handlers.context import Context
from handlers.finding import Judgement
from handlers.question import Question
from handlers.register.entry import Origin, Submission
from handlers.register.people import Place
from handlers.register.register import Register
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
    ) -> None:
        """`closed_mailboxes` are the sources whose every sender is believed."""
        self._spool = spool
        self._vault = vault
        self._register = register
        self._confined = confined
        self._kinds = kinds
        self._zone = zone
        self._closed = frozenset(closed_mailboxes)

    def settle(self, delivery: Delivery, now: datetime) -> Settlement:
        """Judge a delivery and log it. Raises what the world raises; nothing is logged then."""
        settlement = self._decide(delivery)
        day = delivery.received.astimezone(self._zone).date()
        with self._register.transaction():
            self._register.entries.log(
                delivery, settlement.origin, settlement.submissions, day, now
            )
            self._spool.judged(delivery)
        return settlement

    def _decide(self, delivery: Delivery) -> Settlement:
        raw = self._vault.get(delivery.content)
        return self._dropped(delivery, raw) if delivery.dropped else self._mailed(delivery, raw)

    def _dropped(self, delivery: Delivery, raw: bytes) -> Settlement:
        places = self._register.people.places_of_agency(delivery.agency or "")
        place = by_folder(delivery.agency, delivery.case, places)
        if isinstance(place, Unplaced):
            return Settlement(Origin(), (_apart(delivery, place),))
        submission = self._judged(delivery, place, Attachment(raw, sniffed=""), 1)
        return Settlement(_origin(place), (submission,))

    def _mailed(self, delivery: Delivery, raw: bytes) -> Settlement:
        message = self._confined.unpack(raw)
        documents = [a for a in message.documents if a.sniffed not in NOT_RETURNS]
        if message.automatic and not documents:
            apart = _apart(delivery, Unplaced("refer", "automatic"), automatic=True)
            return Settlement(Origin(automatic=message.automatic), (apart,))
        place = self._sent_by(delivery, message)
        if isinstance(place, Unplaced):
            return Settlement(_nowhere(message), (_apart(delivery, place),))
        if not documents:
            apart = _apart(delivery, Unplaced("refer", "nothing-attached"))
            return Settlement(_origin(place, message), (apart,))
        submissions = tuple(self._each(delivery, place, documents))
        return Settlement(_origin(place, message), submissions)

    def _sent_by(self, delivery: Delivery, message: Message) -> Place | Unplaced:
        authentic = delivery.source in self._closed and "duplicate-headers" not in message.trouble
        places = self._register.people.places_of_sender(message.sender) if message.sender else []
        words = f"{message.subject}\n{message.body_text}"
        return by_sender(message.sender, authentic, places, words)

    def _each(
        self, delivery: Delivery, place: Place, documents: Iterable[Attachment]
    ) -> Iterator[Submission]:
        """One submission a document; the same bytes twice in one message are one."""
        seen: set[str] = set()
        for position, document in enumerate(documents, 1):
            submission = self._judged(delivery, place, document, position)
            if submission.content not in seen:
                seen.add(submission.content)
                yield submission

    def _judged(
        self, delivery: Delivery, place: Place, document: Attachment, position: int
    ) -> Submission:
        content = self._vault.put(document.content)
        if self._register.entries.known(place.agency_id, content):
            return Submission(position, content)
        if document.damaged:
            return Submission(position, content, arrival.judged("cut-short"))
        facts = self._register.cases.facts(place.reference, place.code)
        today = delivery.received.astimezone(self._zone).date()
        context = Context(today, facts.case, facts.agency)
        question = Question(context, document.declared, document.sniffed)
        said = self._confined.judge(document.content, question)
        owed = self._register.owed(place.agency_id)
        return Submission(position, content, tuple(self._held_against(j, owed) for j in said))

    def _held_against(self, judgement: Judgement, owed: frozenset[str]) -> Judgement:
        """What the register adds to a judgement: another agency's, or not expected."""
        found = judgement.findings
        kind = self._kinds.get(judgement.kind)
        if judgement.clues.agency == "other":
            found = (*found, arrival.finding("another-agency"))
        if kind is not None and kind.in_pack and kind.id not in owed:
            found = (*found, arrival.finding("not-owed"))
        return replace(judgement, findings=found)


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


def _nowhere(message: Message) -> Origin:
    return Origin(automatic=message.automatic)


def _apart(delivery: Delivery, why: Unplaced, *, automatic: bool = False) -> Submission:
    """The delivery as a whole, set apart for a person (or only recorded, when automatic)."""
    verdict = "automatic" if automatic else why.verdict
    assert verdict in ("refer", "hold", "automatic")
    return Submission(
        0, delivery.content, verdict=verdict, reason=why.reason, candidates=why.candidates
    )
