"""On what terms one mail is read: within which bounds, whom to believe, and what was in its seal.

Does: carries them into the confined worker.
Trusts: the service. A private key is never among them: what was sealed comes opened.
Never touches: the mail. Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.message.limits import USUAL, MailLimits
from intake.signatures.trust import Trust


@dataclass(frozen=True, slots=True)
class Terms:
    """`opened` is what the service found in an encrypted message: its parts with their headers,
    to be read in place of what is under the message's own. Without `trust` nobody is believed."""

    limits: MailLimits = USUAL
    trust: Trust | None = None
    opened: bytes | None = None


ORDINARY = Terms()
