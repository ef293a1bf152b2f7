"""What the copy that a return came in makes of its judgement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.kind_loading import load_kinds
from config.rules import ARRIVAL_RULES, Severity
from handlers.findings import Finding, Judgement
from handlers.judging import arrival
from handlers.judging.document_checks import DocumentCopy

KINDS = load_kinds()
FAULT = Finding("date-missing", "fault", "Nothing is entered.", "Enter it.")
DANGER = Finding("child-other", "danger", "Another review's.", "Find out which.")
ADVICE = Finding("signed-typed", "advice", "Typed.", "Nothing.")


def weighed(
    kind: str | None, format: str, *found: Finding, made_out: bool = False
) -> tuple[str, list[tuple[str, Severity]]]:
    said = (Judgement(kind, 1.0, found),)
    (judgement,) = DocumentCopy(format, "", made_out).with_copy_findings(said, KINDS)
    return judgement.verdict, [(f.rule, f.severity) for f in judgement.findings]


def test_a_fault_in_the_format_we_ask_for_stays_one() -> None:
    assert weighed("imr", "docx", FAULT) == ("reject", [("date-missing", "fault")])
    assert weighed("qa_form", "pdf", FAULT) == ("reject", [("date-missing", "fault")])


def test_a_fault_in_another_format_is_for_a_person() -> None:
    assert weighed("imr", "pdf", FAULT, ADVICE) == (
        "refer",
        [("date-missing", "question"), ("signed-typed", "advice"), ("not-in-word", "question")],
    )


def test_a_fault_that_a_machine_read_off_a_picture_is_for_a_person() -> None:
    told = [("date-missing", "question"), ("made-out", "question")]
    assert weighed("qa_form", "png", FAULT, made_out=True) == ("refer", told)
    assert weighed("nil_return", "pdf", made_out=True) == ("refer", [("made-out", "question")])


def test_a_danger_stays_one_and_nothing_is_added_to_it() -> None:
    """Silence is the safe side of a misread identifier: a person looks before anyone is told."""
    assert weighed("qa_form", "png", DANGER, FAULT, made_out=True)[0] == "hold"
    assert weighed("imr", "pdf", DANGER) == ("hold", [("child-other", "danger")])


def test_what_was_not_recognised_has_its_question_already() -> None:
    assert weighed(None, "png", made_out=True) == ("accept", [])


@pytest.mark.parametrize("rule", ["not-in-word", "made-out"])
def test_how_heavy_those_faults_are_is_read_from_the_file(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict = {**ARRIVAL_RULES, rule: replace(ARRIVAL_RULES[rule], faults_become=None)}
    monkeypatch.setattr(arrival, "ARRIVAL_RULES", strict)
    assert weighed("imr", "pdf", FAULT)[0] == ("reject" if rule == "not-in-word" else "refer")
    assert weighed("qa_form", "png", FAULT, made_out=True)[0] == (
        "reject" if rule == "made-out" else "refer"
    )
