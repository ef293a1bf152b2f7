"""The token file: the refresh token that a person put there, and what the provider made of it.

Does: reads and writes the tokens of one account, and lets one at a time do so.
Trusts: the file's permissions, which it checks.
Never touches: the provider.
Known limits: it has to be a file that the service can write: a provider may return a new refresh
token at any time and take the old one no more (failure mode 15), so a systemd credential, which
cannot be written, is no place for it.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from intake.durable import write_durably
from intake.sign_in.secret import SecretSpoiled, one_line, private


@dataclass(frozen=True, slots=True)
class Tokens:
    """`expires` is in seconds since 1970; an access token of "" has never been. Never printed."""

    refresh: str
    access: str = ""
    expires: float = 0.0

    def __repr__(self) -> str:
        return "Tokens()"


@contextmanager
def only_one(file: Path) -> Iterator[None]:
    """Two threads or programs that refresh at once would each spend the other's token.

    Raises OSError.
    """
    lock = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def read_tokens(file: Path) -> Tokens:
    """A file with a bare refresh token is how a person begins; later it is JSON, as we write it.

    Raises SecretMissing, SecretExposed or SecretSpoiled.
    """
    raw = private(file)
    if not raw.lstrip().startswith(b"{"):
        return Tokens(one_line(raw))
    try:
        found = json.loads(raw)
        return Tokens(str(found["refresh"]), str(found["access"]), float(found["expires"]))
    except (ValueError, KeyError, TypeError) as why:
        raise SecretSpoiled from why


def write_tokens(file: Path, tokens: Tokens) -> None:
    """Raises OSError."""
    kept = {"refresh": tokens.refresh, "access": tokens.access, "expires": tokens.expires}
    write_durably(file, json.dumps(kept).encode())
