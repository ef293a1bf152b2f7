"""Opens everything and puts it together for a command that works on the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from commands.composition.background_dispatcher import BackgroundDispatcher
from commands.composition.clock import Clock
from commands.composition.incoming import IntakeMemory, build_intake_memory, open_incoming
from commands.composition.look_in_hand import LookInHand
from commands.composition.lost_originals import LostOriginals
from commands.composition.outgoing import open_outgoing
from commands.composition.runtime import Runtime, open_runtime
from commands.composition.scanner_setup import build_virus_scanner
from commands.composition.sources import (
    read_decryption_seal,
    sender_proof_policies,
    service_addresses,
)
from commands.composition.transports import build_alert_dispatcher, storage_failure_file
from commands.global_options import GlobalOptions
from config.authorities import read_authorities
from config.kind import Kinds
from config.settings import Settings
from handlers.deliveries.process_delivery import DeliveryProcessor
from handlers.judging.in_sandbox import SandboxJudge
from handlers.orders.reply_reader import ReplyReader
from handlers.register.register import Register
from handlers.sandbox.client import Worker
from handlers.scanning.virus_scanner import VirusScanner
from intake.database import RegisterDatabase
from intake.drop.drop_folder import DropFolder
from intake.imap.mailbox import Mailbox
from intake.keys import Keys
from intake.source import Source
from intake.source_backlog import StrayRecords
from intake.source_health import OutageRecords, SourceActivity
from intake.spool import Spool
from intake.vault import Vault
from outbox.alerts.alert_state import AlertDispatcher
from outbox.chasing.chasing import Chasing
from outbox.digest.arrivals import ArrivalReader
from outbox.digest.briefing import DigestBriefing, DigestSchedule
from outbox.digest.first_words import FirstWords
from outbox.due.ladder_steps import AskedKindsReader
from outbox.due.pending_answers import UnansweredDeliveries
from outbox.due.receipts import ReceiptWriter
from outbox.due_letters import Correspondence
from outbox.health.health_reader import HealthReader
from outbox.sending.call_back import LetterRecall
from outbox.sending.gate import SendingGate
from outbox.sending.journal_gaps import JournalUpkeep
from outbox.sending.letter_dispatcher import LetterDispatcher
from outbox.sending.letter_queue import LetterQueue
from outbox.sending.transport_back_off import TransportWaits
from outbox.sending.trial import TrialMode


@dataclass(frozen=True, slots=True)
class Application:
    """Everything a command may need, open."""

    settings: Settings
    kinds: Kinds
    now: Clock
    played: bool  # the time is what the command was told it is
    database: RegisterDatabase
    spool: Spool
    vault: Vault
    keys: Keys
    register: Register
    queue: LetterQueue
    briefing: DigestBriefing
    digests: DigestSchedule
    correspondence: Correspondence
    calling_back: LetterRecall
    chasing: Chasing
    gate: SendingGate
    dispatcher: LetterDispatcher | BackgroundDispatcher
    transport_waits: TransportWaits
    alerts: AlertDispatcher
    look_in_hand: LookInHand
    journal_upkeep: JournalUpkeep
    sources: tuple[Source, ...]
    watched: tuple[Mailbox, ...]  # of the sources, those with a thread of their own
    drops: tuple[DropFolder, ...]
    intake_memory: IntakeMemory
    strays: StrayRecords
    outages: OutageRecords
    source_activity: SourceActivity
    health_reader: HealthReader
    receipts: ReceiptWriter | None
    processor: DeliveryProcessor
    sandbox_judge: SandboxJudge
    scanner: VirusScanner | None  # None where none is configured
    unanswered: UnansweredDeliveries
    replies: ReplyReader  # reads answers to a digest, in the confined worker
    arrivals: ArrivalReader
    first_words: FirstWords
    may_tell: Callable[[str], bool]  # whether the administrator may be told some words
    trial: TrialMode
    lost_originals: LostOriginals


@contextmanager
def open_application(
    asked: GlobalOptions, *, working: bool = False, running: bool = False, older: bool = False
) -> Iterator[Application]:
    """Open everything. `working` takes the one writer's lock; `running` lets `--at` time run on;
    the register may be `older` than the last one written, and no head is written for it then.

    Raises ShareClaimedElsewhere, what the runtime raises, and at the end JournalBehind.
    """
    with (
        open_runtime(asked, working=working, running=running, older=older) as runtime,
        ExitStack() as open_things,
    ):
        if working:
            storage_failure_file(runtime.settings).reserve()
        incoming = open_incoming(runtime, open_things, working=working)
        shapes = runtime.settings.board.reference
        register = Register(runtime.database, runtime.vault, runtime.keys, runtime.kinds, shapes)
        if not runtime.opened.fits:
            register.outside_head.hold()
        register.withdrawals.destroyed.finish(runtime.now())  # what a kill has left
        if working:
            register.owners.finish_moves()
        scanner = build_virus_scanner(runtime.settings)
        worker = open_things.enter_context(Worker(setup=runtime.kinds, screen=scanner))
        sandbox_judge = _confined(runtime, worker)
        replies = ReplyReader(worker)
        lost = LostOriginals(
            *(runtime.database, runtime.vault, runtime.keys, runtime.kinds),
            runtime.settings.board.zone_info,
        )
        open_things.enter_context(lost.told_by_entry())
        look = LookInHand(runtime.database, runtime.vault, runtime.keys, runtime.kinds)
        open_things.callback(look.close)
        outgoing = open_outgoing(runtime, incoming, register, sandbox_judge, replies)
        yield Application(
            settings=runtime.settings,
            kinds=runtime.kinds,
            now=runtime.now,
            played=runtime.played,
            database=runtime.database,
            vault=runtime.vault,
            keys=runtime.keys,
            spool=incoming.spool,
            sources=incoming.sources,
            watched=incoming.watched,
            drops=incoming.drops,
            intake_memory=build_intake_memory(runtime, register.people),
            strays=incoming.strays,
            outages=incoming.outages,
            source_activity=incoming.source_activity,
            register=register,
            sandbox_judge=sandbox_judge,
            scanner=scanner,
            processor=_processor(runtime, incoming.spool, register, sandbox_judge),
            queue=outgoing.queue,
            unanswered=outgoing.unanswered,
            chasing=outgoing.chasing,
            health_reader=outgoing.health_reader,
            briefing=outgoing.briefing,
            digests=outgoing.digests,
            correspondence=outgoing.correspondence,
            calling_back=outgoing.calling_back,
            gate=outgoing.gate,
            dispatcher=outgoing.dispatcher,
            transport_waits=outgoing.transport_waits,
            alerts=build_alert_dispatcher(runtime.settings, runtime.database),
            look_in_hand=look,
            journal_upkeep=JournalUpkeep(runtime.database, register.journal),
            receipts=outgoing.receipts,
            replies=replies,
            arrivals=outgoing.arrivals,
            first_words=outgoing.first_words,
            may_tell=outgoing.may_tell,
            lost_originals=lost,
            trial=outgoing.trial,
        )
        if not working:  # a round has told it
            register.journal.refuse_owed()


def _confined(runtime: Runtime, worker: Worker) -> SandboxJudge:
    """Whoever opens documents, in a process of their own."""
    signatures = runtime.settings.signatures
    return SandboxJudge(
        worker,
        runtime.kinds,
        authorities=read_authorities(signatures.authorities),
        seal=read_decryption_seal(signatures, runtime.credentials),
        board=runtime.settings.board.name,
    )


def _processor(
    runtime: Runtime, spool: Spool, register: Register, sandbox_judge: SandboxJudge
) -> DeliveryProcessor:
    settings = runtime.settings
    return DeliveryProcessor(
        spool,
        runtime.vault,
        register,
        sandbox_judge,
        runtime.kinds,
        settings.board.zone_info,
        sender_proof_policies(settings),
        ours=service_addresses(settings),
        asked_in=AskedKindsReader(runtime.database).kinds_asked_for,
    )
