"""A file that came by itself: the documents it is, or holds.

Does: sniffs a file from a folder, and has one that is a zip or a message opened in the confined
worker, as if what is in it had been attached.
Trusts: nothing. What a message in it says of its sender is not even read (failure mode 30).
Never touches: the file's name.
Known limits: none.
"""

from __future__ import annotations

from handlers.judging.confined import Confined
from intake.message.message import Attachment

CONTAINERS = frozenset({"zip", "eml", "msg", "tnef"})


def documents_in(raw: bytes, confined: Confined, declared: str = "") -> list[Attachment]:
    """The file itself, or what a container gives up: nothing, when that is no document. `declared`
    is the ending of the file's name."""
    whole = Attachment(raw, confined.sniff(raw), declared)
    return list(confined.open(raw).documents) if whole.sniffed in CONTAINERS else [whole]
