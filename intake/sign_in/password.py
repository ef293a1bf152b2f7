"""A password account.

Does: reads the password anew for each connection, so that changing it needs no restart.
Trusts: nothing else.
Never touches: the password, except to hand it over.
Known limits: none.
"""

from __future__ import annotations

from dataclasses import dataclass

from config.sentence import sentence_of
from intake.sign_in.account import ByPassword, Login, SignInRefused
from intake.sign_in.secret import NO_SECRET, Secret


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
