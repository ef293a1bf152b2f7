"""An OAuth 2 account that lives by its refresh token.

Does: gives an access token, refreshed before it expires, and keeps in the token file whatever the
provider returns, above all a new refresh token (failure mode 15).
Trusts: the provider.
Never touches: the first sign-in, which a person does in a browser with the provider's own tool.
Known limits: a refresh token that cannot be saved, on a full disk, is held until it can be, and
lost when the service stops before.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from config.sentence import sentence_of
from intake.sign_in.account import ByToken, Login, SignInAway, SignInRefused
from intake.sign_in.password import held
from intake.sign_in.secret import NO_SECRET, Secret
from intake.sign_in.tokens import Tokens, only_one, read_tokens, write_tokens

EARLY = 300.0  # seconds before it expires that an access token is refreshed
ASSUMED = 3600.0  # seconds; how long one lasts when the provider does not say

log = logging.getLogger(__name__)


class Provider(Protocol):
    """What a token endpoint does."""

    def ask(self, form: Mapping[str, str]) -> Mapping[str, Any]: ...


class RefreshedAccount:
    """One account, its token file and its provider."""

    def __init__(
        self,
        user: str,
        token_file: Path,
        provider: Provider,
        client: Mapping[str, str],
        client_secret: Secret | None,
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
        self._unsaved: Tokens | None = None

    def login(self) -> Login:
        """Raises SignInRefused or SignInAway."""
        try:
            with only_one(self._file):
                return ByToken(self._user, self._fresh().access)
        except OSError as why:
            raise SignInAway(f"The token file {self._file} cannot be locked.") from why

    def turned_away(self) -> None:
        """The refresh token stays; the access token it gave is not offered again."""
        try:
            with only_one(self._file):
                self._keep(Tokens(self._known().refresh))
        except (OSError, SignInRefused):
            log.warning("An access token that was not taken could not be forgotten.")

    def _fresh(self) -> Tokens:
        tokens = self._known()
        if self._unsaved is not None:
            self._keep(tokens)
        if tokens.access and self._clock() < tokens.expires - EARLY:
            return tokens
        renewed = self._renewed(tokens)
        self._keep(renewed)
        return renewed

    def _known(self) -> Tokens:
        if self._unsaved is not None:
            return self._unsaved
        try:
            return read_tokens(self._file)
        except NO_SECRET as why:
            raise SignInRefused(f"The file {self._file} {sentence_of(why)}.") from why

    def _renewed(self, tokens: Tokens) -> Tokens:
        form = {**self._client, "grant_type": "refresh_token", "refresh_token": tokens.refresh}
        if self._client_secret is not None:
            form["client_secret"] = held(self._client_secret)
        asked = self._clock()
        answer = self._provider.ask(form)
        access = answer.get("access_token")
        if not isinstance(access, str) or not access.isprintable() or not access:
            raise SignInAway("The provider's answer holds no access token.")
        refresh = answer.get("refresh_token") or tokens.refresh
        return Tokens(str(refresh), access, asked + _lasting(answer))

    def _keep(self, tokens: Tokens) -> None:
        try:
            write_tokens(self._file, tokens)
        except OSError:
            self._unsaved = tokens
            log.warning("The token file could not be written; it will be tried again.")
        else:
            self._unsaved = None


def _lasting(answer: Mapping[str, Any]) -> float:
    try:
        return float(answer.get("expires_in", ASSUMED))
    except (TypeError, ValueError):
        return ASSUMED
