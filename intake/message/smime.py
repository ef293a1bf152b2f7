"""Signed mail (S/MIME, RFC 8551): unwrapped, its outermost signature held against what it signs.

Does: takes a message out of the signature it is wrapped in; says what the signature over the whole
of a message comes to.
Trusts: `intake/signatures/cms.py`, where the extra `sig` is installed. Without it, that a message
was changed after it was signed is still told.
Never touches: the sender: whether the signer is who From says is asked where both are known.
Known limits: only a signature over the whole message is looked at: one over a part, or on a message
forwarded inside, says nothing of who sent this. PGP is left to a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from intake.message import headers as header_block
from intake.message import transfer
from intake.message.cms import NotWrapped, content_of, was_changed
from intake.message.headers import Headers
from intake.message.parts import Budget, Pieces
from intake.message.sniff import sealed, sniff
from intake.signatures.extra import loaded
from intake.signatures.signature import BROKEN, Signature, doubtful
from intake.signatures.trust import Trust

CHECKER = "intake.signatures.cms"
SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature"})
_WRAPPED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_LONE_LINE_FEED = re.compile(rb"(?<!\r)\n")


@dataclass(frozen=True, slots=True)
class Entity:
    """A message or a part of one: its headers and, not yet decoded, what is under them."""

    headers: Headers
    body: bytes


def entity(content: bytes, budget: Budget) -> Entity | None:
    """What stands at the top of `content`; None, and a trouble told, where no header ends."""
    block_and_body = header_block.cut(content, budget.limits.header_bytes)
    if block_and_body is None:
        budget.tell("header-too-long")
        return None
    return Entity(header_block.parse(block_and_body[0]), block_and_body[1])


def unwrapped(whole: Entity, budget: Budget) -> Entity:
    """The message inside its signatures, or the message itself."""
    for _ in range(budget.limits.containers):
        signed = _wrapped(whole)
        inner = inside(signed, budget) if signed is not None else None
        if inner is None:
            return whole
        budget.tell("signed")
        whole = inner
    return whole


def inside(signed: bytes, budget: Budget) -> Entity | None:
    """The message inside a signed one; None where it cannot be got out."""
    try:
        content = content_of(signed)
    except NotWrapped:
        return None
    return entity(content, budget) if budget.room_for(len(content)) else None


def signature_of(whole: Entity, trust: Trust | None, budget: Budget) -> Signature | None:
    """What the signature over a whole message comes to, None where there is none."""
    over = _signed_and_signature(whole, budget)
    if over is None:
        return None
    checker = loaded(CHECKER)
    if checker is None or trust is None:
        return BROKEN if was_changed(*over) else doubtful("unchecked")
    found: Signature = checker.signature_over(*over, trust)
    return found


def warm() -> None:
    """Load what checking needs, if it is installed, while files can still be opened."""
    loaded(CHECKER)


def _signed_and_signature(whole: Entity, budget: Budget) -> tuple[bytes, bytes] | None:
    signed = _wrapped(whole)
    if signed is not None:
        try:
            return content_of(signed), signed
        except NotWrapped:
            return None
    return _beside(whole, budget) if whole.headers.kind == "multipart/signed" else None


def _beside(whole: Entity, budget: Budget) -> tuple[bytes, bytes] | None:
    """The first part, as it is signed: with the line ends that mail travels with."""
    pieces = Pieces(whole.body, whole.headers.parameter("boundary"), budget.limits.parts)
    two = [piece for piece, _ in islice(pieces, 3)]
    signature = entity(two[1], budget) if len(two) == 2 else None
    if signature is None or signature.headers.kind not in SIGNATURES:
        return None
    return _LONE_LINE_FEED.sub(b"\r\n", two[0]), _decoded(signature)


def _wrapped(whole: Entity) -> bytes | None:
    """The signed message that `whole` is nothing but a cover of."""
    if whole.headers.kind not in _WRAPPED:
        return None
    content = _decoded(whole)
    return content if sniff(content) == "p7m" and not sealed(content) else None


def _decoded(part: Entity) -> bytes:
    return transfer.decode(part.body, part.headers.first("content-transfer-encoding"))[0]
