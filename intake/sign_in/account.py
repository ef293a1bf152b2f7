"""An account: what a connection is given to sign in with, fresh each time.

Does: names the two things a mail server takes, a password and an access token, and the contract
that every way of getting one keeps.
Trusts: nothing.
Never touches: connections; whoever owns one signs in on it.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


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
