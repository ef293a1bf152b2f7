"""Checks what a section should hold besides text: the genogram, and each key issue of the review.

Key issues are counted in what is told, never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.english import join_with_and
from config.rules import VALUE_REFUSALS
from handlers.checks.report.genogram import (
    is_drawing,
    is_drawn_elsewhere,
    is_family_listed,
    points_elsewhere,
)
from handlers.checks.report.headings import MAX_HEADING_LENGTH, is_about_issue, looks_like_heading
from handlers.checks.report.report import ReportDocument
from handlers.checks.report.sections import authored_passages
from handlers.checks.report.template_text import template_text
from handlers.findings import FindingPlace, Findings
from handlers.values.normalise import fold_text

_RUN_IN = re.compile(r"(?:\W*\d[\d.)]*\s+)?(?P<head>[^.:\n]{4,80})(?:[.:]| [\u2013\u2014-])\s")
_WORDS = 8  # of a sub-heading on the line of its text


def check_genogram(report: ReportDocument, findings: Findings) -> None:
    """genogram-missing. No placeholders. Silent where the section is missing, empty or the
    template's own: that is said elsewhere."""
    key = report.shape.genogram_section
    if key and any(
        template_text(p, report.shape.placeholders) for p in authored_passages(report, key)
    ):
        return
    told = any(f.rule == "section-empty" and f.where == _section(report, key)
               for f in findings.list_faults())  # fmt: skip
    text = "\n".join(p.text for p in authored_passages(report, key))
    drawn = any(map(is_drawing, report.section_blocks(key))) or is_family_listed(report, key)
    if told or not fold_text(text) or drawn or is_drawn_elsewhere(report, text):
        return
    said = f" {fold_text(text)} "
    if not any(f" {fold_text(words)} " in said for words in report.shape.genogram_reasons):
        elsewhere = (
            VALUE_REFUSALS["genogram"]["elsewhere"] if points_elsewhere(report, text) else None
        )
        says, fix = (elsewhere.says, elsewhere.fix) if elsewhere else ("", "")
        findings.add("genogram-missing", _section(report, key), instead=says, instead_fix=fix)


def check_focus(report: ReportDocument, findings: Findings) -> None:
    """focus-unmatched: `{issues}` ("key issue 2", "key issues 1 and 3")."""
    key, case = report.shape.analysis_section, report.context.case
    if case is None or not any(authored_passages(report, key)):
        return
    headings = list(_sub_headings(report, key))
    unmatched = [
        str(n)
        for n, issue in enumerate(case.key_issues, 1)
        if not any(is_about_issue(heading, issue) for heading in headings)
    ]
    if unmatched:
        issues = f"key issue{'s' if len(unmatched) > 1 else ''} {join_with_and(unmatched)}"
        findings.add("focus-unmatched", _section(report, key), issues=issues)


def _section(report: ReportDocument, key: str) -> FindingPlace:
    return FindingPlace(section=next(s.heading for s in report.shape.sections if s.key == key))


def _sub_headings(report: ReportDocument, key: str) -> Iterator[str]:
    for passage in report.section_passages(key):
        text = passage.text.strip()
        short = len(text) <= MAX_HEADING_LENGTH and not text.endswith(".")
        if text and (short or looks_like_heading(passage.paragraph)):
            yield text
        elif (run_in := _RUN_IN.match(text)) and len(run_in["head"].split()) <= _WORDS:
            yield run_in["head"]
