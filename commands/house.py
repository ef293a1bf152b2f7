"""The house: everything opened and put together for a command that works on the register.

Does: the composition, from left to right: the ground, what comes in, who judges it, what goes out.
Trusts: the settings, which were checked.
Never touches: what any of them do.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from commands.asked import Asked
from commands.background_postman import BackgroundPostman
from commands.clock import Clock
from commands.ground import Ground, open_ground
from commands.incoming import open_incoming
from commands.other_ways import alarms
from commands.outgoing import open_outgoing
from commands.reception import Reception, reception
from commands.senders import addresses, proofs
from commands.signatures import seal_of
from commands.vitals import Vitals
from config.authorities import read_authorities
from config.kind import Kinds
from config.settings import Settings
from handlers.clerk import Clerk
from handlers.judging.confined import Confined
from handlers.register.register import Register
from handlers.worker.client import Worker
from intake.drop import Drop
from intake.heard import Heard
from intake.imap.mailbox import Mailbox
from intake.keys import Keys
from intake.ledger import Ledger
from intake.outages import Outages
from intake.source import Source
from intake.spool import Spool
from intake.strays import Strays
from intake.vault import Vault
from outbox.alarms import Alarms
from outbox.asked_in import AskedIn
from outbox.briefing import Briefing
from outbox.calling_back import CallingBack
from outbox.chasing import Chasing
from outbox.correspondence import Correspondence
from outbox.digests import Digests
from outbox.gate import Gate
from outbox.postman import Postman
from outbox.queue import Queue
from outbox.receipts import Receipts
from outbox.transport_waits import TransportWaits
from outbox.unanswered import Unanswered


@dataclass(frozen=True, slots=True)
class House:
    """Everything a command may need, open."""

    settings: Settings
    kinds: Kinds
    now: Clock
    played: bool  # the time is what the command was told it is
    ledger: Ledger
    spool: Spool
    vault: Vault
    keys: Keys
    register: Register
    queue: Queue
    briefing: Briefing
    digests: Digests
    correspondence: Correspondence
    calling_back: CallingBack
    chasing: Chasing
    gate: Gate
    postman: Postman | BackgroundPostman
    transport_waits: TransportWaits
    alarms: Alarms
    sources: tuple[Source, ...]
    watched: tuple[Mailbox, ...]  # of the sources, those with a thread of their own
    drop: Drop | None
    reception: Reception
    strays: Strays
    outages: Outages
    heard: Heard
    vitals: Vitals
    receipts: Receipts | None
    clerk: Clerk
    confined: Confined
    unanswered: Unanswered


@contextmanager
def open_house(asked: Asked, *, working: bool = False, running: bool = False) -> Iterator[House]:
    """Open everything. `working` takes the one writer's lock; `running` lets `--at` time run on.

    Raises AnotherRegisters, and what the ground raises.
    """
    with open_ground(asked, working=working, running=running) as ground, ExitStack() as open_things:
        incoming = open_incoming(ground, open_things, working=working)
        shapes = ground.settings.board.reference
        register = Register(ground.ledger, ground.vault, ground.keys, ground.kinds, shapes)
        confined = _confined(ground, open_things)
        outgoing = open_outgoing(ground, incoming, register, confined)
        yield House(
            settings=ground.settings,
            kinds=ground.kinds,
            now=ground.now,
            played=ground.played,
            ledger=ground.ledger,
            vault=ground.vault,
            keys=ground.keys,
            spool=incoming.spool,
            sources=incoming.sources,
            watched=incoming.watched,
            drop=incoming.drop,
            reception=reception(ground, register.people),
            strays=incoming.strays,
            outages=incoming.outages,
            heard=incoming.heard,
            register=register,
            confined=confined,
            clerk=_clerk(ground, incoming.spool, register, confined),
            queue=outgoing.queue,
            unanswered=outgoing.unanswered,
            chasing=outgoing.chasing,
            vitals=outgoing.vitals,
            briefing=outgoing.briefing,
            digests=outgoing.digests,
            correspondence=outgoing.correspondence,
            calling_back=outgoing.calling_back,
            gate=outgoing.gate,
            postman=outgoing.postman,
            transport_waits=outgoing.transport_waits,
            alarms=alarms(ground.settings, ground.ledger),
            receipts=outgoing.receipts,
        )


def _confined(ground: Ground, open_things: ExitStack) -> Confined:
    """Whoever opens documents, in a process of their own."""
    signatures = ground.settings.signatures
    return Confined(
        open_things.enter_context(Worker(setup=ground.kinds)),
        ground.kinds,
        authorities=read_authorities(signatures.authorities),
        seal=seal_of(signatures, ground.credentials),
    )


def _clerk(ground: Ground, spool: Spool, register: Register, confined: Confined) -> Clerk:
    settings = ground.settings
    return Clerk(
        spool,
        ground.vault,
        register,
        confined,
        ground.kinds,
        settings.board.zone,
        proofs(settings),
        ours=addresses(settings),
        asked_in=AskedIn(ground.ledger).kinds,
    )
