"""A row under a chronology's headings that says what goes in each column: "dd/mm/yyyy", "Y / N".

Does: tells such a row from the first entry.
Trusts: nothing in the cells.
Never touches: findings; further rows.
Known limits: English hints. A first entry whose author left "dd/mm/yyyy" in it has a time, a source
or an event of its own beside it, and stays an entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.typed.fold import fold

LONGEST = 8  # words of a cell
LEAST = 3  # cells that are filled

_FORMAT = re.compile(
    r"(?:d{1,2} ?m{1,3} ?y{2,4}|h{1,2} ?m{2}(?: ?s{2})?|(?:24|12) ?(?:hr|hrs|hour|hours)(?: clock)?"
    r"|y n|yes no|y n or n a|mandatory(?: field)?|required|optional|compulsory|must be completed"
    r"|if (?:applicable|known|under 18|any|relevant|appropriate|possible|available)"
    r"|day first|day month year)"
)
_OPENS = re.compile(
    r"(?:e g|eg|for example|for instance|such as|please|enter|insert|who|what|where|when|how|which"
    r"|state|give|use|include|summary of|brief|details of|name of|format|abbreviate|full|free text"
    r"|your|source of|any|(?:please )?see(?: the)? (?:guidance|notes?|key|above|below)|as per)\b"
)


def explains(texts: Sequence[str], date_column: int | None) -> bool:
    """Whether a row that stands right under the headings is none but hints, or numbers or letters
    in their order."""
    filled = [text for text in texts if fold(text)]
    if len(filled) < LEAST:
        return False
    if _in_order([fold(text) for text in texts]):
        return True
    if date_column is None or not _is_format(texts[date_column]):
        return False
    return all(_is_hint(text) for text in filled)


def is_example(texts: Sequence[str]) -> bool:
    """Whether a row, wherever it stands, only shows how to write a day, a time or the like."""
    filled = [text for text in texts if fold(text)]
    return bool(filled) and all(map(_is_format, filled))


def _in_order(texts: Sequence[str]) -> bool:
    """1, 2, 3 ... or A, B, C ... over all columns."""
    numbers = [str(at) for at in range(1, len(texts) + 1)]
    return list(texts) in (numbers, [chr(96 + at) for at in range(1, len(texts) + 1)])


def _is_format(text: str) -> bool:
    return _FORMAT.fullmatch(fold(text)) is not None


def _is_hint(text: str) -> bool:
    if len(text.split()) > LONGEST:
        return False
    inner = text.strip()
    bracketed = inner.startswith("(") and inner.endswith(")")
    said = fold(text)
    short = len(said.split()) == 1 and said.isalpha()  # "Summary", beside a format for the date
    return bracketed or short or _is_format(text) or _OPENS.match(said) is not None
