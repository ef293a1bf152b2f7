"""Names suspected: found where they should not be, and not where they may stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.checks.report.anonymity import (
    EMAIL_ADDRESS,
    NHS_NUMBER,
    PERSON_NAME,
    PHONE_NUMBER,
    POSTAL_ADDRESS,
    find_identifying_details,
)
from tests.each_case import each_case
from tests.handlers.checks.report.conftest import para


@each_case(
    ("text", "what"),
    [
        ("Mrs Patel telephoned the surgery.", PERSON_NAME),
        ("He was seen by Dr J Smith that day.", PERSON_NAME),
        ("He was seen by Dr. J. P. Smith that day.", PERSON_NAME),
        ("Miss Jane O'Connor did not attend.", PERSON_NAME),
        ("PC Jones attended.", PERSON_NAME),
        ("PC 4471 Hughes attended.", PERSON_NAME),
        ("PC 1234 Dave Hill attended.", PERSON_NAME),
        ("Health visitor Jane Smithson told SW1.", PERSON_NAME),
        ("She saw Sister Mary O'Brien.", PERSON_NAME),
        ("The social worker, Jane Smithson, called.", PERSON_NAME),
        ("NHS number 943 476 5919.", NHS_NUMBER),
        ("NHS number 9434765919.", NHS_NUMBER),
        ("Call 0115 496 0123 for the record.", PHONE_NUMBER),
        ("Call (0115) 4960123.", PHONE_NUMBER),
        ("Her mobile is 07700 900 123.", PHONE_NUMBER),
        ("Ring +44 20 7946 0018.", PHONE_NUMBER),
        ("They moved to NG2 3NG in May.", POSTAL_ADDRESS),
        ("The family lived at 14 Orchard Road.", POSTAL_ADDRESS),
        ("The family lived at Flat 2, 9a High Street.", POSTAL_ADDRESS),
        ("Write to m.person@agency.example for it.", EMAIL_ADDRESS),
    ],
)
def test_what_may_identify_a_person_is_found(text, what):
    assert list(find_identifying_details(text)) == [what]


@each_case(
    "text",
    [
        "HV1 saw Mother and Child N with SW3 and GP1.",
        "Mr X and Ms A spoke to Dr 1, and Dr A wrote to Mrs B.",
        "Mr AB was seen by Dr One.",
        "Mr Father and Mrs Grandmother attended; PC Alpha took the call.",
        "Dr GP1 and Mr X1 met.",
        "He was seen at 14:05 on 12/03/2009 and again on 13.03.2009.",
        "NHS number 943 476 5918 is not one, nor is 1234567890.",
        "The log reads 2009-0314-55 and the crime number 10/123456/09.",
        "Between 2007 2008 and 2009 2010 the team lost 3 posts.",
        "In 2009 Meadow Lane Surgery closed its branch.",
        "The 12 Meadow Lane Surgery records were read.",
        "SW1 and HV2 met at 10:00; see paragraph 4.12 and table 3.",
        "Professor Munro (2011) and Dr Reder wrote of this.",
        "Dr Brandon et al found the same.",
        "Section 47 enquiries and Section 17 Children Act.",
        "The Miss Opportunity log was kept. A Dr was called.",
        "The Health Visitor Team Leader and Social Worker Two met Midwife Alpha.",
        "Health Visitor Edinburgh Postnatal Depression Scale was used. Nurse Orchard Road.",
        "She met Mr X. However, the visit ended. He saw Dr A. Mother wept.",
    ],
)
def test_what_an_anonymised_report_says_is_not_suspected(text):
    assert list(find_identifying_details(text, ("Munro", "Reder", "Opportunity"))) == []


def test_a_suspected_name_is_a_question_that_locates_and_does_not_quote(draft, line):
    draft.bodies["summary"].append(line("4.3 Mrs Patel rang on 0115 496 0123."))
    (found,) = draft.judged().findings  # what stands in one paragraph is told at once
    assert (found.rule, found.severity) == ("names-suspected", "question")
    assert found.where.section == "Summary of Period Covered by Chronology"
    said = "a person's name and a telephone number is here in paragraph 3 of this part"
    assert said in found.message
    assert "Patel" not in str(found)
    assert "496" not in str(found)


def test_what_stands_in_different_paragraphs_is_told_each_with_its_own(draft, line):
    draft.bodies["summary"] += [line("4.3 Mrs Patel rang."), line("4.4 On 0115 496 0123.")]
    name, phone = draft.judged().findings
    assert "a person's name is here in paragraph 3" in name.message
    assert "a telephone number is here in paragraph 4" in phone.message


def test_a_first_name_told_once_is_told_wherever_it_stands_again(draft, line):
    draft.bodies["analysis"].append(line("6.9 We knew what Darren Street had drunk."))
    assert draft.rules() == set()  # a place, until it is a name
    draft.bodies["summary"].append(line("4.3 Her new partner, Darren, moved in."))
    places = {found.where.section for found in draft.judged().findings}
    assert draft.rules() == {"names-suspected"}
    assert places == {"Summary of Period Covered by Chronology", "Analysis"}


@pytest.mark.parametrize("again", ["TRANTER rang again.", "Tranter rang.", "It was Tranter's."])
@pytest.mark.parametrize("once", ["Mrs Kelly-Anne Tranter rang.", "Sarah Tranter rang."])
def test_a_surname_told_once_is_told_wherever_it_stands_again(draft, line, once, again):
    draft.bodies["analysis"].append(line(f"6.9 {again}"))
    assert draft.rules() == set()
    draft.bodies["summary"].append(line(f"4.3 {once}"))
    places = {found.where.section for found in draft.judged().findings}
    assert places == {"Summary of Period Covered by Chronology", "Analysis"}


def test_a_surname_that_is_a_place_or_a_word_of_the_report_is_not_looked_for_again(draft, line):
    draft.bodies["summary"].append(line("4.3 Mrs Grove rang, and so did Mrs Reed; a reed broke."))
    draft.bodies["analysis"].append(line("6.9 They lived near Grove Park. Reed was in the pond."))
    sections = [found.where.section for found in draft.judged().findings]
    assert sections == ["Summary of Period Covered by Chronology"]


def test_a_first_name_that_is_a_word_of_the_report_is_not_looked_for_again(draft, line):
    draft.bodies["summary"].append(line("4.3 The mother, Ruby, rang, and wore a ruby ring."))
    draft.bodies["analysis"].append(line("6.9 Ruby rings were sold."))
    sections = [found.where.section for found in draft.judged().findings]
    assert sections == ["Summary of Period Covered by Chronology"]


def test_a_sentence_after_mr_x_may_begin_with_a_word_the_report_uses(draft, line):
    draft.bodies["summary"].append(line("4.3 They met Mr X. Checks were made and checks failed."))
    assert draft.rules() == set()
    draft.bodies["summary"].append(line("4.4 They met Mr X. Patel."))
    assert draft.rules() == {"names-suspected"}


def test_many_in_one_section_are_one_finding(draft, line):
    draft.bodies["summary"] += [line(f"4.{n} Mrs Patel rang again.") for n in range(3, 11)]
    (found,) = draft.judged().findings
    assert "paragraphs 3, 4, 5, 6, 7 and 3 more of this part" in found.message


def test_one_in_the_plan_is_located_by_its_row(draft):
    draft.plan(("Better", "Ask twice", "Prompt", "Dr Khan", "1/9/10", "Audit"))
    (found,) = draft.judged().findings
    assert (found.rule, found.where.table, found.where.row) == ("names-suspected", 2, 2)


def test_the_front_sheet_the_key_and_the_signing_off_may_carry_names(draft, line, rows):
    draft.replace_front("Author: Author One", "Author: Dr J Smith")
    draft.bodies["signing-off"][1] = line("Name: Dr J Smith")
    draft.appendix = [
        line("Appendix 1: Key to personnel", heading=1),
        *rows(3, ("GP1", "Dr J Smith"), ("HV1", "Mrs Patel")),
        line("SW1: Mr Jones"),
    ]
    assert draft.rules() == set()
    draft.appendix += [line("Appendix 2: Letters", heading=1), line("Mrs Patel wrote in May.")]
    (found,) = draft.judged().findings
    assert found.where.section == "After the last section"


def test_the_cases_pseudonyms_and_the_agencys_own_name_may_stand(draft, line):
    draft.bodies["summary"].append(line("4.3 Mrs Green came to 12 Meadow Lane Surgery."))
    assert draft.rules() == {"names-suspected"}
    case = draft.context.case
    subjects = (*case.subjects, replace(case.subjects[1], name="Mrs Green"))
    draft.context = replace(draft.context, case=replace(case, subjects=subjects))
    assert draft.rules() == set()


def test_a_missing_key_is_advice(draft):
    draft.appendix = []
    (found,) = draft.judged().findings
    assert (found.rule, found.severity) == ("personnel-key-missing", "advice")


def test_a_key_may_be_a_list_or_a_table_without_a_heading(draft, line, rows):
    draft.appendix = [line("Key to professionals:"), line("GP1 - General practitioner")]
    assert draft.rules() == set()
    draft.appendix = rows(3, ("GP1", "General practitioner"), ("HV1", "Health visitor"))
    assert draft.rules() == set()


PEOPLE = {
    "codes": (("HV1", "Health visitor"), ("GP2", "General practitioner")),
    "headed": (("Code", "Role"), ("Health Visitor A", "Health visitor, north")),
    "short forms": (("HV", "Health visitor"), ("PM", "Practice manager")),
    "three columns": (
        ("Referred to as", "Job title", "Team"),
        ("Nurse A", "Ward sister", "Ward 3"),
    ),
}


@pytest.mark.parametrize(
    "heading",
    [
        "Appendix A Personnel", "Key to personnel", "Staff key", "Annex 2: Key", "Who's who",
        "Appendix 1: Professionals referred to in this report", "ANNEX B – STAFF AND ROLES",
    ],
)  # fmt: skip
def test_a_key_is_known_by_words_of_its_kind_over_names_and_roles(draft, line, rows, heading):
    for people in PEOPLE.values():
        draft.appendix = [line(heading, bold=True), *rows(3, *people)]
        assert draft.rules() == set(), people
    for sign in (": ", " – ", "\t", " = "):
        lines = (f"{n}{sign}{role}" for n, role in (("HV", "Health visitor"), ("PM", "Manager")))
        draft.appendix = [line(heading, bold=True), *map(line, lines)]
        assert draft.rules() == set(), sign


def test_a_key_under_no_heading_is_known_by_its_columns(draft, rows):
    for people in (PEOPLE["codes"], PEOPLE["headed"], PEOPLE["three columns"]):
        draft.appendix = rows(3, *people)
        assert draft.rules() == set(), people


@pytest.mark.parametrize("heading", ["Appendix A Personnel", "Annex 2: Key", "Annex: Staff"])
def test_what_is_no_list_of_people_is_no_key_whatever_stands_over_it(draft, line, rows, heading):
    """And names in it are looked for: only a key may have them."""
    prose = line("The surgery had two vacancies in that year, and Mrs Patel left in the spring.")
    for below in ([prose], [*rows(3, ("Year", "Vacancies"), ("2009", "2")), prose], []):
        draft.appendix = [line(heading, bold=True), *below]
        told = {"personnel-key-missing"} | ({"names-suspected"} if prose in below else set())
        assert draft.rules() == told


def test_names_beside_roles_in_a_section_are_looked_for_all_the_same(draft, line, rows):
    """A table of who was interviewed may serve as the key, and is no place for names."""
    draft.appendix = []
    draft.bodies["introduction"] += rows(4, ("Staff", "Role"), ("Mrs Patel", "Ward sister"))
    assert draft.rules() == {"names-suspected"}
    draft.bodies["introduction"][-3:] = [line("Staff interviewed", bold=True)]
    draft.bodies["introduction"] += [line("Mrs Patel: sister"), line("Dr Jane Smith: doctor")]
    assert draft.rules() == {"names-suspected", "personnel-key-missing"}


@pytest.mark.parametrize(
    "text",
    [
        "4.3 Kayleigh Jade Marsden was seen.",
        "4.3 HV1 saw KAYLEIGH Marsden on 4 June.",
        "4.3 He lived with Donna Marsden's sister.",
        "4.3 Ms Marsden told HV1 of it.",
    ],
)
def test_a_person_of_the_review_under_a_real_name_is_asked_about_though_the_case_lists_it(
    draft, line, text
):
    draft.bodies["summary"].append(line(text))
    case = draft.context.case
    named = (
        replace(case.subjects[0], name="Kayleigh Jade Marsden"),
        replace(case.subjects[1], name="Donna Marsden"),
    )
    draft.context = replace(draft.context, case=replace(case, subjects=named))
    (found,) = draft.judged().findings
    assert found.rule == "names-suspected"
    assert "Marsden" not in str(found)


@pytest.mark.parametrize("title", ["Annex: who is who", "Annex A: Who's who", "Who is who:"])
@pytest.mark.parametrize(
    "lines",
    [
        ["GP1 - General practitioner", "HV1 - Health visitor"],
        ["The GP is the doctor who saw the child.", "The health visitor saw him at home."],
    ],
)
def test_an_annex_that_tells_who_is_who_is_the_key_however_its_heading_looks(draft, title, lines):
    for heading in (para(title), para(title, bold=True), para(title, heading=1)):
        draft.appendix = [heading, *map(para, lines)]
        assert "personnel-key-missing" not in draft.rules()
