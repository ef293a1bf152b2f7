"""Transports and ways of alerts, made from the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import get_args

from config.mailbox_settings import ImapMailbox
from config.outbox_settings import DraftsWay, FilesWay, Outbox, SmtpWay, Way
from config.settings import Settings
from config.user_file import Problem
from intake.database import Ledger
from intake.drop.drop_folder import Drop
from intake.imap.connection import Address
from intake.sign_in.accounts import Accounts, unusable
from intake.source_health import CLOCK, TRANSPORT, WORKER, message_in
from outbox.alerts.alert_state import Alarms, Terms
from outbox.alerts.other_ways import CommandWay, FileWay, OtherWay, worded
from outbox.sending.drafts_folder import DraftTransport
from outbox.sending.mail_server import Server
from outbox.sending.smtp import SmtpTransport
from outbox.sending.transport import FileTransport, Transport
from outbox.writing.letter import LetterKind, Recipient
from outbox.writing.writer import Writer

KINDS: tuple[LetterKind, ...] = get_args(LetterKind)


def transport(way: Way, sender: str, accounts: Accounts, name: str = "outbox") -> Transport:
    """What takes the letters that leave this way; `name` is its place in the settings."""
    match way:
        case SmtpWay():
            return SmtpTransport(server(way, sender), accounts.of(way), sender, name)
        case DraftsWay():
            account = accounts.of(way)
            assert account is not None  # its username is not optional
            return DraftTransport(mailbox(way), account, way.folder, name)
        case FilesWay():
            return FileTransport(way.path, name)


def instead(outbox: Outbox, accounts: Accounts) -> Mapping[LetterKind, Transport]:
    """The kinds of letter that leave by a way of their own."""
    ways = [
        (way, transport(way, outbox.sender, accounts, _place(n)))
        for n, way in enumerate(outbox.instead, 1)
    ]
    return {kind: taken for way, taken in ways for kind in KINDS if kind in way.kinds}


def taken(outbox: Outbox) -> Mapping[str, frozenset[LetterKind]]:
    """The kinds of letter that leave by each way."""
    apart = {
        _place(n): frozenset(kind for kind in KINDS if kind in way.kinds)
        for n, way in enumerate(outbox.instead, 1)
    }
    return {"outbox": frozenset(KINDS).difference(*apart.values()), **apart}


def drafted(outbox: Outbox) -> frozenset[LetterKind]:
    """The kinds of letter that are left for a person to send."""
    if isinstance(outbox, DraftsWay):
        return frozenset(KINDS)
    ways = [way for way in outbox.instead if isinstance(way, DraftsWay)]
    return frozenset(kind for way in ways for kind in KINDS if kind in way.kinds)


def server(way: SmtpWay, sender: str) -> Server:
    """The mail server. We call ourselves by the domain that letters come from."""
    return Server(way.host, way.port, way.tls, sender.rpartition("@")[2], way.ca_file)


def mailbox(way: DraftsWay) -> Address:
    return Address(way.host, way.port, way.tls, way.ca_file)


def _place(n: int) -> str:
    return f"outbox, instead {n}"


def places(outbox: Outbox) -> Iterator[tuple[str, Way]]:
    """Every way that letters may leave, and where the settings name it."""
    yield "outbox", outbox
    for n, way in enumerate(outbox.instead, 1):
        yield _place(n), way


def problems(outbox: Outbox, accounts: Accounts) -> Iterator[Problem]:
    """What is missing for them, as far as can be seen from here."""
    for place, way in places(outbox):
        if not isinstance(way, FilesWay):
            yield from accounts.problems(way, place)
            if way.ca_file is not None:
                yield from unusable(f"{place}, ca_file", way.ca_file)
    yield from _kinds(outbox)


def _kinds(outbox: Outbox) -> Iterator[Problem]:
    """A kind that is none, or has two ways."""
    met = set[str]()
    for n, way in enumerate(outbox.instead, 1):
        place = f"{_place(n)}, kinds"
        if not set(way.kinds) <= set(KINDS):
            yield Problem(place, f"should be kinds of letter: {', '.join(KINDS)}")
        if met & set(way.kinds):
            yield Problem(place, "names a kind that has a way of its own already")
        met |= set(way.kinds)


def alert_after(settings: Settings) -> dict[str, timedelta]:
    minutes = {
        f"mail-{n}": mailbox.alert_after_minutes
        for n, mailbox in enumerate(settings.mailbox, 1)
        if isinstance(mailbox, ImapMailbox)
    }
    if settings.drop is not None:
        minutes[Drop.name] = settings.drop.alert_after_minutes
    minutes |= {message_in(source): number for source, number in minutes.items()}
    patient = (*(f"{TRANSPORT}{place}" for place, _ in places(settings.outbox)), WORKER)
    minutes |= dict.fromkeys(patient, settings.alerts.after_minutes)
    return {source: timedelta(minutes=number) for source, number in minutes.items()}


def other_ways(settings: Settings) -> list[OtherWay]:
    ways: list[OtherWay] = []
    if settings.alerts.command is not None:
        ways.append(CommandWay(settings.alerts.command, settings.alerts.command_seconds))
    if settings.alerts.file is not None:
        ways.append(FileWay(settings.alerts.file))
    return ways


def alarms(settings: Settings, ledger: Ledger | None = None) -> Alarms:
    """`ledger` is None while there is no room to open it."""
    return Alarms(
        ways=other_ways(settings),
        words=worded(Writer(settings.board, settings.outbox.sender)),
        operator=Recipient("", settings.board.operator),
        terms=Terms(
            after=alert_after(settings),
            patience=timedelta(minutes=settings.alerts.after_minutes),
            mute=frozenset({f"{TRANSPORT}{alert_way(settings)}", CLOCK}),
        ),
        ledger=ledger,
    )


def alert_way(settings: Settings) -> str:
    """The way that the letters of alerts leave by."""
    ways = taken(settings.outbox).items()
    return next((way for way, kinds in ways if "alert" in kinds), "outbox")
