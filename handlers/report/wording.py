"""Wording: template text left in, recommendations too vague to check, and what should be mentioned.

Does: looks for the shape's phrases and says where they stand.
Trusts: the shape's phrases.
Never touches: the meaning of a sentence; a phrase is there or it is not.
Known limits: a vague recommendation in other words passes; the panel reads the report. Template
text in quotation marks may be what a report is about, so a person looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from config.rule import Severity
from handlers.document.block import Paragraph, Row
from handlers.finding import FRONT_SHEET, MARGIN, Where
from handlers.findings import Findings
from handlers.report.passage import Passage, passages
from handlers.report.plan import placed, plan_tables
from handlers.report.report import Report
from handlers.report.sections import authored
from handlers.report.sign_off import listed
from handlers.typed.fold import fold

_QUOTES = "\"'“”‘’«"
_CLOSING = ('"', "”", "’", "»")
_OPENING = ("", ":", "\t", "|", ".", "_", "(")  # before a prompt that is one
_NUMBER = re.compile(r"^\s*\(?\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+")
FRONT = "front-sheet-"  # how the rules of its blanks begin
ANY = 1000
_SHOUTED = 6  # words of a line all in capitals that is a sentence


def check_placeholders(report: Report, findings: Findings) -> None:
    """placeholder-left. No placeholders of its own. Where the words may be quoted, a question. Not
    told again of a blank that was told as one."""
    told: dict[Where, list[bool]] = {}
    place_of = placed(report)
    for passage in passages(report.blocks):
        sure = _is_placeholder(passage, report.shape.placeholders)
        if sure is not None and not _told_on_front(passage, report, findings):
            told.setdefault(place_of(passage), []).append(sure)
    for text in report.traits.margins:
        if any(any(_standing(text, phrase)) for phrase in report.shape.placeholders):
            told.setdefault(Where(section=MARGIN), []).append(True)
    for place, standing in told.items():
        if len(standing) > _told_as_blank(place, report, findings):
            severity: Severity | None = None if any(standing) else "question"
            findings.add("placeholder-left", place, severity)


def _told_on_front(passage: Passage, report: Report, findings: Findings) -> bool:
    """Whether it stands beside the label of a blank on the front sheet that was told."""
    if passage.position >= report.outline.front:
        return False
    block = report.blocks[passage.position]
    over = report.blocks[passage.position - 1] if passage.position else None
    text = block.cells[0].text if isinstance(block, Row) and block.cells else passage.text
    if isinstance(over, Paragraph) and over.text.rstrip().endswith(":"):
        text = over.text
    told = {f.where.section for f in findings.faults() if f.rule.startswith(FRONT)}
    return any(
        f"{fold(text)} ".startswith(f"{fold(words)} ")
        for field in report.shape.front_sheet
        if f"{FRONT_SHEET}, {field.label}" in told
        for words in (field.label, *field.also)
    )


def _told_as_blank(place: Where, report: Report, findings: Findings) -> int:
    """How many blanks were told where template text stands, which is then told already."""
    count = 0
    for fault in findings.faults():
        here = place.section is not None and fault.where.section == place.section
        if fault.rule == "section-empty" and here:
            return ANY
        if fault.rule == "sign-off-missing" and here:
            count += 1 + fault.message.count(",") + fault.message.count(" and ")
        same = (fault.where.table, fault.where.row) == (place.table, place.row)
        if fault.rule.startswith("plan-") and same and place.row is not None:
            count += 1
    return count


def check_recommendations(report: Report, findings: Findings) -> None:
    """vague-recommendation. No placeholders."""
    vague = [fold(phrase) for phrase in report.shape.vague_phrases]
    told: set[Where] = set()
    place_of = placed(report)
    for passage in _recommendations(report):
        place, plain = place_of(passage), fold(passage.text)
        if place not in told and any(phrase in plain for phrase in vague):
            findings.add("vague-recommendation", place)
            told.add(place)


def check_prompts(report: Report, findings: Findings) -> None:
    """prompts-missing: `{missing}`, a list of what is not mentioned."""
    for section in report.shape.sections:
        asked = [p for p in report.shape.prompts if p.section == section.key]
        said = fold("\n".join(p.text for p in authored(report, section.key)))
        missing = [p.says for p in asked if not any(fold(words) in said for words in p.words)]
        if missing and said:
            place = Where(section=section.heading)
            findings.add("prompts-missing", place, missing=listed(missing, "or"))


def _is_placeholder(passage: Passage, phrases: tuple[str, ...]) -> bool | None:
    """Whether template text stands here: True where it does, False where it may be quoted, None
    where there is none."""
    if passage.paragraph.placeholder:
        return True
    if passage.paragraph.prompted and not passage.text.rstrip().endswith(":"):
        return True
    text = _NUMBER.sub("", passage.text.replace("’", "'"), count=1)
    found = [sure for phrase in phrases for sure in _standing(text, phrase)]
    return any(found) if found else None


def _standing(text: str, phrase: str) -> Iterator[bool]:
    """Each place where a phrase stands as a template prints it, and whether that is certain.

    A phrase in brackets stands anywhere. One in capitals stands apart from other capitals: in a
    text all in capitals it is a sentence's. A prompt ("Click here to enter") begins with a capital
    a line, or what follows a label.
    """
    for found in _pattern(phrase).finditer(text):
        line = text[text.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
        before = text[: found.start()].rstrip()[-1:]
        after = text[found.end() :].lstrip()[:1]
        if before in _QUOTES and before:
            yield False
        elif phrase.isupper():
            shouted = line.isupper() and len(line.split()) > _SHOUTED
            yield not shouted and after not in _CLOSING
        elif phrase[0] in "[<" or not phrase.islower() or _opens(found["phrase"], before):
            yield True


@lru_cache(maxsize=64)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = re.escape(phrase)
    if phrase.isupper():
        return re.compile(rf"(?<!\w)(?P<phrase>{words})(?!\w)")
    return re.compile(rf"(?P<phrase>{words})", re.I if phrase.islower() else 0)


def _opens(prompt: str, before: str) -> bool:
    return prompt[0].isupper() and before in _OPENING


def _recommendations(report: Report) -> Iterator[Passage]:
    """The section's text, and the plan's rows where the plan stands elsewhere."""
    key = report.shape.recommendations_section
    yield from report.said(key)
    found = report.outline[key]
    plan = {item.row for table in plan_tables(report) for item in table.items}
    for passage in passages(report.blocks, report.outline.front):
        inside = found is not None and found.position <= passage.position < found.end
        if not inside and (passage.table, passage.row) in plan:
            yield passage
