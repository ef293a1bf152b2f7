"""What a connection signs in with, fresh each time; secrets are files that the service alone
can read."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from config.explained_error import ExplainedError

MAX_SECRET_BYTES = 16_384  # bytes; a token is a tenth of this


class SecretMissing(ExplainedError):
    sentence = "is named in the settings and cannot be read"


class SecretExposed(ExplainedError):
    sentence = "can be read or changed by others: make it the service's own, with mode 0600"


class SecretInvalid(ExplainedError):
    sentence = "does not hold one secret on one line"


SecretError = SecretMissing | SecretExposed | SecretInvalid
SECRET_ERRORS = (SecretMissing, SecretExposed, SecretInvalid)


@dataclass(frozen=True, slots=True)
class SecretFile:
    """Where a secret is. `credentials` is the folder that systemd keeps this service's in."""

    file: Path
    credentials: Path | None = None

    def read_secret(self) -> str:
        """As it is now: it may be changed while the service runs.

        Raises SecretMissing, SecretExposed or SecretInvalid.
        """
        return parse_secret_line(self.read_file_bytes())

    def read_file_bytes(self) -> bytes:
        """All that is in the file, for a secret of many lines. Raises SecretMissing or
        SecretExposed."""
        given = self.credentials / self.file.name if self.credentials else None
        if given is not None and given.is_file():
            return _bytes(given, others=stat.S_IRWXO)
        return read_private_file(self.file)


def read_private_file(file: Path) -> bytes:
    """What a file holds that only the service can read or change. Raises as `read_file_bytes`."""
    return _bytes(file, others=stat.S_IRWXG | stat.S_IRWXO)


def parse_secret_line(raw: bytes) -> str:
    """Raises SecretInvalid."""
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError as why:
        raise SecretInvalid from why
    if not text or not text.isprintable():
        raise SecretInvalid
    return text


def _bytes(file: Path, *, others: int) -> bytes:
    """`others` are the permissions that nobody else may have."""
    try:
        with file.open("rb") as opened:
            about = os.fstat(opened.fileno())
            if about.st_mode & others or about.st_uid not in (0, os.geteuid()):
                raise SecretExposed
            raw = opened.read(MAX_SECRET_BYTES + 1)
    except OSError as why:
        raise SecretMissing from why
    if len(raw) > MAX_SECRET_BYTES:
        raise SecretInvalid
    return raw


class SignInRefused(Exception):
    """The account cannot be signed in to, and trying again will not help: a person has to look."""


class SignInUnavailable(Exception):
    """Whoever issues the access tokens does not answer now; it may later."""


@dataclass(frozen=True, slots=True)
class PasswordLogin:
    """A user's name and password, which no log and no repr prints."""

    user: str
    password: str

    def __repr__(self) -> str:
        return "ByPassword()"


@dataclass(frozen=True, slots=True)
class TokenLogin:
    """An OAuth 2 access token. Never printed."""

    user: str
    token: str

    def __repr__(self) -> str:
        return "ByToken()"

    @property
    def xoauth2_string(self) -> str:
        """What AUTHENTICATE XOAUTH2 is given, before base64."""
        return f"user={self.user}\x01auth=Bearer {self.token}\x01\x01"


Login = PasswordLogin | TokenLogin


class SignInAccount(Protocol):
    """Something that a mail server lets in."""

    def login(self) -> Login:
        """What to sign in with now: ask again for every connection, as it goes out of date.

        Raises SignInRefused or SignInUnavailable, whose text is a sentence for the operator.
        """
        ...

    def forget_rejected_login(self) -> None:
        """The server did not take it: what was kept for the next time is forgotten."""
        ...


@dataclass(frozen=True, slots=True)
class PasswordAccount:
    """A user name and where its password is."""

    user: str
    secret: SecretFile

    def login(self) -> Login:
        """Raises SignInRefused."""
        return PasswordLogin(self.user, require_secret(self.secret))

    def forget_rejected_login(self) -> None:
        """Does nothing: a password is read anew each time, and none is kept."""


def require_secret(secret: SecretFile) -> str:
    """The secret, for somebody who cannot do without. Raises SignInRefused."""
    try:
        return secret.read_secret()
    except SECRET_ERRORS as why:
        raise SignInRefused(f"The file {secret.file} {why.sentence}.") from why
