"""Wording and substance: prompts, genogram, focus, vague recommendations, template text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.handlers.checks.report.conftest import para, table


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
    assert draft.rules() == {"prompts-missing", "placeholder-left"}


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


def test_boxes_over_each_other_with_the_family_in_them_are_a_genogram(draft):
    """A table one cell wide is read as lines."""
    boxes = table(7, ("Maternal Grandmother",), ("Mother",), ("Child N",))
    draft.bodies["genogram"] = [para("2.1 The family was Mother and Child N."), *boxes]
    assert draft.rules() == set()
    draft.bodies["genogram"] = [para("2.1 The family lived together."), *table(7, ("Mother",))]
    assert draft.rules() == {"genogram-missing"}


def test_a_word_on_why_there_is_no_genogram_is_enough(draft, line):
    for words in (
        "The family's history was not known to the surgery.",
        "There is none because the panel already has one.",
    ):
        draft.bodies["genogram"] = [line(words)]
        assert draft.rules() == set()
    for words in ("No genogram.", "There is none."):
        draft.bodies["genogram"] = [line(words)]
        assert draft.rules() == {"genogram-missing"}


@pytest.mark.parametrize("words", ["See Appendix 2.", "The genogram is attached at Appendix 2."])
def test_another_place_counts_where_it_is_there_and_holds_a_drawing(draft, line, rows, words):
    draft.bodies["genogram"] = [line(words)]
    (found,) = draft.judged().findings
    assert found.rule == "genogram-missing" and "points to another place" in found.message
    assert "the genogram" not in draft.judged().passed
    key = draft.appendix
    draft.appendix = [*key, line("Appendix 2: Letters", heading=1), line("A letter.")]
    assert draft.rules() == {"genogram-missing"}
    for drawn in ([line("", picture=True)], rows(4, ("Mother", "born 1986"))):
        draft.appendix = [*key, line("Appendix 2: The family", heading=1), *drawn]
        assert draft.rules() == set()


def test_boxes_of_the_family_in_the_appendix_it_points_to_are_a_genogram(draft, line):
    """A text box is read as lines."""
    draft.bodies["genogram"] = [line("See Appendix 2.")]
    boxes = [line("Father b. 1981 ---- Mother b. 1985 (separated)"), line("Child N b. 2006")]
    draft.appendix += [line("Appendix 2: Genogram", heading=1), *boxes]
    assert draft.rules() == set()
    draft.appendix[-1] = line("Child N lived with his mother and father until the spring of 2008.")
    assert draft.rules() == {"genogram-missing"}


def test_a_drawing_whose_caption_says_so_is_the_genogram_wherever_it_stands(draft, line, rows):
    draft.bodies["genogram"] = [line("The family is drawn separately.")]
    key = draft.appendix
    caption = line("Figure 1. Genogram of the family")
    for drawn in ([line("", picture=True)], rows(4, ("Mother", "born 1986"))):
        for shown in ([caption, line(""), *drawn], [*drawn, caption]):
            draft.appendix = [*key, line("Appendix 2: The family", heading=1), *shown]
            assert draft.rules() == set()
    draft.appendix = [*key, line("Appendix 2", heading=1), line("", picture=True), line("A map")]
    assert draft.rules() == {"genogram-missing"}
    draft.appendix = [*key, line("Appendix 2", heading=1), caption, line("It will be drawn.")]
    assert "genogram-missing" in draft.rules()


def test_a_genogram_to_follow_is_not_there_wherever_the_sentence_says_so(draft, line):
    words = "Genogram attached at Appendix B (to follow)."
    draft.bodies["genogram"] = [line(words)]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("section-empty", "fault")
    assert "still to come" in found.message
    draft.appendix += [line("Appendix B", heading=1), line("", picture=True)]
    assert draft.rules() == set()
    draft.bodies["genogram"] += [line("This genogram will be redrawn once the interview is done.")]
    assert draft.rules() == {"not-final"}


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


def test_a_sub_heading_may_stand_on_the_line_of_its_text(draft, line):
    told = draft.bodies["analysis"]
    draft.bodies["analysis"] = [
        line(f"6.1 Sharing of information: {told[1].text[4:]}"),
        line(f"Injuries and the response to them. {told[3].text[4:]}"),
    ]
    assert draft.rules() == set()


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
        ("7.2 [Lessons to go here]", "fault"),
        ("Seen by [Name of GP redacted] and [name removed].", None),
        ("The form said “[describe the injury]” and was blank.", "question"),
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


MENTIONED = {
    "1.2": (
        "1.2 The author searched the practice's electronic notes and the paper files of Child N, "
        "and spoke to GP1 and HV1 at some length.",
        "1.2 All entries in the clinical system were read. Conversations were held with the two "
        "practitioners concerned.",
        "1.2 All paper and computer notes were gone through. We spoke to both practitioners.",
        "1.2 Sources: EMIS record, message book, all of which were seen. Meetings with HV1.",
    ),
    "1.3": (
        "1.3 The author is from another trust and has never managed the team.",
        "1.3 The reviewer was appointed from outside the practice.",
        "1.3 I have not met the family and do not supervise any of the staff.",
    ),
    "1.4": (
        "1.4 Those who took part will be told of the findings at a meeting in July.",
        "1.4 The lessons will be shared with the practice team once the report is complete.",
        "1.4 Everybody who was seen will be invited to hear the outcome of the review.",
    ),
}


def test_what_is_mentioned_in_other_words_is_not_said_to_be_missing(draft, line):
    """A sentence about a document that is not so costs its author's trust."""
    body = draft.bodies["introduction"]
    for start, ways in MENTIONED.items():
        for way in ways:
            kept = [line(way) if b.text.startswith(start) else b for b in body]
            draft.bodies["introduction"] = kept
            assert draft.rules() == set(), way


def test_what_is_mentioned_before_the_first_section_or_in_an_appendix_is_mentioned(draft, line):
    draft.bodies["introduction"], left = draft.bodies["introduction"][:1], [
        line(b.text[4:]) for b in draft.bodies["introduction"][1:]
    ]  # fmt: skip
    assert draft.rules() == {"prompts-missing"}
    appendix = [line("Appendix 2: Method", heading=1), *left]
    front, draft.front = draft.front, [*draft.front, *left]
    assert draft.rules() == set()
    draft.front, draft.appendix = front, [*draft.appendix, *appendix]
    assert draft.rules() == set()


def test_words_of_a_kind_in_different_sentences_mention_nothing(draft, line):
    body = draft.bodies["introduction"]
    told = "1.2 The notes were lost. A letter was read. Nurses met. GP1 and HV1 were interviewed."
    draft.bodies["introduction"] = [line(told) if b.text[:3] == "1.2" else b for b in body]
    (found,) = draft.found("prompts-missing")
    assert "records" in found.message


@pytest.mark.parametrize("words", ["Final report", "Revision B", "Amended 3 May 2010"])
def test_a_version_may_be_said_in_other_words(draft, words):
    draft.replace_front("Version 2, agreed 27 May 2010", words)
    assert draft.rules() == set()


def test_a_version_that_is_a_draft_is_one_and_not_final(draft):
    """The toolkit asks for an agreed version: a draft's number tells which, and that it is none."""
    draft.replace_front("Version 2, agreed 27 May 2010", "Draft 3")
    assert draft.rules() == {"not-final"}


def test_what_we_did_not_find_is_not_said_not_to_be_there(draft, line):
    """Of what may stand in words that no list has we say that we could not find it."""
    draft.front = draft.front[:1]
    draft.bodies["genogram"] = [line("The family is Mother and Child N.")]
    draft.bodies["analysis"] = draft.bodies["analysis"][1:2]
    draft.bodies["introduction"] = draft.bodies["introduction"][:1]
    draft.bodies["summary"] = [line(b.text[4:]) for b in draft.bodies["summary"]] * 9
    draft.appendix = []
    draft.traits = replace(draft.traits, page_numbers=False, contents=False)
    unsure = ("prompts-missing", "genogram-missing", "focus-unmatched", "front-sheet-agency",
              "front-sheet-name", "personnel-key-missing", "page-numbers", "contents", "version",
              "paragraph-numbers")  # fmt: skip
    said = {f.rule: f.message for f in draft.judged().findings}
    for rule in unsure:
        assert any(words in said[rule] for words in ("could not", "found no", "seem")), rule
