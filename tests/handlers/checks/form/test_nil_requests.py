"""What a nil return repeats of the board's request, and how it is approved, limits nothing."""

from __future__ import annotations

from datetime import date

from handlers.checks.form.nil_words import names_of_review, sorts_of_sentence
from handlers.context import AgencyFacts, CaseFacts, Subject
from tests.each_case import each_case

AGENCY = AgencyFacts("AMB", "Shireshire Ambulance Service", ("AMB", "SAS"))
SUBJECTS = (Subject("Child J"), Subject("Mother"), Subject("Father"))
CASE = CaseFacts("N31", "N31/J", (date(2007, 6, 1), date(2010, 1, 20)), (), SUBJECTS)
NAMES = names_of_review(AGENCY, CASE)

UNDERSTOOD = (
    "Thank you for your request for a chronology and an Individual Management Review.",
    "Thank you for your letter of 8 March 2010 asking us for a chronology and an IMR.",
    "Thank you for your letter asking for a chronology and a report on Child J for the period "
    "1 June 2007 to 20 January 2010.",
    "We have been asked by the Shireshire Safeguarding Children Board for a chronology and an "
    "Individual Management Review about Child J (identifier N31/J) for the period 1 June 2007 to "
    "20 January 2010.",
    "We were asked for a chronology covering June 2007 to January 2010.",
    "You asked us for a chronology and an Individual Management Review (IMR) of our involvement "
    "with the family between 1/6/2007 and 20/1/10.",
    "The Board has asked us to submit a chronology and an IMR for the review.",
    "I refer to your letter requesting a chronology.",
    "We therefore have no chronology and no Individual Management Review to send.",
    "There is therefore no chronology, report or action plan to send.",
    "No chronology or IMR will be sent.",
    "I have checked this and approve it as my agency's report to the Serious Case Review Panel.",
    "I have read this return and confirm that I have approved it as my agency's IMR report to the "
    "Serious Case Review Panel.",
    "I approve this return on behalf of Shireshire Ambulance Service.",
    "This return has been approved by the Director of Operations.",
    "This letter is sent with the approval of our Chief Executive.",
    "I confirm that we have looked for Child J, Mother and Father, under all names and addresses "
    "that you gave us, in our call-taking system, our patient report forms and our complaints "
    "register, for the period from 1 June 2007 to 20 January 2010 and before it.",
    "We searched our records for all members of the family, for the period of the review and "
    "before it.",
    "We have looked for all the family under every name you gave us in our crime system.",
)
IN_DOUBT = (
    "We were asked for a chronology and a report for the period 1 June 2008 to 20 January 2010.",
    "We were asked for a chronology for the period 1 June 2007 to 20 January 2009.",
    "We were asked for a chronology of our involvement with Child J in 2008.",
    "We were asked for a chronology of our visits to Child J.",
    "We have been asked for a chronology about Child J, whom we saw in 2008.",
    "Thank you for your request for a chronology, which we will send.",
    "We searched our records for the period 1 June 2007 to 20 January 2010.",
    "We searched our records in the period of the review.",
    "We have looked for Child J and Mother in our call-taking system.",
    "We have looked for Child J, Mother and Father in our system since 2005.",
    "We therefore have no chronology to send until the archive is searched.",
    "We have no chronology for the mother to send.",
    "I approve this return subject to the search of the archive.",
    "This return has been approved by Dr Jones who treated the mother.",
    "This return has not been approved.",
    "This return will be approved by the Director of Operations.",
    "This return is approved in part.",
    "I have read this return and the file.",
)
HEADINGS = (
    "Serious Case Review N31 – Child J (N31/J): nil return",
    "Child J (N31/J): nil return",
    "Chronology and Individual Management Review",
)


@each_case("sentence", UNDERSTOOD)
def test_what_was_asked_searched_and_approved_is_understood(sentence: str) -> None:
    assert sorts_of_sentence(sentence, NAMES)


@each_case("sentence", IN_DOUBT)
def test_another_period_a_part_or_a_condition_is_not(sentence: str) -> None:
    assert not sorts_of_sentence(sentence, NAMES)


@each_case("heading", HEADINGS)
def test_a_heading_may_name_the_child_and_the_papers(heading: str) -> None:
    assert sorts_of_sentence(heading, NAMES, ("subject_line",))


def test_no_period_is_the_reviews_own_where_it_has_none() -> None:
    names = names_of_review(AGENCY, CaseFacts("N31", "N31/J", None, (), SUBJECTS))
    assert not sorts_of_sentence(UNDERSTOOD[4], names)
