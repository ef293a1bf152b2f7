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

from commands.background_postman import BackgroundPostman
from commands.clock import Clock
from commands.global_options import Asked
from commands.health_facts import Vitals
from commands.incoming import Reception, open_incoming, reception
from commands.outgoing import open_outgoing
from commands.runtime import Ground, open_ground
from commands.sources import addresses, proofs, seal_of
from commands.transports import alarms
from config.authorities import read_authorities
from config.kind import Kinds
from config.settings import Settings
from handlers.deliveries.process_delivery import Clerk
from handlers.judging.in_sandbox import Confined
from handlers.register.register import Register
from handlers.sandbox.client import Worker
from intake.database import Ledger
from intake.drop.drop_folder import Drop
from intake.imap.mailbox import Mailbox
from intake.keys import Keys
from intake.source import Source
from intake.source_backlog import Strays
from intake.source_health import Heard, Outages
from intake.spool import Spool
from intake.vault import Vault
from outbox.alerts.alert_state import Alarms
from outbox.chasing.chasing import Chasing
from outbox.digest.briefing import Briefing, Digests
from outbox.due.ladder_steps import AskedIn
from outbox.due.pending_answers import Unanswered
from outbox.due.receipts import Receipts
from outbox.due_letters import Correspondence
from outbox.sending.call_back import CallingBack
from outbox.sending.delivery_loop import Postman
from outbox.sending.gate import Gate
from outbox.sending.queue import Queue
from outbox.sending.transport_back_off import TransportWaits


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
        board=ground.settings.board.name,
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
