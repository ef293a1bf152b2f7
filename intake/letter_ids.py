"""Makes the Message-IDs of our letters, and reads one back when a reply or a report names it.

Nobody without the key can make an id that counts (failure modes 47 and 71), but an id proves no
sender: whoever saw the letter knows it. The domain is not part of the proof.
"""

from __future__ import annotations

import hmac
import re

from intake.keys import Keys

_NOBODY = 0  # a letter to the board's own officers is no agency's
_ID = re.compile(r"<scr\.(\d{1,15})\.([0-9a-f]{24})\.([0-9a-f]{24})@[^<>@\s]+>")


def is_like_ours(message_id: str) -> bool:
    """Whether it is made as ours are, which anybody can do."""
    return _ID.fullmatch(message_id) is not None


class LetterMessageIds:
    """Makes and recognises our Message-IDs."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def make_message_id(self, key: str, agency_id: int | None, domain: str) -> str:
        """The one id of the letter with this key, about this agency's place in its case."""
        letter = self._keys.keyed_hash("message-id", key.encode())[:24]
        about = f"{agency_id or _NOBODY}.{letter}"
        return f"<scr.{about}.{self._seal(about)}@{domain}>"

    def is_our_message_id(self, message_id: str) -> bool:
        """Whether a Message-ID is one that we made."""
        return self._about(message_id) is not None

    def agency_of_letter(self, message_id: str) -> int | None:
        """The id of the agency the letter was to; None when it was to none, or is not ours."""
        return self._about(message_id) or None

    def _about(self, message_id: str) -> int | None:
        found = _ID.fullmatch(message_id)
        if found is None:
            return None
        agency, letter, seal = found.groups()
        made = hmac.compare_digest(seal, self._seal(f"{agency}.{letter}"))
        return int(agency) if made else None

    def _seal(self, about: str) -> str:
        return self._keys.keyed_hash("thread", about.encode())[:24]
