"""What a comment beside "Yes" says is still to be done, and what only sounds like it."""

from __future__ import annotations

import pytest

from config.document_words import DOUBTS
from handlers.values import doubts
from handlers.values.doubts import says_still_open

OPEN = (
    "Not yet",
    "Not yet done.",
    "To follow",
    "Awaiting panel",
    "Awaiting panel.",
    "Awaiting sign off by the Chief Executive",
    "Will be done by 30 June",
    "This will be completed by Friday.",
    "TBC",
    "To be confirmed at the meeting on 12 May",
    "Genogram to follow",
    "The genogram is still being drawn and will be added.",
    "Still to be agreed with the director",
    "Pending legal advice",
    "The author is going to complete section 6 next week.",
    "We have not yet interviewed the school nurse.",
    "In progress",
    "In hand, due by the end of May",
    "Two interviews are outstanding.",
    "I hope to finish this by Monday.",
    "Subject to approval by the board",
    "The action plan is in draft.",
    "Section 6 is not yet written.",
    "Section 5 is almost complete.",
    "Action plan to be agreed by senior managers in June",
    "Legal advice has been requested and is awaited.",
    "The anonymisation still needs checking.",
    "Author has been asked to add this.",
    "Yes, once signed by the director",
    "Will be ratified by the Trust board on 3 June 2010",
    "Waiting for the solicitor to reply",
    "This should be done before the panel meets, and is not complete",
    "Author to add",
    "Needs further work",
    "Done in part; the rest to follow shortly",
    "The report was not yet complete when I looked, and will be finished",
    "Revised terms of reference are to be added",
    "I ddilyn",
    "Not done yet",
    "Action plan not yet signed off by SMT",
    "I will add this when I get back",
    "Section 7 to be rewritten by the author",
    "Manager to agree",
    "This is with the solicitor and we await her reply",
    "Genogram being redrawn",
    "Only partly done",
    "Names still need to be taken out of section 4",
    "Director to sign the action plan on 2 June",
    "We expect to have this by the end of the month",
    "Will be added in the final version",
    "To be done",
    "One member of staff has yet to be interviewed",
    "Legal advice awaited",
    "Yes but to be confirmed by the board",
    "Once approved",
    "Draft only at present",
    "Key practitioners still to be seen",
    "Anonymisation to be checked again",
    "A further interview will take place next week",
    "This has not been done yet",
)
ORDINARY = (
    "The agency had not yet been told in 2009 and the report says so.",
    "See section 4",
    "See section 6: the report explains why the visit was still to be arranged when he died.",
    "The mother was awaiting a scan at the time.",
    "Nothing is outstanding.",
    "No actions are outstanding.",
    "No interviews are outstanding.",
    "Each action will be completed by 30 June 2010.",
    "All actions are due by September 2010.",
    "The action plan will be monitored by the quality board.",
    "Recommendations will be shared with staff.",
    "Lessons to be learned are in section 7.",
    "The child was not yet born when the first referral was made.",
    "The family was not yet known to us in 2007.",
    "Independent author commissioned from outside the Trust",
    "Agreed with the director on 3 May 2010",
    "Criminal proceedings are pending, and the report has been written with that in mind.",
    "The father is awaiting trial.",
    "Extension agreed by the Board until 28 May 2010",
    "The report identifies what still needs to change.",
    "Section 3 lists the records that were still outstanding at the end of the chronology.",
    "An outstanding example of joint working is described in 6.4",
    "Training will be delivered to all staff by October.",
    "Legal advice was sought on disclosure and given on 4 April.",
    "There was a waiting list for the service, as paragraph 6.2 says.",
    "The draft was awaiting approval in April; it has since been approved.",
    "Was in draft in April, now final",
    "Good practice by the health visitor is highlighted at 6.5",
    "Names are replaced by codes; the key will be found in Appendix 2.",
    "The author has not been involved in the case.",
    "No need to be told of legal advice",
    "The needs of each child are considered in section 6.",
    "Appendix 1 explains which appointments were pending.",
    "Timescales are set for each action; the first is due in July.",
    "The policy in force then had not yet been reviewed, see 5.3",
    "Feedback to staff was given on 2 May.",
    "Staff were told what was to be asked before they were interviewed.",
    "The health visitor needed to make contact sooner; analysed in 6.1",
    "Ethnicity was not recorded and this is explained",
    "The mother was waiting for rehousing throughout",
    "Recommendation 3 is that visits should be recorded within 24 hours",
    "The review of thresholds was still in progress when the referral came",
    "We have checked the spelling once more",
    "Interviews took place with all six staff, none is outstanding",
    "Signed off by the Chief Executive; nothing further is to be added",
    "It was to be expected that he would miss appointments; see 6.2",
    "Actions to be taken are set out with dates",
    "The child's wishes were to be sought at every visit; the IMR comments on this",
    "Mr's solicitor has been informed",
    "The IMR is complete",
    "Report will be presented to the panel in June",
    "The author was told that not every record had been kept, see 1.4",
    "The genogram shows who was still to be traced in 2008.",
    "This was done.",
    "Health visitor had yet to make the referral when the child was seen at A&E",
    "All due dates are in the plan",
    "Author is head of another service and reports to the director",
    "Each recommendation says what is to be done, by whom and when",
    "The plan has a timescale for each action, the last of which ends in March 2011",
    "Report and action plan agreed at the executive meeting on 11 May 2010",
    "As yet unborn sibling is included in the genogram",
    "See 6.3: why the strategy meeting was not held",
    "Mother's learning needs should have been addressed sooner",
    "Child A's voice is heard throughout",
    "Decisions that should be made by a manager were made by students (6.4)",
    "The expected standard is set out in 6.1",
    "No reports were outstanding",
    "Guidance in draft in 2008 is compared with what was done",
    "Records held by the school will be returned to it",
    "Due by 28 May, completed 21 May",
    "Expected by the panel on 4 June, and sent on 1 June",
    "The staff concerned will be informed of the findings",
)


@pytest.mark.parametrize("comment", OPEN)
def test_what_is_not_so_yet_is_seen(comment: str) -> None:
    assert says_still_open(comment)
    assert says_still_open(f"See section 4. {comment}")


@pytest.mark.parametrize("comment", ORDINARY)
def test_what_was_so_then_or_is_told_in_the_report_is_passed_over(comment: str) -> None:
    assert not says_still_open(comment)


@pytest.mark.parametrize("name", ["still_open", "not_open", "reported", "done_by"])
def test_each_list_decides_for_some_comment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doubts._LISTS._lists, name, {})
    said = {comment: says_still_open(comment) for comment in (*OPEN, *ORDINARY)}
    assert said != {c: c in OPEN for c in said}
    assert DOUBTS[name]
