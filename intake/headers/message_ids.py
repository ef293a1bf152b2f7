"""Message-IDs, strictly.

Does: reads Message-ID, In-Reply-To and References into ids that are safe to store, to compare and
to write into a header of ours.
Trusts: nothing. A long or strange id in a header of ours would be encoded or folded into another
(failure mode 78), so it counts as none.
Never touches: anything but the values it is given.
Known limits: some programs leave out the "@"; such an id is one. Ids with quoted parts or white
space, which RFC 5322 calls obsolete, are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from intake.headers.header_block import Headers

LONGEST = 250

_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}(?:@[A-Za-z0-9._:\[\]-]{1,200})?>")
_READ = 20_000  # characters of References; each id takes some 80


def strict(text: str) -> str:
    """The id with its angle brackets; "" when `text` is anything but one."""
    text = text.strip()
    return text if len(text) <= LONGEST and _ID.fullmatch(text) else ""


def found_in(text: str) -> list[str]:
    """Every strict id in a text, in its order."""
    return [match[0] for match in _ID.finditer(text) if len(match[0]) <= LONGEST]


def message_id(headers: Headers) -> str:
    """The one id of the one Message-ID header, or ""."""
    values = headers.all("message-id")
    return strict(values[0]) if len(values) == 1 else ""


def answered(headers: Headers, most: int) -> tuple[str, ...]:
    """What it answers: ids of In-Reply-To, then of References, the latest first, each once."""
    return _first(most, (*_latest(headers, "in-reply-to"), *_latest(headers, "references")))


def _latest(headers: Headers, name: str) -> list[str]:
    return found_in(headers.first(name)[-_READ:])[::-1]


def _first(most: int, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))[:most]
