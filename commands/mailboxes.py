"""The mailboxes that the settings name, as sources.

Does: the composition of a mailbox: its address, its account, its folders, its one thread.
Trusts: the settings, which were checked.
Never touches: mail.
Known limits: none.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from config.mailbox import After, ImapMailbox
from config.mailbox import Maildir as MaildirBox
from config.problem import Problem
from config.settings import Settings
from intake.imap.afterwards import Afterwards
from intake.imap.connection import Address, opened
from intake.imap.mailbox import Mailbox
from intake.imap.owner import Owner
from intake.imap.retry import BackOff, Spoilt
from intake.imap.session import Session
from intake.maildir import Maildir
from intake.sign_in.account import Account
from intake.sign_in.accounts import Accounts, unusable
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
