"""Wording and substance: prompts, genogram, focus, vague recommendations, template text."""

from __future__ import annotations

from dataclasses import replace

import pytest


@pytest.mark.parametrize(
    ("dropped", "missing"),
    [
        ("1.2", "which records were accessed or which staff were interviewed"),
        ("1.3", "the author's independence"),
        ("1.4", "how staff will be given feedback"),
    ],
)
def test_what_the_introduction_does_not_mention_is_advice(draft, dropped, missing):
    kept = [b for b in draft.bodies["introduction"] if not b.text.startswith(dropped)]
    draft.bodies["introduction"] = kept
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("prompts-missing", "advice")
    assert missing in found.message
    assert found.where.section == "Introduction"


def test_the_templates_prompt_left_unanswered_mentions_nothing(draft, line):
    body = draft.bodies["introduction"]
    body[3] = line("Identify how feedback to staff will take place following completion of the IMR")
    assert draft.rules() == {"prompts-missing"}


def test_the_templates_prompt_kept_over_an_answer_counts(draft, line):
    body = draft.bodies["introduction"]
    body[1] = line("Staff interviewed")
    body.insert(2, line("GP1 and HV1, in April 2010."))
    body.insert(1, line("Records accessed"))
    body.insert(2, line("The GP record of Child N."))
    assert draft.rules() == set()


def test_no_drawing_in_the_genogram_section_is_advice(draft, line):
    draft.bodies["genogram"] = [line("The family is Mother and Child N.")]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("genogram-missing", "advice")
    assert found.where.section == "Genogram"


@pytest.mark.parametrize(
    "words", ["See Appendix 2.", "The family's history was not known to the surgery."]
)
def test_a_word_on_where_the_genogram_is_or_why_there_is_none_is_enough(draft, line, words):
    draft.bodies["genogram"] = [line(words)]
    assert draft.rules() == set()


def test_a_genogram_may_be_a_table(draft, rows):
    draft.bodies["genogram"] = rows(1, ("Mother", "born 1986"), ("Child N", "born 2007"))
    assert draft.rules() == set()


def test_a_key_issue_without_a_sub_heading_is_advice_by_its_number(draft):
    draft.bodies["analysis"] = draft.bodies["analysis"][:2]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("focus-unmatched", "advice")
    assert "key issue 2 of" in found.message
    assert "injuries" not in found.message
    draft.bodies["analysis"] = draft.bodies["analysis"][1:]
    (found,) = draft.judged().findings
    assert "key issues 1 and 2 of" in found.message


def test_no_key_issues_listed_means_none_to_match(draft):
    draft.bodies["analysis"] = draft.bodies["analysis"][1:2]
    draft.context = replace(draft.context, case=replace(draft.context.case, key_issues=()))
    assert draft.rules() == set()
    draft.context = replace(draft.context, case=None)
    assert draft.rules() == set()


@pytest.mark.parametrize(
    "words",
    [
        "8.2 Staff need to be reminded of the policy.",
        "8.2 Management to ensure staff adhere to procedures.",
        "8.2 Managers should ensure that all staff adhere to it; ensure that all staff adhere.",
    ],
)
def test_a_general_comment_for_a_recommendation_is_advice(draft, line, words):
    draft.bodies["recommendations"].insert(1, line(words))
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("vague-recommendation", "advice")


def test_a_general_comment_in_the_plan_is_located_by_its_row(draft, rows):
    vague = ("Better", "Staff need to be reminded", "E-mail", "Manager", "1/9/10", "Audit")
    draft.plan(vague)
    (found,) = draft.judged().findings
    assert (found.rule, found.where.row) == ("vague-recommendation", 2)
    draft.appendix += draft.bodies["recommendations"][1:]
    draft.bodies["recommendations"] = draft.bodies["recommendations"][:1]
    assert draft.rules() == {"vague-recommendation"}


def test_the_same_words_in_the_summary_are_not_a_recommendation(draft, line):
    draft.bodies["summary"].append(line("4.3 The letter said that staff need to be reminded."))
    assert draft.rules() == set()


@pytest.mark.parametrize(
    "words", ["Re: [Insert child's name]", "by INSERT DATE", "Click here to enter a date."]
)
def test_template_text_left_in_is_a_fault_located_by_section(draft, line, words):
    draft.bodies["summary"].append(line(words))
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("placeholder-left", "fault")
    assert found.where.section == "Summary of Period Covered by Chronology"


def test_a_sentence_about_inserting_a_date_is_not_template_text(draft, line):
    draft.bodies["summary"].append(line("4.3 The form asks staff to insert date and time."))
    assert draft.rules() == set()


def test_template_text_on_the_front_sheet_is_found(draft, line):
    draft.front.append(line("[INSERT AGENCY LOGO]"))
    (found,) = draft.judged().findings
    assert (found.rule, found.where.section) == ("placeholder-left", "Front sheet")


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("[Insert any post incident information here]", "fault"),
        ("Child N was born on [insert date] at home.", "fault"),
        ("Name: Click or tap here to enter text.", "fault"),
        ("INSERT DATE", "fault"),
        ("[Child’s name] was seen by GP1.", "fault"),
        ("The letter still read “[insert name]” where a name belonged.", "question"),
        ("THE DESK DID NOT INSERT DATE STAMPS ON ANY LETTER SENT", "question"),
        ("The record lets staff choose an item from a list.", None),
        ("We now insert dates in every letter.", None),
        ("NOBODY COULD INSERT DATES IN THE RECORD", None),
    ],
)
def test_template_text_is_a_fault_only_where_it_is_certain(draft, line, words, severity):
    """Failure mode 91: a report may speak of a form's own words."""
    draft.bodies["analysis"].append(line(words))
    assert [f.severity for f in draft.found("placeholder-left")] == ([severity] if severity else [])


@pytest.mark.parametrize(
    "words", ["On 14 May Court proceedings began.", "By 3 March Close liaison had stopped."]
)
def test_a_day_before_a_word_that_ends_streets_is_no_address(draft, line, words):
    draft.bodies["analysis"].append(line(words))
    assert draft.found("names-suspected") == []
