"""Whether letters could leave: each way is tried as far as it goes without sending anything.

Does: reaches the mail server, verifies its certificate and looks when that ends, signs in, and asks
whether it would take a letter (MAIL, RCPT, then RSET); looks whether a folder can be written.
Trusts: the server, once it is verified.
Never touches: letters. The one address named to the server is the operator's.
Known limits: a server may take an address now and refuse the letter; `doctor --send` sends one.
"""

from __future__ import annotations

import os
import smtplib
import ssl
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from commands import ways
from commands.doctor.check import Ground, Said, soon, well, wrong
from config.outbox import DraftsWay, SmtpWay
from intake.imap.connection import opened
from intake.imap.folders import naming
from intake.imap.trouble import away
from intake.sign_in.accounts import Accounts
from outbox.drafts import AWAY, LARGEST, there
from outbox.relay import reached
from outbox.transport import Away
from outbox.verdicts import status

ENDS_SOON = timedelta(days=21)
LOOK = "Look at host, port, tls and the account in the settings, and at the mail server's own log."
_SENDERS = {
    "reminders and the digest": "our address as their sender",
    "answers": "no sender, as mail that must not be answered has",
}


def outgoing(ground: Ground) -> Iterator[Said]:
    """Every way that letters leave."""
    outbox = ground.settings.outbox
    for place, way in ways.places(outbox):
        if isinstance(way, SmtpWay):
            yield from _by_smtp(ground, place, way, outbox.sender)
        elif isinstance(way, DraftsWay):
            yield _as_drafts(ground, place, way)
        else:
            yield _to_folder(place, way.path)


def _by_smtp(ground: Ground, place: str, way: SmtpWay, sender: str) -> Iterator[Said]:
    server = ways.server(way, sender)
    try:
        account = Accounts(ground.credentials, time.time).of(way)
        connection = reached(server, account)
    except Away as why:
        yield wrong(f"{place}: {why}.", LOOK)
        return
    except OSError:  # what stands in the way is told under Secrets
        yield wrong(f"{place}: what is needed to sign in cannot be read.", LOOK)
        return
    try:
        let_in = " and lets the account in" if account else ""
        yield well(f"{place}: {server.host} answers, is who it says it is{let_in}.")
        yield _certificate(place, connection, ground.now)
        yield from _trial(place, connection, sender, ground.settings.board.operator)
    finally:
        connection.close()


def _certificate(place: str, connection: smtplib.SMTP, now: datetime) -> Said:
    assert isinstance(connection.sock, ssl.SSLSocket)  # `reached` gives no other
    found = connection.sock.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), now.tzinfo)
    sentence = f"{place}: the mail server's certificate is good until {ends:%-d %B %Y}."
    if ends - now < ENDS_SOON:
        return soon(sentence, "Ask whoever runs the mail server to renew it.")
    return well(sentence)


def _trial(place: str, connection: smtplib.SMTP, sender: str, to: str) -> Iterator[Said]:
    """Both kinds of sender that letters have; nothing is sent."""
    for (letters, told), envelope in zip(_SENDERS.items(), (sender, ""), strict=True):
        try:
            said = _asked(connection, envelope, to)
        except (smtplib.SMTPException, OSError):
            yield wrong(f"{place}: the mail server broke off when asked to take {letters}.", LOOK)
            return
        if said:
            yield wrong(
                f"{place}: the mail server would not take {letters} ({said}), which have {told}.",
                "Ask whoever runs the mail server to let this account send so.",
            )
        else:
            yield well(f"{place}: the mail server would take {letters}.")


def _asked(connection: smtplib.SMTP, sender: str, to: str) -> str:
    """ "" when it would take a letter, else its codes."""
    answers = [connection.mail(sender)]
    if 200 <= answers[0][0] <= 299:
        answers.append(connection.rcpt(to))
    connection.rset()
    code, text = answers[-1]
    return "" if 200 <= code <= 299 else status(code, text)


def _as_drafts(ground: Ground, place: str, way: DraftsWay) -> Said:
    account = Accounts(ground.credentials, time.time).of(way)
    assert account is not None  # its username is not optional
    try:
        with opened(ways.mailbox(way), account, LARGEST) as client:
            found = there(client, naming(client).of(way.folder))
    except AWAY as why:
        told = away(place, why)
        return wrong(f"{place}: {told.sentence}", told.fix)
    if found:
        return well(f"{place}: {way.host} lets the account in, and the folder for drafts is there.")
    return soon(f"{place}: the folder for drafts is not there.", "It is made with the first draft.")


def _to_folder(place: str, folder: Path) -> Said:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return well(f"{place}: letters can be written to {folder}.")
    return wrong(
        f"{place}: letters cannot be written to {folder}.", "Make the folder, the service's own."
    )
