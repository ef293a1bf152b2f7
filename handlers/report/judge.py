"""The judge of reports: which checks run, in which order, and what they came to.

Does: lays the report out, runs every check of the table below, and says what was in order.
Trusts: the kind's shape and rules.
Never touches: the clock, the register, files.
Known limits: it judges form, not worth: the panel reads the report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from config.kind import Kind
from config.rule import Severity
from config.shape import ReportShape
from handlers.context import Context
from handlers.document.block import Block, Traits
from handlers.finding import Clues, Finding, Judgement, Where
from handlers.findings import Findings
from handlers.report.anonymity import check_names
from handlers.report.front_sheet import check_front_sheet, clues
from handlers.report.key import check_key
from handlers.report.layout import check_layout
from handlers.report.plan import check_plan
from handlers.report.report import Report, read_report
from handlers.report.sections import check_sections, is_blank_template
from handlers.report.sign_off import check_sign_off
from handlers.report.substance import check_focus, check_genogram
from handlers.report.wording import check_placeholders, check_prompts, check_recommendations

Check = Callable[[Report, Findings], None]


class _Asked(Findings):
    """Passes over rules that the kind does not have: taken out of its TOML, they are not asked."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self._rules = kind.rules

    def add(
        self,
        rule: str,
        where: Where | None = None,
        severity: Severity | None = None,
        cause: str = "",
        **words: object,
    ) -> None:
        if rule in self._rules:
            super().add(rule, where, severity, cause, **words)


def check_leftovers(report: Report, findings: Findings) -> None:
    """tracked-changes, comments-left: `{count}`, such as "1 comment" or "12 comments"."""
    for rule, noun, count in (
        ("tracked-changes", "change", report.traits.tracked_changes),
        ("comments-left", "comment", report.traits.comments),
    ):
        if count:
            findings.add(rule, count=f"{count:,} {noun}{'s' if count > 1 else ''}")


# In the order a letter tells them: the whole first, then from the front to the back.
CHECKS: tuple[Check, ...] = (
    check_sections,
    check_front_sheet,
    check_prompts,
    check_genogram,
    check_focus,
    check_recommendations,
    check_plan,
    check_sign_off,
    check_placeholders,
    check_names,
    check_key,
    check_layout,
    check_leftovers,
)

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# What was in order, said when no rule beginning with these was broken.
_IN_ORDER: tuple[tuple[Callable[[ReportShape], str], tuple[str, ...]], ...] = (
    (lambda s: f"all {_in_words(len(s.sections))} sections", ("section-",)),
    (lambda s: "the front sheet" if s.front_sheet else "", ("front-sheet-",)),
    (
        lambda s: "the genogram" if s.genogram_section else "",
        ("genogram-", "section-missing", "section-empty"),
    ),
    (lambda s: "the action plan" if s.plan else "", ("plan-",)),
    (lambda s: "the signing off" if s.sign_off else "", ("sign-off-",)),
)


def judge_report(
    blocks: Sequence[Block], traits: Traits, kind: Kind, context: Context
) -> Judgement:
    """Judge one report. `traits` must be complete: read every block first.

    Raises TypeError when `kind` is not of the report shape.
    """
    report = read_report(blocks, traits, kind, context)
    findings = _Asked(kind)
    if "blank-template" in kind.rules and is_blank_template(report):
        findings.add("blank-template")
        return Judgement(kind.id, _confidence(report), findings.all(), (), Clues())
    for check in CHECKS:
        check(report, findings)
    told = findings.all()
    return Judgement(
        kind.id, _confidence(report), told, tuple(_in_order(report.shape, told)), clues(report)
    )


def _confidence(report: Report) -> float:
    """How many of the kind's sections are here, from 0 to 1."""
    sections = report.shape.sections
    return round(len(report.outline.found) / len(sections), 2) if sections else 0.0


def _in_order(shape: ReportShape, told: Sequence[Finding]) -> Iterator[str]:
    for say, rules in _IN_ORDER:
        words = say(shape)
        if words and not any(f.rule.startswith(rules) for f in told):
            yield words


def _in_words(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
