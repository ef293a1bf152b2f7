"""Whether each mailbox can do its work, proven against its server."""

from __future__ import annotations

import imaplib
import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path

from commands.clock_doubt import is_clock_doubted
from commands.composition.sources import MEGABYTE, build_mailboxes, filing_plan, imap_address
from commands.doctor.check import (
    DoctorContext,
    DoctorResult,
    MailboxVisit,
    soon_result,
    well_result,
    wrong_result,
)
from commands.doctor.claims import claim_results
from commands.doctor.mailbox_past import folders_past, maildir_past
from config.english import count_noun
from config.mailbox_settings import ImapMailbox, MaildirSettings
from config.refused_access import find_refusal
from config.user_file import StrictModel
from intake.headers.authentication_results import authentication_doubt
from intake.imap.claim import CLAIM_MESSAGE_HINT, find_owner
from intake.imap.connection import (
    CONNECTION_ERRORS,
    connect_to_server,
    discard_connection,
    sign_in_account,
)
from intake.imap.errors import MailServerUnreachable, NoSuchFolder, NoSuchHost, connection_failure
from intake.imap.filing import DELETED_FLAG
from intake.imap.session import (
    BODY_ITEM,
    HEADER_ITEM,
    FolderReadOnly,
    ImapSession,
    WakeUpSignal,
    listen_for_mail,
)
from intake.maildir import Maildir as MaildirSource
from intake.sign_in.account import SignInRefused, SignInUnavailable
from intake.sign_in.accounts import AccountFactory
from intake.source import SourceUnavailable
from intake.source_claim import CLAIM_FILE, CLAIM_FILE_HINT, ClaimFile, SourceClaim

LATEST_MESSAGES = 20  # messages
ANY_DOMAIN = "nobody.example"  # a domain that no verdict is about


def check_authority(visit: MailboxVisit) -> Iterator[DoctorResult]:
    """Nothing for a mailbox where every sender is believed, but that it is so."""
    if visit.box.authentication == "none":
        yield soon_result(
            f"{visit.name}: every sender is believed.",
            'Use that on a closed network only; else set authentication = "dmarc".',
        )
        return
    heads = list(_heads(visit))
    name = visit.box.authserv_id or ""
    vouched = sum(
        authentication_doubt(head, name, ANY_DOMAIN) != "results-missing" for head in heads
    )
    if not heads:
        yield soon_result(
            f"{visit.name}: there is no mail yet to tell whether {name} vouches for senders.",
            "Send a message to the mailbox from outside and ask again.",
        )
    elif vouched:
        yield well_result(
            f"{visit.name}: {name} vouches for {vouched} of the latest {len(heads)} messages."
        )
    else:
        yield wrong_result(
            f"{visit.name}: {name} vouches for none of the latest {len(heads)} messages, so every"
            " sender would be held.",
            "Look at the Authentication-Results header of a message: `authserv_id` has to be the"
            " first word in it. If there is none, the mail server has to be told to write it.",
        )


def _heads(visit: MailboxVisit) -> Iterator[bytes]:
    """Of the latest messages in the first watched folder."""
    visit.session.close_folder()
    visit.session.open_folder(visit.there[0])
    client = visit.session.client
    latest = sorted(client.search(["ALL"]))[-LATEST_MESSAGES:]
    for message in client.fetch(latest, [HEADER_ITEM]).values():
        yield from (value for value in message.values() if isinstance(value, bytes))


PROBE_MESSAGE = (
    b"Subject: scr-intake doctor\r\n\r\nPut here and taken away by scr-intake doctor.\r\n"
)
MAX_CLOCK_DIFFERENCE = 120.0  # seconds that clocks may differ


def check_folders(visit: MailboxVisit) -> Iterator[DoctorResult]:
    """The watched ones first. Raises NoSuchFolder when none of them is there."""
    for folder in visit.box.watched_folders:
        yield _watched(visit, folder)
    if not visit.there:
        raise NoSuchFolder(visit.name)
    if visit.box.after.mode != "move":
        yield well_result(f"{visit.name}: messages stay in their folder, as `after` says.")
        return
    yield from _for_the_dealt_with(visit)


def _watched(visit: MailboxVisit, folder: str) -> DoctorResult:
    try:
        visit.session.open_folder(folder, writing=visit.box.after.mode != "leave")
    except NoSuchFolder as why:
        return wrong_result(f'{visit.name}: the folder "{folder}" is not there.', why.fix)
    except FolderReadOnly:
        visit.there.append(folder)
        return wrong_result(
            f'{visit.name}: nothing may be moved out of the folder "{folder}".',
            'Give the account the right to, or set `after` to { mode = "leave" }.',
        )
    visit.there.append(folder)
    return well_result(f'{visit.name}: the folder "{folder}" is there and can be worked in.')


def _for_the_dealt_with(visit: MailboxVisit) -> Iterator[DoctorResult]:
    missing = filing_plan(visit.box.after).make_folders(visit.session)
    for folder in missing:
        yield wrong_result(
            f'{visit.name}: the folder "{folder}" is not there and cannot be made.',
            "Make it, or name another in `after`.",
        )
    times = []
    for folder in visit.box.after.target_folders:
        if folder in missing:
            continue
        try:
            times += _probed(visit, folder)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, FolderReadOnly):
            yield wrong_result(
                f'{visit.name}: nothing can be put into the folder "{folder}".',
                "See to the account's rights there, and whether the mailbox is full.",
            )
        else:
            yield well_result(f'{visit.name}: the folder "{folder}" takes what is dealt with.')
    if times:
        yield _clock(visit.name, max(times, key=abs))


def _probed(visit: MailboxVisit, folder: str) -> list[float]:
    """By how many seconds the server's clock is ahead of ours; nothing without UIDPLUS."""
    if not visit.has_capability("UIDPLUS"):
        return []
    client, name = visit.session.client, visit.session.naming.server_folder_name(folder)
    before = set(_uids(visit, folder))
    ours = time.time()
    client.append(name, PROBE_MESSAGE, [b"\\Seen"])
    mine = sorted(set(_uids(visit, folder)) - before)[-1:]
    fetched = client.fetch(mine, ["INTERNALDATE", BODY_ITEM]) if mine else {}
    found = [m for m in fetched.values() if m.get(b"BODY[]") == PROBE_MESSAGE]
    if found:
        client.add_flags(mine, [DELETED_FLAG], silent=True)
        client.uid_expunge(mine)
    dates = [m.get(b"INTERNALDATE") for m in found]
    return [date.timestamp() - ours for date in dates if isinstance(date, datetime)]


def _uids(visit: MailboxVisit, folder: str) -> list[int]:
    visit.session.close_folder()
    visit.session.open_folder(folder, writing=True)
    return list(visit.session.client.search(["ALL"]))


def _clock(name: str, ahead: float) -> DoctorResult:
    if abs(ahead) <= MAX_CLOCK_DIFFERENCE:
        return well_result(f"{name}: the server's clock and this machine's agree.")
    minutes = round(abs(ahead) / 60)
    way = "ahead of" if ahead > 0 else "behind"
    return soon_result(
        f"{name}: the server's clock is {minutes} minutes {way} this machine's.",
        "See that both keep the time: due dates and the order of letters depend on it.",
    )


DAY_SECONDS = 86_400.0  # seconds
RENEWAL_DAYS = 21  # days before a certificate ends in which somebody should see to it

WANTED_CAPABILITIES = (
    ("IDLE", "new mail is found when the service looks, not at once"),
    ("MOVE", "messages are copied and then taken away, which is slower"),
    ("UIDPLUS", "messages can only be put away where it has MOVE"),
)
MOVE_CAPABILITIES = {"MOVE", "UIDPLUS"}


def check_mailboxes(context: DoctorContext) -> Iterator[DoctorResult]:
    """Each mailbox in its turn; what goes wrong with one is told and stops no other."""
    boxes: Sequence[StrictModel] = context.settings.mailbox
    for n, box in enumerate(boxes, 1):
        name = f"mailbox {n}"
        if isinstance(box, MaildirSettings):
            yield from _maildir(n, name, box, context)
            continue
        if not isinstance(box, ImapMailbox):
            yield _offered(n, name, context)
            continue
        try:
            yield from _visited(n, name, box, context)
        except (*CONNECTION_ERRORS, MailServerUnreachable, SignInUnavailable, SignInRefused) as why:
            trouble = connection_failure(name, why)
            yield wrong_result(f"{name}: {trouble}", trouble.fix)


def _offered(n: int, name: str, context: DoctorContext) -> DoctorResult:
    """Whether a source of any other kind can be looked through."""
    accounts = AccountFactory(context.credentials, time.time)
    boxes = build_mailboxes(context.settings, accounts, lambda data: data.hex(), claiming=False)
    source = next(islice(boxes, n - 1, None))
    try:
        there = len(list(source.list_offers()))
    except SourceUnavailable as why:
        return wrong_result(f"{name}: {why.sentence}", why.fix)
    return well_result(f"{name}: it can be looked through, and holds {count_noun(there, 'thing')}.")


def _maildir(
    n: int, name: str, box: MaildirSettings, context: DoctorContext
) -> Iterator[DoctorResult]:
    shut = [p for p in map(box.path.joinpath, ("new", "cur")) if p.exists() and not _may_work(p)]
    for part in shut:
        refused = find_refusal(part)
        yield wrong_result(f"{name}: {refused.says}", refused.fix)
    if shut:
        return
    if not _may_work(box.path / "new"):
        yield wrong_result(
            f"{name}: the Maildir {box.path} cannot be read and written.",
            "Make it with its folders new, cur and tmp, and give it to the service's user.",
        )
        return
    yield well_result(f"{name}: the Maildir can be read and written.")
    owner = ClaimFile(name, box.path / CLAIM_FILE, SourceClaim("", "")).look()
    yield from claim_results(name, owner, context, CLAIM_FILE_HINT)
    source = MaildirSource(name, box.path, lambda data: data.hex())
    yield from maildir_past(n, box, source, context)
    yield from _strays(name, source)


def _may_work(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.W_OK | os.X_OK)


def _strays(name: str, source: MaildirSource) -> Iterator[DoctorResult]:
    """What lies among the messages and is none; counted, and not opened."""
    try:
        list(source.list_offers())
    except SourceUnavailable:  # its folder `cur` cannot be read, which the first round tells
        return
    if strays := len(source.list_strays()):
        what = "thing lies" if strays == 1 else "things lie"
        yield soon_result(
            f"{name}: {strays:,} {what} in it that are no messages: links, folders or what is no"
            " ordinary file. They are not opened.",
            "Take them away.",
        )


def _visited(n: int, name: str, box: ImapMailbox, context: DoctorContext) -> Iterator[DoctorResult]:
    yield _resolved(name, box)
    account = AccountFactory(context.credentials, time.time).build_account(box)
    assert account is not None  # a mailbox has a user name
    client = connect_to_server(imap_address(box), box.largest_mb * MEGABYTE)
    try:
        yield _certified(name, client.socket(), context)
        sign_in_account(client, account)
        yield well_result(f"{name}: the server lets the account in.")
        visit = MailboxVisit(name, box, ImapSession(client, box.largest_mb * MEGABYTE))
        owner = find_owner(visit.session)
        yield from claim_results(name, owner, context, CLAIM_MESSAGE_HINT)
        for look in MAILBOX_CHECKS:
            yield from look(visit)
        yield from folders_past(n, visit, context)
    finally:
        discard_connection(client)


def _resolved(name: str, box: ImapMailbox) -> DoctorResult:
    """Raises NoSuchHost."""
    try:
        socket.getaddrinfo(box.host, box.port, type=socket.SOCK_STREAM)
    except OSError as why:
        raise NoSuchHost(name) from why
    return well_result(f"{name}: {box.host} is known.")


def _certified(name: str, connection: socket.socket, context: DoctorContext) -> DoctorResult:
    """While the clock is doubted nobody knows how many days those are."""
    assert isinstance(connection, ssl.SSLSocket)  # nothing else is ever connected to
    ends = ssl.cert_time_to_seconds(str((connection.getpeercert() or {})["notAfter"]))
    if is_clock_doubted(context.settings, context.credentials, context.now, played=context.played):
        day = datetime.fromtimestamp(ends, context.now.tzinfo)
        until = f"{day:%-d %B %Y}"
        return well_result(
            f"{name}: the connection is encrypted, the certificate good until {until}."
        )
    days = int((ends - time.time()) // DAY_SECONDS)
    said = f"{name}: the connection is encrypted, and the certificate good for {days} more days."
    if days >= RENEWAL_DAYS:
        return well_result(said)
    return soon_result(said, "Ask whoever runs the mail server to renew it in time.")


def _capabilities(visit: MailboxVisit) -> Iterator[DoctorResult]:
    missing = [(word, cost) for word, cost in WANTED_CAPABILITIES if not visit.has_capability(word)]
    if not missing:
        yield well_result(f"{visit.name}: the server can do all that is wished of it.")
    for word, cost in missing:
        yield soon_result(
            f"{visit.name}: the server has no {word}: {cost}.", "The service can live with it."
        )
    if visit.box.after.mode == "move" and not any(map(visit.has_capability, MOVE_CAPABILITIES)):
        yield wrong_result(
            f"{visit.name}: the server lets no message be moved safely.",
            'Set `after` to { mode = "flag" } or { mode = "leave" }.',
        )


def _idle(visit: MailboxVisit) -> Iterator[DoctorResult]:
    """Raises what a broken connection raises: a server that says IDLE and cannot is broken."""
    if not visit.has_capability("IDLE"):
        return
    with _wake_up() as wake_up:
        visit.session.open_folder(visit.there[0])
        listen_for_mail(visit.session.client, wake_up, 0.0)
    yield well_result(f"{visit.name}: the server lets itself be listened to (IDLE).")


@contextmanager
def _wake_up() -> Iterator[WakeUpSignal]:
    wake_up = WakeUpSignal()
    try:
        yield wake_up
    finally:
        wake_up.close()


MailboxCheck = Callable[[MailboxVisit], Iterator[DoctorResult]]
MAILBOX_CHECKS: tuple[MailboxCheck, ...] = (_capabilities, check_folders, _idle, check_authority)
