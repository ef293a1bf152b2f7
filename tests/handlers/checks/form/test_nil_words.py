"""Nil returns in plainer words, beside sentences that only sound like it (failure mode 94)."""

from __future__ import annotations

from handlers.checks.form.nil_words import ReviewNames, sorts_of_sentence
from tests.each_case import each_case

NAMES = ReviewNames(
    agency=(("meadow", "lane", "surgery"), ("gp",)),
    reference=(("n12",),),
    child=(("n12", "a"), ("child", "n")),
    subjects=4,
)

UNDERSTOOD = (
    "I apologise for the delay in replying to your letter.",
    "We are sorry for the delay.",
    "Apologies for the late reply.",
    "Please accept our apologies for the late response.",
    "I am sorry for not replying sooner.",
    "Sorry to have kept you waiting.",
    "I am sorry that this reply is late.",
    "If we can be of any further help please let me know.",
    "If I can assist the panel further please do not hesitate to contact me.",
    "Our thoughts are with the family.",
    "We hope that the review goes well.",
    "There is no chronology or report for us to send.",
    "We have no chronology to submit.",
    "We have nothing to do with the family.",
    "We have had nothing at all to do with the child or the rest of the family.",
    "This practice has never heard of any member of the family.",
    "The family has never been registered here and never has been.",
    "We checked previous surnames.",
    "All aliases were checked.",
    "The search was carried out twice, by me and by our records manager, with the same result.",
    "The checks were repeated twice.",
    "As requested, we have searched our records.",
    "As you asked, we have checked our records.",
    "Having looked through all our records, I can confirm that no member of the family "
    "has ever been known to us.",
    "Every record we hold was searched.",
    "We have no record of any member of the family during the period of the review or at "
    "any other time.",
    "We have had no contact with any member of the family before, during or after the "
    "period of the review.",
    "Neither the mother nor any other member of the family has ever attended this surgery.",
    "We looked in the paper records in the cellar.",
    "none of the people named in your letter has ever been a patient here.",
    "Having been through every record this surgery holds, I write to confirm that none of "
    "the people named in your letter has ever been a patient here.",
    "I can confirm a nil return.",
    "We have had nothing whatever to do with the child, the parents or anybody else in "
    "the household.",
    "I looked in EMIS and in the Lloyd George envelopes in the loft.",
    "Thank you for your letter of 22 March.",
    "The family has never been registered with us, nor seen as temporary residents, nor "
    "visited at home.",
    "Our search covered maiden names and the spellings you gave.",
    "cc Commissioner One",
    "As you asked, all our databases have been checked for each of the names and dates of "
    "birth on your list.",
    "There was no trace of any of them.",
    "There is therefore no chronology for us to compile.",
    "We are writing to tell you that Meadow Lane Surgery has no record of, and no "
    "involvement with, Child N or any member of the family, in the period of the review "
    "or outside it.",
    "No member of the family is or has been known to this surgery.",
    "I confirm that this agency does not know the family and never did.",
    "The check was done twice, by me and by our Medical Secretary, and both came to the "
    "same result.",
    "None of the family has been known to the surgery.",
    "I am sorry that you had to remind us.",
    "If we can help the review in any other way please do not hesitate to ask.",
    "Nobody in this family is known to us.",
    "no member of the family is, or ever was, known to the practice.",
    "I apologise for the delay in replying.",
    "Neither the child nor any other member of the family has ever been registered at "
    "this practice or had any contact with it.",
    "We searched for former surnames as well.",
    "We are sorry that it took us so long to answer.",
    "With apologies for the late reply, I confirm that none of the family has ever been "
    "known to us.",
    "If the panel has any questions please ring me.",
)
QUESTIONED = (
    "I apologise for the delay, which is due to a file we are still tracing.",
    "I am sorry that we could not search the old cards.",
    "We are sorry that she came to harm while a patient here.",
    "Apologies for the delay in finding the mother's notes.",
    "If we can help with her file please let me know.",
    "Our thoughts are with the family, whom we knew well.",
    "There is no chronology for us to send yet.",
    "There is no chronology for the father.",
    "No chronology is enclosed because the notes are lost.",
    "We have had nothing to do with the child since 2007.",
    "We have had nothing to do with the child.",
    "We have had nothing whatever to do with the mother or the child's school.",
    "We have had little to do with the family.",
    "We have nothing to do with the family apart from the uncle.",
    "We had never heard of the family until 2008.",
    "We had never heard of the child.",
    "The family has never been registered with us, but was seen at home.",
    "The family has never been registered with us, though visited at home.",
    "The family has been seen as temporary residents.",
    "The family has never been seen as temporary residents.",
    "The family has not been registered with us, except as temporary residents.",
    "Our search covered maiden names but not aliases.",
    "Our search covered the child only.",
    "Our search covered the mother's maiden name only.",
    "Our search covered the last five years.",
    "Our search covered some of the names you gave.",
    "Our search covered the names you gave, save the father's.",
    "The search was done once, by a temp.",
    "The search was done twice, and the second time a card was found.",
    "The check was done twice, by me and by our secretary, and came to different results.",
    "The search is to be done twice.",
    "As you asked, we have searched some of our records.",
    "As you asked, we will search our records.",
    "As requested, the archive will be checked next week.",
    "Having been through most of our records, I confirm that no member of the family has "
    "ever been known to us.",
    "Having been through every record this surgery holds for 2009, I confirm that no "
    "member of the family has ever been known to us.",
    "Every record we hold from 2005 was searched.",
    "Every record but one was searched.",
    "We have no record of the family in the period of the review.",
    "We have no record of any member of the family, in the period of the review.",
    "We have had no contact with any member of the family during the period of the review "
    "or since.",
    "We have had no contact with any member of the family outside the period of the review.",
    "We have no record of, and no involvement with, Child N.",
    "We have no record of, and little involvement with, any member of the family.",
    "We have no record of any member of the family in the period of the review but some before it.",
    "Neither the child nor the mother has ever been registered at this practice.",
    "Neither the child nor any other member of the family has ever been registered at "
    "this practice, but the grandmother had contact with it.",
    "Neither the child nor any sibling has been registered here.",
    "The agency does not know the family and did not in 2006.",
    "The agency does not know the family any more.",
    "The agency does not know the family well.",
    "The agency does not know the family but the school does.",
    "We looked in EMIS but not in the loft.",
    "We looked in the paper records in the loft and found her card.",
    "The paper records in the loft could not be read.",
    "None of the people named in your letter has ever been a patient here under those names.",
    "None of the people named in your letter has been a patient here since 2004.",
    "None of the adults named has ever been a patient here.",
    "We were sorry to hear of it from the mother.",
    "cc Health Visitor to the family",
    "I believe none of the family has ever been known to us.",
    "Nobody in the household is known to us, the father lives elsewhere.",
    "We have had nothing to do with the household or anybody in it since January.",
    "No member of the family has been known to us, in the review period.",
    "No member of the family has had any contact with the surgery in the period of the "
    "review or before it.",
    "We have no record of any member of the family in the review period or since it.",
    "The family has never been registered with us and seen as temporary residents.",
    "If the child has any questions please ring me.",
    "We searched for former surnames as well as we could.",
    "I regret the delay in tracing her card.",
    "Thank you for your help with the mother.",
    "With apologies for the late reply, some of the family are known to us.",
)


@each_case("sentence", UNDERSTOOD)
def test_a_good_sentence_of_a_nil_return_is_understood(sentence: str) -> None:
    assert sorts_of_sentence(sentence, NAMES)


@each_case("sentence", QUESTIONED)
def test_a_sentence_that_takes_something_back_is_left_to_a_person(sentence: str) -> None:
    assert not sorts_of_sentence(sentence, NAMES)


def test_a_form_that_asks_of_any_of_the_family_asks_of_all() -> None:
    asked = "Were any of the family known to your agency?".rstrip("?")
    assert sorts_of_sentence(asked, NAMES, ("asked_no",))
    assert not sorts_of_sentence("Were any of the children known to you", NAMES, ("asked_no",))
