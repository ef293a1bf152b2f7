"""Whether a reply counts: from the administrator, proven, written by a person, and an answer to a
digest of ours."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from handlers.orders.digest_text import DigestText
from handlers.orders.reading import ReplyReading
from handlers.senders.sender_proof import (
    MailboxPolicy,
    SenderClaim,
    VouchedByServer,
    doubt_of_sender,
)
from intake.headers import header_block
from intake.headers.address import address_of_mailbox, split_mailboxes
from intake.headers.authentication_results import UnparsedResults, parse_results
from intake.headers.header_block import DEFAULT_LIMITS, Headers
from intake.letter_ids import is_like_ours
from intake.message.parse import MessageHead, read_message_head

ReplyOutcome = Literal["do", "ask", "ignore", "refuse"]

# What Exchange writes on mail from inside its organisation, and takes off all other mail.
_INSIDE_HEADER, _INSIDE_VALUE = "x-ms-exchange-organization-authas", "internal"
_OTHERS = ("sender", "resent-from", "resent-sender")


@dataclass(frozen=True, slots=True)
class AnswerRules:
    """Who may answer, and how each mailbox proves a sender. Without `administrators` a mail is
    judged by what it shows itself."""

    administrators: frozenset[str] = frozenset()
    mailboxes: tuple[MailboxPolicy, ...] = ()
    ours: Collection[str] = ()
    inside: tuple[str, str] | None = None  # the header, and its value, of mail from inside
    keyed: bool = False  # nobody has to be proven


@dataclass(frozen=True, slots=True)
class _Claim:
    raw: bytes
    headers: Headers
    head: MessageHead
    reading: ReplyReading
    rules: AnswerRules
    digest: DigestText


def outcome_of_reply(
    raw: bytes, reading: ReplyReading, rules: AnswerRules, digest: DigestText
) -> ReplyOutcome:
    """What follows from the reply: carry it out, ask back, leave it, or refuse it."""
    head = read_message_head(raw)
    block_and_body = header_block.split_header_block(raw, DEFAULT_LIMITS.header_bytes)
    if reading.automatic or head.marked or head.worded:
        return "ignore"
    if block_and_body is None:
        return "refuse"
    headers = header_block.parse_headers(block_and_body[0])
    claim = _Claim(raw, headers, head, reading, rules, digest)
    if any(doubts(claim) for doubts in _DOUBTS):
        return "refuse"
    return "ask" if reading.questions or not reading.orders else "do"


def is_unclear(head: MessageHead, headers: Headers) -> bool:
    """No one plain sender, or headers that two programs would read as two mails."""
    return bool(head.sender_trouble) or head.twice or headers.odd


def names_another(head: MessageHead, headers: Headers) -> bool:
    """Sent, or sent on, in the name of somebody else."""
    named = (value for name in _OTHERS for value in headers.values_of(name))
    return any(_addresses(value) != [head.sender.casefold()] for value in named)


def _is_not_hers(claim: _Claim) -> bool:
    sender = claim.head.sender.casefold()
    if claim.rules.administrators:
        return sender not in claim.rules.administrators
    recipients = {one.casefold() for one in claim.head.recipients}
    answered = [to for by, to in claim.reading.answered if recipients & set(by) and to]
    if answered:
        return not any(sender in to for to in answered)
    return sender.rpartition("@")[2] not in {one.rpartition("@")[2] for one in recipients}


def _is_unproven(claim: _Claim) -> bool:
    policies = claim.rules.mailboxes
    if not claim.rules.administrators:
        server = _own_server(claim.headers)
        policies = (MailboxPolicy(VouchedByServer(server)),) if server else ()
    proven = any(
        not doubt_of_sender(SenderClaim(claim.raw, claim.head, policy, claim.rules.ours))
        for policy in policies
    )
    shown = None if claim.rules.administrators else (_INSIDE_HEADER, _INSIDE_VALUE)
    inside = claim.rules.inside or shown
    said = claim.headers.values_of(inside[0]) if inside else []
    from_inside = inside is not None and [each.strip().casefold() for each in said] == [inside[1]]
    return not (proven or claim.rules.keyed or from_inside)


def _answers_nothing(claim: _Claim) -> bool:
    """Neither an id of ours that it answers, nor the digest's code in its subject or below."""
    subject = claim.head.subject.casefold()
    coded = any(code.casefold() in subject for code in claim.digest.codes)
    answers = any(is_like_ours(one) for one in claim.head.in_reply_to)
    return not (coded or answers or claim.reading.quotes_code)


_DOUBTS: tuple[Callable[[_Claim], bool], ...] = (
    lambda claim: is_unclear(claim.head, claim.headers),
    lambda claim: names_another(claim.head, claim.headers),
    _is_not_hers,
    _is_unproven,
    _answers_nothing,
)


def _own_server(headers: Headers) -> str:
    """The server that wrote the topmost result; "" where there is none that can be read."""
    try:
        return parse_results(headers.first_value("authentication-results")).server
    except UnparsedResults:
        return ""


def _addresses(value: str) -> list[str]:
    return [address_of_mailbox(piece).casefold() for piece in split_mailboxes(value) or [""]]
