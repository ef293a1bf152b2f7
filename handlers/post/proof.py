"""Whether a mail comes from whom it says, by the policy of the mailbox it came to.

Does: asks what the headers say of their sender, in the order of a table, for the first doubt.
Trusts: the mailbox's own mail server where the policy names it (`dmarc`); the mailbox itself
where nobody else can write to it (`none`). The worker's answer is not asked: the raw headers are.
Never touches: the register; that a sender is proven does not make them anybody.
Known limits: see `intake/message/authenticated.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from intake.message import address, authenticated
from intake.message.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class Mailbox:
    """How the senders of one mailbox are proven: by the server whose Authentication-Results are
    believed, or not at all (None: every sender is). `relays` are the servers by which our letters
    leave, whose own delivery reports are believed."""

    authserv_id: str | None = None
    relays: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Claim:
    """A mail and what is needed to doubt it. `mailbox` is None for one that nobody vouches for;
    `ours` are the service's own addresses, in lower case."""

    raw: bytes
    head: Letterhead
    mailbox: Mailbox | None
    ours: Collection[str]


def doubt_of_headers(claim: Claim) -> str:
    """Why nobody is named as the sender, as a reason of `handlers/post/attribution.py`, or ""."""
    return _first(_HEADERS, claim)


def doubt_of_sender(claim: Claim) -> str:
    """Why the sender that is named is not proven, or "" when they are."""
    return _first(_SENDERS, claim)


def is_ours(sender: str, ours: Collection[str]) -> bool:
    """Whether it is the service's own address, or an alias or a sub-address of it."""
    return bool(sender) and address.without_tag(sender.casefold()) in ours


Doubt = Callable[[Claim], str]


def _not_read(claim: Claim) -> str:
    return "mail-unreadable" if claim.head.sender_trouble == "not-read" else ""


def _several(claim: Claim) -> str:
    return "sender-several" if claim.head.sender_trouble.startswith("several") else ""


def _no_address(claim: Claim) -> str:
    return "" if claim.head.sender else "sender-unclear"


def _twice(claim: Claim) -> str:
    return "headers-twice" if claim.head.twice else ""


def _ours(claim: Claim) -> str:
    return "sender-ours" if is_ours(claim.head.sender, claim.ours) else ""


def _by_policy(claim: Claim) -> str:
    if claim.mailbox is None:
        return "sender-unproven"
    if claim.mailbox.authserv_id is None:
        return ""
    domain = claim.head.sender.rpartition("@")[2]
    return authenticated.doubt(claim.raw, claim.mailbox.authserv_id, domain)


_HEADERS: tuple[Doubt, ...] = (_not_read, _several, _no_address, _twice, _ours)
_SENDERS: tuple[Doubt, ...] = (*_HEADERS, _by_policy)


def _first(doubts: tuple[Doubt, ...], claim: Claim) -> str:
    return next((reason for doubt in doubts if (reason := doubt(claim))), "")
