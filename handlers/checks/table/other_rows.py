"""Rows that are no entries: separators, explanations, rows struck through."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.checks.table.entry import AlignedRow
from handlers.document import Row
from handlers.values.dates import read_date
from handlers.values.day_words import MONTH_STEM_PATTERN
from handlers.values.normalise import fold_text

MAX_SEPARATOR_LENGTH = 100  # characters
_TITLES = frozenset({"year-only", "month-only", "no-year", "not-a-date"})
_DAY = re.compile(
    r"\b\d{1,2}\s?(?:[./-]\s?\d{1,2}\s?[./-]|"
    rf"(?:st|nd|rd|th)?\s?(?:of\s)?(?:{MONTH_STEM_PATTERN})[a-z]*\s?\d{{2,4}})",
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
MAX_CLOSING_WORDS = 20  # of such a row
MAX_TOTAL_WORDS = 6  # of a cell that says "total" first; an event tells more


def is_unused_row(laid: AlignedRow, agency_column: int | None) -> bool:
    """Whether the row is one of the template's that nobody used: the agency stands in it already,
    and nothing else does."""
    texts = laid.texts
    return laid.is_sparse and agency_column is not None and bool(texts[agency_column])


def is_separator_row(row: Row, laid: AlignedRow, date_column: int | None) -> bool:
    """Whether the row is no entry but parts those above it from those below it."""
    texts = laid.texts
    if not (laid.across or laid.is_sparse):
        return False
    filled = [cell for cell in row.cells if cell.text]
    if len(filled) != 1 or len(filled[0].text) > MAX_SEPARATOR_LENGTH:
        return False
    text, covered = filled[0].text, [i for i, words in enumerate(texts) if words]
    if len(covered) > len(texts) / 2:
        closes = len(text.split()) <= MAX_CLOSING_WORDS and _CLOSES.match(text) is not None
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


def is_total_row(laid: AlignedRow, date_column: int | None, source_column: int | None) -> bool:
    """Whether the row only says how many entries there are, over all or in a part."""
    texts = laid.texts
    day = texts[date_column] if date_column is not None else ""
    if day[:1].isdigit() or (source_column is not None and texts[source_column]):
        return False
    total = any(
        _TOTAL.match(text) and len(text.split()) <= MAX_TOTAL_WORDS for text in texts if text
    )
    return total and (not day or _TOTAL.match(day) is not None)


MAX_HINT_WORDS = 8  # words of a cell
MIN_FILLED_CELLS = 3  # cells that are filled

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


def is_hint_row(texts: Sequence[str], date_column: int | None) -> bool:
    """Whether a row that stands right under the headings is none but hints, or numbers or letters
    in their order."""
    filled = [text for text in texts if fold_text(text)]
    if len(filled) < MIN_FILLED_CELLS:
        return False
    if _in_order([fold_text(text) for text in texts]):
        return True
    if date_column is None or not _is_format(texts[date_column]):
        return False
    return all(_is_hint(text) for text in filled)


def is_example_row(texts: Sequence[str]) -> bool:
    """Whether a row, wherever it stands, only shows how to write a day, a time or the like."""
    return all(_is_format(text) or not fold_text(text) for text in texts) and any(
        map(fold_text, texts)
    )


def _in_order(texts: Sequence[str]) -> bool:
    """1, 2, 3 ... or A, B, C ... over all columns."""
    numbers = [str(at) for at in range(1, len(texts) + 1)]
    return list(texts) in (numbers, [chr(96 + at) for at in range(1, len(texts) + 1)])


def _is_format(text: str) -> bool:
    return _FORMAT.fullmatch(fold_text(text)) is not None


def _is_hint(text: str) -> bool:
    if len(text.split()) > MAX_HINT_WORDS:
        return False
    inner = text.strip()
    bracketed = inner.startswith("(") and inner.endswith(")")
    said = fold_text(text)
    short = len(said.split()) == 1 and said.isalpha()  # "Summary", beside a format for the date
    return bracketed or short or _is_format(text) or _OPENS.match(said) is not None


@dataclass(frozen=True, slots=True)
class StruckRow:
    """`row` as it reads. `partly` are the cells, by their place in it, that have words struck out
    and others left; `wholly` those that have none left, and are read as they stand."""

    row: Row
    partly: frozenset[int]
    wholly: frozenset[int]

    @property
    def is_wholly_struck(self) -> bool:
        """Nothing in the row is left standing."""
        filled = {at for at, cell in enumerate(self.row.cells) if cell.text}
        return bool(filled) and filled <= self.wholly


def find_struck_cells(row: Row) -> StruckRow | None:
    """None, nearly always: nothing in the row is struck through."""
    if not _apart(row):
        return None
    kept = [cell.without_struck for cell in row.cells]
    changed = {at for at, cell in enumerate(row.cells) if cell.text != kept[at].text}
    wholly = frozenset(at for at in changed if not kept[at].text)
    if not changed:
        return None
    cells = [cell if at in wholly else kept[at] for at, cell in enumerate(row.cells)]
    return StruckRow(replace(row, cells=tuple(cells)), frozenset(changed - wholly), wholly)


def _apart(row: Row) -> bool:
    """Whether any words in it do not look plain: loops, since each row is asked."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            if paragraph.stretches or paragraph.struck:
                return True
    return False
