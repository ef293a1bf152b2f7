"""Where things come in: the sources and what is remembered of them.

Does: opens the mailboxes and the drop folder, the spool behind them, and what notices who is away.
Trusts: the ground.
Never touches: what comes in.
Known limits: none.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass

from commands import mailboxes
from commands.ground import Ground
from intake.drop import Drop
from intake.heard import Heard
from intake.imap.mailbox import Mailbox
from intake.outages import Outages
from intake.source import Source
from intake.spool import Spool
from intake.strays import Strays


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
