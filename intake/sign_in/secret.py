"""A secret in a file: a password or a client secret, readable by the service alone.

Does: reads one, from a systemd credential of the file's name where there is one, else from the
file itself, and refuses what others can read or change.
Trusts: the file system's permissions, which it checks; of a credential, that systemd keeps others
out (its files belong to root and are opened to the service by an access list).
Never touches: the environment: the folder of credentials is handed in.
Known limits: one line of UTF-8; a secret that begins or ends with a space is not one.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

LONGEST = 16_384  # bytes; a token is a tenth of this


class SecretMissing(Exception):
    """is named in the settings and cannot be read"""


class SecretExposed(Exception):
    """can be read or changed by others: make it the service's own, with mode 0600"""


class SecretSpoiled(Exception):
    """does not hold one secret on one line"""


NoSecret = SecretMissing | SecretExposed | SecretSpoiled
NO_SECRET = (SecretMissing, SecretExposed, SecretSpoiled)


@dataclass(frozen=True, slots=True)
class Secret:
    """Where a secret is. `credentials` is the folder that systemd keeps this service's in."""

    file: Path
    credentials: Path | None = None

    def read(self) -> str:
        """As it is now: it may be changed while the service runs.

        Raises SecretMissing, SecretExposed or SecretSpoiled.
        """
        return one_line(self.content())

    def content(self) -> bytes:
        """All that is in the file, for a secret of many lines. Raises as `read`."""
        given = self.credentials / self.file.name if self.credentials else None
        if given is not None and given.is_file():
            return _bytes(given, others=stat.S_IRWXO)
        return private(self.file)


def private(file: Path) -> bytes:
    """What a file holds that only the service can read or change. Raises as `Secret.read`."""
    return _bytes(file, others=stat.S_IRWXG | stat.S_IRWXO)


def one_line(raw: bytes) -> str:
    """Raises SecretSpoiled."""
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError as why:
        raise SecretSpoiled from why
    if not text or not text.isprintable():
        raise SecretSpoiled
    return text


def _bytes(file: Path, *, others: int) -> bytes:
    """`others` are the permissions that nobody else may have."""
    try:
        with file.open("rb") as opened:
            about = os.fstat(opened.fileno())
            if about.st_mode & others or about.st_uid not in (0, os.geteuid()):
                raise SecretExposed
            raw = opened.read(LONGEST + 1)
    except OSError as why:
        raise SecretMissing from why
    if len(raw) > LONGEST:
        raise SecretSpoiled
    return raw
