"""An IMAP server that does what a good one will not: a script of answers; loopback, TLS or none.

It answers as an ordinary server with one folder, `mail`, would, until a test puts an answer of its
own into `answers`, by the command's word (`UID FETCH` is "FETCH").
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tests.servers.certificates import Certificates

CAPABILITIES = "IMAP4rev1 IDLE MOVE UIDPLUS"


class Wire:
    """One connection, from the server's side."""

    def __init__(self, connection: socket.socket) -> None:
        self.socket = connection
        self.file: BinaryIO = connection.makefile("rb")

    def send(self, *lines: str | bytes) -> None:
        for line in lines:
            self.raw(line + b"\r\n" if isinstance(line, bytes) else f"{line}\r\n".encode())

    def raw(self, data: bytes) -> None:
        self.socket.sendall(data)

    def line(self) -> str:
        """What the client says next; "" when it has gone."""
        return self.file.readline().decode(errors="replace").rstrip("\r\n")

    def close(self) -> None:
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)


Answer = Callable[[Wire, str, str], None]  # the connection, the tag, the rest of the command


class Scripted:
    """The server. `said` is every command, in order."""

    def __init__(self, certificates: Certificates, tls: bool) -> None:
        self.certificates = certificates
        self._tls = tls
        self.mail: dict[int, bytes] = {}
        self.validity = 1
        self.came = "01-Apr-2010 09:00:00 +0000"  # every message
        self.answers: dict[str, Answer] = {}
        self.said: list[str] = []
        self.over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._talks: list[tuple[Wire, threading.Thread]] = []
        self.port: int = self._listener.getsockname()[1]
        self.renew()  # before it serves: a test may put another certificate into its folder

    @property
    def words(self) -> list[str]:
        return [word(line) for line in self.said]

    def serve(self) -> None:
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while not self.over.is_set():
            try:
                plain, _ = self._listener.accept()
            except OSError:
                continue
            try:
                connection = self._wrapped(plain)
            except OSError:
                plain.close()
                continue
            wire = Wire(connection)
            talk = threading.Thread(target=self._talk, args=(wire,), daemon=True)
            self._talks.append((wire, talk))
            talk.start()

    def renew(self) -> None:
        """Show the certificate that lies in its folder now."""
        self._context = self.certificates.context()

    def _wrapped(self, plain: socket.socket) -> socket.socket:
        return self._context.wrap_socket(plain, server_side=True) if self._tls else plain

    def stop(self) -> None:
        self.over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def hang_up(self) -> None:
        """On everybody."""
        for wire, talk in self._talks:
            wire.close()
            talk.join()
            wire.file.close()
            wire.socket.close()

    def _talk(self, wire: Wire) -> None:
        with suppress(OSError, ValueError):
            wire.send("* OK ready")
            while line := wire.line():
                self.said.append(line)
                tag, _, rest = line.partition(" ")
                answer = self.answers.get(word(line)) or getattr(self, f"_{word(line).lower()}")
                answer(wire, tag, rest)

    def _capability(self, wire: Wire, tag: str, _: str) -> None:
        wire.send(f"* CAPABILITY {CAPABILITIES}", f"{tag} OK done")

    def _ok(self, wire: Wire, tag: str, _: str) -> None:
        wire.send(f"{tag} OK done")

    _login = _noop = _create = _subscribe = _store = _move = _ok

    def _append(self, wire: Wire, tag: str, _: str) -> None:
        """It lets nothing be put into it."""
        wire.send(f"{tag} NO not here")

    def _list(self, wire: Wire, tag: str, _: str) -> None:
        wire.send('* LIST () "/" "INBOX"', f"{tag} OK done")

    def _select(self, wire: Wire, tag: str, _: str) -> None:
        wire.send(
            f"* {len(self.mail)} EXISTS",
            f"* OK [UIDVALIDITY {self.validity}] numbered",
            f"{tag} OK [READ-WRITE] done",
        )

    _examine = _select

    def _search(self, wire: Wire, tag: str, rest: str) -> None:
        found = () if "BEFORE" in rest else self.mail
        wire.send(" ".join(["* SEARCH", *map(str, found)]), f"{tag} OK done")

    def _fetch(self, wire: Wire, tag: str, rest: str) -> None:
        for uid in map(int, rest.split()[2].split(",")):
            if uid in self.mail:
                self.fetched(wire, uid, rest, self.mail[uid])
        wire.send(f"{tag} OK done")

    def fetched(
        self, wire: Wire, uid: int, rest: str, body: bytes, size: int | None = None
    ) -> None:
        """One answer to a fetch; `size` is what it says the size is."""
        told = len(body) if size is None else size
        if "INTERNALDATE" in rest:
            head = body.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
            came = f'INTERNALDATE "{self.came}" RFC822.SIZE {told}'
            item = f"BODY[HEADER.FIELDS (FROM)]<0> {{{len(head)}}}"
            wire.raw(f"* {uid} FETCH (UID {uid} {came} {item}\r\n".encode() + head + b")\r\n")
            return
        if "SIZE" in rest:
            wire.send(f"* {uid} FETCH (UID {uid} RFC822.SIZE {told})")
            return
        item = "BODY[HEADER]<0>" if "HEADER" in rest else "BODY[]"
        head = f"* {uid} FETCH (UID {uid} {item} {{{len(body)}}}\r\n"
        wire.raw(head.encode() + body + b")\r\n")

    def _idle(self, wire: Wire, tag: str, _: str) -> None:
        wire.send("+ idling")
        wire.line()
        wire.send(f"{tag} OK done")

    def _logout(self, wire: Wire, tag: str, _: str) -> None:
        wire.send("* BYE", f"{tag} OK done")
        wire.close()


def word(line: str) -> str:
    """The command's word."""
    found = re.match(r"\S+ (?:UID )?(\w+)", line)
    return found[1].upper() if found else ""


@contextmanager
def running(folder: Path, *, tls: bool = True) -> Iterator[Scripted]:
    """A server, until the test is over."""
    server = Scripted(Certificates.made_in(folder), tls)
    thread = threading.Thread(target=server.serve)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()
        server.hang_up()
