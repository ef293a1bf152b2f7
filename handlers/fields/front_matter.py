"""Recognises tables of front matter: versions, whom it was sent to, short forms, family, approval.

A day of the review's period, in a column that is not headed as days of people, may be an entry's:
then the table is none of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from config.front_table_words import (
    FAMILY_WORDS,
    FRONT_TABLE_SORTS,
    PERSON_DATE_HEADINGS,
    CellForm,
    FrontTableSort,
)
from handlers.document import Cell, Row
from handlers.values.dates import read_date
from handlers.values.day_words import CELL_DAY_PATTERN
from handlers.values.normalise import fold_text, fold_without_spaces, without_number

Period = tuple[date, date]

MAX_CELL_LENGTH = 60  # characters of a cell that are compared
MAX_TITLE_ROWS = 2  # rows over the headings that have one cell filled
MAX_SHORT_FORM_WORDS = 3  # words of a short form
MAX_BOX_WORDS = 8  # words of a cell in a drawing of the family
MAX_MEANING_WORDS = 12  # words that a short form stands for
_VERSION = re.compile(
    r"(?:(?:version|ver|v|draft|issue|rev|revision|edition)\.?\s*)?\d{1,2}(?:\.\d{1,2}){0,2}\s?[a-d]?"
    r"(?:\s*\(?(?:draft|final)\)?)?|[a-h]|(?:first|second|third|fourth|final|initial|revised)?\s*(?:draft|version)"
    r"|final|initial|current|superseded",
    re.IGNORECASE | re.ASCII,
)
_MARKED = re.compile(r"v(?:er(?:sion)?)?\.?\s*\d|\d+\.\d|draft|final", re.IGNORECASE | re.ASCII)
_PLAIN_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,3}){1,2}", re.ASCII)
_CODE = re.compile(r"[A-Z][A-Za-z&./ -]{0,8}[A-Z0-9]{1,3}s?", re.ASCII)
_LESS = frozenset({"month-only", "no-year", "with-time", "several"})  # than one whole day
_TIME = re.compile(r"\s*\d{1,2}:\d{2}\b", re.ASCII)

_DAYS = frozenset(map(fold_without_spaces, PERSON_DATE_HEADINGS))
_SIGNED = frozenset({"signature", "signatures", "signed", "sign"})  # where somebody may sign
_HEADS = {sort.name: frozenset(map(fold_without_spaces, sort.heads)) for sort in FRONT_TABLE_SORTS}
_BESIDE = {
    sort.name: frozenset(map(fold_without_spaces, sort.beside)) for sort in FRONT_TABLE_SORTS
}


def front_matter_sort(rows: Sequence[Row], period: Period | None = None) -> str | None:
    """Which sort of front matter a table is, by the names of `config/front_table_words.toml`;
    None where it may be something else."""
    rows = [row for row in rows if not row.is_blank]
    for at in range(min(MAX_TITLE_ROWS + 1, len(rows))):
        if found := _headed(rows[at], rows[at + 1 :], period):
            return found
        if len(_filled(rows[at])) > 1:
            break
    return _shaped(rows, period)


def _headed(head: Row, below: Sequence[Row], period: Period | None) -> str | None:
    words = {cell.column: _plain(cell.text) for cell in head.cells}
    if sum(map(bool, words.values())) < 2 or not below:
        return None
    signed = not _SIGNED.isdisjoint(words.values())
    sorts = (one for one in FRONT_TABLE_SORTS if not signed or one.name == "approval")
    sort = next((one for one in sorts if _is_of(one, words, below)), None)
    if sort is None:
        return None
    others = [cell for row in below for cell in row.cells if words.get(cell.column) not in _DAYS]
    if any(_may_date_entry(cell.text, period, sort.cells) for cell in others):
        return None
    return sort.name


def _is_of(sort: FrontTableSort, words: dict[int, str], below: Sequence[Row]) -> bool:
    """Whether a column is headed and filled as the sort has it, and another goes with it."""
    for column, word in words.items():
        if word not in _HEADS[sort.name]:
            continue
        others = {other for at, other in words.items() if at != column}
        filled = [c.text for row in below for c in row.cells if c.column == column and c.text]
        beside = not sort.beside or not others.isdisjoint(_BESIDE[sort.name])
        if filled and beside and all(_is_like(text, sort.cells) for text in filled):
            return True
    return False


def _is_like(text: str, cells: CellForm) -> bool:
    if cells == "version":
        return _VERSION.fullmatch(text.strip()) is not None
    return cells == "any" or len(text.split()) <= MAX_SHORT_FORM_WORDS


def _may_date_entry(text: str, period: Period | None, cells: CellForm) -> bool:
    """Whether a cell gives a day on which something of the review may have happened."""
    reading = read_date("" if _VERSION.fullmatch(text) else text)
    day = reading.value
    if (
        day is None
        and reading.refusal not in _LESS
        and CELL_DAY_PATTERN.match(text[:MAX_CELL_LENGTH]) is None
    ):
        return False
    if period is None:
        return cells != "version"
    return day is None or period[0] <= day <= period[1]


def _shaped(rows: Sequence[Row], period: Period | None) -> str | None:
    """A table that nothing heads."""
    told = [_filled(row) for row in rows]
    if len(told) < 2 or max(map(len, told)) < 2:
        return None
    texts = [cell.text for cells in told for cell in cells]
    first = [cells[0].text for cells in told]
    if all(_VERSION.fullmatch(text) and _MARKED.match(text) for text in first):
        dated = any(_may_date_entry(text, period, "version") for text in texts)
        return None if dated or _is_prose(told) else "versions"
    if all(_names_kin(text) for text in texts if fold_text(text)):
        return "family"
    if any(CELL_DAY_PATTERN.match(text) or _TIME.match(text) for text in texts):
        return None
    if len(set(first)) == len(first) and all(map(_is_key, told)):
        return "short-forms"
    return None


def _is_prose(told: Sequence[Sequence[Cell]]) -> bool:
    """Paragraphs with their numbers in a column of their own: beside the numbers stand sentences
    alone, no day, and no word by which a version is known."""
    if any(len(cells) > 2 or not _PLAIN_NUMBER.fullmatch(cells[0].text.strip()) for cells in told):
        return False
    beside = [cells[1].text for cells in told if len(cells) > 1]
    if any(read_date(text[:MAX_CELL_LENGTH]).value for text in beside):
        return False
    return any(len(text.split()) > MAX_MEANING_WORDS for text in beside)


def _names_kin(text: str) -> bool:
    """A box in a drawing of the family: "Grandmother (1960)"."""
    return len(text.split()) <= MAX_BOX_WORDS and not FAMILY_WORDS.isdisjoint(
        fold_text(text).split()
    )


def _is_key(cells: Sequence[Cell]) -> bool:
    """A short form, with what it stands for beside it."""
    short, *meanings = (cell.text for cell in cells)
    told = bool(meanings) and all(len(text.split()) <= MAX_MEANING_WORDS for text in meanings)
    return told and _CODE.fullmatch(short) is not None and len(meanings[0]) > len(short)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if cell.text]


def _plain(text: str) -> str:
    return fold_without_spaces(without_number(text[:MAX_CELL_LENGTH]))
