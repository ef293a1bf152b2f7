"""Failure mode 96: "everything else is in order" is said only of what was asked and found so."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from config.checks import (
    CHECKS_BY_SHAPE,
    UNVOUCHABLE_FILE_RULES,
    CheckSpec,
    is_part_checked,
    raisable_rules,
)
from config.kind import Kind
from config.kind_loading import load_kinds
from config.kind_parts import EVERYTHING, PART_PHRASES, WHERE_IT_STANDS, part_of_phrase, part_phrase
from config.kind_shape import ReportShape
from config.rules import ARRIVAL_RULES
from handlers.checks.check_functions import bind_check_functions
from handlers.checks.form import judge as form
from handlers.checks.report import judge as report
from handlers.document import Paragraph
from handlers.findings import Finding, FindingPlace, Judgement
from handlers.in_order_parts import phrases_in_order, with_later_findings
from tests.each_case import each_case
from tests.handlers.checks.form.specimen import STATEMENTS, judged

KINDS = load_kinds()
QA, IMR, CHRONOLOGY = KINDS["qa_form"], KINDS["imr"], KINDS["chronology"]
ALL = {"answers": "all 17 answers", "signature": "the signature", "dates": "the date"}


def without(kind: Kind, *rules: str) -> Kind:
    return replace(kind, rules={id: rule for id, rule in kind.rules.items() if id not in rules})


def found(rule: str, where: FindingPlace | None = None, kind: Kind = QA) -> Finding:
    return Finding(rule, kind.rules[rule].severity, "So.", "Do.", where or FindingPlace())


def test_a_form_with_nothing_against_it_is_in_order() -> None:
    assert phrases_in_order(QA, ALL, ()) == tuple(ALL.values())


@pytest.mark.parametrize(
    ("rule", "where", "left"),
    [
        ("answer-no", FindingPlace(criterion=3), ("the signature", "the date")),
        ("comment-missing", FindingPlace(criterion=3), ("the signature", "the date")),
        ("signed-scan", FindingPlace(section="Signed"), ("all 17 answers", "the date")),
        ("date-future", FindingPlace(section="Date"), ("all 17 answers", "the signature")),
        ("handwriting", FindingPlace(), ()),
        ("child-other", FindingPlace(), ()),
        ("placeholder-left", FindingPlace(section="Signed"), ("all 17 answers", "the date")),
        ("placeholder-left", FindingPlace(), ()),
    ],
)
def test_a_part_with_anything_told_against_it_is_off_the_list(
    rule: str, where: FindingPlace, left: tuple[str, ...]
) -> None:
    assert phrases_in_order(QA, ALL, [found(rule, where)]) == left


@pytest.mark.parametrize(
    ("rule", "part"),
    [("answer-double", "answers"), ("signed-missing", "signature"), ("date-future", "dates")],
)
def test_a_part_that_was_not_asked_about_is_off_the_list(rule: str, part: str) -> None:
    """A kind without the rule does not look for the fault, so nobody can say it is not there."""
    assert ALL[part] not in phrases_in_order(without(QA, rule), ALL, ())


def test_what_only_adds_to_a_part_may_be_left_out_of_a_kind() -> None:
    assert phrases_in_order(without(QA, "answer-partially", "signed-scan"), ALL, ()) == tuple(
        ALL.values()
    )


def test_the_order_of_events_is_not_in_order_while_dates_cannot_be_read() -> None:
    there = {"headings": "the headings", "order": "the order of events"}
    unread = [found("date-invalid", FindingPlace(1, 4, "Date"), CHRONOLOGY)]
    assert phrases_in_order(CHRONOLOGY, there, unread) == ("the headings",)
    assert phrases_in_order(without(CHRONOLOGY, "date-missing"), there, ()) == ("the headings",)


def test_a_question_keeps_the_part_it_stands_in_off_the_list() -> None:
    there = {part: part_phrase(part, "nine") for part in ("sections", "front sheet", "plan")}
    names = found("names-suspected", FindingPlace(section="Analysis"), IMR)
    assert phrases_in_order(IMR, there, [names]) == ("the front sheet", "the action plan")


def test_what_is_found_later_takes_its_part_off_the_list() -> None:
    judged = Judgement("qa_form", 1.0, (), tuple(ALL.values()))
    belied = with_later_findings(
        judged, [found("answer-contradicts", FindingPlace(criterion=4))], QA
    )
    assert belied.passed == ("the signature", "the date")
    assert [f.rule for f in belied.findings] == ["answer-contradicts"]


@each_case("rule", ARRIVAL_RULES)
def test_beside_a_file_that_was_not_read_whole_nothing_is_in_order(rule: str) -> None:
    judged = Judgement("qa_form", 1.0, (), tuple(ALL.values()))
    noted = with_later_findings(judged, [Finding(rule, ARRIVAL_RULES[rule].severity, "So.", "Do.")])
    assert noted.passed == (() if rule in UNVOUCHABLE_FILE_RULES else tuple(ALL.values()))
    assert rule in UNVOUCHABLE_FILE_RULES or ARRIVAL_RULES[rule].severity != "danger"


def test_nothing_is_unsure_of_a_file_but_what_is_a_rule_about_files() -> None:
    assert set(ARRIVAL_RULES) >= UNVOUCHABLE_FILE_RULES


@each_case("part", PART_PHRASES)
def test_a_phrase_is_known_for_the_part_it_names(part: str) -> None:
    for count in ("1", "seventeen", "10,000"):
        assert part_of_phrase(part_phrase(part, count)) == part
    assert part_of_phrase("the moon") == EVERYTHING


def test_what_a_rule_tells_against_is_a_part_that_there_is() -> None:
    known = {*PART_PHRASES, EVERYTHING, WHERE_IT_STANDS}
    told = {
        p for checks in CHECKS_BY_SHAPE.values() for c in checks for r in c.raises for p in r.spoils
    }
    assert told == known


@pytest.mark.parametrize(
    ("shape", "looks"),
    [("form", form.FORM_CHECK_FUNCTIONS), ("report", report.REPORT_CHECK_FUNCTIONS)],
    ids=["form", "report"],
)
def test_the_judges_run_the_checks_of_the_registry_and_no_others(
    shape: str, looks: dict[str, object]
) -> None:
    assert [check.name for check in CHECKS_BY_SHAPE[shape] if check.has_check_function] == list(
        looks
    )


def test_a_check_without_a_function_or_a_function_without_a_check_is_refused() -> None:
    misspelt = ModuleType("misspelt")
    vars(misspelt)["check_shuoted"] = print
    with pytest.raises(LookupError, match=r"check_shouted.*check_shuoted"):
        bind_check_functions([CheckSpec("shouted", "columns", ())], [misspelt])


@each_case("kind", KINDS.all, ids=lambda kind: kind.id)
def test_every_rule_of_a_kind_is_raised_by_a_check_that_the_kind_has(kind: Kind) -> None:
    assert set(kind.rules) <= set(raisable_rules(kind))


def test_every_part_of_every_kind_that_ships_is_asked_about() -> None:
    """A rule taken out of a kind by mistake would take the part off every letter in silence."""
    asked = {
        (kind.id, part)
        for kind in KINDS.all
        for part in PART_PHRASES
        if is_part_checked(part, kind, raisable_rules(kind))
        and (not isinstance(kind.shape, ReportShape) or part in report.phrases_of_parts(kind.shape))
    }
    assert asked == {
        *(("chronology", p) for p in ("headings", "dates", "order", "times", "agency", "source")),
        *(("imr", p) for p in ("sections", "front sheet", "genogram", "plan", "signing off")),
        *((id, "sections") for id in ("overview_report", "executive_summary")),
        *(("qa_form", p) for p in ("answers", "signature", "dates")),
        *(("evaluation_statement", p) for p in ("statements", "signature", "dates")),
        ("nil_return", "dates"),
    }


def test_statements_whose_boxes_are_left_empty_are_not_called_in_order() -> None:
    for mark, said in (("☑ ", True), ("", True), ("☐ ", False)):
        lines = [Paragraph(f"{mark}{text}") for text in STATEMENTS[:4]]
        signed = ("Signed: J Holt", "Date: tbc", "Name: JANE HOLT", "Title: Director")
        blanks = [Paragraph(text) for text in (STATEMENTS[4], *signed)]
        passed = judged("evaluation_statement", [*lines, *blanks]).passed
        assert ("the statements" in passed) is said, mark
