"""An SMTP server on loopback that says byte for byte what it is told to, or drips, dies or says
nothing. `tests/servers/smtp.py` behaves, but where it is told not to; this one knows no manners.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

from tests.servers.certificates import Certificates

Word = Literal[
    "GREETING", "EHLO", "HELO", "STARTTLS", "SECURE EHLO", "AUTH", "SECRET",
    "MAIL", "RCPT", "DATA", "TAKEN", "RSET", "QUIT",
]  # fmt: skip
Saying = bytes | Callable[["Wire", socket.socket], None]

# What a good server says; TAKEN is its answer to the whole letter, SECRET to a line of AUTH LOGIN.
GOOD: dict[Word, bytes] = {
    "GREETING": b"220 mx.board.example ESMTP\r\n",
    "EHLO": b"250-mx.board.example\r\n250 STARTTLS\r\n",
    "HELO": b"250 mx.board.example\r\n",
    "STARTTLS": b"220 go ahead\r\n",
    "SECURE EHLO": b"250-mx.board.example\r\n250-8BITMIME\r\n250-SIZE 9999\r\n250 AUTH PLAIN\r\n",
    "AUTH": b"235 2.7.0 come in\r\n",
    "SECRET": b"235 2.7.0 come in\r\n",
    "MAIL": b"250 2.1.0 ok\r\n",
    "RCPT": b"250 2.1.5 ok\r\n",
    "DATA": b"354 go on\r\n",
    "TAKEN": b"250 2.0.0 taken\r\n",
    "RSET": b"250 2.0.0 ok\r\n",
    "QUIT": b"221 2.0.0 bye\r\n",
}


@dataclass
class Wire:
    """`says` holds what is said at each word, one a time, before what a good server says. `heard`
    is every line that came, `clear` those of them before TLS; `taken` is every letter."""

    port: int
    context: ssl.SSLContext
    says: dict[Word, list[Saying]] = field(default_factory=dict)
    heard: list[bytes] = field(default_factory=list)
    clear: list[bytes] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    talks: list[_Talk] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def say(self, word: Word, to: socket.socket) -> bytes:
        planned = self.says.get(word)
        saying = planned.pop(0) if planned else GOOD[word]
        if isinstance(saying, bytes):
            to.sendall(saying)
            return saying
        saying(self, to)
        return b""

    def converse(self, plain: socket.socket) -> None:
        talk = _Talk(self, plain)
        self.talks.append(talk)
        with suppress(OSError, ValueError):
            self.say("GREETING", plain)
            while line := talk.reads.readline():
                self.heard.append(line)
                talk.hears(line)
        talk.close()


class _Talk:
    """One connection."""

    def __init__(self, wire: Wire, plain: socket.socket) -> None:
        self._wire = wire
        self._on = plain
        self._secure = False
        self.reads = plain.makefile("rb")

    def hears(self, line: bytes) -> None:
        word = line.split(b" ")[0].strip().decode("ascii", "replace").upper()
        if not self._secure:
            self._wire.clear.append(line)
        if word == "STARTTLS":
            if self._wire.say("STARTTLS", self._on).startswith(b"220"):
                self.reads.close()
                self._on = self._wire.context.wrap_socket(self._on, server_side=True)
                self.reads, self._secure = self._on.makefile("rb"), True
        elif word == "EHLO":
            self._wire.say("SECURE EHLO" if self._secure else "EHLO", self._on)
        elif word == "DATA":
            if self._wire.say("DATA", self._on).startswith(b"354"):
                self._letter()
        elif word in GOOD:
            self._wire.say(word, self._on)  # type: ignore[arg-type]  it is one of them
        else:
            self._wire.say("SECRET", self._on)

    def hangs_up(self) -> None:
        """Whoever reads has read the last of it."""
        with suppress(OSError):
            self._on.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.hangs_up()
        self.reads.close()
        self._on.close()

    def _letter(self) -> None:
        lines = []
        while (line := self.reads.readline()) not in (b".\r\n", b""):
            lines.append(line)
        if line:
            self._wire.taken.append(b"".join(lines))
            self._wire.say("TAKEN", self._on)


def breaks_tls(wire: Wire, to: socket.socket) -> None:
    """Agrees to TLS, hears the hello, and answers it in no language."""
    to.sendall(b"220 go ahead\r\n")
    to.recv(4096)
    to.sendall(b"garbage" * 50)


def drops_tls(wire: Wire, to: socket.socket) -> None:
    """Agrees to TLS, hears the hello, and goes."""
    to.sendall(b"220 go ahead\r\n")
    to.recv(4096)
    raise OSError


def hushes_tls(wire: Wire, to: socket.socket) -> None:
    """Agrees to TLS, and says no more."""
    to.sendall(b"220 go ahead\r\n")
    wire.over.wait(10)
    raise OSError


def dies(wire: Wire, to: socket.socket) -> None:
    """Closes the connection instead of an answer."""
    raise OSError


def hangs(wire: Wire, to: socket.socket) -> None:
    """Says nothing until the test is over."""
    wire.over.wait()


def for_ever(piece: bytes, pause: float = 0.0) -> Saying:
    """Says it again and again, with a pause between, until nobody listens."""

    def say(wire: Wire, to: socket.socket) -> None:
        while not wire.over.wait(pause):
            to.sendall(piece)

    return say


@contextmanager
def scripted(certificates: Certificates, **says: list[Saying]) -> Iterator[Wire]:
    """A server, until the test is over. A word of two is written with a line: SECURE_EHLO."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        wire = Wire(listening.getsockname()[1], certificates.context())
        wire.says = {word.replace("_", " "): list(s) for word, s in says.items()}  # type: ignore[misc]
        threads: list[threading.Thread] = []

        def listen() -> None:
            with suppress(OSError):
                while True:
                    one = threading.Thread(target=wire.converse, args=(listening.accept()[0],))
                    one.start()
                    threads.append(one)

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield wire
        finally:
            wire.over.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for talk in wire.talks:
                talk.hangs_up()
            for one in threads:
                one.join()
