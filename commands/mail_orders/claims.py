"""Whether a mail is an answer to a digest, and whether it counts: who sent it, what proves that,
and the key that it carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from commands.app import Application
from commands.sources import sender_proof_policies, service_addresses
from config.settings import Board
from handlers.orders.standing import is_unclear, names_another
from handlers.senders.sender_proof import SenderClaim, doubt_of_sender
from intake.headers import header_block
from intake.headers.header_block import DEFAULT_LIMITS, Headers
from intake.letter_ids import is_like_ours
from intake.message.parse import MessageHead, read_message_head
from intake.order_codes import OrderCodes, codes_in_subject
from intake.spool import Delivery
from outbox.digest.kept_asks import KeptAsk, KeptAsks
from outbox.digest.order_records import RefusalReason
from outbox.writing.letter import Recipient


@dataclass(frozen=True, slots=True)
class OrderKey:
    """What a mail carries: the digest that it answers, and where a link's code says so, the one ask
    that it is about."""

    digest_id: int
    only: KeptAsk | None = None


@dataclass(frozen=True, slots=True)
class OrderClaim:
    """A mail in the name of somebody who may answer. `key` is None for one that carries none, and
    `tries` says that it looks as if it had one."""

    raw: bytes
    head: MessageHead
    headers: Headers
    officer: Recipient
    key: OrderKey | None
    tries: bool


def read_claim(app: Application, delivery: Delivery, raw: bytes) -> OrderClaim | None:
    """None for a mail in nobody's name who may answer, or one that a program wrote."""
    head = read_message_head(raw)
    officer = officers(app.settings.board).get(head.sender.casefold())
    parted = header_block.split_header_block(raw, DEFAULT_LIMITS.header_bytes)
    if officer is None or parted is None or head.marked or head.worded:
        return None
    key = find_key(app, head)
    tries = any(map(is_like_ours, head.in_reply_to)) or any(codes_in_subject(head.subject))
    return OrderClaim(raw, head, header_block.parse_headers(parted[0]), officer, key, tries)


def officers(board: Board) -> dict[str, Recipient]:
    """Who may answer, by each of their addresses, and where their answers go."""
    administrator = Recipient(board.administrator.name, board.administrator.email)
    hers = {email.casefold(): administrator for email in board.administrator_also}
    deputies = {email.casefold(): Recipient("", email) for email in board.deputies}
    return {**deputies, **hers, administrator.email.casefold(): administrator}


def doubt_of_claim(app: Application, delivery: Delivery, claim: OrderClaim) -> RefusalReason:
    """Why nothing in it is carried out, "" where it counts."""
    if is_unclear(claim.head, claim.headers):
        return "unclear"
    if names_another(claim.head, claim.headers):
        return "another"
    if app.settings.board.answers == "proven" and not _is_proven(app, delivery, claim):
        return "unproven"
    return "" if claim.key else "no key"


def _is_proven(app: Application, delivery: Delivery, claim: OrderClaim) -> bool:
    """By the mailbox's own policy, or by what the board's server writes on mail from inside."""
    policy = sender_proof_policies(app.settings).get(delivery.source)
    ours = service_addresses(app.settings)
    if not doubt_of_sender(SenderClaim(claim.raw, claim.head, policy, ours)):
        return True
    inside = app.settings.board.inside_mail
    if inside is None:
        return False
    said = [value.strip().casefold() for value in claim.headers.values_of(inside.header.lower())]
    return said == [inside.value.casefold()]


def find_key(app: Application, head: MessageHead) -> OrderKey | None:
    """The code of a link in its subject, or the sealed id of a letter of ours to an officer."""
    kept = KeptAsks(app.ledger, app.vault)
    codes = OrderCodes(app.keys)
    for code in codes_in_subject(head.subject):
        for ask in kept.recent_asks():
            if codes.is_code_of(code, ask.ask.stamp):
                return OrderKey(ask.digest_id, ask)
    ids = (id for id in head.in_reply_to if app.register.threads.is_our_message_id(id))
    digest = next(_digests(kept, ids), None)
    return OrderKey(digest) if digest is not None else None


def _digests(kept: KeptAsks, ids: Iterable[str]) -> Iterator[int]:
    for id in ids:
        digest = kept.digest_answered_by(id)
        if digest is not None:
            yield digest
