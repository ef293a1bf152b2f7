"""Why a PDF or a picture was not read, beyond what `handlers/word/refusals.py` names already.

Does: names it. The docstring of each is its message.
Trusts: nothing.
Never touches: file content; a message here never carries any.
Known limits: none.
"""

from __future__ import annotations

from handlers.word.refusals import Refusal


class NoReader(Refusal):
    """The file is a picture of its text, and nothing that reads pictures is installed here."""


class AdobeForm(Refusal):
    """The file is a form that only Adobe's own programs can show."""
