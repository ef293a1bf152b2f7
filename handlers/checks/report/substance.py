"""What a section should hold besides text: the genogram, and a sub-heading for each key issue.

Does: checks section 2 for a drawing and section 6 for the review's focus.
Trusts: the case's key issues.
Never touches: the words of a key issue in what it says: they are counted, not quoted.
Known limits: those of `handlers/checks/report/genogram.py`; a reason is known by its phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.rules import REFUSALS
from handlers.checks.report.genogram import drawn_elsewhere, is_drawn, is_listed, points_elsewhere
from handlers.checks.report.headings import LONGEST, is_about, looks_like_heading
from handlers.checks.report.paragraphs import listed
from handlers.checks.report.report import Report
from handlers.checks.report.sections import authored
from handlers.checks.report.template_text import template_text
from handlers.findings import Findings, Where
from handlers.values.normalise import fold

_RUN_IN = re.compile(r"(?:\W*\d[\d.)]*\s+)?(?P<head>[^.:\n]{4,80})(?:[.:]| [\u2013\u2014-])\s")
_WORDS = 8  # of a sub-heading on the line of its text


def check_genogram(report: Report, findings: Findings) -> None:
    """genogram-missing. No placeholders. Silent where the section is missing, empty or the
    template's own: that is said elsewhere."""
    key = report.shape.genogram_section
    if key and any(template_text(p, report.shape.placeholders) for p in authored(report, key)):
        return
    told = any(f.rule == "section-empty" and f.where == _section(report, key)
               for f in findings.faults())  # fmt: skip
    text = "\n".join(p.text for p in authored(report, key))
    drawn = any(map(is_drawn, report.body(key))) or is_listed(report, key)
    if told or not fold(text) or drawn or drawn_elsewhere(report, text):
        return
    said = f" {fold(text)} "
    if not any(f" {fold(words)} " in said for words in report.shape.genogram_reasons):
        elsewhere = REFUSALS["genogram"]["elsewhere"] if points_elsewhere(report, text) else None
        says, fix = (elsewhere.says, elsewhere.fix) if elsewhere else ("", "")
        findings.add("genogram-missing", _section(report, key), instead=says, instead_fix=fix)


def check_focus(report: Report, findings: Findings) -> None:
    """focus-unmatched: `{issues}` ("key issue 2", "key issues 1 and 3")."""
    key, case = report.shape.analysis_section, report.context.case
    if case is None or not any(authored(report, key)):
        return
    headings = list(_sub_headings(report, key))
    unmatched = [
        str(n)
        for n, issue in enumerate(case.key_issues, 1)
        if not any(is_about(heading, issue) for heading in headings)
    ]
    if unmatched:
        issues = f"key issue{'s' if len(unmatched) > 1 else ''} {listed(unmatched)}"
        findings.add("focus-unmatched", _section(report, key), issues=issues)


def _section(report: Report, key: str) -> Where:
    return Where(section=next(s.heading for s in report.shape.sections if s.key == key))


def _sub_headings(report: Report, key: str) -> Iterator[str]:
    for passage in report.said(key):
        text = passage.text.strip()
        short = len(text) <= LONGEST and not text.endswith(".")
        if text and (short or looks_like_heading(passage.paragraph)):
            yield text
        elif (run_in := _RUN_IN.match(text)) and len(run_in["head"].split()) <= _WORDS:
            yield run_in["head"]
