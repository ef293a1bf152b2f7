"""An OAuth 2 account that lives by its refresh token (RFC 6749, 6)."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from intake.safe_files import write_durably
from intake.sign_in.account import (
    SECRET_ERRORS,
    Login,
    SecretFile,
    SecretInvalid,
    SignInRefused,
    SignInUnavailable,
    TokenLogin,
    parse_secret_line,
    read_private_file,
    require_secret,
)

REQUEST_TIMEOUT = 30  # seconds
MAX_ANSWER_BYTES = 65_536  # bytes of an answer

# RFC 6749, 5.2; any other word of the provider's is not repeated.
_REFUSALS = {
    "invalid_grant": "the refresh token is used up or was withdrawn: put a new one in its file",
    "invalid_client": "the client id or its secret is not right",
    "unauthorized_client": "this client may not use a refresh token",
    "invalid_scope": "the scope is not one the provider gives",
    "invalid_request": "the request was not what the provider expects",
    "unsupported_grant_type": "the provider gives no access for a refresh token",
}


class _NoRedirection(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class TokenEndpoint:
    """One provider's token endpoint."""

    def __init__(self, url: str, ca_file: Path | None = None) -> None:
        """Raises OSError for a `ca_file` that cannot be used."""
        self._url = url
        self._opener = _opener(ca_file)

    def request_tokens(self, form: Mapping[str, str]) -> Mapping[str, Any]:
        """The provider's answer. Raises SignInRefused or SignInUnavailable."""
        request = Request(  # noqa: S310  https, as the settings were checked for
            self._url,
            urlencode(form).encode(),
            {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"},
        )
        try:
            with self._opener.open(request, timeout=REQUEST_TIMEOUT) as answer:
                return _read(answer.read(MAX_ANSWER_BYTES))
        except HTTPError as why:
            with why:
                raise _refusal(why) from None
        except (OSError, HTTPException) as why:
            raise SignInUnavailable("The provider of the access tokens does not answer.") from why


def _opener(ca_file: Path | None) -> OpenerDirector:
    context = ssl.create_default_context(cafile=ca_file)
    return build_opener(HTTPSHandler(context=context), _NoRedirection())


def _read(raw: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise SignInUnavailable("The provider of the access tokens answers what is no answer.")
    return found


def _refusal(why: HTTPError) -> SignInRefused | SignInUnavailable:
    """400 and 401 are about what we sent; anything else may pass."""
    if why.code not in (400, 401):
        return SignInUnavailable(f"The provider of the access tokens answers with {why.code}.")
    try:
        word = str(_read(why.read(MAX_ANSWER_BYTES)).get("error"))
    except (SignInUnavailable, OSError, HTTPException):
        word = ""
    told = _REFUSALS.get(word, "it does not say why in a word we know")
    return SignInRefused(f"The provider gives no access token: {told}.")


@dataclass(frozen=True, slots=True)
class OAuthTokens:
    """`expires` is in seconds since 1970; an access token of "" has never been. Never printed."""

    refresh: str
    access: str = ""
    expires: float = 0.0

    def __repr__(self) -> str:
        return "Tokens()"


@contextmanager
def lock_token_file(file: Path) -> Iterator[None]:
    """Two threads or programs that refresh at once would each spend the other's token.

    Raises OSError.
    """
    lock = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def read_tokens(file: Path) -> OAuthTokens:
    """A file with a bare refresh token is how a person begins; later it is JSON, as we write it.

    Raises SecretMissing, SecretExposed or SecretInvalid.
    """
    raw = read_private_file(file)
    if not raw.lstrip().startswith(b"{"):
        return OAuthTokens(parse_secret_line(raw))
    try:
        found = json.loads(raw)
        return OAuthTokens(str(found["refresh"]), str(found["access"]), float(found["expires"]))
    except (ValueError, KeyError, TypeError) as why:
        raise SecretInvalid from why


def write_tokens(file: Path, tokens: OAuthTokens) -> None:
    """Raises OSError."""
    kept = {"refresh": tokens.refresh, "access": tokens.access, "expires": tokens.expires}
    write_durably(file, json.dumps(kept).encode())


REFRESH_EARLY_SECONDS = 300.0  # seconds before it expires that an access token is refreshed
DEFAULT_LIFETIME = 3600.0  # seconds; how long one lasts when the provider does not say

log = logging.getLogger(__name__)


class TokenProvider(Protocol):
    """What a token endpoint does."""

    def request_tokens(self, form: Mapping[str, str]) -> Mapping[str, Any]: ...


class RefreshedAccount:
    """One account, its token file and its provider."""

    def __init__(
        self,
        user: str,
        token_file: Path,
        provider: TokenProvider,
        client: Mapping[str, str],
        client_secret: SecretFile | None,
        clock: Callable[[], float],
    ) -> None:
        """`client` is what each request says of us: client_id, and scope where there is one.
        `clock` counts seconds since 1970."""
        self._user = user
        self._file = token_file
        self._provider = provider
        self._client = dict(client)
        self._client_secret = client_secret
        self._clock = clock
        self._unsaved: OAuthTokens | None = None

    def login(self) -> Login:
        """Raises SignInRefused or SignInUnavailable."""
        try:
            with lock_token_file(self._file):
                return TokenLogin(self._user, self._fresh().access)
        except OSError as why:
            raise SignInUnavailable(f"The token file {self._file} cannot be locked.") from why

    def forget_rejected_login(self) -> None:
        """The refresh token stays; the access token it gave is not offered again."""
        try:
            with lock_token_file(self._file):
                self._keep(OAuthTokens(self._known().refresh))
        except (OSError, SignInRefused):
            log.warning("An access token that was not taken could not be forgotten.")

    def _fresh(self) -> OAuthTokens:
        tokens = self._known()
        if self._unsaved is not None:
            self._keep(tokens)
        if tokens.access and self._clock() < tokens.expires - REFRESH_EARLY_SECONDS:
            return tokens
        renewed = self._renewed(tokens)
        self._keep(renewed)
        return renewed

    def _known(self) -> OAuthTokens:
        if self._unsaved is not None:
            return self._unsaved
        try:
            return read_tokens(self._file)
        except SECRET_ERRORS as why:
            raise SignInRefused(f"The file {self._file} {why.sentence}.") from why

    def _renewed(self, tokens: OAuthTokens) -> OAuthTokens:
        form = {**self._client, "grant_type": "refresh_token", "refresh_token": tokens.refresh}
        if self._client_secret is not None:
            form["client_secret"] = require_secret(self._client_secret)
        asked = self._clock()
        answer = self._provider.request_tokens(form)
        access = answer.get("access_token")
        if not isinstance(access, str) or not access.isprintable() or not access:
            raise SignInUnavailable("The provider's answer holds no access token.")
        refresh = answer.get("refresh_token") or tokens.refresh
        return OAuthTokens(str(refresh), access, asked + _lasting(answer))

    def _keep(self, tokens: OAuthTokens) -> None:
        try:
            write_tokens(self._file, tokens)
        except OSError:
            self._unsaved = tokens
            log.warning("The token file could not be written; it will be tried again.")
        else:
            self._unsaved = None


def _lasting(answer: Mapping[str, Any]) -> float:
    try:
        return float(answer.get("expires_in", DEFAULT_LIFETIME))
    except (TypeError, ValueError):
        return DEFAULT_LIFETIME
