"""What the settings say of senders: how each mailbox proves them, and which addresses are ours.

Does: turns settings into what the clerk asks.
Trusts: the settings, which were checked.
Never touches: mail.
Known limits: an account that signs in by another name than its address has to be named in
`aliases`.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.mailbox import ImapMailbox
from config.outbox import SmtpWay
from config.settings import Settings
from handlers.post.proof import Mailbox


def proofs(settings: Settings) -> dict[str, Mailbox]:
    """How each mailbox's senders are proven, by the name its source has."""
    ours = relays(settings)
    return {f"mail-{n}": _proof(box, ours) for n, box in enumerate(settings.mailbox, 1)}


def relays(settings: Settings) -> frozenset[str]:
    """The servers by which letters leave: those that are named, and those they are handed to."""
    outbox = settings.outbox
    ways = (outbox, *outbox.instead)
    hosts = (way.host for way in ways if isinstance(way, SmtpWay))
    return frozenset(name.casefold() for name in (*hosts, *outbox.relays))


def _proof(box: object, relays: frozenset[str]) -> Mailbox:
    """The embedded Maildir is a folder that nobody else can write."""
    if isinstance(box, ImapMailbox) and box.authentication == "dmarc":
        return Mailbox(box.authserv_id or "", relays)
    return Mailbox(relays=relays)


def addresses(settings: Settings) -> tuple[str, ...]:
    """Every address that leads to the service: no mail from one of them is believed."""
    return tuple(_addresses(settings))


def _addresses(settings: Settings) -> Iterator[str]:
    yield settings.outbox.sender
    yield from settings.outbox.aliases
    yield from (box.username for box in settings.mailbox if isinstance(box, ImapMailbox))
