"""The vault: originals byte for byte, encrypted, each under a name that says nothing."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.explained_error import ExplainedError
from intake.keys import (
    KEY_BYTES,
    Keys,
    KeysMismatched,
    KeysMissing,
    add_vault_key,
    read_keys,
    vault_key_name,
)
from intake.safe_files import lock_folder, sync_folder, write_durably

_MAGIC = b"SCRK"
_NONCE = 12
_HEAD = len(_MAGIC) + 2
_NAME = re.compile(r"(\d+)\.wrapped")
_PROOF = "marks"  # shows whether keyed hashes are made with the same secret as ever


class DataKeys:
    """The data keys in one folder, unwrapped in memory."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder = folder
        self._keys = keys
        self._seen = 0
        self._ciphers: dict[int, AESGCM] = {}

    def has_data_key(self) -> bool:
        """Whether there is a data key at all: a vault that was ever used has one."""
        return bool(_wrapped(self._folder))

    def newest_cipher(self) -> tuple[int, AESGCM]:
        """The one to seal with, made if there is none. Raises KeysMissing or KeysMismatched."""
        if not self._ciphers or self._changed():
            self._load()
        if not self._ciphers:
            self._begin()
        return max(self._ciphers.items())

    def cipher_by_number(self, number: int) -> AESGCM | None:
        """The one to open with; None when there is none such."""
        if number not in self._ciphers:
            self._load()
        return self._ciphers.get(number)

    def rotate_keys(self) -> int:
        """Wrap every data key with a new key, and seal with a new one from now on; returns the
        new key's number. One that was begun and not finished is finished, whatever stopped it."""
        folder = self._keys.folder
        assert folder is not None  # only keys that were read can be rotated
        with lock_folder(self._folder):
            return self._rotated(folder)

    def _rotated(self, folder: Path) -> int:
        self._keys = read_keys(folder, self._keys.credentials)
        numbers = _wrapped(self._folder)
        if all(self._wrapped_by(number) == self._keys.number for number in numbers):
            add_vault_key(folder, self._keys.number + 1)
            self._keys = read_keys(folder)
            self._write(max(numbers, default=0) + 1, secrets.token_bytes(KEY_BYTES))
        for number in numbers:
            self._write(number, self._unwrapped(number))
        self._load()
        return self._keys.number

    def _begin(self) -> None:
        for folder in (self._folder.parent, self._folder):
            folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(self._folder.parent)
        with lock_folder(self._folder):
            if not _wrapped(self._folder):
                write_durably(self._folder / _PROOF, self._proof())
                self._write(1, secrets.token_bytes(KEY_BYTES))
        self._load()

    def _load(self) -> None:
        proof = self._folder / _PROOF
        if proof.exists() and not hmac.compare_digest(proof.read_bytes(), self._proof()):
            raise KeysMismatched(str(proof))
        self._seen = self._stamp()
        if self._folder.exists():  # whoever made what is there may not have lived to see it safe
            sync_folder(self._folder)
        for number in _wrapped(self._folder):
            if number not in self._ciphers:
                self._ciphers[number] = AESGCM(self._unwrapped(number))

    def _changed(self) -> bool:
        return self._stamp() != self._seen

    def _stamp(self) -> int:
        return self._folder.stat().st_mtime_ns if self._folder.exists() else 0

    def _proof(self) -> bytes:
        return self._keys.keyed_hash("proof", b"").encode()

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.wrapped"

    def _wrapped_by(self, number: int) -> int:
        """The number of the key that a data key is wrapped with."""
        return int.from_bytes(self._path(number).read_bytes()[len(_MAGIC) : _HEAD], "big")

    def _unwrapped(self, number: int) -> bytes:
        wrapped, by = self._path(number).read_bytes(), self._wrapped_by(number)
        key = self._keys.vault_key_by_number(by)
        if key is None and self._keys.folder is not None:  # a new one was added since
            self._keys = read_keys(self._keys.folder, self._keys.credentials)
            key = self._keys.vault_key_by_number(by)
        if key is None:
            raise KeysMissing(vault_key_name(by))
        head, rest = wrapped[:_HEAD], wrapped[_HEAD:]
        try:
            return AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], head + str(number).encode())
        except (InvalidTag, ValueError) as why:
            raise KeysMismatched(vault_key_name(by)) from why

    def _wrap(self, number: int, key: bytes) -> bytes:
        head, nonce = _MAGIC + self._keys.number.to_bytes(2, "big"), secrets.token_bytes(_NONCE)
        return (
            head + nonce + AESGCM(self._keys.vault).encrypt(nonce, key, head + str(number).encode())
        )

    def _write(self, number: int, key: bytes) -> None:
        write_durably(self._path(number), self._wrap(number, key))


def _wrapped(folder: Path) -> list[int]:
    """The numbers of the data keys in a folder, in order."""
    names = (_NAME.fullmatch(path.name) for path in folder.glob("*.wrapped"))
    return sorted(int(name[1]) for name in names if name)


_MAGIC_VAULT = b"SCR1"

_KEY = len(_MAGIC_VAULT) + 2  # the number of the data key follows
_HEAD_VAULT = _KEY + _NONCE
CONTENT_PURPOSE = "content"


class OriginalMissing(ExplainedError):
    sentence = "The vault does not hold an original that the register names."


class VaultMissing(ExplainedError):
    sentence = (
        "The vault is not there, though the register names originals in it. Is a disk not mounted?"
    )


class SealBroken(ExplainedError):
    sentence = "Sealed bytes do not open: they were changed, or sealed with another key."


class Vault:
    """Sealed bytes on disk, and sealed bytes in columns."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self._keys = keys
        self._data = DataKeys(folder / "keys", keys)

    def seal_bytes(self, data: bytes, about: str) -> bytes:
        """Encrypt. `about` names the place it belongs to; it will not open in another."""
        number, cipher = self._data.newest_cipher()
        head = _MAGIC_VAULT + number.to_bytes(2, "big")
        nonce = secrets.token_bytes(_NONCE)
        return head + nonce + cipher.encrypt(nonce, data, head + about.encode())

    def unseal_bytes(self, sealed: bytes, about: str) -> bytes:
        """Raises SealBroken."""
        head, nonce = sealed[:_KEY], sealed[_KEY:_HEAD_VAULT]
        cipher = self._data.cipher_by_number(int.from_bytes(head[len(_MAGIC_VAULT) :], "big"))
        if not head.startswith(_MAGIC_VAULT) or len(nonce) != _NONCE or cipher is None:
            raise SealBroken(about)
        try:
            return cipher.decrypt(nonce, sealed[_HEAD_VAULT:], head + about.encode())
        except InvalidTag as why:
            raise SealBroken(about) from why

    def list_marks(self) -> Iterator[str]:
        """Every original that is there, by its mark."""
        for path in self.folder.glob("??/*"):
            if not path.name.startswith("."):
                yield path.parent.name + path.name

    def check_keys(self) -> None:
        """Show that the keys are this vault's. Raises KeysMissing or KeysMismatched."""
        self._data.newest_cipher()

    def was_ever_used(self) -> bool:
        """Whether anything was ever sealed with it."""
        return self._data.has_data_key()

    def rotate_keys(self) -> int:
        """Seal under a new key from now on; returns its number."""
        return self._data.rotate_keys()

    def keyed_hash(self, data: bytes) -> str:
        """The keyed hash that is both the identity of some bytes and their name here."""
        return self._keys.keyed_hash(CONTENT_PURPOSE, data)

    def store_original(self, data: bytes) -> str:
        """Keep `data` durably and return its mark. The same bytes again are not written again.

        Only when this returns may anyone write a row that names it (nothing is lost, failure
        mode 61). Raises OSError.
        """
        mark = self.keyed_hash(data)
        path = self._path(mark)
        for folder in (self.folder, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        if self._holds(mark):
            # A crash may have come after the rename and before the folder's fsync.
            sync_folder(path.parent)
        else:
            write_durably(path, self.seal_bytes(data, mark))
        sync_folder(self.folder)
        return mark

    def read_original(self, mark: str) -> bytes:
        """Raises OriginalMissing, SealBroken, or the OSError of a disk that will not say."""
        try:
            sealed = self._path(mark).read_bytes()
        except FileNotFoundError as why:
            raise OriginalMissing(mark) from why
        return self.unseal_bytes(sealed, mark)

    def _holds(self, mark: str) -> bool:
        """Whether it is there and whole: what the disk has spoiled is worth writing again."""
        try:
            self.read_original(mark)
        except (OriginalMissing, SealBroken):
            return False
        return True

    def _path(self, mark: str) -> Path:
        return self.folder / mark[:2] / mark[2:]
