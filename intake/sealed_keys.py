"""The keys, sealed under a passphrase, so that a backup may hold them.

The passphrase is stretched by scrypt (RFC 7914); what is sealed is the name and content of each key
file. A mark in front says, to whoever has the keys, whether it was made of the same ones.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from config.explained_error import ExplainedError
from intake.keys import KEY_BYTES, MARKS_KEY_FILE, Keys, KeysFromCredentials, vault_key_number
from intake.safe_files import write_durably

MIN_PASSPHRASE_CHARS = 12
_MAGIC = b"SCRKEYS2"
_MARK = 32  # bytes
_PURPOSE = "sealed keys"
_SALT, _NONCE = 16, 12  # bytes
_COST = 2**16  # scrypt's N: 64 MB, and a good part of a second


class PassphraseShort(ExplainedError):
    sentence = f"A passphrase for keys has {MIN_PASSPHRASE_CHARS} characters or more."


class PassphraseWrong(ExplainedError):
    sentence = "The keys do not open with that passphrase, or they were changed."


class KeysNotSealed(ExplainedError):
    sentence = "The keys are not in that backup. Nothing was restored."


KeyFiles = Mapping[str, bytes]  # the content of each by its name


def seal_keys(folder: Path, keys: Keys, passphrase: str) -> bytes:
    """Every key file of a folder, from which `keys` were read. Raises PassphraseShort,
    KeysFromCredentials or OSError."""
    if len(passphrase) < MIN_PASSPHRASE_CHARS:
        raise PassphraseShort
    if not (folder / MARKS_KEY_FILE).is_file():
        raise KeysFromCredentials
    told = {
        path.name: base64.b64encode(path.read_bytes()).decode()
        for path in sorted(folder.glob("*.key"))
    }
    salt, nonce, head = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE), _head_of(keys)
    sealed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, json.dumps(told).encode(), head)
    return head + salt + nonce + sealed


def are_sealed(sealed: bytes, keys: Keys) -> bool:
    """Whether the newest of these keys is among them."""
    return hmac.compare_digest(sealed[: len(_MAGIC) + _MARK], _head_of(keys))


def unseal_keys(sealed: bytes, passphrase: str) -> KeyFiles:
    """Raises PassphraseWrong."""
    size = len(_MAGIC) + (_MARK if sealed.startswith(_MAGIC) else 0)  # before there was none
    head, rest = sealed[:size], sealed[size:]
    salt, nonce, sealed = rest[:_SALT], rest[_SALT : _SALT + _NONCE], rest[_SALT + _NONCE :]
    try:
        opened = AESGCM(_stretched(passphrase, salt)).decrypt(nonce, sealed, head)
    except (InvalidTag, ValueError) as why:
        raise PassphraseWrong from why
    told: dict[str, str] = json.loads(opened)
    return {Path(name).name: base64.b64decode(content) for name, content in told.items()}


def write_keys(folder: Path, files: KeyFiles) -> None:
    """Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files.items():
        write_durably(folder / name, content)


def vault_key_numbers(files: KeyFiles) -> frozenset[int]:
    """Which of the vault's keys there are among them."""
    return frozenset(n for name in files if (n := vault_key_number(name)) is not None)


def _head_of(keys: Keys) -> bytes:
    return _MAGIC + bytes.fromhex(keys.keyed_hash(_PURPOSE, keys.vault))


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=_COST, r=8, p=1).derive(passphrase.encode())
