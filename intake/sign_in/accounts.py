"""From the settings to an account: which way it is signed in to, and what is missing for that.

Does: puts the account together, and looks once, before the service starts, whether its secrets
can be read and its extra is installed.
Trusts: the settings, which were checked.
Never touches: the network.
Known limits: whether the server takes what the account gives is for `doctor` to say.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from config import account as settings
from config.problem import Problem
from config.sentence import sentence_of
from intake.sign_in import application
from intake.sign_in.account import Account
from intake.sign_in.application import ApplicationAccount, client_of
from intake.sign_in.endpoint import Endpoint
from intake.sign_in.password import PasswordAccount
from intake.sign_in.refreshed import RefreshedAccount
from intake.sign_in.secret import NO_SECRET, Secret
from intake.sign_in.tokens import read_tokens

NO_EXTRA = "needs the extra m365, which is not installed: pip install 'scr-intake[m365]'"


@dataclass(frozen=True, slots=True)
class Accounts:
    """Puts accounts together. `credentials` is systemd's folder of them, `clock` counts seconds
    since 1970."""

    credentials: Path | None
    clock: Callable[[], float]

    def of(self, asked: settings.Account) -> Account | None:
        """None for a server that lets this machine in. Raises OSError for a bad `ca_file`."""
        if asked.username is None:
            return None
        if asked.oauth is not None:
            return self._refreshed(asked.username, asked.oauth)
        if asked.m365 is not None:
            return self._application(asked.username, asked.m365)
        assert asked.password_file is not None  # see config/account.py
        return PasswordAccount(asked.username, self._secret(asked.password_file))

    def problems(self, asked: settings.Account, place: str) -> Iterator[Problem]:
        """What stands in the way of signing in, as far as it can be seen from here."""
        for key, secret in self._secrets(asked):
            yield from _unread(f"{place}, {key}", secret.file, secret.read)
        if asked.oauth is not None:
            file = asked.oauth.token_file
            yield from _unread(f"{place}, oauth, token_file", file, lambda: read_tokens(file))
        if asked.m365 is not None and not application.installed():
            yield Problem(f"{place}, m365", NO_EXTRA)
        for key, way in (("oauth", asked.oauth), ("m365", asked.m365)):
            if way is not None and way.ca_file is not None:
                yield from unusable(f"{place}, {key}, ca_file", way.ca_file)

    def _secrets(self, asked: settings.Account) -> Iterator[tuple[str, Secret]]:
        if asked.password_file is not None:
            yield "password_file", self._secret(asked.password_file)
        for key, way in (("oauth", asked.oauth), ("m365", asked.m365)):
            if way is not None and way.client_secret_file is not None:
                yield f"{key}, client_secret_file", self._secret(way.client_secret_file)

    def _secret(self, file: Path) -> Secret:
        return Secret(file, self.credentials)

    def _refreshed(self, user: str, way: settings.OAuth) -> Account:
        client = {"client_id": way.client_id} | ({"scope": way.scope} if way.scope else {})
        return RefreshedAccount(
            user,
            way.token_file,
            Endpoint(way.endpoint, way.ca_file),
            client,
            self._secret(way.client_secret_file) if way.client_secret_file else None,
            self.clock,
        )

    def _application(self, user: str, way: settings.Microsoft365) -> Account:
        authority = f"{way.authority.rstrip('/')}/{way.tenant}"
        build = client_of(authority, way.client_id, way.ca_file)
        return ApplicationAccount(user, self._secret(way.client_secret_file), build)


def _unread(place: str, file: Path, read: Callable[[], object]) -> Iterator[Problem]:
    try:
        read()
    except NO_SECRET as why:
        yield Problem(place, f"{file} {sentence_of(why)}")


def unusable(place: str, ca_file: Path) -> Iterator[Problem]:
    """Why a file of certificates cannot be used."""
    try:
        ssl.create_default_context(cafile=ca_file)
    except OSError:
        yield Problem(place, f"{ca_file} cannot be read as certificates")
