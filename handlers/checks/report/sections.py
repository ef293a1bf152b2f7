"""Checks that every section is there, in order, under the toolkit's heading, and written.

Guidance the author has edited counts as the author's. Text under a heading of the author's own
making is in whichever section comes before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from config.kind_shape import ReportShape, Section
from config.rules import Severity
from handlers.checks.report.genogram import is_drawn_elsewhere
from handlers.checks.report.headings import looks_like_heading
from handlers.checks.report.plan import find_plan_tables
from handlers.checks.report.plan_items import ORDINALS
from handlers.checks.report.report import ReportDocument, ReportPassage
from handlers.document import Block, Cell, Paragraph, Row
from handlers.fields.drawn_lines import entered_value
from handlers.fields.label_meanings import plain_lexicon
from handlers.fields.labels import find_line_labels
from handlers.findings import FindingPlace, Findings
from handlers.values.blanks_not_filled import (
    NoValue,
    read_no_value,
    read_promise,
    read_section_to_come,
)
from handlers.values.normalise import fold_text, fold_without_spaces
from handlers.values.unfinished import says_unfinished

MAX_GUIDANCE_LENGTH = 3000  # letters
NOT_FOUND_SENTENCE = "We could not find this under a heading that we know."
ONLY_GUIDANCE_SENTENCE = "Only the template's own guidance stands here."
ONLY_SUB_HEADINGS_SENTENCE = "Only sub-headings stand here, with nothing written under them."
MIN_SECTIONS_SHARE = (
    2 / 3
)  # of the sections must be there for an untouched template to be told as one
MAX_PROMPT_LENGTH = 60
MAX_SUB_HEADING_LENGTH = 90  # letters; what is longer may be a sentence
_PARAGRAPH_NUMBER = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?(?:\s+|$)")
# A whole section that says that there is nothing, folded: "There is nothing to report."
_NOTHING_TO_SAY = re.compile(
    r"(?:there (?:is|was) |we have )?nothing (?:further |more )?to (?:add|report|declare)"
    r"(?: under this heading| in this section| here| at present)?"
)
NOT_YET_KINDS = (
    "to-come",
    "draft",
    "prompt",
    "template",
)  # of `config/not_yet_in_blanks.toml`: nothing, wherever they stand
ELSEWHERE_KIND = "elsewhere"
_OPENING = 60  # letters of a guidance sentence that tell it from any other
_ADDED = 20  # letters more than the guidance, and it is the author's sentence


def check_sections(report: ReportDocument, findings: Findings) -> None:
    """section-missing, section-unclear, section-reworded, section-order, section-empty:
    `{heading}`."""
    for section in report.outline.missing:
        findings.add("section-missing", _at(section), heading=section.heading)
    asked = findings.includes_rule("section-unclear")
    # A kind without that rule has a person look all the same, where the other would be a fault.
    softer = not asked and findings.severity_of("section-missing") in ("fault", "danger")
    for section in report.outline.unclear:
        rule = "section-unclear" if asked else "section-missing"
        severity: Severity | None = "question" if softer else None
        what = _taken_for(report, section)
        findings.add(rule, _at(section), severity, heading=section.heading, instead=what)
    for found in report.outline.found:
        at, heading = _at(found.section), found.section.heading
        if not found.exact:
            findings.add("section-reworded", at, heading=heading)
        if not found.in_order:
            findings.add("section-order", at, heading=heading)
        if not _may_be_empty(report, found.section):
            _check_written(report, found.section, findings)


def _taken_for(report: ReportDocument, section: Section) -> str:
    """Which heading may be the section's, by where it stands; "" where it is none."""
    found = report.outline.section_or_likely(section.key)
    before = [one for one in report.outline.found if found and one.position < found.position]
    if found is None or not before:
        return ""
    between = report.blocks[before[-1].position + 1 : found.position]
    nth = sum(isinstance(block, Paragraph) and looks_like_heading(block) for block in between)
    which = f"{ORDINALS[nth]} heading" if nth < len(ORDINALS) else "heading"
    under = before[-1].section.heading
    return f'{NOT_FOUND_SENTENCE} The {which} after "{under}" may be it, so a person will look.'


def _check_written(report: ReportDocument, section: Section, findings: Findings) -> None:
    """Nothing under the heading, or only words that stand for nothing. A text under another
    heading of the same name, or one that points elsewhere, is for a person to look at."""
    at, heading = _at(section), section.heading
    severity = section.empty
    if _nothing_under(report, section):
        again = (
            report.blocks[i] for part in report.outline.again.get(section.key, ()) for i in part
        )
        if any(_stands(block, section) for block in again):
            severity = severity or "question"
        here = tuple(report.section_blocks(section.key))
        instead = ONLY_GUIDANCE_SENTENCE if _guided(here, section) else ""
        if not instead and (headings := sum(_stands(block, section) for block in here)):
            instead = ONLY_SUB_HEADINGS_SENTENCE
            # What is styled as one heading may be the author's only sentence.
            severity = severity or ("question" if headings == 1 else None)
    elif told := _stands_for_nothing(report, section):
        if told.kind == ELSEWHERE_KIND and _plan_is_read(report, section):
            return
        if told.kind == ELSEWHERE_KIND:
            severity = severity or "question"
        elif severity == "advice" and _is_told_as_unfinished(report, section, findings):
            return
        instead = told.says
    else:
        return
    findings.add(
        "section-empty",
        at,
        severity=severity,
        heading=heading,
        instead=instead,
        instead_fix=section.empty_fix,
    )


def _is_told_as_unfinished(report: ReportDocument, section: Section, findings: Findings) -> bool:
    """Whether what stands here puts it off, which is asked about in words of its own: once told as
    a question it is no advice as well."""
    said = (passage.text for passage in report.section_passages(section.key))
    return findings.includes_rule("not-final") and any(map(says_unfinished, said))


def _plan_is_read(report: ReportDocument, section: Section) -> bool:
    """Whether the plan that this section points to was found where it is."""
    return section.key == report.shape.recommendations_section and any(
        table.items for table in find_plan_tables(report)
    )


def _stands_for_nothing(report: ReportDocument, section: Section) -> NoValue | None:
    """What a section says whose only text is words such as "To follow". "None" is an answer where
    a section may be empty, and "See appendix" where it is a drawing."""
    standing = [block for block in report.section_blocks(section.key) if _stands(block, section)]
    texts = [_only_text(block) for block in standing if not _is_sub_heading(block)]
    if None in texts:
        return None
    lines = [_said(text) for text in texts if text]
    if len(lines) > 1 and (each := _each_for_nothing(lines, section)):
        return each
    said = "\n".join(lines)
    if not section.empty_fix and _NOTHING_TO_SAY.fullmatch(fold_text(said)):
        told = None  # the rule's fix asks for such a sentence
    else:
        told = read_no_value(said) or read_section_to_come(said, section.heading)
    if told is None and section.key == report.shape.genogram_section:
        told = None if is_drawn_elsewhere(report, said) else read_promise(said, section.heading)
    if told is None:
        return None
    light = section.empty is not None or section.key == report.shape.genogram_section
    return told if told.kind in NOT_YET_KINDS or not light else None


def _each_for_nothing(lines: Sequence[str], section: Section) -> NoValue | None:
    """What the lines under a section's sub-headings say, where not one of them says anything:
    "N/A" under each. "Nothing to report" is an answer where the rule's fix asks for it."""
    if not section.empty_fix and any(_NOTHING_TO_SAY.fullmatch(fold_text(one)) for one in lines):
        return None
    told = [read_no_value(one) for one in lines]
    first, light = told[0], section.empty is not None
    return first if first and not light and all(told) else None


def _only_text(block: Block) -> str | None:
    """The words of a block that is nothing but words: a paragraph, or a row with one cell."""
    if isinstance(block, Paragraph):
        return None if block.picture else block.text
    if not isinstance(block, Row):
        return ""
    told = [cell for cell in block.cells if cell.text or cell.tables or cell.picture]
    if len(told) != 1 or told[0].tables or told[0].picture:
        return None
    return told[0].text


def is_blank_template(report: ReportDocument) -> bool:
    """True when most sections are there and nothing has been written in any of them."""
    found = report.outline.found
    if len(found) < max(2, MIN_SECTIONS_SHARE * len(report.shape.sections)):
        return False
    known = _printed_labels(report.shape)
    return not any(
        _written(block, f.section, known)
        for f in found
        for block in report.section_blocks(f.section.key)
    )


def is_guidance(text: str, section: Section) -> bool:
    """True of a sentence the template prints under this heading."""
    if len(text) > MAX_GUIDANCE_LENGTH:
        return False
    plain = fold_text(_said(text))
    every = _guidance(section)
    if any(p[:_OPENING] == plain[:_OPENING] and len(plain) <= len(p) + _ADDED for p in every):
        return True
    return _parts_of_guidance(plain, every)


def is_printed(text: str, section: Section) -> bool:
    """True of what stands there as the template prints it, word for word: all of a piece, some of
    its sentences, or several pieces run together. A few words may be kept as a heading over an
    answer."""
    said = _said(text)
    if not _OPENING <= len(said.strip()) <= MAX_GUIDANCE_LENGTH or said.rstrip().endswith(":"):
        return False
    return _parts_of_guidance(fold_text(said), _guidance(section))


def _parts_of_guidance(plain: str, every: Sequence[str]) -> bool:
    """A sentence or two of a longer piece of guidance, or several pieces run together."""
    if len(plain) >= _OPENING // 2 and any(plain in printed for printed in every):
        return True
    left = f" {plain} "
    for printed in sorted(every, key=len, reverse=True):
        if " " in printed:
            left = left.replace(f" {printed} ", " ")
    return len(plain) >= _OPENING and not left.strip()


def authored_passages(report: ReportDocument, key: str) -> Iterator[ReportPassage]:
    """A section's passages without guidance, except guidance kept as a heading over an answer."""
    found = report.outline[key]
    told = [p for p in report.section_passages(key) if p.text.strip()]
    for passage, after in zip(told, [*told[1:], None], strict=False):
        printed = found is not None and is_guidance(passage.text, found.section)
        answered = after is not None and found and not is_guidance(after.text, found.section)
        if not printed or answered:
            yield passage


def _may_be_empty(report: ReportDocument, section: Section) -> bool:
    """Who has not signed is told name by name (`sign_off.py`), so an empty signing off is not."""
    sign_off = report.shape.sign_off
    return section.may_be_empty or (sign_off is not None and section.key == sign_off.section)


def _at(section: Section) -> FindingPlace:
    return FindingPlace(section=section.heading)


@lru_cache(maxsize=64)
def _guidance(section: Section) -> tuple[str, ...]:
    return tuple(fold_text(text) for text in section.guidance)


def _nothing_under(report: ReportDocument, section: Section) -> bool:
    """What stands under a heading we do not know may be the section's as well as another's."""
    outline = report.outline
    found = outline[section.key]
    if found is None:
        return False
    ends = (f.position for f in outline.found if f.position > found.position)
    end = max(found.end, min(ends, default=0))
    here = report.blocks[found.position + 1 : end]
    drawn = section.key == report.shape.genogram_section or _plan_is_read(report, section)
    over_nothing = _guided(here, section) or not drawn
    return not any(
        _stands(block, section) and not (over_nothing and _is_sub_heading(block)) for block in here
    )


def _guided(blocks: Sequence[Block], section: Section) -> bool:
    """Whether the template's guidance was left here."""
    texts = [text for block in blocks if (text := _only_text(block))]
    return any(fold_text(text) and is_guidance(text, section) for text in texts)


def _is_sub_heading(block: Block) -> bool:
    """A heading of the author's own, and no sentence that was styled as one: over guidance, or over
    nothing, it says nothing."""
    if not isinstance(block, Paragraph) or block.picture or block.text.endswith("."):
        return False
    return block.heading > 0 and len(block.text) <= MAX_SUB_HEADING_LENGTH


def _stands(block: Block, section: Section) -> bool:
    """Anything to see here besides the template's guidance?"""
    if isinstance(block, Paragraph):
        text = "" if block.placeholder else block.text
        return block.picture or bool(fold_text(_said(text)) and not is_guidance(text, section))
    return isinstance(block, Row) and _row_stands(block) and not _row_guides(block, section)


def _row_guides(row: Row, section: Section) -> bool:
    text = _only_text(row)
    return bool(text) and all(
        is_guidance(line, section) for line in (text or "").split("\n") if line.strip()
    )


def _said(text: str) -> str:
    """A paragraph without the number typed before it: "4.1 To follow"."""
    return _PARAGRAPH_NUMBER.sub("", text, count=1)


def _row_stands(row: Row) -> bool:
    """Whether anything is in a row: an empty table inside a cell is nothing."""
    return any(
        cell.text
        or cell.ticks
        or cell.picture
        or any(_row_stands(r) for t in cell.tables for r in t)
        for cell in row.cells
    )


def _written(block: Block, section: Section, known: tuple[str, ...]) -> bool:
    """Has a person put something here? Headings, labels and prompts are the template's."""
    if isinstance(block, Paragraph):
        return block.heading == 0 and _authors(block, section, known)
    return isinstance(block, Row) and any(_cell_written(c, section, known) for c in block.cells)


def _cell_written(cell: Cell, section: Section, known: tuple[str, ...]) -> bool:
    if any(fold_without_spaces(cell.text) == fold_without_spaces(label) for label in known):
        return False
    inner = (block for table in cell.tables for block in table)
    return any(_authors(p, section, known) for p in cell.paragraphs) or any(
        _written(row, section, known) for row in inner
    )


def _authors(paragraph: Paragraph, section: Section, known: Sequence[str]) -> bool:
    if paragraph.picture or paragraph.placeholder:
        return paragraph.picture
    return any(_line_written(line, section, known) for line in paragraph.text.split("\n"))


def _line_written(line: str, section: Section, known: Sequence[str]) -> bool:
    text = entered_value(line)
    if not text or is_guidance(text, section):
        return False
    if line.rstrip().endswith(":") and len(line) < MAX_PROMPT_LENGTH:
        return False
    labelled = find_line_labels(line, plain_lexicon(known))
    return any(one.value for one in labelled) if labelled else True


@lru_cache(maxsize=16)
def _printed_labels(shape: ReportShape) -> tuple[str, ...]:
    """What the template prints in its plan and sign-off for people to write against, the agency's
    name over the plan included."""
    labels = [label for field in shape.front_sheet for label in (field.label, *field.also)]
    if shape.plan:
        labels += [shape.plan.label, *(c.heading for c in shape.plan.columns)]
    if shape.sign_off:
        for field in (*shape.sign_off.roles, *shape.sign_off.parts):
            labels += [field.label, *field.also]
    return tuple(labels)
