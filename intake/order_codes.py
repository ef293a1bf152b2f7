"""Makes the codes by which a mail is known to come of a link of ours, and knows them again.

A code has 80 bits and stands for what its stamp says: which ask of which digest. Nobody without the
key can make one, but whoever has seen the digest knows it: it proves no sender.
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Iterator

from intake.keys import Keys

_HEX_DIGITS = 20  # 80 bits
_CODE = re.compile(r"[A-Za-z2-7]{16}")
_AROUND = " \t.,;:!?()[]<>\"'*_"


class OrderCodes:
    """Makes the code of each ask of a digest, and says whether a code is one that we made."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def make_code(self, stamp: str) -> str:
        """The code of what the stamp says."""
        digits = self._keys.keyed_hash("order", stamp.encode())[:_HEX_DIGITS]
        return base64.b32encode(bytes.fromhex(digits)).decode().lower()

    def is_code_of(self, code: str, stamp: str) -> bool:
        """Whether it is, in whatever letter case."""
        return hmac.compare_digest(code.lower().encode(), self.make_code(stamp).encode())


def codes_in_subject(subject: str) -> Iterator[str]:
    """The words of a subject that may be a code, the last first."""
    for word in reversed(subject.split()):
        if _CODE.fullmatch(bare := word.strip(_AROUND)):
            yield bare
