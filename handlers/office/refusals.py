"""Why a document was not converted: named exceptions, each docstring its message.

Does: names them.
Trusts: nothing.
Never touches: file content; a message here never carries any.
Known limits: none.
"""

from __future__ import annotations

from config.sentence import sentence_of


class NotConverted(Exception):
    """The document was not converted."""

    def __init__(self) -> None:
        super().__init__(sentence_of(type(self)))


class NotInstalled(NotConverted):
    """LibreOffice is not installed on this machine."""


class NotConfined(NotConverted):
    """This machine cannot confine LibreOffice, so it is not used."""


class NoMemory(NotConverted):
    """This machine has no room in memory to convert it in, and on a disk it may not rest."""


class CouldNotConvert(NotConverted):
    """LibreOffice could not make a Word document of it."""


class TookTooLong(NotConverted):
    """Converting the document took longer than is allowed."""
