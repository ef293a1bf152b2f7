"""Chasers: what is late, told to the right people once a rung; and what is not written, and why."""

from __future__ import annotations

import shlex
from dataclasses import replace
from datetime import date

import pytest

from outbox.chasing.suppression import WaitingMatters
from outbox.writing.facts import ChaserFacts
from outbox.writing.letter import Draft, LetterRung, Recipient
from tests.outbox.climbing import AUTHOR, CHAIR, COMMISSIONER, PANEL, PEOPLE, climb, row

LATE = [row(1, "chronology")]
READ_BY_ALL = {(LetterRung(1, 1, 1), 1), (LetterRung(1, 1, 1), 2)}


CHASED = {(LetterRung(1, 1, 1), 1), (LetterRung(1, 1, 1), 2)}
ESCALATED = {*CHASED, (LetterRung(1, 1, 3), 2), (LetterRung(1, 1, 3), 3)}


def sent(drafts: tuple[Draft, ...]) -> list[tuple[str, str]]:
    return [(draft.kind, draft.recipient.name) for draft in drafts]


def facts(draft: Draft) -> ChaserFacts:
    assert isinstance(draft.facts, ChaserFacts)
    return draft.facts


def test_the_first_chaser_goes_to_author_and_commissioner() -> None:
    drafts = climb(LATE, 19).drafts
    assert [(d.kind, d.recipient) for d in drafts] == [
        ("chaser", AUTHOR),
        ("chaser", COMMISSIONER),
    ]


def test_each_reader_gets_one_letter_about_all_that_is_theirs_at_its_highest_rung() -> None:
    drafts = climb([row(1, "chronology"), row(2, "imr", date(2010, 4, 30))], 19).drafts
    assert sent(drafts) == [("chaser", "Author One"), ("chaser", "Commissioner One")]
    assert drafts[0].rungs == (LetterRung(1, 1, 1), LetterRung(2, 1, -10))
    assert drafts[1].rungs == (LetterRung(1, 1, 1),)


def test_what_is_only_due_soon_is_not_said_to_be_late() -> None:
    (author, _) = climb([row(1, "chronology"), row(2, "imr", date(2010, 4, 30))], 19).drafts
    assert facts(author).nouns == "chronology"
    assert facts(author).sentence == "the chronology, which was due on Friday 16 April"
    assert any(line.startswith("IMR") for line in facts(author).checklist)


def test_a_reminder_names_in_its_subject_only_what_is_due_on_the_day_that_it_says() -> None:
    soon, later = row(1, "chronology", date(2010, 4, 23)), row(2, "imr", date(2010, 4, 30))
    (today,) = climb([later, soon], 23).drafts
    assert (facts(today).nouns, facts(today).count, facts(today).today) == ("chronology", 1, True)
    assert "IMR" in facts(today).sentence
    (both,) = climb([soon, row(2, "imr", date(2010, 4, 23))], 23).drafts
    assert facts(both).nouns == "chronology and IMR"


def test_an_author_is_reminded_of_one_thing_while_those_above_hear_of_another() -> None:
    told = READ_BY_ALL
    drafts = climb([row(1, "chronology"), row(2, "imr", date(2010, 4, 26))], 21, told=told).drafts
    assert sent(drafts) == [
        ("reminder", "Author One"),
        ("escalation", "Commissioner One"),
        ("escalation", "Panel One"),
    ]


def test_a_rung_told_once_to_a_reader_is_not_told_them_again() -> None:
    assert climb(LATE, 20, told=READ_BY_ALL).drafts == ()
    assert sent(climb(LATE, 20, told={(LetterRung(1, 1, 1), 1)}).drafts) == [
        ("chaser", "Commissioner One")
    ]


def test_nobody_hears_twice_in_a_week_because_what_was_asked_for_first_has_come() -> None:
    """The week is that of what is late longest; when that has come, it is another's."""
    imr = row(2, "imr", date(2010, 4, 14))
    told = {
        (LetterRung(2, 1, days), id) for days in (1, 3, 9) for id in (2, 3)
    }  # on 27 April, a Tuesday
    assert sent(climb([imr], 28, told=told).drafts) == [("to-chair", "The Chair's Office")]
    assert ("escalation", "Panel One") in sent(
        climb([imr], 26, told={(LetterRung(2, 1, 3), 3)}).drafts
    )


def test_a_new_due_date_starts_the_ladder_anew() -> None:
    moved = row(1, "chronology", date(2010, 4, 23), version=2)
    (draft,) = climb([moved], 20, told=READ_BY_ALL).drafts
    assert draft.kind == "reminder"


def test_nobody_is_chased_at_night_at_weekends_or_before_they_are_at_their_desk() -> None:
    assert climb(LATE, 19, hour=8).drafts == ()
    assert climb(LATE, 18).drafts == ()  # a Sunday
    assert climb(LATE, 19, hour=9).drafts


def test_what_waits_for_a_person_or_is_settled_is_not_chased() -> None:
    settled = [row(1, "chronology", state=s) for s in ("referred", "accepted", "nil", "waived")]
    assert climb(settled, 19).drafts == ()


def test_of_what_was_rejected_the_new_version_is_chased() -> None:
    (author, _) = climb([row(1, "chronology", state="rejected")], 19).drafts
    expected = "the new version of the chronology, which was due on Friday 16 April"
    assert facts(author).sentence == expected


def test_after_a_long_stop_the_mildest_step_comes_first() -> None:
    """Failure mode 80c: none is lost, and nobody hears of it from above before they were asked."""
    drafts = climb(LATE, 30).drafts
    assert sent(drafts) == [("chaser", "Author One"), ("chaser", "Commissioner One")]


def test_what_is_five_days_late_is_drafted_to_the_chairs_office_and_not_sent() -> None:
    (draft,) = climb(LATE, 23, told=ESCALATED).drafts
    assert (draft.kind, draft.recipient, draft.to_release) == ("to-chair", CHAIR, True)
    assert facts(draft).told == "Author One, Commissioner One and Panel One"
    assert climb(LATE, 23, told={(LetterRung(1, 1, 5), None)}).drafts == ()


def test_the_chair_hears_nothing_of_what_the_author_is_reminded_of() -> None:
    drafts = climb(
        [row(1, "chronology"), row(2, "imr", date(2010, 4, 28))], 23, told=ESCALATED
    ).drafts
    assert sent(drafts) == [("reminder", "Author One"), ("to-chair", "The Chair's Office")]
    assert drafts[1].rungs == (LetterRung(1, 1, 5),)


@pytest.mark.parametrize("state", ["on hold", "closed"])
def test_a_case_that_does_not_go_on_is_silent(state: str) -> None:
    found = climb(LATE, 19, state=state)
    assert found.drafts == ()
    assert [each.why for each in found.silent] == ["the case is on hold"] * (state == "on hold")


def test_an_agency_that_waits_for_us_is_not_chased_and_the_digest_says_why() -> None:
    found = climb(LATE, 19, waiting=WaitingMatters(requests=(41,)))
    assert found.drafts == ()
    (silent,) = found.silent
    assert (silent.reference, silent.agency, silent.about) == (
        "N12", "Meadow Lane Surgery", "chronology",
    )  # fmt: skip
    assert silent.why == "they ask for more time, and you have not decided"
    assert silent.command == "scr-intake show 41"


def test_several_returns_are_told_by_their_number_in_the_subject_and_by_day_in_the_text() -> None:
    kinds = ("chronology", "imr", "qa_form", "evaluation_statement")
    four = [row(n, kind) for n, kind in enumerate(kinds, 1)]
    (author, _) = climb(four, 19).drafts
    assert facts(author).about == "4 returns"
    assert facts(author).sentence == (
        "the chronology, IMR, QA form and evaluation statement, which were due on Friday 16 April"
    )
    (two, _) = climb(four[:2], 19).drafts
    assert facts(two).about == "chronology and IMR"


def test_a_reminder_says_in_its_subject_what_else_it_is_about() -> None:
    later = [row(2, "imr", date(2010, 4, 20)), row(3, "qa_form", date(2010, 4, 20))]
    (one,) = climb([row(1, "chronology"), later[0]], 13).drafts
    assert (facts(one).about, facts(one).then) == ("chronology", "IMR")
    more = row(4, "evaluation_statement", date(2010, 4, 20))
    (three,) = climb([row(1, "chronology"), *later, more], 13).drafts
    assert (facts(three).about, facts(three).then) == ("chronology", "3 more returns")


def test_what_waits_silences_the_return_that_it_is_about_and_no_other() -> None:
    """Failure mode 107."""
    both = [row(1, "chronology"), row(2, "imr")]
    waiting = {"imr": WaitingMatters(requests=(41,))}
    found = climb(both, 19, waiting=waiting)
    assert [facts(draft).nouns for draft in found.drafts] == ["chronology", "chronology"]
    assert [(silent.about, silent.command) for silent in found.silent] == [
        ("IMR", "scr-intake show 41")
    ]


@pytest.mark.parametrize(
    ("waits", "says"),
    [
        (WaitingMatters(requests=(41,)), "IMR          more time asked for, not yet decided"),
        (WaitingMatters(referred=(41,)), "IMR          a person is looking at what came"),
    ],
)
@pytest.mark.parametrize("day", [16, 19, 21, 23, 28])
def test_no_letter_calls_late_what_waits_for_the_board(
    day: int, waits: WaitingMatters, says: str
) -> None:
    """From a reminder to the letter once more after the last step."""
    imr = replace(row(2, "imr", date(2010, 4, 9)), overdue=True)
    told = {(LetterRung(1, 1, 3), id) for id in (2, 3)} if day == 28 else ()
    drafts = climb([row(1, "chronology"), imr], day, told=told, waiting={"imr": waits}).drafts
    assert drafts
    for draft in drafts:
        assert says in facts(draft).checklist
        assert "IMR" not in facts(draft).nouns + facts(draft).sentence


def test_whoever_stands_in_is_told_for_whom() -> None:
    away = replace(
        PEOPLE[0], kept="is away", away="is away", deputy="commissioner@meadowlane.example"
    )
    deputy = replace(
        PEOPLE[1],
        roles=frozenset({"author", "commissioner"}),
        instead_of=("Author One, who is away",),
    )
    (draft,) = climb(LATE, 19, people=(away, deputy)).drafts
    assert (draft.recipient, facts(draft).instead_of) == (COMMISSIONER, "Author One, who is away")
    assert facts(draft).away == ()


def test_nothing_is_said_of_silence_where_nothing_would_be_written() -> None:
    assert climb(LATE, 20, told=READ_BY_ALL, waiting=WaitingMatters(requests=(41,))).silent == ()


def test_of_who_is_away_colleagues_are_told_and_the_deputy_is_offered() -> None:
    away = replace(
        PEOPLE[0],
        kept="is away until Thursday 22 April",
        away="is away until Thursday 22 April",
        instead="the note names deputy@meadowlane.example instead",
        deputy="deputy@meadowlane.example",
    )
    found = climb(LATE, 19, people=(away, PEOPLE[1]))
    (draft,) = found.drafts
    assert draft.recipient == COMMISSIONER
    assert facts(draft).away == ("Author One is away until Thursday 22 April",)
    assert facts(draft).told == ""
    (silent,) = found.silent
    assert silent.why == (
        "Author One is away until Thursday 22 April,"
        " and the note names deputy@meadowlane.example instead"
    )
    assert silent.more == (
        "Once registered, they stay so, also when Author One is back. To end it then:"
        ' `scr-intake contact remove N12 GP deputy@meadowlane.example --reason "..."`',
    )
    assert silent.command.startswith("scr-intake contact add N12 GP deputy@meadowlane.example ")
    assert "--role author" in silent.command


def test_who_cannot_be_reached_is_told_of_until_somebody_of_their_role_can() -> None:
    gone = replace(PEOPLE[0], kept="cannot be reached: mail to it came back", returned=True)
    successor = replace(PEOPLE[0], recipient=Recipient("Author Six", "six@meadowlane.example", 6))
    (silent,) = climb(LATE, 19, people=(gone, PEOPLE[1])).silent
    assert silent.why.startswith("Author One cannot be reached")
    found = climb(LATE, 19, people=(gone, successor, PEOPLE[1]))
    assert ("chaser", "Author Six") in sent(found.drafts)
    assert found.silent == ()
    neither = replace(successor, kept="is not to be written to before Friday 7 May")
    both = climb(LATE, 19, people=(gone, neither, PEOPLE[1])).silent
    assert len(both) == 2, "the successor cannot be written to either"


def test_a_command_that_names_a_deputy_can_be_pasted_as_it_stands() -> None:
    """Failure mode 71: a note chooses the address, and nobody who pastes it runs what it says."""
    away = replace(PEOPLE[0], kept="is away", deputy="o'neill@meadowlane.example")
    (silent,) = climb(LATE, 19, people=(away, PEOPLE[1])).silent
    assert shlex.split(silent.command)[5] == "o'neill@meadowlane.example"


def test_that_somebody_left_in_peace_is_so_is_not_told_their_colleagues() -> None:
    kept = replace(PEOPLE[0], kept="is not to be written to before Friday 7 May")
    (draft,) = climb(LATE, 19, people=(kept, PEOPLE[1])).drafts
    assert facts(draft).away == ()


def test_a_rung_that_nobody_registered_is_to_hear_of_is_on_the_digest() -> None:
    found = climb(LATE, 21, people=PEOPLE[:1], told=CHASED)
    assert found.drafts == ()
    (silent,) = found.silent
    assert silent.why == "nobody is registered as commissioner or panel representative"
    assert silent.command.startswith("scr-intake contact add N12 GP ADDRESS")
    assert "--role commissioner" in silent.command


def test_an_agency_with_nobody_at_all_is_on_the_digest_elsewhere() -> None:
    assert climb(LATE, 21, people=()).silent == ()


def test_somebody_in_two_roles_gets_one_letter() -> None:
    both = replace(PEOPLE[0], roles=frozenset({"author", "commissioner"}))
    assert sent(climb(LATE, 19, people=(both,)).drafts) == [("chaser", "Author One")]


def test_a_kind_with_a_ladder_of_its_own_climbs_that_one() -> None:
    staff = row(1, "staff_to_interview", date(2010, 4, 28))
    assert climb([staff], 21).drafts == ()  # ours would have reminded ten days before
    assert sent(climb([staff], 23).drafts) == [("reminder", "Author One")]


def test_the_panel_representative_hears_of_what_is_three_days_late() -> None:
    drafts = climb(LATE, 21, told=CHASED).drafts
    assert (drafts[1].kind, drafts[1].recipient) == ("escalation", PANEL)


def test_who_is_away_with_no_deputy_can_be_said_to_be_back() -> None:
    away = replace(PEOPLE[0], kept="is away", away="is away")
    (silent,) = climb(LATE, 19, people=(away, PEOPLE[1])).silent
    assert silent.command == (
        'scr-intake contact back N12 GP author@meadowlane.example --reason "..."'
    )


def test_a_silence_that_ends_leaves_out_no_step() -> None:
    """Failure mode 107: whoever waited for us hears of it before somebody above them does."""
    late, told = row(1, "chronology", date(2010, 4, 9)), dict[tuple[LetterRung, int | None], date]()
    found = list[tuple[int, str]]()
    for day in (20, 21, 22, 23, 26, 27, 28):
        for draft in climb([late], day, told=told).drafts:
            found.append((day, draft.kind))
            for rung in draft.rungs:
                told[rung, draft.recipient.contact_id] = date(2010, 4, day)
    assert found == [
        *((20, "chaser"), (20, "chaser")),  # author and commissioner
        *((22, "escalation"), (22, "escalation")),  # two working days later, as ever
        (26, "to-chair"),
    ]
    (alone,) = climb([late], 20, people=PEOPLE[2:]).drafts
    assert (alone.kind, alone.recipient) == ("escalation", PANEL)  # there is nobody before


def test_a_silence_that_ends_goes_on_from_where_it_was() -> None:
    late = row(1, "chronology", date(2010, 4, 9))
    told = {(LetterRung(1, 1, 1), id): date(2010, 4, 12) for id in (1, 2)}
    kinds = {d.kind for d in climb([late], 20, told=told).drafts}
    assert kinds == {"escalation"}


def test_a_step_that_nobody_can_hear_of_goes_to_who_can_and_says_for_whom() -> None:
    """Mail to them came back, or they are away: the agency is asked all the same."""
    back = replace(PEOPLE[1], kept="cannot be reached", returned=True)
    for gone, says in (
        (back, "Commissioner One, whom our letters do not reach"),
        (replace(PEOPLE[1], kept="is away", away="is away"), "Commissioner One, who is away"),
    ):
        found = climb(LATE, 21, told=READ_BY_ALL, people=(PEOPLE[0], gone))
        (draft,) = found.drafts
        assert (draft.kind, draft.recipient) == ("escalation", AUTHOR)
        assert facts(draft).instead_of == says
        (silent,) = found.silent
        assert silent.why.endswith(", and Author One is written to instead")
    with_panel = climb(LATE, 21, told=READ_BY_ALL, people=(PEOPLE[0], back, PEOPLE[2]))
    assert sent(with_panel.drafts) == [("escalation", "Panel One")]
    paused = replace(PEOPLE[1], kept="is not to be written to before Friday 7 May")
    assert climb(LATE, 21, told=READ_BY_ALL, people=(PEOPLE[0], paused)).drafts == ()


def test_in_place_of_whom_mail_comes_back_another_can_be_registered() -> None:
    back = replace(PEOPLE[1], kept="cannot be reached", returned=True)
    (silent,) = climb(LATE, 21, told=READ_BY_ALL, people=(PEOPLE[0], back)).silent
    assert silent.command == (
        'scr-intake contact add N12 GP ADDRESS --name "..." --role commissioner --reason "..."'
    )


def test_whoever_can_is_reminded_where_the_only_author_is_away_past_the_due_date() -> None:
    """They would be back when it is late. It is due on 16 April; who is back before hears of it
    then, and so does who does not say when they are back."""
    for until, reminded in (
        (date(2010, 4, 26), True),
        (date(2010, 4, 16), True),
        (date(2010, 4, 15), False),
        (None, False),
    ):
        away = replace(PEOPLE[0], kept="is away", away="is away", away_until=until)
        found = climb(LATE, 13, people=(away, PEOPLE[1]))
        if reminded:
            (draft,) = found.drafts
            assert (draft.kind, draft.recipient) == ("reminder", COMMISSIONER)
            assert facts(draft).instead_of == "Author One, who is away"
            assert "Commissioner One is written to instead" in found.silent[0].why
        else:
            assert found.drafts == ()


def test_what_is_not_late_is_not_asked_of_others_because_its_author_is_away() -> None:
    away = replace(PEOPLE[0], kept="is away", away="is away")
    back = replace(PEOPLE[0], kept="cannot be reached", returned=True)
    assert climb(LATE, 13, people=(away, PEOPLE[1])).drafts == ()
    assert sent(climb(LATE, 13, people=(back, PEOPLE[1])).drafts) == [
        ("reminder", "Commissioner One")
    ]
