"""A message, read and told what is known of its sender, and what is to be done with it: decided
before anything is."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from handlers.judging.in_sandbox import SandboxJudge
from handlers.register.agencies import AgencyPlace, RegisteredPerson
from handlers.register.register import Register
from handlers.register.set_apart_reasons import PossibleReason, SetApartReason
from handlers.register.submissions import (
    SEALED_NOTICE_REASON,
    SEALED_UNKNOWN_REASON,
    BounceProof,
)
from handlers.register.time_requests import WITHDRAWN_REASON
from handlers.senders.attribution import (
    AttributionContext,
    MailEvidence,
    UncertainPlace,
)
from handlers.senders.covering_note import is_small_talk
from handlers.senders.danger_news import tells_of_danger
from handlers.senders.sender_proof import (
    MailboxPolicy,
    SenderClaim,
    doubt_of_headers,
    doubt_of_sender,
    doubt_of_signature,
    is_own_address,
    proof_of_bounce,
)
from handlers.senders.similar_senders import UnknownSender, find_likeness
from handlers.senders.status_questions import asks_for_status
from handlers.senders.time_requests import withdraws_request
from handlers.values.case_reference import names_reference
from handlers.values.normalise import fold_text
from intake.headers.address import sub_address_tag
from intake.message.attachments import is_sealed_format
from intake.message.body import claims_a_document
from intake.message.links import says_sealed_waits
from intake.message.message import Attachment, Message
from intake.message.parse import MessageHead, read_message_head
from intake.spool import Delivery

CHECK_TAG = "check"  # returns+check@board.example
# What the notice of a sealed message may carry, and be nothing but the notice.
NOTICE_FORMATS = frozenset({"png", "jpeg", "gif", "html", "rpmsg"})
# What no return is made of: of a stranger it is no concern of the service's.
NON_RETURN_FORMATS = frozenset({"png", "jpeg", "gif", "tiff", "vcard", "calendar", "empty", "html"})
UNREAD_TROUBLES = frozenset(
    {"unreadable", "header-too-long", "too-deep", "too-many-parts", "too-big", "truncated"}
    | {"partial", "container-damaged"}
    | {"infected", "not-scanned"}
)

SEALED_TROUBLES = frozenset({"sealed-link", "sealed-notice"})

# Of machines' mail, what is of no concern to the service unless somebody registered sent it.
OTHERS_AUTOMATIC_MAIL = frozenset({"absence", "auto-reply", "list", "bulk"})
# By whom a mail is written that somebody may have written: themselves, or by a form on a site.
WRITTEN_BY_SOMEBODY = frozenset({"", "auto-reply"})
# Senders of whom there is no more to say than that nobody knows them or vouches for them.
STRANGER_REASONS = frozenset(
    {
        SetApartReason.SENDER_UNKNOWN,
        SetApartReason.SENDER_UNPROVEN,
        SetApartReason.RESULTS_MISSING,
        SetApartReason.RESULTS_FAIL,
        SetApartReason.RESULTS_OTHER,
    }
)

_CHECK_FIRST = re.compile(r"\s*(?:CHECK\b|check:)")


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. `doubt` is why its sender is not proven, `unknown` how a note calls one nobody
    is registered under, `about` what evidence is held against, `ours` our own addresses."""

    message: Message
    doubt: PossibleReason
    unknown: SetApartReason
    about: AttributionContext
    evidence: MailEvidence
    ours: Collection[str] = ()
    oversize: bool = False  # only its headers were fetched
    speaks_of_ours: bool = False  # it names a registered address
    report_proof: BounceProof = ""  # of a delivery report: what proves that it is what it says
    named: tuple[AgencyPlace, ...] = ()  # of a sealed-mail notice: whom it may be from

    @property
    def documents(self) -> list[Attachment]:
        """What may be a return."""
        return documents_of_message(self.message)

    @property
    def is_registered(self) -> bool:
        """Somebody is registered under the address it gives, proven or not."""
        return bool(self.about.places)

    @property
    def is_by_proven_person(self) -> bool:
        """Somebody registered wrote it themselves, and that is proven."""
        return self.is_registered and not self.doubt and not self.message.automatic

    @property
    def asks_for_check(self) -> bool:
        """It asks for a check: nothing is to be logged. A machine's mail never does, and of one
        that was not fetched there is nothing to check."""
        if self.message.automatic or self.oversize:
            return False
        tagged = any(
            sub_address_tag(address).casefold() == CHECK_TAG and is_own_address(address, self.ours)
            for address in self.message.recipients
        )
        return tagged or _CHECK_FIRST.match(self.message.subject) is not None

    @property
    def reports_held_mail(self) -> bool:
        """A machine of the board's own wrote it, and it names a case or somebody registered."""
        domain = self.message.sender.rpartition("@")[2].casefold()
        own = {address.rpartition("@")[2] for address in self.ours}
        return domain in own and self.is_machines_about_ours

    @property
    def is_machines_about_ours(self) -> bool:
        """A machine that nobody is registered under wrote it, whoever's, and it names a case or
        somebody registered."""
        if self.is_registered or not self.message.automatic:
            return False
        return self.names_a_case or self.speaks_of_ours

    @property
    def names_a_case(self) -> bool:
        return any(names_reference(self.evidence.words, r) for r in self.about.elsewhere)

    @property
    def place_without_document(self) -> UncertainPlace:
        """What a message without a document is."""
        return UncertainPlace(next(reason for reason, is_so in _EMPTY if is_so(self)))

    @property
    def tells_of_sealed(self) -> bool:
        """A sealed-mail service, which nobody is registered under, names somebody who is."""
        return self.unknown == SEALED_NOTICE_REASON

    @property
    def tells_of_danger(self) -> bool:
        """Somebody not registered tells of danger to a child or of a death, by mail or by a form on
        a site that writes it for them."""
        written = self.message.automatic in WRITTEN_BY_SOMEBODY and not self.is_registered
        return written and tells_of_danger(self.message.subject, self.message.body_text)

    @property
    def asks_for_a_person(self) -> bool:
        """A person has to see it, whoever sent it: it is sealed, or tells of danger."""
        sealed = self.tells_of_sealed or self.unknown == SEALED_UNKNOWN_REASON
        return sealed or self.tells_of_danger

    @property
    def is_for_others(self) -> bool:
        """Mail like any other in a mailbox that people read too: from nobody registered, with
        nothing that could be a return, naming no case. It is left as it was."""
        if self.is_registered or self.oversize or self.is_incomplete or self.asks_for_a_person:
            return False
        if any(document.sniffed not in NON_RETURN_FORMATS for document in self.documents):
            return False
        if self.message.automatic:
            return self.message.automatic in OTHERS_AUTOMATIC_MAIL
        return not self.names_a_case and (self.doubt or self.unknown) in STRANGER_REASONS

    @property
    def is_incomplete(self) -> bool:
        """Something in it was not read."""
        return not UNREAD_TROUBLES.isdisjoint(self.message.trouble)


def documents_of_message(message: Message) -> list[Attachment]:
    """What may be a return. The pictures and the page of a sealed-mail notice are not, nor what
    only the program of its service opens."""
    found = list(message.documents)
    notice = "sealed-link" in message.trouble
    return [] if notice and all(map(_is_of_notice, found)) else found


def _is_of_notice(attachment: Attachment) -> bool:
    sealed = is_sealed_format(attachment.sniffed, attachment.declared)
    return sealed or attachment.sniffed in NOTICE_FORMATS


def with_letterhead(message: Message, head: MessageHead) -> Message:
    """The message with its headers as the service read them: no document decides who sent it,
    or that no machine did."""
    return replace(
        message,
        message_id=head.message_id,
        in_reply_to=head.in_reply_to,
        sender=head.sender,
        sender_trouble=head.sender_trouble,
        recipients=head.recipients,
        subject=head.subject,
        automatic=message.automatic
        or head.marked
        or ("" if message.brings_document else head.worded),
    )


def _sealed_as(message: Message) -> PossibleReason:
    """Why what somebody sent whom nobody knows is set apart, where it is sealed; else ""."""
    sealed = message.sealed_attachment is not None or not SEALED_TROUBLES.isdisjoint(
        message.trouble
    )
    return SEALED_UNKNOWN_REASON if sealed else ""


_EMPTY: tuple[tuple[SetApartReason, Callable[[Mail], bool]], ...] = (
    (SetApartReason.TOO_BIG, lambda mail: mail.oversize),
    (SetApartReason.NOT_WHOLE, lambda mail: not UNREAD_TROUBLES.isdisjoint(mail.message.trouble)),
    (SetApartReason.SEALED_WAITING, lambda mail: "sealed-link" in mail.message.trouble),
    (SetApartReason.SHARE_WAITING, lambda mail: "share-link" in mail.message.trouble),
    (SetApartReason.REMOVED_ON_THE_WAY, lambda mail: "removed" in mail.message.trouble),
    (SetApartReason.SEALED_WAITING, lambda mail: "sealed-notice" in mail.message.trouble),
    (SetApartReason.DOCUMENT_MISSING, lambda mail: claims_a_document(mail.message.own_words)),
    (WITHDRAWN_REASON, lambda mail: withdraws_request(mail.message.own_words)),
    (SetApartReason.STATUS_ASKED, lambda mail: asks_for_status(mail.message.own_words)),
    (
        SetApartReason.THANKS,
        lambda mail: is_small_talk(mail.message.subject, mail.message.own_words),
    ),
    (SetApartReason.NOTHING_ATTACHED, lambda mail: True),
)


class MailReader:
    """Reads messages. `mailboxes` say how each source's senders are proven; `ours` are the
    addresses the service itself has, whose mail is believed from nobody."""

    def __init__(
        self,
        register: Register,
        sandbox_judge: SandboxJudge,
        mailboxes: Mapping[str, MailboxPolicy],
        ours: Iterable[str],
    ) -> None:
        self._register = register
        self._sandbox_judge = sandbox_judge
        self._mailboxes = dict(mailboxes)
        self._ours = frozenset(address.casefold() for address in ours)

    def read_mail(self, delivery: Delivery, raw: bytes) -> Mail:
        """Raises UnforeseenFault or WorkerUnavailable."""
        head = read_message_head(raw)
        unpacked = self._sandbox_judge.unpack_message(raw, delivery.received)
        head = replace(head, twice=head.twice or "duplicate-headers" in unpacked.trouble)
        message = with_letterhead(unpacked, head)
        about = self._about(head.sender)
        claim = SenderClaim(raw, head, self._mailboxes.get(delivery.source), self._ours)
        # What a stranger looks like says more than that nobody vouches for them.
        stranger = not about.places and not doubt_of_headers(claim)
        people = self._named_in_notice(message) if stranger else []
        sealed: PossibleReason = SEALED_NOTICE_REASON if people else ""
        unknown = (sealed or self._likeness(head) or _sealed_as(message)) if stranger else ""
        return Mail(
            message=message,
            doubt="" if unknown else doubt_of_sender(claim) or doubt_of_signature(message),
            unknown=unknown or SetApartReason.SENDER_UNKNOWN,
            about=about,
            evidence=self._evidence(message),
            ours=self._ours,
            oversize=delivery.oversize,
            speaks_of_ours=not about.places and self._names_a_person(message),
            report_proof=proof_of_bounce(claim, self._domains(message)) if message.bounce else "",
            named=self._places_of(people),
        )

    def _domains(self, message: Message) -> set[str]:
        """Where the readers of a letter are, that a delivery report names."""
        named = message.bounce.named if message.bounce else ()
        agencies = {self._register.threads.agency_of_letter(id) for id in named} - {None}
        people = (p for id in agencies if id for p in self._register.people.contacts_of_agency(id))
        return {person.email.rpartition("@")[2] for person in people}

    def _about(self, sender: str) -> AttributionContext:
        places = self._register.people.places_of_sender(sender) if sender else []
        own = {place.reference for place in places}
        references = self._register.cases.case_references()
        elsewhere = tuple(r for r in references if r not in own)
        return AttributionContext(tuple(places), elsewhere, shapes=self._register.cases.shapes)

    def _names_a_person(self, message: Message) -> bool:
        said = f"{message.subject}\n{message.body_text}".casefold()
        return "@" in said and any(
            person.email.casefold() in said for person in self._register.people.registered_people()
        )

    def _named_in_notice(self, message: Message) -> list[RegisteredPerson]:
        """Those registered whom a sealed-mail service's notice names, by their address or their
        name; nobody for any other message. From nobody registered its words are enough: what names
        somebody who may have sent a secure message is told rather than left."""
        written = f"{message.subject} {message.body_text}"
        if SEALED_TROUBLES.isdisjoint(message.trouble) and not says_sealed_waits(written):
            return []
        plain, said = written.casefold(), f" {fold_text(written)} "
        return [
            person
            for person in self._register.people.registered_people()
            if person.email.casefold() in plain
            or (" " in person.name.strip() and f" {fold_text(person.name)} " in said)
        ]

    def _places_of(self, named: Iterable[RegisteredPerson]) -> tuple[AgencyPlace, ...]:
        """Where they are registered in cases that are not closed, each agency once."""
        found = dict[int, AgencyPlace]()
        for email in dict.fromkeys(person.email for person in named):
            for place in self._register.people.places_of_sender(email):
                found.setdefault(place.agency_id, place)
        return tuple(found.values())

    def _likeness(self, head: MessageHead) -> PossibleReason:
        return find_likeness(
            UnknownSender(head.sender, head.shown), self._register.people.registered_people()
        )

    def _evidence(self, message: Message) -> MailEvidence:
        agencies = (self._register.threads.agency_of_letter(id) for id in message.in_reply_to)
        answered = dict.fromkeys(agency for agency in agencies if agency is not None)
        return MailEvidence(f"{message.subject}\n{message.body_text}", tuple(answered))
