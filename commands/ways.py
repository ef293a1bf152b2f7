"""The ways letters leave: from the settings to transports.

Does: makes the transport that the outbox asks for, and says what stands in its way before the
service starts.
Trusts: the settings, which were checked.
Never touches: the network, until a letter is sent.
Known limits: whether the server is there and takes letters is for `doctor` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from config.outbox import DraftsWay, FilesWay, Outbox, SmtpWay, Way
from config.problem import Problem
from intake.imap.connection import Address
from intake.sign_in.accounts import Accounts, unusable
from outbox.drafts import DraftTransport
from outbox.files import FileTransport
from outbox.letter import LetterKind
from outbox.relay import Server
from outbox.smtp import SmtpTransport
from outbox.transport import Transport

KINDS: tuple[LetterKind, ...] = get_args(LetterKind)


def transport(way: Way, sender: str, accounts: Accounts, name: str = "outbox") -> Transport:
    """What takes the letters that leave this way; `name` is its place in the settings."""
    match way:
        case SmtpWay():
            return SmtpTransport(server(way, sender), accounts.of(way), sender, name)
        case DraftsWay():
            account = accounts.of(way)
            assert account is not None  # its username is not optional
            return DraftTransport(mailbox(way), account, way.folder, name)
        case FilesWay():
            return FileTransport(way.path, name)


def instead(outbox: Outbox, accounts: Accounts) -> Mapping[LetterKind, Transport]:
    """The kinds of letter that leave by a way of their own."""
    ways = [
        (way, transport(way, outbox.sender, accounts, _place(n)))
        for n, way in enumerate(outbox.instead, 1)
    ]
    return {kind: taken for way, taken in ways for kind in KINDS if kind in way.kinds}


def taken(outbox: Outbox) -> Mapping[str, frozenset[LetterKind]]:
    """The kinds of letter that leave by each way."""
    apart = {
        _place(n): frozenset(kind for kind in KINDS if kind in way.kinds)
        for n, way in enumerate(outbox.instead, 1)
    }
    return {"outbox": frozenset(KINDS).difference(*apart.values()), **apart}


def drafted(outbox: Outbox) -> frozenset[LetterKind]:
    """The kinds of letter that are left for a person to send."""
    if isinstance(outbox, DraftsWay):
        return frozenset(KINDS)
    ways = [way for way in outbox.instead if isinstance(way, DraftsWay)]
    return frozenset(kind for way in ways for kind in KINDS if kind in way.kinds)


def server(way: SmtpWay, sender: str) -> Server:
    """The mail server. We call ourselves by the domain that letters come from."""
    return Server(way.host, way.port, way.tls, sender.rpartition("@")[2], way.ca_file)


def mailbox(way: DraftsWay) -> Address:
    return Address(way.host, way.port, way.tls, way.ca_file)


def _place(n: int) -> str:
    return f"outbox, instead {n}"


def places(outbox: Outbox) -> Iterator[tuple[str, Way]]:
    """Every way that letters may leave, and where the settings name it."""
    yield "outbox", outbox
    for n, way in enumerate(outbox.instead, 1):
        yield _place(n), way


def problems(outbox: Outbox, accounts: Accounts) -> Iterator[Problem]:
    """What is missing for them, as far as can be seen from here."""
    for place, way in places(outbox):
        if not isinstance(way, FilesWay):
            yield from accounts.problems(way, place)
            if way.ca_file is not None:
                yield from unusable(f"{place}, ca_file", way.ca_file)
    yield from _kinds(outbox)


def _kinds(outbox: Outbox) -> Iterator[Problem]:
    """A kind that is none, or has two ways."""
    met = set[str]()
    for n, way in enumerate(outbox.instead, 1):
        place = f"{_place(n)}, kinds"
        if not set(way.kinds) <= set(KINDS):
            yield Problem(place, f"should be kinds of letter: {', '.join(KINDS)}")
        if met & set(way.kinds):
            yield Problem(place, "names a kind that has a way of its own already")
        met |= set(way.kinds)
