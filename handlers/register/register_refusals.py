"""Says why a file is not the register to work on, each time with the step that mends it.

It is not there, not whole, or of another board: its record was written with other keys than those
in hand. Nothing is written, and what belongs to this board's vault is told by the vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path

from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # the build it picked

from config.calendar import moment_in_words
from config.english import count_noun, join_with_and
from handlers.register.audit_log import AuditLog
from handlers.register.last_backup import noted_backup, restore_step
from handlers.register.leading_rows import LeadingRows
from intake.chain_head import OutsideHead
from intake.database import (
    RegisterDatabase,
    RegisterMissing,
    RegisterUnreadable,
    RegisterUnusable,
    refused_by_sqlite,
)
from intake.journal import OutsideJournal
from intake.keys import MARKS_KEY_FILE, Keys, KeysMismatched

_RECORD_COLUMNS = {"seq", "at", "what", "detail", "seal"}


class RegisterOfAnotherBoard(RegisterUnusable):
    sentence = (
        "This is the register of another board: nothing in its record was written with the keys"
        " of this one. Nothing was changed."
    )


class RegisterPerhapsOfAnotherBoard(RegisterOfAnotherBoard):
    sentence = (
        "This is the register of another board, or one that is damaged: nothing in its record fits"
        " the keys of this one. Nothing was changed."
    )


class RegisterWorkedElsewhere(RegisterUnusable):
    sentence = "This register was worked on elsewhere. Nothing was changed."


def refuse_register_of_elsewhere(
    found: LeadingRows, database: RegisterDatabase, vault: Path, keys: Keys, zone: tzinfo | None
) -> None:
    """Of one that goes on after its head with what was not done here. Raises
    RegisterWorkedElsewhere."""
    if not found.were_made_here:
        step = restore_step(noted_backup(vault, keys), database.file())
        raise RegisterWorkedElsewhere(
            f"{database.file()} {says_leading(found, zone)}",
            f"{elsewhere_step(vault)} {step} {COUNT_ALL_THE_SAME}",
        )


def says_leading(found: LeadingRows, zone: tzinfo | None) -> str:
    """ "goes on after entry 120 of the record ...", and what of it is not here."""
    known = (
        f"goes on after entry {found.since:,} of the record{_of_time(found.since_at, zone)}, the"
        f" last that was written beside this vault, up to entry {found.last:,}"
        f"{_of_time(found.last_at, zone)}"
    )
    lacking = [count_noun(len(found.missing), "original")] if found.missing else []
    lacking += [f"the keys of {count_noun(found.cases, 'case')}"] if found.cases else []
    untold = [f"{count_noun(len(found.letters), 'letter')} that left"] if found.letters else []
    untold += [count_noun(found.acts, "act") + " of a person"] if found.acts else []
    said = f". What that names and the vault has not: {join_with_and(lacking)}" if lacking else ""
    if untold:
        said += f". What the journal here does not tell of: {join_with_and(untold)}"
    return f"{known}{said}"


def _of_time(at: datetime | None, zone: tzinfo | None) -> str:
    return f", of {moment_in_words(at.astimezone(zone))}" if at else ""


def elsewhere_step(vault: Path) -> str:
    """What to do first with a register that was worked on elsewhere."""
    return (
        "Put back the register that was in use here. If it is lost, put the vault that this one was"
        f" worked on with in the place of {vault}, whole: the two belong together."
    )


COUNT_ALL_THE_SAME = (
    "If this register is to count all the same, though what came elsewhere does not open here:"
    " `scr-intake audit accept --reason '...'`"
)


def refuse_missing_register(register: Path, vault: Path, keys: Keys) -> None:
    """Only `init` and `restore` make a register: where none is, one was lost (failure mode 101).
    Raises RegisterMissing, which says what is there."""
    if not register.is_file() or not register.stat().st_size:
        raise _missing(register, vault, keys)


def refuse_empty_register(database: RegisterDatabase, vault: Path, keys: Keys) -> None:
    """The same of a database in which nothing was ever made, but where `init` was ended before
    anything was recorded."""
    if not database.schema_statements():
        head = OutsideHead(vault, keys).read_head()
        if head is not None and not head.seq:
            return
        raise _missing(database.file(), vault, keys)


def _missing(register: Path, vault: Path, keys: Keys) -> RegisterMissing:
    head = OutsideHead(vault, keys).read_head()
    if head is None:
        there = "The keys are there; whether anything was ever recorded is not known"
    elif head.seq:
        there = f"The keys and the vault are there, and the record had {head.seq:,} entries"
    else:
        there = "The keys and the vault are there; nothing was ever recorded"
    return RegisterMissing(
        f"{register} {_lies(register)}. {there}", _next_step(register, vault, keys)
    )


def _lies(register: Path) -> str:
    if register.is_dir():
        return "is a folder"
    if register.is_symlink() and not register.exists():
        return (
            f"is a link to {register.readlink()}, where nothing is: perhaps a disk is not mounted"
        )
    return "is empty" if register.exists() else "is not there"


def _next_step(register: Path, vault: Path, keys: Keys) -> str:
    return f"Put it back. {restore_step(noted_backup(vault, keys), register)}"


def refuse_register_of_other_board(database: RegisterDatabase, vault: Path, keys: Keys) -> None:
    """Known by the chain of its record, which no other keys continue. Raises
    RegisterOfAnotherBoard; KeysMismatched where the keys are not those of the vault either."""
    if not has_begun(database) or AuditLog(database, keys).fits_keys():
        return
    outside, journal = OutsideHead(vault, keys), OutsideJournal(vault, keys)
    of_vault = outside.read_head() is not None or any(journal.read_lines())
    if not of_vault and outside.was_written():
        raise KeysMismatched(MARKS_KEY_FILE)
    row = database.fetch_row("SELECT count(*) AS n FROM record")
    sure = of_vault and row is not None and row["n"] > 1 and not any(database.integrity_faults())
    kind = RegisterOfAnotherBoard if sure else RegisterPerhapsOfAnotherBoard
    step = restore_step(noted_backup(vault, keys), database.file())
    raise kind(str(database.file()), f"Put back this board's own register. {step}")


@contextmanager
def told_with_next_step(register: Path, vault: Path, keys: Keys) -> Iterator[None]:
    """What SQLite refuses inside is told as what it says of the register, and what cannot be read
    with the backup that can be restored."""
    try:
        yield
    except (sqlite3.Error, RegisterUnreadable) as why:
        told = refused_by_sqlite(why, register) if isinstance(why, sqlite3.Error) else why
        if told is None:
            raise
        if isinstance(told, RegisterUnreadable):
            told = RegisterUnreadable(str(register), _next_step(register, vault, keys))
        raise told from why


def has_begun(database: RegisterDatabase) -> bool:
    """Whether anything was ever recorded in it."""
    columns = {
        row[0] for row in database.fetch_rows("SELECT name FROM pragma_table_info('record')")
    }
    return columns >= _RECORD_COLUMNS and bool(database.fetch_row("SELECT 1 FROM record LIMIT 1"))
