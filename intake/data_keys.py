"""The data keys of the board and of each case, each wrapped by a key of the keys folder.

The board's are called by their number, `keys/2.wrapped`; those of a case lie apart and have numbers
of their own, `case-keys/12.1.wrapped`. Who destroys the files of a case has destroyed all that is
sealed under its keys. Adding a key to the keys folder writes these files anew, and nothing else.
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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

BOARD = 0  # whose key it is that no case has; else the number of the case
BOARD_KEYS_FOLDER, CASE_KEYS_FOLDER = "keys", "case-keys"  # in the vault's folder
NONCE_BYTES = 12
_MAGIC = b"SCRK"
_HEAD = len(_MAGIC) + 2
_NAME = re.compile(r"(?:(\d+)\.)?(\d+)\.wrapped")
_PROOF = "marks"  # shows whether keyed hashes are made with the same secret as ever

KeyName = tuple[int, int]  # whose it is, and its number among those


class DataKeys:
    """The data keys of one vault, unwrapped in memory."""

    def __init__(self, vault: Path, keys: Keys) -> None:
        self._vault = vault
        self._board, self._cases = vault / BOARD_KEYS_FOLDER, vault / CASE_KEYS_FOLDER
        self._keys = keys
        self._seen = (0, 0)
        self._newest: dict[int, int] = {}
        self._ciphers: dict[KeyName, AESGCM] = {}

    def has_data_key(self, of: int = BOARD) -> bool:
        """Whether there is a data key at all: a vault that was ever used has one of the board."""
        return any(owner == of for owner, _ in self._names())

    def newest_cipher(self, owner: int = BOARD) -> tuple[int, AESGCM]:
        """The one to seal with, made if there is none. Raises KeysMissing or KeysMismatched."""
        if owner not in self._newest or self._stamp() != self._seen:
            self._load()
        if owner not in self._newest:
            self._begin(owner)
        number = self._newest[owner]
        return number, self._cipher((owner, number))

    def cipher_by_number(self, owner: int, number: int) -> AESGCM | None:
        """The one to open with; None when there is none such."""
        if (owner, number) not in self._ciphers:
            self._load()
            if not self._path((owner, number)).exists():
                return None
        return self._cipher((owner, number))

    def rotate_keys(self) -> int:
        """Wrap every data key with a new key, and seal with new ones from now on; returns the
        new key's number. One that was begun and not finished is finished, whatever stopped it."""
        folder = self._keys.folder
        assert folder is not None  # only keys that were read can be rotated
        self._make_folder(self._cases)
        with lock_folder(self._board), lock_folder(self._cases):
            return self._rotated(folder)

    def _rotated(self, folder: Path) -> int:
        self._keys = read_keys(folder, self._keys.credentials)
        names = sorted(self._names())
        if all(self._wrapped_by(name) == self._keys.number for name in names):
            add_vault_key(folder, self._keys.number + 1)
            self._keys = read_keys(folder)
            for owner in dict.fromkeys((BOARD, *(owner for owner, _ in names))):
                number = max((n for whose, n in names if whose == owner), default=0) + 1
                self._write((owner, number), secrets.token_bytes(KEY_BYTES))
        for name in names:
            self._write(name, self._unwrapped(name))
        self._load()
        return self._keys.number

    def _begin(self, owner: int) -> None:
        folder = self._path((owner, 1)).parent
        self._make_folder(folder)
        with lock_folder(folder):
            if not any(whose == owner for whose, _ in self._names()):
                if owner == BOARD:
                    write_durably(folder / _PROOF, self._proof())
                self._write((owner, 1), secrets.token_bytes(KEY_BYTES))
        self._load()

    def _make_folder(self, folder: Path) -> None:
        for each in (self._vault, folder):
            each.mkdir(mode=0o700, exist_ok=True)
        sync_folder(self._vault)

    def _load(self) -> None:
        proof = self._board / _PROOF
        if proof.exists() and not hmac.compare_digest(proof.read_bytes(), self._proof()):
            raise KeysMismatched(str(proof))
        self._seen = self._stamp()
        for folder in (self._board, self._cases):
            if folder.exists():  # whoever made what is there may not have lived to see it safe
                sync_folder(folder)
        names = set(self._names())
        self._newest = {owner: number for owner, number in sorted(names)}
        self._ciphers = {name: kept for name, kept in self._ciphers.items() if name in names}
        for name in names:
            if name[0] == BOARD:
                self._cipher(name)

    def _cipher(self, name: KeyName) -> AESGCM:
        if name not in self._ciphers:
            self._ciphers[name] = AESGCM(self._unwrapped(name))
        return self._ciphers[name]

    def _stamp(self) -> tuple[int, int]:
        board, cases = (_modified(folder) for folder in (self._board, self._cases))
        return board, cases

    def _proof(self) -> bytes:
        return self._keys.keyed_hash("proof", b"").encode()

    def _names(self) -> Iterator[KeyName]:
        """Every data key that there is."""
        for folder in (self._board, self._cases):
            for path in folder.glob("*.wrapped"):
                found = _NAME.fullmatch(path.name)
                if found and (found[1] is None) == (folder == self._board):
                    yield int(found[1] or BOARD), int(found[2])

    def _path(self, name: KeyName) -> Path:
        owner, number = name
        if owner == BOARD:
            return self._board / f"{number}.wrapped"
        return self._cases / f"{owner}.{number}.wrapped"

    def _wrapped_by(self, name: KeyName) -> int:
        """The number of the key that a data key is wrapped with."""
        return int.from_bytes(self._path(name).read_bytes()[len(_MAGIC) : _HEAD], "big")

    def _unwrapped(self, name: KeyName) -> bytes:
        wrapped, by = self._path(name).read_bytes(), self._wrapped_by(name)
        key = self._keys.vault_key_by_number(by)
        if key is None and self._keys.folder is not None:  # a new one was added since
            self._keys = read_keys(self._keys.folder, self._keys.credentials)
            key = self._keys.vault_key_by_number(by)
        if key is None:
            raise KeysMissing(vault_key_name(by))
        head, rest = wrapped[:_HEAD], wrapped[_HEAD:]
        try:
            return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], _about(head, name))
        except (InvalidTag, ValueError) as why:
            raise KeysMismatched(vault_key_name(by)) from why

    def _write(self, name: KeyName, key: bytes) -> None:
        head = _MAGIC + self._keys.number.to_bytes(2, "big")
        nonce = secrets.token_bytes(NONCE_BYTES)
        wrapped = AESGCM(self._keys.vault).encrypt(nonce, key, _about(head, name))
        write_durably(self._path(name), head + nonce + wrapped)


def needed_vault_keys(vault: Path) -> frozenset[int]:
    """The numbers of the keys that the data keys in a vault's folder are wrapped with. Raises
    OSError."""
    found = set()
    for folder in (BOARD_KEYS_FOLDER, CASE_KEYS_FOLDER):
        for path in (vault / folder).glob("*.wrapped"):
            found.add(int.from_bytes(path.read_bytes()[len(_MAGIC) : _HEAD], "big"))
    return frozenset(found)


def _about(head: bytes, name: KeyName) -> bytes:
    owner, number = name
    return head + (str(number) if owner == BOARD else f"{owner}.{number}").encode()


def _modified(folder: Path) -> int:
    return folder.stat().st_mtime_ns if folder.exists() else 0
