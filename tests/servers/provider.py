"""A provider of access tokens on loopback: as much of one as RFC 6749 and msal ask for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from tests.servers.certificates import Certificates

Answer = tuple[int, Any]  # status, and what is sent as JSON (bytes as they are)


class Provider:
    """Answers with what it was told to, in order and the last for ever; keeps what it was sent."""

    def __init__(self, port: int) -> None:
        self.root = f"https://localhost:{port}"
        self.answers: list[Answer] = []
        self.asked: list[dict[str, str]] = []

    @property
    def token_endpoint(self) -> str:
        return f"{self.root}/token"

    def answer(self, form: dict[str, str]) -> Answer:
        self.asked.append(form)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        """OpenID Connect discovery, which msal asks for first."""
        root = self.provider.root
        if not self.path.endswith("/.well-known/openid-configuration"):
            self._send((404, {}))
            return
        found = {
            "issuer": f"{root}/tenant",
            "authorization_endpoint": f"{root}/authorize",
            "token_endpoint": self.provider.token_endpoint,
        }
        self._send((200, found))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._send(self.provider.answer(dict(parse_qsl(body.decode()))))

    def _send(self, answer: Answer) -> None:
        status, content = answer
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", f"{self.provider.root}/elsewhere")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@contextmanager
def running(certificates: Certificates) -> Iterator[Provider]:
    """A provider, until the test is over."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = certificates.context().wrap_socket(server.socket, server_side=True)
        handler.provider = Provider(server.server_port)  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield handler.provider  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()
