"""Whether what the accounts on mail servers are signed in to with can be read.

Does: asks of each account that the settings name what stands in the way.
Trusts: `intake/sign_in`.
Never touches: the network, and what a secret says.
Known limits: whether the server takes it is for the mailbox's own check.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from commands.doctor.check import Ground, Said, well, wrong
from config.account import Account
from config.settings import Settings
from intake.sign_in.accounts import Accounts


def secrets(ground: Ground) -> Iterator[Said]:
    """One line for each account."""
    accounts = Accounts(ground.credentials, time.time)
    for place, account in accounts_of(ground.settings):
        problems = list(accounts.problems(account, place))
        for problem in problems:
            yield wrong(f"{problem}.", "Mend the setting, or the file that it names.")
        if not problems:
            yield well(f"{place}: there is what it is signed in to with.")


def accounts_of(settings: Settings) -> Iterator[tuple[str, Account]]:
    """Each account on a mail server, and where the settings name it."""
    for n, mailbox in enumerate(settings.mailbox, 1):
        if isinstance(mailbox, Account):
            yield f"mailbox {n}", mailbox
    if isinstance(settings.outbox, Account):
        yield "outbox", settings.outbox
