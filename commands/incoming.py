"""Where things come in: the sources, what is remembered of them, and whom to let in first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from commands import sources as mailboxes
from commands.runtime import Ground
from commands.sources import name_of
from handlers.register.agencies import People
from intake.drop.drop_folder import Drop
from intake.imap.mailbox import Mailbox
from intake.source import Source
from intake.source_backlog import Backlog, Beginnings, Strays
from intake.source_health import Heard, Outages
from intake.spool import Spool
from intake.unregistered_senders import Strangers, Turns


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


@dataclass(frozen=True, slots=True)
class Incoming:
    """`watched` are, of the sources, those with a thread of their own."""

    spool: Spool
    sources: tuple[Source, ...]
    watched: tuple[Mailbox, ...]
    drop: Drop | None
    strays: Strays
    outages: Outages
    heard: Heard


def open_incoming(ground: Ground, open_things: ExitStack, *, working: bool) -> Incoming:
    """Raises AnotherRegisters for a drop folder that another register works."""
    spool = Spool(ground.ledger, ground.vault)
    drop = _drop(ground, spool)
    if working and drop is not None:
        open_things.enter_context(drop.claimed())
    boxes = tuple(mailboxes.mailboxes(ground.settings, ground.accounts, ground.vault.mark))
    watched = tuple(box for box in boxes if isinstance(box, Mailbox))
    for box in watched:
        open_things.callback(box.close)
    return Incoming(
        spool=spool,
        sources=(*boxes, *((drop,) if drop else ())),
        watched=watched,
        drop=drop,
        strays=Strays(ground.ledger, ground.vault),
        outages=Outages(ground.ledger),
        heard=Heard(ground.ledger),
    )


def _drop(ground: Ground, spool: Spool) -> Drop | None:
    settings = ground.settings
    if settings.drop is None:
        return None
    pause = settings.drop.settle_seconds
    return Drop(
        settings.drop.path,
        ground.vault.mark,
        settle=lambda: time.sleep(pause),
        today=lambda: ground.now().date(),
        after=settings.drop.after,
        outgrown=spool.outgrown,
    )
