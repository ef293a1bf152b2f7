"""What a connection signs in with, fresh each time; secrets are files that the service alone
can read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from config.sentence import sentence_of

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


class SignInRefused(Exception):
    """The account cannot be signed in to, and trying again will not help: a person has to look."""


class SignInAway(Exception):
    """Whoever issues the access tokens does not answer now; it may later."""


@dataclass(frozen=True, slots=True)
class ByPassword:
    """Never printed."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "ByPassword()"


@dataclass(frozen=True, slots=True)
class ByToken:
    """An OAuth 2 access token. Never printed."""

    user: str
    token: str

    def __repr__(self) -> str:
        return "ByToken()"

    @property
    def xoauth2(self) -> str:
        """What AUTHENTICATE XOAUTH2 is given, before base64."""
        return f"user={self.user}\x01auth=Bearer {self.token}\x01\x01"


Login = ByPassword | ByToken


class Account(Protocol):
    """Something that a mail server lets in."""

    def login(self) -> Login:
        """What to sign in with now: ask again for every connection, as it goes out of date.

        Raises SignInRefused or SignInAway, whose text is a sentence for the operator.
        """
        ...

    def turned_away(self) -> None:
        """The server did not take it: what was kept for the next time is forgotten."""
        ...


@dataclass(frozen=True, slots=True)
class PasswordAccount:
    """A user name and where its password is."""

    user: str
    secret: Secret

    def login(self) -> Login:
        """Raises SignInRefused."""
        return ByPassword(self.user, held(self.secret))

    def turned_away(self) -> None:
        """Nothing is kept."""


def held(secret: Secret) -> str:
    """The secret, for somebody who cannot do without. Raises SignInRefused."""
    try:
        return secret.read()
    except NO_SECRET as why:
        raise SignInRefused(f"The file {secret.file} {sentence_of(why)}.") from why
