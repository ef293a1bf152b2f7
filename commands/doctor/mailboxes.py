"""Whether each mailbox can do its work, proven against its server.

Does: goes the service's own way step by step (the name, the connection, the certificate, the
sign-in), and then looks at what the server can do, at its folders, its clock and its mail.
Trusts: the settings; nothing that the server says.
Never touches: mail. Folders that the service would make at its start are made.
Known limits: that a server tells of new mail is not tried: it is only asked whether it would.
"""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from commands.doctor.authority import authority
from commands.doctor.check import Ground, Said, soon, well, wrong
from commands.doctor.folders import folders
from commands.doctor.visit import Visit
from commands.mailboxes import MEGABYTE, address
from commands.past import are_taken, lies_there, midnight
from config.mailbox import ImapMailbox, Maildir
from intake.imap.connection import BROKEN, connect, discard, sign_in
from intake.imap.idle import Bell, listen
from intake.imap.session import Session
from intake.imap.trouble import Away, NoSuchHost, away
from intake.maildir import Maildir as MaildirSource
from intake.sign_in.account import SignInAway, SignInRefused
from intake.sign_in.accounts import Accounts
from intake.source import NotThere, Past

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
