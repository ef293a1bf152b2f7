"""Where things come in: the sources, what is remembered of them, and whom to let in first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date

from commands.composition import sources
from commands.composition.runtime import Runtime
from config.settings import DropSettings
from handlers.register.agencies import ContactDirectory
from intake.drop.drop_folder import DropFolder
from intake.imap.mailbox import Mailbox
from intake.journal import OutsideJournal
from intake.source import Source
from intake.source_backlog import OfferBacklog, SourceBeginnings, StrayRecords
from intake.source_health import OutageRecords, SourceActivity
from intake.spool import Spool
from intake.unregistered_senders import UnregisteredSenders, WaitingDomains


@dataclass(frozen=True, slots=True)
class IntakeMemory:
    """`since` are the days that the settings give for a source; `registered` tells whether anybody
    is under this address, `domains` are the domains of all who are; `answering` are the addresses
    of those who may answer a digest, in lower case."""

    strangers: UnregisteredSenders
    turns: WaitingDomains
    beginnings: SourceBeginnings
    backlog: OfferBacklog
    since: Mapping[str, date]
    registered: Callable[[str], bool]
    domains: Callable[[], frozenset[str]]
    answering: frozenset[str]


def build_intake_memory(runtime: Runtime, people: ContactDirectory) -> IntakeMemory:
    board = runtime.settings.board
    answering = (board.administrator.email, *board.administrator_also, *board.deputies)
    officers = frozenset(map(str.casefold, answering)) if board.answers != "off" else frozenset()
    boxes = enumerate(runtime.settings.mailbox, 1)
    return IntakeMemory(
        strangers=UnregisteredSenders(runtime.database, runtime.vault.keyed_hash),
        turns=WaitingDomains(runtime.database, runtime.vault),
        beginnings=SourceBeginnings(runtime.database),
        backlog=OfferBacklog(),
        since={sources.source_name(n): box.since for n, box in boxes if box.since is not None},
        registered=lambda sender: bool(sender and people.places_of_sender(sender)),
        answering=officers,
        domains=people.registered_domains,
    )


@dataclass(frozen=True, slots=True)
class Incoming:
    """`watched` are, of the sources, those with a thread of their own."""

    spool: Spool
    sources: tuple[Source, ...]
    watched: tuple[Mailbox, ...]
    drops: tuple[DropFolder, ...]
    strays: StrayRecords
    outages: OutageRecords
    source_activity: SourceActivity


def open_incoming(runtime: Runtime, open_things: ExitStack, *, working: bool) -> Incoming:
    """Raises ShareClaimedElsewhere or SourceClaimedElsewhere for a drop folder or a mailbox that
    another register works."""
    journal = OutsideJournal(runtime.vault.folder, runtime.keys)
    spool = Spool(runtime.database, runtime.vault, journal)
    drops = tuple(_drop(runtime, spool, drop) for drop in runtime.settings.drop_folders)
    for drop in drops if working else ():
        open_things.enter_context(drop.claimed_exclusively())
    boxes = tuple(
        sources.build_mailboxes(
            runtime.settings, runtime.accounts, runtime.vault.keyed_hash, claiming=working
        )
    )
    watched = tuple(box for box in boxes if isinstance(box, Mailbox))
    for box in watched:
        open_things.callback(box.close)
    # A server may let us wait: what is on this machine is claimed first.
    for source in sorted(boxes, key=lambda source: source.remote) if working else ():
        open_things.enter_context(source.claimed_exclusively())
    return Incoming(
        spool=spool,
        sources=(*boxes, *drops),
        watched=watched,
        drops=drops,
        strays=StrayRecords(runtime.database, runtime.vault),
        outages=OutageRecords(runtime.database),
        source_activity=SourceActivity(runtime.database),
    )


def _drop(runtime: Runtime, spool: Spool, asked: DropSettings) -> DropFolder:
    return DropFolder(
        asked.path,
        runtime.vault.keyed_hash,
        name=asked.name,
        says=sources.settings_claim(runtime.settings, runtime.vault.keyed_hash).says,
        settle=lambda: time.sleep(asked.settle_seconds),
        today=lambda: runtime.now().date(),
        after=asked.after,
        outgrown=lambda place, content: spool.is_outgrown(asked.name, place, content),
    )
