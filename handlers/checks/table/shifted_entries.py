"""Entries that stand under the wrong headings, since cells or columns were moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.kind_shape import ReadAs
from handlers.checks.table.entry import TableEntry
from handlers.checks.table.table_context import SenderNames, TableContext
from handlers.values.ages import read_age
from handlers.values.dates import read_date
from handlers.values.normalise import fold_text
from handlers.values.times import read_time

MAX_SOURCE_LENGTH = 70  # characters
MAX_SOURCE_WORDS = 8
MIN_NARRATIVE_WORDS, MIN_LONG_NARRATIVE_WORDS = (
    3,
    6,
)  # words of a bare source, and of a tale beside it

_SOURCES = frozenset({
    "record", "records", "recording", "notes", "note", "file", "files", "log", "logs", "letter",
    "letters", "report", "reports", "system", "database", "register", "minutes", "interview",
    "email", "emails", "sheet", "card", "book", "form", "diary", "summary", "print", "printout",
    "correspondence", "fax", "paper", "electronic", "emis", "systmone", "rio", "pnc", "cris", "ics",
    "carefirst", "liquidlogic", "proforma", "chronology", "conversation", "recollection", "archive",
    "archived", "referral", "transcript", "cad", "statement", "ledger", "index",
})  # fmt: skip
_TELLS = frozenset({
    "was", "were", "is", "are", "has", "had", "said", "told", "seen", "attended", "sent",
    "received", "rang", "visited", "called", "did",
})  # fmt: skip


def is_source_text(text: str) -> bool:
    """Whether a text looks like a source and like nothing else."""
    if not text or len(text) > MAX_SOURCE_LENGTH:
        return False
    words = fold_text(text).split()
    return (
        0 < len(words) <= MAX_SOURCE_WORDS
        and not _SOURCES.isdisjoint(words)
        and _TELLS.isdisjoint(words)
    )


def is_narrative(text: str, beside: str) -> bool:
    """Whether a text under the heading of sources tells what happened: it is none, and is longer
    than what stands under the heading of events."""
    length = len(text.split())
    if length < MIN_NARRATIVE_WORDS or is_source_text(text):
        return False
    return is_source_text(beside) or (
        len(beside.split()) < MIN_NARRATIVE_WORDS and length >= MIN_LONG_NARRATIVE_WORDS
    )


MAX_SHIFTED_LENGTH = 24  # characters; a date or a time alone is shorter
MIN_SHIFTED_ROWS = 2  # rows that make a column


def _holds_date(entry: TableEntry, text: str) -> bool:
    """There is a date, or at least the beginnings of one, however it is written."""
    return bool(text) and entry.when.refusal not in {"not-a-date", "not-known"}


def _holds_time(entry: TableEntry, text: str) -> bool:
    return bool(text) and not entry.at.refusal


def _holds_answer(_entry: TableEntry, text: str) -> bool:
    return _is_answer(text)


def _is_date(text: str) -> bool:
    return any(map(str.isdigit, text)) and read_date(text).value is not None


def _is_time(text: str) -> bool:
    return ":" in text and read_time(text).value is not None


def _is_answer(text: str) -> bool:
    return text.lower() in {"y", "n", "yes", "no"}


@dataclass(frozen=True, slots=True)
class _Mark:
    """A sort of entry told by its look: what it is called, whether a row has it where it belongs,
    whether a text elsewhere looks like it, and how many columns away to look."""

    reads_as: ReadAs
    what: str
    holds: Callable[[TableEntry, str], bool]
    looks: Callable[[str], bool]
    reach: int


_MARKS = (
    _Mark("date", "the dates", _holds_date, _is_date, 99),
    _Mark("time", "the times", _holds_time, _is_time, 1),
    _Mark("yes_no", "the answers Y or N", _holds_answer, _is_answer, 1),
)


@dataclass(frozen=True, slots=True)
class ColumnShift:
    """What belongs under column `home` is under column `found` instead."""

    home: int
    found: int
    what: str

    @property
    def first_column(self) -> int:
        """The first column that is touched; those before it stand where they should."""
        return min(self.home, self.found)


class ShiftCounter:
    """Counts, over all rows, what stands where it does not belong."""

    def __init__(self, context: TableContext) -> None:
        self._marks = [
            (home, mark)
            for mark in _MARKS
            if (home := context.index_of_column(mark.reads_as)) is not None
        ]
        self._date = context.index_of_column("date")
        self._seen: Counter[ColumnShift] = Counter()

    def count_entry(self, entry: TableEntry) -> ColumnShift | None:
        """The shift of this row's date, if it has one; the rest of the row is then beyond
        judging. Shifts of times and answers are only counted."""
        of_date = None
        for home, mark in self._marks:
            shift = None if home in entry.unjudged else _shift(entry, home, mark)
            if shift is not None:
                self._seen[shift] += 1
                of_date = shift if home == self._date else of_date
        return of_date

    def prevailing_shift(self, entries: int) -> ColumnShift | None:
        """The shift that more than half of the rows share, if any: of dates before the others."""
        for shift, count in sorted(self._seen.items(), key=lambda item: item[0].home):
            if count >= MIN_SHIFTED_ROWS and 2 * count > entries:
                return shift
        return None


def _shift(entry: TableEntry, home: int, mark: _Mark) -> ColumnShift | None:
    if mark.holds(entry, entry.texts[home]):
        return None
    near = sorted(range(len(entry.texts)), key=lambda column: abs(column - home))
    for column in near[1:]:
        text = entry.texts[column]
        if (
            abs(column - home) <= mark.reach
            and 0 < len(text) <= MAX_SHIFTED_LENGTH
            and mark.looks(text)
        ):
            return ColumnShift(home, column, mark.what)
    return None


MIN_SWAPPED_ROWS = 3
SWAP_ROWS_LOOKED_AT = 50  # rows; columns change places in all of them
MAX_SWAPPED_LENGTH = 40  # characters of what is known by its look
MAX_AGENCY_WORDS = 3  # words of an agency's name, alone in its cell
_ANSWERS = frozenset({"y", "n", "yes", "no"})


@dataclass(frozen=True, slots=True)
class ColumnSwap:
    """The columns `one` and `other` have changed places."""

    one: int
    other: int


class SwapCounter:
    """Counts, over all rows, what stands in each other's place."""

    def __init__(self, context: TableContext) -> None:
        agency = context.known.agency
        self._sender = SenderNames(agency) if agency else None
        self._roll = context.roll
        looks: Mapping[ReadAs, Callable[[str], bool]] = {
            "time": _is_time,
            "age": _is_age,
            "yes_no": _is_answer_swap,
            **({"agency": self._names_sender} if agency else {}),
            **({"subject": self._names_subject} if context.roll else {}),
        }
        kinds = [column.reads_as for column in context.columns]
        self._looks = {at: looks[kind] for at, kind in enumerate(kinds) if kind in looks}
        self._others = tuple(at for at, kind in enumerate(kinds) if kind in ("source", "text"))
        self._source = context.index_of_column("source")
        texts = [at for at, kind in enumerate(kinds) if kind == "text"]
        self._event = next((at for at in texts if _must_be_filled(context, at)), None)
        self._comment = next((at for at in texts if not _must_be_filled(context, at)), None)
        self._filled: Counter[frozenset[int]] = Counter()  # which columns of a row are filled
        self._seen: Counter[ColumnSwap] = Counter()
        self._heard = 0  # rows

    def count_entry(self, entry: TableEntry) -> None:
        if entry.unjudged or (not self._seen and self._heard >= SWAP_ROWS_LOOKED_AT):
            return
        self._heard += 1
        texts = entry.texts
        self._filled[frozenset(at for at, text in enumerate(texts) if text)] += 1
        astray = [at for at in self._looks if texts[at] and not self._fits(at, texts[at])]
        for swap in self._exchanged(texts, astray) if astray else ():
            self._seen[swap] += 1
        for swap in self._told_by_words(texts):
            self._seen[swap] += 1

    def prevailing_swap(self) -> ColumnSwap | None:
        """The two columns of which it is so in most rows, if any."""
        for swap, count in self._seen.most_common():
            two = {swap.one, swap.other}
            if two == {self._event, self._comment}:
                most = self._commented() and 3 * count > self._filled.total()
            elif two <= {self._source, self._event, self._comment}:
                most = 3 * count > 2 * self._filled.total()
            else:
                asked = sum(n for filled, n in self._filled.items() if two <= filled)
                most = 3 * count > 2 * asked
            if count >= MIN_SWAPPED_ROWS and most:
                return swap
        return None

    def _commented(self) -> bool:
        """Whether a comment stands in every row that has an event."""
        return all(self._event not in row or self._comment in row for row in self._filled)

    def _exchanged(self, texts: Sequence[str], astray: Sequence[int]) -> Iterator[ColumnSwap]:
        """Every two columns of which one at least is known by how its entries look."""
        for one in astray:
            for other in (*(at for at in astray if at > one), *self._others):
                back = other in self._others or self._fits(other, texts[one])
                if texts[other] and back and self._fits(one, texts[other]):
                    yield ColumnSwap(min(one, other), max(one, other))

    def _told_by_words(self, texts: Sequence[str]) -> Iterator[ColumnSwap]:
        source, event, comment = self._source, self._event, self._comment
        if source is None or event is None or comment is None:
            return
        if texts[event] and is_narrative(texts[source], texts[event]):
            yield ColumnSwap(source, event)
        if is_source_text(texts[comment]) and not is_source_text(texts[source]):
            yield ColumnSwap(source, comment)
        if texts[comment] and not texts[event]:
            yield ColumnSwap(event, comment)

    def _fits(self, at: int, text: str) -> bool:
        return len(text) <= MAX_SWAPPED_LENGTH and self._looks[at](text)

    def _names_sender(self, text: str) -> bool:
        if self._sender is None or len(text.split()) > MAX_AGENCY_WORDS or is_source_text(text):
            return False
        return self._sender.is_named_by(text)

    def _names_subject(self, text: str) -> bool:
        return bool(self._roll.find_subjects(text).subjects)


def _must_be_filled(context: TableContext, column: int) -> bool:
    return context.includes_rule(f"{context.columns[column].key}-missing")


def _is_age(text: str) -> bool:
    return any(map(str.isdigit, text)) and read_age(text).days is not None


def _is_answer_swap(text: str) -> bool:
    return text.lower().strip(" .") in _ANSWERS
