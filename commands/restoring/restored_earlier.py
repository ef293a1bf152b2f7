"""An earlier register of a backup: found by its day or name, and told what was destroyed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from commands.composition.runtime import SCHEMAS, BoardInHand
from config.calendar import date_in_words, moment_in_words
from config.english import count_noun
from config.explained_error import ExplainedError
from handlers.register.audit_log import last_recorded
from handlers.register.integrity import find_record_faults
from handlers.register.register import Register
from intake.database import RegisterDatabase, Row, is_register_failure
from intake.earlier_registers import (
    REGISTER_FILE,
    VAULT_FOLDER,
    earlier_register,
    earlier_registers,
    missing_registers,
    rotted_registers,
)
from intake.vault import Vault

_DESTROYED = "SELECT content, case_id, why, at FROM destroyed WHERE done IS NOT NULL ORDER BY id"
_NAMING = (
    "SELECT 'entry ' || id AS what FROM entries WHERE content = ?1"
    " UNION ALL SELECT 'delivery ' || id FROM deliveries WHERE content = ?1"
    " AND id NOT IN (SELECT delivery_id FROM entries WHERE content = ?1)"
)


def find_earlier(folder: Path, asked: str, zone: ZoneInfo) -> str:
    """The name of the one earlier register that begins so, or reaches up to that day. Raises
    click.UsageError with all there are, and up to when each reaches, where not just one does."""
    reach = {name: _reaches(earlier_register(folder, name)) for name in earlier_registers(folder)}
    days = {n: at.astimezone(zone).date().isoformat() if at else "" for n, at in reach.items()}
    if asked in reach:
        return asked
    found = [n for n in reach if asked and (n.startswith(asked) or days[n].startswith(asked))]
    if len(found) == 1:
        return found[0]
    fits = (
        f"{count_noun(len(found), 'register')} of {asked}" if found else f"no register of {asked}"
    )
    rotted = set(rotted_registers(folder))
    lines = {n: _line(n, reach[n], zone, n in rotted) for n in found or reach}
    if not found:
        lines |= {n: f"{n}, which is gone from it" for n in missing_registers(folder)}
    listed = "".join(f"\n  {lines[n]}" for n in sorted(lines))
    raise click.UsageError(f"DIR keeps {fits}. It keeps:{listed or ' none'}")


def _line(name: str, at: datetime | None, zone: ZoneInfo, rotted: bool) -> str:
    if rotted or at is None:
        return f"{name}, which the disk has spoiled"
    return f"{name}, up to {moment_in_words(at.astimezone(zone))}"


def _reaches(register: Path) -> datetime | None:
    """Up to when; None for one that cannot be read."""
    try:
        with closing(RegisterDatabase.open_read_only(register)) as database:
            return last_recorded(database)
    except Exception as why:
        if isinstance(why, ExplainedError) or is_register_failure(why):
            return None
        raise


def settle_destroyed(board: BoardInHand, backup: Path, restored: Path) -> list[str]:
    """Have an earlier register know what was destroyed after it, as the newest of the same backup
    tells, if that is whole: else it would look as if somebody had spoiled it. Returns what to say
    of each."""
    rows = _destroyed_since(board, backup)
    told = list[str]()
    with closing(RegisterDatabase(restored / REGISTER_FILE)) as database:
        vault = Vault(restored / VAULT_FOLDER, board.keys)
        register = Register(database, vault, board.keys, board.kinds)
        destroyed = register.withdrawals.destroyed
        with register.transaction():
            for row in rows:
                named = [each["what"] for each in database.fetch_rows(_NAMING, row["content"])]
                if named and not destroyed.is_destroyed(row["content"]):
                    at = datetime.fromisoformat(row["at"])
                    destroyed.add(row["content"], row["case_id"], row["why"], at)
                    told += _sentences(named, row, board.settings.board.zone_info)
        destroyed.finish(board.now())
    return told


def _destroyed_since(board: BoardInHand, backup: Path) -> Sequence[Row]:
    with closing(RegisterDatabase.open_read_only(backup / REGISTER_FILE)) as newest:
        vault = Vault(backup / VAULT_FOLDER, board.keys)
        register = Register(newest, vault, board.keys, board.kinds)
        if any(find_record_faults(newest, vault, register, SCHEMAS)):
            return ()
        return newest.fetch_rows(_DESTROYED)


def _sentences(named: Sequence[str], row: Row, zone: ZoneInfo) -> Iterator[str]:
    day = date_in_words(datetime.fromisoformat(row["at"]).astimezone(zone).date())
    why = (
        f"was withdrawn on {day} and destroyed rightly"
        if row["why"] == "withdrawn"
        else f"was of a sender whom nobody registered, and was destroyed rightly on {day}"
    )
    for what in named:
        yield f"What came with {what} {why}: it opens no more, and nothing was spoiled."
