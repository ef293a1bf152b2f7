"""The judge of reports: which checks run, in which order, and what they found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from config.checks import REPORT_CHECK_SPECS, active_check_names
from config.kind import Kind
from config.kind_parts import part_phrase
from config.kind_shape import ReportShape
from handlers.checks.check_functions import bind_check_functions
from handlers.checks.report import (
    anonymity,
    front_sheet,
    personnel_key,
    plan,
    report_layout,
    section_contents,
    sections,
    sign_off,
    template_text,
    unfinished_text,
    wording,
)
from handlers.checks.report.front_sheet import has_blank_field, read_front_clues
from handlers.checks.report.plan import count_plan_rows
from handlers.checks.report.report import ReportDocument, read_report
from handlers.checks.report.sections import is_blank_template
from handlers.checks.report.sign_off import find_signing_days
from handlers.context import Context
from handlers.document import Block, Traits
from handlers.findings import Clues, Findings, Judgement
from handlers.in_order_parts import phrases_in_order
from handlers.values.example_days import example_day, with_example_days

ReportCheck = Callable[[ReportDocument, Findings], None]


# By the names of `config/checks.py`, and in its order: the whole first, then from the front to the
# back.
REPORT_CHECK_FUNCTIONS: dict[str, ReportCheck] = bind_check_functions(
    REPORT_CHECK_SPECS,
    (
        anonymity,
        front_sheet,
        report_layout,
        personnel_key,
        plan,
        section_contents,
        sections,
        sign_off,
        template_text,
        unfinished_text,
        wording,
    ),
)

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
    for name, look in REPORT_CHECK_FUNCTIONS.items():
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
