"""The vault: originals byte for byte, encrypted, each under a name that says nothing.

Does: seals bytes (AES-GCM), keeps them under the keyed hash of their content, and gives them back
only when they are what was put in.
Trusts: the keys.
Never touches: what the bytes mean.
Known limits: a blob whose row was never committed stays; nothing sweeps orphans yet.
"""

from __future__ import annotations

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.durable import sync_folder, write_durably
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
        if head != _MAGIC + _KEY_ID or len(nonce) != _NONCE:
            raise SealBroken(about)
        try:
            return self._cipher.decrypt(nonce, sealed[_HEAD:], head + about.encode())
        except InvalidTag as why:
            raise SealBroken(about) from why

    def mark(self, data: bytes) -> str:
        """The keyed hash that is both the identity of some bytes and their name here."""
        return self._keys.mark(CONTENT, data)

    def put(self, data: bytes) -> str:
        """Keep `data` durably and return its mark. The same bytes again are not written again.

        Only when this returns may anyone write a row that names it (nothing is lost, failure
        mode 61). Raises OSError.
        """
        mark = self.mark(data)
        path = self._path(mark)
        for folder in (self._folder, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        if self._holds(mark):
            # A crash may have come after the rename and before the folder's fsync.
            sync_folder(path.parent)
        else:
            write_durably(path, self.seal(data, mark))
        sync_folder(self._folder)
        return mark

    def get(self, mark: str) -> bytes:
        """Raises OriginalMissing, SealBroken, or the OSError of a disk that will not say."""
        try:
            sealed = self._path(mark).read_bytes()
        except FileNotFoundError as why:
            raise OriginalMissing(mark) from why
        return self.unseal(sealed, mark)

    def _holds(self, mark: str) -> bool:
        """Whether it is there and whole: what the disk has spoiled is worth writing again."""
        try:
            self.get(mark)
        except (OriginalMissing, SealBroken):
            return False
        return True

    def _path(self, mark: str) -> Path:
        return self._folder / mark[:2] / mark[2:]
