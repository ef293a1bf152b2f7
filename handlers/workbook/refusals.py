"""Why a spreadsheet was not read, beyond what `handlers/word/refusals.py` names already.

Does: names it. The docstring is its message.
Trusts: nothing.
Never touches: file content; a message here never carries any.
Known limits: none.
"""

from __future__ import annotations

from handlers.word.refusals import Refusal


class NotAWorkbook(Refusal):
    """The file is a spreadsheet in a format that is not read here."""
