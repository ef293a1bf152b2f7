"""A token endpoint: where a refresh token is exchanged for an access token (RFC 6749, 6).

Does: asks, over verified TLS, and reads the answer.
Trusts: the server its certificate names. Its words are never repeated: they may name the account.
Never touches: files.
Known limits: redirections are not followed, since the request carries the secrets.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, HTTPSHandler, OpenerDirector, Request, build_opener

from intake.sign_in.account import SignInAway, SignInRefused

PATIENCE = 30  # seconds
LONGEST = 65_536  # bytes of an answer

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


class Endpoint:
    """One provider's token endpoint."""

    def __init__(self, url: str, ca_file: Path | None = None) -> None:
        """Raises OSError for a `ca_file` that cannot be used."""
        self._url = url
        self._opener = _opener(ca_file)

    def ask(self, form: Mapping[str, str]) -> Mapping[str, Any]:
        """The provider's answer. Raises SignInRefused or SignInAway."""
        request = Request(  # noqa: S310  https, as the settings were checked for
            self._url,
            urlencode(form).encode(),
            {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"},
        )
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return _read(answer.read(LONGEST))
        except HTTPError as why:
            with why:
                raise _refusal(why) from None
        except (OSError, HTTPException) as why:
            raise SignInAway("The provider of the access tokens does not answer.") from why


def _opener(ca_file: Path | None) -> OpenerDirector:
    context = ssl.create_default_context(cafile=ca_file)
    return build_opener(HTTPSHandler(context=context), _NoRedirection())


def _read(raw: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise SignInAway("The provider of the access tokens answers what is no answer.")
    return found


def _refusal(why: HTTPError) -> SignInRefused | SignInAway:
    """400 and 401 are about what we sent; anything else may pass."""
    if why.code not in (400, 401):
        return SignInAway(f"The provider of the access tokens answers with {why.code}.")
    try:
        word = str(_read(why.read(LONGEST)).get("error"))
    except (SignInAway, OSError, HTTPException):
        word = ""
    told = _REFUSALS.get(word, "it does not say why in a word we know")
    return SignInRefused(f"The provider gives no access token: {told}.")
