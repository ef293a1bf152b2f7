"""Transports and ways of alerts, made from the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

from commands.composition.kept_files import failure_file
from commands.composition.sources import source_name
from config.mailbox_settings import ImapMailbox
from config.outbox_settings import (
    DraftsTransportSettings,
    FilesTransportSettings,
    Outbox,
    SmtpTransportSettings,
    TransportSettings,
)
from config.settings import Settings
from config.user_file import Problem
from intake.database import RegisterDatabase
from intake.imap.connection import ServerAddress
from intake.sign_in.accounts import AccountFactory, ca_file_problems
from intake.source_health import (
    CLOCK_OUTAGE,
    JUDGING_OUTAGE,
    RECORD_OUTAGE,
    SCANNER_OUTAGE,
    OutageKind,
    OutageSubject,
    transport_outage,
)
from outbox.alerts.alert_channels import AlertChannel, CommandChannel, FileChannel, alert_formatter
from outbox.alerts.alert_state import AlertDispatcher, AlertTerms
from outbox.alerts.storage_failure import StorageFailureFile
from outbox.sending.drafts_folder import DraftTransport
from outbox.sending.letter_queue import LETTER_KINDS
from outbox.sending.mail_server import MailServer
from outbox.sending.smtp import SmtpTransport
from outbox.sending.transport import FileTransport, Transport
from outbox.writing.letter import LetterKind, Recipient
from outbox.writing.writer import LetterWriter


def build_transport(
    way: TransportSettings, sender: str, accounts: AccountFactory, name: str = "outbox"
) -> Transport:
    """What takes the letters that leave this way; `name` is its place in the settings."""
    match way:
        case SmtpTransportSettings():
            return SmtpTransport(
                smtp_server(way, sender), accounts.build_account(way), sender, name
            )
        case DraftsTransportSettings():
            account = accounts.build_account(way)
            assert account is not None  # its username is not optional
            return DraftTransport(drafts_address(way), account, way.folder, name)
        case FilesTransportSettings():
            return FileTransport(way.path, name)


def transports_by_kind(outbox: Outbox, accounts: AccountFactory) -> Mapping[LetterKind, Transport]:
    """The kinds of letter that leave by a way of their own."""
    ways = [
        (way, build_transport(way, outbox.sender, accounts, _place(n)))
        for n, way in enumerate(outbox.instead, 1)
    ]
    return {kind: taken for way, taken in ways for kind in LETTER_KINDS if kind in way.kinds}


def kinds_by_transport(outbox: Outbox) -> Mapping[str, frozenset[LetterKind]]:
    """The kinds of letter that leave by each way."""
    apart = {
        _place(n): frozenset(kind for kind in LETTER_KINDS if kind in way.kinds)
        for n, way in enumerate(outbox.instead, 1)
    }
    return {"outbox": frozenset(LETTER_KINDS).difference(*apart.values()), **apart}


def drafted_kinds(outbox: Outbox) -> frozenset[LetterKind]:
    """The kinds of letter that are left for a person to send."""
    if isinstance(outbox, DraftsTransportSettings):
        return frozenset(LETTER_KINDS)
    ways = [way for way in outbox.instead if isinstance(way, DraftsTransportSettings)]
    return frozenset(kind for way in ways for kind in LETTER_KINDS if kind in way.kinds)


def smtp_server(way: SmtpTransportSettings, sender: str) -> MailServer:
    """The mail server. We call ourselves by the domain that letters come from."""
    return MailServer(way.host, way.port, way.tls, sender.rpartition("@")[2], way.ca_file)


def drafts_address(way: DraftsTransportSettings) -> ServerAddress:
    return ServerAddress(way.host, way.port, way.tls, way.ca_file)


def _place(n: int) -> str:
    return f"outbox, instead {n}"


def transport_places(outbox: Outbox) -> Iterator[tuple[str, TransportSettings]]:
    """Every way that letters may leave, and where the settings name it."""
    yield "outbox", outbox
    for n, way in enumerate(outbox.instead, 1):
        yield _place(n), way


def transport_problems(outbox: Outbox, accounts: AccountFactory) -> Iterator[Problem]:
    """What is missing for them, as far as can be seen from here."""
    for place, way in transport_places(outbox):
        if not isinstance(way, FilesTransportSettings):
            yield from accounts.account_problems(way, place)
            if way.ca_file is not None:
                yield from ca_file_problems(f"{place}, ca_file", way.ca_file)
    yield from _kinds(outbox)


def _kinds(outbox: Outbox) -> Iterator[Problem]:
    """A kind that is none, or has two ways."""
    met = set[str]()
    for n, way in enumerate(outbox.instead, 1):
        place = f"{_place(n)}, kinds"
        if not set(way.kinds) <= set(LETTER_KINDS):
            yield Problem(place, f"should be kinds of letter: {', '.join(LETTER_KINDS)}")
        if met & set(way.kinds):
            yield Problem(place, "names a kind that has a way of its own already")
        met |= set(way.kinds)


def alert_after(settings: Settings) -> dict[OutageSubject, timedelta]:
    mailboxes = {
        source_name(n): mailbox.alert_after_minutes
        for n, mailbox in enumerate(settings.mailbox, 1)
        if isinstance(mailbox, ImapMailbox)
    }
    drops = {drop.name: drop.alert_after_minutes for drop in settings.drop_folders}
    minutes = {
        OutageSubject(kind, name): number
        for kinds, of_each in (
            ((OutageKind.MAILBOX, OutageKind.MESSAGE), mailboxes),
            ((OutageKind.DROP_FOLDER, OutageKind.FILE), drops),
        )
        for kind in kinds
        for name, number in of_each.items()
    }
    patient = (
        *(transport_outage(place) for place, _ in transport_places(settings.outbox)),
        JUDGING_OUTAGE,
        SCANNER_OUTAGE,
    )
    minutes |= dict.fromkeys(patient, settings.alerts.after_minutes)
    return {of: timedelta(minutes=number) for of, number in minutes.items()}


def build_alert_channels(settings: Settings) -> list[AlertChannel]:
    ways: list[AlertChannel] = []
    if settings.alerts.command is not None:
        ways.append(CommandChannel(settings.alerts.command, settings.alerts.command_seconds))
    if settings.alerts.file is not None:
        ways.append(FileChannel(settings.alerts.file))
    return ways


def build_alert_dispatcher(
    settings: Settings, database: RegisterDatabase | None = None
) -> AlertDispatcher:
    """`database` is None while there is no room to open it."""
    return AlertDispatcher(
        ways=build_alert_channels(settings),
        words=alert_formatter(LetterWriter(settings.board, settings.outbox.sender)),
        operator=Recipient("", settings.board.operator),
        terms=AlertTerms(
            after=alert_after(settings),
            patience=timedelta(minutes=settings.alerts.after_minutes),
            mute=frozenset(
                {transport_outage(alert_transport(settings)), CLOCK_OUTAGE, RECORD_OUTAGE}
            ),
        ),
        failure_file=storage_failure_file(settings),
        database=database,
    )


def storage_failure_file(settings: Settings) -> StorageFailureFile:
    """It lies beside the register."""
    return StorageFailureFile(failure_file(settings.storage.register_file))


def alert_transport(settings: Settings) -> str:
    """The way that the letters of alerts leave by."""
    ways = kinds_by_transport(settings.outbox).items()
    return next((way for way, kinds in ways if "alert" in kinds), "outbox")
