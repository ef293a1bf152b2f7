"""An e-mail address as the register and the settings write it: one strict addr-spec.

Quoted local parts and comments are refused: no agency's mail system uses them, and attackers do
(failure modes 42 and 43).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from config.international_address import MAX_ADDRESS_LENGTH, domain_to_ascii, normalise_local_part


def parse_email_address(text: str) -> str | None:
    """The address with its domain in lower case, or None when it is not exactly one."""
    local, _, domain = text.rpartition("@") if len(text) <= MAX_ADDRESS_LENGTH else ("", "", "")
    local, domain = normalise_local_part(local), domain_to_ascii(domain)
    last = domain.rpartition(".")[2]
    if not local or len(last) < 2 or not last[0].isalpha():
        return None
    return f"{local}@{domain}"


def _checked(text: str) -> str:
    address = parse_email_address(text)
    if address is None:
        raise ValueError("should be one e-mail address, such as name@agency.example")
    return address


EmailAddress = Annotated[str, AfterValidator(_checked)]
