"""The words of a message, judged as the letter that they may be.

Does: makes a letter of a message's text, and reads it: a paragraph a line.
Trusts: nothing in the text. The day is the one on which the message reached us.
Never touches: quoted text and footers, which `intake/message/own_words.py` takes out.
Known limits: only the small returns come so; see `handlers/recognition/signs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from config.calendar import in_words
from config.kind import Kinds
from handlers.document.block import Block, Paragraph, Traits
from intake.message.message import Message
from intake.message.own_words import written

FORMAT = "letter"  # no word of SNIFFED: no file can claim to be one
LONGEST = 20_000  # characters


def letter_of(message: Message, day: date) -> bytes:
    """The message's own words as a letter of its day; b"" where there are none."""
    text = written(message.body_text)[:LONGEST].strip()
    return f"Sent: {in_words(day)}\n{text}".encode() if text else b""


def own_letter_of(message: Message, day: date) -> bytes:
    """The same without a signature and the banners of a house."""
    text = message.own_words[:LONGEST].strip()
    return f"Sent: {in_words(day)}\n{text}".encode() if text else b""


class Letter:
    """A letter as a reading."""

    def __init__(self, data: bytes) -> None:
        self.traits = Traits()
        self._lines = data.decode("utf-8", "replace").splitlines()

    def blocks(self) -> Iterator[Block]:
        yield from (Paragraph(line.strip()) for line in self._lines if line.strip())


def small(kinds: Kinds) -> Kinds:
    """The kinds that may come as a letter."""
    return Kinds(tuple(kind for kind in kinds.all if kind.signs))
