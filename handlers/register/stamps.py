"""Stamps of issued templates, made and known again.

Does: writes a stamp's text, keyed, and reads it back.
Trusts: the key; a stamp made without it is none. The text has no secret in it: the reference, the
agency's code and the kind of return, and a seal over the three.
Never touches: documents. `handlers/word` reads properties, `outbox/template.py` writes one.
Known limits: whoever has an issued template can move its stamp into another document; a stamp
chooses among a sender's own cases, and opens none.
"""

from __future__ import annotations

import hmac
from urllib.parse import quote, unquote

from handlers.document.stamp import Stamp, in_form
from intake.keys import Keys


class Stamps:
    """Makes stamps and knows them again."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def text(self, stamp: Stamp) -> str:
        said = "/".join(quote(part, safe="") for part in (stamp.reference, stamp.code, stamp.kind))
        return f"{said}/{self._seal(said)}"

    def read(self, text: str | None) -> Stamp | None:
        """The stamp that the text is; None for anything that we did not make."""
        if not text or not in_form(text):
            return None
        said, _, seal = text.rpartition("/")
        if not hmac.compare_digest(seal, self._seal(said)):
            return None
        reference, code, kind = map(unquote, said.split("/"))
        return Stamp(reference, code, kind)

    def _seal(self, said: str) -> str:
        return self._keys.mark("stamp", said.encode())[:32]
