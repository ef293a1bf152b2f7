"""Settings of the virus scanner: where clamd listens, and what is borne of it."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Annotated

from pydantic import AfterValidator, Field

from config.user_file import OneLineText, StrictModel

_PORT = re.compile(r"\[?(?P<host>[^\[\]/]+)\]?:(?P<port>\d{1,5})")
LONGEST_SOCKET_PATH = 107  # bytes that the system has for one


def _clamd_address(text: str) -> str:
    """Raises ValueError for what is neither a socket of this machine nor a port of it: what comes
    in would travel there as it is."""
    if text.startswith("/"):
        if len(text.encode()) > LONGEST_SOCKET_PATH:
            raise ValueError(f"should be a path of {LONGEST_SOCKET_PATH} bytes at most")
        return text
    found = _PORT.fullmatch(text)
    if found is None or not 1 <= int(found["port"]) <= 65_535:
        raise ValueError(
            "should be the full path of a socket, such as /run/clamav/clamd.ctl, or an address and"
            " a port of this machine, such as 127.0.0.1:3310"
        )
    try:
        loopback = ip_address(found["host"]).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise ValueError("should be on this machine (127.0.0.1), since nothing is encrypted there")
    return text


class ScannerSettings(StrictModel):
    """Without this table nothing is looked through for viruses."""

    clamd: Annotated[OneLineText, AfterValidator(_clamd_address)]
    signatures_at_most_days: int = Field(7, strict=True, ge=1, le=90)
    largest_mb: int = Field(24, strict=True, ge=1, le=2_000)
    scan_seconds: int = Field(60, strict=True, ge=5, le=120)
    answer_seconds: int = Field(5, strict=True, ge=1, le=60)

    @property
    def largest_bytes(self) -> int:
        return self.largest_mb << 20

    @property
    def address(self) -> str | tuple[str, int]:
        """As a socket takes it: a path, or a host and a port."""
        found = None if self.clamd.startswith("/") else _PORT.fullmatch(self.clamd)
        return (found["host"], int(found["port"])) if found else self.clamd
