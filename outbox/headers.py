"""How the headers of our letters are read: each once.

Does: gives the policy under which letters are made and read back. The email package works a
header out anew whenever somebody looks at it; here it does so once for the same words.
Trusts: the writer: nobody changes a header once it is read.
Never touches: letters.
Known limits: the headers that were read last are kept, for all letters together.
"""

from __future__ import annotations

from email.headerregistry import BaseHeader, HeaderRegistry
from email.policy import SMTP
from functools import lru_cache

MOST_KEPT = 512  # headers; a letter has fewer than thirty


class _ReadOnce(HeaderRegistry):
    """Keeps what a header's words came to."""

    def __init__(self) -> None:
        super().__init__()
        self._read = lru_cache(maxsize=MOST_KEPT)(super().__call__)

    def __call__(self, name: str, value: str) -> BaseHeader:
        if type(value) is not str:  # an address that the writer put in
            return super().__call__(name, value)
        return self._read(name, value)


LETTERS = SMTP.clone(header_factory=_ReadOnce())
