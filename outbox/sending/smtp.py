"""Letters by SMTP, handed to the board's own mail server."""

from __future__ import annotations

import re
import smtplib
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from config.email_address import parse_email_address
from intake.sign_in.account import SignInAccount
from outbox.sending.mail_server import MailServer, SmtpConnection, connect_to_server
from outbox.sending.transport import (
    AnswerPending,
    HandoverPostponed,
    HandoverRefused,
    SmtpStep,
    TransportUnavailable,
    handover_failure,
    server_words,
)
from outbox.writing.letter import Letter
from outbox.writing.letter_text import parse_letter

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
LONGEST_LINE = 998  # bytes, RFC 5322


@dataclass(frozen=True, slots=True)
class Envelope:
    """`sender` is "" for a reply: what bounces back from it must not be answered, and is not
    (failure mode 65)."""

    sender: str
    recipient: str
    message: bytes

    @property
    def needs_eight_bit(self) -> bool:
        return not self.message.isascii()

    @property
    def needs_smtputf8(self) -> bool:
        """Whether it takes a server that knows addresses of other letters (RFC 6531)."""
        return not self.recipient.isascii()


def build_envelope(letter: Letter, sender: str) -> Envelope:
    """Raises HandoverRefused for a letter that is not fit to be sent (failure mode 80)."""
    head = parse_letter(letter.message)
    recipient = parse_email_address(letter.recipient)
    shown = [one.addr_spec for one in head["To"].addresses] if head["To"] is not None else []
    if recipient is None or list(map(parse_email_address, shown)) != [recipient]:
        raise HandoverRefused("the letter does not show the one address that it goes to")
    if any(head[name] is not None for name in ("Cc", "Bcc")):
        raise HandoverRefused("the letter names somebody besides the one it is to")
    if _BARE.search(letter.message) or _too_wide(letter.message):
        raise HandoverRefused("the letter is not laid out as mail has to be")
    reply = str(head["Auto-Submitted"]).startswith("auto-replied")
    return Envelope("" if reply else sender, recipient, letter.message)


def _too_wide(message: bytes) -> bool:
    return any(len(line) > LONGEST_LINE for line in message.split(b"\r\n"))


class BackgroundCall:
    """What was begun, until it is asked how it ended."""

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._why: BaseException | None = None
        self._over = threading.Event()
        threading.Thread(target=self._run, name="beside", daemon=True).start()

    def is_ready_within(self, seconds: float) -> bool:
        """Whether it has ended by then."""
        return self._over.wait(seconds)

    def wait_for_result(self) -> None:
        """Wait for its end. Raises what it raised."""
        self._over.wait()
        if self._why is not None:
            raise self._why

    def _run(self) -> None:
        try:
            self._act()
        except BaseException as why:  # noqa: BLE001  raised where it is asked for
            self._why = why
        finally:
            self._over.set()


QUIT_SECONDS = 5.0  # seconds; what it answers changes nothing
_LOST = (smtplib.SMTPException, OSError)


class SmtpTransport:
    """One mail server and one account on it."""

    def __init__(
        self, server: MailServer, account: SignInAccount | None, sender: str, name: str = "outbox"
    ) -> None:
        """`sender` is the address that letters come from and bounces go to."""
        self.name = name
        self._server = server
        self._account = account
        self._sender = sender
        self._line: SmtpConnection | None = None

    def open(self) -> None:
        """Connect and sign in, unless that is done. Raises TransportUnavailable."""
        if self._line is None:
            self._line = connect_to_server(self._server, self._account)

    def send(self, letter: Letter) -> None:
        """Raises HandoverPostponed, TransportUnavailable, HandoverRefused or
        AnswerPending. After AnswerPending the connection waits for that answer, and the next letter
        opens a connection of its own."""
        about = build_envelope(letter, self._sender)
        begun = self._begun(about)
        beside = BackgroundCall(lambda: self._rest_of(begun, about))
        if not beside.is_ready_within(self._server.seconds_others_wait):
            self._line = None
            raise AnswerPending(_Late(beside, begun))
        try:
            beside.wait_for_result()
        except (HandoverPostponed, HandoverRefused):
            self._ready_for_another(begun)
            raise
        except _LOST as why:
            self._drop()
            raise _lost(why) from why

    def disconnect(self) -> None:
        """Say goodbye; a server that has gone already is not missed."""
        if self._line is not None:
            with (
                suppress(*_LOST),
                self._line.allowing_answer(min(QUIT_SECONDS, self._server.answer_seconds)),
            ):
                self._line.docmd("QUIT")
            self._drop()

    def _begun(self, about: Envelope) -> SmtpConnection:
        """A connection on which the letter's sender was taken. One that was kept open may have
        been closed by the server meanwhile: then it takes a second one to know."""
        if self._line is not None:
            try:
                if self._sender_taken(self._line, about):
                    return self._line
            except _LOST:
                pass
            self._drop()
        self._line = connect_to_server(self._server, self._account)
        try:
            if self._sender_taken(self._line, about):
                return self._line
        except _LOST as why:
            self._drop()
            if _silent(why):
                raise TransportUnavailable(
                    "the mail server went silent before it took a letter"
                ) from why
            raise _lost(why) from why
        self._drop()
        raise TransportUnavailable("the mail server takes no more letters now (421)")

    def _sender_taken(self, on: SmtpConnection, about: Envelope) -> bool:
        """False when the server says goodbye instead.

        Raises HandoverPostponed or HandoverRefused.
        """
        options = ["BODY=8BITMIME"] if about.needs_eight_bit and on.has_extn("8bitmime") else []
        if about.needs_smtputf8:
            if not on.has_extn("smtputf8"):
                self._ready_for_another(on)
                raise HandoverRefused(
                    "the mail server takes no addresses in other letters than English ones"
                )
            options.append("SMTPUTF8")
        if on.has_extn("size"):
            options.append(f"SIZE={len(about.message)}")
        code, text = on.mail(about.sender, options)
        if code == 421:
            return False
        try:
            _wanted("sender", code, text)
        except (HandoverPostponed, HandoverRefused):
            self._ready_for_another(on)
            raise
        return True

    def _rest_of(self, on: SmtpConnection, about: Envelope) -> None:
        code, text = on.rcpt(about.recipient)
        _wanted("recipient", code, text)
        try:
            with on.allowing_answer(self._server.letter_answer_seconds):
                code, text = on.data(about.message)
        except smtplib.SMTPDataError as why:
            code, text = why.smtp_code, server_words(why)
            if 200 <= code <= 299:  # yes to a letter that it has not been given
                raise smtplib.SMTPException from why
        _wanted("letter", code, text)

    def _ready_for_another(self, on: SmtpConnection) -> None:
        """After a refusal the same connection will do, if the server agrees."""
        try:
            agreed = on.sock is not None and on.docmd("RSET")[0] == 250
        except _LOST:
            agreed = False
        if not agreed:
            self._drop()

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None


@dataclass(frozen=True, slots=True)
class _Late:
    """The answer to one letter, and the connection that it comes by."""

    beside: BackgroundCall
    line: SmtpConnection

    def is_ready_within(self, seconds: float) -> bool:
        return self.beside.is_ready_within(seconds)

    def wait_for_result(self) -> None:
        try:
            self.beside.wait_for_result()
        except _LOST as why:
            raise _lost(why) from why
        finally:
            self.line.close()


def _wanted(step: SmtpStep, code: int, text: bytes) -> None:
    """Yes is any code that begins with 2 (RFC 5321, 4.2.1), but for a goodbye.

    Raises HandoverPostponed, HandoverRefused, or SMTPException when nobody can tell
    what is being answered.
    """
    if 400 <= code <= 599:
        raise handover_failure(step, code, text)
    if not 200 <= code <= 299 or code == 221:
        raise smtplib.SMTPException


def _silent(why: Exception) -> bool:
    return isinstance(why, TimeoutError) or isinstance(why.__context__, TimeoutError)


def _lost(why: Exception) -> HandoverPostponed:
    """What the lost connection comes to, for this letter alone: the server may wait for the one
    recipient's server (failure mode 114)."""
    if _silent(why):
        return HandoverPostponed(
            "the mail server went silent before it said that it took the letter"
        )
    return HandoverPostponed(
        "the connection was lost before the mail server said that it took the letter"
    )
