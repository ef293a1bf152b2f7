"""A form held against the report it is about."""

from __future__ import annotations

from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.findings import Clues, Finding, Judgement
from handlers.register.agency_standing import (
    KnownReport,
    SentBackForm,
    find_change_since_signed,
    find_contradictions,
)

KINDS = load_kinds()
QA = KINDS["qa_form"]
STATEMENT = KINDS["evaluation_statement"]
SIGNED, EARLIER = date(2010, 5, 20), date(2010, 5, 19)


def qa(criterion: int, answer: str) -> Judgement:
    return Judgement("qa_form", 1.0, clues=Clues(answers=((criterion, answer),)))


def told(judgement: Judgement, report: KnownReport) -> list[tuple[str, str, int | None]]:
    kind = KINDS[judgement.kind or ""]
    found: list[Finding] = list(find_contradictions(judgement, kind, report))
    return [(f.rule, f.severity, f.where.criterion) for f in found]


@pytest.mark.parametrize(
    ("criterion", "report"),
    [
        (4, KnownReport(late=True)),
        (15, KnownReport(rules=frozenset({"plan-timescale-missing"}))),
        (17, KnownReport(rules=frozenset({"names-suspected"}))),
        (17, KnownReport(rules=frozenset({"section-missing"}))),
    ],
)
def test_a_yes_that_the_report_belies_is_a_question(criterion: int, report: KnownReport) -> None:
    assert told(qa(criterion, "yes"), report) == [("answer-contradicts", "question", criterion)]
    assert told(qa(criterion, "no"), report) == []
    assert told(qa(criterion, "partially"), report) == []


@pytest.mark.parametrize("criterion", [4, 15, 17])
def test_a_yes_that_holds_is_not_asked_about(criterion: int) -> None:
    assert told(qa(criterion, "yes"), KnownReport(rules=frozenset({"version"}))) == []


def test_a_rule_belies_only_the_criterion_it_is_about() -> None:
    report = KnownReport(late=True, rules=frozenset({"plan-missing", "names-suspected"}))
    assert told(qa(5, "yes"), report) == []
    assert told(qa(15, "yes"), report) == [("answer-contradicts", "question", 15)]


@pytest.mark.parametrize(
    ("report", "asked"),
    [
        (KnownReport(dated=date(2010, 5, 21)), True),
        (KnownReport(dated=SIGNED), False),
        (KnownReport(dated=date(2010, 5, 1), received=date(2010, 5, 22), versions=1), False),
        # A first version goes by the day that it gives itself, however late it came. One that was
        # sent again after the signing is another than was signed for, whatever day it gives.
        (KnownReport(dated=date(2010, 5, 1), received=date(2010, 5, 22), versions=2), True),
        (KnownReport(dated=date(2010, 5, 1), received=SIGNED, versions=2), False),
        (KnownReport(received=date(2010, 5, 22), versions=2), True),
        (KnownReport(received=SIGNED, versions=2), False),
        (KnownReport(), False),
    ],
)
def test_a_statement_signed_before_the_report_it_approves_is_a_question(
    report: KnownReport, asked: bool
) -> None:
    statement = Judgement("evaluation_statement", 1.0, clues=Clues(dated=SIGNED))
    expected = [("date-before-report", "question", None)] if asked else []
    assert told(statement, report) == expected


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (SentBackForm(SIGNED, date(2010, 5, 24), frozenset({"statement-missing"})), True),
        (SentBackForm(SIGNED, date(2010, 5, 24), frozenset({"declaration-reworded"})), True),
        (SentBackForm(SIGNED, date(2010, 5, 24), frozenset({"title-missing"})), False),
        (
            SentBackForm(date(2010, 5, 19), date(2010, 5, 24), frozenset({"statement-missing"})),
            False,
        ),
        # It may have been signed again on the day on which it came back.
        (SentBackForm(SIGNED, SIGNED, frozenset({"statement-missing"})), False),
        (SentBackForm(None, date(2010, 5, 24), frozenset({"statement-missing"})), False),
        (None, False),
    ],
)
def test_a_statement_whose_words_were_changed_since_it_was_signed_is_a_question(
    before: SentBackForm | None, asked: bool
) -> None:
    statement = Judgement("evaluation_statement", 1.0, clues=Clues(dated=SIGNED))
    found = [f.rule for f in find_change_since_signed(statement, STATEMENT, before)]
    assert found == ["changed-since-signed"] * asked
    assert list(find_change_since_signed(statement, QA, before)) == []


def test_a_statement_without_a_date_has_its_own_rule() -> None:
    statement = Judgement("evaluation_statement", 1.0)
    assert told(statement, KnownReport(dated=date(2010, 5, 21))) == []


def test_a_kind_that_is_about_nothing_is_never_contradicted() -> None:
    said = Judgement("chronology", 1.0, clues=Clues(dated=date(2000, 1, 1)))
    assert told(said, KnownReport(late=True, dated=SIGNED)) == []


def test_what_the_report_shows_is_said_of_each_contradiction_in_words_of_its_own() -> None:
    shown = {
        next(find_contradictions(qa(number, "yes"), QA, report)).message
        for number, report in (
            (4, KnownReport(late=True)),
            (15, KnownReport(rules=frozenset({"plan-timescale-missing"}))),
            (17, KnownReport(rules=frozenset({"names-suspected"}))),
            (17, KnownReport(rules=frozenset({"section-missing"}))),
        )
    }
    assert len(shown) == 4
    assert not any("otherwise" in message for message in shown)
