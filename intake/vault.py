"""The vault: originals byte for byte, encrypted, each under a name that says nothing.

Does: seals bytes (AES-GCM), keeps them under the keyed hash of their content, and gives them back
only when they are what was put in.
Trusts: the keys.
Never touches: what the bytes mean.
Known limits: a blob whose row was never committed stays until `doctor` sweeps orphans.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.keys import Keys

_MAGIC = b"SCR1"
_KEY_ID = b"\x00\x01"
_NONCE = 12
_HEAD = len(_MAGIC) + len(_KEY_ID) + _NONCE
CONTENT = "content"


class OriginalMissing(Exception):
    """The vault does not hold an original that the register names."""


class SealBroken(Exception):
    """Sealed bytes do not open: they were changed, or sealed with another key."""


class Vault:
    """Sealed bytes on disk, and sealed bytes in columns."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys
        self._cipher = AESGCM(keys.vault)

    def seal(self, data: bytes, about: str) -> bytes:
        """Encrypt. `about` names the place it belongs to; it will not open in another."""
        head = _MAGIC + _KEY_ID
        nonce = secrets.token_bytes(_NONCE)
        return head + nonce + self._cipher.encrypt(nonce, data, head + about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """Raises SealBroken."""
        head, nonce = sealed[: _HEAD - _NONCE], sealed[_HEAD - _NONCE : _HEAD]
        if head != _MAGIC + _KEY_ID:
            raise SealBroken(about)
        try:
            return self._cipher.decrypt(nonce, sealed[_HEAD:], head + about.encode())
        except InvalidTag as why:
            raise SealBroken(about) from why

    def mark(self, data: bytes) -> str:
        """The keyed hash that is both the identity of some bytes and their name here."""
        return self._keys.mark(CONTENT, data)

    def put(self, data: bytes) -> str:
        """Keep `data` durably and return its mark. Putting the same bytes again costs nothing.

        The order is the promise (nothing is lost): temporary file, fsync, rename, fsync of
        the folder; only then may anyone write a row that names it (failure mode 61).
        """
        mark = self.mark(data)
        path = self._path(mark)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_durably(path, self.seal(data, mark))
        return mark

    def get(self, mark: str) -> bytes:
        """Raises OriginalMissing or SealBroken."""
        try:
            sealed = self._path(mark).read_bytes()
        except OSError as why:
            raise OriginalMissing(mark) from why
        return self.unseal(sealed, mark)

    def _path(self, mark: str) -> Path:
        return self._folder / mark[:2] / mark[2:]


def _write_durably(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    sync_folder(path.parent.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
