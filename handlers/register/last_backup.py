"""Where the last backup that was whole lies, and the lines to type that bring it back or renew it.

The audit log tells it, and so does the journal beside the vault, for a register that is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from shlex import join
from typing import Any

from handlers.register.audit_acts import AuditAct
from intake.database import RegisterDatabase
from intake.earlier_registers import (
    REGISTER_FILE,
    digest_as_written,
    earlier_register,
    holds_register,
    name_as_earlier,
)
from intake.journal import BACKUP_MADE, JournalLine, OutsideJournal
from intake.keys import Keys

_LONGEST = timedelta(hours=12)  # that a backup takes, if nothing ended it
_RESTORED = "restored"  # the folder that is proposed for what is restored
# Where no backup is known of.
_RESTORE_ANY = (
    "To restore a backup, put its folder in place of DIR and an empty one in that of TARGET:"
    " `scr-intake restore DIR TARGET`"
)


@dataclass(frozen=True, slots=True)
class LastBackup:
    """Made at `at`. `name` is what its register is called once a later backup keeps it, `digest`
    that of the register, None where it was not kept; `keep` how many registers were to be kept,
    None for all of them."""

    place: Path
    at: datetime
    name: str
    keep: int | None
    digest: str | None = None

    @classmethod
    def of_folder(
        cls, folder: Path, at: datetime, *, keep: int | None = None, earlier: str | None = None
    ) -> LastBackup:
        """The newest in a folder, or the `earlier` one of that name. Raises OSError."""
        newest = folder / REGISTER_FILE
        digest = digest_as_written(earlier_register(folder, earlier) if earlier else newest)
        return cls(folder.resolve(), at, earlier or name_as_earlier(newest), keep, digest)

    def facts(self) -> dict[str, str | int | None]:
        """As the audit log and the journal keep it, each with its time."""
        told = {"place": str(self.place), "name": self.name, "digest": self.digest}
        return {**told, "keep": self.keep}


def recorded_backup(database: RegisterDatabase) -> LastBackup | None:
    """The last that the audit log tells of."""
    return next(_recorded(database), None)


def recorded_backup_in(database: RegisterDatabase, place: Path) -> LastBackup | None:
    """The last in one folder, however many were made elsewhere since."""
    return next((each for each in _recorded(database) if each.place == place), None)


def known_places(database: RegisterDatabase) -> list[Path]:
    """The folders of all backups that the audit log tells of, the last first."""
    return list(dict.fromkeys(each.place for each in _recorded(database)))


def _recorded(database: RegisterDatabase) -> Iterator[LastBackup]:
    """All, the last first."""
    sql = (
        "SELECT at, detail FROM record WHERE what = ? AND detail LIKE '%\"place\"%'"
        " ORDER BY seq DESC"
    )
    for row in database.iterate_rows(sql, AuditAct.BACKED_UP):
        if (found := _from_facts({"at": row["at"], **json.loads(row["detail"])})) is not None:
            yield found


def is_still_there(last: LastBackup) -> bool:
    """Whether a folder that held a backup still does: that one, or a later one than it. Raises
    OSError."""
    register = last.place / REGISTER_FILE
    if not register.exists():
        return False
    if last.digest is None or holds_register(last.place, last.digest):
        return True
    return name_as_earlier(register) >= last.name


def night_without_backup(database: RegisterDatabase, now: datetime) -> datetime | None:
    """When a backup was begun that came to nothing, and none was made since; None where all is
    well, or it may still be at it."""
    acts = (AuditAct.BACKUP_BEGUN, AuditAct.BACKED_UP, AuditAct.BACKUP_STOPPED)
    sql = "SELECT at, what FROM record WHERE what IN (?, ?, ?) ORDER BY seq DESC LIMIT 1"
    row = database.fetch_row(sql, *acts)
    if row is None or row["what"] == AuditAct.BACKED_UP:
        return None
    at = datetime.fromisoformat(row["at"])
    over = row["what"] == AuditAct.BACKUP_STOPPED or now - at > _LONGEST
    return at if over else None


def noted_backup(vault: Path, keys: Keys) -> LastBackup | None:
    """The last that the journal beside the vault tells of."""
    facts: Mapping[str, Any] = {}
    with suppress(OSError):
        for line in OutsideJournal(vault, keys).read_lines():
            if line.what == BACKUP_MADE:
                facts = line.facts
    return _from_facts(facts)


def note_backup(journal: OutsideJournal, made: LastBackup, at: datetime) -> None:
    """Have the journal tell of it."""
    facts = {"at": at.isoformat(), **made.facts()}
    journal.append(JournalLine(BACKUP_MADE, facts), durably=True)


def restore_step(last: LastBackup | None, register: Path) -> str:
    """How to go on from the last backup that was whole: a sentence that ends with the line to type.
    It is put beside the register, where nothing is written over."""
    if last is None:
        return _RESTORE_ANY
    words = ["scr-intake", "restore", str(last.place), str(free_folder(register.parent))]
    if _is_kept(last):
        words += ["--earlier", last.name]
    return f"To restore the last backup that was whole; it says what comes then: `{join(words)}`"


def backup_command(last: LastBackup | None) -> str:
    """The line that makes one again where the last one lies."""
    if last is None:
        return "scr-intake backup DIR"
    keep = ["--keep", str(last.keep)] if last.keep is not None else []
    return join(["scr-intake", "backup", str(last.place), *keep])


def backup_step(last: LastBackup | None) -> str:
    """The same as the end of a sentence."""
    fill_in = ", put a folder on another disk in place of DIR" if last is None else ""
    return f"To make one{fill_in}: `{backup_command(last)}`"


def _from_facts(facts: Mapping[str, Any]) -> LastBackup | None:
    """None for what an earlier scr-intake wrote."""
    if "place" not in facts:
        return None
    return LastBackup(
        Path(facts["place"]),
        datetime.fromisoformat(facts["at"]),
        *(facts["name"], facts["keep"], facts.get("digest")),
    )


def _is_kept(last: LastBackup) -> bool:
    """Whether another, which was not whole, has taken its place since."""
    with suppress(OSError):  # a share that is away
        return earlier_register(last.place, last.name).exists()
    return False


def free_folder(beside: Path) -> Path:
    """One for what is restored, where nothing is yet."""
    names = (_RESTORED if n == 1 else f"{_RESTORED}-{n}" for n in count(1))
    return next(beside / name for name in names if not (beside / name).exists())
