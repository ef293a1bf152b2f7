"""The house: everything opened and put together for a command that works on the register.

Does: the composition. Reads the settings and keys, opens the ledger and its three writers, the
sources, the worker and the transport, and hands them over; closes them again.
Trusts: the settings, which were checked.
Never touches: what any of them do.
Known limits: none.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from commands import mailboxes, ways
from commands.alerting import alert_after
from commands.asked import Asked
from commands.clock import Clock, clock
from commands.senders import addresses, proofs
from commands.signatures import seal_of
from commands.vitals import Vitals
from config.authorities import read_authorities
from config.calendar import Calendar
from config.colours import load_colours
from config.kind import Kinds
from config.kinds import load_kinds
from config.ladder import TO_CHAIR, load_ladder
from config.problem import Refused
from config.settings import Settings, load_settings
from handlers.clerk import Clerk
from handlers.judging.confined import Confined
from handlers.register import register as register_room
from handlers.register.register import Register
from handlers.worker.client import Worker
from intake import spool as spool_room
from intake.drop import Drop
from intake.heard import Heard
from intake.imap.mailbox import Mailbox
from intake.keys import Keys, read_keys
from intake.ledger import Ledger
from intake.outages import Outages
from intake.sign_in.accounts import Accounts
from intake.source import Source
from intake.spool import Spool
from intake.strays import Strays
from intake.vault import Vault, VaultMissing
from outbox import queue as queue_room
from outbox.briefing import Briefing
from outbox.caps import Caps
from outbox.chasing import Chasing
from outbox.correspondence import Correspondence
from outbox.deadlines import Diary
from outbox.digest import Terms
from outbox.digests import Digests
from outbox.gate import Gate
from outbox.guard import Guard
from outbox.letter import Recipient
from outbox.policy import Policy
from outbox.postman import Postman
from outbox.proofreader import Proofreader
from outbox.queue import Queue
from outbox.receipts import Handing, Receipts
from outbox.slips import Slips
from outbox.unanswered import Unanswered
from outbox.untold import Untold
from outbox.unwritten import Unwritten
from outbox.waiting import Waits
from outbox.writer import Writer

SCHEMAS = (spool_room.SCHEMA, register_room.SCHEMA, queue_room.SCHEMA)


class AnotherAtWork(Exception):
    """Another scr-intake is at work on this register. Only one may write at a time."""


class NoPlace(Exception):
    """The folder that should hold the register is not there, or cannot be written."""


@dataclass(frozen=True, slots=True)
class House:
    """Everything a command may need, open."""

    settings: Settings
    kinds: Kinds
    now: Clock
    ledger: Ledger
    spool: Spool
    vault: Vault
    keys: Keys
    register: Register
    queue: Queue
    briefing: Briefing
    digests: Digests
    correspondence: Correspondence
    chasing: Chasing
    gate: Gate
    postman: Postman
    sources: tuple[Source, ...]
    watched: tuple[Mailbox, ...]  # of the sources, those with a thread of their own
    drop: Drop | None
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

    Raises Refused, AnotherAtWork, AnotherRegisters, NoPlace, and what keys and ledger raise.
    """
    settings = load_settings(asked.config)
    accounts = Accounts(_credentials(), time.time)
    _served(settings, accounts, asked.config)
    kinds = load_kinds(settings.board.kinds)
    authorities = read_authorities(settings.signatures.authorities)
    seal = seal_of(settings.signatures, _credentials())
    keys = read_keys(settings.storage.keys, _credentials())
    if not (folder := settings.storage.register_file.parent).is_dir():
        raise NoPlace(str(folder))
    now = clock(settings.board.zone, asked.at, running=running)
    with ExitStack() as open_things:
        if working:
            open_things.enter_context(_only_one(settings.storage.register_file))
        ledger = Ledger(settings.storage.register_file).bring_up_to_date(SCHEMAS)
        open_things.callback(ledger.close)
        vault = _vault(settings.storage.vault, keys, ledger)
        spool = Spool(ledger, vault)
        register = Register(ledger, vault, keys, kinds)
        queue = Queue(ledger, vault, keys, settings.outbox.sender.rpartition("@")[2])
        strays, outages, heard = Strays(ledger, vault), Outages(ledger), Heard(ledger)
        drop = _drop(settings, vault, now)
        if working and drop is not None:
            open_things.enter_context(drop.claimed())
        policy = _policy(settings, kinds)
        guard = Guard(register, policy.administrator, policy.operator, policy.chair)
        gate = Gate(ledger, register.record, _caps(settings), guard, policy.at_work)
        boxes = tuple(mailboxes.mailboxes(settings, accounts, vault.mark))
        watched = tuple(box for box in boxes if isinstance(box, Mailbox))
        for box in watched:
            open_things.callback(box.close)
        worker = open_things.enter_context(Worker(setup=kinds))
        confined = Confined(worker, kinds, authorities=authorities, seal=seal)
        unanswered = Unanswered(ledger, vault, register)
        writer = Writer(settings.board, settings.outbox.sender)
        chasing = Chasing(ledger, register, queue, Waits(register, spool, outages), policy)
        sources = (*boxes, *((drop,) if drop else ()))
        vitals = Vitals(settings.storage, keys, register.record, spool, sources, heard, outages)
        drafts = ways.drafted(settings.outbox)
        briefing = Briefing(ledger, register, queue, strays, chasing, kinds, vitals.look, drafts)
        digests = Digests(briefing, queue, _terms(settings, policy), policy)
        clerk = Clerk(
            spool,
            vault,
            register,
            confined,
            kinds,
            settings.board.zone,
            proofs(settings),
            ours=addresses(settings),
        )
        receipts = None
        if settings.drop is not None and drop is not None:
            handing = Handing(
                spool, vault, confined, writer, guard, kinds, settings.board.name,
                settings.drop.annotate,
            )  # fmt: skip
            receipts = Receipts(unanswered, Slips(ledger), drop, handing)
        yield House(
            settings=settings,
            kinds=kinds,
            now=now,
            ledger=ledger,
            spool=spool,
            vault=vault,
            keys=keys,
            register=register,
            queue=queue,
            briefing=briefing,
            digests=digests,
            correspondence=Correspondence(
                register,
                unanswered,
                Untold(ledger, register, unanswered),
                chasing,
                outages,
                Unwritten(ledger, outages, Proofreader(settings.board, writer)),
                digests,
                queue,
                writer,
                policy,
            ),
            chasing=chasing,
            gate=gate,
            postman=Postman(
                queue,
                gate,
                ways.transport(settings.outbox, settings.outbox.sender, accounts),
                ways.instead(settings.outbox, accounts),
            ),
            sources=sources,
            watched=watched,
            drop=drop,
            strays=strays,
            outages=outages,
            heard=heard,
            vitals=vitals,
            receipts=receipts,
            clerk=clerk,
            confined=confined,
            unanswered=unanswered,
        )


def _drop(settings: Settings, vault: Vault, now: Clock) -> Drop | None:
    if settings.drop is None:
        return None
    pause = settings.drop.settle_seconds
    return Drop(
        settings.drop.path,
        vault.mark,
        settle=lambda: time.sleep(pause),
        today=lambda: now().date(),
        after=settings.drop.after,
    )


def _credentials() -> Path | None:
    """Where systemd keeps the secrets it was told to hand this service."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) if folder else None


def _served(settings: Settings, accounts: Accounts, path: Path) -> None:
    problems = list(mailboxes.problems(settings, accounts))
    problems += ways.problems(settings.outbox, accounts)
    if problems:
        raise Refused(f"The settings in {path} cannot be used as they stand.", problems)


def _caps(settings: Settings) -> Caps:
    return Caps(settings.outbox.letters_a_person_a_day, settings.outbox.letters_an_hour)


def _policy(settings: Settings, kinds: Kinds) -> Policy:
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
    )


def _terms(settings: Settings, policy: Policy) -> Terms:
    return Terms(
        at=policy.digest_at,
        administrator=policy.administrator,
        kinds=policy.kinds,
        calendar=policy.calendar,
        colours=load_colours(),
        diary=Diary(settings.board.marking, settings.outbox.sender.rpartition("@")[2]),
    )


def _vault(folder: Path, keys: Keys, ledger: Ledger) -> Vault:
    """The vault, once it is seen to be this register's. Raises VaultMissing, KeysMissing or
    KeysWrong."""
    vault = Vault(folder, keys)
    if not vault.begun() and ledger.row("SELECT 1 FROM record LIMIT 1") is not None:
        raise VaultMissing(str(folder))
    vault.ready()
    return vault


@contextmanager
def _only_one(register_file: Path) -> Iterator[None]:
    """Two daemons at once would each do half the work (failure mode 64)."""
    try:
        lock = os.open(f"{register_file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as why:
        raise NoPlace(str(register_file.parent)) from why
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as why:
        raise AnotherAtWork from why
    finally:
        os.close(lock)
