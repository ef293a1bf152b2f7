"""The keys: made once, readable by the service alone, never in the settings or the environment.

Does: makes and reads the two keys, and derives from them one key for each purpose.
Trusts: the file system's permissions, which it checks.
Never touches: the register, the vault.
Known limits: losing the keys folder means losing every original and every letter kept; it has to
be copied somewhere safe by hand.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.durable import write_durably

SIZE = 32
VAULT = "vault-1.key"  # seals originals and letters; a later number is a later key
MARKS = "marks.key"  # makes keyed hashes; changing it would unname everything, so it stays


class KeysMissing(Exception):
    """The keys are not there. `scr-intake init` makes them; a restored register needs its own."""


class KeysExposed(Exception):
    """Others can read the keys. Make the folder 0700 and the files in it 0600."""


class KeysSpoiled(Exception):
    """A key file does not hold a key."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The vault's key and the secret that keyed hashes are made with. Never printed."""

    vault: bytes
    marks: bytes

    def __repr__(self) -> str:
        return "Keys()"

    def mark(self, purpose: str, data: bytes) -> str:
        """A keyed hash, 64 hex digits: the same data has the same mark, and only we can make it."""
        return hmac.new(_derived(self.marks, purpose), data, "sha256").hexdigest()

    def secret(self, purpose: str) -> bytes:
        """A key of its own for one purpose."""
        return _derived(self.marks, purpose)


def make_keys(folder: Path) -> None:
    """Make the keys that are missing; a key that is there is left alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in (VAULT, MARKS):
        path = folder / name
        if not path.exists():
            write_durably(path, base64.b64encode(secrets.token_bytes(SIZE)) + b"\n")


def read_keys(folder: Path) -> Keys:
    """Raises KeysMissing, KeysExposed or KeysSpoiled."""
    if folder.exists() and folder.stat().st_mode & 0o022:  # others could put keys of theirs there
        raise KeysExposed(str(folder))
    return Keys(_read(folder / VAULT), _read(folder / MARKS))


def _read(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()
    except OSError as why:
        raise KeysMissing(str(path)) from why
    if mode & 0o077:
        raise KeysExposed(str(path))
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error as why:
        raise KeysSpoiled(str(path)) from why
    if len(key) != SIZE:
        raise KeysSpoiled(str(path))
    return key


def _derived(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), SIZE, salt=None, info=f"scr-intake {purpose}".encode()).derive(secret)
