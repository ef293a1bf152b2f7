"""Every rule of the chronology, shown by one change to a chronology of four entries.

Does: lists the rows, in the order of `config/kinds/chronology.toml`.
Trusts: `tests/builders.py` for the documents.
Never touches: files.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.builders import (
    merged_across,
    merged_down,
    swap_rows,
    tracked_insertion,
    with_cell,
    with_column,
    with_heading,
    with_paragraph_after,
    with_separator,
    with_strike,
    with_table_after,
    without_cell,
    without_heading,
    without_rows,
)
from tests.builders_marks import with_hidden_row
from tests.handlers.rules.shown import Shown, Table
from tests.papers.chronology_paper import make_chronology
from tests.papers.stories import StoryEvent


def entry(day: str, time: str, age: str) -> StoryEvent:
    return StoryEvent(day, time, "GP", "Child N", age, "Y", "GP records", "Seen in surgery.", "")


ENTRIES = [
    entry("12/06/2007", "09:10", "5/52"),
    entry("03/09/2008", "10:30", "16 mths"),
    entry("14/09/2009", "17:45", "2y 4m"),
    entry("10/02/2010", "08:05", "2y 9m"),
]
SOUND = make_chronology(ENTRIES)
CONTINUED = StoryEvent("", "", "", "", "", "", "", "Mother asked about housing too.", "")


def cell(rule: str, column: str, text: str, *besides: str, row: int = 3) -> Shown:
    """The second entry's cell under `column` reads `text`."""
    return Shown(rule, with_cell(SOUND, row, column, text), frozenset(besides))


def shifted() -> bytes:
    """Every entry's cells one column to the right of their headings."""
    made = SOUND
    columns = ("Date", "Time", "Agency", "Name of subject", "Age", "Child seen")
    words = ("", "12/06/2007", "09:10", "GP", "Child N", "5/52")
    for row in range(2, 6):
        for column, text in zip(columns, words, strict=True):
            made = with_cell(made, row, column, text)
    return made


def of_strangers() -> bytes:
    """Three of the four rows are about people of another review."""
    made = SOUND
    for row in (2, 3, 4):
        made = with_cell(with_cell(made, row, "Name of subject", "Somebody Else"), row, "Age", "")
    return made


def out_of_order() -> bytes:
    """Twenty-four entries with no order to be found in them: the last day of each month before
    its first, and the months of one half of the year between those of the other."""
    months = (7, 1, 8, 2, 9, 3, 10, 4, 11, 5, 12, 6)
    days = [f"{day:02}/{month:02}/2009" for month in months for day in (28, 1)]
    return make_chronology([replace(entry(day, "09:00", ""), subject="Mother") for day in days])


def rows() -> Iterator[Shown]:
    yield Shown("heading-changed", with_heading(SOUND, "Event", "What happened"))
    yield Shown("heading-missing", without_heading(SOUND, "Authors Comment"))
    yield Shown("heading-added", with_column(SOUND, "Significance", "High"))
    yield Shown("columns-shifted", shifted())
    tales = [replace(each, source=each.event, event=each.source) for each in ENTRIES]
    yield Shown("columns-swapped", make_chronology(tales))
    yield Shown("merged-across", merged_across(SOUND, 3, "Source of Information", "Event"))
    yield Shown("merged-down", merged_down(SOUND, "Event", 3, 4))
    yield Shown("row-cells", without_cell(SOUND, "Source of Information", 3))
    yield Shown("struck-out", with_strike(SOUND, 3, "Source of Information"))
    yield Shown("struck-in-part", with_strike(SOUND, 3, "Event", kept="Seen."))
    yield Shown("row-continues", make_chronology([ENTRIES[0], CONTINUED, *ENTRIES[1:]]))
    yield Shown("no-rows", without_rows(SOUND))
    yield Shown("separator-row", with_separator(SOUND, 3, "2008"))
    visits = [["Month", "Visits", "Missed"], ["May", "3", "1"]]
    yield Shown("table-unread", with_table_after(SOUND, visits))
    told_of = "12/06/2009 Seen in surgery with Mother about a rash."
    yield Shown("entries-outside", with_paragraph_after(SOUND, told_of))
    draft = "DRAFT - further entries to follow"
    yield Shown("draft", with_paragraph_after(SOUND, draft))
    left = "Author: [Insert author's name]"
    yield Shown("placeholder-left", with_paragraph_after(SOUND, left))
    yield Shown("front-agency-other", make_chronology(ENTRIES, agency="Borough Housing"))
    yield cell("ditto", "Source of Information", '"')
    yield Shown("hidden-text", with_hidden_row(SOUND, 3))
    yield Shown("tracked-changes", tracked_insertion(SOUND, 3, "Event"))
    yield cell("date-missing", "Date", "")
    yield cell("date-invalid", "Date", "31/02/2008")
    yield cell("date-future", "Date", "03/09/2011", row=5)
    yield cell("date-uncertain", "Date", "?03/09/2008")
    yield cell("date-outside-period", "Date", "20/02/2010", row=5)
    yield Shown("order", swap_rows(SOUND, 3, 4))
    yield Shown("order-throughout", out_of_order())
    yield cell("time-missing", "Time", "")
    yield cell("time-invalid", "Time", "25:10")
    yield cell("time-style", "Time", "10.30")
    yield cell("time-estimated", "Time", "?10:30")
    yield cell("agency-missing", "Agency", "")
    yield cell("agency-other", "Agency", "Police")
    yield cell("subject-missing", "Name of subject", "")
    yield cell("subject-unknown", "Name of subject", "Somebody Else")
    yield Shown("subjects-of-another", of_strangers(), frozenset({"subject-unknown"}))
    yield cell("age-missing", "Age", "")
    yield cell("age-odd", "Age", "toddler")
    yield cell("age-conflict", "Age", "7")
    yield cell("child-seen", "Child seen", "Perhaps")
    yield cell("source-missing", "Source of Information", "")
    yield cell("event-missing", "Event", "")
    yield cell("not-final", "Event", "Need to ask HV2 about this")
    yield cell("details-suspected", "Event", "Statement taken by PC Holroyd, tel 01632 960177.")


TABLE = Table("chronology", SOUND, tuple(rows()))
