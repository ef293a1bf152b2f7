"""What takes back a signed form, sentence by sentence, and what is honest beside one."""

from __future__ import annotations

import re

import pytest

from config.word_lists import DOUBTS
from handlers.values.doubts import doubtful, sentences, unusual
from tests.each_case import each_case
from tests.handlers.values import voices

HONEST = [
    "Please find our statement.",
    "Please find attached our evaluation statement for the review.",
    "Approved by the Board on 3 May.",
    "This report was approved by the Board on 3 May 2010.",
    "The report was considered by the Trust's Executive on 10 May 2010 and approved.",
    "The Board approved the report when it met on 3 May 2010.",
    "I read the draft on 3 May and the final report on 18 May.",
    "The report is no longer a draft.",
    "This is the final version; earlier drafts should be destroyed.",
    "Version 1.0 Final",
    "Draft 1 - 3 May, Draft 2 - 10 May, Final - 18 May",
    "I can confirm that the recommendations have been agreed with the senior management team.",
    "I am pleased to confirm that the report has been signed off by the Board.",
    "Interim Director of Children's Services",
    "Not valid unless signed and dated.",
    "This form is not valid until signed and dated by the Chief Officer.",
    "To be completed by the commissioning officer.",
    "To be signed by the Chief Officer, Chief Executive, Director or Commissioner.",
    "Once completed please return to the SCB Administrator.",
    "When completed, please return this form to scradmin@example.org.",
    "If you have any questions about this statement please contact me.",
    "This statement is confidential and must not be shared without the Board's permission.",
    "Not to be copied or disclosed without the permission of the author.",
    "The report should be read in conjunction with the chronology.",
    "This report will be subject to the Freedom of Information Act 2000 exemptions.",
    "The report has been subject to internal quality assurance.",
    "I have not made any changes to the report.",
    "I have had no line management of the case and have not been involved with the family.",
    "I approve this report without reservation.",
    "There are no outstanding amendments.",
    "No amendments are needed.",
    "The criminal proceedings have not yet concluded.",
    "The inquest into the child's death has not yet been held.",
    "The action plan will be monitored by the Trust's Safeguarding Committee.",
    "Progress on the action plan will be reported when each action has been completed.",
    "Staff will receive feedback once the Panel has published its report.",
    "I look forward to hearing from you.",
    "A signed paper copy will follow by post.",
    "I am on leave until 3 June; my deputy can be contacted in my absence.",
    "The Board's approval was given subject to minor amendments, which have since been made.",
    "I discussed the report with the author before I approved it.",
    "I have read the report after the author had made the changes I asked for.",
    "The report was not completed within the original timescale because the author was ill.",
    "Strictly Confidential",
    "Restricted until publication",
    "Working together to keep children safe",
    "On behalf of Meadow Lane Surgery",
    "Following discussion with the author on 3 May",
    "After careful consideration",
    "As Chief Executive",
    "The trustees met on 12 May 2010 and approved the report.",
    "Report approved at Board meeting 12/05/2010, minute 14",
    "I was not in post at the time of these events.",
    "The recommendations will be implemented by September 2010.",
    "The agency accepts the recommendations in full.",
    "I have read this report and am content for it to go to the Panel.",
    "The author is independent and has not had any contact with the family.",
    "Quality assured by the Head of Safeguarding",
    "Charity number 1044321. Registered office: 4 High Street",
    "If required, I am happy to attend the Panel.",
    "The Trust will share the learning with staff once the review is published.",
    "We are committed to improving services for children.",
    "The statement replaces the unsigned copy sent on 3 May.",
    "All sections of the report have been read and approved by me.",
    "No exceptions",
    "This statement should be read with the IMR report.",
    "I had not read the report when the Board met but have since read and approved it.",
    "Unless otherwise stated all dates are day first.",
    "Does not contain names of family or staff.",
    "I confirm that the author has been given time to complete the report.",
    "The report was amended after legal advice and then approved.",
    "The report is complete.",
]
TAKEN_BACK = [
    "I have not yet approved the report.",
    "Awaiting sign off by the Chief Executive.",
    "I have seen the report in draft only.",
    "I have read the draft of this report and will approve it once the trustees have met.",
    "Approval is subject to the trustees' meeting on 14 June.",
    "DRAFT - NOT YET APPROVED",
    "DRAFT",
    "Draft v2",
    "Status: Draft",
    "Draft Evaluation Statement",
    "This is a draft for comment.",
    "Not yet approved by the board; to be confirmed.",
    "This has not been done yet.",
    "This form is a draft and will be signed off after the board meets.",
    "The report has not been signed off by our Chief Executive.",
    "I hope to be able to say this after the meeting on 14 June.",
    "I will do so once the trustees have met.",
    "The Board still has to agree the report.",
    "The report is still being checked.",
    "I have not read section 8.",
    "I cannot confirm this until the author has answered my questions.",
    "Pending the outcome of legal advice.",
    "Pending approval",
    "This statement is provisional.",
    "Interim statement",
    "Approved in principle.",
    "Conditional on the Board's agreement.",
    "I approve it on condition that section 6 is rewritten.",
    "Provided that the trustees agree.",
    "Assuming the Board agrees.",
    "I have only read the executive summary.",
    "The report is to be approved by the Cabinet Member.",
    "To be ratified by the Governing Body on 14 June.",
    "Trustees to ratify on 14 June - approval to follow.",
    "Section 8 needs more work.",
    "Amendments are still to be made.",
    "The report requires approval by the Board.",
    "This declaration will take effect when the trustees have met.",
    "This does not constitute approval.",
    "This should not be taken as approval.",
    "Please disregard the declaration above.",
    "I withdraw my approval.",
    "With the exception of recommendation 4, which I do not approve.",
    "I approve the report apart from section 6.",
    "I have not had time to read the report.",
    "I haven't approved it yet.",
    "The Ofsted check is outstanding.",
    "The recommendations are not yet SMART.",
    "The report will be checked against the Ofsted descriptors next week.",
    "Subject to legal advice.",
    "Subject to contract",
    "This statement is not valid until approved by the Board.",
    "It is valid only if the trustees approve.",
    "The trustees have yet to see the report.",
    "No one on the board has read it.",
    "Work in progress",
    "Not for use until ratified by the Board",
    "I sign this under protest.",
    "I reserve my approval until the final version has been seen.",
    "I would approve it if section 6 were changed.",
    "I shall sign when I am back from leave and have read the report.",
    "The governors meet on 14 June and will then consider the report.",
    "If the trustees agree, this is our report.",
    "This is our working draft.",
    "Signed in advance of the Board's approval.",
    "Signed before reading the final report.",
]
BEFORE_IT = [
    "When the trustees have met,",
    "Once the amendments are made,",
    "Provisionally,",
]


def taken(line: str, *, beside: bool = False) -> bool:
    return any(doubtful(s, beside=beside) or unusual(s) for s in sentences(line))


@each_case("line", [*HONEST, *voices.HONEST])
def test_what_is_honest_takes_nothing_back(line):
    assert not taken(line)


@each_case("line", [*TAKEN_BACK, *voices.TAKEN_BACK])
def test_what_says_not_yet_or_on_a_condition_takes_back(line):
    assert taken(line)


@pytest.mark.parametrize("line", BEFORE_IT)
def test_what_opens_the_line_of_the_declaration_is_about_it(line):
    assert taken(line, beside=True)


BELIEVED = [
    "I have prepared this report and consider it to be a fair account.",
    "I consider this report to be a fair account.",
    "This report is, I believe, a fair account of the Trust's work.",
    "I confirm that this report is accurate to the best of my knowledge and belief.",
    "We believe this to be a full and honest account of the Trust's involvement.",
    "I believe that this report is accurate.",
    "I believe this report to be a fair account.",
    "To the best of my knowledge and belief the contents of this report are true.",
    "I believe that the facts stated in this report are true.",
    "The report is, in my opinion, a fair and balanced account.",
    "In our view this is a full and fair account of what was done.",
    "I consider that the report meets the terms of reference.",
    "I regard this report as a true record.",
    "To the best of our belief this is an accurate record of our involvement.",
    "I am of the opinion that this report is a thorough account.",
    "This report is to my knowledge accurate and complete.",
    "We consider it a fair account.",
    "I think this is a fair account of our work.",
    "I hold it to be a true and fair account.",
    "In my judgement this report is balanced and fair.",
    "I trust that this is a fair account.",
    "It is, I think, a thorough and honest account.",
    "I find this report to be fair and accurate.",
    "I believe this is a full and complete account of our work with the family.",
    "In signing I confirm that, to the best of my knowledge and belief, it is accurate.",
    "The contents of this report are, to the best of our knowledge and belief, true and accurate.",
    "I am satisfied that this report is accurate to the best of my knowledge.",
    "I have written this report myself and believe it to be fair, balanced and honest.",
]
BELIEVED_LESS = [
    "I believe that this report is a draft.",
    "I believe this to be a fair account, but section 4 is not finished.",
    "I believe this to be a fair account of most of our work.",
    "I consider this report to be a fair account subject to legal advice.",
    "I do not consider this report to be a fair account.",
    "I consider it to be a fair account so far.",
    "This report is, I believe, not a fair account.",
    "I believe this report will be a fair account once the interviews are done.",
    "This report should be a fair account.",
    "I hope this is a fair account.",
    "I believe that this report may be accurate.",
    "I consider this to be a fairly accurate account.",
    "This is a fair account as far as it goes.",
    "To the best of my knowledge and belief the report is accurate except for section 5.",
    "I believe this report has yet to be agreed.",
    "I consider it to be fair but incomplete.",
    "We are considering whether this is a fair account.",
    "The commissioner has still to consider this report.",
    "I believe that the commissioner agrees with this report.",
    "I think the commissioner has approved it.",
    "I believe this has been approved by the board.",
    "The board will consider this report in June.",
    "I consider that this report needs more work.",
    "I believe it is finished.",
    "As far as I know the commissioner is content.",
    "To be considered by the board.",
    "We believe the analysis to be a fair account and the rest to be provisional.",
    "I consider this to be a fair first account.",
    "We believe section 4 to be a fair account.",
    "To the best of my knowledge the commissioner agrees that it is a fair account.",
    "To the best of my knowledge this report has been approved.",
    "I believe it is a fair report and that it has been approved by the board.",
    "I believe that this is a fair report and is to be agreed.",
    "I believe this to be a fair account at this stage.",
    "I believe this account is as full as possible.",
    "I believe this is a true account, but I have not read section 5.",
    "The final report is to be fair and balanced.",
    "As far as I know this report is a fair account.",
    "The report is accurate as far as I am aware.",
    "I believe this to be a fair account that has still to be agreed.",
    "I believe this to be a fair draft.",
    "I consider this a fair account, save for section 6.",
    "I believe that this report is accurate in the main.",
    "I believe a fair account will follow.",
    "I believe this to be an honest account, and hope to add the interviews.",
    "I believe this could be a fair account.",
    "I believe this is a balanced account without the interviews.",
    "I believe this to be a fair account pending legal advice.",
]


@each_case("line", BELIEVED)
def test_who_signs_may_believe_the_report_to_be_a_good_one(line):
    """Failure mode 94: stock words of a signing off are no doubt."""
    assert not doubtful(line)


@each_case("line", BELIEVED_LESS)
def test_who_believes_less_than_that_or_that_others_approve_leaves_a_doubt(line):
    assert doubtful(line)


def test_what_the_report_is_yet_to_be_is_believed_by_nobody():
    assert doubtful("I believe that it is to be a fair account.")
    assert doubtful("It is still to be a fair account.")


def test_a_whole_sentence_of_no_ordinary_kind_is_asked_about_whatever_it_says():
    assert unusual("The moon was full on the night in question.")
    assert not unusual("12 Meadow Lane, Shireton, Shireshire SH1 2AB")


def test_a_name_that_is_a_doubting_word_is_a_name():
    assert doubtful("Will Hope")
    assert not doubtful("Will Hope", aside=True)
    assert doubtful("Not yet approved", aside=True)


def test_what_is_settled_lifts_only_what_stands_before_it():
    assert not doubtful("It was approved subject to changes, which have been made.")
    assert doubtful("The changes have been made and I have not seen them.")
    assert doubtful("It is approved once the changes have been made.")


def test_a_phrase_is_written_as_a_sentence_is_read():
    """Else it would never be found: a full stop, a capital, an ending of two letters."""
    words = {w for phrases in DOUBTS.values() for one in phrases for w in re.split(r"[ /]", one)}
    assert [w for w in words if not re.fullmatch(r"#|[a-z]+|[a-z]{3,}-", w)] == []


def test_each_phrase_stands_once_in_its_list():
    for words in DOUBTS.values():
        assert len(words) == len(set(words))


# Of a recommendation, of staff, of the family and of records much is said that is harmless.
OF_OTHERS = [
    "The recommendations were agreed with the practitioners who took part.",
    "All staff named in the chronology were interviewed by the author.",
    "The family has been told that the review is taking place.",
    "Feedback will be given to staff after the panel has met.",
    "The action plan will be monitored by the quality committee.",
    "Training on record keeping has begun and will continue until March.",
    "Recommendation 3 will be reviewed in six months.",
    "Recommendations may be shared with other services once the review is published.",
    "The recommendations will be implemented by the safeguarding lead.",
    "The recommendation on supervision should be completed by June.",
    "Records will be kept until the review is published.",
    "Staff may contact the author with questions.",
    "Colleagues who could not attend the debrief will be seen next week.",
    "Mother's records were not held by this agency.",
    "The child was not known to us before 2007.",
    "The coroner has not yet held the inquest.",
    "The trial is expected in the autumn.",
    "Lessons will be shared at the next team meeting.",
    "Minutes of the meeting are available if the panel would like them.",
    "The audit will be repeated next year.",
    "We would like to offer our sympathy to the family.",
    "The siblings have not been told of the review.",
    "Practitioners were offered support and most took it.",
    "An email address for questions is given below.",
    "Appointments may be made with the author through the office.",
    "The father has not asked to see the report.",
    "The procedure for referrals will be looked at again by the trust.",
    "No recommendation was left out.",
    "Our lead for learning will attend the overview meeting.",
]
OF_OTHERS_TAKING_BACK = [
    "The recommendations are not mine.",
    "I am not happy with the recommendations.",
    "We do not accept recommendation 2.",
    "The recommendations have not been costed and may be withdrawn.",
    "Some of the recommendations may have to be dropped.",
    "The records on which this rests may not be complete.",
    "The records have not all been searched.",
    "Staff do not accept what is written about them.",
    "Staff have not yet been interviewed.",
    "Two members of staff have still to be interviewed.",
    "The family would not recognise this account.",
    "The mother says that this is wrong.",
    "The chronology of contacts may be wrong in places.",
    "The lessons need more work.",
    "Lessons have not been drawn from the second incident.",
    "The action plan is not complete.",
    "The action plan needs more work before it can be relied on.",
    "The action plan has no dates yet.",
    "Recommendation 5 needs to be rewritten.",
    "I would not support recommendation 6.",
    "I cannot support the recommendations.",
    "Our policy team thinks that section 6 is wrong.",
    "The audit shows that the findings are probably mistaken.",
    "Training has not been looked at, and should be.",
    "The feedback of practitioners has not been taken into account.",
    "We have no confidence in the records.",
    "Section 5 is missing.",
    "I do not support all of the recommendations.",
]


@each_case("sentence", OF_OTHERS)
def test_what_is_said_of_others_is_no_doubt(sentence):
    assert not (doubtful(sentence) or unusual(sentence))


@each_case("sentence", OF_OTHERS_TAKING_BACK)
def test_what_takes_back_the_report_is_a_doubt_whatever_else_it_names(sentence):
    assert doubtful(sentence) or unusual(sentence)


LEADING_UP = (
    "I write as commissioner of the practice's report, which Dr Marsh has written, to say that:",
    "I am writing to declare as follows:",
    "This is the statement of the surgery on the report that Dr Marsh wrote for review P40.",
    "Please find below the statement you require from the practice regarding our report.",
    "Please put X in one box for each line.",
    "Please tick one box for each line.",
    "Please mark X against one answer per line and add comments where needed.",
    "An X means that is our answer.",
)


@pytest.mark.parametrize("line", LEADING_UP)
def test_what_leads_up_to_the_statements_or_says_how_to_fill_in_is_no_question(line):
    assert not doubtful(line, beside=True)
    assert not unusual(line)


@pytest.mark.parametrize(
    "line",
    [
        "Please put off the signature for now.",
        "I write to say that the report is to be changed.",
        "The report is to be written by Dr Marsh.",
        "You require a statement which we cannot give.",
    ],
)
def test_near_words_leave_the_doubt(line):
    assert doubtful(line, beside=True) or unusual(line)
