"""What is so in every row or criterion is told once, and is no fault (failure mode 91)."""

from __future__ import annotations

import pytest

from config.kind import Kind
from config.kind_shape import TableShape
from config.rules import Rule, Severity, readers_of_finding
from handlers.findings import MIN_PLACES_CHECKED, CheckedTotal, Finding, FindingPlace, Findings

KIND = Kind(
    "made_up",
    "Made up",
    "made-up return",
    TableShape(()),
    {
        "blank": Rule("fault", "Nothing is entered.", "Enter it."),
        "odd": Rule("advice", "{value} is odd.", "Enter {better}."),
        "other": Rule("question", "It is another.", "Leave it."),
        "wrong-case": Rule("danger", "It is another case.", "Nothing."),
    },
)


def found(rule: str, places: int, asked: CheckedTotal, **words: object) -> tuple[Finding, ...]:
    notes = Findings(KIND)
    for number in range(1, places + 1):
        if asked.unit == "rows":
            notes.add(rule, FindingPlace(1, number + 1, "Date"), **words)
        else:
            notes.add(rule, FindingPlace(None, None, None, None, number), **words)
    return notes.collect_findings(asked)


@pytest.mark.parametrize("unit", ["rows", "criteria"])
@pytest.mark.parametrize("count", [MIN_PLACES_CHECKED, 9, 17, 400])
def test_a_fault_everywhere_is_one_question_about_the_form(unit: str, count: int) -> None:
    (one,) = found("blank", count, CheckedTotal(count, unit))  # type: ignore[arg-type]
    assert (one.rule, one.severity) == ("blank", "question")
    assert one.message.startswith(
        f"Nothing is entered. The same is so in all {count} {unit}. "
    ) and one.message.endswith("a person will look at it.")
    assert one.fix.startswith("Enter it. ")
    assert (one.where.row, one.where.criterion) == (None, None)
    assert one.where.column == ("Date" if unit == "rows" else None)


@pytest.mark.parametrize("rule", ["odd", "other"])
def test_advice_and_questions_keep_their_weight(rule: str) -> None:
    (one,) = found(rule, 9, CheckedTotal(9, "rows"), value="7:77", better="7:17")
    assert one.severity == KIND.rules[rule].severity
    assert "all 9 rows" in one.message


def test_one_row_that_is_right_makes_the_rest_faults() -> None:
    told = found("blank", 8, CheckedTotal(9, "rows"))
    assert [f.severity for f in told] == ["fault"] * 8
    assert [f.where.row for f in told] == list(range(2, 10))


def test_three_of_three_are_three_faults() -> None:
    assert len(found("blank", 3, CheckedTotal(3, "rows"))) == 3


def test_what_must_be_exact_stays_a_fault() -> None:
    told = found("blank", 9, CheckedTotal(9, "criteria", frozenset({"blank"})))
    assert {f.severity for f in told} == {"fault"}


def test_a_danger_stays_where_it_was_found() -> None:
    assert len(found("wrong-case", 9, CheckedTotal(9, "rows"))) == 9


def test_several_causes_everywhere_are_still_one_question() -> None:
    notes = Findings(KIND)
    for number in range(2, 11):
        notes.add(
            "odd", FindingPlace(1, number, "Time"), "fault", value=f"7:7{number % 2}", better="7:17"
        )
    (one,) = notes.collect_findings(CheckedTotal(9, "rows"))
    assert one.severity == "question"
    assert "7:7" not in one.message


def test_two_findings_in_one_row_count_as_one_row() -> None:
    notes = Findings(KIND)
    for number in (2, 2, 3, 3):
        notes.add("blank", FindingPlace(1, number, "Date"))
    assert len(notes.collect_findings(CheckedTotal(4, "rows"))) == 4


def test_places_in_several_tables_are_told_without_one() -> None:
    notes = Findings(KIND)
    for table in (1, 2):
        for number in (2, 3):
            notes.add("blank", FindingPlace(table, number, "Event"))
    (one,) = notes.collect_findings(CheckedTotal(4, "rows"))
    assert one.where == FindingPlace(None, None, "Event")


@pytest.mark.parametrize(
    ("severity", "found_as", "readers"),
    [
        ("fault", "fault", {"agency"}),
        ("advice", "advice", {"agency"}),
        ("fault", "question", {"agency", "administrator"}),
        ("question", "question", {"administrator"}),
        ("danger", "danger", set()),
    ],
)
def test_a_fault_that_became_a_question_speaks_to_both(
    severity: Severity, found_as: Severity, readers: set[str]
) -> None:
    assert set(readers_of_finding(Rule(severity, "It is.", "Mend it."), found_as)) == readers
