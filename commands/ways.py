"""The ways letters leave: from the settings to transports.

Does: makes the transport that the outbox asks for, and says what stands in its way before the
service starts.
Trusts: the settings, which were checked.
Never touches: the network, until a letter is sent.
Known limits: whether the server is there and takes letters is for `doctor` to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.problem import Problem
from config.settings import Files, Outbox, Smtp
from intake.sign_in.accounts import Accounts, unusable
from outbox.files import FileTransport
from outbox.relay import Server
from outbox.smtp import SmtpTransport
from outbox.transport import Transport


def way(outbox: Outbox, accounts: Accounts) -> Transport:
    """The transport for all letters."""
    match outbox:
        case Files():
            return FileTransport(outbox.path)
        case Smtp():
            return SmtpTransport(server(outbox), accounts.of(outbox), outbox.sender)


def server(outbox: Smtp) -> Server:
    """The mail server. We call ourselves by the domain that letters come from."""
    name = outbox.sender.rpartition("@")[2]
    return Server(outbox.host, outbox.port, outbox.tls, name, outbox.ca_file)


def problems(outbox: Outbox, accounts: Accounts) -> Iterator[Problem]:
    """What is missing for it, as far as can be seen from here."""
    if isinstance(outbox, Smtp):
        yield from accounts.problems(outbox, "outbox")
        if outbox.ca_file is not None:
            yield from unusable("outbox, ca_file", outbox.ca_file)
