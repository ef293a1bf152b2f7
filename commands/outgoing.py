"""Where letters go out: what derives them, keeps them, and sends them.

Does: puts the outbox together.
Trusts: the ground, and what stands left of the outbox.
Never touches: what letters say.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass

from commands import ways
from commands.ground import Ground
from commands.incoming import Incoming
from commands.policies import caps_of, policy_of, terms_of
from commands.vitals import Vitals
from handlers.judging.confined import Confined
from handlers.register.register import Register
from intake.turns import Turns
from outbox.briefing import Briefing
from outbox.calling_back import CallingBack
from outbox.chasing import Chasing
from outbox.correspondence import Correspondence
from outbox.digests import Digests
from outbox.gate import Gate
from outbox.guard import Guard
from outbox.postman import Postman
from outbox.proofreader import Proofreader
from outbox.queue import Queue
from outbox.receipts import Handing, Receipts
from outbox.slips import Slips
from outbox.stopped import StoppedLetters
from outbox.transport_waits import TransportWaits
from outbox.unanswered import Unanswered
from outbox.unplaced import Unplaced
from outbox.untold import Untold
from outbox.unwritten import Unwritten
from outbox.waiting import Waits
from outbox.working import Working
from outbox.writer import Writer


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`receipts` is None without a drop folder."""

    queue: Queue
    unanswered: Unanswered
    chasing: Chasing
    vitals: Vitals
    briefing: Briefing
    digests: Digests
    correspondence: Correspondence
    calling_back: CallingBack
    gate: Gate
    postman: Postman
    transport_waits: TransportWaits
    receipts: Receipts | None


def open_outgoing(
    ground: Ground, incoming: Incoming, register: Register, confined: Confined
) -> Outgoing:
    """Raises Refused for a ladder at fault."""
    settings, ledger, vault = ground.settings, ground.ledger, ground.vault
    policy = policy_of(settings, ground.kinds)
    guard = Guard(register, policy.administrator, policy.operator, policy.chair)
    gate = Gate(ledger, register.record, caps_of(settings), guard, policy.at_work)
    queue = Queue(ledger, vault, ground.keys, settings.outbox.sender.rpartition("@")[2])
    transport_waits = TransportWaits(ledger)
    unanswered = Unanswered(ledger, vault, register, ground.kinds)
    writer = Writer(settings.board, settings.outbox.sender)
    waits = Waits(register, incoming.spool, incoming.outages, incoming.strays, ground.kinds)
    working = Working(ledger, ground.marker)
    chasing = Chasing(ledger, register, queue, waits, policy, working)
    vitals = Vitals(
        settings.storage, ground.keys, register.record, incoming.spool, incoming.sources,
        incoming.heard, incoming.outages, transport_waits,
    )  # fmt: skip
    turns, names = Turns(ledger, ground.vault), {source.name for source in incoming.sources}
    briefing = Briefing(
        ledger, register, incoming.strays, chasing, ground.kinds, vitals.look,
        ways.drafted(settings.outbox), outages=incoming.outages, ways=ways.taken(settings.outbox),
        turns=lambda today: turns.waiting(names, today),
        may_say=lambda words: guard.may_say(words, None, "digest"), calendar=policy.calendar,
    )  # fmt: skip
    calling_back = CallingBack(ledger, queue)
    digests = Digests(briefing, ledger, queue, terms_of(settings, policy), policy)
    correspondence = Correspondence(
        register,
        unanswered,
        Untold(ledger, register, unanswered),
        chasing,
        incoming.outages,
        Unwritten(ledger, incoming.outages, Proofreader(settings.board, writer)),
        digests,
        queue,
        writer,
        policy,
        StoppedLetters(ledger),
        working,
        Unplaced(ledger, register, policy.kinds, lambda id: unanswered.delivery(id, None).thread),
        calling_back,
    )
    return Outgoing(
        queue=queue,
        unanswered=unanswered,
        chasing=chasing,
        vitals=vitals,
        briefing=briefing,
        digests=digests,
        correspondence=correspondence,
        calling_back=calling_back,
        gate=gate,
        postman=_postman(ground, queue, gate, transport_waits),
        transport_waits=transport_waits,
        receipts=_receipts(ground, incoming, unanswered, writer, guard, confined),
    )


def _postman(ground: Ground, queue: Queue, gate: Gate, transport_waits: TransportWaits) -> Postman:
    outbox = ground.settings.outbox
    usual = ways.transport(outbox, outbox.sender, ground.accounts)
    return Postman(queue, gate, transport_waits, usual, ways.instead(outbox, ground.accounts))


def _receipts(
    ground: Ground,
    incoming: Incoming,
    unanswered: Unanswered,
    writer: Writer,
    guard: Guard,
    confined: Confined,
) -> Receipts | None:
    settings = ground.settings
    if settings.drop is None or incoming.drop is None:
        return None
    handing = Handing(
        incoming.spool, ground.vault, confined, writer, guard, ground.kinds, settings.board.name,
        settings.drop.annotate,
    )  # fmt: skip
    return Receipts(unanswered, Slips(ground.ledger), incoming.drop, handing)
