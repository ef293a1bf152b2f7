"""Letters by SMTP, handed to the board's own mail server.

Does: gives each letter to its one recipient (failure mode 74), on one connection for all the
letters of a round, and says how that ended.
Trusts: the server, once its certificate is verified; its word that it took a letter.
Never touches: what a letter says. The bytes that are sent are those that were queued.
Known limits: when the connection is lost after the letter and before the answer, nobody knows
whether it was taken; it is sent again, the same bytes under the same Message-ID (failure mode 73).
"""

from __future__ import annotations

import smtplib
from contextlib import suppress

from intake.sign_in.account import Account
from outbox.envelope import Envelope, envelope
from outbox.letter import Letter
from outbox.line import Line
from outbox.relay import Server, reached
from outbox.transport import Away, Never, NotNow
from outbox.verdicts import Step, refusal, said

GOODBYE = 5.0  # seconds; what it answers changes nothing
_LOST = (smtplib.SMTPException, OSError)


class SmtpTransport:
    """One mail server and one account on it."""

    def __init__(self, server: Server, account: Account | None, sender: str) -> None:
        """`sender` is the address that letters come from and bounces go to."""
        self._server = server
        self._account = account
        self._sender = sender
        self._open: Line | None = None

    def send(self, letter: Letter) -> None:
        """Raises NotNow, Away or Never."""
        about = envelope(letter, self._sender)
        begun = self._begun(about)
        try:
            self._rest_of(begun, about)
        except (NotNow, Never):
            self._ready_for_another(begun)
            raise
        except _LOST as why:
            self._drop()
            raise _lost(why) from why

    def rest(self) -> None:
        """Say goodbye; a server that has gone already is not missed."""
        if self._open is not None:
            with suppress(*_LOST), self._open.waiting(min(GOODBYE, self._server.patience)):
                self._open.docmd("QUIT")
            self._drop()

    def _begun(self, about: Envelope) -> Line:
        """A connection on which the letter's sender was taken. One that was kept open may have
        been closed by the server meanwhile: then it takes a second one to know."""
        if self._open is not None:
            try:
                if self._sender_taken(self._open, about):
                    return self._open
            except _LOST:
                pass
            self._drop()
        self._open = reached(self._server, self._account)
        try:
            if self._sender_taken(self._open, about):
                return self._open
        except _LOST as why:
            self._drop()
            raise _lost(why) from why
        self._drop()
        raise Away("the mail server takes no more letters now (421)")

    def _sender_taken(self, on: Line, about: Envelope) -> bool:
        """False when the server says goodbye instead. Raises NotNow or Never."""
        options = ["BODY=8BITMIME"] if about.eight_bit and on.has_extn("8bitmime") else []
        if on.has_extn("size"):
            options.append(f"SIZE={len(about.message)}")
        code, text = on.mail(about.sender, options)
        if code == 421:
            return False
        try:
            _wanted("sender", code, text)
        except (NotNow, Never):
            self._ready_for_another(on)
            raise
        return True

    def _rest_of(self, on: Line, about: Envelope) -> None:
        code, text = on.rcpt(about.recipient)
        _wanted("recipient", code, text)
        try:
            with on.waiting(self._server.thorough):
                code, text = on.data(about.message)
        except smtplib.SMTPDataError as why:
            code, text = why.smtp_code, said(why)
            if 200 <= code <= 299:  # yes to a letter that it has not been given
                raise smtplib.SMTPException from why
        _wanted("letter", code, text)

    def _ready_for_another(self, on: Line) -> None:
        """After a refusal the same connection will do, if the server agrees."""
        try:
            agreed = on.sock is not None and on.docmd("RSET")[0] == 250
        except _LOST:
            agreed = False
        if not agreed:
            self._drop()

    def _drop(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _wanted(step: Step, code: int, text: bytes) -> None:
    """Yes is any code that begins with 2 (RFC 5321, 4.2.1), but for a goodbye. Raises NotNow,
    Never, or SMTPException when nobody can tell what is being answered."""
    if 400 <= code <= 599:
        raise refusal(step, code, text)
    if not 200 <= code <= 299 or code == 221:
        raise smtplib.SMTPException


def _lost(why: Exception) -> NotNow:
    """A server that has gone silent would keep each letter waiting as long again."""
    if isinstance(why, TimeoutError) or isinstance(why.__context__, TimeoutError):
        return Away("the mail server went silent before it said that it took the letter")
    return NotNow("the connection was lost before the mail server said that it took the letter")
