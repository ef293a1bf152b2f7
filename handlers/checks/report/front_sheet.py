"""Checks the front sheet: what must stand on it, whose report it says it is, and its date.

No name leaves the worker. An agency without a label is looked for among the lines above the first
blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.english import join_with_and
from config.kind_shape import Field, ReportShape
from config.label_words import NAME_TITLES
from config.rules import VALUE_REFUSALS
from handlers.checks.report.front_sheet_fields import (
    day_of_text,
    field_by_reading,
    front_field_answer,
    front_fields,
    front_lexicon,
    front_no_value,
    own_front_blocks,
    printed_lines,
    read_front_date,
    report_day,
    unlabelled_day,
)
from handlers.checks.report.report import ReportDocument
from handlers.checks.report.template_text import fields_left
from handlers.context import AgencyFacts, Context
from handlers.document import Block, Paragraph, Row
from handlers.fields.drawn_lines import entered_value
from handlers.fields.fields import read_field_items
from handlers.fields.label_meanings import FoundField, UnclaimedText
from handlers.fields.labels import find_line_labels
from handlers.fields.people import look_of_text, split_pieces
from handlers.findings import FRONT_SHEET, PAGE_MARGIN, Clues, FindingPlace, Findings
from handlers.values.agency_names import compare_with_sender, is_short_for
from handlers.values.blanks_not_filled import day_not_settled, is_to_come
from handlers.values.case_reference import find_other_review
from handlers.values.dates import IMPOSSIBLE_DATES, date_refusal_words
from handlers.values.normalise import fold_text, quote_if_harmless
from handlers.verdict import SEVERITY_WEIGHTS

RULE_PREFIX = "front-sheet-"
UNCLEAR_RULE = "front-sheet-unclear"
# What stands after its label on a line that a letter asks to add.
EXAMPLE_VALUES = {"name": "A. Person", "date": "28/05/2010"}
MAX_AGENCY_NAME = 80  # letters an agency's name has at most
# Words that stand on front sheets and are no agency's name.
_NOT_AGENCY = (
    "serious case review", "working together", "accordance", "safeguarding", "official",
    "confidential", "restricted", "version", "contents", "draft", "final", "logo", "report",
)  # fmt: skip
_CHILD = re.compile(r"\b[A-Z]{1,3}\d{1,4}/[A-Z0-9]{1,2}\b")

# "Date: April 2010", "Date: XX April 2010"
_NO_DAY = frozenset({"month-only", "year-only", "day-open"})


def check_front_sheet(report: ReportDocument, findings: Findings) -> None:
    """front-sheet-title, front-sheet-THE-WORDS, front-sheet-KEY, front-sheet-unclear: no
    placeholders. front-sheet-date-invalid: `{says}`, `{fix}`. front-sheet-date-future:
    `{value}`."""
    shape = report.shape
    if not (shape.front_words or shape.front_sheet):
        return
    shown = fold_text("\n".join([*printed_lines(report.front_blocks), *report.traits.margins]))
    if not any(fold_text(title) in shown for title in report.titles):
        findings.add(f"{RULE_PREFIX}title", FindingPlace(section=FRONT_SHEET))
    for words in shape.front_words:
        if fold_text(words) not in shown:
            findings.add(
                f"{RULE_PREFIX}{fold_text(words).replace(' ', '-')}",
                FindingPlace(section=FRONT_SHEET),
            )
    for field in shape.front_sheet:
        _check_field(report, field, findings)
        _check_beside(report, field, findings)


def _check_beside(report: ReportDocument, field: Field, findings: Findings) -> None:
    """ "TBC" still stands under the label of what was entered on another line."""
    own = [f for f in front_fields(report) if f.terms[0].key == field.key]
    if len(own) > 1 and _filled(report, field) and any(is_to_come(one.text) for one in own):
        told = VALUE_REFUSALS["form"]["left-beside"]
        place = FindingPlace(section=f"{FRONT_SHEET}, {field.label}")
        rule, fix = f"{RULE_PREFIX}{field.key}", told.fix
        findings.add(rule, place, "advice", "", instead=told.says, instead_fix=fix)


def _check_field(report: ReportDocument, field: Field, findings: Findings) -> None:
    """Evidently blank is the field's own rule; what may be it and is not known by its label is a
    question; a date that no calendar has or that is still ahead is told as such."""
    place = FindingPlace(section=f"{FRONT_SHEET}, {field.label}")
    found = front_field_answer(report, field)
    if field.reads_as == "date" and found is not None and day_not_settled(found.text):
        words = VALUE_REFUSALS["date"]["not-settled"]
        findings.add(UNCLEAR_RULE, place, None, "", instead=words.says, instead_fix=words.fix)
    elif not _filled(report, field):
        told = front_no_value(found, field)
        if told is None and found is None and _may_be_there(report, field):
            findings.add(UNCLEAR_RULE, place)
        elif not _told_as_template(report, field, findings):
            lines = {"instead": told.says} if told else _none_there(report, field, findings)
            findings.add(f"{RULE_PREFIX}{field.key}", place, None, "", **lines)
    elif field.reads_as == "agency" and _of_nobody(found, report.context.agency):
        findings.add(UNCLEAR_RULE, place)
    elif field.reads_as == "date" and found is not None and found.text:
        _check_date(found.text, report.context, place, findings)


def _none_there(report: ReportDocument, field: Field, findings: Findings) -> dict[str, str]:
    """The words for what must stand on the sheet where none of its blanks is there, the same for
    all: whoever adds one adds them all. {} where a blank is there, or for one that need not be."""
    needed = [
        f
        for f in report.shape.front_sheet
        if findings.severity_of(f"{RULE_PREFIX}{f.key}") == "fault"
    ]
    if field not in needed or len(needed) < 2 or any(front_field_answer(report, f) for f in needed):
        return {}
    words = VALUE_REFUSALS["report"]["no-front-sheet"]
    lines = join_with_and([f'"{f.label}: {EXAMPLE_VALUES.get(f.reads_as, "")}"' for f in needed])
    return {"instead": words.says, "instead_fix": words.fix.format(lines=lines)}


def _of_nobody(found: FoundField | None, agency: AgencyFacts | None) -> bool:
    """Whether the blank names the agency in a word that may be several agencies': "GP"."""
    named = found.text if found is not None and not found.is_blank else ""
    return compare_with_sender(named, agency) == "unclear"


def _told_as_template(report: ReportDocument, field: Field, findings: Findings) -> bool:
    """Whether the template's own text stands in the blank, and saying so is the graver."""
    left = findings.severity_of("placeholder-left")
    own = findings.severity_of(f"{RULE_PREFIX}{field.key}")
    if left is None or (own is not None and SEVERITY_WEIGHTS[own] >= SEVERITY_WEIGHTS[left]):
        return False
    return field.key in fields_left(report)


def _check_date(text: str, context: Context, place: FindingPlace, findings: Findings) -> None:
    reading = read_front_date(text, context)
    if reading.value is not None and reading.value > context.today:
        findings.add(f"{RULE_PREFIX}date-future", place, value=quote_if_harmless(text))
    elif reading.refusal in IMPOSSIBLE_DATES:
        says, fix = date_refusal_words(reading, text)
        findings.add(f"{RULE_PREFIX}date-invalid", place, says=says, fix=fix)
    elif reading.refusal in _NO_DAY:
        says, fix = date_refusal_words(reading, text)
        findings.add(UNCLEAR_RULE, place, instead=says, instead_fix=fix)


def read_front_clues(report: ReportDocument) -> Clues:
    """The report's date, its child identifier, and whether the agency is the sender's own."""
    identifier, place = _child_identifier(report)
    return Clues(
        child_identifier=identifier,
        identifier_place=place,
        agency=_agency(report),
        dated=report_day(report),
    )


def has_blank_field(report: ReportDocument) -> bool:
    """Whether any blank of the sheet holds nothing, though another may answer the same."""
    own = {fold_text(field.label) for field in report.shape.front_sheet}
    return any(
        found.is_blank and fold_text(found.label_words) in own for found in front_fields(report)
    )


def _filled(report: ReportDocument, field: Field) -> bool:
    found = front_field_answer(report, field)
    if found is not None and not found.is_blank:
        if front_no_value(found, field) is not None:
            return False
        return not found.below or _believable(found.text, field, report.context)
    if field.reads_as == "agency":
        return bool(_agency_lines(report))
    return field.reads_as == "date" and found is None and unlabelled_day(report) is not None


def _believable(text: str, field: Field, context: Context) -> bool:
    """Whether the line under an open label answers it, and is not the next thing on the sheet."""
    if field.reads_as == "date":
        reading = read_front_date(text, context)
        return reading.precision != "" or reading.refusal in IMPOSSIBLE_DATES
    return field.reads_as != "name" or not any(c.isdigit() for c in text)


def _may_be_there(report: ReportDocument, field: Field) -> bool:
    """Whether something on the sheet may be what no known label gives: a person beside a label
    nobody told us of, a name with its title, a picture of a whole sheet."""
    if field.reads_as not in ("name", "date"):
        return False
    loose = [
        i
        for i in read_field_items(own_front_blocks(report), front_lexicon(report.shape))
        if isinstance(i, UnclaimedText)
    ]
    return any(_looks(one, field) for one in loose)


def _looks(loose: UnclaimedText, field: Field) -> bool:
    looks = {look_of_text(part) for part in split_pieces(loose.text)}
    if field.reads_as == "date":
        printed = any(words in fold_text(loose.text) for words in (*_NOT_AGENCY, "period", "born"))
        dated = " dated " in f" {fold_text(loose.text)} "
        return "date" in looks and (dated or not printed)
    titled = any(word in NAME_TITLES for word in fold_text(loose.text).split())
    by = " by " in f" {fold_text(loose.text)} "
    return bool(looks & {"name", "designation"}) and (loose.label or titled or by)


def _child_identifier(report: ReportDocument) -> tuple[str | None, str]:
    """The case's own identifier where it is there, else one of the same form, and where that
    stands."""
    front = "\n".join(printed_lines(report.front_blocks))
    shown = "\n".join([front, *report.traits.margins])
    own = report.context.case.child_identifier if report.context.case else ""
    if own and own in shown:
        return own, ""
    found = _CHILD.search(shown)
    another = find_other_review(shown, report.context.case) if report.context.case else ""
    other = another or (found[0] if found else "")
    return other or None, "" if not other else FRONT_SHEET if other in front else PAGE_MARGIN


def _agency(report: ReportDocument) -> str | None:
    """ "own", "other", or None where nothing on the sheet says whose it is."""
    agency, lines = report.context.agency, _agency_lines(report)
    if agency is None or not lines:
        return None
    if any(_names(line, agency) for line in lines):
        return "own"
    field = field_by_reading(report.shape, "agency")
    if field is not None and _of_nobody(front_field_answer(report, field), agency):
        return lines[0][:MAX_AGENCY_NAME]  # for whoever knows the other agencies
    if not _labelled(report) and _titled_by(report, agency):
        return None  # clues that disagree are nobody's proof
    return None if any(_may_name(line, agency) for line in lines) else "other"


def _agency_lines(report: ReportDocument) -> list[str]:
    """What the sheet gives as the agency: the labelled blank, else the lines above the blanks
    that are not the sheet's own words, though one paragraph may hold them and the first blank."""
    field = field_by_reading(report.shape, "agency")
    if field is None:  # a report that is no agency's, such as the independent author's
        return []
    found = front_field_answer(report, field)
    if found is not None and not found.is_blank:
        nobody = front_no_value(found, field) is not None or field.key in fields_left(report)
        return [] if nobody else [found.text]
    sheet = own_front_blocks(report)
    first = min((f.position for f in front_fields(report)), default=len(sheet))
    above = [block for block in sheet[:first] if not _heads_values(block, report.shape)]
    lines = [*printed_lines(above), *_lines_over_label(sheet[first : first + 1], report.shape)]
    return [line for line in lines if _may_be_agency(line, report)]


def _lines_over_label(blocks: Sequence[Block], shape: ReportShape) -> Iterator[str]:
    """The lines of a paragraph of several that stand over the first that has a label."""
    for block in blocks:
        lines = block.text.split("\n") if isinstance(block, Paragraph) else []
        labelled = [_asks_something(line, shape) for line in lines]
        if True in labelled:
            yield from lines[: labelled.index(True)]


def _asks_something(line: str, shape: ReportShape) -> bool:
    """Whether it has a blank's label: the sheet's own other words, such as its marking, have no
    blank."""
    labels = find_line_labels(line, front_lexicon(shape))
    return any(term.key for label in labels for term in label.terms)


def _heads_values(block: Block, shape: ReportShape) -> bool:
    """A row of labels over a row of what is entered, which names no agency."""
    if not isinstance(block, Row) or len(block.cells) < 2:
        return False
    return any(front_lexicon(shape).terms_of_label(cell.text) for cell in block.cells)


def _titled_by(report: ReportDocument, agency: AgencyFacts) -> bool:
    """ "Individual Management Review by Meadow Lane Surgery": the name in the title's line."""
    return any(
        fold_text(agency.name) in fold_text(line)
        and any(fold_text(title) in fold_text(line) for title in report.titles)
        for line in printed_lines(report.front_blocks)
    )


def _labelled(report: ReportDocument) -> bool:
    """Whether a blank of the sheet says whose report it is."""
    field = field_by_reading(report.shape, "agency")
    found = front_field_answer(report, field) if field else None
    return found is not None and not found.is_blank


def _may_be_agency(line: str, report: ReportDocument) -> bool:
    plain = fold_text(entered_value(line))
    printed = [*report.titles, *report.shape.front_words, *_NOT_AGENCY]
    return (
        0 < len(plain) <= MAX_AGENCY_NAME
        and any(c.isalpha() for c in plain)
        and not _CHILD.search(line)
        and not _of_another_blank(plain, report.shape)
        and not any(fold_text(words) in plain for words in printed)
        and day_of_text(line, report.context) is None
    )


def _of_another_blank(plain: str, shape: ReportShape) -> bool:
    """ "Prepared by A. Person, Named GP, 20 May 2010"."""
    others = (field for field in shape.front_sheet if field.reads_as in ("name", "date"))
    return any(
        f"{plain} ".startswith(f"{fold_text(words)} ")
        for field in others
        for words in (field.label, *field.also)
    )


def _names(line: str, agency: AgencyFacts) -> bool:
    plain = fold_text(line)
    called = {fold_text(name) for name in (agency.name, agency.code, *agency.abbreviations)}
    return fold_text(agency.name) in plain or plain in called or is_short_for(line, agency.name)


def _may_name(line: str, agency: AgencyFacts) -> bool:
    """Shares a telling word with the agency's name: a department of it, or it under a new name."""
    words = {w for w in fold_text(agency.name).split() if len(w) > 3}
    return bool(words & set(fold_text(line).split()))
