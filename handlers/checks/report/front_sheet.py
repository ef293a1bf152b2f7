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
from dataclasses import replace
from datetime import date
from functools import lru_cache

from config.document_words import HONOURS
from config.kind_shape import Field, ReportShape
from config.rules import REFUSALS
from handlers.checks.report.grid import Grid, grids
from handlers.checks.report.paragraphs import listed
from handlers.checks.report.report import Report, passages
from handlers.checks.report.template_text import fields_left
from handlers.context import AgencyFacts, Context
from handlers.document import Block, Row, TableEnd
from handlers.fields.fields import filled_in, read_items
from handlers.fields.front_matter import sort_of
from handlers.fields.label_meanings import Filled, Lexicon, Loose, Term, answered_first, lexicon
from handlers.fields.labels import entered_value
from handlers.fields.people import looks_like, pieces
from handlers.findings import FRONT_SHEET, WEIGHT, Clues, Findings, Where
from handlers.values.agency_names import own_or_other, stands_for
from handlers.values.case_reference import of_another_review
from handlers.values.dates import IMPOSSIBLE, DateReading, read_day_signed, refusal_words
from handlers.values.normalise import fold, quoted
from handlers.values.placeholders import NoValue, day_not_settled, is_to_come, no_value, put_off

RULE = "front-sheet-"
UNCLEAR = "front-sheet-unclear"
# Sorts of `config/front_matter.toml` in which nothing of the sheet itself stands; in the others
# only where a heading is one of the sheet's blanks, besides a name and a day.
VERSIONS = frozenset({"versions", "issues"})
LISTS = frozenset({"issued", "short-forms", "records", "people"})
# What stands after its label on a line that a letter asks to add.
EXAMPLES = {"name": "A. Person", "date": "28/05/2010"}
LONGEST_NAME = 80  # letters an agency's name has at most
# Words that stand on front sheets and are no agency's name.
_NOT_AGENCY = (
    "serious case review", "working together", "accordance", "safeguarding", "official",
    "confidential", "restricted", "version", "contents", "draft", "final", "logo", "report",
)  # fmt: skip
# What stands beside a name or a day in a label, and asks for nothing on this sheet.
_BESIDE = (
    "designation",
    "job title",
    "job designation",
    "title",
    "post",
    "position",
    "role",
    "contact details",
    "signature",
    "reference",
)
_MAY_ANSWER = frozenset({"unknown", "nothing", "not-applicable"})
_CHILD = re.compile(r"\b[A-Z]{1,3}\d{1,4}/[A-Z0-9]{1,2}\b")

_NO_DAY = frozenset({"month-only", "year-only"})  # "Date: April 2010"


def check_front_sheet(report: Report, findings: Findings) -> None:
    """front-sheet-title, front-sheet-THE-WORDS, front-sheet-KEY, front-sheet-unclear: no
    placeholders. front-sheet-date-invalid: `{says}`, `{fix}`. front-sheet-date-future:
    `{value}`."""
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
        _check_field(report, field, findings)
        _check_beside(report, field, findings)


def _check_beside(report: Report, field: Field, findings: Findings) -> None:
    """ "TBC" still stands under the label of what was entered on another line."""
    own = [f for f in _blanks(report) if f.terms[0].key == field.key]
    if len(own) > 1 and _filled(report, field) and any(is_to_come(one.text) for one in own):
        told = REFUSALS["form"]["left-beside"]
        place = Where(section=f"{FRONT_SHEET}, {field.label}")
        rule, fix = f"{RULE}{field.key}", told.fix
        findings.add(rule, place, "advice", "", instead=told.says, instead_fix=fix)


def _check_field(report: Report, field: Field, findings: Findings) -> None:
    """Evidently blank is the field's own rule; what may be it and is not known by its label is a
    question; a date that no calendar has or that is still ahead is told as such."""
    place = Where(section=f"{FRONT_SHEET}, {field.label}")
    found = _read(report, field)
    if field.reads_as == "date" and found is not None and day_not_settled(found.text):
        words = REFUSALS["date"]["not-settled"]
        findings.add(UNCLEAR, place, None, "", instead=words.says, instead_fix=words.fix)
    elif not _filled(report, field):
        told = _no_value(found, field)
        if told is None and found is None and _may_be_there(report, field):
            findings.add(UNCLEAR, place)
        elif not _told_as_template(report, field, findings):
            lines = {"instead": told.says} if told else _none_there(report, field, findings)
            findings.add(f"{RULE}{field.key}", place, None, "", **lines)
    elif field.reads_as == "agency" and _of_nobody(found, report.context.agency):
        findings.add(UNCLEAR, place)
    elif field.reads_as == "date" and found is not None and found.text:
        _check_date(found.text, report.context, place, findings)


def _none_there(report: Report, field: Field, findings: Findings) -> dict[str, str]:
    """The words for what must stand on the sheet where none of its blanks is there, the same for
    all: whoever adds one adds them all. {} where a blank is there, or for one that need not be."""
    needed = [f for f in report.shape.front_sheet if findings.weighs(f"{RULE}{f.key}") == "fault"]
    if field not in needed or len(needed) < 2 or any(_read(report, f) for f in needed):
        return {}
    words = REFUSALS["report"]["no-front-sheet"]
    lines = listed([f'"{f.label}: {EXAMPLES.get(f.reads_as, "")}"' for f in needed])
    return {"instead": words.says, "instead_fix": words.fix.format(lines=lines)}


def _of_nobody(found: Filled | None, agency: AgencyFacts | None) -> bool:
    """Whether the blank names the agency in a word that may be several agencies': "GP"."""
    named = found.text if found is not None and not found.blank else ""
    return own_or_other(named, agency) == "unclear"


def _told_as_template(report: Report, field: Field, findings: Findings) -> bool:
    """Whether the template's own text stands in the blank, and saying so is the graver."""
    left = findings.weighs("placeholder-left")
    own = findings.weighs(f"{RULE}{field.key}")
    if left is None or (own is not None and WEIGHT[own] >= WEIGHT[left]):
        return False
    return field.key in fields_left(report)


def _check_date(text: str, context: Context, place: Where, findings: Findings) -> None:
    reading = _reading(text, context)
    if reading.value is not None and reading.value > context.today:
        findings.add(f"{RULE}date-future", place, value=quoted(text))
    elif reading.refusal in IMPOSSIBLE:
        says, fix = refusal_words(reading, text)
        findings.add(f"{RULE}date-invalid", place, says=says, fix=fix)
    elif reading.refusal in _NO_DAY:
        says, fix = refusal_words(reading, text)
        findings.add(UNCLEAR, place, instead=says, instead_fix=fix)


def clues(report: Report) -> Clues:
    """The report's date, its child identifier, and whether the agency is the sender's own."""
    return Clues(
        child_identifier=_child_identifier(report), agency=_agency(report), dated=_dated(report)
    )


def left_blank(report: Report) -> bool:
    """Whether any blank of the sheet holds nothing, though another may answer the same."""
    own = {fold(field.label) for field in report.shape.front_sheet}
    return any(found.blank and fold(found.label) in own for found in _blanks(report))


def _filled(report: Report, field: Field) -> bool:
    found = _read(report, field)
    if found is not None and not found.blank:
        if _no_value(found, field) is not None:
            return False
        return not found.below or _believable(found.text, field, report.context)
    if field.reads_as == "agency":
        return bool(_agency_lines(report))
    return field.reads_as == "date" and found is None and _loose_date(report) is not None


def _believable(text: str, field: Field, context: Context) -> bool:
    """Whether the line under an open label answers it, and is not the next thing on the sheet."""
    if field.reads_as == "date":
        reading = _reading(text, context)
        return reading.precision != "" or reading.refusal in IMPOSSIBLE
    return field.reads_as != "name" or not any(c.isdigit() for c in text)


def _read(report: Report, field: Field) -> Filled | None:
    own = [f for f in _blanks(report) if f.terms[0].key == field.key]
    return answered_first(own, lambda one: not one.blank and _no_value(one, field) is None)


def _blanks(report: Report) -> tuple[Filled, ...]:
    """The sheet's blanks. Of "Name of author" the author is asked, of "Author and post" too."""
    asked = {f.key for f in report.shape.front_sheet if f.reads_as != "text"}
    items = read_items(_sheet(report), _lexicon(report.shape))
    blanks = [item for item in items if isinstance(item, Filled)]
    every = filled_in(
        replace(item, terms=tuple(t for t in item.terms if t.key in asked) or item.terms)
        for item in blanks
    )
    return tuple(one for one in every if one.terms[0].key)


@lru_cache(maxsize=16)
def _lexicon(shape: ReportShape) -> Lexicon:
    fields = [(f.key, words) for f in shape.front_sheet for words in (f.label, *f.also)]
    others = [("", words) for words in (*shape.front_words, *_BESIDE)]
    return lexicon(tuple(Term(key, words) for key, words in (*fields, *others)))


def _no_value(found: Filled | None, field: Field) -> NoValue | None:
    """Words that say that nothing is there yet. An origin that is not known is an answer."""
    if found is None or found.picture:
        return None
    told = put_off(found.text) if field.reads_as in ("name", "date") else no_value(found.text)
    return None if told and field.reads_as == "text" and told.kind in _MAY_ANSWER else told


def _may_be_there(report: Report, field: Field) -> bool:
    """Whether something on the sheet may be what no known label gives: a person beside a label
    nobody told us of, a name with its title, a picture of a whole sheet."""
    if field.reads_as not in ("name", "date"):
        return False
    loose = [i for i in read_items(_sheet(report), _lexicon(report.shape)) if isinstance(i, Loose)]
    return any(_looks(one, field) for one in loose)


def _looks(loose: Loose, field: Field) -> bool:
    looks = {looks_like(part) for part in pieces(loose.text)}
    if field.reads_as == "date":
        printed = any(words in fold(loose.text) for words in (*_NOT_AGENCY, "period", "born"))
        dated = " dated " in f" {fold(loose.text)} "
        return "date" in looks and (dated or not printed)
    titled = any(word in HONOURS for word in fold(loose.text).split())
    by = " by " in f" {fold(loose.text)} "
    return bool(looks & {"name", "designation"}) and (loose.label or titled or by)


def _sheet(report: Report) -> tuple[Block, ...]:
    """The front sheet without lists of versions, of whom it was sent to and the like, which have
    authors and dates of their own."""
    front = list(report.front)
    for grid in grids(report.front):
        if _is_list(grid, report):
            front[grid.position : grid.end] = [TableEnd(grid.rows[0].table)] * len(grid.rows)
    return tuple(front)


def _is_list(grid: Grid, report: Report) -> bool:
    heads = grid.rows[0].cells
    if len(heads) > 2 and "version" in fold(grid.rows[0].text).split():
        return True
    sort = sort_of(grid.rows, report.period)
    if sort not in LISTS:
        return sort in VERSIONS
    known = _lexicon(report.shape)
    asked = {term.key for cell in heads for term in known.meaning(cell.text)}
    own = {f.key for f in report.shape.front_sheet if f.reads_as not in ("text", "date")}
    return asked.isdisjoint(own)


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
    return read_day_signed(text, period, context.today)


def _child_identifier(report: Report) -> str | None:
    """The case's own identifier where it is there, else one of the same form."""
    shown = "\n".join([*_lines(report.front), *report.traits.margins])
    own = report.context.case.child_identifier if report.context.case else ""
    if own and own in shown:
        return own
    other = _CHILD.search(shown)
    another = of_another_review(shown, report.context.case) if report.context.case else ""
    return another or (other[0] if other else None)


def _agency(report: Report) -> str | None:
    """ "own", "other", or None where nothing on the sheet says whose it is."""
    agency, lines = report.context.agency, _agency_lines(report)
    if agency is None or not lines:
        return None
    if any(_names(line, agency) for line in lines):
        return "own"
    field = _field(report.shape, "agency")
    if field is not None and _of_nobody(_read(report, field), agency):
        return lines[0][:LONGEST_NAME]  # for whoever knows the other agencies
    if not _labelled(report) and _titled_by(report, agency):
        return None  # clues that disagree are nobody's proof
    return None if any(_may_name(line, agency) for line in lines) else "other"


def _agency_lines(report: Report) -> list[str]:
    """What the sheet gives as the agency: the labelled blank, else the lines above the blanks
    that are not the sheet's own words."""
    field = _field(report.shape, "agency")
    if field is None:  # a report that is no agency's, such as the independent author's
        return []
    found = _read(report, field)
    if found is not None and not found.blank:
        nobody = _no_value(found, field) is not None or field.key in fields_left(report)
        return [] if nobody else [found.text]
    sheet = _sheet(report)
    first = min((f.position for f in _blanks(report)), default=len(sheet))
    above = [block for block in sheet[:first] if not _heads_values(block, report.shape)]
    return [line for line in _lines(above) if _may_be_agency(line, report)]


def _heads_values(block: Block, shape: ReportShape) -> bool:
    """A row of labels over a row of what is entered, which names no agency."""
    if not isinstance(block, Row) or len(block.cells) < 2:
        return False
    return any(_lexicon(shape).meaning(cell.text) for cell in block.cells)


def _titled_by(report: Report, agency: AgencyFacts) -> bool:
    """ "Individual Management Review by Meadow Lane Surgery": the name in the title's line."""
    return any(
        fold(agency.name) in fold(line)
        and any(fold(title) in fold(line) for title in report.titles)
        for line in _lines(report.front)
    )


def _labelled(report: Report) -> bool:
    """Whether a blank of the sheet says whose report it is."""
    field = _field(report.shape, "agency")
    found = _read(report, field) if field else None
    return found is not None and not found.blank


def _may_be_agency(line: str, report: Report) -> bool:
    plain = fold(entered_value(line))
    printed = [*report.titles, *report.shape.front_words, *_NOT_AGENCY]
    return (
        0 < len(plain) <= LONGEST_NAME
        and any(c.isalpha() for c in plain)
        and not _CHILD.search(line)
        and not _of_another_blank(plain, report.shape)
        and not any(fold(words) in plain for words in printed)
        and _day(line, report.context) is None
    )


def _of_another_blank(plain: str, shape: ReportShape) -> bool:
    """ "Prepared by A. Person, Named GP, 20 May 2010"."""
    others = (field for field in shape.front_sheet if field.reads_as in ("name", "date"))
    return any(
        f"{plain} ".startswith(f"{fold(words)} ")
        for field in others
        for words in (field.label, *field.also)
    )


def _names(line: str, agency: AgencyFacts) -> bool:
    plain = fold(line)
    called = {fold(name) for name in (agency.name, agency.code, *agency.abbreviations)}
    return fold(agency.name) in plain or plain in called or stands_for(line, agency.name)


def _may_name(line: str, agency: AgencyFacts) -> bool:
    """Shares a telling word with the agency's name: a department of it, or it under a new name."""
    words = {w for w in fold(agency.name).split() if len(w) > 3}
    return bool(words & set(fold(line).split()))
