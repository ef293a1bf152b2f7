"""What the fixes of a chronology's rules give to be entered, entered.

Does: lists a row for each rule whose fix says what to write and where.
Trusts: `tests/builders.py` for the documents.
Never touches: files.
Known limits: none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from handlers.findings import Finding
from tests.builders import with_cell, with_column, with_heading, with_text, without_heading
from tests.handlers.rules.chronologies import ENTRIES, SOUND, cell
from tests.handlers.rules.mended import Document, Mend, Mended, named, quoted
from tests.handlers.rules.small import letter
from tests.papers.chronology_paper import make_chronology

COMMENT = "Authors Comment"
DAY = ENTRIES[1].date  # of the entry that is made faulty
# A value for each way in which a date or a time cannot be taken.
DATES = {
    "not-a-day": "31/02/2009", "month-first": "02/13/2009", "month-only": "Feb 2009",
    "year-only": "2009", "no-year": "3/2", "year-odd": "3/2/209", "week": "w/c 2/2/09",
    "range": "2-5/2/09", "approximate": "approx 3/2/09", "several": "3/2/09 and 5/2/09",
    "with-time": "3/2/09 10:30", "extra-words": "3/2/09 by telephone", "not-known": "not known",
    "not-a-date": "the day after",
}  # fmt: skip
TIMES = {
    "off-the-clock": "25:10", "midnight": "24:00", "part-of-day": "am",
    "range": "17:00-18:00", "estimated": "before 10:00", "several": "10:00 and 11:00",
    "date": "03/02/2009", "extra-words": "10:00 by telephone", "not-a-time": "soon",
}  # fmt: skip


def put(docx: bytes, finding: Finding, *texts: str) -> Iterator[bytes]:
    """Each text in the cell of the finding, and in the comment what the fix wants there."""
    row, column = finding.where.row, finding.where.column
    assert row is not None and column is not None
    said = "This is an estimate: week commencing 2 February." if COMMENT in finding.fix else ""
    for text in texts:
        made = with_cell(docx, row, column, text)
        yield with_cell(made, row, COMMENT, said) if said else made


def entered(docx: bytes, finding: Finding) -> Iterator[bytes]:
    """The entry's own day or time in the form that is asked for, or each thing that is named: a day
    or a time of another entry would be out of order here, so none is given to be copied."""
    assert not re.search(r"such as \??\d\d[/:]", finding.fix), finding.fix
    if "dd/mm/yyyy" in finding.fix:
        marked = "a question mark before it" in finding.fix
        yield from put(docx, finding, *([] if "with a question" in finding.fix else [DAY]))
        yield from put(docx, finding, *([f"?{DAY}"] if marked else []))
    elif "hh:mm" in finding.fix:
        yield from put(docx, finding, "10:30")
    else:
        yield from put(docx, finding, *named(finding.fix))


def nil_return(docx: bytes, finding: Finding) -> Iterator[bytes]:
    """The short letter that the fix asks for, and no more."""
    assert "with your agency's name, your own name and role, and the date" in finding.fix
    signed = ("Meadow Lane Surgery", "Jane Holt", "Practice Manager", "20 May 2010")
    said = "No member of the family is or has been known to our agency."
    yield letter("Nil Return", said, *signed)
    yield letter("", said, ", ".join(signed))


def either_end_of_the_day(docx: bytes, finding: Finding) -> Iterator[bytes]:
    yield from put(docx, finding, "00:00", "23:59")


def refused(rule: str, column: str, values: Mapping[str, str]) -> Iterator[Mended]:
    for key, value in values.items():
        mend: Mend = either_end_of_the_day if key == "midnight" else entered
        yield Mended("chronology", rule, mend, cell(rule, column, value).document, key)


def one(rule: str, mend: Mend, faulty: Document = None) -> Mended:
    return Mended("chronology", rule, mend, faulty)


def rows() -> Iterator[Mended]:
    yield Mended("chronology", "no-rows", nil_return, as_kind="nil_return")
    yield one("heading-changed", lambda d, f: [with_heading(d, "What happened", quoted(f.fix)[0])])
    yield one("heading-missing", lambda d, f: [with_column(d, COMMENT)])
    yield one("heading-added", lambda d, f: [without_heading(d, "Significance")])
    yield one("columns-shifted", lambda d, f: [SOUND])
    yield one("date-missing", entered)
    yield one("date-future", entered, cell("date-future", "Date", "03/09/2011").document)
    yield one("time-missing", entered)
    yield one("time-style", lambda d, f: put(d, f, "17:45", "10:30"))
    yield one("time-estimated", entered)
    yield one("agency-missing", lambda d, f: put(d, f, *quoted(f.fix)))
    yield one("agency-other", lambda d, f: put(d, f, *quoted(f.fix)))
    yield one("front-agency-other", lambda d, f: [
        make_chronology(ENTRIES, agency=name) for name in quoted(f.fix)
    ])  # fmt: skip
    yield one("age-missing", entered)
    yield one("age-odd", entered)
    yield one("source-missing", lambda d, f: put(d, f, *quoted(f.fix)))
    yield one("child-seen", lambda d, f: put(d, f, "Y", "N"))
    draft = "DRAFT - further entries to follow"
    yield one("draft", lambda d, f: [with_text(d, draft, "")])
    yield from refused("date-invalid", "Date", DATES)
    yield from refused("time-invalid", "Time", TIMES)


ROWS = tuple(rows())
