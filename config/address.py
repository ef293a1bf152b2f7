"""An e-mail address as the register and the settings write it: one strict addr-spec.

Does: accepts `local@domain` of plain characters and nothing else, domain in lower case.
Trusts: nothing.
Never touches: DNS.
Known limits: quoted local parts, comments and internationalised local parts are refused; no
agency's mail system uses them, and attackers do (failure modes 42 and 43).
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

_STRICT = re.compile(
    r"(?=.{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)


def address_of(text: str) -> str | None:
    """The address with its domain in lower case, or None when it is not exactly one."""
    if len(text) > 254 or not _STRICT.fullmatch(text):
        return None
    local, _, domain = text.rpartition("@")
    return f"{local}@{domain.lower()}"


def _checked(text: str) -> str:
    address = address_of(text)
    if address is None:
        raise ValueError("should be one e-mail address, such as name@agency.example")
    return address


Address = Annotated[str, AfterValidator(_checked)]
