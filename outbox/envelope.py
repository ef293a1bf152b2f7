"""The envelope: what a mail server is told of a letter before it is given the letter.

Does: reads the one recipient from the letter, and sees that its bytes are fit for the wire.
Trusts: nothing; a letter that came out wrong is not sent.
Never touches: the network.
Known limits: none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage

from config.address import address_of
from outbox.letter import Letter
from outbox.transport import Never
from outbox.wording import opened

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
LONGEST_LINE = 998  # bytes, RFC 5322


@dataclass(frozen=True, slots=True)
class Envelope:
    """`sender` is "" for a reply: what bounces back from it must not be answered, and is not
    (failure mode 65)."""

    sender: str
    recipient: str
    message: bytes

    @property
    def eight_bit(self) -> bool:
        return not self.message.isascii()

    @property
    def international(self) -> bool:
        """Whether it takes a server that knows addresses of other letters (RFC 6531)."""
        return not self.recipient.isascii()


def envelope(letter: Letter, sender: str) -> Envelope:
    """Raises Never for a letter that is not fit to be sent (failure mode 80)."""
    head = opened(letter.message)
    recipient = _the_one(head)
    if recipient is None:
        raise Never("the letter is not to exactly one address")
    if any(head[name] is not None for name in ("Cc", "Bcc")):
        raise Never("the letter names somebody besides the one it is to")
    if _BARE.search(letter.message) or _too_wide(letter.message):
        raise Never("the letter is not laid out as mail has to be")
    reply = str(head["Auto-Submitted"]).startswith("auto-replied")
    return Envelope("" if reply else sender, recipient, letter.message)


def _the_one(head: EmailMessage) -> str | None:
    to = [one.addr_spec for one in head["To"].addresses] if head["To"] is not None else []
    return address_of(to[0]) if len(to) == 1 else None


def _too_wide(message: bytes) -> bool:
    return any(len(line) > LONGEST_LINE for line in message.split(b"\r\n"))
