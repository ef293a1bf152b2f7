"""A policy service for Postfix, on loopback: it asks the mail to some people to come back later.

Does: answers Postfix's questions (SMTPD_POLICY_README) until the test is over.
Trusts: nothing.
Never touches: mail; it hears who it is to, and no more.
Known limits: real ones forget after a while; this one is told.
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Greylisting:
    """`later` are the addresses whose mail is not taken yet; `asked` is whom mail was to."""

    port: int
    later: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def action(self, recipient: str) -> bytes:
        self.asked.append(recipient)
        says = "450 4.2.0 Greylisted, come back later" if recipient in self.later else "DUNNO"
        return f"action={says}\n\n".encode()


@contextmanager
def running() -> Iterator[Greylisting]:
    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            about: dict[str, str] = {}
            for line in self.rfile:
                name, _, value = line.decode().strip().partition("=")
                if name:
                    about[name] = value
                else:
                    self.wfile.write(greylisting.action(about.get("recipient", "")))

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Talk) as server:
        greylisting = Greylisting(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield greylisting
        finally:
            server.shutdown()
            thread.join()
