"""The rules of the chronology, one after the other: each seen to speak and seen to be silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.kind_loading import SHIPPED_KINDS_FOLDER, load_kind_file
from config.kind_shape import Column
from handlers.checks.table.judge import TableJudge, in_reading_order
from handlers.checks.table.table_claims import TableClaims
from handlers.document import Traits
from handlers.findings import Finding, FindingPlace
from tests.chronologies import (
    CONTEXT,
    KIND,
    entry,
    judge,
    only,
    rules,
    table,
)
from tests.each_case import each_case


def test_a_right_chronology_is_accepted_and_told_what_was_in_order() -> None:
    judgement = judge(table(entry(), entry("02/02/2009", "09:05", seen="No")))
    assert judgement.findings == ()
    assert judgement.verdict == "accept"
    assert (judgement.kind, judgement.confidence) == ("chronology", 1.0)
    assert judgement.passed == (
        "the headings",
        "all 2 dates",
        "the order of events",
        "all 2 times",
        "the agency in every row",
        "the source of every entry",
    )
    assert judgement.clues.rows == 2


def test_a_finding_says_where_in_the_words_of_the_form() -> None:
    finding = only(judge(table(entry(), entry("31/02/2009"))), "date-invalid")
    assert finding.where == FindingPlace(table=1, row=3, column="Date")
    assert finding.severity == "fault"
    assert finding.message == "31/02/2009 is not a day in the calendar."
    assert finding.fix == "Enter the day it happened in figures, day first (dd/mm/yyyy)."


# One entry with one thing wrong, and the one rule that speaks.
ONE_THING_WRONG = {
    "date-missing": entry(""),
    "date-invalid": entry("Feb 2009"),
    "date-future": entry("02/04/2010", age="2y 10m"),
    "date-uncertain": entry("?01/02/2009"),
    "date-outside-period": entry("15/02/2010", age="2y 9m"),
    "time-missing": entry(time=""),
    "time-invalid": entry(time="am"),
    "time-style": entry(time="17.45"),
    "agency-missing": entry(agency=" "),
    "agency-other": entry(agency="Shire Police"),
    "subject-missing": entry(subject="", age=""),
    "subject-unknown": entry(subject="A neighbour", age=""),
    "age-missing": entry(age=""),
    "age-odd": entry(age="seven"),
    "age-conflict": entry(age="7"),
    "child-seen": entry(seen="maybe"),
    "source-missing": entry(source="-"),
    "event-missing": entry(event=""),
}
SEVERITY = {
    "date-missing": "fault", "date-invalid": "fault", "date-future": "fault",
    "date-uncertain": "advice", "date-outside-period": "question", "time-missing": "advice",
    "time-invalid": "fault", "time-style": "advice", "agency-missing": "fault",
    "agency-other": "question", "subject-missing": "advice", "subject-unknown": "advice",
    "age-missing": "advice", "age-odd": "advice", "age-conflict": "advice", "child-seen": "advice",
    "source-missing": "fault", "event-missing": "fault", "heading-changed": "fault",
    "heading-missing": "fault", "heading-added": "fault", "no-rows": "fault", "order": "fault",
    "merged-across": "fault", "tracked-changes": "advice",
}  # fmt: skip


@each_case("rule", ONE_THING_WRONG)
def test_one_thing_wrong_is_one_finding_of_its_rule(rule: str) -> None:
    finding = only(judge(table(entry("01/01/2009", age="1y 7m"), ONE_THING_WRONG[rule])), rule)
    assert finding.severity == SEVERITY[rule]
    assert finding.where.row == 3
    assert finding.where.column in [column.heading for column in KIND.shape.columns]


def test_a_future_day_outside_the_period_is_told_once_with_both() -> None:
    finding = only(judge(table(entry("01/01/2009"), ONE_THING_WRONG["date-future"])), "date-future")
    assert "in the future, and outside the period of the review, which runs from" in finding.message


def test_every_rule_of_the_toolkit_is_in_the_kind_with_its_weight() -> None:
    for rule, severity in SEVERITY.items():
        assert KIND.rules[rule].severity == severity


def test_no_rule_repeats_its_place_or_leaves_a_gap_in_its_words() -> None:
    for block in ONE_THING_WRONG.values():
        for finding in judge(table(block)).findings:
            assert "{" not in finding.message + finding.fix
            assert not finding.message.startswith(("Row", "Table", finding.where.column or "Row"))


def test_every_fault_is_told_at_once() -> None:
    judgement = judge(table(entry("31/02/2009", "25:10", agency="", source="", event="")))
    assert set(rules(judgement)) == {
        "date-invalid", "time-invalid", "agency-missing", "source-missing", "event-missing",
    }  # fmt: skip


# The whole document


def test_changes_that_were_not_accepted_are_advice() -> None:
    judgement = judge(table(entry()), traits=Traits(tracked_changes=3))
    assert only(judgement, "tracked-changes").severity == "advice"
    assert judgement.verdict == "accept"
    assert judge(table(entry()), traits=Traits()).findings == ()


def test_headings_with_nothing_under_them_suggest_a_nil_return() -> None:
    blank = ("",) * 9
    for blocks in (table(), table(blank, blank)):
        judgement = judge(blocks)
        finding = only(judgement, "no-rows")
        assert "nil return" in finding.fix
        assert judgement.clues.rows == 0
        assert judgement.passed == ("the headings",)


def test_a_rule_taken_out_of_the_kind_is_no_longer_looked_for() -> None:
    kept = {rule: law for rule, law in KIND.rules.items() if rule != "source-missing"}
    claims = TableClaims([replace(KIND, rules=kept)], CONTEXT, Traits())
    for block in table(entry(source="")):
        claims.claim_block(block)
    judgement = claims.judges[0].finish_judgement(Traits())
    assert judgement is not None
    assert judgement.findings == ()


def test_a_form_is_not_a_table() -> None:
    form = load_kind_file(SHIPPED_KINDS_FOLDER / "qa_form.toml")
    with pytest.raises(TypeError):
        TableJudge(form, CONTEXT)


def test_no_finding_carries_cell_text() -> None:
    """Failure mode 89."""
    canary = "ZXCANARY"
    wrong = entry(*(f"{canary} {index}" for index in range(9)))
    messages = judge(
        table(wrong, headings=("Date", *[canary] * 3, "Age", "Child seen", canary, "Event", canary))
    )
    for finding in messages.findings:
        assert canary not in f"{finding.message} {finding.fix} {finding.where}"


def test_findings_come_in_the_order_a_person_meets_them() -> None:
    columns = (Column("date", "Date"), Column("event", "Event"))

    def at(rule: str, row: int | None, column: str | None) -> Finding:
        return Finding(rule, "fault", "Made up.", rule, FindingPlace(1, row, column))

    told = in_reading_order(
        [
            at("event-missing", 2, "Event"),
            at("event-missing", 9, "Event"),
            at("date-missing", 5, "Date"),
            at("date-invalid", 2, "Date"),
            at("order", None, None),
        ],
        columns,
    )
    places = [(f.rule, f.where.row) for f in told]
    assert places == [
        ("order", None),
        ("date-invalid", 2),
        ("event-missing", 2),
        ("event-missing", 9),
        ("date-missing", 5),
    ]
