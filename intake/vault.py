"""The vault: originals byte for byte, encrypted, each under a name that says nothing.

An original has a key of its own, and so has what was read from it; the rest is sealed under the
keys of the case it is of, or of the board.
"""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config.explained_error import ExplainedError
from intake.data_keys import BOARD, NONCE_BYTES, DataKeys
from intake.document_keys import MARK_BYTES, DocumentKeys, mark_bytes
from intake.keys import Keys
from intake.safe_files import sync_folder, write_durably

_OF_OWNER = b"SCR1"  # then whose key it is, its number, and the nonce
_OF_DOCUMENT = b"SCRD"  # then the mark of the original whose key it is, and the nonce
_OWNER = struct.Struct(">IH")
_TAG_BYTES = 16  # at the end of what is sealed
LONGEST_SEAL_HEAD = len(_OF_DOCUMENT) + MARK_BYTES + NONCE_BYTES
CONTENT_PURPOSE = "content"


class OriginalMissing(ExplainedError):
    sentence = "An original that the register names is not in the vault."


class VaultMissing(ExplainedError):
    sentence = (
        "The vault is not there, though the register names originals in it. Is a disk not mounted?"
    )

    def __init__(self, folder: str, fix: str = "") -> None:
        """`fix` is what to do where it is lost."""
        super().__init__(folder)
        self.explanation = f"{self.sentence} ({folder}) {f'Else it is lost. {fix}' if fix else ''}"


class SealBroken(ExplainedError):
    sentence = "Something that is kept sealed does not open: it was changed, or its key was."


class DocumentKeyMissing(SealBroken):
    sentence = "The key of an original is not there: what was sealed under it does not open."


class Vault:
    """Sealed bytes on disk, and sealed bytes in columns."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self.folder = folder
        self._keys = keys
        self._data = DataKeys(folder, keys)
        self.document_keys = DocumentKeys(folder, self._data)

    def seal_bytes(self, data: bytes, about: str, case_id: int | None = None) -> bytes:
        """Encrypt, under the key of a case if it is of one. `about` names the place it belongs to;
        it will not open in another."""
        owner = case_id or BOARD
        number, cipher = self._data.newest_cipher(owner)
        return _sealed(cipher, _OF_OWNER + _OWNER.pack(owner, number), data, about)

    def seal_with_document(self, data: bytes, about: str, mark: str) -> bytes:
        """Encrypt under the key of an original, so that it is destroyed with that."""
        keys = self.document_keys
        cipher = keys.find_cipher(mark) or keys.get_or_make_cipher(mark)
        return _sealed(cipher, _OF_DOCUMENT + mark_bytes(mark), data, about)

    def unseal_bytes(self, sealed: bytes, about: str) -> bytes:
        """Raises SealBroken; DocumentKeyMissing where it was sealed with an original whose key is
        not there."""
        if sealed.startswith(_OF_DOCUMENT):
            size = len(_OF_DOCUMENT) + MARK_BYTES
            cipher = self.document_keys.find_cipher(sealed[len(_OF_DOCUMENT) : size])
            if cipher is None:
                raise DocumentKeyMissing(about)
        else:
            size = len(_OF_OWNER) + _OWNER.size
            if not sealed.startswith(_OF_OWNER) or len(sealed) < size:
                raise SealBroken(about)
            cipher = self._data.cipher_by_number(*_OWNER.unpack(sealed[len(_OF_OWNER) : size]))
        head, nonce = sealed[:size], sealed[size : size + NONCE_BYTES]
        if cipher is None or len(nonce) != NONCE_BYTES:
            raise SealBroken(about)
        try:
            return cipher.decrypt(nonce, sealed[size + NONCE_BYTES :], head + about.encode())
        except InvalidTag as why:
            raise SealBroken(about) from why

    def list_marks(self) -> Iterator[str]:
        """Every original that is there, by its mark."""
        for path in self.folder.glob("??/*"):
            if not path.name.startswith("."):
                yield path.parent.name + path.name

    def holds_original(self, mark: str) -> bool:
        """Whether there is one of that mark, whole or not."""
        return self._path(mark).exists()

    def stored_at(self, mark: str) -> datetime:
        """When an original that is there was written. Raises OSError."""
        return datetime.fromtimestamp(self._path(mark).stat().st_mtime, UTC)

    def check_keys(self) -> None:
        """Show that the keys are this vault's. Raises KeysMissing or KeysMismatched."""
        self._data.newest_cipher()

    def was_ever_used(self) -> bool:
        """Whether anything was ever sealed with it."""
        return self._data.has_data_key()

    def has_keys_of_case(self, case_id: int) -> bool:
        """Whether there is any key to open what is of a case."""
        return self._data.has_data_key(case_id)

    def rotate_keys(self) -> int:
        """Seal under new keys from now on; returns the number of the one that wraps them all."""
        return self._data.rotate_keys()

    def keyed_hash(self, data: bytes) -> str:
        """The keyed hash that is both the identity of some bytes and their name here."""
        return self._keys.keyed_hash(CONTENT_PURPOSE, data)

    def store_original(self, data: bytes) -> str:
        """Keep `data` durably and return its mark. The same bytes again are not written again.

        Only when this returns may anyone write a row that names it (nothing is lost, failure
        mode 61): its key is safe on the disk before it is, and both before that row. Raises
        OSError.
        """
        mark = self.keyed_hash(data)
        path = self._path(mark)
        for folder in (self.folder, path.parent):
            folder.mkdir(mode=0o700, exist_ok=True)
        if self._holds(mark):
            # A crash may have come after the rename and before the folder's fsync.
            sync_folder(path.parent)
        else:
            cipher = self.document_keys.get_or_make_cipher(mark)
            write_durably(path, _sealed(cipher, _OF_DOCUMENT + mark_bytes(mark), data, mark))
        sync_folder(self.folder)
        return mark

    def read_original(self, mark: str) -> bytes:
        """Raises OriginalMissing, SealBroken, or the OSError of a disk that will not say."""
        try:
            sealed = self._path(mark).read_bytes()
        except FileNotFoundError as why:
            raise OriginalMissing(mark) from why
        return self.unseal_bytes(sealed, mark)

    def holds_seal_of(self, mark: str, size: int | None) -> bool:
        """Whether what lies there is sealed as the original of that mark, and as long as one of
        `size` bytes; nothing is opened. Raises OriginalMissing or OSError."""
        begins = _OF_DOCUMENT + mark_bytes(mark)
        try:
            with self._path(mark).open("rb") as file:
                is_its_own = file.read(len(begins)) == begins
                length = os.fstat(file.fileno()).st_size
        except FileNotFoundError as why:
            raise OriginalMissing(mark) from why
        around = len(begins) + NONCE_BYTES + _TAG_BYTES
        return is_its_own and (length > around if size is None else length == around + size)

    def delete_original(self, mark: str) -> None:
        """Take away what is left of an original whose key is destroyed. Raises OSError."""
        path = self._path(mark)
        if path.exists():
            path.unlink()
            sync_folder(path.parent)

    def _holds(self, mark: str) -> bool:
        """Whether it is there and whole: what the disk has spoiled is worth writing again."""
        try:
            self.read_original(mark)
        except (OriginalMissing, SealBroken):
            return False
        return True

    def _path(self, mark: str) -> Path:
        return self.folder / mark[:2] / mark[2:]


def mark_of_seal(sealed: bytes) -> str | None:
    """The original with which something was sealed; None where it was with none."""
    if not sealed.startswith(_OF_DOCUMENT):
        return None
    return sealed[len(_OF_DOCUMENT) : len(_OF_DOCUMENT) + MARK_BYTES].hex()


def _sealed(cipher: AESGCM, head: bytes, data: bytes, about: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + cipher.encrypt(nonce, data, head + about.encode())
