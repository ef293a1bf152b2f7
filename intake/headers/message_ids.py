"""Reads Message-ID, In-Reply-To and References into ids that are safe to store and to write again.

A long or strange id in a header of ours would be encoded or folded into another (failure mode 78),
so it counts as none. An id without "@" is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from intake.headers.header_block import Headers

MAX_ID_LENGTH = 250

_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}(?:@[A-Za-z0-9._:\[\]-]{1,200})?>")
_READ = 20_000  # characters of References; each id takes some 80


def strict_message_id(text: str) -> str:
    """The id with its angle brackets; "" when `text` is anything but one."""
    text = text.strip()
    return text if len(text) <= MAX_ID_LENGTH and _ID.fullmatch(text) else ""


def find_message_ids(text: str) -> list[str]:
    """Every strict id in a text, in its order."""
    return [match[0] for match in _ID.finditer(text) if len(match[0]) <= MAX_ID_LENGTH]


def parse_message_id(headers: Headers) -> str:
    """The one id of the one Message-ID header, or ""."""
    values = headers.values_of("message-id")
    return strict_message_id(values[0]) if len(values) == 1 else ""


def answered_message_ids(headers: Headers, most: int) -> tuple[str, ...]:
    """What it answers: ids of In-Reply-To, then of References, the latest first, each once."""
    return _first(most, (*_latest(headers, "in-reply-to"), *_latest(headers, "references")))


def _latest(headers: Headers, name: str) -> list[str]:
    return find_message_ids(headers.first_value(name)[-_READ:])[::-1]


def _first(most: int, ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))[:most]
