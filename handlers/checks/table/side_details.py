"""Tells tables beside a chronology that nothing heads and that hold no entries: a front table of
titles and labelled details, and a list of the review's own subjects with their days of birth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from config.side_table_words import SIDE_TABLE_WORDS
from handlers.context import CaseFacts
from handlers.values.dates import read_date
from handlers.values.day_words import DAY_PATTERN
from handlers.values.normalise import fold_text, fold_without_spaces

MAX_DETAIL_ROWS = 4  # rows of a front table; entries go on for longer
MAX_DETAIL_WORDS = 10  # words of one of its cells
MAX_SUBJECT_WORDS = 4  # words beside a subject's name, such as how they are related
_LABELS = frozenset(map(fold_without_spaces, SIDE_TABLE_WORDS.labels))
_TITLE = frozenset(fold_text(" ".join(SIDE_TABLE_WORDS.title_words)).split())
# With which a detail begins that has no colon: "Version 1.0", "Completed 6 May 2010".
_DETAILS = frozenset({"version", "ver", "status", "completed", "prepared", "issued", "dated"})


def is_front_details(texts: Sequence[Sequence[str]], case: CaseFacts | None) -> bool:
    """Whether at least half of a few short cells, one in each row, are titles or labelled details,
    and no day is one on which something of the review may have happened."""
    cells = [text for row in texts for text in row]
    if len(texts) > MAX_DETAIL_ROWS or any(len(c.split()) > MAX_DETAIL_WORDS for c in cells):
        return False
    if any(_may_be_of_review(day, case) for cell in cells for day in _days(cell)):
        return False
    told = [[_is_detail(cell) for cell in row] for row in texts]
    return all(map(any, told)) and 2 * sum(map(sum, told)) >= len(cells)


def is_list_of_subjects(texts: Sequence[Sequence[str]], case: CaseFacts | None) -> bool:
    """Whether each row names a subject of the review and gives no day but that of their birth."""
    return bool(texts) and case is not None and all(_is_subject(row, case) for row in texts)


def _is_subject(row: Sequence[str], case: CaseFacts) -> bool:
    for subject in case.subjects:
        rest = [text for text in row if fold_text(text) != fold_text(subject.name)]
        if len(rest) == len(row) or subject.born is None:
            continue
        days = [day for text in rest for day in _days(text)]
        if days == [subject.born]:
            return all(len(text.split()) <= MAX_SUBJECT_WORDS for text in rest)
    return False


def _is_detail(text: str) -> bool:
    label, colon, value = text.partition(":")
    if colon:
        return fold_without_spaces(label) in _LABELS and bool(value.strip())
    words = fold_text(text).split()
    if "chronology" in words and _TITLE.issuperset(words):
        return True
    return words[:1] != [] and words[0] in _DETAILS and any(map(str.isdigit, text))


def _days(text: str) -> Iterator[date | None]:
    """The days in a cell; None for one that cannot be read."""
    for found in DAY_PATTERN.finditer(text):
        yield read_date(found[0]).value


def _may_be_of_review(day: date | None, case: CaseFacts | None) -> bool:
    if day is None or case is None or case.period is None:
        return True
    return case.period[0] <= day <= case.period[1]
