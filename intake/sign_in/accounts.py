"""From the settings to an account: by password, OAuth 2 or as an application of Microsoft 365."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from config import mailbox_settings as settings
from config.user_file import Problem
from intake.sign_in.account import (
    SECRET_ERRORS,
    Login,
    PasswordAccount,
    SecretFile,
    SignInAccount,
    SignInRefused,
    SignInUnavailable,
    TokenLogin,
    require_secret,
)
from intake.sign_in.oauth import REQUEST_TIMEOUT, RefreshedAccount, TokenEndpoint, read_tokens

DEFAULT_SCOPE = (
    "https://outlook.office365.com/.default"  # whatever the application was granted, both ways
)


class TokenClient(Protocol):
    """What we use of msal's ConfidentialClientApplication."""

    def acquire_token_for_client(self, scopes: Sequence[str]) -> dict[str, Any] | None: ...


ClientBuilder = Callable[[str], TokenClient]  # given the client secret


def is_msal_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("msal") is not None


def client_builder(authority: str, client_id: str, ca_file: Path | None) -> ClientBuilder:
    """Builds msal's client, when it is asked to."""

    def build(secret: str) -> TokenClient:
        import msal
        import requests

        session = requests.Session()
        # Said for each request: said for the session, the environment would have the last word.
        verify = str(ca_file) if ca_file else True
        asking = partial(session.request, verify=verify, timeout=REQUEST_TIMEOUT)
        session.request = asking  # type: ignore[method-assign]  # as msal itself does
        client: TokenClient = msal.ConfidentialClientApplication(
            client_id,
            client_credential=secret,
            authority=authority,
            instance_discovery=False,  # the settings say whom to ask: nobody else is asked first
            http_client=session,
        )
        return client

    return build


class ApplicationAccount:
    """One mailbox, and the application that may enter it."""

    def __init__(self, user: str, secret: SecretFile, build: ClientBuilder) -> None:
        self._user = user
        self._secret = secret
        self._build = build
        self._client: TokenClient | None = None
        self._one_at_a_time = threading.Lock()

    def login(self) -> Login:
        """Raises SignInRefused or SignInUnavailable."""
        secret = require_secret(self._secret)
        with self._one_at_a_time:
            answer = self._asked(secret)
            token = answer.get("access_token")
            if not isinstance(token, str):
                self._client = None  # it would repeat the refusal, also after a new secret
                raise _refusal(answer)
        return TokenLogin(self._user, token)

    def forget_rejected_login(self) -> None:
        """The client is built anew, and has no token then."""
        with self._one_at_a_time:
            self._client = None

    def _asked(self, secret: str) -> dict[str, Any]:
        try:
            if self._client is None:
                self._client = self._build(secret)
            return self._client.acquire_token_for_client([DEFAULT_SCOPE]) or {}
        except Exception as why:  # msal lets through its own errors, requests' and ValueErrors
            self._client = None
            raise SignInUnavailable(
                "Microsoft's sign-in service does not answer as it should."
            ) from why


def _refusal(answer: dict[str, Any]) -> SignInRefused | SignInUnavailable:
    if answer.get("error") in ("temporarily_unavailable", "server_error"):
        return SignInUnavailable("Microsoft's sign-in service asks to come back later.")
    return SignInRefused(
        "Microsoft gives no access token: the tenant, the client id, its secret or what the"
        " application was granted is not right."
    )


MISSING_EXTRA = "needs the extra m365, which is not installed: pip install 'scr-intake[m365]'"


@dataclass(frozen=True, slots=True)
class AccountFactory:
    """Puts accounts together. `credentials` is systemd's folder of them, `clock` counts seconds
    since 1970."""

    credentials: Path | None
    clock: Callable[[], float]

    def build_account(self, asked: settings.AccountSettings) -> SignInAccount | None:
        """None for a server that lets this machine in. Raises OSError for a bad `ca_file`."""
        if asked.username is None:
            return None
        if asked.oauth is not None:
            return self._refreshed(asked.username, asked.oauth)
        if asked.m365 is not None:
            return self._application(asked.username, asked.m365)
        assert asked.password_file is not None  # see config/mailbox_settings.py
        return PasswordAccount(asked.username, self._secret(asked.password_file))

    def account_problems(self, asked: settings.AccountSettings, place: str) -> Iterator[Problem]:
        """What stands in the way of signing in, as far as it can be seen from here."""
        for key, secret in self._secrets(asked):
            yield from _unread(f"{place}, {key}", secret.file, secret.read_secret)
        if asked.oauth is not None:
            file = asked.oauth.token_file
            yield from _unread(f"{place}, oauth, token_file", file, lambda: read_tokens(file))
        if asked.m365 is not None and not is_msal_installed():
            yield Problem(f"{place}, m365", MISSING_EXTRA)
        for key, way in (("oauth", asked.oauth), ("m365", asked.m365)):
            if way is not None and way.ca_file is not None:
                yield from ca_file_problems(f"{place}, {key}, ca_file", way.ca_file)

    def _secrets(self, asked: settings.AccountSettings) -> Iterator[tuple[str, SecretFile]]:
        if asked.password_file is not None:
            yield "password_file", self._secret(asked.password_file)
        for key, way in (("oauth", asked.oauth), ("m365", asked.m365)):
            if way is not None and way.client_secret_file is not None:
                yield f"{key}, client_secret_file", self._secret(way.client_secret_file)

    def _secret(self, file: Path) -> SecretFile:
        return SecretFile(file, self.credentials)

    def _refreshed(self, user: str, way: settings.OAuth) -> SignInAccount:
        client = {"client_id": way.client_id} | ({"scope": way.scope} if way.scope else {})
        return RefreshedAccount(
            user,
            way.token_file,
            TokenEndpoint(way.endpoint, way.ca_file),
            client,
            self._secret(way.client_secret_file) if way.client_secret_file else None,
            self.clock,
        )

    def _application(self, user: str, way: settings.Microsoft365) -> SignInAccount:
        authority = f"{way.authority.rstrip('/')}/{way.tenant}"
        build = client_builder(authority, way.client_id, way.ca_file)
        return ApplicationAccount(user, self._secret(way.client_secret_file), build)


def _unread(place: str, file: Path, read: Callable[[], object]) -> Iterator[Problem]:
    try:
        read()
    except SECRET_ERRORS as why:
        yield Problem(place, f"{file} {why.sentence}")


def ca_file_problems(place: str, ca_file: Path) -> Iterator[Problem]:
    """Why a file of certificates cannot be used."""
    try:
        ssl.create_default_context(cafile=ca_file)
    except OSError:
        yield Problem(place, f"{ca_file} cannot be read as certificates")
