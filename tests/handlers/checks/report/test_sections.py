"""The sections: there, in order, under their own headings, and written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.kind_loading import load_kinds
from handlers.document import Paragraph
from handlers.findings import Judgement
from handlers.judging.vocabulary import Vocabulary
from tests.handlers.checks.report.conftest import HEADINGS

VOCABULARY = Vocabulary(load_kinds())
KEYS = (
    "introduction",
    "genogram",
    "background",
    "summary",
    "post-incident",
    "analysis",
    "conclusions",
    "recommendations",
    "signing-off",
)


@pytest.mark.parametrize("key", KEYS)
def test_a_section_left_out_is_a_fault_named_by_its_toolkit_heading(draft, key):
    heading = draft.headings.pop(key)
    draft.bodies.pop(key)
    (found,) = draft.found("section-missing")
    assert found.severity == "fault"
    assert found.where.section == heading.text.partition(" ")[2]
    assert found.where.section in found.fix


@pytest.mark.parametrize("key", [key for key in KEYS if key != "signing-off"])
def test_a_heading_with_nothing_under_it_is_a_fault_but_advice_in_sections_3_and_5(draft, key):
    draft.bodies[key] = []
    (found,) = draft.found("section-empty")
    assert found.severity == ("advice" if key in ("background", "post-incident") else "fault")
    assert found.where.section == draft.headings[key].text.partition(" ")[2]


def test_an_empty_signing_off_is_told_by_who_is_missing_and_not_twice(draft):
    draft.bodies["signing-off"] = []
    assert draft.rules() == {"sign-off-missing"}
    assert len(draft.found("sign-off-missing")) == 2


def test_an_empty_genogram_is_not_said_to_be_in_order(draft):
    assert "the genogram" in draft.judged().passed
    draft.bodies["genogram"] = []
    assert "the genogram" not in draft.judged().passed


def test_the_templates_own_guidance_is_nothing_under_a_heading(draft, line):
    draft.bodies["conclusions"] = [
        line("Give examples of good and poor practice specific to the case and also in general, "
             "if able to do so.", numbered=True)
    ]  # fmt: skip
    assert draft.rules() == {"section-empty"}


def test_the_authors_words_after_the_templates_in_one_paragraph_are_something(draft, line):
    guidance = "Give specific conclusions in respect of the IMR, drawing from the analysis"
    draft.bodies["conclusions"] = [line(f"{guidance}: look twice at any bruise on an infant.")]
    assert draft.rules() == set()


def test_a_picture_or_a_table_alone_is_something_under_a_heading(draft, line, rows):
    draft.bodies["background"] = [line("", picture=True)]
    draft.bodies["conclusions"] = rows(9, ("Lesson", "Look twice at any bruise"))
    assert draft.rules() == set()


def test_sub_headings_belong_to_their_section(draft, line):
    draft.bodies["summary"] = [
        line("2007", heading=2),
        line("4.1 HV1 saw Child N."),
        line("Background to the injury", heading=2),
        line("4.2 GP1 saw Child N."),
        line("Analysis", heading=2),
        line("4.3 GP1 might have asked more."),
    ]
    assert draft.rules() == set()


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("introduction", "INTRODUCTION"),
        ("background", "3) Background information:"),
        ("summary", "Section 4: Summary of Period covered by Chronology"),
        ("conclusions", "7.0 Conclusions / Lessons to be Learned"),
        ("recommendations", "8 - Recommendations & Action Plan"),
        ("signing-off", "Signing off"),
    ],
)
def test_number_case_and_punctuation_make_no_difference(draft, line, key, heading):
    draft.headings[key] = line(heading, bold=True)
    assert draft.rules() == set()


def test_the_toolkits_own_words_are_a_heading_without_any_look(draft, line):
    draft.headings = {key: line(h.text[3:]) for key, h in draft.headings.items()}
    assert draft.rules() == set()


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("introduction", "Introduction and methodology"),
        ("background", "Background history"),
        ("summary", "Summary of the period covered by the chronology (2007 to 2010)"),
        ("post-incident", "Relevant post incident information"),
        ("conclusions", "Lessons to be learnt"),
        ("conclusions", "Conclusions and lessons"),
        ("recommendations", "Recommendations"),
        ("signing-off", "Sign off"),
    ],
)
def test_a_small_rewording_is_found_and_advised_on(draft, line, key, heading):
    draft.headings[key] = line(heading, heading=1)
    (found,) = draft.found("section-reworded")
    assert (draft.rules(), found.severity) == ({"section-reworded"}, "advice")
    assert found.where.section == HEADINGS[key]  # which the letter prints over it


def test_known_rewordings_need_no_look_but_an_item_of_a_list_is_no_heading(draft, line):
    draft.headings["recommendations"] = line("Recommendations")
    assert draft.rules() == {"section-reworded"}
    draft.headings["recommendations"] = line("Recommendations", numbered=True)
    assert "section-missing" in draft.rules()


def test_where_sections_have_a_style_a_reworded_line_of_a_lower_one_may_be_a_sub_heading(
    draft, line
):
    draft.headings["conclusions"] = line("Conclusions", heading=2)
    assert draft.rules() == {"section-unclear"}
    draft.headings["conclusions"] = line("Conclusions for practice", bold=True)
    assert draft.rules() == {"section-unclear"}
    draft.headings["conclusions"] = line("Conclusions for practice", heading=1)
    assert draft.rules() == {"section-reworded"}


def test_of_two_headings_the_higher_style_heads_the_section(draft, line):
    draft.headings = {key: line(h.text[3:], heading=1) for key, h in draft.headings.items()}
    draft.bodies["post-incident"].insert(0, line("Analysis", heading=2))
    assert draft.rules() == set()


def test_of_two_headings_the_toolkits_number_heads_the_section(draft, line):
    draft.headings = {key: line(h.text, bold=True) for key, h in draft.headings.items()}
    draft.bodies["post-incident"].insert(0, line("Analysis", bold=True))
    assert draft.rules() == set()


def test_a_sentence_that_opens_like_a_heading_is_not_one(draft, line):
    draft.headings.pop("conclusions")
    body = draft.bodies.pop("conclusions")
    draft.bodies["analysis"] += [line("Conclusions are hard to draw from so little."), *body]
    assert "section-missing" in draft.rules()


def test_sections_out_of_order_are_advice_for_the_one_displaced(draft):
    order = list(KEYS)
    order.insert(2, order.pop(3))
    order.remove("conclusions")
    order.insert(0, "conclusions")
    draft.headings = {key: draft.headings[key] for key in order}
    displaced = {f.where.section for f in draft.found("section-order")}
    assert len(displaced) == 2
    assert "Conclusions/ Lessons to be learned" in displaced
    assert draft.rules() == {"section-order"}


def test_a_typed_contents_list_is_not_taken_for_the_sections(draft, line):
    listed = [line(f"{h.text} {'.' * 20} {n}") for n, h in enumerate(draft.headings.values(), 3)]
    draft.front += [line("Contents", bold=True), *listed, line("Appendix 1: Key .......... 12")]
    draft.traits.contents = False
    assert draft.rules() == set()


def test_a_contents_list_without_page_numbers_is_not_taken_for_the_sections(draft, line):
    draft.front += [line(h.text, bold=True) for h in draft.headings.values()]
    draft.traits.contents = False
    assert draft.rules() == set()


def test_a_contents_table_is_not_taken_for_the_sections(draft, rows):
    draft.front += rows(1, *((h.text, str(n)) for n, h in enumerate(draft.headings.values(), 3)))
    draft.traits.contents = False
    assert draft.rules() == set()


def test_a_line_of_a_contents_list_does_not_stand_for_a_missing_section(draft, line):
    draft.headings = {key: line(h.text, bold=True) for key, h in draft.headings.items()}
    draft.front += [line("Contents"), line("9. Signing Off\t14")]
    draft.headings.pop("signing-off")
    block = draft.bodies.pop("signing-off")
    assert draft.rules() == {"section-missing", "sign-off-missing"}
    draft.appendix = [*block, *draft.appendix]
    assert draft.rules() == {"section-unclear"}


def test_a_heading_and_its_text_may_share_a_paragraph(draft, line):
    draft.headings["background"] = line("3. Background Information: Mother came in 2005.")
    draft.bodies["background"] = []
    draft.headings["conclusions"] = line("Conclusions/ Lessons to be learned\nLook twice.")
    draft.bodies["conclusions"] = []
    assert draft.rules() == set()


def test_the_whole_report_may_sit_in_a_layout_table(draft, rows):
    def text(key):
        return "|".join(p.text for p in draft.bodies[key])

    for n, key in enumerate(("background", "summary", "post-incident", "conclusions"), 1):
        heading = draft.headings[key].text
        draft.bodies[key] = rows(10 + n, (heading,), (text(key),))
        draft.headings[key] = replace(draft.headings[key], text="", heading=0)
    assert draft.rules() == set()


def test_a_heading_beside_its_text_in_a_table_is_found(draft, rows, line):
    words = "|".join(p.text for p in draft.bodies["background"])
    draft.bodies["background"] = rows(10, ("Background Information", words))
    draft.headings["background"] = line("")
    assert draft.rules() == set()


def test_a_genogram_again_in_an_appendix_is_not_the_section(draft, line):
    draft.appendix += [line("Genogram", heading=1), line("", picture=True)]
    assert draft.rules() == set()


def untouched(draft, line, rows):
    sections = {s.key: s for s in draft.kind.shape.sections}
    for key in draft.bodies:
        draft.bodies[key] = [line(text, numbered=True) for text in sections[key].guidance]
    draft.bodies["analysis"].append(line("Other matters", heading=2))
    blank = ("", "", "•", "", "", "")
    draft.plan(blank, blank)
    draft.bodies["recommendations"] += [line("Name of Organisation:"), line("Action Plan")]
    draft.bodies["signing-off"] += [line("Signed.....Date.....Name.....Job designation.....")]
    for old in ("Name: Child N", "Author: Author One", "Date: 28 May 2010"):
        draft.replace_front(old, old.partition(":")[0] + ":")
    draft.replace_front("Meadow Lane Surgery", "[Insert Name Of Agency]")


def test_an_untouched_template_is_one_fault_and_nothing_else(draft, line, rows):
    untouched(draft, line, rows)
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("blank-template", "fault")
    assert draft.judged().passed == ()


def test_a_template_with_no_guidance_and_nothing_under_its_headings_is_untouched(draft, line):
    draft.bodies = {key: [] for key in draft.bodies}
    assert draft.rules() == {"blank-template"}


def test_a_report_with_one_section_written_is_not_an_untouched_template(draft, line, rows):
    written = draft.bodies["background"]
    untouched(draft, line, rows)
    draft.bodies["background"] = written
    rules = draft.rules()
    assert "blank-template" not in rules
    assert {"section-empty", "placeholder-left", "sign-off-missing", "plan-missing"} <= rules


def test_a_line_of_the_contents_is_no_sign_of_a_missing_first_section(draft, line):
    draft.front += [line("Contents", bold=True), line("1. Introduction ........ 3")]
    draft.headings.pop("introduction")
    draft.bodies.pop("introduction")
    draft.traits.contents = False
    assert draft.rules() == {"section-missing"}


def test_a_front_sheet_is_read_to_its_end_where_the_first_heading_is_in_other_words(draft, line):
    draft.headings["introduction"] = line("1. Why this was written", heading=1)
    assert draft.rules() == {"section-unclear"}


def test_two_missing_sections_may_stand_under_one_heading(draft, line):
    """Failure mode 91."""
    draft.headings.pop("analysis")
    draft.headings["conclusions"] = line("6. What we make of it all", heading=1)
    draft.bodies["post-incident"].append(line("5.2 More came later."))
    assert {f.where.section for f in draft.found("section-unclear")} == {
        "Analysis",
        "Conclusions/ Lessons to be learned",
    }
    assert "section-missing" not in draft.rules()


def test_a_heading_that_names_two_sections_may_head_both(draft, line):
    draft.headings["conclusions"] = line("6. Analysis, conclusions and lessons", heading=1)
    draft.headings.pop("analysis")
    assert "section-missing" not in draft.rules()


def test_a_page_header_that_names_the_section_is_a_sign_of_it(draft):
    draft.headings.pop("analysis")
    draft.traits.margins.append("6. Analysis")
    assert "section-unclear" in draft.rules()
    assert "section-missing" not in draft.rules()


def test_a_kind_without_the_question_has_a_person_look_all_the_same(draft, line):
    rules = {id: rule for id, rule in draft.kind.rules.items() if id != "section-unclear"}
    draft.kind = replace(draft.kind, rules=rules)
    draft.headings["analysis"] = line("6. Our view", heading=1)
    (found,) = draft.found("section-missing")
    assert found.severity == "question"


def test_a_section_left_out_is_missing_where_what_stands_in_its_place_is_known(draft):
    """A sub-heading about a key issue, or a line without a number among headings that count on."""
    del draft.headings["conclusions"]
    draft.bodies["analysis"][2] = Paragraph("Responding to injuries", heading=1)
    for words, issue in (("Sharing of information by agencies", True), ("Our own view", False)):
        draft.bodies["analysis"][0] = Paragraph(words, heading=1)
        for numbered in (False, True):
            for at, (key, one) in enumerate(draft.headings.items(), 1):
                shown = f"{at}. " if numbered else ""
                draft.headings[key] = replace(one, text=f"{shown}{HEADINGS[key]}")
            rule = "section-missing" if numbered or issue else "section-unclear"
            told = [f.where.section for f in draft.found(rule)]
            assert told == [HEADINGS["conclusions"]], (words, numbered)


def test_a_heading_that_may_be_a_section_is_placed_by_the_one_before_it(draft):
    draft.headings["conclusions"] = Paragraph("As it strikes us", heading=1)
    text = draft.bodies["analysis"][1::2]
    for words, headings in (("first", []), ("second", ["Response to injuries"])):
        draft.bodies["analysis"] = [*(Paragraph(one, heading=2) for one in headings), *text]
        (found,) = draft.found("section-unclear")
        assert f'The {words} heading after "Analysis" may be it' in found.message
        assert VOCABULARY.contains_judgement(Judgement("imr", 1.0, (found,)))


def test_a_section_that_points_to_the_plan_where_the_plan_was_read_is_written(draft, line):
    plan = [b for b in draft.bodies["recommendations"] if not isinstance(b, Paragraph)]
    draft.bodies["recommendations"] = [line("See appendix.")]
    assert "section-empty" in draft.rules()
    draft.appendix += [line("Appendix 2: Action Plan", heading=1), *plan]
    assert draft.rules() == set()


def test_a_section_with_an_instruction_of_the_template_alone_is_empty(draft, line):
    draft.bodies["conclusions"] = [line("[Lessons to go here]")]
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("section-empty", "fault")
    assert "template's own words" in found.message
