"""The judge of reports: which checks run, in which order, and what they came to.

Does: lays the report out, runs every check of the table below, and says what was in order.
Trusts: the kind's shape and rules.
Never touches: the clock, the register, files.
Known limits: it judges form, not worth: the panel reads the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from config.checks import asked_in
from config.kind import Kind
from config.parts import called
from config.shape import ReportShape
from handlers.context import Context
from handlers.document.block import Block, Traits
from handlers.document.hidden import hidden_in
from handlers.finding import Clues, Judgement
from handlers.findings import Findings
from handlers.report.anonymity import check_names
from handlers.report.front_sheet import check_front_sheet, clues, left_blank
from handlers.report.key import check_key
from handlers.report.layout import check_layout
from handlers.report.plan import check_plan, plan_rows
from handlers.report.report import Report, read_report
from handlers.report.sections import check_sections, is_blank_template
from handlers.report.sign_off import check_sign_off, days_signed
from handlers.report.substance import check_focus, check_genogram
from handlers.report.wording import check_placeholders, check_prompts, check_recommendations
from handlers.typed.example_day import with_examples
from handlers.vouching import vouched

Look = Callable[[Report, Findings], None]


def check_leftovers(report: Report, findings: Findings) -> None:
    """tracked-changes, comments-left: `{count}`, such as "1 comment" or "12 comments"; hidden-text:
    `{what}`."""
    for rule, noun, count in (
        ("tracked-changes", "change", report.traits.tracked_changes),
        ("comments-left", "comment", report.traits.comments),
    ):
        if count:
            findings.add(rule, count=f"{count:,} {noun}{'s' if count > 1 else ''}")
    if what := hidden_in(report.traits):
        findings.add("hidden-text", what=what)


# By the names of `config/checks.py`, which says what each may raise and what that tells against. In
# the order a letter tells them: the whole first, then from the front to the back.
CHECKS: Mapping[str, Look] = {
    "sections": check_sections,
    "front sheet": check_front_sheet,
    "prompts": check_prompts,
    "genogram": check_genogram,
    "focus": check_focus,
    "recommendations": check_recommendations,
    "plan": check_plan,
    "sign off": check_sign_off,
    "placeholders": check_placeholders,
    "names": check_names,
    "key": check_key,
    "layout": check_layout,
    "leftovers": check_leftovers,
}

OF_SIGNING = ("sign-off-", "front-sheet-")  # rules that may ask for a day of signing
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def judge_report(
    blocks: Sequence[Block], traits: Traits, kind: Kind, context: Context
) -> Judgement:
    """Judge one report. `traits` must be complete: read every block first.

    Raises TypeError when `kind` is not of the report shape.
    """
    report = read_report(blocks, traits, kind, context)
    findings = Findings(kind)
    if findings.asks("blank-template") and is_blank_template(report):
        findings.add("blank-template")
        return Judgement(kind.id, _confidence(report), findings.all(), (), Clues())
    asked = asked_in(kind)
    for name, look in CHECKS.items():
        if name in asked:
            look(report, findings)
    found = findings.all(plan_rows(report, kind))
    told = with_examples(found, lambda rule: rule.startswith(OF_SIGNING), context.today)
    there = parts_of(report.shape)
    if left_blank(report):
        there = {part: phrase for part, phrase in there.items() if part != "front sheet"}
    passed = vouched(kind, there, told)
    return Judgement(kind.id, _confidence(report), told, passed, _clues(report))


def _clues(report: Report) -> Clues:
    """What the front sheet says, and the latest day of it and of the signing off: whoever vouches
    for the report must have signed no earlier."""
    said = clues(report)
    days = [*days_signed(report), *([said.dated] if said.dated else [])]
    return replace(said, dated=max(days, default=None))


def _confidence(report: Report) -> float:
    """How many of the kind's sections are here, from 0 to 1."""
    sections = report.shape.sections
    return round(len(report.outline.found) / len(sections), 2) if sections else 0.0


def parts_of(shape: ReportShape) -> Mapping[str, str]:
    """The phrase of each part that such a report has: "all nine sections", "the action plan"."""
    has = {
        "sections": bool(shape.sections),
        "front sheet": bool(shape.front_words or shape.front_sheet),
        "genogram": bool(shape.genogram_section),
        "plan": shape.plan is not None,
        "signing off": shape.sign_off is not None,
    }
    return {part: called(part, _in_words(len(shape.sections))) for part in has if has[part]}


def _in_words(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
