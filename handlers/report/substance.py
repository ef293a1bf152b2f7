"""What a section should hold besides text: the genogram, and a sub-heading for each key issue.

Does: checks section 2 for a drawing and section 6 for the review's focus.
Trusts: the case's key issues.
Never touches: the words of a key issue in what it says: they are counted, not quoted.
Known limits: a drawing is a drawing, whatever it shows, and so are lines that name the family.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from config.front_matter import KIN
from handlers.document.block import Block, Paragraph, Row
from handlers.finding import Where
from handlers.findings import Findings
from handlers.report.heading import LONGEST, looks_like_heading
from handlers.report.issue import is_about
from handlers.report.report import Report
from handlers.report.sections import authored
from handlers.report.sign_off import listed
from handlers.report.template_text import template_text
from handlers.typed.fold import fold

_RUN_IN = re.compile(r"(?:\W*\d[\d.)]*\s+)?(?P<head>[^.:\n]{4,80})(?:[.:]| [\u2013\u2014-])\s")
_WORDS = 8  # of a sub-heading on the line of its text
FEWEST = 2  # of the family, for their boxes to be a genogram
_A_BOX = 8  # words: a name, a relation, a date of birth


def check_genogram(report: Report, findings: Findings) -> None:
    """genogram-missing. No placeholders. Silent where the section is missing, empty or the
    template's own: that is said elsewhere."""
    key = report.shape.genogram_section
    if key and any(template_text(p, report.shape.placeholders) for p in authored(report, key)):
        return
    said = fold("\n".join(p.text for p in authored(report, key)))
    if not said or any(_is_drawn(block) for block in report.body(key)) or _listed(report, key):
        return
    reasons = (fold(words) for words in report.shape.genogram_reasons)
    if not any(f" {words} " in f" {said} " for words in reasons):
        findings.add("genogram-missing", _section(report, key))


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


def _is_drawn(block: Block) -> bool:
    if isinstance(block, Row):
        return not block.blank
    return isinstance(block, Paragraph) and block.picture


def _listed(report: Report, key: str) -> bool:
    """Boxes over each other, or lines, each with one of the family: "Grandmother", "Mother",
    "Child N". A table one cell wide is read as lines."""
    lines = [line for p in report.said(key) for line in p.text.split("\n")]
    return sum(len(line.split()) <= _A_BOX and _names_kin(line) for line in lines) >= FEWEST


def _names_kin(line: str) -> bool:
    return not line.rstrip().endswith(".") and not KIN.isdisjoint(fold(line).split())


def _sub_headings(report: Report, key: str) -> Iterator[str]:
    for passage in report.said(key):
        text = passage.text.strip()
        short = len(text) <= LONGEST and not text.endswith(".")
        if text and (short or looks_like_heading(passage.paragraph)):
            yield text
        elif (run_in := _RUN_IN.match(text)) and len(run_in["head"].split()) <= _WORDS:
            yield run_in["head"]
