"""The line to a mail server: its answers, each of which ends.

Does: reads each answer within its time and size, however it trickles or swells, and takes none
that came before its question.
Trusts: nothing that comes over it.
Never touches: what is said; `outbox/relay.py` and `outbox/smtp.py` do the talking.
Known limits: DNS is asked by the operating system, which has time-outs of its own.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager

LARGEST = 64 * 1024  # bytes of one answer, however many lines it has
PIECE = 4096


class Answers:
    """What comes over a connection, by lines: the file that smtplib reads from."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._come = b""
        self._until = 0.0
        self._left = 0

    def expect(self, patience: float) -> None:
        """The next answer begins, and has so many seconds. Raises OSError when it is there before
        its question can have been read: then nobody knows what it answers."""
        if self._come:
            raise OSError
        self._until, self._left = time.monotonic() + patience, LARGEST

    def readline(self, longest: int) -> bytes:
        """A line with its end; what is longer is cut. Nothing when the connection has ended."""
        while b"\n" not in self._come and len(self._come) < longest:
            piece = self._piece()
            if not piece:
                break
            self._come += piece
        end = self._come.find(b"\n") + 1 or len(self._come)
        line, self._come = self._come[: min(end, longest)], self._come[min(end, longest) :]
        return line

    def close(self) -> None:
        """There is nothing to close: the connection is smtplib's."""

    def _piece(self) -> bytes:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self._left <= 0:
            raise OSError
        patience = self._connection.gettimeout()
        self._connection.settimeout(left)
        try:
            piece = self._connection.recv(PIECE)
        finally:
            self._connection.settimeout(patience)
        self._left -= len(piece)
        return piece


class Line(smtplib.SMTP):
    """A connection on which every answer ends. `patience` is the seconds it may take."""

    def __init__(self, host: str, port: int, name: str, patience: float) -> None:
        self._patience = patience
        super().__init__(host, port, name, patience)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.file = Answers(self.sock)
        try:
            if self.file is not None:
                self.file.expect(self._patience)
        except OSError as why:
            self.close()
            raise smtplib.SMTPServerDisconnected from why
        return super().getreply()

    @contextmanager
    def waiting(self, patience: float) -> Iterator[None]:
        """Meanwhile an answer may take so long."""
        before, self._patience = self._patience, patience
        try:
            yield
        finally:
            self._patience = before


class ImplicitLine(Line, smtplib.SMTP_SSL):
    """The same, over TLS from its first byte."""

    def __init__(
        self, host: str, port: int, name: str, patience: float, context: ssl.SSLContext
    ) -> None:
        self._patience = patience
        smtplib.SMTP_SSL.__init__(self, host, port, name, timeout=patience, context=context)
