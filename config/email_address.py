"""An e-mail address as the register and the settings write it: one strict addr-spec.

Does: accepts `local@domain` of plain characters, or letters of one alphabet, and nothing else;
keeps the domain in lower case, as it travels.
Trusts: nothing.
Never touches: DNS.
Known limits: quoted local parts and comments are refused; no agency's mail system uses them, and
attackers do (failure modes 42 and 43).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from config.international_address import LONGEST, a_label, local_part


def address_of(text: str) -> str | None:
    """The address with its domain in lower case, or None when it is not exactly one."""
    local, _, domain = text.rpartition("@") if len(text) <= LONGEST else ("", "", "")
    local, domain = local_part(local), a_label(domain)
    last = domain.rpartition(".")[2]
    if not local or len(last) < 2 or not last[0].isalpha():
        return None
    return f"{local}@{domain}"


def _checked(text: str) -> str:
    address = address_of(text)
    if address is None:
        raise ValueError("should be one e-mail address, such as name@agency.example")
    return address


Address = Annotated[str, AfterValidator(_checked)]
