"""Where letters go out: what derives them, keeps them and sends them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from commands.composition import transports
from commands.composition.incoming import Incoming
from commands.composition.original_files import original_attachments
from commands.composition.runtime import Runtime
from commands.composition.sources import folders_by_outcome, source_name
from commands.composition.transports import alert_after, alert_transport
from config.calendar import Calendar
from config.colours import load_colours
from config.kind import Kinds
from config.ladder import CHAIR_LETTER, load_ladder
from config.mailbox_settings import ImapMailbox
from config.settings import Settings
from handlers.judging.in_sandbox import SandboxJudge
from handlers.orders.reply_reader import ReplyReader
from handlers.register.held_strangers import HeldStrangers
from handlers.register.register import Register
from intake.headers.address import without_sub_address
from intake.keys import Keys
from intake.order_codes import OrderCodes
from intake.unregistered_senders import WaitingDomains
from outbox.chasing.chasing import Chasing
from outbox.chasing.suppression import MattersReader
from outbox.digest.arrivals import ArrivalReader, FilingPlaces
from outbox.digest.briefing import DigestBriefing, DigestSchedule
from outbox.digest.deadlines import CalendarOwner
from outbox.digest.deputy_orders import deputy_orders
from outbox.digest.digest import DigestTerms
from outbox.digest.first_words import FirstWords
from outbox.digest.urgent import UrgentEntries
from outbox.due.confirmations import Confirmations
from outbox.due.decision_letters import UntoldDecisions
from outbox.due.letter_failures import LetterFailures, UnfinishedWork
from outbox.due.pending_answers import UnansweredDeliveries
from outbox.due.receipts import ReceiptLog, ReceiptTools, ReceiptWriter, ReturnFolder
from outbox.due.set_apart import UnplacedMessages
from outbox.due.stopped_letters import StoppedLetters
from outbox.due_letters import Correspondence
from outbox.health.health_reader import HealthReader
from outbox.orders.order_records import OrderRecords
from outbox.sending.call_back import LetterRecall
from outbox.sending.departures import Departures
from outbox.sending.gate import SendingCaps, SendingGate
from outbox.sending.letter_dispatcher import LetterDispatcher
from outbox.sending.letter_queue import LetterQueue
from outbox.sending.transport_back_off import TransportWaits
from outbox.sending.trial import TrialMode
from outbox.writing.asks import SEND_ME, OrderLinks
from outbox.writing.disclosure_guard import DisclosureGuard
from outbox.writing.letter import Recipient
from outbox.writing.policy import LetterPolicy
from outbox.writing.template_check import TemplateChecker
from outbox.writing.writer import LetterWriter


def caps_from_settings(settings: Settings) -> SendingCaps:
    return SendingCaps(settings.outbox.letters_a_person_a_day, settings.outbox.letters_an_hour)


def policy_from_settings(settings: Settings, kinds: Kinds) -> LetterPolicy:
    """Raises InvalidUserFile for a ladder at fault. Without a chair's office nothing is drafted to
    it."""
    board = settings.board
    administrator, chair = board.administrator, board.chair
    ladder = load_ladder({kind.id for kind in kinds.all}, board.ladder)
    return LetterPolicy(
        kinds=kinds,
        ladder=ladder if chair else ladder.without_letter(CHAIR_LETTER),
        calendar=Calendar.for_subdivision(board.holidays, board.all_closed_dates),
        administrator=Recipient(administrator.name, administrator.email),
        operator=Recipient("", board.operator),
        chair=Recipient(chair.name, chair.email) if chair else None,
        alert_after=alert_after(settings),
        opens=settings.schedule.office_hours.opens,
        closes=settings.schedule.office_hours.closes,
        digest_at=settings.schedule.digest,
        ask_first_after=settings.schedule.ask_first_after,
        ask_chair_after=settings.schedule.ask_chair_after,
        decisions_quiet=timedelta(minutes=settings.outbox.decisions_quiet_minutes),
        undo_time=timedelta(minutes=settings.outbox.undo_minutes),
        deputies=board.deputies,
        alert_way=alert_transport(settings),
    )


def digest_terms(settings: Settings, policy: LetterPolicy, keys: Keys) -> DigestTerms:
    codes = OrderCodes(keys)
    address = without_sub_address(settings.outbox.sender)
    by_mail = settings.board.answers != "off"
    without = frozenset({SEND_ME.order} if settings.board.originals == "never" else ())
    return DigestTerms(
        at=policy.digest_at,
        administrator=policy.administrator,
        kinds=policy.kinds,
        calendar=policy.calendar,
        colours=load_colours(),
        diary=CalendarOwner(settings.board.marking, settings.outbox.sender.rpartition("@")[2]),
        links=OrderLinks(address, codes.make_code, without) if by_mail else None,
        trial=settings.outbox.trial,
    )


def filing_places(settings: Settings) -> FilingPlaces:
    """Where things lie once they are dealt with."""
    boxes = {source_name(n): box for n, box in enumerate(settings.mailbox, 1)}
    servers = {name: box for name, box in boxes.items() if isinstance(box, ImapMailbox)}
    return FilingPlaces(
        inboxes={name: box.watched_folders[0] for name, box in servers.items()},
        folders={
            name: folders_by_outcome(box.after)
            for name, box in servers.items()
            if box.after.mode == "move"
        },
        moved=frozenset(drop.name for drop in settings.drop_folders if drop.after == "move"),
    )


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`receipts` is None without a drop folder; `may_tell` says of words whether the administrator
    may be told them."""

    queue: LetterQueue
    unanswered: UnansweredDeliveries
    chasing: Chasing
    health_reader: HealthReader
    briefing: DigestBriefing
    digests: DigestSchedule
    correspondence: Correspondence
    calling_back: LetterRecall
    gate: SendingGate
    dispatcher: LetterDispatcher
    transport_waits: TransportWaits
    receipts: ReceiptWriter | None
    arrivals: ArrivalReader
    first_words: FirstWords
    may_tell: Callable[[str], bool]
    trial: TrialMode


def open_outgoing(
    runtime: Runtime,
    incoming: Incoming,
    register: Register,
    sandbox_judge: SandboxJudge,
    replies: ReplyReader,
) -> Outgoing:
    """Raises InvalidUserFile for a ladder at fault."""
    settings, database, vault = runtime.settings, runtime.database, runtime.vault
    policy = policy_from_settings(settings, runtime.kinds)
    guard = DisclosureGuard(
        *(register, policy.administrator, policy.operator, policy.chair, policy.deputies)
    )
    gate = SendingGate(
        *(database, register.record, caps_from_settings(settings), guard),
        *(policy.is_at_work, policy.is_digest_read),
        Departures(database, runtime.keys, register.journal),
    )
    trial = TrialMode(database, register.record, policy.administrator, is_on=settings.outbox.trial)
    queue = LetterQueue(database, vault, runtime.keys, settings.outbox.sender.rpartition("@")[2])
    transport_waits = TransportWaits(database)
    unanswered = UnansweredDeliveries(database, vault, register, runtime.kinds)
    writer = LetterWriter(settings.board, settings.outbox.sender)
    waits = MattersReader(
        *(register, incoming.spool, incoming.outages, incoming.strays),
        *(runtime.kinds, policy.calendar),
    )
    working = UnfinishedWork(database, runtime.marker)
    chasing = Chasing(database, register, queue, waits, policy, working)
    health_reader = HealthReader(
        database, settings.storage, runtime.keys, register.record, incoming.spool, incoming.sources,
        incoming.source_activity, incoming.outages, transport_waits,
        settings.scanner is not None,
    )  # fmt: skip
    turns, names = (
        WaitingDomains(database, runtime.vault),
        {source.name for source in incoming.sources},
    )
    may_tell = partial(guard.may_be_told, own=None, kind="digest")
    arrivals = ArrivalReader(database, vault, register.people, filing_places(settings), may_tell)
    at_once = tuple(kind.id for kind in runtime.kinds.all if kind.urgent)
    first_words = FirstWords(database, vault, replies, may_tell, at_once)
    briefing = DigestBriefing(
        database, register, incoming.strays, chasing, runtime.kinds, health_reader.read_health,
        transports.drafted_kinds(settings.outbox), outages=incoming.outages,
        ways=transports.kinds_by_transport(settings.outbox),
        turns=lambda today: turns.waiting_domains(names, today),
        may_say=may_tell, calendar=policy.calendar, read_by=policy.digest_read_by,
        leaving=HeldStrangers(
            database, runtime.vault, register.people, register.entries,
            settings.schedule.strangers_kept_days,
        ),
        orders=OrderRecords(database, vault),
        arrivals=arrivals,
        deputies=partial(
            deputy_orders, OrderRecords(database, vault), settings.board.administrator.email
        ),
        telling=first_words.telling_of,
        besides=first_words.words_besides,
    )  # fmt: skip
    calling_back = LetterRecall(database, queue)
    terms = digest_terms(settings, policy, runtime.keys)
    digests = DigestSchedule(briefing, database, queue, terms, policy)
    correspondence = Correspondence(
        register,
        unanswered,
        UntoldDecisions(database, register, unanswered, policy.kinds),
        chasing,
        incoming.outages,
        LetterFailures(database, incoming.outages, TemplateChecker(settings.board, writer)),
        digests,
        queue,
        writer,
        policy,
        StoppedLetters(database),
        working,
        UnplacedMessages(
            database, register, policy.kinds, lambda id: unanswered.read_delivery(id, None).thread
        ),
        calling_back,
        Confirmations(
            OrderRecords(database, vault),
            lambda id: original_attachments(register, incoming.spool, vault, sandbox_judge, id),
        ),
        UrgentEntries(
            *(database, register, policy, briefing.needs_of_entries, terms.links),
            *(arrivals.arrival_phrase, lambda entry: first_words.telling_of(entry).matter),
        ),
    )
    return Outgoing(
        queue=queue,
        unanswered=unanswered,
        chasing=chasing,
        health_reader=health_reader,
        briefing=briefing,
        digests=digests,
        correspondence=correspondence,
        calling_back=calling_back,
        gate=gate,
        dispatcher=_dispatcher(runtime, queue, gate, transport_waits, trial),
        transport_waits=transport_waits,
        may_tell=may_tell,
        trial=trial,
        arrivals=arrivals,
        first_words=first_words,
        receipts=_receipts(runtime, incoming, unanswered, writer, guard, sandbox_judge),
    )


def _dispatcher(
    runtime: Runtime,
    queue: LetterQueue,
    gate: SendingGate,
    transport_waits: TransportWaits,
    trial: TrialMode,
) -> LetterDispatcher:
    outbox = runtime.settings.outbox
    usual = transports.build_transport(outbox, outbox.sender, runtime.accounts)
    return LetterDispatcher(
        queue,
        gate,
        transport_waits,
        usual,
        transports.transports_by_kind(outbox, runtime.accounts),
        trial=trial,
    )


def _receipts(
    runtime: Runtime,
    incoming: Incoming,
    unanswered: UnansweredDeliveries,
    writer: LetterWriter,
    guard: DisclosureGuard,
    sandbox_judge: SandboxJudge,
) -> ReceiptWriter | None:
    settings = runtime.settings
    if not incoming.drops:
        return None
    handing = ReceiptTools(
        *(incoming.spool, runtime.vault, sandbox_judge, writer, guard, runtime.kinds),
        settings.board.name,
    )
    annotate = {drop.name: drop.annotate for drop in settings.drop_folders}
    folders = {drop.name: ReturnFolder(drop, annotate[drop.name]) for drop in incoming.drops}
    return ReceiptWriter(
        unanswered, ReceiptLog(runtime.database), folders, handing, trial=settings.outbox.trial
    )
