"""How a report is set out: numbered pages, numbered paragraphs, a contents sheet, a version.

Does: checks those of the four that the shape asks for.
Trusts: what the reader noted about page numbers and tables of contents.
Never touches: the text beyond a number in front of it and the word "version".
Known limits: paragraphs are numbered when half of the longer ones are; a bullet counts as a
number, because the reader tells them alike. Page numbers are not asked of what came on paper, where
they are words like any others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handlers.findings import Findings
from handlers.report.passage import passages
from handlers.report.report import Report
from handlers.typed.fold import fold

LONG = 80  # letters: shorter paragraphs are headings, list items, captions
NUMBERED = 0.5  # of the longer paragraphs
_NUMBER = re.compile(r"\s*(?:\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,3})+)\s*\S")
_ALONE = re.compile(r"\s*\(?\d{1,2}(?:\.\d{1,3})*[.)]?\s*")  # in a column beside the text
_VERSION = re.compile(r"\bv(?:ersion)?\.? ?\d", re.I)


def check_layout(report: Report, findings: Findings) -> None:
    """page-numbers, paragraph-numbers, contents, version. No placeholders."""
    for rule in report.shape.layout:
        if not _HAS[rule](report):
            findings.add(rule)


def _has_page_numbers(report: Report) -> bool:
    return report.traits.page_numbers or report.traits.on_paper


def _has_paragraph_numbers(report: Report) -> bool:
    long, numbered, over = 0, 0, ""
    for passage in passages(report.blocks, report.outline.front):
        if passage.row is None and len(passage.text) > LONG:
            long += 1
            beside = _ALONE.fullmatch(over) is not None
            typed = _NUMBER.match(passage.text) is not None
            numbered += passage.paragraph.numbered or typed or beside
        over = passage.text
    return not long or numbered >= NUMBERED * long


def _has_contents(report: Report) -> bool:
    return report.traits.contents or report.outline.contents


def _has_version(report: Report) -> bool:
    text = "\n".join([*(p.text for p in passages(report.front)), *report.traits.margins])
    plain = fold(text)
    said = any(fold(words) in plain for words in report.shape.version_words)
    return said or _VERSION.search(text) is not None


_HAS: Mapping[str, Callable[[Report], bool]] = {
    "page-numbers": _has_page_numbers,
    "paragraph-numbers": _has_paragraph_numbers,
    "contents": _has_contents,
    "version": _has_version,
}
