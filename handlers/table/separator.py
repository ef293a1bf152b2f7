"""Rows that only part the entries of a chronology, or add them up: a year, a title, a total.

Does: tells such a row from an entry whose cells were merged across.
Trusts: nothing in the cells.
Never touches: findings.
Known limits: a title of more than LONGEST characters is taken for an entry. A row whose Date
alone is filled parts the entries when it gives a year, a month or words; with a day it is an entry.
A row adds up where it says "total" first and has neither a day nor a source.
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
# From a day to a day: what a part of the chronology covers. An entry begins with its day.
_SPAN = re.compile(
    rf"({_DAY.pattern})\S*\s*(?:-|\u2010|\u2013|\u2014|to|until|and|till)\s*({_DAY.pattern})",
    re.ASCII | re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:grand |sub-? ?|overall )?totals?\b|(?:no\.?|number) of (?:entries|contacts|events)\b",
    re.ASCII | re.IGNORECASE,
)
# "End of chronology 12/04/2010", across the table.
_CLOSES = re.compile(
    r"\W*(?:this is the |the )?end of (?:the |this )?"
    r"(?:chronology|entries|document|table|records?|report)\b"
    r"|\W*(?:the )?chronology (?:ends|completed|closed|finalised|prepared|compiled)\b"
    r"|\W*no further entries\b",
    re.IGNORECASE,
)
CLOSING_WORDS = 20  # of such a row
MOST_WORDS = 6  # of a cell that says "total" first; an event tells more


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
        closes = len(text.split()) <= CLOSING_WORDS and _CLOSES.match(text) is not None
        return closes or read_date(text).value is not None or not _tells_of_a_day(text)
    if covered != [date_column]:
        return False
    refusal = read_date(text).refusal
    return refusal in _TITLES and not (refusal == "no-year" and any(map(str.isdigit, text)))


def _tells_of_a_day(text: str) -> bool:
    """Whether a row across the table may be an entry, and is no heading of a stretch of time."""
    first = _DAY.search(text)
    if first is None:
        return False
    return not text[: first.start()].strip() or _SPAN.search(text) is None


def adds_up(laid: Laid, date_column: int | None, source_column: int | None) -> bool:
    """Whether the row only says how many entries there are, over all or in a part."""
    texts = laid.texts
    day = texts[date_column] if date_column is not None else ""
    if day[:1].isdigit() or (source_column is not None and texts[source_column]):
        return False
    total = any(_TOTAL.match(text) and len(text.split()) <= MOST_WORDS for text in texts if text)
    return total and (not day or _TOTAL.match(day) is not None)
