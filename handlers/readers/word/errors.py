"""Why a Word file was not read: named exceptions, whose docstrings are their messages.

A message never carries any of the file's content.
"""

from __future__ import annotations

from config.sentence import docstring_sentence


class UnreadableFile(Exception):
    """The file was not read."""

    def __init__(self) -> None:
        super().__init__(docstring_sentence(type(self)))


class DamagedFile(UnreadableFile):
    """The file is not a complete Word document."""


class ProtectedFile(UnreadableFile):
    """The file is protected by a password or by rights management."""


class LegacyWordFile(UnreadableFile):
    """The file is in the format of Word 97 to 2003."""


class FileTooBig(UnreadableFile):
    """The file is bigger, when unpacked, than any return could be."""


class DangerousFile(UnreadableFile):
    """The file is put together in a way that cannot be read safely.

    `words` are keys of `handlers.document.DANGERS`: here only "package" and "doctype". The
    other dangers do not stop the reading and are found in `Traits.dangers`.
    """

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
