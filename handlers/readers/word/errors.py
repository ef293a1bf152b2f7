"""Why a Word file was not read: named exceptions, each with its sentence.

A message never carries any of the file's content.
"""

from __future__ import annotations

from config.explained_error import ExplainedError


class UnreadableFile(ExplainedError):
    sentence = "The file was not read."

    def __init__(self) -> None:
        super().__init__(self.sentence)


class DamagedFile(UnreadableFile):
    sentence = "The file is not a complete Word document."


class ProtectedFile(UnreadableFile):
    sentence = "The file is protected by a password or by rights management."


class LegacyWordFile(UnreadableFile):
    sentence = "The file is in the format of Word 97 to 2003."


class FileTooBig(UnreadableFile):
    sentence = "The file is bigger, when unpacked, than any return could be."


class DangerousFile(UnreadableFile):
    """`words` are keys of `handlers.document.DANGERS`: here only "package" and "doctype". The
    other dangers do not stop the reading and are found in `Traits.dangers`.
    """

    sentence = "The file is put together in a way that cannot be read safely."

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words
