"""What stands beside a chronology: a key, a list of people, the board's information; or entries.

Does: looks at the tables and paragraphs that no judge took, in a document with a chronology in it,
and says which are understood as no part of it and which a person has to look at (failure mode 95).
Trusts: `config/beside.toml` for the words of what is understood.
Never touches: the chronology's own tables.
Known limits: a table of two columns without a date on its left is a key or details; a table of
other columns is understood by its headings alone. A paragraph is like an entry when it begins with
a date and goes on for WORDS words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from config.beside import BESIDE
from handlers.document.block import Block, Paragraph, Row
from handlers.document.front_matter import Period, sort_of
from handlers.table.claims import Claims
from handlers.table.front import read_front
from handlers.table.whereabouts import Unread
from handlers.typed.fold import squash, without_number
from handlers.typed.when import read_date

WORDS = 6  # after a date: more than the day of a letter or of a version has
FEW = 4  # words beside a date, in a row of two cells
OF_AN_ENTRY = 4  # filled cells of a row that make it more than a label or two
TOP = 3  # rows of a table that may be its headings
FEWEST_DAYS = 3  # paragraphs or small tables that tell of a day each
LONGEST = 60  # characters of a cell that are compared
_HEADINGS, _NEVER, _LABELS = (
    frozenset(map(squash, words))
    for words in (BESIDE.headings, BESIDE.never_entries, BESIDE.labels)
)
_ANYWHERE = frozenset({"date", "time"})
_SHORT_FORM = re.compile(r"[A-Z][A-Za-z&./ -]{0,8}[A-Z0-9]{1,3}s?", re.ASCII)
_DATE = re.compile(
    r"[\s(*\u2022-]*(?:[A-Za-z]{3,9}[.,]?\s)?"
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{2,4}|\d{4}-\d\d-\d\d|"
    r"\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?[A-Za-z]{3,9}\.?,?\s\d{2,4})\b",
    re.ASCII,
)


def tell_beside(blocks: Sequence[Block], claims: Claims) -> None:
    """Have the first judge that heard a table tell what stands beside it unread."""
    judge = next((judge for judge in claims.judges if judge.heard), None)
    if judge is None:
        return
    headings = {squash(column.heading): column.heading for column in judge.columns}
    own = frozenset(headings)
    case = claims.context.case
    understood = partial(_understood, own=own, period=case.period if case else None)
    unread = [
        Unread(number, _heads_of(rows[0], headings), number in claims.claimed)
        for number, rows in _tables(blocks)
        if number not in claims.opened and not understood(rows, number in claims.claimed)
    ]
    paragraphs = sum(like_entry(b.text) for b in blocks if isinstance(b, Paragraph))
    judge.tell_beside(unread, paragraphs)
    judge.tell_front(read_front(blocks, own, claims.context, claims.margins))


def _heads_of(first: Row, headings: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the chronology's own headings that a table begins with."""
    words = (squash(cell.text[:LONGEST]) for cell in first.cells)
    return tuple(dict.fromkeys(headings[word] for word in words if word in headings))


def tells_of_days(blocks: Sequence[Block]) -> bool:
    """Whether a document without such a table is yet most like one: dated paragraphs, or a small
    table of labels for each entry."""
    paragraphs = sum(like_entry(b.text) for b in blocks if isinstance(b, Paragraph))
    dates = sum(_labels_a_day(b) for b in blocks if isinstance(b, Row))
    return paragraphs >= FEWEST_DAYS or dates >= FEWEST_DAYS


def _labels_a_day(row: Row) -> bool:
    filled = [cell.text for cell in row.cells if cell.text]
    labelled = len(filled) == 2 and _plain(filled[0]) in {"date", "dateofevent", "eventdate"}
    return labelled and read_date(filled[1]).value is not None


def like_entry(text: str) -> bool:
    """Whether a paragraph begins with a date and then tells of something."""
    found = _DATE.match(text[:LONGEST])
    return found is not None and len(text[found.end() : found.end() + 400].split()) >= WORDS


def _tables(blocks: Sequence[Block]) -> Iterator[tuple[int, list[Row]]]:
    tables: dict[int, list[Row]] = {}
    for block in blocks:
        if isinstance(block, Row) and not block.blank:
            tables.setdefault(block.table, []).append(block)
    yield from tables.items()


def _understood(
    rows: Sequence[Row], above: bool, *, own: frozenset[str], period: Period | None
) -> bool:
    """Whether a table is plainly no part of the chronology. `own` are the chronology's headings;
    `above` that the rows stand above them in a table that is the chronology's."""
    if sort_of(rows, period) is not None and not _tells_events(rows, own):
        return True
    texts = [[cell.text for cell in row.cells if cell.text] for row in rows]
    texts = [filled for filled in texts if filled]
    if above:
        return not any(len(filled) >= OF_AN_ENTRY and _begins_dated(filled) for filled in texts)
    if _is_information(texts, own) or any(_heads(filled) for filled in texts[:2]):
        return True
    widest = max(map(len, texts), default=0)
    if widest <= 1:
        return not any(like_entry(line) for filled in texts for line in filled[0].split("\n"))
    if widest == 2:
        return not any(map(_dated, texts))
    return all(len(filled) == 1 or _labelled(filled) or _is_key(filled) for filled in texts)


def _tells_events(rows: Sequence[Row], own: frozenset[str]) -> bool:
    """Whether a heading of the chronology's stands in the first rows that heads no other table."""
    words = {_plain(cell.text) for row in rows[:TOP] for cell in row.cells}
    return not (words & own).issubset(_HEADINGS | _ANYWHERE)


def _is_information(texts: Sequence[Sequence[str]], own: frozenset[str]) -> bool:
    """The board's own table about the columns: its left names them, one a row."""
    named = {_plain(filled[0]) for filled in texts} & own
    return len(named) >= 3 and 2 * len(named) >= len(texts)


def _heads(filled: Sequence[str]) -> bool:
    """Whether a row heads a table that is known. One with a column of dates alone is not."""
    words = [_plain(text) for text in filled]
    if len(words) < 2 or not all(word in _HEADINGS or word in _LABELS for word in words):
        return False
    return not _NEVER.isdisjoint(words) or not any(word.startswith("date") for word in words)


def _dated(filled: Sequence[str]) -> bool:
    """Whether a row of two cells may be an entry: a date on its left, or a tale beside a date."""
    if len(filled) < 2 or _labelled(filled):
        return False
    left, right = filled[0], filled[1]
    told_of = len(left.split()) >= FEW and read_date(right).value is not None
    return told_of or _begins_dated(filled)


def _begins_dated(filled: Sequence[str]) -> bool:
    return read_date(filled[0]).value is not None or like_entry(filled[0])


def _labelled(filled: Sequence[str]) -> bool:
    """Whether every other cell is the label of the next."""
    labels = filled[::2]
    return len(filled) % 2 == 0 and all(
        _plain(text) in _LABELS or text.rstrip().endswith(":") for text in labels
    )


def _is_key(filled: Sequence[str]) -> bool:
    """Short forms, each with its meaning beside it: "A&E", "Accident and emergency", "HV", ..."""
    shorts, meanings = filled[::2], filled[1::2]
    return len(shorts) == len(meanings) and all(
        _SHORT_FORM.fullmatch(short) is not None and len(meaning) > len(short)
        for short, meaning in zip(shorts, meanings, strict=True)
    )


def _plain(text: str) -> str:
    return squash(without_number(text[:LONGEST]))
