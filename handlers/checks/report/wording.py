"""Recommendations too vague to check, and what should be mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from config.english import join_with_or
from handlers.checks.report.headings import without_page_number
from handlers.checks.report.plan import find_plan_tables, place_finder
from handlers.checks.report.report import ReportDocument, ReportPassage, report_passages
from handlers.checks.report.sections import authored_passages
from handlers.findings import FindingPlace, Findings
from handlers.values.normalise import fold_text

_SENTENCE = re.compile(r"(?<=[.!?;])\s|\n")


def check_recommendations(report: ReportDocument, findings: Findings) -> None:
    """Raises vague-recommendation, whose words leave nothing to fill in."""
    vague = [fold_text(phrase) for phrase in report.shape.vague_phrases]
    told: set[FindingPlace] = set()
    place_of = place_finder(report)
    for passage in _recommendations(report):
        place, plain = place_of(passage), fold_text(passage.text)
        if place not in told and any(phrase in plain for phrase in vague):
            findings.add("vague-recommendation", place)
            told.add(place)


def check_prompts(report: ReportDocument, findings: Findings) -> None:
    """prompts-missing: `{missing}`, a list of what is not mentioned."""
    apart = list(_apart(report))
    for section in report.shape.sections:
        asked = [p for p in report.shape.prompts if p.section == section.key]
        own = [p.text for p in authored_passages(report, section.key)]
        said = _Said((*own, *apart))
        missing = [p.says for p in asked if not any(map(said.mentions_phrase, p.words))]
        if missing and own:
            place = FindingPlace(section=section.heading)
            findings.add("prompts-missing", place, missing=join_with_or(missing))


def _apart(report: ReportDocument) -> Iterator[str]:
    """What stands in no section that we know: what is mentioned there is mentioned."""
    for passage in report_passages(report.blocks):
        found = report.outline.section_at_block(passage.position)
        if (found is None or found not in report.outline.found) and not _listed(passage.text):
            yield passage.text


def _listed(text: str) -> bool:
    """A line of a contents list."""
    return without_page_number(text) is not None


class _Said:
    """What is said, whole and sentence by sentence."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = fold_text("\n".join(texts))
        self._sentences = [f" {fold_text(one)}" for text in texts for one in _SENTENCE.split(text)]

    def mentions_phrase(self, words: str) -> bool:
        """Whether a phrase stands there; or, of "record|file+read|seen", words that begin so, one
        of each group, in one sentence."""
        if "+" not in words and "|" not in words:
            return fold_text(words) in self._whole
        groups = [[f" {fold_text(one)}" for one in group.split("|")] for group in words.split("+")]
        return any(
            all(any(one in sentence for one in group) for group in groups)
            for sentence in self._sentences
        )


def _recommendations(report: ReportDocument) -> Iterator[ReportPassage]:
    """The section's text, and the plan's rows where the plan stands elsewhere."""
    key = report.shape.recommendations_section
    yield from report.section_passages(key)
    found = report.outline[key]
    plan = {item.row for table in find_plan_tables(report) for item in table.items}
    for passage in report_passages(report.blocks, report.outline.front):
        inside = found is not None and found.position <= passage.position < found.end
        if not inside and (passage.table, passage.row) in plan:
            yield passage
