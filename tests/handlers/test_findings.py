"""The notebook a judge writes in: short, however long the table."""

from __future__ import annotations

import pytest

from config.kind import Kind
from config.kind_shape import TableShape
from config.rules import Rule
from handlers.findings import MAX_PLACES_LISTED, FindingPlace, Findings

KIND = Kind(
    "made_up",
    "Made up",
    "made-up return",
    TableShape(()),
    {
        "blank": Rule("fault", "Nothing is entered.", "Enter it."),
        "odd": Rule("advice", "{value} is odd.", "Enter {better}."),
    },
)


def row(number: int, column: str = "Date") -> FindingPlace:
    return FindingPlace(1, number, column)


def test_a_finding_carries_the_rules_words_and_weight() -> None:
    notes = Findings(KIND)
    notes.add("odd", row(2), value="7:77", better="7:17")
    (finding,) = notes.collect_findings()
    assert (finding.rule, finding.severity) == ("odd", "advice")
    assert (finding.message, finding.fix) == ("7:77 is odd.", "Enter 7:17.")
    assert finding.where == row(2)


def test_a_severity_may_stand_in_for_the_rules_own() -> None:
    notes = Findings(KIND)
    notes.add("blank", row(2), "question")
    assert notes.collect_findings()[0].severity == "question"


def test_ten_places_are_listed_and_the_rest_counted() -> None:
    notes = Findings(KIND)
    for number in range(2, 402):
        notes.add("blank", row(number))
    found = notes.collect_findings()
    assert [f.where.row for f in found] == [*range(2, 2 + MAX_PLACES_LISTED), None]
    assert found[-1].message == (
        "Nothing is entered. The same is so in 390 more rows, the last being row 401."
    )
    assert found[-1].where.column == "Date"


def test_exactly_ten_places_leave_nothing_to_count_and_eleven_leave_one() -> None:
    notes = Findings(KIND)
    for number in range(MAX_PLACES_LISTED):
        notes.add("blank", row(number + 2))
    assert len(notes.collect_findings()) == MAX_PLACES_LISTED
    notes.add("blank", row(50))
    assert "in 1 more row, the last being row 50." in notes.collect_findings()[-1].message


def test_one_rule_in_two_columns_is_two_faults() -> None:
    notes = Findings(KIND)
    for number in range(2, 20):
        notes.add("blank", row(number, "Agency"))
        notes.add("blank", row(number, "Event"))
    assert [f.where.column for f in notes.collect_findings()].count(
        "Event"
    ) == MAX_PLACES_LISTED + 1


def test_a_named_cause_is_one_fault_though_its_words_differ() -> None:
    notes = Findings(KIND)
    for number in range(2, 402):
        notes.add("odd", row(number), cause="odd", value=f"7:{number}", better="7:17")
    assert len(notes.collect_findings()) == MAX_PLACES_LISTED + 1
    assert notes.collect_findings()[0].message == "7:2 is odd."


def test_the_same_words_with_another_fix_are_another_fault() -> None:
    notes = Findings(KIND)
    for number in range(2, 20):
        notes.add("odd", row(number), value="7:77", better=f"7:{number % 2}7")
    assert {f.fix for f in notes.collect_findings()} == {"Enter 7:07.", "Enter 7:17."}
    assert len(notes.collect_findings()) == 18


def test_places_without_a_row_are_counted_in_other_words() -> None:
    notes = Findings(KIND)
    for _ in range(MAX_PLACES_LISTED + 3):
        notes.add("blank")
    assert notes.collect_findings()[-1].message.endswith("The same is so in 3 more places.")


def test_the_notebook_knows_which_rules_it_holds() -> None:
    notes = Findings(KIND)
    notes.add("blank", row(2))
    assert "blank" in notes
    assert "odd" not in notes


def test_a_rule_that_the_kind_lacks_is_our_mistake_and_is_not_hidden() -> None:
    with pytest.raises(KeyError):
        Findings(KIND).add("unheard-of", row(2))
