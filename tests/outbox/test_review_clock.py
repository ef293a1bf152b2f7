"""The clock of a review: what is left of its six months, and what is said once they are over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from config.kind_loading import load_kinds
from handlers.register.matrix import CaseRow
from outbox.digest.deadlines import deadline_sentences, deadlines_soon, past_deadline_needs
from outbox.digest.digest import draft_digest
from outbox.digest.timeline import build_timeline
from outbox.samples.days import BUSY_DAY, CASE, TODAY, sample_terms
from outbox.samples.drafts import ADMINISTRATOR
from outbox.writing.digest_facts import DigestFacts

SCOPING = ("the scoping meeting", date(2010, 4, 19))
PANEL = ("the first panel meeting", date(2010, 4, 22))
DRAFT = ("the draft report", date(2010, 7, 1))
LATE = replace(CASE, complete_by=date(2010, 4, 12))
NONE_LATE = replace(CASE, agencies=CASE.agencies[1:2])


def facts(case: CaseRow) -> DigestFacts:
    day = replace(BUSY_DAY, cases=(case,))
    found = draft_digest(day, sample_terms(ADMINISTRATOR), whole=True).facts
    assert isinstance(found, DigestFacts)
    return found


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2010, 9, 1), "To be complete by Wednesday 1 September 2010: 134 days left."),
        (date(2010, 4, 21), "To be complete by Wednesday 21 April 2010: 1 day left."),
        (TODAY, "To be complete by Tuesday 20 April 2010: that is today."),
        (date(2010, 4, 19), "Should have been complete by Monday 19 April 2010, 1 day ago."),
        (date(2009, 12, 1), "Should have been complete by Tuesday 1 December 2009, 140 days ago."),
    ],
)
def test_the_time_left_is_said_in_words(day: date, says: str) -> None:
    assert list(deadline_sentences(replace(CASE, complete_by=day), TODAY)) == [says]


def test_the_milestones_that_are_to_come_are_said_and_those_that_passed_undone() -> None:
    case = replace(CASE, milestones=(SCOPING, PANEL, DRAFT))
    assert list(deadline_sentences(case, TODAY))[1:] == [
        "Past, and not marked done: the scoping meeting, Monday 19 April 2010 (1 day ago).",
        "Before that: the first panel meeting, Thursday 22 April 2010 (in 2 days);"
        " the draft report, Thursday 1 July 2010 (in 72 days).",
    ]


def test_a_milestone_that_passed_is_told_first_until_it_is_marked_done() -> None:
    case = replace(NONE_LATE, milestones=(SCOPING, PANEL))
    first = facts(case).needs.shown[0]
    assert first.says == (
        "N12: the scoping meeting was to be on Monday 19 April 2010, 1 day ago, and is not marked"
        " done."
    )
    assert "scr-intake case load FILE" in first.because[0]
    assert first.command == "scr-intake case milestone N12 --done 2010-04-19"
    assert list(past_deadline_needs([replace(case, state="closed")], TODAY)) == []
    assert (
        list(past_deadline_needs([replace(case, milestones=(("that day", TODAY),))], TODAY)) == []
    )


def test_a_review_with_a_milestone_that_passed_is_not_in_time() -> None:
    says = build_timeline(replace(NONE_LATE, milestones=(SCOPING,)), load_kinds(), TODAY).says
    assert says.startswith("N12 past a milestone, today Tuesday 20 April.")
    assert "in time" not in says


def test_a_case_that_is_closed_has_no_clock_and_one_on_hold_has() -> None:
    assert list(deadline_sentences(replace(LATE, state="closed"), TODAY)) == []
    assert list(past_deadline_needs([replace(LATE, state="closed")], TODAY)) == []
    assert len(list(past_deadline_needs([replace(LATE, state="on hold")], TODAY))) == 1


def test_what_is_soon_is_told_with_what_is_due() -> None:
    case = replace(CASE, milestones=(PANEL, DRAFT))
    assert list(deadlines_soon([case], TODAY, date(2010, 4, 27))) == [
        "N12: the first panel meeting, Thursday 22 April 2010 (in 2 days)."
    ]
    assert facts(case).soon.shown[0].startswith("N12: the first panel meeting")


def test_past_its_day_it_is_said_before_all_else_with_what_can_be_done() -> None:
    first = facts(LATE).needs.shown[0]
    assert first.says == (
        "N12: the review should have been complete by Monday 12 April 2010, 8 days ago."
    )
    assert first.command == (
        'scr-intake case extend N12 --to DATE --agreed-by "..." --reason "..."'
    )
    assert "should have been" not in facts(CASE).needs.shown[0].says


@pytest.mark.parametrize("case", [LATE, replace(NONE_LATE, complete_by=date(2010, 4, 19)), CASE])
def test_the_picture_of_a_late_case_never_says_in_time(case: CaseRow) -> None:
    says = build_timeline(case, load_kinds(), TODAY).says
    assert "in time" not in says
    how = "past its day" if case.complete_by < TODAY else "running late"
    assert says.startswith(f"N12 {how}, today Tuesday 20 April.")
    assert ("The review should have been complete" in says) == (case.complete_by < TODAY)


def test_the_picture_of_one_that_is_not_late_does() -> None:
    says = build_timeline(NONE_LATE, load_kinds(), TODAY).says
    assert says.startswith("N12 in time, today Tuesday 20 April.")
