"""A visit: one mailbox that `doctor` is signed in to.

Does: holds what each look at a mailbox needs.
Trusts: nothing that the server says.
Never touches: mail.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from config.mailbox import ImapMailbox
from intake.imap.session import Session


@dataclass(frozen=True, slots=True)
class Visit:
    """`there` are the watched folders that were found, as they are found."""

    name: str
    box: ImapMailbox
    session: Session
    there: list[str] = field(default_factory=list)

    def can(self, capability: str) -> bool:
        return self.session.client.has_capability(capability)
