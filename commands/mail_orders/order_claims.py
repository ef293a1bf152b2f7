"""Whether a mail is an answer to a digest, and whether it counts: who sent it, what proves that,
and the key that it carries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from commands.composition.app import Application
from commands.composition.sources import sender_proof_policies, service_addresses
from commands.mail_orders.lookups import undoing_stamp
from config.order_words import ORDER_GRAMMAR
from config.settings import Board
from handlers.orders.standing import is_unclear, names_another
from handlers.senders.sender_proof import SenderClaim, doubt_of_sender
from intake.headers import header_block
from intake.headers.address import address_of_mailbox, split_mailboxes
from intake.headers.header_block import DEFAULT_LIMITS, Headers
from intake.letter_ids import is_like_ours
from intake.message.parse import MessageHead, read_message_head
from intake.order_codes import OrderCodes, codes_in_subject
from intake.spool import Delivery
from outbox.orders.kept_asks import KeptAsk, KeptAsks
from outbox.orders.order_records import OrderRecords, RefusalReason
from outbox.writing.asks import SEND_ME
from outbox.writing.letter import Recipient


@dataclass(frozen=True, slots=True)
class OrderKey:
    """What a mail carries: the digest that it answers, and where a link's code says so, the one ask
    that it is about, and the heavier word that an answer of ours offered to carry out."""

    digest_id: int
    only: KeptAsk | None = None
    confirms: str = ""
    undoes: int = 0  # the delivery whose orders it takes back, where its link says which
    tests: bool = False  # of the link by which it is tried whether a mail counts


@dataclass(frozen=True, slots=True)
class OrderClaim:
    """A mail in the name of somebody who may answer. `key` is None for one that carries none, and
    `tries` says that it looks as if it had one. One that is not `hers` has a key, and nobody who
    may answer sent it; one that is `hers_alone` is from nobody registered for an agency."""

    raw: bytes
    head: MessageHead
    headers: Headers
    officer: Recipient
    key: OrderKey | None
    tries: bool
    hers: bool = True
    hers_alone: bool = False


def read_claim(app: Application, delivery: Delivery, raw: bytes) -> OrderClaim | None:
    """None for a mail in nobody's name who may answer, or one that a program wrote."""
    head = read_message_head(raw)
    known = officers(app.settings.board)
    parted = header_block.split_header_block(raw, DEFAULT_LIMITS.header_bytes)
    if parted is None or head.marked or head.worded:
        return None
    hers = head.sender.casefold() in known
    registered = bool(app.register.people.places_of_sender(head.sender))
    if not hers and registered:
        return None  # an agency's, to whom she passed something on
    key = find_key(app, head)
    if not hers and key is None:
        return None
    officer = known[head.sender.casefold() if hers else _first_address(app.settings.board)]
    tries = any(map(is_like_ours, head.in_reply_to)) or any(codes_in_subject(head.subject))
    headers = header_block.parse_headers(parted[0])
    alone = hers and not registered
    return OrderClaim(raw, head, headers, officer, key, tries, hers, alone)


def is_in_officers_name(app: Application, raw: bytes) -> bool:
    """Whether a mail says that it is from somebody who may answer, whoever wrote it."""
    return read_message_head(raw).sender.casefold() in officers(app.settings.board)


def is_to_others(app: Application, claim: OrderClaim) -> bool:
    """Whether it was written to others, with the service in copy."""
    ours = frozenset(map(str.casefold, service_addresses(app.settings)))
    to, copied = (_addresses(claim.headers, name) for name in ("to", "cc"))
    return ours.isdisjoint(to) and not ours.isdisjoint(copied)


def _addresses(headers: Headers, name: str) -> set[str]:
    return {
        address_of_mailbox(piece).casefold()
        for value in headers.values_of(name)
        for piece in split_mailboxes(value) or ()
    }


def officers(board: Board) -> dict[str, Recipient]:
    """Who may answer, by each of their addresses, and where their answers go."""
    administrator = Recipient(board.administrator.name, board.administrator.email)
    hers = {email.casefold(): administrator for email in board.administrator_also}
    deputies = {email.casefold(): Recipient("", email) for email in board.deputies}
    return {**deputies, **hers, administrator.email.casefold(): administrator}


def _first_address(board: Board) -> str:
    return board.administrator.email.casefold()


def doubt_of_claim(app: Application, delivery: Delivery, claim: OrderClaim) -> RefusalReason:
    """Why nothing in it is carried out, "" where it counts."""
    if is_unclear(claim.head, claim.headers):
        return "unclear"
    if not claim.hers or names_another(claim.head, claim.headers):
        return "another"
    if app.settings.board.answers == "proven" and not is_proven_mail(
        app, delivery.source, claim.raw
    ):
        return "unproven"
    return "" if claim.key else "no key"


def is_believed_without_key(app: Application, source: str, claim: OrderClaim) -> bool:
    """Whether a mail without the key is theirs, so that they are told what it lacks. Where the
    board asks for no proof but the key, one that tries to have it is not."""
    board = app.settings.board
    if board.answers == "keyed" and board.inside_mail is None:
        return not claim.tries
    return is_sender_proven(app, source, claim.raw)


def is_sender_proven(app: Application, source: str, raw: bytes) -> bool:
    """Whether more than the key shows who sent it. Where the board asks for no proof, its mailbox
    gives none: only what the board's server writes on mail from inside does."""
    if app.settings.board.answers == "proven":
        return is_proven_mail(app, source, raw)
    return _is_from_inside(app, raw)


def is_proven_mail(app: Application, source: str, raw: bytes) -> bool:
    """By the mailbox's own policy, or by what the board's server writes on mail from inside."""
    policy = sender_proof_policies(app.settings).get(source)
    ours = service_addresses(app.settings)
    if not doubt_of_sender(SenderClaim(raw, read_message_head(raw), policy, ours)):
        return True
    return _is_from_inside(app, raw)


def _is_from_inside(app: Application, raw: bytes) -> bool:
    inside = app.settings.board.inside_mail
    parted = header_block.split_header_block(raw, DEFAULT_LIMITS.header_bytes)
    if inside is None or parted is None:
        return False
    headers = header_block.parse_headers(parted[0])
    said = [value.strip().casefold() for value in headers.values_of(inside.header.lower())]
    return said == [inside.value.casefold()]


def find_key(app: Application, head: MessageHead) -> OrderKey | None:
    """The code of a link in its subject, or the sealed id of a letter of ours to an officer."""
    kept = KeptAsks(app.database, app.vault)
    codes, orders = OrderCodes(app.keys), OrderRecords(app.database, app.vault)
    for code in codes_in_subject(head.subject):
        for ask in kept.recent_asks():
            if codes.is_code_of(code, ask.ask.stamp):
                return OrderKey(ask.digest_id, ask)
            for word in (*ORDER_GRAMMAR.linked, SEND_ME.order):
                if codes.is_code_of(code, confirming_stamp(ask, word)):
                    return OrderKey(ask.digest_id, ask, word)
            for mail in orders.mails_about(ask):
                if codes.is_code_of(code, undoing_stamp(ask, mail)):
                    return OrderKey(ask.digest_id, ask, undoes=mail)
        if any(codes.is_code_of(code, stamp) for stamp in trial_stamps(app.now().date())):
            return OrderKey(0, tests=True)
    ids = (id for id in head.in_reply_to if app.register.threads.is_our_message_id(id))
    digest = next(_digests(kept, ids), None)
    return OrderKey(digest) if digest is not None else None


TRIAL_DAYS = 30  # for which the link is good by which it is tried whether a mail counts


def trial_stamps(today: date) -> Iterator[str]:
    """What the code of such a link stands for, made on that day or on one of those before."""
    for days in range(TRIAL_DAYS + 1):
        yield f"trial of an answer {(today - timedelta(days)).isoformat()}"


def confirming_stamp(ask: KeptAsk, word: str) -> str:
    """What the code stands for of the link that carries out what our answer has shown."""
    return f"{ask.ask.stamp} confirms {word}"


def _digests(kept: KeptAsks, ids: Iterable[str]) -> Iterator[int]:
    for id in ids:
        digest = kept.digest_answered_by(id)
        if digest is not None:
            yield digest
