"""Wording: template text left in, recommendations too vague to check, and what should be mentioned.

Does: looks for the shape's phrases and says where they stand.
Trusts: the shape's phrases.
Never touches: the meaning of a sentence; a phrase is there or it is not.
Known limits: a vague recommendation in other words passes; the panel reads the report.
"""

from __future__ import annotations

from collections.abc import Iterator

from handlers.finding import Where
from handlers.findings import Findings
from handlers.report.passage import Passage, passages
from handlers.report.plan import plan_tables
from handlers.report.report import Report
from handlers.report.sections import authored
from handlers.report.sign_off import listed
from handlers.typed.fold import fold


def check_placeholders(report: Report, findings: Findings) -> None:
    """placeholder-left. No placeholders of its own."""
    told: set[Where] = set()
    for passage in passages(report.blocks):
        place = report.place(passage)
        if place not in told and _is_placeholder(passage, report.shape.placeholders):
            findings.add("placeholder-left", place)
            told.add(place)


def check_recommendations(report: Report, findings: Findings) -> None:
    """vague-recommendation. No placeholders."""
    vague = [fold(phrase) for phrase in report.shape.vague_phrases]
    told: set[Where] = set()
    for passage in _recommendations(report):
        place, plain = report.place(passage), fold(passage.text)
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


def _is_placeholder(passage: Passage, phrases: tuple[str, ...]) -> bool:
    """Phrases in capitals are looked for as they stand: "INSERT DATE" is a prompt, a sentence
    about where to insert a date is not."""
    if passage.paragraph.placeholder:
        return True
    text, low = passage.text, passage.text.casefold()
    return any(p in text if p.isupper() else p.casefold() in low for p in phrases)


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
