"""Whether letters, the digest and alerts could leave: each transport is tried as far as it goes
without sending."""

from __future__ import annotations

import os
import smtplib
import ssl
import stat
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from pathlib import Path

from commands.alerts import MAIL_ALONE
from commands.clock_doubt import is_clock_doubted
from commands.composition import transports
from commands.composition.usable_register import open_if_usable
from commands.doctor.check import (
    DoctorContext,
    DoctorResult,
    soon_result,
    well_result,
    wrong_result,
)
from config.english import count_noun
from config.outbox_settings import DraftsTransportSettings, SmtpTransportSettings
from intake.imap.connection import open_connection, read_folder_naming
from intake.imap.errors import connection_failure
from intake.sign_in.accounts import AccountFactory
from intake.source_health import OutageKind, OutageRecords
from outbox.digest.digest_history import DIGEST_OUTAGE
from outbox.due.letter_failures import letters_outage
from outbox.sending.drafts_folder import MAX_READ_BYTES, UNAVAILABLE_ERRORS, find_drafts_folder
from outbox.sending.mail_server import connect_to_server
from outbox.sending.transport import (
    HandoverPostponed,
    HandoverRefused,
    TransportUnavailable,
    status_codes,
)
from outbox.writing.letter import Letter
from outbox.writing.template_check import TemplateChecker
from outbox.writing.templates import old_form_templates, template_files
from outbox.writing.writer import LetterWriter

ALERT_TEST_HINT = "To send one: `scr-intake alerts test`"


def check_alerts(context: DoctorContext) -> Iterator[DoctorResult]:
    """The program and the file that `[alerts]` names."""
    ways = context.settings.alerts
    if ways.command is not None:
        yield _program(Path(ways.command[0]))
    if ways.file is not None:
        yield _file(ways.file)
    if ways.command is None and ways.file is None:
        yield well_result(MAIL_ALONE)


def _program(path: Path) -> DoctorResult:
    fix = "Put the program there, its owner's alone to write, or name another in `[alerts]`."
    if not path.is_file():
        return wrong_result(f"The program for alerts, {path}, is not there.", fix)
    if not os.access(path, os.X_OK):
        return wrong_result(
            f"The program for alerts, {path}, cannot be started.", f"chmod 755 {path}"
        )
    if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return wrong_result(
            f"Others can change the program for alerts, {path}.", f"chmod go-w {path}"
        )
    return well_result(f"The program for alerts, {path}, can be started. {ALERT_TEST_HINT}")


def _file(path: Path) -> DoctorResult:
    place = path if path.exists() else path.parent
    if path.is_symlink() or not os.access(place, os.W_OK) or (place == path and not path.is_file()):
        fix = "Name a file in a folder of the service's own; the unit lets it write there only."
        return wrong_result(f"The file for alerts, {path}, cannot be written.", fix)
    return well_result(f"The file for alerts, {path}, can be written. {ALERT_TEST_HINT}")


def check_metrics(context: DoctorContext) -> Iterator[DoctorResult]:
    """The file and the port that `[metrics]` names."""
    wanted = context.settings.metrics
    if wanted.textfile is not None:
        yield _metrics_file(wanted.textfile)
    if wanted.port is not None:
        yield well_result(f"`scr-intake run` answers on port {wanted.port} of this machine alone.")
    if wanted.textfile is None and wanted.port is None:
        yield well_result("No measurements are written: the settings have no `[metrics]`.")


def _metrics_file(path: Path) -> DoctorResult:
    """The file is replaced, so it is the folder that has to be written."""
    if not os.access(path.parent, os.W_OK | os.X_OK) or path.is_dir():
        fix = (
            f"Let the service write in {path.parent}, by its group; the unit needs"
            f" ReadWritePaths={path.parent} in a drop-in."
        )
        return wrong_result(f"The file of measurements, {path}, cannot be written.", fix)
    if not path.exists():
        return well_result(f"The file of measurements, {path}, can be written.")
    return well_result(f"The file of measurements, {path}, can be written, and is there.")


def check_digest(context: DoctorContext) -> Iterator[DoctorResult]:
    """Nothing while there is no register to work on, which is told elsewhere."""
    with open_if_usable(context.settings, context.credentials) as database:
        if database is None:
            return
        outages = OutageRecords(database).recent_outages(context.now)
    lasting = [each for each in outages if each.over is None]
    late = [each for each in lasting if each.of in (DIGEST_OUTAGE, letters_outage("digest"))]
    for each in late:
        yield wrong_result(each.said, each.fix)
    for each in lasting:
        if each.of.kind is OutageKind.LETTERS and each not in late:
            yield wrong_result(
                f"A letter ({each.of.name}) cannot be written or sent. {each.said}", each.fix
            )
    if not late:
        yield well_result("Nothing keeps the daily digest from its reader.")


def check_templates(context: DoctorContext) -> Iterator[DoctorResult]:
    """Each slip with its template, its line, and what to do."""
    board = context.settings.board
    if board.letters is None:
        return
    slips = TemplateChecker(
        board, LetterWriter(board, context.settings.outbox.sender)
    ).find_mistakes()
    for slip in slips:
        yield wrong_result(str(slip), slip.fix)
    if slips:
        yield well_result(
            "No letter waits for that: where the board's own words fail it, ours are used."
        )
    else:
        number = count_noun(len(list(template_files(board.letters))), "template")
        yield well_result(
            f"The board's own words, {number}, were tried with letters of every kind."
        )
    yield from _old_form(board.letters)


def _old_form(folder: Path) -> Iterator[DoctorResult]:
    """Templates without marks work as they did, and a person should know that they are guessed
    at."""
    used, hidden = old_form_templates(folder)
    if used:
        yield soon_result(
            f"Written without marks, so that headings, lists and tables are guessed:"
            f" {', '.join(used)}.",
            "Letters go on in these words. To set the marks yourself, write each anew as .md.j2,"
            " as docs/own-words.md shows.",
        )
    if hidden:
        yield soon_result(
            f"Not used, since the same is there with marks (.md.j2): {', '.join(hidden)}.",
            "Take them out of the folder.",
        )


TRIAL_SENTENCE = (
    "Trial mode is on: every letter goes to the administrator alone, and nothing is put back into a"
    " drop folder."
)
ENDS_SOON = timedelta(days=21)
SETTINGS_HINT = (
    "Look at host, port, tls and the account in the settings, and at the mail server's own log."
)
_SENDERS = {
    "reminders and the digest": "our address as their sender",
    "answers": "no sender, as mail that must not be answered has",
}


def check_outgoing(context: DoctorContext) -> Iterator[DoctorResult]:
    """Every way that letters leave."""
    outbox = context.settings.outbox
    if outbox.trial:
        yield soon_result(TRIAL_SENTENCE, "Set `trial = false` in `[outbox]` to end it.")
    for place, way in transports.transport_places(outbox):
        if isinstance(way, SmtpTransportSettings):
            yield from _by_smtp(context, place, way, outbox.sender)
        elif isinstance(way, DraftsTransportSettings):
            yield _as_drafts(context, place, way)
        else:
            yield _to_folder(place, way.path)


def _by_smtp(
    context: DoctorContext, place: str, way: SmtpTransportSettings, sender: str
) -> Iterator[DoctorResult]:
    server = transports.smtp_server(way, sender)
    try:
        account = AccountFactory(context.credentials, time.time).build_account(way)
        connection = connect_to_server(server, account)
    except TransportUnavailable as why:
        yield wrong_result(f"{place}: {why}.", SETTINGS_HINT)
        return
    except OSError:  # what stands in the way is told under Secrets
        yield wrong_result(f"{place}: what is needed to sign in cannot be read.", SETTINGS_HINT)
        return
    try:
        let_in = " and lets the account in" if account else ""
        yield well_result(f"{place}: {server.host} answers, is who it says it is{let_in}.")
        yield _certificate(place, connection, context)
        yield from _trial(place, connection, sender, context.settings.board.operator)
    finally:
        connection.close()


def _certificate(place: str, connection: smtplib.SMTP, context: DoctorContext) -> DoctorResult:
    """While the clock is doubted nobody knows how soon that is."""
    now = context.now
    assert isinstance(connection.sock, ssl.SSLSocket)  # `connect_to_server` gives no other
    found = connection.sock.getpeercert() or {}
    ends = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(found["notAfter"])), now.tzinfo)
    sentence = f"{place}: the mail server's certificate is good until {ends:%-d %B %Y}."
    doubted = is_clock_doubted(context.settings, context.credentials, now, played=context.played)
    if ends - now < ENDS_SOON and not doubted:
        return soon_result(sentence, "Ask whoever runs the mail server to renew it.")
    return well_result(sentence)


def _trial(place: str, connection: smtplib.SMTP, sender: str, to: str) -> Iterator[DoctorResult]:
    """Both kinds of sender that letters have; nothing is sent."""
    for (letters, told), envelope in zip(_SENDERS.items(), (sender, ""), strict=True):
        try:
            said = _asked(connection, envelope, to)
        except (smtplib.SMTPException, OSError):
            yield wrong_result(
                f"{place}: the mail server broke off when asked to take {letters}.", SETTINGS_HINT
            )
            return
        if said:
            yield wrong_result(
                f"{place}: the mail server would not take {letters} ({said}), which have {told}.",
                "Ask whoever runs the mail server to let this account send so.",
            )
        else:
            yield well_result(f"{place}: the mail server would take {letters}.")


def _asked(connection: smtplib.SMTP, sender: str, to: str) -> str:
    """ "" when it would take a letter, else its codes."""
    answers = [connection.mail(sender)]
    if 200 <= answers[0][0] <= 299:
        answers.append(connection.rcpt(to))
    connection.rset()
    code, text = answers[-1]
    return "" if 200 <= code <= 299 else status_codes(code, text)


def _as_drafts(context: DoctorContext, place: str, way: DraftsTransportSettings) -> DoctorResult:
    account = AccountFactory(context.credentials, time.time).build_account(way)
    assert account is not None  # its username is not optional
    try:
        with open_connection(transports.drafts_address(way), account, MAX_READ_BYTES) as client:
            found = find_drafts_folder(
                client, read_folder_naming(client).server_folder_name(way.folder)
            )
    except UNAVAILABLE_ERRORS as why:
        told = connection_failure(place, why)
        return wrong_result(f"{place}: {told.sentence}", told.fix)
    if found:
        return well_result(
            f"{place}: {way.host} lets the account in, and the folder for drafts is there."
        )
    return soon_result(
        f"{place}: the folder for drafts is not there.", "It is made with the first draft."
    )


def _to_folder(place: str, folder: Path) -> DoctorResult:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        return well_result(f"{place}: letters can be written to {folder}.")
    return wrong_result(
        f"{place}: letters cannot be written to {folder}.", "Make the folder, the service's own."
    )


SAMPLE_TEXT = """\
This is a sample letter of scr-intake. It was sent because somebody asked for one (doctor --send).

If you read this, the board's letters leave as they should. Nothing has to be done.
"""


def send_sample_letter(context: DoctorContext) -> Iterator[DoctorResult]:
    """One letter, by the way most letters leave."""
    outbox = context.settings.outbox
    transport = transports.build_transport(
        outbox, outbox.sender, AccountFactory(context.credentials, time.time)
    )
    try:
        transport.send(_letter(context))
    except (HandoverPostponed, HandoverRefused) as why:
        yield wrong_result(f"A sample letter to the operator was not sent: {why}.", SETTINGS_HINT)
    else:
        yield well_result("A sample letter to the operator was taken. See whether it arrives.")
    finally:
        transport.disconnect()


def _letter(context: DoctorContext) -> Letter:
    to = context.settings.board.operator
    return sample_letter(context, to, "scr-intake: a sample letter", SAMPLE_TEXT)


def sample_letter(
    context: DoctorContext, to: str, subject: str, text: str, *, id: int = 0
) -> Letter:
    """A letter of no queue's, as a sample."""
    message = EmailMessage(SMTP)
    board, sender = context.settings.board, context.settings.outbox.sender
    message["From"] = Address(display_name=board.name, addr_spec=sender)
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(context.now)
    message["Message-ID"] = make_msgid("sample", sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return Letter(
        id=id,
        key="sample",
        kind="digest",
        state="sending",
        message_id=str(message["Message-ID"]),
        recipient=to,
        message=message.as_bytes(),
        tries=0,
        queued=context.now,
        since=context.now,
        by_hand=True,
        sent=None,
        answer="",
    )
