"""The keys, sealed under a passphrase, so that a backup may hold them.

The passphrase is stretched by scrypt (RFC 7914); what is sealed is the name and content of each key
file.
"""

from __future__ import annotations

import base64
import json
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from config.explained_error import ExplainedError
from intake.keys import KEY_BYTES, MARKS_KEY_FILE, KeysFromCredentials
from intake.safe_files import write_durably

MIN_PASSPHRASE_CHARS = 12
_MAGIC = b"SCRKEYS1"
_SALT, _NONCE = 16, 12  # bytes
_COST = 2**16  # scrypt's N: 64 MB, and a good part of a second


class PassphraseShort(ExplainedError):
    sentence = f"A passphrase for keys has {MIN_PASSPHRASE_CHARS} characters or more."


class PassphraseWrong(ExplainedError):
    sentence = "The keys do not open with that passphrase, or they were changed."


def seal_keys(folder: Path, passphrase: str) -> bytes:
    """Every key file of a folder. Raises PassphraseShort, KeysFromCredentials or OSError."""
    if len(passphrase) < MIN_PASSPHRASE_CHARS:
        raise PassphraseShort
    if not (folder / MARKS_KEY_FILE).is_file():
        raise KeysFromCredentials
    told = {
        path.name: base64.b64encode(path.read_bytes()).decode()
        for path in sorted(folder.glob("*.key"))
    }
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    sealed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, json.dumps(told).encode(), _MAGIC)
    return _MAGIC + salt + nonce + sealed


def unseal_keys_into(folder: Path, sealed: bytes, passphrase: str) -> None:
    """Write the key files into a folder. Raises PassphraseWrong or OSError."""
    head, rest = sealed[: len(_MAGIC)], sealed[len(_MAGIC) :]
    salt, nonce, sealed = rest[:_SALT], rest[_SALT : _SALT + _NONCE], rest[_SALT + _NONCE :]
    try:
        opened = AESGCM(_stretched(passphrase, salt)).decrypt(nonce, sealed, head)
    except (InvalidTag, ValueError) as why:
        raise PassphraseWrong from why
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in json.loads(opened).items():
        write_durably(folder / Path(name).name, base64.b64decode(content))


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=KEY_BYTES, n=_COST, r=8, p=1).derive(passphrase.encode())
