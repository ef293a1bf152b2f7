"""Whether letters, the digest and alerts could leave: each transport is tried as far as it goes
without sending."""

from __future__ import annotations

import os
import smtplib
import ssl
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path

from commands import transports
from commands.alerts import NONE
from commands.doctor.check import Ground, Said, soon, well, wrong
from commands.refusals import refusal
from config.outbox_settings import DraftsWay, SmtpWay
from intake.database import Ledger
from intake.imap.connection import naming, opened
from intake.imap.errors import away
from intake.sign_in.accounts import Accounts
from intake.source_health import Outages
from outbox.digest.digest_history import DIGEST
from outbox.due.letter_failures import LETTERS
from outbox.sending.drafts_folder import AWAY, LARGEST, there
from outbox.sending.mail_server import reached
from outbox.sending.transport import Away, Never, NotNow, status
from outbox.writing.letter import Letter
from outbox.writing.template_check import Proofreader
from outbox.writing.templates import files
from outbox.writing.words import count
from outbox.writing.writer import Writer

TEST = "To send one: `scr-intake alerts test`"


def alerts(ground: Ground) -> Iterator[Said]:
    """The program and the file that `[alerts]` names."""
    ways = ground.settings.alerts
    if ways.command is not None:
        yield _program(Path(ways.command[0]))
    if ways.file is not None:
        yield _file(ways.file)
    if ways.command is None and ways.file is None:
        yield well(NONE)


def _program(path: Path) -> Said:
    fix = "Put the program there, its owner's alone to write, or name another in `[alerts]`."
    if not path.is_file():
        return wrong(f"The program for alerts, {path}, is not there.", fix)
    if not os.access(path, os.X_OK):
        return wrong(f"The program for alerts, {path}, cannot be started.", f"chmod 755 {path}")
    if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return wrong(f"Others can change the program for alerts, {path}.", f"chmod go-w {path}")
    return well(f"The program for alerts, {path}, can be started. {TEST}")


def _file(path: Path) -> Said:
    place = path if path.exists() else path.parent
    if path.is_symlink() or not os.access(place, os.W_OK) or (place == path and not path.is_file()):
        fix = "Name a file in a folder of the service's own; the unit lets it write there only."
        return wrong(f"The file for alerts, {path}, cannot be written.", fix)
    return well(f"The file for alerts, {path}, can be written. {TEST}")


def digest(ground: Ground) -> Iterator[Said]:
    """Nothing while there is no register, or one that cannot be opened, which is told elsewhere."""
    path = ground.settings.storage.register_file
    if not path.exists():
        return
    try:
        with closing(Ledger(path)) as ledger:
            outages = Outages(ledger).recent(ground.now)
    except Exception as why:
        if refusal(why) is None:
            raise
        return
    lasting = [each for each in outages if each.over is None]
    late = [each for each in lasting if each.source in (DIGEST, f"{LETTERS}digest")]
    for each in late:
        yield wrong(each.said, each.fix)
    for each in lasting:
        if each.source.startswith(LETTERS) and each not in late:
            kind = each.source.removeprefix(LETTERS)
            yield wrong(f"A letter ({kind}) cannot be written or sent. {each.said}", each.fix)
    if not late:
        yield well("Nothing keeps the daily digest from its reader.")


def words(ground: Ground) -> Iterator[Said]:
    """Each slip with its template, its line, and what to do."""
    board = ground.settings.board
    if board.letters is None:
        return
    slips = Proofreader(board, Writer(board, ground.settings.outbox.sender)).slips()
    for slip in slips:
        yield wrong(str(slip), slip.fix)
    if slips:
        yield well("No letter waits for that: where the board's own words fail it, ours are used.")
    else:
        number = count(len(list(files(board.letters))), "template")
        yield well(f"The board's own words, {number}, were tried with letters of every kind.")


ENDS_SOON = timedelta(days=21)
LOOK = "Look at host, port, tls and the account in the settings, and at the mail server's own log."
_SENDERS = {
    "reminders and the digest": "our address as their sender",
    "answers": "no sender, as mail that must not be answered has",
}


def outgoing(ground: Ground) -> Iterator[Said]:
    """Every way that letters leave."""
    outbox = ground.settings.outbox
    for place, way in transports.places(outbox):
        if isinstance(way, SmtpWay):
            yield from _by_smtp(ground, place, way, outbox.sender)
        elif isinstance(way, DraftsWay):
            yield _as_drafts(ground, place, way)
        else:
            yield _to_folder(place, way.path)


def _by_smtp(ground: Ground, place: str, way: SmtpWay, sender: str) -> Iterator[Said]:
    server = transports.server(way, sender)
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
        with opened(transports.mailbox(way), account, LARGEST) as client:
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


TEXT = """\
This is a sample letter of scr-intake. It was sent because somebody asked for one (doctor --send).

If you read this, the board's letters leave as they should. Nothing has to be done.
"""


def sample(ground: Ground) -> Iterator[Said]:
    """One letter, by the way most letters leave."""
    outbox = ground.settings.outbox
    transport = transports.transport(outbox, outbox.sender, Accounts(ground.credentials, time.time))
    try:
        transport.send(_letter(ground))
    except (NotNow, Never) as why:
        yield wrong(f"A sample letter to the operator was not sent: {why}.", LOOK)
    else:
        yield well("A sample letter to the operator was taken. See whether it arrives.")
    finally:
        transport.rest()


def _letter(ground: Ground) -> Letter:
    message = EmailMessage(SMTP)
    board, sender = ground.settings.board, ground.settings.outbox.sender
    message["From"] = Address(display_name=board.name, addr_spec=sender)
    message["To"] = board.operator
    message["Subject"] = "scr-intake: a sample letter"
    message["Date"] = format_datetime(ground.now)
    message["Message-ID"] = make_msgid("sample", sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(TEXT)
    return Letter(
        id=0,
        key="sample",
        kind="digest",
        state="sending",
        message_id=str(message["Message-ID"]),
        message=message.as_bytes(),
        tries=0,
        queued=ground.now,
        since=ground.now,
        by_hand=True,
        sent=None,
        answer="",
    )
