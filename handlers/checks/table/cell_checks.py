"""The checks of one cell at a time; `order_and_period.py` and `shifted_entries.py` take the whole
table.

A check is silent where its column or its facts (the case, the agency) are missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol, runtime_checkable

from config.kind_shape import Column, ReadAs
from config.rules import VALUE_REFUSALS
from handlers.checks.table.entry import TableEntry
from handlers.checks.table.private_details import PrivateDetailCheck
from handlers.checks.table.table_context import (
    MAX_REMEMBERED_TEXTS,
    NamedSubjects,
    SenderNames,
    TableContext,
)
from handlers.findings import FindingPlace
from handlers.values import dates, times
from handlers.values.ages import AgeReading, read_age
from handlers.values.blanks_not_filled import NoValue, read_no_value, said_to_come
from handlers.values.entry_notes import (
    MAX_PUT_OFF_LENGTH,
    holds_entry_note,
    is_only_crosses,
    puts_entry_off,
)
from handlers.values.gaps import holds_gap, may_hold_gap
from handlers.values.normalise import fold_text

MIN_UNKNOWN_ROWS = 3  # rows that name nobody of the review, before the whole is doubted
_PLAIN_ANSWERS = frozenset({"y", "n", "yes", "no"})


class CellCheck(Protocol):
    def check_entry(self, entry: TableEntry) -> None: ...


@runtime_checkable
class ClosingCheck(Protocol):
    """A check that has something to say once it has heard every row."""

    def add_closing_findings(self) -> None: ...


# Which sorts of no value (`config/not_yet_in_blanks.toml`) leave a cell of which column as good as
# blank. What happened may be told in a word that says "not yet" elsewhere ("Chased.", "Awaited.");
# a text that says no more than "Draft" is asked about as a note.
_BLANK = frozenset({"to-come", "not-applicable", "unknown", "nothing", "control", "template"})
_AS_BLANK: Mapping[ReadAs, frozenset[str]] = {
    "agency": _BLANK | {"draft"},
    "source": _BLANK | {"draft"},
    "text": _BLANK | {"elsewhere"},
}
_NOT_YET = ("tb", "to be ", "to follow", "will follow", "see ", "please see ", "as attached")
_MOST_WORDS = 3  # of a text that tells nothing; "not known to the agency" tells something
_OF_RECORDS = frozenset({"to", "agency", "report", "off", "by"})
WITH_TIME = "with-time"  # why a date with a time beside it is refused
# A time of day in a text: "17:45", "5.45pm", "1745hrs", "at 5 pm".
_CLOCK = re.compile(
    r"(?<![\d.:/])(?:[01]?\d|2[0-3])(?::[0-5]\d|[.][0-5]\d ?(?:hrs|hours|[ap]m))(?![\d:/])"
    r"|\b(?:[01]\d|2[0-3])[0-5]\d ?(?:hrs|hours)\b|\b\d{1,2} ?[ap]m\b",
    re.IGNORECASE,
)
MAX_NO_VALUE_LENGTH = 40  # characters, unless a note follows
NOT_FINAL = "not-final"
_RULED = "._-\u2010\u2011\u2012\u2013\u2014\u2026\u00b7*/ \n\t"  # of what a blank is drawn with
_WORDED = frozenset({"source", "text"})  # columns that tell something in words of their author's


class MissingCellCheck:
    """A cell that must be filled is blank, or says that nothing is there yet. (Age has a check of
    its own: adults need none.)"""

    def __init__(self, context: TableContext) -> None:
        self._context = context
        self._headings = {c.reads_as: c.heading for c in reversed(context.columns)}
        self._time, self._told = context.index_of_column("time"), context.index_of_column("text")
        self._answers = set[str]()  # texts that are known to be none of no value
        self._wanted = [
            (index, f"{column.key}-missing", column.reads_as in _AS_BLANK)
            for index, column in enumerate(context.columns)
            if column.reads_as != "age" and context.includes_rule(f"{column.key}-missing")
        ]

    def check_entry(self, entry: TableEntry) -> None:
        texts = entry.texts
        for index, rule, worded in self._wanted:
            text = texts[index]
            if not text:
                if index not in entry.unjudged:
                    words = self._time_elsewhere(entry) if index == self._time else {}
                    self._context.add_cell_finding(rule, entry, index, **words)
            elif worded and text not in self._answers and len(text) <= MAX_PUT_OFF_LENGTH:
                self._look(rule, entry, index)

    def _time_elsewhere(self, entry: TableEntry) -> dict[str, str]:
        """The words for a blank cell where the row gives a time in another."""
        if entry.when.refusal == WITH_TIME:
            told, heading = "time-with-date", self._headings.get("date", "")
        elif self._told is not None and _CLOCK.search(entry.texts[self._told]):
            told, heading = "time-in-event", self._context.columns[self._told].heading
        else:
            return {}
        words = VALUE_REFUSALS["row"][told]
        says, fix = (text.format(heading=heading) for text in (words.says, words.fix))
        return {"instead": says, "instead_fix": fix}

    def _look(self, rule: str, entry: TableEntry, index: int) -> None:
        found = _read_blank(entry.texts[index], self._context.columns[index])
        if found is not None:
            self._context.add_cell_finding(rule, entry, index, instead=found.says)
        elif len(self._answers) < MAX_REMEMBERED_TEXTS:
            self._answers.add(entry.texts[index])


def _read_blank(text: str, column: Column) -> NoValue | None:
    """The no value by which a cell that must be filled is as good as blank."""
    if puts_entry_off(text):
        return said_to_come()
    if len(text) > MAX_NO_VALUE_LENGTH:
        return None
    if is_only_crosses(text):
        return read_no_value(text)
    found = _tells_nothing(text, column) if column.reads_as == "text" else read_no_value(text)
    sorts = _AS_BLANK[column.reads_as]
    return found if found and found.kind in sorts and _not_yet(found, text, column) else None


def _not_yet(found: NoValue, text: str, column: Column) -> bool:
    """Whether a value that says "not yet" or "not here" is no event either ("Chased." is one)."""
    plain = found.kind not in {"to-come", "elsewhere"} or column.reads_as != "text"
    return plain or fold_text(text).startswith(_NOT_YET)


def _tells_nothing(text: str, column: Column) -> NoValue | None:
    """No value, where a column tells what happened: words of no value alone, the column's own
    heading, a letter or a figure."""
    words, found = fold_text(text).split(), read_no_value(text)
    if not words and not text.strip(_RULED):
        return read_no_value("nothing")
    if not words:
        return found if "?" in text else None  # a picture, or another script
    of_heading = set(fold_text(column.heading).split())
    rest = [word for word in words if word.removesuffix("s") not in of_heading]
    if not rest or rest == ["no"] or len("".join(words)) == 1:
        return read_no_value("nothing")
    if found is None or found.kind not in {"unknown", "not-applicable"}:
        return found
    return found if len(words) <= _MOST_WORDS and _OF_RECORDS.isdisjoint(words) else None


class NoteCellCheck:
    """What a cell says in words of its author's is an entry, and no note about the table."""

    def __init__(self, context: TableContext) -> None:
        self._context = context
        self._known = set[str]()  # texts that hold no note
        self._columns = [
            (index, column)
            for index, column in enumerate(context.columns)
            if column.reads_as in _WORDED and context.includes_rule(NOT_FINAL)
        ]

    def check_entry(self, entry: TableEntry) -> None:
        for index, column in self._columns:
            text = entry.texts[index]
            if not text or text in self._known:
                continue
            if holds_entry_note(text):
                # A cell that must be filled and is as good as blank was told as that.
                required = self._context.includes_rule(f"{column.key}-missing")
                if not required or _read_blank(text, column) is None:
                    self._context.add_cell_finding(NOT_FINAL, entry, index)
            elif may_hold_gap(text) and holds_gap(text, cell=True):
                words = VALUE_REFUSALS["gap"]["entry"]
                self._context.add_cell_finding(
                    NOT_FINAL, entry, index, instead=words.says, instead_fix=words.fix
                )
            elif len(self._known) < MAX_REMEMBERED_TEXTS:
                self._known.add(text)


class DateCellCheck:
    """The date is one day in the calendar, and has been."""

    def __init__(self, context: TableContext, column: int) -> None:
        self._context = context
        self._column = column

    def check_entry(self, entry: TableEntry) -> None:
        if not entry.texts[self._column]:
            return
        if (reading := entry.when).value is None:
            self._refuse(entry)
        elif entry.day is None:
            words = self._context.words_for_future_day(reading.value)
            self._context.add_doubtful_finding("date-future", entry, self._column, **words)
        if reading.uncertain and reading.value:
            self._context.add_cell_finding("date-uncertain", entry, self._column)

    def _refuse(self, entry: TableEntry) -> None:
        why = entry.when.refusal
        says, fix = dates.date_refusal_words(entry.when, entry.texts[self._column], in_table=True)
        if why == WITH_TIME and entry.at.value is not None:
            fix = VALUE_REFUSALS["row"]["date-with-second-time"].fix
        tell = (
            self._context.add_doubtful_finding
            if why == "month-first"
            else self._context.add_cell_finding
        )
        tell("date-invalid", entry, self._column, why, says=says, fix=fix)


class TimeCellCheck:
    """The time, where there is one, is one time on the 24 hour clock, written 17:45."""

    def __init__(self, context: TableContext, column: int) -> None:
        self._context = context
        self._column = column

    def check_entry(self, entry: TableEntry) -> None:
        reading = entry.at
        if not entry.texts[self._column]:
            return
        text = entry.texts[self._column]
        if reading.refusal == "not-known" or (
            reading.refusal == "not-a-time" and read_no_value(text)
        ):
            said = reading.refusal == "not-known"
            says = VALUE_REFUSALS["time"]["not-known"].says if said else ""
            self._context.add_cell_finding("time-missing", entry, self._column, instead=says)
        elif reading.value is None:
            says, fix = times.time_refusal_words(reading, entry.texts[self._column])
            self._context.add_cell_finding(
                "time-invalid", entry, self._column, reading.refusal, says=says, fix=fix
            )
        if reading.style:
            self._context.add_cell_finding("time-style", entry, self._column)
        if reading.estimated:
            self._context.add_cell_finding("time-estimated", entry, self._column)


class AgencyCellCheck:
    """The agency named is the one that sent the document."""

    def __init__(self, context: TableContext, column: int) -> None:
        self._context = context
        self._column = column
        self._sender = SenderNames(context.known.agency) if context.known.agency else None

    def check_entry(self, entry: TableEntry) -> None:
        text = entry.texts[self._column]
        if text and self._sender and not (self._sender.is_named_by(text) or read_no_value(text)):
            self._context.add_cell_finding("agency-other", entry, self._column)


class SubjectCellCheck:
    """Everyone named is one of the review's subjects, where the case lists them; and most rows name
    one at all."""

    def __init__(self, context: TableContext, column: int) -> None:
        self._context = context
        self._column = column
        self._named = 0  # rows that name anybody
        self._strangers = 0  # of them, those that name nobody of the review

    def check_entry(self, entry: TableEntry) -> None:
        text = entry.texts[self._column]
        if not text or not self._context.roll:
            return
        named = self._context.roll.find_subjects(text)
        self._named += 1
        self._strangers += named.unknown and not named.subjects
        if named.unknown:
            self._context.add_cell_finding("subject-unknown", entry, self._column)

    def add_closing_findings(self) -> None:
        if self._strangers >= MIN_UNKNOWN_ROWS and 2 * self._strangers > self._named:
            words = {"count": f"{self._strangers:,}", "total": f"{self._named:,}"}
            where = FindingPlace(None, None, self._context.columns[self._column].heading)
            self._context.add_finding("subjects-of-another", where, **words)


class AgeCellCheck:
    """A subject under 18 has an age, which can be read and agrees with the date of birth."""

    def __init__(self, context: TableContext, column: int) -> None:
        self._context = context
        self._column = column
        self._subject = context.index_of_column("subject")

    def check_entry(self, entry: TableEntry) -> None:
        if self._column in entry.unjudged:
            return
        named = "" if self._subject is None else entry.texts[self._subject]
        about = self._context.roll.find_subjects(named)
        reading = read_age(entry.texts[self._column])
        if reading.days is None:
            self._unread(entry, reading, about)
        elif entry.day and not _agrees(reading, about, entry.day):
            self._context.add_doubtful_finding("age-conflict", entry, self._column)

    def _unread(self, entry: TableEntry, reading: AgeReading, about: NamedSubjects) -> None:
        young = about.has_minor(entry.day)
        if reading.refusal == "empty":
            if young:
                self._context.add_cell_finding("age-missing", entry, self._column)
        # Several people may have several ages in one cell; an adult's may be "N/A".
        elif about.names < 2 and (young or (young is None and reading.refusal == "not-an-age")):
            self._context.add_cell_finding("age-odd", entry, self._column)


def _agrees(reading: AgeReading, about: NamedSubjects, day: date) -> bool:
    """True also where it cannot be known, and for anyone not under 18."""
    if about.names != 1 or not about.has_minor(day):
        return True
    born = about.subjects[0].born
    return born is None or reading.fits_birth_date(born, day)


class YesNoCellCheck:
    """The child was seen or was not: Y, N, Yes or No. More than that is kept, and said."""

    def __init__(self, context: TableContext, column: int) -> None:
        self._context = context
        self._column = column
        self._rule = context.columns[column].key

    def check_entry(self, entry: TableEntry) -> None:
        text = entry.texts[self._column].lower().strip(" .")
        if text in _PLAIN_ANSWERS or self._column in entry.unjudged:
            return
        first = text.replace("-", " ").replace(",", " ").split()[:1]
        words = VALUE_REFUSALS["yes-no"]["and-more" if _PLAIN_ANSWERS & set(first) else "neither"]
        self._context.add_cell_finding(
            self._rule, entry, self._column, says=words.says, fix=words.fix
        )


class DittoCellCheck:
    """A ditto mark is told; one with nothing above it only where no other check told it."""

    def __init__(self, context: TableContext) -> None:
        self._context = context

    def check_entry(self, entry: TableEntry) -> None:
        if not (entry.dittoed or entry.hollow):
            return
        for column in sorted(entry.dittoed):
            self._context.add_cell_finding("ditto", entry, column)
        for column in sorted(entry.hollow - entry.unjudged):
            if not self._context.has_ditto_finding(entry, column):
                self._context.add_cell_finding("ditto", entry, column)


def count_cells_in_place(entry: TableEntry, context: TableContext) -> int:
    """How many of an entry's cells look like what belongs under their headings."""
    found = int(entry.when.refusal not in {"", "empty", "not-a-date", "not-known"})
    found += entry.at.value is not None
    for index, column in enumerate(context.columns):
        text = entry.texts[index]
        match column.reads_as:
            case "age":
                found += read_age(text).days is not None
            case "yes_no":
                found += text.lower().strip(" .") in _PLAIN_ANSWERS
            case "agency":
                agency = context.known.agency
                found += bool(text and agency and SenderNames(agency).is_named_by(text))
            case "subject":
                found += bool(text and context.roll and context.roll.find_subjects(text).subjects)
    return found


# What each sort of column is asked. `MissingCellCheck` comes before, and `DittoCellCheck` behind.
CHECKS_BY_COLUMN: dict[str, Callable[[TableContext, int], CellCheck]] = {
    "date": DateCellCheck,
    "time": TimeCellCheck,
    "agency": AgencyCellCheck,
    "subject": SubjectCellCheck,
    "age": AgeCellCheck,
    "yes_no": YesNoCellCheck,
}


def checks_for_columns(context: TableContext) -> tuple[CellCheck, ...]:
    asked = [
        CHECKS_BY_COLUMN[column.reads_as](context, index)
        for index, column in enumerate(context.columns)
        if column.reads_as in CHECKS_BY_COLUMN
    ]
    worded = (NoteCellCheck(context), PrivateDetailCheck(context))
    return (MissingCellCheck(context), *worded, *asked, DittoCellCheck(context))
