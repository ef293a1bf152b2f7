"""Whom to let in first: what taking in knows of senders and sources.

Does: the composition of what orders and bounds the taking in.
Trusts: the register.
Never touches: mail.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from commands.ground import Ground
from commands.mailboxes import name_of
from handlers.register.people import People
from intake.backlog import Backlog
from intake.beginnings import Beginnings
from intake.strangers import Strangers
from intake.turns import Turns


@dataclass(frozen=True, slots=True)
class Reception:
    """`since` are the days that the settings give for a source; `registered` tells whether anybody
    is under this address, `domains` are the domains of all who are."""

    strangers: Strangers
    turns: Turns
    beginnings: Beginnings
    backlog: Backlog
    since: Mapping[str, date]
    registered: Callable[[str], bool]
    domains: Callable[[], frozenset[str]]


def reception(ground: Ground, people: People) -> Reception:
    boxes = enumerate(ground.settings.mailbox, 1)
    return Reception(
        strangers=Strangers(ground.ledger, ground.vault.mark),
        turns=Turns(ground.ledger, ground.vault),
        beginnings=Beginnings(ground.ledger),
        backlog=Backlog(),
        since={name_of(n): box.since for n, box in boxes if box.since is not None},
        registered=lambda sender: bool(sender and people.places_of_sender(sender)),
        domains=people.domains,
    )
