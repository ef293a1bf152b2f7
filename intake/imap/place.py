"""A place: what a message is known by, for ever (failure mode 6).

Does: writes (account and folder, UIDVALIDITY, UID) as one word, and reads it back.
Trusts: nothing that it reads.
Never touches: names: account and folder are a keyed hash.
Known limits: the same folder under another account name is another folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_WRITTEN = re.compile(r"([0-9a-f]{32})\.([0-9]{1,10})\.([0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class Place:
    """`folder` is the mark that `mark_of` gives it."""

    folder: str
    validity: int
    uid: int

    def __str__(self) -> str:
        return f"{self.folder}.{self.validity}.{self.uid}"


def mark_of(account: str, folder: str, mark: Callable[[bytes], str]) -> str:
    """`account` names host and user; `mark` makes keyed hashes."""
    return mark(f"imap\0{account}\0{folder}".encode())[:32]


def read_place(text: str) -> Place | None:
    """None for what is not written as one."""
    found = _WRITTEN.fullmatch(text)
    return Place(found[1], int(found[2]), int(found[3])) if found else None
