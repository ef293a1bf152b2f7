"""Whether each mailbox can do its work, proven against its server."""

from __future__ import annotations

import imaplib
import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from commands.doctor.check import Ground, Said, Visit, soon, well, wrong
from commands.sources import MEGABYTE, address, afterwards
from commands.take_in import are_taken, lies_there, midnight
from config.mailbox_settings import ImapMailbox, Maildir
from intake.headers.authentication_results import doubt
from intake.imap.connection import BROKEN, connect, discard, sign_in
from intake.imap.errors import Away, NoSuchFolder, NoSuchHost, away
from intake.imap.filing import DELETED
from intake.imap.session import BODY, HEADERS, Bell, ReadOnly, Session, listen
from intake.maildir import Maildir as MaildirSource
from intake.sign_in.account import SignInAway, SignInRefused
from intake.sign_in.accounts import Accounts
from intake.source import NotThere, Past

LATEST = 20  # messages
ANY = "nobody.example"  # a domain that no verdict is about


def authority(visit: Visit) -> Iterator[Said]:
    """Nothing for a mailbox where every sender is believed, but that it is so."""
    if visit.box.authentication == "none":
        yield soon(
            f"{visit.name}: every sender is believed.",
            'Use that on a closed network only; else set authentication = "dmarc".',
        )
        return
    heads = list(_heads(visit))
    name = visit.box.authserv_id or ""
    vouched = sum(doubt(head, name, ANY) != "results-missing" for head in heads)
    if not heads:
        yield soon(
            f"{visit.name}: there is no mail yet to tell whether {name} vouches for senders.",
            "Send a message to the mailbox from outside and ask again.",
        )
    elif vouched:
        yield well(
            f"{visit.name}: {name} vouches for {vouched} of the latest {len(heads)} messages."
        )
    else:
        yield wrong(
            f"{visit.name}: {name} vouches for none of the latest {len(heads)} messages, so every"
            " sender would be held.",
            "Look at the Authentication-Results header of a message: `authserv_id` has to be the"
            " first word in it. If there is none, the mail server has to be told to write it.",
        )


def _heads(visit: Visit) -> Iterator[bytes]:
    """Of the latest messages in the first watched folder."""
    visit.session.closed()
    visit.session.opened(visit.there[0])
    client = visit.session.client
    latest = sorted(client.search(["ALL"]))[-LATEST:]
    for message in client.fetch(latest, [HEADERS]).values():
        yield from (value for value in message.values() if isinstance(value, bytes))


PROBE = b"Subject: scr-intake doctor\r\n\r\nPut here and taken away by scr-intake doctor.\r\n"
APART = 120.0  # seconds that clocks may differ


def folders(visit: Visit) -> Iterator[Said]:
    """The watched ones first. Raises NoSuchFolder when none of them is there."""
    for folder in visit.box.watched:
        yield _watched(visit, folder)
    if not visit.there:
        raise NoSuchFolder(visit.name)
    if visit.box.after.mode != "move":
        yield well(f"{visit.name}: messages stay in their folder, as `after` says.")
        return
    yield from _for_the_dealt_with(visit)


def _watched(visit: Visit, folder: str) -> Said:
    try:
        visit.session.opened(folder, writing=visit.box.after.mode != "leave")
    except NoSuchFolder as why:
        return wrong(f'{visit.name}: the folder "{folder}" is not there.', why.fix)
    except ReadOnly:
        visit.there.append(folder)
        return wrong(
            f'{visit.name}: nothing may be moved out of the folder "{folder}".',
            'Give the account the right to, or set `after` to { mode = "leave" }.',
        )
    visit.there.append(folder)
    return well(f'{visit.name}: the folder "{folder}" is there and can be worked in.')


def _for_the_dealt_with(visit: Visit) -> Iterator[Said]:
    missing = afterwards(visit.box.after).prepare(visit.session)
    for folder in missing:
        yield wrong(
            f'{visit.name}: the folder "{folder}" is not there and cannot be made.',
            "Make it, or name another in `after`.",
        )
    times = []
    for folder in visit.box.after.folders:
        if folder in missing:
            continue
        try:
            times += _probed(visit, folder)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, ReadOnly):
            yield wrong(
                f'{visit.name}: nothing can be put into the folder "{folder}".',
                "See to the account's rights there, and whether the mailbox is full.",
            )
        else:
            yield well(f'{visit.name}: the folder "{folder}" takes what is dealt with.')
    if times:
        yield _clock(visit.name, max(times, key=abs))


def _probed(visit: Visit, folder: str) -> list[float]:
    """By how many seconds the server's clock is ahead of ours; nothing without UIDPLUS."""
    if not visit.can("UIDPLUS"):
        return []
    client, name = visit.session.client, visit.session.naming.of(folder)
    before = set(_uids(visit, folder))
    ours = time.time()
    client.append(name, PROBE, [b"\\Seen"])
    mine = sorted(set(_uids(visit, folder)) - before)[-1:]
    fetched = client.fetch(mine, ["INTERNALDATE", BODY]) if mine else {}
    found = [m for m in fetched.values() if m.get(b"BODY[]") == PROBE]
    if found:
        client.add_flags(mine, [DELETED], silent=True)
        client.uid_expunge(mine)
    dates = [m.get(b"INTERNALDATE") for m in found]
    return [date.timestamp() - ours for date in dates if isinstance(date, datetime)]


def _uids(visit: Visit, folder: str) -> list[int]:
    visit.session.closed()
    visit.session.opened(folder, writing=True)
    return list(visit.session.client.search(["ALL"]))


def _clock(name: str, ahead: float) -> Said:
    if abs(ahead) <= APART:
        return well(f"{name}: the server's clock and this machine's agree.")
    minutes = round(abs(ahead) / 60)
    way = "ahead of" if ahead > 0 else "behind"
    return soon(
        f"{name}: the server's clock is {minutes} minutes {way} this machine's.",
        "See that both keep the time: due dates and the order of letters depend on it.",
    )


DAY = 86_400.0  # seconds
RENEW = 21  # days before a certificate ends in which somebody should see to it

WANTED = (
    ("IDLE", "new mail is found when the service looks, not at once"),
    ("MOVE", "messages are copied and then taken away, which is slower"),
    ("UIDPLUS", "messages can only be put away where it has MOVE"),
)
NO_MOVING = {"MOVE", "UIDPLUS"}


def mailboxes(ground: Ground) -> Iterator[Said]:
    """Each mailbox in its turn; what goes wrong with one is told and stops no other."""
    for n, box in enumerate(ground.settings.mailbox, 1):
        name = f"mailbox {n}"
        if isinstance(box, Maildir):
            yield from _maildir(name, box, ground)
            continue
        try:
            yield from _visited(name, box, ground)
        except (*BROKEN, Away, SignInAway, SignInRefused) as why:
            trouble = away(name, why)
            yield wrong(f"{name}: {trouble}", trouble.fix)


def _maildir(name: str, box: Maildir, ground: Ground) -> Iterator[Said]:
    if not os.access(box.path / "new", os.R_OK | os.W_OK | os.X_OK):
        yield wrong(
            f"{name}: the Maildir {box.path} cannot be read and written.",
            "Make it with its folders new, cur and tmp, and give it to the service's user.",
        )
        return
    yield well(f"{name}: the Maildir can be read and written.")
    day = box.since or ground.now.date()
    source = MaildirSource(name, box.path, lambda data: data.hex())
    for past in source.past((), midnight(day, ground.now)):
        yield from _past(name, past, day, set=box.since is not None)
    yield from _strays(name, source)


def _strays(name: str, source: MaildirSource) -> Iterator[Said]:
    """What lies among the messages and is none; counted, and not opened."""
    try:
        list(source.offers())
    except NotThere:  # its folder `cur` cannot be read, which the first round tells
        return
    if strays := len(source.strays()):
        what = "thing lies" if strays == 1 else "things lie"
        yield soon(
            f"{name}: {strays:,} {what} in it that are no messages: links, folders or what is no"
            " ordinary file. They are not opened.",
            "Take them away.",
        )


def _past(name: str, past: Past, day: date, *, set: bool) -> Iterator[Said]:
    """What lies there, as the first round will find it; `set` says that the settings give the
    day."""
    if past.messages:
        yield well(f"{name}: {lies_there(past, day)}")
    if set:
        yield well(f"{name}: {are_taken(past, day)}")


def _visited(name: str, box: ImapMailbox, ground: Ground) -> Iterator[Said]:
    yield _resolved(name, box)
    account = Accounts(ground.credentials, time.time).of(box)
    assert account is not None  # a mailbox has a user name
    client = connect(address(box), box.largest_mb * MEGABYTE)
    try:
        yield _certified(name, client.socket())
        sign_in(client, account)
        yield well(f"{name}: the server lets the account in.")
        visit = Visit(name, box, Session(client, box.largest_mb * MEGABYTE))
        for look in LOOKS:
            yield from look(visit)
        day = box.since or ground.now.date()
        for folder in visit.there:
            _, _, messages, oldest, later = visit.session.past(folder, day)
            past = Past(folder, messages, oldest, later=later)
            yield from _past(name, past, day, set=box.since is not None)
    finally:
        discard(client)


def _resolved(name: str, box: ImapMailbox) -> Said:
    """Raises NoSuchHost."""
    try:
        socket.getaddrinfo(box.host, box.port, type=socket.SOCK_STREAM)
    except OSError as why:
        raise NoSuchHost(name) from why
    return well(f"{name}: {box.host} is known.")


def _certified(name: str, connection: socket.socket) -> Said:
    assert isinstance(connection, ssl.SSLSocket)  # nothing else is ever connected to
    ends = ssl.cert_time_to_seconds(str((connection.getpeercert() or {})["notAfter"]))
    days = int((ends - time.time()) // DAY)
    said = f"{name}: the connection is encrypted, and the certificate good for {days} more days."
    if days >= RENEW:
        return well(said)
    return soon(said, "Ask whoever runs the mail server to renew it in time.")


def _capabilities(visit: Visit) -> Iterator[Said]:
    missing = [(word, cost) for word, cost in WANTED if not visit.can(word)]
    if not missing:
        yield well(f"{visit.name}: the server can do all that is wished of it.")
    for word, cost in missing:
        yield soon(
            f"{visit.name}: the server has no {word}: {cost}.", "The service can live with it."
        )
    if visit.box.after.mode == "move" and not any(map(visit.can, NO_MOVING)):
        yield wrong(
            f"{visit.name}: the server lets no message be moved safely.",
            'Set `after` to { mode = "flag" } or { mode = "leave" }.',
        )


def _idle(visit: Visit) -> Iterator[Said]:
    """Raises what a broken connection raises: a server that says IDLE and cannot is broken."""
    if not visit.can("IDLE"):
        return
    with _bell() as bell:
        visit.session.opened(visit.there[0])
        listen(visit.session.client, bell, 0.0)
    yield well(f"{visit.name}: the server lets itself be listened to (IDLE).")


@contextmanager
def _bell() -> Iterator[Bell]:
    bell = Bell()
    try:
        yield bell
    finally:
        bell.close()


Look = Callable[[Visit], Iterator[Said]]
LOOKS: tuple[Look, ...] = (_capabilities, folders, _idle, authority)
