"""Sources, and what is remembered of them and of senders, made from the settings."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.mailbox_settings import FilingSettings, ImapMailbox, MailboxSettings
from config.mailbox_settings import MaildirSettings as MaildirBox
from config.outbox_settings import SmtpTransportSettings
from config.settings import Settings, SignatureSettings
from config.user_file import InvalidUserFile, Problem
from handlers.senders.sender_proof import EVERY_SENDER, MailboxPolicy, VouchedByServer
from intake.imap.claim import claim_mailbox
from intake.imap.connection import ServerAddress, open_connection
from intake.imap.connection_thread import BackOff, ConnectionThread, UnreadableMessages
from intake.imap.filing import FilingPlan
from intake.imap.mailbox import Mailbox
from intake.imap.session import ImapSession
from intake.maildir import Maildir
from intake.sign_in.account import SECRET_ERRORS, SecretFile, SignInAccount
from intake.sign_in.accounts import AccountFactory, ca_file_problems
from intake.signatures.decryption_key import (
    DecryptionKey,
    DecryptionKeyInvalid,
    read_decryption_key,
)
from intake.source import Outcome, Source
from intake.source_claim import SourceClaim, register_claim

MEGABYTE = 1024 * 1024


def source_name(n: int) -> str:
    """What the n-th mailbox is called as a source."""
    return f"mail-{n}"


def mailbox_problems(settings: Settings, accounts: AccountFactory) -> Iterator[Problem]:
    """What stands in the way of watching the mailboxes, as far as it can be seen from here."""
    for n, box in enumerate(settings.mailbox, 1):
        if isinstance(box, ImapMailbox):
            yield from accounts.account_problems(box, f"mailbox {n}")
            if box.ca_file is not None:
                yield from ca_file_problems(f"mailbox {n}, ca_file", box.ca_file)


def build_mailboxes(
    settings: Settings,
    accounts: AccountFactory,
    mark: Callable[[bytes], str],
    *,
    claiming: bool = True,
) -> Iterator[Source]:
    """In the order of the settings. `mark` makes keyed hashes; one that is not `claiming` is only
    looked at. Raises SourceClaimedElsewhere for a Maildir that another register works."""
    claim = settings_claim(settings, mark) if claiming else None
    for n, box in enumerate(settings.mailbox, 1):
        if isinstance(box, MaildirBox):
            yield Maildir(source_name(n), box.path, mark, claim)
        else:
            account = accounts.build_account(box)
            assert account is not None  # a mailbox has a user name
            yield build_mailbox(source_name(n), box, account, mark, claim)


def settings_claim(settings: Settings, mark: Callable[[bytes], str]) -> SourceClaim:
    """What the register of these settings writes into a mailbox that it works."""
    return register_claim(mark, settings.board.name, settings.storage.register_file)


def build_mailbox(
    name: str,
    box: ImapMailbox,
    account: SignInAccount,
    mark: Callable[[bytes], str],
    claim: SourceClaim | None = None,
) -> Mailbox:
    """One on a mail server. It connects when it is first asked for something."""
    after, largest = filing_plan(box.after), box.largest_mb * MEGABYTE

    @contextmanager
    def dial() -> Iterator[ImapSession]:
        with open_connection(imap_address(box), account, largest, owner.note_progress) as client:
            session = ImapSession(client, largest)
            if claim is not None:
                claim_mailbox(session, name, claim)
            after.make_folders(session)
            yield session

    chance = random.Random().random  # noqa: S311  for a wait, not a secret
    owner = ConnectionThread(name, dial, box.watched_folders[0], BackOff(chance))
    return Mailbox(
        owner,
        mailbox_account_name(box),
        box.watched_folders,
        after,
        mark,
        UnreadableMessages(time.monotonic),
    )


def mailbox_account_name(box: ImapMailbox) -> str:
    """What its folders are marked with."""
    return f"{box.username}@{box.host}"


def imap_address(box: ImapMailbox) -> ServerAddress:
    return ServerAddress(box.host, box.port, box.tls, box.ca_file)


def filing_plan(after: FilingSettings) -> FilingPlan:
    """By outcome: what no folder is named for stays where it is."""
    return FilingPlan(after.mode, folders_by_outcome(after))


def folders_by_outcome(after: FilingSettings) -> dict[Outcome, str]:
    """Where a message goes, by what it came to."""
    return {
        "accepted": after.accepted,
        "taken": after.accepted,
        "rejected": after.rejected,
        "referred": after.referred,
        "set aside": after.referred,
        "held": after.held,
        "refused": after.held,
        "automatic": after.automatic,
        "duplicate": after.duplicate,
    }


def sender_proof_policies(settings: Settings) -> dict[str, MailboxPolicy]:
    """How each mailbox's senders are proven, by the name its source has."""
    ours = relay_hosts(settings)
    return {source_name(n): _proof(box, ours) for n, box in enumerate(settings.mailbox, 1)}


def relay_hosts(settings: Settings) -> frozenset[str]:
    """The servers by which letters leave: those that are named, and those they are handed to."""
    outbox = settings.outbox
    ways = (outbox, *outbox.instead)
    hosts = (way.host for way in ways if isinstance(way, SmtpTransportSettings))
    return frozenset(name.casefold() for name in (*hosts, *outbox.relays))


def _proof(box: MailboxSettings, relays: frozenset[str]) -> MailboxPolicy:
    """The embedded Maildir is a folder that nobody else can write."""
    if box.authentication == "dmarc":
        return MailboxPolicy(VouchedByServer(box.authserv_id or ""), relays)
    return MailboxPolicy(EVERY_SENDER, relays)


def service_addresses(settings: Settings) -> tuple[str, ...]:
    """Every address that leads to the service: no mail from one of them is believed."""
    return tuple(_addresses(settings))


def _addresses(settings: Settings) -> Iterator[str]:
    yield settings.outbox.sender
    yield from settings.outbox.aliases
    yield from (box.username for box in settings.mailbox if isinstance(box, ImapMailbox))


SIGNATURES_HEADLINE = "The settings for signatures cannot be used as they stand."


def read_decryption_seal(
    asked: SignatureSettings, credentials: Path | None
) -> DecryptionKey | None:
    """The key for encrypted mail, None where there is none. Raises InvalidUserFile."""
    if asked.certificate_file is None or asked.key_file is None:
        return None
    try:
        return read_decryption_key(asked.certificate_file, SecretFile(asked.key_file, credentials))
    except SECRET_ERRORS as why:
        raise InvalidUserFile(
            SIGNATURES_HEADLINE, [Problem("signatures, key_file", why.sentence)]
        ) from why
    except DecryptionKeyInvalid as why:
        raise InvalidUserFile(
            SIGNATURES_HEADLINE, [Problem("signatures, certificate_file", why.sentence)]
        ) from why
