"""The judge as a whole: its rules, its words, and shapes that ask for less."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from config.kind import Kind
from config.kind_shape import ReportShape, Section, TableShape
from config.rules import Rule
from handlers.checks.report.judge import judge_report
from handlers.context import Context
from handlers.document import Traits

# Section 2 of the toolkit's rules, with the rows of the action plan.
SEVERITIES = {
    "fault": {
        *("section-missing", "section-empty", "front-sheet-author", "front-sheet-date"),
        *(
            "sign-off-missing",
            "sign-off-date",
            "placeholder-left",
            "blank-template",
            "plan-missing",
        ),
        *("plan-column-missing", "plan-action-missing", "plan-by-whom-missing"),
        *("plan-timescale-missing", "plan-evidence-missing"),
        *("front-sheet-date-invalid", "front-sheet-date-future"),
    },
    "question": {
        *("sign-off-image", "sign-off-unproven", "sign-off-same-person", "names-suspected"),
        *("tracked-changes", "comments-left", "section-unclear"),
        *("plan-unclear", "plan-column-unclear", "not-final"),
        *("sign-off-unclear", "front-sheet-unclear", "hidden-text"),
    },
    "advice": {
        *("section-reworded", "section-order", "front-sheet-strictly-confidential"),
        *("front-sheet-agency", "front-sheet-title", "front-sheet-in-respect-of"),
        *("front-sheet-name", "front-sheet-ethnic-origin", "genogram-missing", "prompts-missing"),
        *("focus-unmatched", "page-numbers", "paragraph-numbers", "contents", "version"),
        *("personnel-key-missing", "vague-recommendation", "plan-outcome-missing"),
        "plan-timescale-vague",
    },
}
# Words a letter never uses, and lead-ins that would say the place twice.
NEVER = re.compile(r"\b(invalid|failed|failure|error|wrong|must|incorrect|section \d)\b", re.I)


def test_a_good_imr_is_accepted_and_what_was_in_order_is_said(draft):
    judged = draft.judged()
    assert (judged.findings, judged.verdict, judged.kind) == ((), "accept", "imr")
    assert judged.confidence == 1.0
    assert judged.passed == (
        "all nine sections",
        "the front sheet",
        "the genogram",
        "the action plan",
        "the signing off",
    )


def test_only_what_was_in_order_is_said_to_be(draft):
    draft.bodies["signing-off"] = draft.bodies["signing-off"][:4]
    draft.replace_front("Ethnic Origin: White British", "")
    assert draft.judged().passed == ("the genogram", "the action plan")


def test_the_kind_has_every_rule_of_the_toolkit_at_its_weight(draft):
    told = {
        severity: {id for id, rule in draft.kind.rules.items() if rule.severity == severity}
        for severity in SEVERITIES
    }
    assert told == SEVERITIES


def test_the_rules_are_told_in_plain_courteous_words(draft):
    for id, rule in draft.kind.rules.items():
        assert not NEVER.search(f"{rule.says} {rule.fix}"), id
        assert rule.says.endswith((".", "{says}")) and rule.fix.endswith((".", "{fix}")), id
        assert rule.source.startswith("Toolkit, "), id


def test_every_finding_is_told_in_full(draft, line):
    draft.bodies = {key: [] for key in draft.bodies} | {"analysis": [line("x")]}
    draft.front = []
    draft.traits = Traits(tracked_changes=1, comments=1)
    told = draft.judged().findings
    assert len(told) > 20
    assert not any("{" in f.message + f.fix for f in told)


def test_a_rule_taken_out_of_the_kind_is_no_longer_asked(draft):
    draft.bodies = {key: [] for key in draft.bodies}
    for rule in ("blank-template", "section-empty", "plan-missing"):
        rules = {id: law for id, law in draft.kind.rules.items() if id != rule}
        draft.kind = replace(draft.kind, rules=rules)
    assert draft.rules() == {"sign-off-missing"}


def test_a_shape_that_asks_for_sections_alone_is_judged_by_them_alone(draft, line):
    asked = ("section-missing", "section-unclear", "section-empty", "placeholder-left")
    says = {id: Rule("fault", "Told.", "Mend.") for id in asked}
    sections = (Section("facts", 1, "The Facts"), Section("analysis", 2, "Analysis"))
    kind = Kind("overview_report", "Overview", "overview", ReportShape(sections), says)
    blocks = [line("The Facts", bold=True), line("Mrs Patel [insert name]"), line("Analysis")]
    judged = judge_report(blocks, Traits(comments=3), kind, draft.context)
    assert [f.rule for f in judged.findings] == ["section-empty"]
    assert judged.passed == ()
    assert judge_report([*blocks, line("So.")], Traits(), kind, draft.context).passed == (
        "all two sections",
    )


def test_an_empty_document_and_one_about_something_else_are_judged_too(draft, line):
    for blocks in ([], [line("Minutes of a meeting"), line("Those present agreed.")]):
        judged = judge_report(blocks, Traits(), draft.kind, Context(draft.context.today))
        assert judged.confidence == 0.0
        assert sum(f.rule == "section-missing" for f in judged.findings) == 9


def test_a_kind_of_another_shape_is_refused(draft):
    table = replace(draft.kind, shape=TableShape(()))
    with pytest.raises(TypeError, match="imr"):
        judge_report([], Traits(), table, draft.context)


def test_the_judge_brings_nothing_heavy_into_the_worker():
    heavy = {"pydantic", "cryptography", "imapclient", "sqlite_utils", "docx", "jinja2", "sqlite3"}
    code = f"import sys, handlers.checks.report.judge; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
