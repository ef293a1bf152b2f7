"""Tells from the topmost Received headers whether a mail came from a relay of ours, and when
(RFC 5321, 4.4).

A header below the topmost counts only where the one above says that it came from a server of ours.
A name that our server did not look up itself proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from intake.headers import header_block
from intake.headers.header_block import DEFAULT_LIMITS

_MOST = 4  # hops inside our own network
_LONGEST = 1_000  # characters of one header
_HOST = r"[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?"
# What servers say of the connection, in a comment of its own: "(using TLSv1.3 with cipher x)".
_SECURED = r"\((?:using|version|authenticated|no client)\b[^()\[\]]*(?:\([^()\[\]]*\)[^()\[\]]*)*\)"
_WHOLE = re.compile(
    rf"\s*(?:from\s+([^\s()\[\]]{{1,255}})(?:\s+\(([^()]{{0,300}})\))?(?:\s*{_SECURED})*\s+)?"
    rf"by\s+({_HOST})(?=[\s;(]|$)(.*)",
    re.I | re.S,
)
_COMMENT = re.compile(r"\([^()]*\)")
_LOCAL = re.compile(r"\s*with\s+(?:LMTP[SA]{0,2}|local)\b", re.I)
_SAID_TWICE = re.compile(r"(?:^|\s)(?:from|by)\s|[()\[\]]", re.I)
_LOOKED_UP = re.compile(
    rf"\s*(?:[^\s@\[\]]{{1,100}}@)?({_HOST}\.[a-z0-9-]{{2,63}})\.?(?=[\s\[]|$)", re.I
)


@dataclass(frozen=True, slots=True)
class ReceivedHop:
    """One Received: `by` whom, and from whom by the name that the server itself looked up; "" for
    no such name. `made` says that it came from nowhere: that server wrote the mail. `inside` that
    it was only put into its mailbox."""

    by: str
    looked_up: str
    made: bool
    inside: bool


def is_from_our_relay(raw: bytes, relays: Collection[str], server: str = "") -> bool:
    """Whether one of our relays wrote this mail, or handed it to our receiving server. Our server
    is the one that calls itself `server`, or a name below that; without a name any is believed.

    A relay that names in its own Received field from whom it had the mail only passed it on.
    """
    ours = {name.casefold() for name in relays}
    found = [hop for hop in _hops(raw) if hop is None or not hop.inside]
    if server and found and found[0] is not None and not _took_it(found[0].by, ours, server):
        return False  # whoever sent it wrote all of them
    for n, hop in enumerate(found):
        if hop is None:
            return False
        if hop.made:
            return hop.by in ours
        if hop.looked_up not in ours:
            return False
        if n + 1 == len(found):
            return True
        below = found[n + 1]
        if below is None:  # who knows whom the relay had it from
            return False
        if below.by not in ours:
            return True
    return False


def received_at(raw: bytes) -> datetime | None:
    """When the server that put it into its mailbox had it, by the topmost Received header; None
    where that says no time. Unlike the time of a file, it is the same in every copy."""
    block_and_body = header_block.split_header_block(raw, DEFAULT_LIMITS.header_bytes)
    values = (
        header_block.parse_headers(block_and_body[0]).values_of("received")
        if block_and_body
        else ()
    )
    for value in values[:1]:
        try:
            at = parsedate_to_datetime(value[-_LONGEST:].rpartition(";")[2].strip())
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    return None


def _took_it(by: str, ours: Collection[str], server: str) -> bool:
    name = server.casefold()
    return by in ours or by == name or by.endswith(f".{name}")


def _hops(raw: bytes) -> list[ReceivedHop | None]:
    """The topmost, None for one that cannot be read."""
    block_and_body = header_block.split_header_block(raw, DEFAULT_LIMITS.header_bytes)
    if block_and_body is None:
        return []
    return [
        _hop(value)
        for value in header_block.parse_headers(block_and_body[0]).values_of("received")[:_MOST]
    ]


def _hop(value: str) -> ReceivedHop | None:
    """One hop, or None for a field that can be read in two ways: the sending side chooses its own
    greeting, and may put a bracket, a parenthesis or a second "by" into it."""
    if len(value) > _LONGEST or '"' in value or "\\" in value:
        return None
    read = _WHOLE.match(value)
    if read is None:
        return None
    greeting, comment, by, rest = read.groups()
    rest = _without_comments(rest)
    if _SAID_TWICE.search(rest) or (comment or "").count("[") > 1:
        return None
    return ReceivedHop(
        by=by.casefold(),
        looked_up=_looked_up(greeting, comment or "") if greeting else "",
        made=greeting is None,
        inside=_LOCAL.match(rest) is not None,
    )


def _looked_up(greeting: str, comment: str) -> str:
    """The name of the other side that our server found by its address. Exim, which says how it was
    greeted in the comment, puts it first."""
    found = _LOOKED_UP.match(greeting if "helo=" in comment else comment)
    return found[1].casefold() if found else ""


def _without_comments(rest: str) -> str:
    """A comment that has a bracket stays: there the other side's address stands, and it stood
    already."""
    for _ in range(3):
        rest = _COMMENT.sub(lambda found: found[0] if "[" in found[0] else " ", rest)
    return rest
