"""Why a Word file was not read: the world's faults, each a named exception.

Does: names them. The docstring of each is its message.
Trusts: nothing.
Never touches: file content; a message here never carries any.
Known limits: none.
"""

from __future__ import annotations

from config.sentence import sentence_of


class Refusal(Exception):
    """The file was not read."""

    def __init__(self) -> None:
        super().__init__(sentence_of(type(self)))


class Damaged(Refusal):
    """The file is not a complete Word document."""


class Protected(Refusal):
    """The file is protected by a password or by rights management."""


class LegacyWord(Refusal):
    """The file is in the format of Word 97 to 2003."""


class TooBig(Refusal):
    """The file is bigger, when unpacked, than any return could be."""


class Dangerous(Refusal):
    """The file is put together in a way that cannot be read safely.

    `words` are keys of `handlers.document.DANGERS`: here only "package" and "doctype". The
    other dangers do not stop the reading and are found in `Traits.dangers`.
    """

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
