"""The small returns as ordinary letters without a title: which they are, what is kept of them."""

from __future__ import annotations

from config.kind_loading import load_kinds
from handlers.checks.form.letter_fields import _pattern as phrase_pattern
from handlers.checks.recognition.recognition import recognise_returns
from handlers.document import Paragraph
from tests.handlers.checks.form.specimen import judged

KINDS = load_kinds()

# The letter's sentence, and the representative's name, role and how to reach them.
PANEL = (
    (
        "Jane Roe, our Named Nurse for Safeguarding, will sit on the panel; she is on "
        "01632 960001.",
        ("Jane Roe", "Named Nurse for Safeguarding", "01632 960001"),
    ),
    (
        "I should like to put forward Dr Anil Rao, Medical Director, as this Trust's "
        "member of the panel. His e-mail is a.rao@trust.example.",
        ("Dr Anil Rao", "Medical Director", "a.rao@trust.example"),
    ),
    (
        "The panel member for the Constabulary will be DCI Peter Holt (01632 960022).",
        ("Peter Holt", "DCI", "01632 960022"),
    ),
    (
        "We nominate Mrs Mary Bell, who is Head of Service for Children, to represent us "
        "on the Serious Case Review Panel. She can be reached at "
        "mary.bell@council.example or on 01632 960033.",
        ("Mrs Mary Bell", "Head of Service for Children", "mary.bell@council.example"),
    ),
    (
        "Our representative on the panel is Sue Lane (Designated Doctor).",
        ("Sue Lane", "Designated Doctor", ""),
    ),
    (
        "Please note that the school will be represented on the panel by its headteacher,"
        " Tom Ash; telephone 01632 960044.",
        ("Tom Ash", "headteacher", "01632 960044"),
    ),
    (
        "As requested: panel representative, Ann Dean, Assistant Chief Officer, "
        "ann.dean@probation.example, 01632 960055.",
        ("Ann Dean", "Assistant Chief Officer", "ann.dean@probation.example"),
    ),
    (
        "You asked who would join the panel from here. It will be Ms Ruth Fox, Deputy "
        "Director of Nursing, who is on extension 4410.",
        ("Ms Ruth Fox", "Deputy Director of Nursing", "extension 4410"),
    ),
)
LETTERS = {
    "staff_to_interview": (
        "Our author wishes to see these members of staff, once the police are content: "
        "Nurse Lee, Dr Roe and Health Visitor Green.",
        "For our IMR we shall need to talk to the midwife, Amy Lee, and the two health "
        "visitors, Jo Green and Pat Hill. Please let us know that there is no objection.",
        "Could you ask the senior investigating officer whether we may interview Sister "
        "Lee and Dr Roe?",
        "We have drawn up the names of those we should like to interview. They are: PC "
        "412 Holt, DS Lane and Sgt Moss.",
        "Before any interviews take place we are asked to let you have names. Ours are "
        "Mrs Bell (class teacher) and Mr Ash (head of year).",
        "I attach no list as there are only two people to be interviewed: social worker "
        "Jane Dunn and her manager, Karl Frost.",
        "Permission is sought to interview three practitioners. Their names are Lee, "
        "Green and Hill.",
        "The staff I intend to speak to for the management review are Drs Rao and Roe and"
        " the receptionist, Ms Fox.",
    ),
    "debrief_slip": (
        "Three of our staff will be coming to the de-briefing on 14 June: Nurse Lee, Dr "
        "Roe and Ms Fox.",
        "Please reserve two places at the multi-agency debrief for Jo Green and Pat Hill.",
        "I am sorry that none of our practitioners can get to the debriefing session.",
        "Dr Roe would be pleased to accept the invitation to the de-briefing. Nurse Lee "
        "is on leave that day.",
        "Debrief 14 June: Amy Lee yes, Jo Green yes, Pat Hill no.",
        "Thank you for the invitation to the de-brief. The class teacher and the head of "
        "year will both be there.",
        "With reference to the de-briefing session, you may expect four from this station.",
        "Our attendance at the debrief will be: Sister Lee; Dr Rao.",
    ),
    "scope_alert": (
        "While reading our notes we found that the mother had an older child, who was "
        "adopted in 2003. The Board may want to know before it settles the scope.",
        "The housing department was heavily involved with the family and has not, so far "
        "as we can see, been asked to take part.",
        "You have set the period as January 2007 to February 2010. The first referral to "
        "us was in March 2005, and we think that the review ought to go back that far.",
        "A sibling of Child N lives with an aunt and was known to us; she is not named in"
        " the terms of reference.",
        "It has come to our notice that the father has two other children in Northfield. "
        "This may bear on the scope of the review.",
        "We think the terms of reference should cover the private nursery, which nobody "
        "has written to.",
        "The period of the review ends on 14 February, but there were important contacts "
        "in the week after that.",
        "There is a second family at the address whose children were also hurt. Should "
        "they not be part of the review?",
    ),
    "interview_summary": (
        "Notes of a meeting with Nurse Lee on 3 June 2010. Present: Nurse Lee, the IMR "
        "author. She said that she had visited twice. She was asked about the second "
        "visit. She recalled that nobody was in.",
        "Interview with Dr Roe, 4 June 2010. Dr Roe has been in post since 2004 and is "
        "qualified MBBS. He told me that he saw the child once. He agreed that this is an"
        " accurate record.",
        "I interviewed Amy Lee, midwife, on 2 June. She explained that the mother missed "
        "three appointments. Asked about the handover she said that none took place.",
        "Interviewee: Jo Green. Interviewer: IMR author. Date of interview: 1 June 2010. "
        "Q: When did you first see the family? A: In March 2008.",
        "Record of my conversation with PC Holt for the IMR: he was asked about the call "
        "of 3 May and said that he had not been told of the earlier one. He has read and "
        "signed this note.",
        "Summary of what Social Worker Dunn said at interview on 7 June. Time in post: "
        "two years. She said that her caseload was thirty. She felt unsupported.",
        "Ms Fox, receptionist, was interviewed by the author on 8 June. She was asked "
        "about the telephone message. She said she passed it on at once. Agreed and "
        "signed by Ms Fox.",
        "Transcript of interview, Dr Rao, 9 June 2010. Interviewer: And what did you do "
        "then? Dr Rao: I rang the duty desk.",
    ),
}


def letter(body: str) -> list[Paragraph]:
    lines = ("Meadow Lane Surgery", "28 May 2010", "Dear Administrator")
    foot = ("Yours sincerely", "Jane Holt", "Practice Manager")
    return [Paragraph(line) for line in (*lines, body, *foot)]


def known_as(body: str) -> tuple[list[str], str | None]:
    found = recognise_returns(letter(body), KINDS.all)
    return [part.kind.id for part in found.parts], found.nearest.id if found.nearest else None


def test_a_small_return_without_a_title_is_known_or_named_as_the_nearest() -> None:
    said = {**LETTERS, "panel_representative": tuple(body for body, _ in PANEL)}
    known = [(kind, body, known_as(body)) for kind, bodies in said.items() for body in bodies]
    assert [one for one in known if one[2] not in (([one[0]], None), ([], one[0]))] == []
    sure = [body for kind, body, (sure, _) in known if sure == [kind]]
    assert len(sure) >= 38, "of 40, two interviews"


def test_a_letter_costs_the_patterns_of_what_it_may_say_and_not_of_all_that_letters_say() -> None:
    """A document is read in a process of its own, which has made none of them yet."""
    phrase_pattern.cache_clear()
    known_as(PANEL[0][0])
    assert 0 < phrase_pattern.cache_info().misses < 100, "of some seven hundred"


def test_whom_a_sentence_names_for_the_panel_is_kept_with_role_and_contact() -> None:
    wrong = []
    for body, (name, role, contact) in PANEL:
        kept = dict(judged("panel_representative", letter(body)).clues.asks)
        found = kept.get("Name"), kept.get("Role"), kept.get("Contact details", "")
        if found[:2] != (name, role) or contact not in found[2] or bool(contact) != bool(found[2]):
            wrong.append((body, found))
    assert wrong == []


# A sentence that says who is meant goes on from the one before it.
NAMES_LATER = (
    ("We have names for interview. They are: PC Holt and DS Lane.", "DS Lane"),
    ("Permission is sought to interview two practitioners. Their names are Lee and Hill.", "Hill"),
)


def test_names_in_the_sentence_after_the_one_that_speaks_of_them_are_kept() -> None:
    for body, name in NAMES_LATER:
        kept = dict(judged("staff_to_interview", letter(body)).clues.asks)
        assert name in kept["Staff to interview"]


# They mention an interview, a debriefing, the scope or the panel, and are none of these returns.
NONE_OF_THEM = (
    "Thank you for the de-briefing last week, which was very helpful.",
    "I was asked about parking on the day of the panel. There is none.",
    "The interview for the post of administrator is on 3 June.",
    "The period of my leave is from 1 to 14 June.",
    "Please send the minutes of the panel to my new address.",
)


def test_a_letter_that_only_mentions_such_a_thing_is_none() -> None:
    assert [body for body in NONE_OF_THEM if known_as(body)[0]] == []
