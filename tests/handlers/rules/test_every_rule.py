"""Every rule of every kind: one change to a sound document tells it, and without that change it
is not told; how heavy it is, the kind's file says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from config.kind import Kind
from config.rules import Severity
from handlers.judging.vocabulary import Vocabulary
from tests import combinations
from tests.each_case import each_case
from tests.handlers.rules import chronologies, forms, public_reports, reports, small
from tests.handlers.rules.shown import (
    CONTEXT,
    KINDS,
    Shown,
    Table,
    judged,
    rules,
    told,
    weighing,
)

TABLES: tuple[Table, ...] = (
    chronologies.TABLE,
    reports.TABLE,
    *forms.TABLES,
    *small.TABLES,
    *public_reports.TABLES,
)
VOCABULARY = Vocabulary(KINDS)
ROWS = [
    pytest.param(table, row, id=f"{table.kind}-{row.rule}")
    for table in TABLES
    for row in table.rows
]


def kind_of(row: Any) -> str:
    kind: str = row.values[0].kind
    return kind


def shape_and_rule(row: Any) -> tuple[str, str]:
    """Kinds of one shape are judged by the same code."""
    return KINDS[kind_of(row)].shape.type, row.values[1].rule


OF_EACH_RULE = combinations.distinct(ROWS, shape_and_rule)
OF_EACH_RULE += [row for row in combinations.distinct(ROWS, kind_of) if row not in OF_EACH_RULE]


# By what a statement says of its report, and by what the register knows of it.
SHOWN_TWICE = {"date-before-report"}


@each_case("kind", KINDS.all, ids=lambda kind: kind.id)
def test_every_rule_of_a_kind_has_its_row(kind: Kind) -> None:
    shown = [row.rule for table in TABLES if table.kind == kind.id for row in table.rows]
    assert set(shown) == set(kind.rules)
    assert {rule for rule, times in Counter(shown).items() if times > 1} <= SHOWN_TWICE


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_a_sound_document_is_told_none_of_them(table: Table) -> None:
    assert rules(told(table.kind, table.sound)) == table.always | table.told


@each_case("table", TABLES, ids=lambda table: table.kind)
def test_what_even_the_sound_one_is_told_some_other_is_not(table: Table) -> None:
    for rule in table.told:
        others = [row for row in table.rows if row.rule != rule and rule not in row.besides]
        assert others, f"no document of {table.kind} is silent on {rule}"


@each_case(("table", "row"), ROWS)
def test_one_change_tells_its_rule_and_nothing_else(table: Table, row: Shown) -> None:
    judgement = judged(table.kind, row)
    assert rules(judgement) == {row.rule} | row.besides | table.always
    for finding in judgement.findings:
        assert finding.message.strip() and finding.fix.strip()
        assert "{" not in finding.message + finding.fix, "a placeholder was not filled"
    assert VOCABULARY.contains_judgement(judgement, CONTEXT.agency), (
        "the confined worker would not be believed"
    )


@pytest.mark.parametrize(("table", "row"), OF_EACH_RULE)
def test_how_heavy_a_rule_is_stands_in_the_kinds_own_file(table: Table, row: Shown) -> None:
    """A board that makes advice of a danger, or a danger of anything else, gets that."""
    severity: Severity = (
        "advice" if KINDS[table.kind].rules[row.rule].severity == "danger" else "danger"
    )
    kinds = weighing(table.kind, row.rule, severity)
    found = told(table.kind, row.made, row.standing, kinds).findings
    assert {f.severity for f in found if f.rule == row.rule} == {severity}
