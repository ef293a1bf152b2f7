"""Sources, and what is remembered of them and of senders, made from the settings."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.mailbox_settings import After, ImapMailbox
from config.mailbox_settings import Maildir as MaildirBox
from config.outbox_settings import SmtpWay
from config.sentence import sentence_of
from config.settings import Settings, Signatures
from config.user_file import Problem, Refused
from handlers.senders.sender_proof import MailboxPolicy
from intake.imap.connection import Address, opened
from intake.imap.connection_thread import BackOff, Owner, Spoilt
from intake.imap.filing import Afterwards
from intake.imap.mailbox import Mailbox
from intake.imap.session import Session
from intake.maildir import Maildir
from intake.sign_in.account import NO_SECRET, Account, Secret
from intake.sign_in.accounts import Accounts, unusable
from intake.signatures.decryption_key import Seal, SealSpoiled, read_seal
from intake.source import Source

MEGABYTE = 1024 * 1024


def name_of(n: int) -> str:
    """What the n-th mailbox is called as a source."""
    return f"mail-{n}"


def problems(settings: Settings, accounts: Accounts) -> Iterator[Problem]:
    """What stands in the way of watching the mailboxes, as far as it can be seen from here."""
    for n, box in enumerate(settings.mailbox, 1):
        if isinstance(box, ImapMailbox):
            yield from accounts.problems(box, f"mailbox {n}")
            if box.ca_file is not None:
                yield from unusable(f"mailbox {n}, ca_file", box.ca_file)


def mailboxes(
    settings: Settings, accounts: Accounts, mark: Callable[[bytes], str]
) -> Iterator[Source]:
    """In the order of the settings. `mark` makes keyed hashes."""
    for n, box in enumerate(settings.mailbox, 1):
        if isinstance(box, MaildirBox):
            yield Maildir(name_of(n), box.path, mark)
        else:
            account = accounts.of(box)
            assert account is not None  # a mailbox has a user name
            yield mailbox(name_of(n), box, account, mark)


def mailbox(name: str, box: ImapMailbox, account: Account, mark: Callable[[bytes], str]) -> Mailbox:
    """One on a mail server. It connects when it is first asked for something."""
    after, largest = afterwards(box.after), box.largest_mb * MEGABYTE

    @contextmanager
    def dial() -> Iterator[Session]:
        with opened(address(box), account, largest, owner.tick) as client:
            session = Session(client, largest)
            after.prepare(session)
            yield session

    chance = random.Random().random  # noqa: S311  for a wait, not a secret
    owner = Owner(name, dial, box.watched[0], BackOff(chance))
    whose = f"{box.username}@{box.host}"
    return Mailbox(owner, whose, box.watched, after, mark, Spoilt(time.monotonic))


def address(box: ImapMailbox) -> Address:
    return Address(box.host, box.port, box.tls, box.ca_file)


def afterwards(after: After) -> Afterwards:
    """By outcome: what no folder is named for stays where it is."""
    return Afterwards(
        after.mode,
        {
            "accepted": after.accepted,
            "taken": after.accepted,
            "rejected": after.rejected,
            "referred": after.referred,
            "set aside": after.referred,
            "held": after.held,
            "automatic": after.automatic,
            "duplicate": after.duplicate,
        },
    )


def proofs(settings: Settings) -> dict[str, MailboxPolicy]:
    """How each mailbox's senders are proven, by the name its source has."""
    ours = relays(settings)
    return {f"mail-{n}": _proof(box, ours) for n, box in enumerate(settings.mailbox, 1)}


def relays(settings: Settings) -> frozenset[str]:
    """The servers by which letters leave: those that are named, and those they are handed to."""
    outbox = settings.outbox
    ways = (outbox, *outbox.instead)
    hosts = (way.host for way in ways if isinstance(way, SmtpWay))
    return frozenset(name.casefold() for name in (*hosts, *outbox.relays))


def _proof(box: object, relays: frozenset[str]) -> MailboxPolicy:
    """The embedded Maildir is a folder that nobody else can write."""
    if isinstance(box, ImapMailbox) and box.authentication == "dmarc":
        return MailboxPolicy(box.authserv_id or "", relays)
    return MailboxPolicy(relays=relays)


def addresses(settings: Settings) -> tuple[str, ...]:
    """Every address that leads to the service: no mail from one of them is believed."""
    return tuple(_addresses(settings))


def _addresses(settings: Settings) -> Iterator[str]:
    yield settings.outbox.sender
    yield from settings.outbox.aliases
    yield from (box.username for box in settings.mailbox if isinstance(box, ImapMailbox))


HEADLINE = "The settings for signatures cannot be used as they stand."


def seal_of(asked: Signatures, credentials: Path | None) -> Seal | None:
    """The key for encrypted mail, None where there is none. Raises Refused."""
    if asked.certificate_file is None or asked.key_file is None:
        return None
    try:
        return read_seal(asked.certificate_file, Secret(asked.key_file, credentials))
    except NO_SECRET as why:
        raise Refused(HEADLINE, [Problem("signatures, key_file", _said(why))]) from why
    except SealSpoiled as why:
        raise Refused(HEADLINE, [Problem("signatures, certificate_file", _said(why))]) from why


def _said(why: Exception) -> str:
    return sentence_of(why)
