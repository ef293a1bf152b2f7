"""Every check raises the rules that the registry says it may, and a letter vouches for no part that
a document's own finding, or a check that was not asked, leaves in doubt (failure mode 96).

The documents are those of the tables beside this file: one for every rule of every kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from config.checks import CHECKS_BY_SHAPE, applicable_checks, expand_rule_pattern, raisable_rules
from config.kind import Kind, Kinds
from config.kind_parts import part_keys_of, part_of_phrase
from handlers.checks.form import judge as form
from handlers.checks.report import judge as report
from handlers.findings import Finding, Findings, Judgement
from tests.handlers.rules.shown import KINDS, Shown, Table, judged, told
from tests.handlers.rules.test_every_rule import ROWS, TABLES

# What a person would take each phrase to be about, said apart from the registry: the beginnings of
# rules, and the places, that no letter may name beside it.
ABOUT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "headings": (("heading-",), ()),
    "dates": (("date-", "columns-", "merged-"), ("Date",)),
    "date": (("date-",), ("Date",)),
    "order": (("order", "date-missing", "date-invalid", "date-future", "columns-"), ()),
    "times": (("time-", "columns-", "merged-"), ("Time",)),
    "agency": (("agency-", "columns-"), ("Agency",)),
    "source": (("source-", "columns-"), ("Source of Information",)),
    "sections": (("section-", "prompts-", "focus-", "vague-", "placeholder-"), ("Analysis",)),
    "sheet": (("front-sheet-",), ("Front sheet",)),
    "genogram": (("genogram-",), ("Genogram",)),
    "plan": (("plan-", "vague-"), ("Recommendations and Action Plan",)),
    "signing": (("sign-off-",), ("Signing Off",)),
    "statements": (("statement-",), ()),
    "answers": (("answer-", "criterion-", "comment-missing"), ()),
    "signature": (("signed-", "signature-", "signatory-"), ("Signed",)),
}
# Beside these nothing at all is in order: it was not read, or another text may be meant.
UNREAD = ("handwriting", "blank-template", "child-other", "not-required")


def about(phrase: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (found,) = [ABOUT[word] for word in phrase.split() if word in ABOUT]
    return found


def speaks_of(finding: Finding, phrase: str) -> bool:
    rules, places = about(phrase)
    where = finding.where
    here = (where.column or where.section or "").startswith(places) if places else False
    return finding.rule.startswith(rules) or (here and finding.severity != "advice")


def lies(judgement: Judgement) -> list[tuple[str, str]]:
    """Each phrase that a finding of the same judgement speaks of."""
    return [
        (phrase, finding.rule)
        for phrase in judgement.passed
        for finding in judgement.findings
        if finding.rule in UNREAD or speaks_of(finding, phrase)
    ]


def without(kind: str, rule: str) -> Kinds:
    kept = {id: law for id, law in KINDS[kind].rules.items() if id != rule}
    return Kinds(tuple(replace(k, rules=kept) if k.id == kind else k for k in KINDS.all))


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_no_document_is_told_that_a_part_is_in_order_beside_a_finding_about_it(
    table: Table, row: Shown
) -> None:
    """Failure mode 96: of a fault, a question and an advice alike."""
    assert lies(judged(table.kind, row)) == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_a_sound_document_is_told_all_that_its_kind_can_be_vouched_for(table: Table) -> None:
    sound = told(table.kind, table.sound)
    assert lies(sound) == []
    parts = {"signature", *map(part_of_phrase, sound.passed)}
    for row in table.rows:
        assert set(map(part_of_phrase, judged(table.kind, row).passed)) <= parts


@pytest.mark.parametrize(("table", "row"), ROWS)
def test_a_rule_that_a_board_takes_out_adds_no_praise_for_what_it_looked_at(
    table: Table, row: Shown
) -> None:
    """Failure mode 96: the fault is in the document, nobody looks for it, and nobody says that
    there is none. What is `optional` says more of a part than that it is there and right."""
    kind = KINDS[table.kind]
    each = raisable_rules(kind)[row.rule]
    if row.rule in part_keys_of(kind).get("always", ()) or each.optional:
        return
    unasked = told(table.kind, row.made, row.standing, without(table.kind, row.rule))
    assert row.rule not in {finding.rule for finding in unasked.findings}
    found = [f for f in judged(table.kind, row).findings if f.rule == row.rule]
    against = [f for f in found if f.severity != "danger"]
    assert [p for p in unasked.passed if any(f.rule.startswith(about(p)[0]) for f in against)] == []


@contextmanager
def heard(looks: dict[str, Any]) -> Iterator[dict[str, set[str]]]:
    """Which check raised which rule, while the judges work."""
    said: dict[str, set[str]] = defaultdict(set)
    now: list[str] = [""]
    before, add = dict(looks), Findings.add

    def spied(name: str, look: Callable[..., None]) -> Callable[..., None]:
        def looking(*given: Any) -> None:
            now[0] = name
            look(*given)
            now[0] = ""

        return looking

    def noting(self: Findings, rule: str, *given: Any, **words: Any) -> None:
        said[now[0]].add(rule)
        add(self, rule, *given, **words)

    looks.update({name: spied(name, look) for name, look in before.items()})
    Findings.add = noting  # type: ignore[method-assign]  # put back below
    try:
        yield said
    finally:
        looks.update(before)
        Findings.add = add  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("shape", "looks"),
    [("form", form.FORM_CHECK_FUNCTIONS), ("report", report.REPORT_CHECK_FUNCTIONS)],
    ids=["form", "report"],
)
def test_a_check_raises_what_the_registry_says_of_it_and_all_of_that(
    shape: str, looks: dict[str, Any]
) -> None:
    may: dict[str, set[str]] = defaultdict(set)
    did: dict[str, set[str]] = defaultdict(set)
    for table in (t for t in TABLES if KINDS[t.kind].shape.type == shape):
        for name, rules in declared(KINDS[table.kind]).items():
            may[name] |= rules
        for row in table.rows:
            with heard(looks) as said:
                told(table.kind, row.made, row.standing)
            for name in said.keys() & looks.keys():
                did[name] |= {rule for rule in said[name] if KINDS[table.kind].includes_rule(rule)}
    for name in looks:
        assert did[name] <= may[name], name
        shared = {"handwriting"}  # any check may come upon ink; one row shows it
        assert may[name] - did[name] <= shared, name


def declared(kind: Kind) -> dict[str, set[str]]:
    """The rules of the kind that each check may raise."""
    made = part_keys_of(kind)
    return {
        check.name: {
            rule
            for each in check.raises
            for rule in expand_rule_pattern(each.rule, made)
            if kind.includes_rule(rule)
        }
        for check in applicable_checks(kind)
    }


def test_every_rule_of_a_table_is_raised_by_some_row() -> None:
    """A table's checks hear every row, so which of them spoke is not asked; that each rule of the
    registry has its row in a kind that ships is."""
    rules = {rule for table in TABLES for rule in (row.rule for row in table.rows)}
    made = {kind.id: part_keys_of(kind) for kind in KINDS.all if kind.shape.type == "table"}
    known = {
        rule
        for check in CHECKS_BY_SHAPE["table"]
        for each in check.raises
        for names in made.values()
        for rule in expand_rule_pattern(each.rule, names)
    }
    assert {rule for rule in known if any(KINDS[id].includes_rule(rule) for id in made)} <= rules
