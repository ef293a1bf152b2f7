"""What a comment beside "Yes" says against it, and what only sounds like it."""

from __future__ import annotations

import pytest

from config.word_lists import DOUBTS
from handlers.values import doubts
from handlers.values.doubts import is_remark, says_against_yes, says_still_open
from tests.each_case import each_case
from tests.handlers.values.test_still_open import ORDINARY as ORDINARY_THEN

AGAINST = (
    "Broadly",
    "Some gaps",
    "Up to page 12 only",
    "Two of the staff would not talk to us",
    "Conditional on the board's view",
    "Not by the deadline",
    "The author knows the mother socially",
    "Author supervised the nurse in 2008",
    "Initials of the GP are visible on page 3",
    "No",
    "Partially",
    "Not really.",
    "Subject to legal advice",
    "No timescales as yet.",
    "Draft only; not agreed yet.",
    "Goes to SMT on 8 June.",
    "Apart from appendix 2 which still has staff names in it.",
    "Handed in three weeks after the agreed date.",
    "She does manage the health visitors concerned.",
    "Still waiting to hear from the solicitors.",
    "I am not convinced by lesson 3, there is nothing in the analysis to bear it out.",
    "but two of the nurses had left and were not interviewed",
    "No.",
    "In part",
    "Partly",
    "Up to a point",
    "To some extent only",
    "Mostly",
    "More or less",
    "On the whole",
    "By and large",
    "Not fully",
    "Not entirely",
    "Almost",
    "I think so but I am not sure",
    "Only in section 6",
    "All but one of the staff",
    "Except recommendation 4",
    "With the exception of appendix 1",
    "Yes, save for two initials on page 9",
    "Two GPs refused to be interviewed",
    "The locum could not be interviewed",
    "Three weeks late",
    "Submitted late",
    "Missed the deadline by a week",
    "The author is the line manager of the midwife",
    "Author was involved in the case",
    "The genogram is missing",
    "Section 6 missing",
    "Names remain in appendix 2",
    "Action plan has no timescales",
    "I do not agree with conclusion 2",
    "I would have liked more on the father",
    "Conclusions are rather thin",
    "The analysis is weak",
    "Report does not address ethnicity",
    "Could be stronger on the child's voice",
    "Needs more on the siblings",
    "Legal advice was not offered",
    "I have some reservations",
    "Agreed in principle",
    "With our solicitors",
    "Not in the Board format",
    "Yes, but not the father's family",
    "Only two of the five staff were interviewed",
    "Hardly",
    "Not as well as we would have liked",
    "However the plan has not been costed",
    "If the panel agrees",
    "Not convinced",
    "Recommendation 2 should be removed",
    "This is doubtful",
    "No, not all",
    "Done apart from the index",
    "The plan is not agreed",
    "The author has not seen the school records",
    "I disagree with this one",
    "No genogram",
    "It ran over by a fortnight",
    "The staff have not been consulted on the plan",
    "Sort of",
    "Not enough on the child's wishes",
)
ORDINARY = (
    "Sent on 14 May, due on 20 May",
    "The author knows the area well",
    "Author supervised by the medical director",
    "Up to date records were seen",
    "Browne Jacobson were available throughout. Not needed in the end.",
    "Author came to us from the PCT and has never worked here.",
    "See page 9; no transient members identified.",
    "Not a strong point of the first draft. Rewritten since.",
    "Para 6.31 – the receptionist who rang the duty team.",
    "Agreed by the partners on 6 May.",
    "Two days early, in fact.",
    "Checked by my secretary for names. None found.",
    "Uncomfortable reading for us but fair.",
    "It could not have been easy, given how little the notes say, but it does.",
    "See section 3.",
    "Pages 4 to 7",
    "All nine sections present",
    "Yes",
    "Yes, see 6.2",
    "Fully met",
    "Independent author from outside the Trust",
    "The author has no line management of anyone involved",
    "Author had not met the family or the staff",
    "Legal advice was not needed",
    "Advice taken from the Trust's solicitors on 3 March",
    "On time",
    "Delivered a week before the deadline",
    "Within the extension that the Board agreed",
    "Genogram at appendix 1",
    "No changes in the household in the period",
    "Nobody else lived in the house",
    "The partner is shown though his name is not known",
    "All eleven entries are analysed",
    "Staff interviewed are listed at 1.5",
    "Six of six interviewed",
    "GP records, health visitor records and A&E records",
    "Each child is considered separately",
    "The elder sister's needs are in 5.4",
    "The family are Roman Catholic and this is considered",
    "Interpreter issues at 6.7",
    "The child's voice comes through",
    "Kept the child in view, even where the records do not",
    "Missed opportunities are set out at 6.9",
    "The failure to refer is explained",
    "Resource pressures in 2009 are described at 6.11",
    "Staffing was short and the report is frank about it",
    "Measured against the 2006 procedures",
    "Compared with NICE guidance",
    "Two examples of good practice",
    "Good practice at 6.14, including the school nurse's persistence",
    "Nothing beyond what is expected, and the report says so",
    "Seven lessons",
    "Lessons follow from the analysis",
    "Recommendations are few and to the point",
    "SMART, with owners",
    "Timescales run to March 2011",
    "Discussed at the executive meeting",
    "The medical director has signed it",
    "Agreed with all heads of service",
    "Chair's action taken, ratified since",
    "Anonymised with the Board's key",
    "No names left in",
    "Used the template as sent",
    "Read by two people who did not write it",
    "This was hard for our staff but they were open",
    "Does what was asked",
    "The author did not rely on the notes alone",
    "Balanced",
    "Not defensive",
    "Very good on this",
    "Mainly in section 6",
    "Partly in 4.2, partly in 6.3",
    "Appendix 2 gives the sources",
    "The author spoke to the staff twice",
    "Clearer than in our last review",
    "Mother was not seen alone, and this is analysed",
    "The GP was never told; see 6.2",
    "A late booking is explained",
)
LISTS = ["limiting", "limiting_start", "limiting_comment", "against_yes", "not_limiting"]


@each_case("comment", AGAINST)
def test_what_denies_or_limits_the_answer_is_seen(comment: str) -> None:
    assert says_against_yes(comment)


@each_case("comment", [*ORDINARY, *ORDINARY_THEN])
def test_what_supports_the_answer_or_tells_of_the_case_is_passed_over(comment: str) -> None:
    assert not says_against_yes(comment)
    assert not says_still_open(comment)


@pytest.mark.parametrize("name", LISTS)
def test_each_list_decides_for_some_comment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doubts.DOUBT_LISTS._lists, name, {})
    said = {comment: says_against_yes(comment) for comment in (*AGAINST, *ORDINARY)}
    assert said != {comment: comment in AGAINST for comment in said}
    assert DOUBTS[name]


def test_a_comment_that_only_says_where_to_look_is_no_remark() -> None:
    for plain in ("See section 4", "Pages 4 to 7", "Fully met", "Agreed by the partners on 6 May.",
                  "RA works in another division.", "Two files and the diary of HV1",
                  "By the board's legal team"):  # fmt: skip
        assert not is_remark(plain), plain
    for more in ("She manages the nurses concerned.", "Not needed", "Drawn by my secretary.",
                 "Written by the same nurse",
                 "RA works two floors above the team that it writes of, and meets them daily",
                 ):  # fmt: skip
        assert is_remark(more), more
