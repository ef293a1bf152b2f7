"""Letters by SMTP, handed to the board's own mail server.

Does: gives each letter to its one recipient (failure mode 74), on one connection for all the
letters of a round, and says how that ended. The server's answer to a letter is awaited in a thread:
one that is long in coming (it may wait for the reader's own server) holds up no other letter.
Trusts: the server, once its certificate is verified; its word that it took a letter.
Never touches: what a letter says. The bytes that are sent are those that were queued.
Known limits: when the connection is lost after the letter and before the answer, nobody knows
whether it was taken; it is sent again, the same bytes under the same Message-ID (failure mode 73).
"""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass

from intake.sign_in.account import Account
from outbox.beside import Beside
from outbox.envelope import Envelope, envelope
from outbox.letter import Letter
from outbox.line import Line
from outbox.relay import Server, reached
from outbox.transport import Awaited, Away, Never, NotNow
from outbox.verdicts import Step, refusal, said

GOODBYE = 5.0  # seconds; what it answers changes nothing
_LOST = (smtplib.SMTPException, OSError)


class SmtpTransport:
    """One mail server and one account on it."""

    def __init__(
        self, server: Server, account: Account | None, sender: str, name: str = "outbox"
    ) -> None:
        """`sender` is the address that letters come from and bounces go to."""
        self.name = name
        self._server = server
        self._account = account
        self._sender = sender
        self._line: Line | None = None

    def open(self) -> None:
        """Connect and sign in, unless that is done. Raises Away."""
        if self._line is None:
            self._line = reached(self._server, self._account)

    def send(self, letter: Letter) -> None:
        """Raises NotNow, Away, Never or Awaited: then the connection is the answer's, and the next
        letter has one of its own."""
        about = envelope(letter, self._sender)
        begun = self._begun(about)
        beside = Beside(lambda: self._rest_of(begun, about))
        if not beside.within(self._server.prompt):
            self._line = None
            raise Awaited(_Late(beside, begun))
        try:
            beside.take()
        except (NotNow, Never):
            self._ready_for_another(begun)
            raise
        except _LOST as why:
            self._drop()
            raise _lost(why) from why

    def rest(self) -> None:
        """Say goodbye; a server that has gone already is not missed."""
        if self._line is not None:
            with suppress(*_LOST), self._line.waiting(min(GOODBYE, self._server.patience)):
                self._line.docmd("QUIT")
            self._drop()

    def _begun(self, about: Envelope) -> Line:
        """A connection on which the letter's sender was taken. One that was kept open may have
        been closed by the server meanwhile: then it takes a second one to know."""
        if self._line is not None:
            try:
                if self._sender_taken(self._line, about):
                    return self._line
            except _LOST:
                pass
            self._drop()
        self._line = reached(self._server, self._account)
        try:
            if self._sender_taken(self._line, about):
                return self._line
        except _LOST as why:
            self._drop()
            if _silent(why):
                raise Away("the mail server went silent before it took a letter") from why
            raise _lost(why) from why
        self._drop()
        raise Away("the mail server takes no more letters now (421)")

    def _sender_taken(self, on: Line, about: Envelope) -> bool:
        """False when the server says goodbye instead. Raises NotNow or Never."""
        options = ["BODY=8BITMIME"] if about.eight_bit and on.has_extn("8bitmime") else []
        if about.international:
            if not on.has_extn("smtputf8"):
                self._ready_for_another(on)
                raise Never("the mail server takes no addresses in other letters than English ones")
            options.append("SMTPUTF8")
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
        if self._line is not None:
            self._line.close()
            self._line = None


@dataclass(frozen=True, slots=True)
class _Late:
    """The answer to one letter, and the connection that it comes by."""

    beside: Beside
    line: Line

    def within(self, seconds: float) -> bool:
        return self.beside.within(seconds)

    def take(self) -> None:
        try:
            self.beside.take()
        except _LOST as why:
            raise _lost(why) from why
        finally:
            self.line.close()


def _wanted(step: Step, code: int, text: bytes) -> None:
    """Yes is any code that begins with 2 (RFC 5321, 4.2.1), but for a goodbye. Raises NotNow,
    Never, or SMTPException when nobody can tell what is being answered."""
    if 400 <= code <= 599:
        raise refusal(step, code, text)
    if not 200 <= code <= 299 or code == 221:
        raise smtplib.SMTPException


def _silent(why: Exception) -> bool:
    return isinstance(why, TimeoutError) or isinstance(why.__context__, TimeoutError)


def _lost(why: Exception) -> NotNow:
    """What the lost connection comes to, for this letter alone: the server may wait for the one
    recipient's server (failure mode 114)."""
    if _silent(why):
        return NotNow("the mail server went silent before it said that it took the letter")
    return NotNow("the connection was lost before the mail server said that it took the letter")
