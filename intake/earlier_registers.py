"""The registers of earlier backups that a backup keeps, and whether each is as it was written.

Beside each lies its digest: nothing else looks at them until one is needed, and a disk that rots
tells nobody.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

from intake.chain_head import HEAD_FILE
from intake.safe_files import write_durably

REGISTER_FILE, VAULT_FOLDER = "register.db", "vault"
EARLIER_FOLDER = "earlier"  # each in a folder called by its time
DIGEST_FILE = "register.db.sha256"  # one line, or two while a register takes another's place


def earlier_registers(backup: Path) -> list[str]:
    """Their names, the oldest first."""
    return sorted(path.parent.name for path in backup.glob(f"{EARLIER_FOLDER}/*/{REGISTER_FILE}"))


def missing_registers(backup: Path) -> list[str]:
    """The names of those of which only the folder is left."""
    found = (path.parent for path in backup.glob(f"{EARLIER_FOLDER}/*/{DIGEST_FILE}"))
    return sorted(each.name for each in found if not (each / REGISTER_FILE).exists())


def holds_register(backup: Path, digest: str) -> bool:
    """Whether a backup still has the register of that digest, as the newest or an earlier one.
    Raises OSError."""
    registers = (backup / REGISTER_FILE, *backup.glob(f"{EARLIER_FOLDER}/*/{REGISTER_FILE}"))
    return any(digest in _digests(each) for each in registers if each.exists())


def digest_as_written(register: Path) -> str | None:
    """The digest beside it; None for one that an earlier scr-intake wrote. Raises OSError."""
    told = _digests(register)
    return told[-1] if told else None


def earlier_register(backup: Path, name: str) -> Path:
    """The file of one."""
    return backup / EARLIER_FOLDER / name / REGISTER_FILE


def name_as_earlier(register: Path) -> str:
    """How a register is called once a later one takes its place. Raises OSError."""
    return datetime.fromtimestamp(register.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H%M%SZ")


def is_as_written(register: Path) -> bool:
    """Whether a register is the one that was written there; also where no digest tells. Raises
    OSError."""
    told = _digests(register)
    return not told or _digest(register) in told


def rotted_registers(backup: Path) -> list[str]:
    """The names of those that are not as they were written, or cannot be read."""
    return [name for name in earlier_registers(backup) if _has_rotted(backup, name)]


def put_register(fresh: Path, register: Path) -> None:
    """Have a register that was just written take its place, with its digest. Raises OSError."""
    before, now = _digests(register), _digest(fresh)
    write_durably(register.with_name(DIGEST_FILE), _lines(*before, now))
    fresh.rename(register)
    write_durably(register.with_name(DIGEST_FILE), _lines(now))


def keep_register(into: Path) -> None:
    """The register of the backup before, with its own head and digest, called by its time. Raises
    OSError."""
    register, head = into / REGISTER_FILE, into / VAULT_FOLDER / HEAD_FILE
    if not register.exists():
        return
    kept = earlier_register(into, name_as_earlier(register))
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if head.exists():
        write_durably(kept.with_name(HEAD_FILE), head.read_bytes())
    if not kept.exists():
        told = _digests(register) or [_digest(register)]
        write_durably(kept.with_name(DIGEST_FILE), _lines(*told))
        write_durably(kept, register.read_bytes())


def forget_earlier_registers(into: Path, keep: int) -> None:
    """All but the latest so many that are as they were written. One that is not counts for none,
    and is left. Raises OSError."""
    rotted = set(rotted_registers(into))
    whole = [name for name in earlier_registers(into) if name not in rotted]
    for name in whole[: max(0, len(whole) - keep)]:
        rmtree(into / EARLIER_FOLDER / name)


def _has_rotted(backup: Path, name: str) -> bool:
    try:
        return not is_as_written(earlier_register(backup, name))
    except OSError:
        return True


def _digests(register: Path) -> list[str]:
    try:
        return register.with_name(DIGEST_FILE).read_text(encoding="ascii", errors="replace").split()
    except FileNotFoundError:
        return []


def _digest(register: Path) -> str:
    with register.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lines(*digests: str) -> bytes:
    return "".join(f"{digest}\n" for digest in digests).encode()
