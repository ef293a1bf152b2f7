"""Whether the drop folder, the secrets and the checking of signatures are as the settings say."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from cryptography import x509

from commands.doctor.check import Ground, Said, soon, well, wrong
from commands.sources import seal_of
from config.authorities import read_authorities
from config.mailbox_settings import Account
from config.settings import Settings
from config.user_file import Refused
from intake.drop.scan import DONE, RETURNED, ignored, scan
from intake.drop.shared_folder import AnotherRegisters, Share
from intake.drop.watcher import kind_of_disk, noticing, read_table
from intake.keys import KeysExposed, KeysMissing, KeysSpoiled, read_keys
from intake.sign_in.accounts import Accounts
from intake.signatures.signature import installed
from intake.source import NotThere, Unreadable
from intake.vault import Vault


def drop_folder(ground: Ground) -> Iterator[Said]:
    """Nothing where there is no drop folder."""
    drop = ground.settings.drop
    if drop is None:
        return
    share = Share(drop.path, _owner(ground))
    try:
        share.look()
    except AnotherRegisters as why:
        yield wrong(why.sentence, why.fix)
        return
    except NotThere as why:
        yield wrong(why.sentence, why.fix)
        return
    chosen = noticing(drop.mode, kind_of_disk(drop.path, read_table()))
    yield well(chosen.sentence(ground.settings.schedule.scan_seconds))
    yield from _agencies(drop.path)
    yield from _odd(share)


def _agencies(folder: Path) -> Iterator[Said]:
    """Counted, not named: anyone may have made one of them."""
    ours = {DONE, RETURNED}
    found = [p for p in folder.iterdir() if p.is_dir() and not ignored(p.name)]
    agencies = [path for path in found if path.name.casefold() not in ours]
    shut = [path for path in agencies if not os.access(path, os.R_OK | os.W_OK | os.X_OK)]
    if shut:
        fix = "Let the service read and write them: it moves files and puts receipts there."
        yield wrong(f"{len(shut)} of {len(agencies)} folders in it cannot be worked.", fix)
    else:
        yield well(f"All {len(agencies)} folders in it can be read and written.")


def _odd(share: Share) -> Iterator[Said]:
    """Counted, not named, and not opened."""
    try:
        with share.root() as root:
            odd = len(scan(root).odd)
    except (NotThere, Unreadable):  # a moment ago it was well
        return
    if odd:
        what = "thing lies in it that is" if odd == 1 else "things lie in it that are"
        yield soon(
            f"{odd:,} {what} not taken: links, what is no ordinary file, or files outside the"
            " agencies' folders.",
            "Ask whoever put them there for copies in the agency's folder.",
        )


def _owner(ground: Ground) -> str | None:
    """Our mark on the folder; None where there are no keys to make it, which is told elsewhere."""
    try:
        keys = read_keys(ground.settings.storage.keys)
    except (KeysMissing, KeysExposed, KeysSpoiled):
        return None
    return Share.mark_of(Vault(ground.settings.storage.vault, keys).mark)


SOON = timedelta(days=30)


def signatures(ground: Ground) -> Iterator[Said]:
    """The authorities, then the key."""
    asked = ground.settings.signatures
    if asked.authorities is not None:
        yield from _authorities(asked.authorities, ground)
    if asked.key_file is not None:
        yield from _seal(ground)


def _authorities(folder: Path, ground: Ground) -> Iterator[Said]:
    try:
        held = [x509.load_der_x509_certificate(der) for der in read_authorities(folder)]
    except Refused as refused:
        yield wrong(str(refused), "Put the authorities' certificates there, in PEM form.")
        return
    except ValueError:
        yield wrong("A certificate in the authorities' folder cannot be read.", "Replace it.")
        return
    if installed():
        number = "1 authority is" if len(held) == 1 else f"{len(held)} authorities are"
        yield well(f"Digital signatures are checked; {number} believed.")
    else:
        yield wrong(
            "Digital signatures cannot be checked: each is a question for a person.",
            "Install the service with its extra `sig`.",
        )
    for certificate in held:
        yield from _ending(certificate, "The certificate of an authority", ground)


def _seal(ground: Ground) -> Iterator[Said]:
    try:
        seal = seal_of(ground.settings.signatures, ground.credentials)
    except Refused as refused:
        yield wrong(str(refused), "Mend the setting, or the file that it names.")
        return
    if seal is not None:
        yield well("Mail that is encrypted to the service can be opened.")
        yield from _ending(seal.certificate, "The service's own certificate", ground)


def _ending(certificate: x509.Certificate, whose: str, ground: Ground) -> Iterator[Said]:
    end = certificate.not_valid_after_utc
    if end < ground.now:
        yield wrong(f"{whose} has run out.", "Put the one that follows it in its place.")
    elif end < ground.now + SOON:
        yield soon(f"{whose} runs out on {end:%d %B %Y}.", "Ask for the one that follows it.")


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
