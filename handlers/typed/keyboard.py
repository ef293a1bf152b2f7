"""Text as a plain keyboard types it, whatever a word processor made of it.

Does: gives compatible letters and figures for ornate ones, a hyphen for every kind of dash, and
leaves out what does not show.
Trusts: nothing; the text comes from outside.
Never touches: letter case and the words themselves.
Known limits: apostrophes and quotation marks stay as they are.
"""

from __future__ import annotations

import re
import unicodedata

_DASHES = re.compile("[\u2010-\u2015\u2212]")


def plain(text: str) -> str:
    """Most cells are plain already, and cost nothing."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return _DASHES.sub("-", "".join(c for c in text if unicodedata.category(c) != "Cf"))
