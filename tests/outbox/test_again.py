"""After the last step of the ladder: one letter a week, about all that an agency has not sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from config.calendar import Calendar
from outbox.chasing.suppression import WaitingMatters
from outbox.due.ladder_steps import ToldSteps
from outbox.writing.letter import LetterRung
from tests.outbox.climbing import AUTHOR, COMMISSIONER, DUE, POLICY, climb, days_of, row

ENGLAND = Calendar.for_subdivision("ENG")
APRIL, JUNE = date(2010, 4, 12), date(2010, 6, 18)


def test_the_last_step_that_goes_by_itself_is_taken_again_every_week() -> None:
    """Failure mode 107: a draft that nobody releases ends no chasing."""
    found = days_of([row(1, "chronology")], APRIL, date(2010, 5, 13))
    assert [(day, kind) for day, kind, _ in found["Panel One"]] == [
        (date(2010, 4, 21), "escalation"),
        (date(2010, 4, 28), "escalation"),
        (date(2010, 5, 6), "escalation"),  # May Day is not counted
        (date(2010, 5, 13), "escalation"),
    ]


def test_a_kind_with_a_ladder_of_its_own_has_its_own_last_step_taken_again() -> None:
    found = days_of([row(1, "panel_representative")], APRIL, date(2010, 4, 26))
    assert [day for day, kind, _ in found["Author One"] if kind == "escalation"] == [
        date(2010, 4, 26)
    ]


def test_a_board_may_have_no_step_taken_again() -> None:
    never = replace(POLICY, ladder=replace(POLICY.ladder, again=0))
    found = days_of([row(1, "chronology")], APRIL, JUNE, policy=never)
    assert len(found["Panel One"]) == 1


def test_after_the_last_step_each_reader_hears_once_a_week_of_all_that_is_late() -> None:
    """However far apart their days were: nobody is asked on Mondays for one return and on
    Wednesdays for another."""
    for apart in range(1, 16):
        later = ENGLAND.add_working_days(DUE, apart)
        rows = [row(1, "chronology"), row(2, "imr", later)]
        after = ENGLAND.add_working_days(later, 3)
        found = days_of(rows, APRIL, JUNE)
        for name in ("Commissioner One", "Panel One"):
            heard = [each for each in found[name] if each[0] > after]
            days = [ENGLAND.working_days_late(a[0], b[0]) for a, b in pairwise(heard)]
            assert set(days) == {5}, (apart, heard)
            assert {nouns for _, _, nouns in heard} == {"chronology and IMR"}, apart


def test_an_escalation_of_another_return_waits_for_the_day_on_which_is_asked_again() -> None:
    rows = [row(1, "chronology"), row(2, "imr", date(2010, 4, 29))]
    found = days_of(rows, APRIL, date(2010, 5, 13))
    assert [(day.day, kind, nouns) for day, kind, nouns in found["Commissioner One"]] == [
        (19, "chaser", "chronology"),
        (21, "escalation", "chronology"),
        (28, "escalation", "chronology"),
        (30, "chaser", "IMR"),  # not the chronology again, two days after
        (6, "escalation", "chronology and IMR"),  # not on 5 May for the IMR alone
        (13, "escalation", "chronology and IMR"),
    ]


def test_a_chaser_names_all_that_is_late_and_stands_for_the_reminder_of_the_next_days() -> None:
    rows = [row(1, "chronology"), row(2, "imr", date(2010, 4, 23))]
    author = days_of(rows, DUE, date(2010, 4, 26))["Author One"]
    assert [(day.day, kind, nouns) for day, kind, nouns in author] == [
        (16, "reminder", "chronology"),
        (19, "chaser", "chronology"),  # the reminder of the 20th is its checklist
        (23, "reminder", "IMR"),
        (26, "chaser", "chronology and IMR"),
    ]


def test_a_reminder_taken_late_stands_for_the_one_that_would_follow_within_days() -> None:
    """A review that is loaded late reminds once, and on the day."""
    for loaded, days in (
        (8, [8, 13, 16]),
        (9, [9, 16]),
        (12, [12, 16]),
        (13, [13, 16]),
        (15, [15]),
        (16, [16]),
    ):
        author = days_of([row(1, "chronology")], date(2010, 4, loaded), DUE)["Author One"]
        assert [day.day for day, _, _ in author] == days


def test_what_is_silent_neither_keeps_the_rest_waiting_nor_is_named() -> None:
    rows = [row(1, "chronology"), row(2, "imr", date(2010, 4, 27))]
    found = climb(rows, 28, waiting={"imr": WaitingMatters(requests=(41,))})
    assert {getattr(d.facts, "nouns", "") for d in found.drafts} == {"chronology"}


def test_somebody_registered_after_the_last_step_hears_of_it_at_once() -> None:
    rows, told = [row(1, "chronology")], dict[tuple[LetterRung, int | None], date]()
    for day in (19, 21):
        for draft in climb(rows, day, told=told).drafts:
            told |= {(r, draft.recipient.contact_id): date(2010, 4, day) for r in draft.rungs}
    new = {key: day for key, day in told.items() if key[1] != 3}
    (panel,) = climb(rows, 22, told=new).drafts
    assert (panel.kind, panel.recipient.name) == ("escalation", "Panel One")
    assert climb(rows, 22, told=told).drafts == ()


def test_a_chaser_is_called_a_first_note_only_where_nothing_of_it_was_asked_for_before() -> None:
    chronology, imr = row(1, "chronology", date(2010, 4, 7)), row(2, "imr")
    firsts = [getattr(d.facts, "first", None) for d in climb([imr], 19).drafts]
    assert firsts == [True, True]
    told = {
        (LetterRung(1, 1, 1), 1): None,
        **{(LetterRung(1, 1, days), 2): None for days in (1, 3)},
    }
    author = climb([chronology, imr], 19, told=told).drafts[0]
    assert (author.kind, getattr(author.facts, "first", None)) == ("chaser", False)


def test_what_a_letter_about_another_return_named_is_not_told_again_by_the_same_letter() -> None:
    """A silence of one of four ends on 30 April: its chaser then is about it alone for whoever
    heard of the others that week, and all four are in one escalation."""
    kinds = ("chronology", "imr", "qa_form", "evaluation_statement")
    rows = [row(n, kind, date(2010, 4, 21)) for n, kind in enumerate(kinds, 1)]
    told, heard = ToldSteps(), list[tuple[int, str, str, int]]()
    for day in (ENGLAND.add_working_days(date(2010, 4, 21), n) for n in range(1, 15)):
        waits = day < date(2010, 4, 30)
        waiting = {"imr": WaitingMatters(referred=(7,))} if waits else WaitingMatters()
        drafts = climb(rows, day, told=told, waiting=waiting).drafts
        told = told.with_drafts(drafts, day)
        for draft in drafts:
            count = getattr(draft.facts, "count", 0)
            heard.append((day.day, draft.kind, draft.recipient.name, count))
    assert [each for each in heard if each[2] == "Commissioner One"] == [
        (22, "chaser", "Commissioner One", 3),
        (26, "escalation", "Commissioner One", 3),
        (30, "chaser", "Commissioner One", 1),
        (5, "escalation", "Commissioner One", 4),
        (12, "escalation", "Commissioner One", 4),
    ]


def test_two_returns_that_are_late_a_day_apart_are_not_chased_on_consecutive_days() -> None:
    """The chaser about the second waits, and goes alone or with the next letter of the ladder."""
    rows = [row(1, "chronology"), row(2, "imr", date(2010, 4, 19))]
    heard = days_of(rows, date(2010, 4, 19), date(2010, 4, 22))
    assert heard["Author One"] == [
        (date(2010, 4, 19), "chaser", "chronology"),
        (date(2010, 4, 21), "chaser", "IMR"),
    ]
    assert heard["Commissioner One"] == [
        (date(2010, 4, 19), "chaser", "chronology"),
        (date(2010, 4, 21), "escalation", "chronology and IMR"),
    ]


def test_the_last_step_waits_for_no_other_letter() -> None:
    """The IMR's chaser was on the day before the chronology's escalation."""
    rows = [row(1, "chronology", date(2010, 4, 15)), row(2, "imr", date(2010, 4, 16))]
    told = {
        (LetterRung(1, 1, 1), 2): date(2010, 4, 16),
        (LetterRung(2, 1, 1), 2): date(2010, 4, 19),
    }
    drafts = climb(rows, 20, told=told).drafts
    assert ("escalation", COMMISSIONER) in [(draft.kind, draft.recipient) for draft in drafts]


def test_a_reminder_goes_though_what_is_late_was_asked_for_the_day_before() -> None:
    rows = [
        row(1, "chronology"),
        row(2, "imr", date(2010, 4, 19)),
        row(3, "qa_form", date(2010, 4, 20)),
    ]
    told = {(LetterRung(1, 1, 1), 1): date(2010, 4, 19)}
    (mine,) = [d for d in climb(rows, 20, told=told).drafts if d.recipient == AUTHOR]
    assert (mine.kind, mine.rungs) == ("reminder", (LetterRung(3, 1, 0),))
    assert [d.kind for d in climb(rows, 20).drafts if d.recipient == AUTHOR] == ["chaser"]


def test_what_came_meanwhile_makes_the_next_letter_come_no_sooner() -> None:
    rows = [row(1, "chronology", state="accepted"), row(2, "imr", date(2010, 4, 19))]
    told = {(LetterRung(1, 1, 1), 1): date(2010, 4, 19)}
    readers = [draft.recipient for draft in climb(rows, 20, told=told).drafts]
    assert readers == [COMMISSIONER], "who heard nothing yet is asked at once"
