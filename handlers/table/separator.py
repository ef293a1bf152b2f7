"""Rows that only part the entries of a chronology: a year, a month, a title.

Does: tells such a row from an entry whose cells were merged across.
Trusts: nothing in the cells.
Never touches: findings.
Known limits: a title of more than LONGEST characters is taken for an entry. A row whose Date
alone is filled parts the entries when it gives a year, a month or words; with a day it is an entry.
"""

from __future__ import annotations

import re

from handlers.document.block import Row
from handlers.table.entry import Laid
from handlers.typed.when import read_date

LONGEST = 100  # characters
_TITLES = frozenset({"year-only", "month-only", "no-year", "not-a-date"})
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY = re.compile(
    r"\b\d{1,2}\s?(?:[./-]\s?\d{1,2}\s?[./-]|"
    rf"(?:st|nd|rd|th)?\s?(?:of\s)?(?:{_MONTHS})[a-z]*\s?\d{{2,4}})",
    re.ASCII | re.IGNORECASE,
)


def prefilled(laid: Laid, agency_column: int | None) -> bool:
    """Whether the row is one of the template's that nobody used: the agency stands in it already,
    and nothing else does."""
    texts = laid.texts
    return laid.sparse and agency_column is not None and bool(texts[agency_column])


def separates(row: Row, laid: Laid, date_column: int | None) -> bool:
    """Whether the row is no entry but parts those above it from those below it."""
    texts = laid.texts
    if not (laid.across or laid.sparse):
        return False
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 1 or len(filled[0].text) > LONGEST:
        return False
    text, covered = filled[0].text, [i for i, words in enumerate(texts) if words]
    if len(covered) > len(texts) / 2:
        return read_date(text).value is not None or not _DAY.search(text)
    if covered != [date_column]:
        return False
    refusal = read_date(text).refusal
    return refusal in _TITLES and not (refusal == "no-year" and any(map(str.isdigit, text)))
