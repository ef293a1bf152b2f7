"""Checks what a report looks like as a whole: its numbers, contents and version, and what was
left in it that no reader should find."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handlers.checks.report.report import ReportDocument, report_passages
from handlers.document import describe_hidden
from handlers.findings import Findings
from handlers.values.normalise import fold_text

MIN_LONG_PARAGRAPH = 80  # letters: shorter paragraphs are headings, list items, captions
MIN_NUMBERED_SHARE = 0.5  # of the longer paragraphs
_NUMBER = re.compile(r"\s*(?:\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,3})+)\s*\S")
_ALONE = re.compile(r"\s*\(?\d{1,2}(?:\.\d{1,3})*[.)]?\s*")  # in a column beside the text
# "Version 2", "v3"; "Issue 3" only in a line of its own, or before a day: a report has key issues.
_VERSION = re.compile(
    r"\bv(?:ersion)?\.? ?\d|^issue (?:no\.? ?)?\d+(?:\.\d+)?(?:,.*\d{4})?\s*$", re.I | re.M
)


def check_layout(report: ReportDocument, findings: Findings) -> None:
    """page-numbers, paragraph-numbers, contents, version. No placeholders."""
    for rule in report.shape.layout:
        if not _HAS[rule](report):
            findings.add(rule)


def _has_page_numbers(report: ReportDocument) -> bool:
    return report.traits.page_numbers or report.traits.on_paper


def _has_paragraph_numbers(report: ReportDocument) -> bool:
    """Whether most of the longer paragraphs have one: typed, Word's own, or by itself over them, as
    in a cell beside several paragraphs."""
    long, numbered, beside, section = 0, 0, False, None
    for passage in report_passages(report.blocks, report.outline.front):
        here = report.outline.section_at_block(passage.position)
        beside = _ALONE.fullmatch(passage.text) is not None or (beside and here is section)
        section = here
        if passage.row is None and len(passage.text) > MIN_LONG_PARAGRAPH:
            long += 1
            typed = _NUMBER.match(passage.text) is not None
            numbered += passage.paragraph.numbered or typed or beside
    return not long or numbered >= MIN_NUMBERED_SHARE * long


def _has_contents(report: ReportDocument) -> bool:
    return report.traits.contents or report.outline.contents


def _has_version(report: ReportDocument) -> bool:
    text = "\n".join(
        [*(p.text for p in report_passages(report.front_blocks)), *report.traits.margins]
    )
    plain = fold_text(text)
    said = any(fold_text(words) in plain for words in report.shape.version_words)
    return said or _VERSION.search(text) is not None


_HAS: Mapping[str, Callable[[ReportDocument], bool]] = {
    "page-numbers": _has_page_numbers,
    "paragraph-numbers": _has_paragraph_numbers,
    "contents": _has_contents,
    "version": _has_version,
}


def check_leftovers(report: ReportDocument, findings: Findings) -> None:
    """tracked-changes, comments-left: `{count}`, such as "1 comment" or "12 comments"; hidden-text:
    `{what}`."""
    for rule, noun, count in (
        ("tracked-changes", "change", report.traits.tracked_changes),
        ("comments-left", "comment", report.traits.comments),
    ):
        if count:
            findings.add(rule, count=f"{count:,} {noun}{'s' if count > 1 else ''}")
    if what := describe_hidden(report.traits):
        findings.add("hidden-text", what=what)
