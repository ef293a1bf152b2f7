"""The mailroom: raw bytes become a Mail, with all that the clerk has to know of it.

Does: has the message read in the confined worker, reads its headers for itself, asks the mailbox's
policy about the sender and the register about their places.
Trusts: a mailbox's policy; the register; its own reading of the headers over the worker's.
Never touches: what is to be done with it.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from handlers.judging.confined import Confined
from handlers.post.evidence import MailEvidence, Surroundings
from handlers.post.likeness import Stranger, likeness
from handlers.post.mail import Mail, addressed
from handlers.post.proof import Claim, Mailbox, doubt_of_headers, doubt_of_sender
from handlers.post.report import proof_of
from handlers.post.signed_mail import doubt_of_signature
from handlers.register.register import Register
from intake.delivery import Delivery
from intake.message.letterhead import Letterhead, read_letterhead
from intake.message.message import Message


class Mailroom:
    """Reads messages. `mailboxes` say how each source's senders are proven; `ours` are the
    addresses the service itself has, whose mail is believed from nobody."""

    def __init__(
        self,
        register: Register,
        confined: Confined,
        mailboxes: Mapping[str, Mailbox],
        ours: Iterable[str],
    ) -> None:
        self._register = register
        self._confined = confined
        self._mailboxes = dict(mailboxes)
        self._ours = frozenset(address.casefold() for address in ours)

    def read(self, delivery: Delivery, raw: bytes) -> Mail:
        """Raises Unforeseen or NoWorker."""
        head = read_letterhead(raw)
        unpacked = self._confined.unpack(raw, delivery.received)
        head = replace(head, twice=head.twice or "duplicate-headers" in unpacked.trouble)
        message = addressed(unpacked, head)
        about = self._about(head.sender)
        claim = Claim(raw, head, self._mailboxes.get(delivery.source), self._ours)
        # What a stranger looks like says more than that nobody vouches for them.
        stranger = not about.places and not doubt_of_headers(claim)
        unknown = self._likeness(head) if stranger else ""
        return Mail(
            message=message,
            doubt="" if unknown else doubt_of_sender(claim) or doubt_of_signature(message),
            unknown=unknown or "sender-unknown",
            about=about,
            evidence=self._evidence(message),
            ours=self._ours,
            oversize=delivery.oversize,
            speaks_of_ours=not about.places and self._names_a_person(message),
            report_proof=proof_of(claim, self._domains(message)) if message.bounce else "",
        )

    def _domains(self, message: Message) -> set[str]:
        """Where the readers of a letter are, that a delivery report names."""
        named = message.bounce.named if message.bounce else ()
        agencies = {self._register.threads.agency(id) for id in named} - {None}
        people = (p for id in agencies if id for p in self._register.people.contacts_of(id))
        return {person.email.rpartition("@")[2] for person in people}

    def _about(self, sender: str) -> Surroundings:
        places = self._register.people.places_of_sender(sender) if sender else []
        own = {place.reference for place in places}
        references = self._register.cases.references()
        elsewhere = tuple(r for r in references if r not in own)
        return Surroundings(tuple(places), elsewhere, shapes=self._register.cases.shapes)

    def _names_a_person(self, message: Message) -> bool:
        said = f"{message.subject}\n{message.body_text}".casefold()
        return "@" in said and any(
            person.email.casefold() in said for person in self._register.people.registered()
        )

    def _likeness(self, head: Letterhead) -> str:
        return likeness(Stranger(head.sender, head.shown), self._register.people.registered())

    def _evidence(self, message: Message) -> MailEvidence:
        agencies = (self._register.threads.agency(id) for id in message.in_reply_to)
        answered = dict.fromkeys(agency for agency in agencies if agency is not None)
        return MailEvidence(f"{message.subject}\n{message.body_text}", tuple(answered))
