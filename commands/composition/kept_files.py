"""The files beside the register that are written outside its transactions.

A round goes on without any of them, so that one which cannot be written has to be looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.settings import Storage
from intake.chain_head import HEAD_FILE
from intake.disk_errors import DiskFull, NotWritable, require_writable
from intake.journal import JOURNAL_FILE

NO_LETTER_LEAVES = (
    "The journal of what left cannot be written. No letter leaves until it can be: after a loss of"
    " the register nobody would know that it had gone, and it would go once more."
)


def files_beside_register(storage: Storage) -> tuple[Path, ...]:
    """The journal first: it keeps letters in."""
    kept, vault = storage.register_file, storage.vault
    return (vault / JOURNAL_FILE, vault / HEAD_FILE, working_file(kept), failure_file(kept))


def working_file(register: Path) -> Path:
    """What is being worked out: `outbox/due/letter_failures.py`."""
    return register.with_name(f"{register.name}.working")


def failure_file(register: Path) -> Path:
    """That nothing could be kept: `outbox/alerts/storage_failure.py`."""
    return register.with_name(f"{register.name}.full")


def unwritable_files(storage: Storage) -> Iterator[Path]:
    """Which of them cannot be written, or the folder above that keeps them from it."""
    for file in files_beside_register(storage):
        try:
            require_writable(file)
        except (DiskFull, NotWritable) as why:
            yield Path(str(why))


def says_unwritable(place: Path) -> str:
    """What that means, in sentences that name it."""
    says = NO_LETTER_LEAVES if place.name == JOURNAL_FILE else NotWritable.sentence
    return f"{says} It is {place}."
