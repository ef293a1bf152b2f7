"""Whose entry it is and whom it is about: agency, subject, age, and whether the child was seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.context import Subject
from tests.chronologies import (
    CASE,
    CHILD,
    CONTEXT,
    KIND,
    MOTHER,
    entry,
    judge,
    only,
    rules,
    table,
)
from tests.each_case import each_case

# Agency


@pytest.mark.parametrize(
    "text", ["GP", "g.p.", "MLS", "Meadow Lane Surgery", "MEADOW LANE", "GP surgery"]
)
def test_the_sender_may_be_named_in_any_of_its_ways(text: str) -> None:
    assert judge(table(entry(agency=text))).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "GPs",
        "the GP's",
        "GP - nurse",
        "GP / Nurse",
        "GP & reception",
        "Meadow Lane Surgery, GP",
        "GP (info from Police)",
    ],
)
def test_the_sender_may_stand_beside_its_own_staff(text: str) -> None:
    assert judge(table(entry(agency=text))).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "GP and Social Care",
        "GP / Police",
        "Police, GP",
        "GP + HV",
        "GP & Shire Police",
        "GP with Children's Services",
        "Meadow Lane Surgery; City Hospital",
        "GP/CAMHS",
        "GP\nPolice",
    ],
)
def test_another_agency_beside_the_sender_is_asked_about(text: str) -> None:
    only(judge(table(entry(agency=text))), "agency-other")


def test_a_sender_whose_name_holds_an_and_is_no_two_agencies() -> None:
    both = (
        replace(CONTEXT.agency, name="Education and Health", code="EH") if CONTEXT.agency else None
    )
    context = replace(CONTEXT, agency=both)
    assert judge(table(entry(agency="Education and Health")), context).findings == ()


@pytest.mark.parametrize("text", ["City Hospital", "GPS", "Lane"])
def test_an_agency_that_only_shares_a_word_or_letters_is_another(text: str) -> None:
    context = replace(
        CONTEXT, agency=replace(CONTEXT.agency, name="Hill Surgery") if CONTEXT.agency else None
    )
    only(judge(table(entry(agency=text)), context), "agency-other")


def test_a_whole_chronology_of_another_agency_is_a_clue() -> None:
    rows = [entry(agency="Shire Police"), entry("02/02/2009", agency="SHIRE POLICE")]
    assert judge(table(*rows)).clues.agency == "Shire Police"
    assert judge(table(*rows, entry("03/02/2009"))).clues.agency is None
    assert judge(table(entry())).clues.agency is None


# Subjects and ages


@each_case(
    "text",
    ["Child N", "child n", "N", "CN", "Mother", "Mum", "M", "Mother / Child N", "N & Mother",
     "Child N (aged 1)", "Family", "Mother and N", "Mother\nChild N"],
)  # fmt: skip
def test_the_subjects_may_be_named_as_people_name_them(text: str) -> None:
    assert "subject-unknown" not in rules(judge(table(entry(subject=text))))


def test_one_stranger_among_the_subjects_is_noticed() -> None:
    assert "subject-unknown" in rules(judge(table(entry(subject="Mother and Uncle"))))


def test_subjects_are_not_judged_where_the_case_lists_none() -> None:
    context = replace(CONTEXT, case=replace(CASE, subjects=()))
    assert judge(table(entry(subject="Anyone")), context).findings == ()


def test_an_adult_needs_no_age_and_none_of_theirs_is_odd() -> None:
    for age in ("", "N/A", "adult", "in her twenties", "99", "22"):
        assert judge(table(entry(subject="Mother", age=age))).findings == ()


def test_an_age_is_wanted_for_whichever_child_is_named() -> None:
    assert rules(judge(table(entry(subject="Mother / Child N", age="")))) == ["age-missing"]


def test_two_ages_for_two_people_are_not_odd() -> None:
    assert judge(table(entry(subject="Mother / Child N", age="22 / 1"))).findings == ()


def test_a_subject_without_a_date_of_birth_is_asked_nothing_about_age() -> None:
    subjects = (replace(CHILD, born=None), MOTHER)
    context = replace(CONTEXT, case=replace(CASE, subjects=subjects))
    assert judge(table(entry(age=""), entry(age="40")), context).findings == ()


@pytest.mark.parametrize("age", ["1", "1y", "20 mths", "20/12", "1y 8m", "aged 1", "?1"])
def test_an_age_that_agrees_with_the_date_of_birth_passes(age: str) -> None:
    assert judge(table(entry(age=age))).findings == ()


def test_before_birth_a_child_is_unborn() -> None:
    unborn = [entry("01/02/2007", age="unborn"), entry("01/03/2007", age="30/40")]
    assert judge(table(*unborn)).findings == ()
    assert "age-conflict" in rules(judge(table(entry("01/02/2007", age="1"))))


def test_two_people_who_share_an_initial_are_known_and_not_mistaken() -> None:
    subjects = (Subject("Molly", date(2005, 1, 1)), Subject("Mother", date(1980, 1, 1), "mother"))
    context = replace(CONTEXT, case=replace(CASE, subjects=subjects))
    assert judge(table(entry(subject="M", age="29")), context).findings == ()


# Child seen


@pytest.mark.parametrize("text", ["Y", "n", "Yes", "NO", "y."])
def test_y_n_yes_and_no_pass(text: str) -> None:
    assert judge(table(entry(seen=text))).findings == ()


def test_more_than_y_or_n_is_kept_and_blank_or_other_words_are_asked_for_one() -> None:
    alone = only(judge(table(entry(seen="Y - alone"))), "child-seen")
    assert "kept" in alone.message
    assert alone.severity == "advice"
    for text in ("", "N/A", "maybe"):
        assert only(judge(table(entry(seen=text))), "child-seen").message == (
            "Neither Y nor N is entered."
        )


# People of another review


def test_most_rows_naming_nobody_of_the_review_is_a_question() -> None:
    strangers = [entry(subject="Child Q", age="") for _ in range(3)]
    judgement = judge(table(entry(), *strangers))
    told = [f for f in judgement.findings if f.severity != "advice"]
    assert [f.rule for f in told] == ["subjects-of-another"]
    assert told[0].where.column == "Name of subject"
    assert "3 of the 4" in told[0].message
    assert KIND.rules["subjects-of-another"].tell == ("agency", "administrator")


@pytest.mark.parametrize("known", ["Child N", "Mother / a neighbour", "Mum", "N", "the family"])
def test_half_of_the_rows_naming_strangers_is_not(known: str) -> None:
    strangers = [entry(subject="Child Q", age="") for _ in range(4)]
    familiar = [entry(subject=known, age="") for _ in range(4)]
    assert judge(table(*familiar, *strangers)).verdict == "accept"


def test_rows_that_name_nobody_say_nothing_about_the_review() -> None:
    judgement = judge(table(*(entry(subject="", age="") for _ in range(9))))
    assert "subjects-of-another" not in rules(judgement)
