"""Where letters go out: what derives them, keeps them and sends them."""

from __future__ import annotations

from dataclasses import dataclass

from commands import transports
from commands.health_facts import Vitals
from commands.incoming import Incoming
from commands.runtime import Ground
from commands.transports import alert_after, alert_way
from config.calendar import Calendar
from config.colours import load_colours
from config.kind import Kinds
from config.ladder import TO_CHAIR, load_ladder
from config.settings import Settings
from handlers.judging.in_sandbox import Confined
from handlers.register.register import Register
from intake.unregistered_senders import Turns
from outbox.chasing.chasing import Chasing
from outbox.chasing.suppression import Waits
from outbox.digest.briefing import Briefing, Digests
from outbox.digest.deadlines import Diary
from outbox.digest.digest import Terms
from outbox.due.decision_letters import Untold
from outbox.due.letter_failures import Unwritten, Working
from outbox.due.pending_answers import Unanswered
from outbox.due.receipts import Handing, Receipts, Slips
from outbox.due.set_apart import Unplaced
from outbox.due.stopped_letters import StoppedLetters
from outbox.due_letters import Correspondence
from outbox.sending.call_back import CallingBack
from outbox.sending.delivery_loop import Postman
from outbox.sending.gate import Caps, Gate
from outbox.sending.queue import Queue
from outbox.sending.transport_back_off import TransportWaits
from outbox.writing.disclosure_guard import Guard
from outbox.writing.letter import Recipient
from outbox.writing.policy import Policy
from outbox.writing.template_check import Proofreader
from outbox.writing.writer import Writer


def caps_of(settings: Settings) -> Caps:
    return Caps(settings.outbox.letters_a_person_a_day, settings.outbox.letters_an_hour)


def policy_of(settings: Settings, kinds: Kinds) -> Policy:
    """Raises Refused for a ladder at fault. Without a chair's office nothing is drafted to it."""
    board = settings.board
    administrator, chair = board.administrator, board.chair
    ladder = load_ladder({kind.id for kind in kinds.all}, board.ladder)
    return Policy(
        kinds=kinds,
        ladder=ladder if chair else ladder.without(TO_CHAIR),
        calendar=Calendar.of(board.holidays, board.closed_on),
        administrator=Recipient(administrator.name, administrator.email),
        operator=Recipient("", board.operator),
        chair=Recipient(chair.name, chair.email) if chair else None,
        alert_after=alert_after(settings),
        opens=settings.schedule.office_hours.opens,
        closes=settings.schedule.office_hours.closes,
        digest_at=settings.schedule.digest,
        ask_first_after=settings.schedule.ask_first_after,
        ask_chair_after=settings.schedule.ask_chair_after,
        alert_way=alert_way(settings),
    )


def terms_of(settings: Settings, policy: Policy) -> Terms:
    return Terms(
        at=policy.digest_at,
        administrator=policy.administrator,
        kinds=policy.kinds,
        calendar=policy.calendar,
        colours=load_colours(),
        diary=Diary(settings.board.marking, settings.outbox.sender.rpartition("@")[2]),
    )


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
    gate = Gate(
        *(ledger, register.record, caps_of(settings), guard),
        *(policy.at_work, policy.digest_read),
    )
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
        transports.drafted(settings.outbox), outages=incoming.outages,
        ways=transports.taken(settings.outbox),
        turns=lambda today: turns.waiting(names, today),
        may_say=lambda words: guard.may_say(words, None, "digest"), calendar=policy.calendar,
        read_by=policy.read_by,
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
    usual = transports.transport(outbox, outbox.sender, ground.accounts)
    return Postman(queue, gate, transport_waits, usual, transports.instead(outbox, ground.accounts))


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
