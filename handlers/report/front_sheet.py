"""The front sheet: what must stand on it, whose report it says it is, and its date.

Does: checks the words and blanks the shape lists, and reads the clues that the register compares.
Trusts: nothing on the sheet.
Never touches: names beyond whether they are there; no name leaves the worker.
Known limits: an agency without a label is looked for among the lines above the first blank. A
date is read day first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from config.shape import Field, ReportShape
from handlers.context import AgencyFacts, Context
from handlers.document.blank import Filled, read_field, read_fields
from handlers.document.block import Block, TableEnd
from handlers.document.label import entered
from handlers.finding import FRONT_SHEET, Clues, Where
from handlers.findings import Findings
from handlers.report.grid import grids
from handlers.report.passage import passages
from handlers.report.report import Report
from handlers.typed.fold import fold
from handlers.typed.reference import first_named
from handlers.typed.when import DateReading, read_date

RULE = "front-sheet-"
LONGEST_NAME = 80  # letters an agency's name has at most
# Words that stand on front sheets and are no agency's name.
_NOT_AGENCY = (
    "serious case review", "working together", "accordance", "safeguarding", "official",
    "confidential", "restricted", "version", "contents", "draft", "final", "logo", "report",
)  # fmt: skip
_CHILD = re.compile(r"\b[A-Z]{1,3}\d{1,4}/[A-Z0-9]{1,2}\b")


def check_front_sheet(report: Report, findings: Findings) -> None:
    """front-sheet-title, front-sheet-THE-WORDS, front-sheet-KEY. No placeholders."""
    shape = report.shape
    if not (shape.front_words or shape.front_sheet):
        return
    shown = fold("\n".join([*_lines(report.front), *report.traits.margins]))
    if not any(fold(title) in shown for title in report.titles):
        findings.add(f"{RULE}title", Where(section=FRONT_SHEET))
    for words in shape.front_words:
        if fold(words) not in shown:
            findings.add(f"{RULE}{fold(words).replace(' ', '-')}", Where(section=FRONT_SHEET))
    for field in shape.front_sheet:
        if not _filled(report, field):
            place = Where(section=f"{FRONT_SHEET}, {field.label}")
            findings.add(f"{RULE}{field.key}", place)


def clues(report: Report) -> Clues:
    """The report's date, its child identifier, and whether the agency is the sender's own."""
    return Clues(
        child_identifier=_child_identifier(report), agency=_agency(report), dated=_dated(report)
    )


def _filled(report: Report, field: Field) -> bool:
    found = _read(report, field)
    if found is not None and not found.blank:
        return not found.below or _believable(found.text, field, report.context)
    if field.reads_as == "agency":
        return bool(_agency_lines(report))
    return field.reads_as == "date" and found is None and _loose_date(report) is not None


def _believable(text: str, field: Field, context: Context) -> bool:
    """Whether the line under an open label answers it, and is not the next thing on the sheet."""
    if field.reads_as == "date":
        return _reading(text, context).precision != ""
    return field.reads_as != "name" or not any(c.isdigit() for c in text)


def _read(report: Report, field: Field) -> Filled | None:
    shape = report.shape
    others = [label for f in shape.front_sheet for label in (f.label, *f.also)]
    return read_field(_sheet(report), (field.label, *field.also), [*others, *shape.front_words])


def _sheet(report: Report) -> tuple[Block, ...]:
    """The front sheet without version tables, which have authors and dates of their own."""
    front = list(report.front)
    for grid in grids(report.front):
        top = fold(grid.rows[0].text)
        if len(grid.rows[0].cells) > 2 and "version" in top.split():
            front[grid.position : grid.end] = [TableEnd(grid.rows[0].table)] * len(grid.rows)
    return tuple(front)


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for passage in passages(blocks):
        if not passage.paragraph.placeholder:
            yield from (line for line in passage.text.split("\n") if line.strip())


def _field(shape: ReportShape, reads_as: str) -> Field | None:
    return next((f for f in shape.front_sheet if f.reads_as == reads_as), None)


def _dated(report: Report) -> date | None:
    field = _field(report.shape, "date")
    found = _read(report, field) if field else None
    if found is None or found.blank:
        return _loose_date(report) if field and found is None else None
    return _day(found.text, report.context)


def _loose_date(report: Report) -> date | None:
    """A date on a line by itself, where no blank is labelled as one."""
    return next(
        (day for line in _lines(_sheet(report)) if (day := _day(line, report.context))), None
    )


def _day(text: str, context: Context) -> date | None:
    return _reading(text, context).value


def _reading(text: str, context: Context) -> DateReading:
    period = context.case.period if context.case else None
    return read_date(text, period, context.today)


def _child_identifier(report: Report) -> str | None:
    """The case's own identifier where it is there, else one of the same form."""
    shown = "\n".join([*_lines(report.front), *report.traits.margins])
    own = report.context.case.child_identifier if report.context.case else ""
    if own and own in shown:
        return own
    elsewhere = report.context.case.elsewhere if report.context.case else ()
    other = _CHILD.search(shown)
    return first_named(shown, elsewhere) or (other[0] if other else None)


def _agency(report: Report) -> str | None:
    """ "own", "other", or None where nothing on the sheet says whose it is."""
    agency, lines = report.context.agency, _agency_lines(report)
    if agency is None or not lines:
        return None
    if any(_names(line, agency) for line in lines):
        return "own"
    return None if any(_may_name(line, agency) for line in lines) else "other"


def _agency_lines(report: Report) -> list[str]:
    """What the sheet gives as the agency: the labelled blank, else the lines above the blanks
    that are not the sheet's own words."""
    field = _field(report.shape, "agency")
    if field is None:  # a report that is no agency's, such as the independent author's
        return []
    found = _read(report, field)
    if found is not None and not found.blank:
        return [found.text]
    sheet = _sheet(report)
    labels = [label for f in report.shape.front_sheet for label in (f.label, *f.also)]
    first = min((f.position for f in read_fields(sheet, labels)), default=len(sheet))
    above = sheet[:first]
    return [line for line in _lines(above) if _may_be_agency(line, report)]


def _may_be_agency(line: str, report: Report) -> bool:
    plain = fold(entered(line))
    printed = [*report.titles, *report.shape.front_words, *_NOT_AGENCY]
    return (
        0 < len(plain) <= LONGEST_NAME
        and any(c.isalpha() for c in plain)
        and not _CHILD.search(line)
        and not any(fold(words) in plain for words in printed)
        and _day(line, report.context) is None
    )


def _names(line: str, agency: AgencyFacts) -> bool:
    plain = fold(line)
    called = {fold(name) for name in (agency.name, agency.code, *agency.abbreviations)}
    return fold(agency.name) in plain or plain in called


def _may_name(line: str, agency: AgencyFacts) -> bool:
    """Shares a telling word with the agency's name: a department of it, or it under a new name."""
    words = {w for w in fold(agency.name).split() if len(w) > 3}
    return bool(words & set(fold(line).split()))
