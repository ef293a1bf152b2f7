"""What a look through a register found, in lines for a person, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from shlex import join

from commands.composition.runtime import SCHEMAS
from config.english import count_noun
from config.kind import Kinds
from config.refused_access import find_refusal, user_name
from handlers.register.fault import Fault, FaultKind
from handlers.register.fault_words import FaultWords
from handlers.register.integrity import find_faults, is_whole_original
from handlers.register.last_backup import LastBackup, backup_command, restore_step
from handlers.register.register import Register
from handlers.register.row_names import RowNames
from intake.database import RegisterDatabase
from intake.earlier_registers import VAULT_FOLDER
from intake.keys import Keys
from intake.vault import Vault

_MAX_TOLD = 20  # originals to put back
LATEST_REGISTER = (
    "Put back the latest register. If there is none later, to take in again what came since:"
    " `scr-intake recover`"
)
_NO_COPY = (
    "Where a copy of it is, is not known: look for one in each backup that you have. To make one"
    " that says which it has, put the folder of a backup in place of DIR: `scr-intake backup DIR`"
)


@dataclass(frozen=True, slots=True)
class FoundFaults:
    """`lines` say them to a person, one for one event."""

    faults: tuple[Fault, ...] = ()
    lines: tuple[str, ...] = ()

    @classmethod
    def worded(
        cls, faults: Iterable[Fault], database: RegisterDatabase, kinds: Kinds, zone: tzinfo
    ) -> FoundFaults:
        found = tuple(faults)
        lines = FaultWords(RowNames(database, kinds, zone)).tell_events(found) if found else []
        return cls(found, tuple(lines))

    def __bool__(self) -> bool:
        return bool(self.faults)

    @property
    def of_register(self) -> bool:
        """Whether any is of the register itself, and not of an original."""
        return bool(self.register_faults)

    @property
    def register_faults(self) -> list[Fault]:
        """Of the register itself, not of an original nor of a copy that was spoiled."""
        apart = (FaultKind.ORIGINAL, FaultKind.COPY, FaultKind.JOURNAL, FaultKind.CLOSED)
        return [fault for fault in self.faults if fault.kind not in apart]

    @property
    def marks(self) -> list[str]:
        """Of the originals that are missing or not what came."""
        return [fault.mark for fault in self.faults if fault.mark and not _is_closed(fault)]

    @property
    def closed_marks(self) -> list[str]:
        """Of the originals that may not be read: what they are is not known."""
        return [fault.mark for fault in self.faults if _is_closed(fault)]


def _is_closed(fault: Fault) -> bool:
    return fault.kind is FaultKind.CLOSED


def look_through_register(
    database: RegisterDatabase, vault: Vault, register: Register, kinds: Kinds, zone: tzinfo
) -> FoundFaults:
    """All of it, every original opened."""
    found = find_faults(database, vault, register, SCHEMAS)
    return FoundFaults.worded(found, database, kinds, zone)


def next_steps(
    found: FoundFaults, last: LastBackup | None, register: Path, vault: Vault, keys: Keys
) -> Iterator[str]:
    """What to do, each a sentence or a line to type. A backup is no help against an older register:
    it is older still."""
    if any(fault.kind is FaultKind.HEAD for fault in found.faults):
        yield LATEST_REGISTER
    elif found.of_register:
        yield restore_step(last, register)
    elif any(fault.kind is FaultKind.JOURNAL for fault in found.faults):
        yield journal_step(last)
    closed = (vault.folder / mark[:2] / mark[2:] for mark in found.closed_marks)
    yield from list(dict.fromkeys(find_refusal(each).explanation for each in closed))[:_MAX_TOLD]
    if found.marks:
        yield from copies_to_put_back(found.marks, last.place if last else None, vault, keys)
        if last is not None:
            yield (
                "Once that is done, the backup made anew looks at every original again:"
                f" `{backup_command(last)}`"
            )


def journal_step(last: LastBackup | None) -> str:
    """A backup knows what the journal should tell, and has it told."""
    fill_in = ", with a folder on another disk in place of DIR" if last is None else ""
    return f"To have those lines written anew by a backup{fill_in}: `{backup_command(last)}`"


def copies_to_put_back(
    marks: Sequence[str], backup: Path | None, vault: Vault, keys: Keys
) -> Iterator[str]:
    """Which of these originals a backup has a good copy of, and the lines to type that bring it
    back into the vault."""
    if backup is None:
        yield _NO_COPY
        return
    copies = Vault(backup / VAULT_FOLDER, keys)
    if not copies.folder.is_dir():
        yield f"The backup in {backup} is not there. Is a disk not mounted?"
        return
    good = [mark for mark in marks if is_whole_original(copies, mark)]
    if bad := len(marks) - len(good):
        yield (
            f"The backup in {backup} has no good copy of {bad}. Look for one in each other backup"
            " that you have, and otherwise ask for it again whoever sent it."
        )
    if not good:
        return
    yield f"The backup has a good copy of {len(good)}. To put back what it has, type:"
    owner = user_name(vault.folder.stat().st_uid)  # whoever types it: root's the service reads not
    for folder in sorted({mark[:2] for mark in good[:_MAX_TOLD]}):
        if not (vault.folder / folder).is_dir():
            made = ("install", "-d", "-o", owner, "-m", "700", str(vault.folder / folder))
            yield "  " + join(made)
    for mark in good[:_MAX_TOLD]:
        here, there = (at / mark[:2] / mark[2:] for at in (copies.folder, vault.folder))
        line = ("install", "-p", "-o", owner, "-m", "600", str(here.resolve()), str(there))
        yield "  " + join(line)
    if len(good) > _MAX_TOLD:
        left = count_noun(len(good) - _MAX_TOLD, "more original")
        yield f"  and {left}: once that is done, look again"
