"""Looks for what a report says of itself that shows that it is not finished, or not agreed yet.

Does: reads its paragraphs, its signing off, its front sheet and the margins of its pages, each by
its own words; tells by section and paragraph where it stands, and of gaps as of gaps.
Trusts: `handlers/values/unfinished.py` for what is said of this report and not of another matter,
`gaps` for where a word is lacking.
Never touches: tables, which tell of records and plans, save those of the introduction, of the front
sheet and of the signing off.
Known limits: it errs towards silence in the text, and towards a question on the front sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from config.rules import VALUE_REFUSALS
from handlers.checks.report.broken_off import broken_off
from handlers.checks.report.genogram import is_drawn_elsewhere
from handlers.checks.report.paragraphs import CountedPassage, count_passages, place_in_words
from handlers.checks.report.report import ReportDocument, ReportPassage, report_passages
from handlers.checks.report.sections import is_guidance
from handlers.document import Paragraph, Row
from handlers.findings import AFTER_LAST_SECTION, FRONT_SHEET, PAGE_MARGIN, FindingPlace, Findings
from handlers.values.blanks_not_filled import read_promise
from handlers.values.colleague_notes import holds_note
from handlers.values.doubts import doubtful, is_whole, sentences
from handlers.values.draft_marks import find_draft_line, is_marked_draft, label_of_version
from handlers.values.gaps import holds_gap, may_hold_gap
from handlers.values.open_places import holds_open_place
from handlers.values.unfinished import may_say_unfinished, says_unfinished

MAX_LINE = 25  # words of a line of the front sheet that is read as a mark and not as a sentence
TOLD_ALREADY = ("section-empty", "placeholder-left")  # which say the same, and more plainly
MAX_NOTE_LENGTH = 100  # letters of a paragraph that may be no more than a note, and is looked at
MIN_SENTENCE = 6  # words of what is read as one in a table in which somebody signs


def check_unfinished(report: ReportDocument, findings: Findings) -> None:
    """not-final: `{place}` (", in paragraph 4 of this part", or nothing), once for each section;
    and once more for each where a sentence breaks off."""
    if marked := find_draft_line(list(_front_lines(report))):
        place = _place_on_front(marked, report)
        findings.add("not-final", FindingPlace(section=FRONT_SHEET), place=place)
    if any(map(is_marked_draft, dict.fromkeys(report.traits.margins))):
        findings.add("not-final", FindingPlace(section=PAGE_MARGIN), place="")
    told = {f.where.section for f in findings.list_faults() if f.rule in TOLD_ALREADY}
    for section, stands in _open_passages(report).items():
        if section not in told:
            counted = [one for one in stands if one.passage.row is None]
            place = place_in_words(counted) if counted else ""
            words = _gap_words(place) if all(map(_is_gap_alone, stands)) else {}
            findings.add("not-final", FindingPlace(section=section), None, "", place=place, **words)
    for section, stands in _by_section(
        report, {id(p.paragraph) for p in broken_off(report)}
    ).items():
        place = place_in_words(stands)
        words = _gap_words(place, "broken-off")
        findings.add("not-final", FindingPlace(section=section), None, "", place=place, **words)


def _gap_words(place: str, kind: str = "report") -> dict[str, str]:
    told = VALUE_REFUSALS["gap"][kind]
    return {"instead": told.says.format(place=place), "instead_fix": told.fix}


def _is_gap_alone(one: CountedPassage) -> bool:
    """Whether nothing but a gap is found in it: no words say there that it is not finished."""
    lines = _lines(one.passage.text)
    return not any(says_unfinished(line) or holds_note(line) for line in lines) and any(
        holds_gap(line) or holds_open_place(line) for line in lines
    )


def _open_passages(report: ReportDocument) -> dict[str, list[CountedPassage]]:
    """What says so, by the heading of its section. Paragraphs are counted where anything does."""
    return _by_section(report, {id(one.paragraph) for one in _found(report)})


def _by_section(report: ReportDocument, open_ones: set[int]) -> dict[str, list[CountedPassage]]:
    said: dict[str, list[CountedPassage]] = {}
    for one in count_passages(report, report.outline.front, open_ones) if open_ones else ():
        if id(one.passage.paragraph) in open_ones:
            found = report.outline.section_at_block(one.passage.position)
            section = found.section.heading if found else AFTER_LAST_SECTION
            said.setdefault(section, []).append(one)
    return said


def _found(report: ReportDocument) -> Iterator[ReportPassage]:
    signed = report.shape.sign_off.section if report.shape.sign_off else ""
    for passage in report.section_passages(signed) if signed else ():
        if _is_signed_in_doubt(passage) and not _is_printed(passage, report):
            yield passage
    for passage in report_passages(report.blocks, report.outline.front):
        if _may_be_open(passage.text) and _is_open(passage, report, signed):
            yield passage


def _may_be_open(text: str) -> bool:
    """Whether it is worth asking where it stands: of most paragraphs neither is said."""
    return bool(text) and (
        may_say_unfinished(text)
        or len(text) <= MAX_NOTE_LENGTH
        or may_hold_gap(text)
        or holds_note(text)
        or holds_open_place(text)
    )


def _is_open(passage: ReportPassage, report: ReportDocument, signed: str) -> bool:
    if passage.position < report.outline.front:
        return False  # what is put off there is told as a blank of the front sheet
    found = report.outline.section_at_block(passage.position)
    key = found.section.key if found else ""
    if (signed and key == signed) or (passage.row is not None and not _is_first(key, report)):
        return False
    # What stands after the last section may be the action plan.
    planning = key in ("", report.shape.recommendations_section)
    lines, paper = _lines(passage.text), report.traits.on_paper
    return (
        any(
            says_unfinished(line, planning=planning, cell=passage.row is not None)
            or holds_note(line, planning=planning)
            or holds_gap(line, planning=planning, paper=paper)
            or (not planning and holds_open_place(line))
            for line in lines
        )
        and not _is_printed(passage, report)
        and not _has_followed(passage, report)
    )


def _lines(text: str) -> list[str]:
    return [text, *(text.split("\n") if "\n" in text else ())]


def _has_followed(passage: ReportPassage, report: ReportDocument) -> bool:
    """Whether all that it puts off is the genogram, which stands where it says that it will."""
    found = report.outline.section_at_block(passage.position)
    return (
        found is not None
        and found.section.key == report.shape.genogram_section
        and read_promise(passage.text, found.section.heading) is not None
        and is_drawn_elsewhere(report, passage.text)
    )


def _is_printed(passage: ReportPassage, report: ReportDocument) -> bool:
    found = report.outline.section_at_block(passage.position)
    return found is not None and is_guidance(passage.text, found.section)


def _is_first(key: str, report: ReportDocument) -> bool:
    """Whether it is the section that says what was read and who was asked."""
    return bool(report.shape.sections) and key == report.shape.sections[0].key


def _is_signed_in_doubt(passage: ReportPassage) -> bool:
    """Whether a sentence where it is signed takes the signing back, or makes a condition of it."""
    for sentence in sentences(passage.text):
        whole = is_whole(sentence)
        if passage.row is not None and not (whole and len(sentence.split()) >= MIN_SENTENCE):
            continue
        if ":" in sentence and not whole:
            continue  # a blank, which is told as such
        if doubtful(sentence, aside=not whole):
            return True
    return False


def _place_on_front(line: str, report: ReportDocument) -> str:
    """ ", beside \"Status\"", or ", in line 3 from its top (empty lines not counted)"; a row of a
    table is one line."""
    if label := label_of_version(line):
        return f', beside "{label}"'
    every = [one for one in _all_front_lines(report) if one.strip()]
    return f", in line {every.index(line) + 1} from its top (empty lines not counted)"


def _front_lines(report: ReportDocument) -> Iterator[str]:
    """The short lines before the first section, a row of a table as one."""
    return (one for one in _all_front_lines(report) if 0 < len(one.split()) <= MAX_LINE)


def _all_front_lines(report: ReportDocument) -> Iterator[str]:
    for block in report.front_blocks:
        if isinstance(block, Paragraph):
            yield from block.text.split("\n")
        elif isinstance(block, Row):
            yield block.text
