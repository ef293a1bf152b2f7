"""Whether a delivery report is what it says: only such a one stops letters (failure mode 106).
Which proof it had is kept with it.

Does: asks for one of two proofs: a relay of ours handed it over or wrote it, or the mailbox's own
policy proves its sender, whose domain is that of the letter's reader or our own. Pure.
Trusts: what our own server wrote on top of it (`intake/message/hops.py`); the mailbox's policy.
Never touches: the register, letters.
Known limits: a report of somebody else's server that gives no proof of its domain is a question.
"""

from __future__ import annotations

from collections.abc import Collection

from handlers.post.proof import Claim, doubt_of_sender
from handlers.register.entry import Proof
from intake.message.hops import from_our_relay

STOPS = frozenset({"hard", "soft"})  # what such a report comes to that changes a letter


def proof_of(claim: Claim, domains: Collection[str]) -> Proof:
    """`domains` are those of the people that the letter may have been to."""
    box = claim.mailbox
    if box is not None and from_our_relay(claim.raw, box.relays, box.authserv_id or ""):
        return "relay"
    own = {address.rpartition("@")[2] for address in claim.ours}
    theirs = {domain.casefold() for domain in domains}
    domain = claim.head.sender.rpartition("@")[2].casefold()
    return "sender" if domain in own | theirs and not doubt_of_sender(claim) else ""
