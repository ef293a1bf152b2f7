"""What the sample letters and digests say: facts about a made-up case."""

from __future__ import annotations

from dataclasses import replace

from outbox.writing.asks import (
    AskTopic,
    Offer,
    OrderLink,
    OrderLinks,
    OrderOutcome,
    OrderResult,
    letter_offers,
)
from outbox.writing.checklist import ChecklistLine, align_columns
from outbox.writing.digest_facts import ConfirmationFacts, Need, TableLine
from outbox.writing.facts import (
    AnswerFacts,
    ChaserFacts,
    CheckFacts,
    DocumentFacts,
    ReturnFacts,
    UndecidedFacts,
    UnplacedFacts,
    UrgentFacts,
)
from outbox.writing.places import Change


def sample_checklist(*rows: tuple[str, str, str]) -> tuple[TableLine, ...]:
    """An agency's returns: of each its title, where it stands, and by when it is due."""
    return tuple(align_columns(tuple(ChecklistLine(*row) for row in rows)))


CHECKLIST = sample_checklist(
    ("Chronology", "needs changes", "due Friday 16 April"),
    ("IMR", "still to come", "due Friday 28 May"),
    ("QA form", "accepted 1 April", ""),
)
DONE_CHECKLIST = sample_checklist(
    ("Chronology", "accepted 1 April", ""),
    ("QA form", "accepted 1 April", ""),
)
LOOKED_AT_CHECKLIST = sample_checklist(
    ("Chronology", "accepted 1 April", ""),
    ("IMR", "received, a person is looking at it", ""),
)
AWAITED_CHECKLIST = sample_checklist(
    ("Chronology", "still to come", "due Friday 16 April"),
    ("IMR", "still to come", "due Friday 28 May"),
)
JOINED_CHECKLIST = sample_checklist(
    ("Chronology", "still to come", "due Friday 16 April"),
    ("IMR", "still to come", "due Tuesday 20 April"),
    ("QA form", "still to come", "due Friday 16 April"),
    ("Evaluation statement", "still to come", "due Friday 16 April"),
)
REFERRED_CHECKLIST = sample_checklist(
    ("Chronology", "needs changes", "due Friday 16 April"),
    ("IMR", "still to come", "due Friday 28 May"),
    ("QA form", "received, a person is looking at it", ""),
)
LATE_CHECKLIST = sample_checklist(
    ("Chronology", "late", "was due Friday 16 April"),
    ("IMR", "still to come", "due Friday 28 May"),
)
ANSWER = AnswerFacts(
    to="Author One",
    case="N12",
    agency="Meadow Lane Surgery",
    received="10:15am on Thursday 1 April 2010",
    came="chronology and QA form",
    nouns="chronology",
    documents=(
        DocumentFacts(
            title="Chronology",
            outcome="needs changes before we can accept it",
            changes=(
                Change(
                    "Row 14, Date",
                    "31/02/2009 is not a day in the calendar.",
                    "Enter the day it happened in figures, day first (dd/mm/yyyy).",
                ),
                Change(
                    "Rows 22, 23 and 31, Source of Information",
                    "Nothing is entered.",
                    'Say where the entry comes from, such as "GP records".',
                ),
            ),
            passed="the headings, the order of events and all 46 times",
            counts_rows=True,
        ),
        DocumentFacts(
            title="QA form",
            outcome="accepted, thank you",
            version="We hold version 2 of your QA form, received 1 April.",
            advice=(
                Change(
                    'The criterion that begins "Report includes genogram"',
                    "The answer is Partially, with no comment.",
                    "Say in Comments what is still to be done.",
                ),
            ),
        ),
    ),
    checklist=CHECKLIST,
    outstanding=True,
    complete=False,
    rejected=1,
    referred=False,
    empty=False,
    change_count="2 changes",
    by="by Friday 16 April 2010",
    by_short="16 April",
    how="Attaching it to a reply to this message is enough.",
)
ACCEPTED = replace(
    ANSWER,
    came="QA form",
    nouns="QA form",
    documents=ANSWER.documents[1:],
    rejected=0,
    change_count="0 changes",
)
QUESTION = Change(
    'The criterion that begins "Access to legal advice"',
    'The answer is "No".',
    "If this has been put right since, send the form again with the new answer.",
)
REFERRED = replace(
    ACCEPTED,
    documents=(
        DocumentFacts("QA form", "received; a person will look at it", looked_at=(QUESTION,)),
    ),
    promise="A person here will look at your QA form, and we write to you when they have.",
    checklist=REFERRED_CHECKLIST,
    offers=True,
)
REJECTED_BY_PERSON = replace(
    ANSWER,
    came="evaluation statement",
    nouns="evaluation statement",
    documents=(
        DocumentFacts(
            title="Evaluation statement",
            outcome="needs changes before we can accept it",
            changes=(Change("", "Please sign it by hand: the panel asks for that.", ""),),
        ),
    ),
    change_count="1 change",
)
CLOSED = DocumentFacts(
    "Your document",
    "we could not open it",
    (Change("", "We could not open this file.", "Save it again as a Word document (.docx)."),),
)
EMPTY = DocumentFacts(
    "Your document",
    "there is nothing in it",
    (Change("", "This file has nothing in it.", "Check that it is the finished document."),),
)
UNOPENED = replace(
    ANSWER,
    came="document",
    nouns="document",
    documents=(CLOSED,),
    change_count="1 change",
    by="as soon as you can",
    by_short="",
)
REPEATED = replace(
    ACCEPTED,
    documents=(DocumentFacts("QA form", "the same document as before, which we accepted"),),
)
UNCHANGED = replace(ANSWER.documents[0], outcome="the same document as before, which needs changes")
NO_AUTHOR = Change("Front sheet, Author", "It does not say who wrote the report.", "Enter it.")
REPORT_AND_STATEMENT = replace(
    REJECTED_BY_PERSON,
    came="IMR and evaluation statement",
    nouns="IMR and evaluation statement",
    documents=(
        DocumentFacts("IMR", "needs changes before we can accept it", changes=(NO_AUTHOR,)),
        *REJECTED_BY_PERSON.documents,
    ),
    rejected=2,
    change_count="2 changes",
    checklist=sample_checklist(("IMR", "needs changes", "due Friday 16 April")),
    signing=(
        "The evaluation statement has to be signed again once the IMR is changed: whoever signs it"
        " reads the new version first, and dates it the day on which you send both."
    ),
)
MESSAGE = replace(ACCEPTED, came="message", nouns="message", documents=())
CHECKED = CheckFacts(
    to="Author One",
    case="N12",
    agency="Meadow Lane Surgery",
    received="10:15am on Thursday 1 April 2010",
    came="chronology and QA form",
    would="changes would be needed",
    documents=(
        replace(ANSWER.documents[0], outcome="would need changes before we could accept it"),
        replace(ANSWER.documents[1], outcome="would be accepted", version=""),
    ),
    checklist=AWAITED_CHECKLIST,
)
CHASER = ChaserFacts(
    to="Author One",
    case="N12",
    agency="Children's Services",
    nouns="chronology",
    count=1,
    about="chronology",
    sentence="the chronology, which was due on Friday 16 April,",
    soonest="Friday 16 April",
    today=False,
    told="Author One",
    away=(),
    checklist=LATE_CHECKLIST,
    how="Attaching it to a reply to this message is enough.",
)
CHASER_OF_THREE = replace(
    CHASER,
    nouns="chronology, QA form and evaluation statement",
    count=3,
    about="3 returns",
    sentence=(
        "the chronology, QA form and evaluation statement, which were due on Friday 16 April,"
    ),
    checklist=sample_checklist(
        ("Chronology", "late", "was due Friday 16 April"),
        ("IMR", "still to come", "due Friday 28 May"),
        ("QA form", "late", "was due Friday 16 April"),
        ("Evaluation statement", "late", "was due Friday 16 April"),
    ),
)
UNDECIDED = UndecidedFacts(
    to="The Chair's Office",
    case="N12",
    agency="City Hospital",
    what="a request for more time",
    since="Tuesday 13 April 2010",
    nouns="IMR",
)
UNDECIDED_SEVERAL = replace(
    UNDECIDED,
    what="40 documents that were not recognised and a request for more time",
    nouns="IMR and QA form",
    several=True,
)
UNPLACED = UnplacedFacts("Author One", "10:15am on Thursday 1 April 2010")
URGENT = UrgentFacts(
    to="The Administrator",
    case="N12",
    agency="City Hospital",
    what="a message about the scope of the review",
    at="11:40pm on Saturday 17 April 2010",
    asks=(
        Need(
            'City Hospital: a message about the scope of the review; "Somebody in the house died'
            ' last night, please ring me." By mail from Ruth Penn (ruth.penn@cityhospital.example),'
            " 17 April 11:40pm, in the mailbox.",
            number=1,
            links=(OrderLink("seen", "mailto:a@board.example?subject=x&body=1"),),
        ),
    ),
)
URGENT_FROM_UNKNOWN = UrgentFacts(
    to="The Administrator",
    case="",
    agency="",
    what="somebody speaks of danger to a child, or of a death",
    at="11:40pm on Saturday 17 April 2010",
    asks=(
        Need(
            "A message from somebody not registered, which speaks of danger to a child, or of a"
            ' death; "I am scared for all of them tonight." By mail'
            " from a.neighbour@webmail.example, 17 April 11:40pm, in the mailbox.",
            number=1,
            links=(OrderLink("seen", "mailto:a@board.example?subject=x&body=1"),),
        ),
    ),
    danger=True,
    last=True,
    more=2,
)
MORE_TIME = ReturnFacts(
    to="Author One",
    case="N12",
    agency="Meadow Lane Surgery",
    noun="IMR",
    until="Friday 11 June 2010",
    by_short="11 June",
    tell="",
    checklist=sample_checklist(
        ("Chronology", "accepted 1 April", ""), ("IMR", "still to come", "due Friday 11 June")
    ),
    how="Attaching it to a reply to this message is enough.",
)
_LINKS = OrderLinks("scr-returns@board.example", lambda stamp: "abcd2345efgh6723")
CONFIRMED = ConfirmationFacts(
    to="The Administrator",
    headline="1 done, 1 not done",
    results=(
        OrderResult(
            *(3, "N12, Shire Police: evaluation statement"),
            (
                "Done: accept.",
                "N12, Shire Police: evaluation statement was for you to look at, and is accepted.",
                "Letter (decision) to Author Two, author.",
                "Letters leave at 10:25am at the earliest.",
            ),
            (_LINKS.make_link(Offer("undo", "undo"), 3, AskTopic("entries", (41,)), ""),),
            outcome=OrderOutcome.DONE,
        ),
        OrderResult(
            *(4, "N12, Housing: letter 31, a reminder, could not be sent"),
            ("Nothing was done for this, since a line begins as an answer and is none.",),
            tuple(
                _LINKS.make_link(offer, 4, AskTopic("letters", (31,), "N12", "HOU"), "")
                for offer in letter_offers("failed")
            ),
        ),
    ),
    words=("She confirmed it on the telephone.",),
)
