"""Makes, adds and reads the keys, and derives from them one key for each purpose.

They are never in the settings or the environment. Losing the folder means losing every original and
every letter kept: it has to be copied somewhere safe by hand.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from shlex import quote

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from config.explained_error import ExplainedError
from config.refused_access import AccessRefused
from intake.safe_files import lock_folder, write_durably

KEY_BYTES = 32
FIRST_VAULT_KEY_FILE = (
    "vault-1.key"  # wraps what originals and letters are sealed with; a later number is later
)
_VAULT_KEY = re.compile(r"vault-([1-9]\d{0,3})\.key")
MARKS_KEY_FILE = "marks.key"  # makes keyed hashes; changing it would unname everything, so it stays


class KeysMissing(ExplainedError):
    """`fix` is how they come back, as far as that is known."""

    sentence = (
        "A key is not there, and what is kept opens with no other: a new one would open nothing of"
        " it. Put back the keys that belong to it."
    )
    fix = (
        "A backup made --with-keys holds them: put its folder in place of DIR, and an empty one in"
        " that of TARGET: `scr-intake restore --with-keys DIR TARGET`"
    )

    def __init__(self, key: str, fix: str = "") -> None:
        super().__init__(key)
        self.fix = fix or self.fix

    @property
    def explanation(self) -> str:
        """Which, and what to do."""
        return f"{self.sentence} ({self}) {self.fix}"


class KeysExposed(ExplainedError):
    sentence = "Others can read the keys."

    def __init__(self, place: Path, folder: Path) -> None:
        """`place` is a key, or the `folder` that they are in."""
        super().__init__(str(place))
        self.explanation = (
            f"{self.sentence} ({place}) To have them for one user alone:"
            f" `chmod -R u=rwX,go= {quote(str(folder))}` Whoever could read them until then may"
            " have done so: to have new ones, once that is done: `scr-intake keys rotate`"
        )


class KeysInvalid(ExplainedError):
    sentence = "A key file does not hold a key."


class KeysMismatched(ExplainedError):
    sentence = "These are not the keys of this register and vault. Put back their own keys folder."


class KeysFromCredentials(ExplainedError):
    sentence = "The keys come from systemd's credentials, where scr-intake cannot add one."


@dataclass(frozen=True, slots=True)
class Keys:
    """The vault's keys and the secret that keyed hashes are made with. Never printed."""

    vault: bytes
    marks: bytes
    number: int = 1  # of the vault's key, the newest there is
    older: Mapping[int, bytes] = field(default_factory=dict)
    folder: Path | None = None  # where they were read
    credentials: Path | None = None

    def vault_key_by_number(self, number: int) -> bytes | None:
        return self.vault if number == self.number else self.older.get(number)

    def __repr__(self) -> str:
        return "Keys()"

    def keyed_hash(self, purpose: str, data: bytes) -> str:
        """A keyed hash, 64 hex digits: the same data has the same mark, and only we can make it."""
        return hmac.new(_derived(self.marks, purpose), data, "sha256").hexdigest()

    def derived_key(self, purpose: str) -> bytes:
        """A key of its own for one purpose."""
        return _derived(self.marks, purpose)


def make_missing_keys(folder: Path) -> None:
    """Make the keys that are missing; a key that is there is left alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in (FIRST_VAULT_KEY_FILE, MARKS_KEY_FILE):
        path = folder / name
        if not path.exists():
            write_durably(path, _made())


def add_vault_key(folder: Path, number: int) -> None:
    """Add a key; one that is there is left alone. Raises KeysFromCredentials or OSError."""
    if not folder.is_dir():
        raise KeysFromCredentials
    with lock_folder(folder):
        path = folder / vault_key_name(number)
        if not path.exists():
            write_durably(path, _made())


def vault_key_name(number: int) -> str:
    return f"vault-{number}.key"


def vault_key_number(name: str) -> int | None:
    """The number of the key in a file of that name; None where it is no key of the vault."""
    found = _VAULT_KEY.fullmatch(name)
    return int(found[1]) if found else None


def read_keys(folder: Path, credentials: Path | None = None) -> Keys:
    """The keys in the folder, or where there is none the systemd credential of its name
    (`LoadCredential=keys:/etc/scr-intake/keys`, which gives `keys_marks.key` and so on).

    Raises KeysMissing, KeysExposed, KeysInvalid, or AccessRefused where they may not be read.
    """
    if folder.is_dir() and not os.access(folder, os.R_OK | os.X_OK):  # it would look empty
        raise AccessRefused(folder)
    if folder.exists() and folder.stat().st_mode & 0o022:  # others could put keys of theirs there
        raise KeysExposed(folder, folder)
    given = credentials if credentials is not None and not folder.exists() else None
    prefix = given / f"{folder.name}_" if given else f"{folder}/"
    found = _numbers(given or folder, f"{folder.name}_" if given else "")
    vault = {number: _read(Path(f"{prefix}{vault_key_name(number)}")) for number in found or (1,)}
    newest = max(vault)
    marks = _read(Path(f"{prefix}{MARKS_KEY_FILE}"))
    return Keys(vault.pop(newest), marks, newest, vault, folder, credentials)


def _numbers(folder: Path, prefix: str) -> list[int]:
    """Which of the vault's keys there are."""
    names = (p.name.removeprefix(prefix) for p in folder.glob("*") if p.name.startswith(prefix))
    return [number for name in names if (number := vault_key_number(name)) is not None]


def _made() -> bytes:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"


def _read(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()
    except PermissionError as why:
        raise AccessRefused(path) from why
    except OSError as why:
        raise KeysMissing(str(path)) from why
    if mode & 0o077:
        raise KeysExposed(path, path.parent)
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as why:
        raise KeysInvalid(str(path)) from why
    if len(key) != KEY_BYTES:
        raise KeysInvalid(str(path))
    return key


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"scr-intake {purpose}".encode()).derive(
        secret
    )
