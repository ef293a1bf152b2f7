"""The judge of reports: which checks run, in which order, and what they found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from config.checks import active_check_names
from config.kind import Kind
from config.kind_parts import part_phrase
from config.kind_shape import ReportShape
from handlers.checks.report.anonymity import check_names
from handlers.checks.report.front_sheet import check_front_sheet, has_blank_field, read_front_clues
from handlers.checks.report.personnel_key import check_key
from handlers.checks.report.plan import check_plan, count_plan_rows
from handlers.checks.report.report import ReportDocument, read_report, report_passages
from handlers.checks.report.section_contents import check_focus, check_genogram
from handlers.checks.report.sections import check_sections, is_blank_template
from handlers.checks.report.sign_off import check_sign_off, find_signing_days
from handlers.checks.report.template_text import check_placeholders
from handlers.checks.report.unfinished_text import check_unfinished
from handlers.checks.report.wording import check_prompts, check_recommendations
from handlers.context import Context
from handlers.document import Block, Traits, describe_hidden
from handlers.findings import Clues, Findings, Judgement
from handlers.in_order_parts import phrases_in_order
from handlers.values.example_days import example_day, with_example_days
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


ReportCheck = Callable[[ReportDocument, Findings], None]


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


# By the names of `config/checks.py`, which says what each may raise and what that tells against. In
# the order a letter tells them: the whole first, then from the front to the back.
REPORT_CHECKS: Mapping[str, ReportCheck] = {
    "sections": check_sections,
    "front sheet": check_front_sheet,
    "prompts": check_prompts,
    "genogram": check_genogram,
    "focus": check_focus,
    "recommendations": check_recommendations,
    "plan": check_plan,
    "sign off": check_sign_off,
    "placeholders": check_placeholders,
    "unfinished": check_unfinished,
    "names": check_names,
    "key": check_key,
    "layout": check_layout,
    "leftovers": check_leftovers,
}

SIGNING_RULES = ("sign-off-", "front-sheet-")  # rules that may ask for a day of signing
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def judge_report(
    blocks: Sequence[Block], traits: Traits, kind: Kind, context: Context
) -> Judgement:
    """Judge one report. `traits` must be complete: read every block first.

    Raises TypeError when `kind` is not of the report shape.
    """
    report = read_report(blocks, traits, kind, context)
    findings = Findings(kind)
    if findings.includes_rule("blank-template") and is_blank_template(report):
        findings.add("blank-template")
        return Judgement(kind.id, _confidence(report), findings.collect_findings(), (), Clues())
    asked = active_check_names(kind)
    for name, look in REPORT_CHECKS.items():
        if name in asked:
            look(report, findings)
    found = findings.collect_findings(count_plan_rows(report, kind))
    signed = example_day(context.today)
    told = with_example_days(found, lambda rule: signed if rule.startswith(SIGNING_RULES) else None)
    there = phrases_of_parts(report.shape)
    if has_blank_field(report):
        there = {part: phrase for part, phrase in there.items() if part != "front sheet"}
    passed = phrases_in_order(kind, there, told)
    return Judgement(kind.id, _confidence(report), told, passed, _clues(report))


def _clues(report: ReportDocument) -> Clues:
    """What the front sheet says, and the latest day of it and of the signing off: whoever vouches
    for the report must have signed no earlier."""
    said = read_front_clues(report)
    days = [*find_signing_days(report), *([said.dated] if said.dated else [])]
    return replace(said, dated=max(days, default=None))


def _confidence(report: ReportDocument) -> float:
    """How many of the kind's sections are here, from 0 to 1."""
    sections = report.shape.sections
    return round(len(report.outline.found) / len(sections), 2) if sections else 0.0


def phrases_of_parts(shape: ReportShape) -> Mapping[str, str]:
    """The phrase of each part that such a report has: "all nine sections", "the action plan"."""
    has = {
        "sections": bool(shape.sections),
        "front sheet": bool(shape.front_words or shape.front_sheet),
        "genogram": bool(shape.genogram_section),
        "plan": shape.plan is not None,
        "signing off": shape.sign_off is not None,
    }
    return {part: part_phrase(part, _in_words(len(shape.sections))) for part in has if has[part]}


def _in_words(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
