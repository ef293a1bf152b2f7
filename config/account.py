"""How an account on a mail server is signed in to: by password, OAuth 2 or Microsoft 365.

Does: names the keys that a mailbox and the outbox share, and sees that one way is given, not two.
Trusts: nothing in the file; secrets are never in it, only the names of files that hold them.
Never touches: those files; whether they are there is found out when the house is opened.
Known limits: a Microsoft 365 application proves itself by a secret, not yet by a certificate.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo

from config.part import Beside, OneLine, Part


def _https(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username is not None:
        raise ValueError("should be an address that begins with https://")
    return url


Https = Annotated[OneLine, AfterValidator(_https)]


class OAuth(Part):
    """A refresh token, exchanged for access tokens at the provider's token endpoint."""

    endpoint: Https
    client_id: OneLine
    client_secret_file: Beside | None = None
    token_file: Beside
    scope: OneLine | None = None
    ca_file: Beside | None = None


class Microsoft365(Part):
    """An application registered in the board's tenant (client credentials)."""

    tenant: OneLine
    client_id: OneLine
    client_secret_file: Beside
    authority: Https = "https://login.microsoftonline.com"
    ca_file: Beside | None = None


def _one_way(password_file: object, info: ValidationInfo) -> object:
    """A key that is wrong in itself was told already, and was meant to be there."""
    username, *others = (info.data.get(key, "meant") for key in ("username", "oauth", "m365"))
    given = sum(way is not None for way in (password_file, *others))
    if given > 1:
        raise ValueError("an account is signed in to one way: password_file, oauth or m365")
    if username and not given:
        raise ValueError("is missing: a username needs its password_file, oauth or m365")
    if given and not username:
        raise ValueError("is there without the username that it is for")
    return password_file


class Account(Part):
    """Keys of a mailbox or outbox. Without a username the server lets this machine in."""

    username: OneLine | None = None
    oauth: OAuth | None = None
    m365: Microsoft365 | None = None
    password_file: Annotated[Beside | None, AfterValidator(_one_way)] = Field(
        None, validate_default=True
    )
