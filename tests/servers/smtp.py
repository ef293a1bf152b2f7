"""An SMTP server on loopback that does as it is told: takes letters, or refuses, asks to come back
later, dies, says what is no answer, or says nothing at all."""

# ruff: noqa: N802  aiosmtpd looks its hooks up by these names

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers.certificates import Certificates
from tests.servers.ports import free_ports

Step = Literal["MAIL", "RCPT", "DATA", "TAKEN"]  # TAKEN: after the letter, before the answer
HANG = "hang"
DIE = "die"
DIE_AFTER = "die after the answer"
PASSWORD = LoginPassword(b"scr-intake", "pässword".encode())
TOKEN = "user=scr-intake\x01auth=Bearer good\x01\x01"


@dataclass
class Letter:
    """As it came over the wire."""

    sender: str
    recipients: list[str]
    content: bytes
    options: list[str]


@dataclass
class Post:
    """What the server is to do, one deed a visit to each step, and what it has taken."""

    port: int
    does: dict[Step, list[str]] = field(default_factory=dict)
    taken: list[Letter] = field(default_factory=list)
    hellos: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        self.hellos += 1
        session.host_name = name
        return lines

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._deed("MAIL", server) or "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._deed("RCPT", server)
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await self._deed("TAKEN", server)
        if answer is None or answer.startswith("250"):
            content = envelope.original_content or b""
            self.taken.append(
                Letter(
                    envelope.mail_from or "",
                    list(envelope.rcpt_tos),
                    content,
                    list(envelope.mail_options),
                )
            )
        return answer or "250 taken"

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:
        given = await server.challenge_auth("") if len(args) == 1 else base64.b64decode(args[1])
        if given == TOKEN.encode():
            return AuthResult(success=True, auth_data="scr-intake")
        await server.challenge_auth('{"status":"401"}')
        return AuthResult(success=False, handled=False)

    async def _deed(self, step: Step, server: SMTP) -> str | None:
        planned = self.does.get(step)
        deed = planned.pop(0) if planned else ""
        if deed == HANG:
            await asyncio.sleep(60)
        if deed == DIE:
            assert server.transport is not None
            server.transport.abort()
        if deed == DIE_AFTER:
            assert server.transport is not None
            asyncio.get_running_loop().call_later(0.02, server.transport.abort)
            return "250 OK, goodbye"
        return deed or None


def _authenticated(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    return AuthResult(success=data == PASSWORD, handled=False)


@contextmanager
def running(
    certificates: Certificates, *, implicit: bool = False, signing_in: bool = True, **more: Any
) -> Iterator[Post]:
    """A server, until the test is over. `more` is aiosmtpd's own."""
    (port,) = free_ports(1)
    post = Post(port)
    how: dict[str, Any] = {"authenticator": _authenticated}
    context = certificates.context()
    if implicit:
        how |= {"ssl_context": context, "auth_require_tls": False}
    else:
        how |= {"tls_context": context, "require_starttls": True, "auth_required": signing_in}
    controller = Controller(post, hostname="127.0.0.1", port=port, **how | more)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
