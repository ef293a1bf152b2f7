"""Certificates for the servers that tests run on loopback: an authority of the test's own."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificates:
    """The files a server is configured with, and the one its clients are told to believe."""

    ca: Path
    certificate: Path  # with its chain
    key: Path

    @classmethod
    def made_in(cls, folder: Path, *names: str, until: datetime | None = None) -> Certificates:
        """For `localhost` and 127.0.0.1 unless other names are given."""
        folder.mkdir(parents=True, exist_ok=True)
        authority = trustme.CA()
        server = authority.issue_cert(*(names or ("localhost", "127.0.0.1")), not_after=until)
        made = cls(folder / "ca.pem", folder / "server.pem", folder / "server.key")
        authority.cert_pem.write_to_path(made.ca)
        for n, part in enumerate(server.cert_chain_pems):
            part.write_to_path(made.certificate, append=n > 0)
        server.private_key_pem.write_to_path(made.key)
        return made

    def context(self) -> ssl.SSLContext:
        """For a server in Python."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context

    def client_context(self) -> ssl.SSLContext:
        """For a client in Python that believes this authority and no other."""
        return ssl.create_default_context(cafile=self.ca)
