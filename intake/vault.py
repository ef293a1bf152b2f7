"""The vault: originals byte for byte, encrypted, each under a name that says nothing.

Does: seals bytes (AES-GCM), keeps them under the keyed hash of their content, and gives them back
only when they are what was put in.
Trusts: the keys.
Never touches: what the bytes mean.
Known limits: a blob whose row was never committed stays; nothing sweeps orphans yet.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag

from intake.data_keys import DataKeys
from intake.durable import sync_folder, write_durably
from intake.keys import Keys

_MAGIC = b"SCR1"
_NONCE = 12
_KEY = len(_MAGIC) + 2  # the number of the data key follows
_HEAD = _KEY + _NONCE
CONTENT = "content"


class OriginalMissing(Exception):
    """The vault does not hold an original that the register names."""


class VaultMissing(Exception):
    """The vault is not there, though the register names originals in it. Is a disk not mounted?"""


class SealBroken(Exception):
    """Sealed bytes do not open: they were changed, or sealed with another key."""


class Vault:
    """Sealed bytes on disk, and sealed bytes in columns."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys
        self._data = DataKeys(folder / "keys", keys)

    def seal(self, data: bytes, about: str) -> bytes:
        """Encrypt. `about` names the place it belongs to; it will not open in another."""
        number, cipher = self._data.newest()
        head = _MAGIC + number.to_bytes(2, "big")
        nonce = secrets.token_bytes(_NONCE)
        return head + nonce + cipher.encrypt(nonce, data, head + about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes:
        """Raises SealBroken."""
        head, nonce = sealed[:_KEY], sealed[_KEY:_HEAD]
        cipher = self._data.cipher(int.from_bytes(head[len(_MAGIC) :], "big"))
        if not head.startswith(_MAGIC) or len(nonce) != _NONCE or cipher is None:
            raise SealBroken(about)
        try:
            return cipher.decrypt(nonce, sealed[_HEAD:], head + about.encode())
        except InvalidTag as why:
            raise SealBroken(about) from why

    def marks(self) -> Iterator[str]:
        """Every original that is there, by its mark."""
        for path in self._folder.glob("??/*"):
            if not path.name.startswith("."):
                yield path.parent.name + path.name

    def ready(self) -> None:
        """Show that the keys are this vault's. Raises KeysMissing or KeysWrong."""
        self._data.newest()

    def begun(self) -> bool:
        """Whether anything was ever sealed with it."""
        return self._data.begun()

    def rotate(self) -> int:
        """Seal under a new key from now on; returns its number."""
        return self._data.rotate()

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
