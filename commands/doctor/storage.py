"""Whether what is kept is safe: the register, the vault, the disk, permissions, the last backup.

Does: looks the register and the vault through, the room on their disk, who else could read them,
and how long ago a backup was proved.
Trusts: the keys of the settings.
Never touches: anything; where there is no register yet it makes none.
Known limits: every original is opened, which takes as long as the disk takes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from commands.doctor.check import Ground, Said, soon, well, wrong
from commands.refusals import refusal
from config.kind_loading import load_kinds
from config.settings import Storage
from handlers.register.register import Register
from handlers.register.soundness import faults, orphans
from intake.database import Ledger
from intake.keys import read_keys
from intake.vault import Vault
from outbox.writing.words import count

SCARCE, FULL = 0.10, 0.03  # of the disk, free
OLD = timedelta(days=2)
_BACKUP = "Have one made each night. To make one: `scr-intake backup DIR`"
_RESTORE = "Ask whoever looks after this. To restore a backup: `scr-intake restore DIR TARGET`"


def storage(ground: Ground) -> Iterator[Said]:
    """The register and the vault, from end to end."""
    kept = ground.settings.storage
    if not kept.register_file.exists():
        yield well("There is no register yet; the first command that needs one makes it.")
        return
    try:
        with _opened(ground) as (ledger, vault, register):
            yield from _sound(ledger, vault, register)
            yield from _not_judged(register)
            yield from _backup(ground, register)
    except Exception as why:
        told = refusal(why)
        if told is None:
            raise
        yield wrong(told[0], "Mend that first; nothing works without it.")


def room(ground: Ground) -> Iterator[Said]:
    """The disk they lie on."""
    kept = ground.settings.storage
    folder = kept.register_file.parent
    found = shutil.disk_usage(folder)
    share = found.free / found.total
    said = f"The disk is {share:.0%} free."
    if share < FULL:
        yield wrong(said, "Make room now: when it is full, nothing can be taken in.")
    elif share < SCARCE:
        yield soon(said, "Make room within days.")
    else:
        yield well(said)


def privacy(ground: Ground) -> Iterator[Said]:
    """Who else could read what is kept."""
    kept = ground.settings.storage
    open_ = [path for path in _kept(kept) if path.exists() and path.stat().st_mode & 0o077]
    for path in open_:
        mode = "700" if path.is_dir() else "600"
        yield wrong(f"Others can reach {path}.", f"chmod {mode} {path}")
    if not open_:
        yield well("Nobody else can read the register, the vault or the keys.")


def _kept(kept: Storage) -> list[Path]:
    log = [kept.register_file.with_name(f"{kept.register_file.name}{end}") for end in ("", "-wal")]
    return [*log, kept.vault, kept.keys]


@contextmanager
def _opened(ground: Ground) -> Iterator[tuple[Ledger, Vault, Register]]:
    kept = ground.settings.storage
    keys = read_keys(kept.keys, ground.credentials)
    ledger = Ledger(kept.register_file)
    try:
        vault = Vault(kept.vault, keys)
        if vault.begun():
            vault.ready()
        yield ledger, vault, Register(ledger, vault, keys, load_kinds(ground.settings.board.kinds))
    finally:
        ledger.close()


def _sound(ledger: Ledger, vault: Vault, register: Register) -> Iterator[Said]:
    found = list(faults(ledger, vault, register))
    for sentence in found:
        yield wrong(sentence, _RESTORE)
    if not found:
        rows, _ = register.record.head()
        yield well(f"The register is whole, and so is its record of {rows:,} entries.")
        yield well("Every original is there, and is what came.")
    left = orphans(ledger, vault)
    if left:
        yield well(f"In the vault, named by nothing: {count(left, 'original')}. They do no harm.")


def _not_judged(register: Register) -> Iterator[Said]:
    for entry, delivery in register.entries.not_judged():
        yield soon(
            f"Delivery {delivery} could not be judged after three tries. It waits for a person.",
            f"To see whose it is and what can be done: `scr-intake show {entry}`",
        )


def _backup(ground: Ground, register: Register) -> Iterator[Said]:
    last = register.record.last("backed up")
    if last is None:
        yield soon("There was never a backup.", _BACKUP)
    elif ground.now - last > OLD:
        days = (ground.now - last).days
        yield soon(f"The last backup is {days} days old.", _BACKUP)
    else:
        yield well("There is a backup of the last two days, and it was tried.")
