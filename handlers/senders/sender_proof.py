"""Whether a mail comes from whom it says, by the policy of the mailbox that it came to (failure
mode 106)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import Enum

from handlers.findings import Judgement
from handlers.in_order_parts import with_later_findings
from handlers.judging import arrival
from handlers.register.set_apart_reasons import PossibleReason, SetApartReason, read_reason
from handlers.register.submissions import BounceProof, Submission
from intake.headers import address, authentication_results
from intake.headers.received import is_from_our_relay
from intake.message.message import Message
from intake.message.parse import MessageHead


@dataclass(frozen=True, slots=True)
class VouchedByServer:
    """Whom a mail server vouches for is believed (dmarc=pass in its Authentication-Results)."""

    authserv_id: str


class SenderTrust(Enum):
    """A mailbox into which nobody puts a message but the board's own mail system."""

    EVERY_SENDER = "every sender"


EVERY_SENDER = SenderTrust.EVERY_SENDER


@dataclass(frozen=True, slots=True)
class MailboxPolicy:
    """Which senders of one mailbox are believed: what `proves_agency` says of a drop folder.

    It has to be said; a mailbox without a policy proves nobody. `relays` are the servers by which
    our letters leave, whose own delivery reports are believed.
    """

    believes: VouchedByServer | SenderTrust
    relays: frozenset[str] = frozenset()

    @property
    def authserv_id(self) -> str:
        """The server whose word on the sender counts, "" for none."""
        return self.believes.authserv_id if isinstance(self.believes, VouchedByServer) else ""


@dataclass(frozen=True, slots=True)
class SenderClaim:
    """A mail and what is needed to doubt it. `mailbox` is None where nobody is believed;
    `ours` are the service's own addresses, in lower case."""

    raw: bytes
    head: MessageHead
    mailbox: MailboxPolicy | None
    ours: Collection[str]


def doubt_of_headers(claim: SenderClaim) -> PossibleReason:
    """Why nobody is named as the sender, as a reason of `set_apart_reasons.py`, or ""."""
    return _first(_HEADERS, claim)


def doubt_of_sender(claim: SenderClaim) -> PossibleReason:
    """Why the sender that is named is not proven, or "" when they are."""
    return _first(_SENDERS, claim)


def is_own_address(sender: str, ours: Collection[str]) -> bool:
    """Whether it is the service's own address, or an alias or a sub-address of it."""
    return bool(sender) and address.without_sub_address(sender.casefold()) in ours


DoubtCheck = Callable[[SenderClaim], PossibleReason]


def _not_read(claim: SenderClaim) -> PossibleReason:
    return SetApartReason.MAIL_UNREADABLE if claim.head.sender_trouble == "not-read" else ""


def _several(claim: SenderClaim) -> PossibleReason:
    return SetApartReason.SENDER_SEVERAL if claim.head.sender_trouble.startswith("several") else ""


def _no_address(claim: SenderClaim) -> PossibleReason:
    return "" if claim.head.sender else SetApartReason.SENDER_UNCLEAR


def _twice(claim: SenderClaim) -> PossibleReason:
    return SetApartReason.HEADERS_TWICE if claim.head.twice else ""


def _ours(claim: SenderClaim) -> PossibleReason:
    return SetApartReason.SENDER_OURS if is_own_address(claim.head.sender, claim.ours) else ""


def _by_policy(claim: SenderClaim) -> PossibleReason:
    if claim.mailbox is None:
        return SetApartReason.SENDER_UNPROVEN
    if claim.mailbox.believes is EVERY_SENDER:
        return ""
    server, domain = claim.mailbox.authserv_id, claim.head.sender.rpartition("@")[2]
    return read_reason(authentication_results.authentication_doubt(claim.raw, server, domain))


_HEADERS: tuple[DoubtCheck, ...] = (_not_read, _several, _no_address, _twice, _ours)
_SENDERS: tuple[DoubtCheck, ...] = (*_HEADERS, _by_policy)


def _first(doubts: tuple[DoubtCheck, ...], claim: SenderClaim) -> PossibleReason:
    return next((reason for doubt in doubts if (reason := doubt(claim))), "")


STOPPING_WEIGHTS = frozenset({"hard", "soft"})  # what such a report comes to that changes a letter


def proof_of_bounce(claim: SenderClaim, domains: Collection[str]) -> BounceProof:
    """`domains` are those of the people that the letter may have been to."""
    box = claim.mailbox
    if box is not None and is_from_our_relay(claim.raw, box.relays, box.authserv_id):
        return "relay"
    own = {address.rpartition("@")[2] for address in claim.ours}
    theirs = {domain.casefold() for domain in domains}
    domain = claim.head.sender.rpartition("@")[2].casefold()
    return "sender" if domain in own | theirs and not doubt_of_sender(claim) else ""


Submissions = tuple[Submission, ...]


def doubt_of_signature(message: Message) -> PossibleReason:
    """A reason of `set_apart_reasons.py` where the signer is not the sender, or ""."""
    signers = {address.casefold() for address in message.signed_by}
    other = message.signature == "proven" and message.sender.casefold() not in signers
    return SetApartReason.SIGNED_BY_ANOTHER if other else ""


def question_altered_mail(submissions: Submissions, message: Message) -> Submissions:
    """The documents' judgements; a person is asked about them where the message was changed."""
    if message.signature != "broken":
        return submissions
    return tuple(
        replace(one, judgements=tuple(_altered(judgement) for judgement in one.judgements))
        for one in submissions
    )


def _altered(judgement: Judgement) -> Judgement:
    return with_later_findings(judgement, (arrival.file_finding("message-altered"),))
