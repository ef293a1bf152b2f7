"""A Microsoft 365 account, entered by an application that the board's tenant allows in.

Does: gets access tokens by client credentials through msal, which keeps them until they expire.
Trusts: msal and the authority.
Never touches: a person's password. msal is loaded, and asked for, only when a token is needed: its
constructor already talks to the network.
Known limits: needs the extra `m365`, which the house looks for before it opens.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from intake.sign_in.account import ByToken, Login, SignInAway, SignInRefused
from intake.sign_in.password import held
from intake.sign_in.secret import Secret

SCOPE = "https://outlook.office365.com/.default"  # whatever the application was granted, both ways
PATIENCE = 30  # seconds


class Client(Protocol):
    """What we use of msal's ConfidentialClientApplication."""

    def acquire_token_for_client(self, scopes: Sequence[str]) -> dict[str, Any] | None: ...


Build = Callable[[str], Client]  # given the client secret


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("msal") is not None


def client_of(authority: str, client_id: str, ca_file: Path | None) -> Build:
    """Builds msal's client, when it is asked to."""

    def build(secret: str) -> Client:
        import msal
        import requests

        session = requests.Session()
        # Said for each request: said for the session, the environment would have the last word.
        verify = str(ca_file) if ca_file else True
        asking = partial(session.request, verify=verify, timeout=PATIENCE)
        session.request = asking  # type: ignore[method-assign]  # as msal itself does
        client: Client = msal.ConfidentialClientApplication(
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

    def __init__(self, user: str, secret: Secret, build: Build) -> None:
        self._user = user
        self._secret = secret
        self._build = build
        self._client: Client | None = None
        self._one_at_a_time = threading.Lock()

    def login(self) -> Login:
        """Raises SignInRefused or SignInAway."""
        secret = held(self._secret)
        with self._one_at_a_time:
            answer = self._asked(secret)
            token = answer.get("access_token")
            if not isinstance(token, str):
                self._client = None  # it would repeat the refusal, also after a new secret
                raise _refusal(answer)
        return ByToken(self._user, token)

    def turned_away(self) -> None:
        """The client is built anew, and has no token then."""
        with self._one_at_a_time:
            self._client = None

    def _asked(self, secret: str) -> dict[str, Any]:
        try:
            if self._client is None:
                self._client = self._build(secret)
            return self._client.acquire_token_for_client([SCOPE]) or {}
        except Exception as why:  # msal lets through its own errors, requests' and ValueErrors
            self._client = None
            raise SignInAway("Microsoft's sign-in service does not answer as it should.") from why


def _refusal(answer: dict[str, Any]) -> SignInRefused | SignInAway:
    if answer.get("error") in ("temporarily_unavailable", "server_error"):
        return SignInAway("Microsoft's sign-in service asks to come back later.")
    return SignInRefused(
        "Microsoft gives no access token: the tenant, the client id, its secret or what the"
        " application was granted is not right."
    )
