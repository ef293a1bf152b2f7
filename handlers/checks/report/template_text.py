"""The template's own text that was left in a report: what it is found by, where it stands, and what
is to be written in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from config.kind_shape import Field
from config.rules import VALUE_REFUSALS, Severity
from handlers.checks.report.paragraphs import CountedPassage, count_passages
from handlers.checks.report.paragraphs import place_in_words as in_part
from handlers.checks.report.plan import place_finder
from handlers.checks.report.report import ReportDocument, ReportPassage, report_passages
from handlers.checks.report.sections import authored_passages, is_printed
from handlers.checks.report.sign_off_leftovers import apart_from_blanks
from handlers.document import Paragraph, Row
from handlers.findings import FRONT_SHEET, PAGE_MARGIN, FindingPlace, Findings
from handlers.values.normalise import fold_text
from handlers.values.template_words import found_in, instead_in, left_in

_NUMBER = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+")


def fields_left(report: ReportDocument) -> frozenset[str]:
    """The keys of the front sheet's blanks in which template text was left."""
    return frozenset(
        field.key
        for passage in report_passages(report.front_blocks)
        if template_text(passage, report.shape.placeholders)
        for field in _beside_or_named(passage, report)
    )


def _beside_or_named(passage: ReportPassage, report: ReportDocument) -> Iterator[Field]:
    """The blank whose label stands there, or else those that the template's words name: "INSERT
    NAME OF AGENCY"."""
    beside = field_beside(passage, report)
    if beside is not None:
        yield beside
        return
    plain = f" {fold_text(passage.text)} "
    for blank in report.shape.front_sheet:
        if any(f" {fold_text(words)} " in plain for words in (blank.label, *blank.also)):
            yield blank


def field_beside(passage: ReportPassage, report: ReportDocument) -> Field | None:
    """The blank of the front sheet beside or under whose label a passage stands."""
    if passage.position >= report.outline.front:
        return None
    block = report.blocks[passage.position]
    over = report.blocks[passage.position - 1] if passage.position else None
    text = block.cells[0].text if isinstance(block, Row) and block.cells else passage.text
    if isinstance(over, Paragraph) and over.text.rstrip().endswith(":"):
        text = over.text
    plain = f"{fold_text(text)} "
    named = (
        (len(words), field)
        for field in report.shape.front_sheet
        for words in (field.label, *field.also)
        if plain.startswith(f"{fold_text(words)} ")
    )
    return max(named, key=lambda pair: pair[0], default=(0, None))[1]


def template_text(passage: ReportPassage, phrases: tuple[str, ...]) -> bool | None:
    """Whether template text stands here: True where it does, False where it may be quoted, None
    where there is none."""
    if passage.paragraph.placeholder:
        return True
    if passage.paragraph.prompted and not passage.text.rstrip().endswith(":"):
        return True
    text = _NUMBER.sub("", passage.text.replace("’", "'"), count=1)
    found = [sure for _, sure in found_in(text, phrases)]
    return any(found) if found else None


FRONT = "front-sheet-"  # how the rules of its blanks begin
ANY = 1000
MOST_LOOKS = 4  # words to look for that are told of one place


@dataclass(frozen=True, slots=True)
class _Piece:
    """Template text in one passage: whether it is certain, the words by which it is found, what is
    to be written in its place, its paragraph, and whether it may stand in a blank that is told."""

    sure: bool
    looks: Sequence[str]
    fix: str
    counted: CountedPassage | None = None
    in_blank: bool = True


def check_placeholders(report: ReportDocument, findings: Findings) -> None:
    """placeholder-left: `{place}` (", in paragraph 4 of this part", or nothing). Where something of
    the author's own has to stand there, to delete it is not said to be enough. Where the words may
    be quoted or the author's own, a question. Not told again of a blank that was told as one."""
    phrases = report.shape.placeholders
    left: dict[FindingPlace, list[_Piece]] = {}
    place_of = place_finder(report)
    apart = apart_from_blanks(report)
    for one in count_passages(report):
        passage = one.passage
        sure = template_text(passage, phrases)
        if sure is None:
            continue
        blank = field_beside(passage, report)
        place = place_of(passage)
        if blank is not None:
            place = FindingPlace(section=f"{FRONT_SHEET}, {blank.label}")
        if blank is None or not _told_on_front(place, findings):
            fix = findings.fix_for_rule(f"{FRONT}{blank.key}") if blank else ""
            fix = fix or _fix_of(passage, place, report)
            own = passage.row is None and passage.position >= report.outline.front
            piece = _Piece(sure, left_in(passage.text, phrases), fix, one if own else None,
                           not apart(passage))  # fmt: skip
            left.setdefault(place, []).append(piece)
    for text in report.traits.margins:
        if looks := left_in(text, phrases):
            sure = template_text(ReportPassage(Paragraph(text), 0), phrases) or False
            piece = _Piece(sure, looks, instead_in(text, phrases))
            left.setdefault(FindingPlace(section=PAGE_MARGIN), []).append(piece)
    for place, pieces in left.items():
        in_blanks = sum(one.in_blank for one in pieces)
        told = in_blanks <= _told_as_blank(place, report, findings)
        if untold := [one for one in pieces if not (told and one.in_blank)]:
            _tell_left(untold, place, report, findings)
    _tell_guidance(report, findings)


def _tell_guidance(report: ReportDocument, findings: Findings) -> None:
    """The template's guidance among an author's own text. Where it is all that a section has, that
    was told."""
    printed: dict[FindingPlace, list[CountedPassage]] = {}
    for one in count_passages(report, report.outline.front):
        found = report.outline.section_at_block(one.passage.position)
        kept = one.passage.row is not None or one.passage.paragraph.heading
        if found is None or kept or not is_printed(one.passage.text, found.section):
            continue
        if any(authored_passages(report, found.section.key)):
            printed.setdefault(FindingPlace(section=found.section.heading), []).append(one)
    told = VALUE_REFUSALS["template"]["guidance"]
    for place, stands in printed.items():
        where = in_part(stands)
        said = f"{told.says.removesuffix('.')}{where}."
        findings.add(
            "placeholder-left", place, "advice", place=where, instead=said, instead_fix=told.fix
        )


def _tell_left(
    pieces: Sequence[_Piece], place: FindingPlace, report: ReportDocument, findings: Findings
) -> None:
    sure = any(one.sure for one in pieces)
    fixes = {one.fix for one in pieces}
    looks = list(dict.fromkeys(look for one in pieces for look in one.looks))
    counts = [one.counted for one in pieces if one.counted]
    fix = "".join(fixes) if len(fixes) == 1 else VALUE_REFUSALS["template"]["each"].fix
    fix = fix or _instead_of_deleting(place, report)
    where = in_part(counts) if counts else ""
    told = VALUE_REFUSALS["template"]["needed" if sure else "perhaps"]
    said = ""
    if looks:
        look = '" and "'.join(looks[:MOST_LOOKS])
        said = f"{told.says.format(look=look).removesuffix('.')}{where}."
    severity: Severity | None = None if sure else "question"
    if looks and not sure:
        fix = told.fix
    findings.add("placeholder-left", place, severity, place=where, instead=said, instead_fix=fix)


def _fix_of(passage: ReportPassage, place: FindingPlace, report: ReportDocument) -> str:
    """What its own words ask for, and the label beside it."""
    anonymous = _is_anonymous(place, report)
    label = _label_beside(passage, report)
    return instead_in(passage.text, report.shape.placeholders, label=label, anonymous=anonymous)


def _label_beside(passage: ReportPassage, report: ReportDocument) -> str:
    """What stands in the cell before it, or in an open line over it: "Name of Organisation:"."""
    block = report.blocks[passage.position]
    if isinstance(block, Row):
        before = ""
        for cell in block.cells:
            if any(piece is passage.paragraph for piece in cell.contents_in_order):
                return before
            before = cell.text
        return ""
    over = report.blocks[passage.position - 1] if passage.position else None
    labelled = isinstance(over, Paragraph) and over.text.rstrip().endswith(":")
    return over.text if isinstance(over, Paragraph) and labelled else ""


def _is_anonymous(place: FindingPlace, report: ReportDocument) -> bool:
    """A section in which nobody signs: no real name belongs there."""
    signed = report.shape.sign_off.section if report.shape.sign_off else ""
    return any(s.heading == place.section and s.key != signed for s in report.shape.sections)


def _instead_of_deleting(place: FindingPlace, report: ReportDocument) -> str:
    """The fix where something has to stand in its place, "" where it may be deleted."""
    section = next((s for s in report.shape.sections if s.heading == place.section), None)
    if section is not None and section.empty_fix:
        text = "\n".join(p.text for p in authored_passages(report, section.key))
        if not _left_without(text, report.shape.placeholders):
            return section.empty_fix
    on_sheet = (place.section or "").startswith(f"{FRONT_SHEET}, ")
    needed = section is not None or on_sheet or place.row is not None
    return VALUE_REFUSALS["template"]["needed"].fix if needed else ""


def _left_without(text: str, phrases: Sequence[str]) -> str:
    """What is written beside lines of the template."""
    lines = (line for line in text.split("\n") if line.strip())
    return "".join(
        line for line in lines if not any(p.casefold() in line.casefold() for p in phrases)
    )


def _told_on_front(place: FindingPlace, findings: Findings) -> bool:
    """Whether a blank of the front sheet was told already."""
    return any(
        fault.rule.startswith(FRONT) and fault.where.section == place.section
        for fault in findings.list_faults()
    )


def _told_as_blank(place: FindingPlace, report: ReportDocument, findings: Findings) -> int:
    """How many blanks were told where template text stands, which is then told already."""
    count = 0
    for fault in findings.list_faults():
        here = place.section is not None and fault.where.section == place.section
        if fault.rule == "section-empty" and here:
            return ANY
        if fault.rule == "sign-off-missing" and here:
            count += 1 + fault.message.count(",") + fault.message.count(" and ")
        if fault.rule == "plan-missing" and place.row is not None and _in_plan(place, report):
            return ANY
        same = (fault.where.table, fault.where.row) == (place.table, place.row)
        if fault.rule.startswith("plan-") and same and place.row is not None:
            count += 1
    return count


def _in_plan(place: FindingPlace, report: ReportDocument) -> bool:
    plan = report.shape.plan
    return plan is not None and (place.section or "").split(", ")[0] == plan.label
