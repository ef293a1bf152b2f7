"""What the sample letters and digests say: facts about a made-up case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from config.calendar import Calendar
from config.colours import load_colours
from config.kind_loading import load_kinds
from handlers.register.matrix import AgencyRow, CaseRow, ReturnRow
from handlers.register.returns import ReturnState
from intake.source import DeliveryForm
from outbox.digest.deadlines import CalendarOwner
from outbox.digest.digest import DigestDay, DigestTerms
from outbox.digest.overdue import ChasingStep
from outbox.digest.service_health import ServiceHealth, SourceReach
from outbox.writing.checklist import ChecklistLine, align_columns
from outbox.writing.facts import (
    AnswerFacts,
    ChaserFacts,
    CheckFacts,
    DocumentFacts,
    Need,
    ReturnFacts,
    TableLine,
    UndecidedFacts,
    UnplacedFacts,
    UrgentFacts,
)
from outbox.writing.letter import Recipient
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
    command="scr-intake show 41",
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


NOW = datetime(2010, 4, 20, 8, 0, tzinfo=ZoneInfo("Europe/London"))
TODAY = NOW.date()
APRIL, MAY = date(2010, 4, 16), date(2010, 5, 28)
PACK = ("chronology", "imr", "qa_form", "evaluation_statement")
# Each agency, by where its chronology, IMR, form and statement stand: a = awaited, o = overdue,
# r = rejected, l = to be looked at, n = none held, w = waived, a number = accepted, on that day of
# April.
AGENCIES = (
    ("GP", "Meadow Lane Surgery", "1 a 9 a"),
    ("POL", "Shire Police", "8 14 14 l"),
    ("CSC", "Children's Services", "o a a a"),
    ("HOS", "City Hospital", "15 a a a"),
    ("EDU", "Brook Street School", "r a a a"),
    ("PRO", "Probation Service", "n w w w"),
    ("HOU", "Housing", "12 a 16 a"),
    ("YOS", "Youth Offending", "13 19 19 19"),
)
HEALTHY = ServiceHealth(
    sources=(
        SourceReach("mail-1", NOW.replace(hour=7, minute=59)),
        SourceReach("drop", NOW, form=DeliveryForm.FILE),
    ),
    free=0.81,
    retired=(),
    backed_up=NOW.replace(hour=2),
    began=NOW - timedelta(days=49),
    waits_since=None,
)


def _agency(n: int, code: str, name: str, states: str) -> AgencyRow:
    returns = (
        _row(4 * n + k, *both) for k, both in enumerate(zip(PACK, states.split(), strict=True))
    )
    return AgencyRow(n, code, name, tuple(returns))


def _row(id: int, kind: str, said: str) -> ReturnRow:
    due = APRIL if kind == "chronology" else MAY
    if said.isdigit():
        day = date(2010, 4, int(said))
        return ReturnRow(id, kind, due, 1, "accepted", day, day, False)
    states: dict[str, ReturnState] = {
        "a": "awaited", "o": "awaited", "r": "rejected", "l": "referred", "n": "nil", "w": "waived",
    }  # fmt: skip
    came = date(2010, 4, 14) if said in "rl" else None
    return ReturnRow(id, kind, due, 1, states[said], came, None, said in "or" and due < TODAY)


CASE = CaseRow(
    1, "N12", "open", date(2010, 9, 1), tuple(_agency(n, *a) for n, a in enumerate(AGENCIES, 1))
)
OVERDUE = {a.code: a.returns[0].id for a in CASE.agencies}
BUSY_DAY = DigestDay(
    now=NOW,
    began=NOW - timedelta(days=49),
    cases=(CASE,),
    needs=(
        Need(
            "A message from a sender nobody is registered under, with a document that reads like"
            " a chronology for N12; held, not answered.",
            "scr-intake show 42",
        ),
        Need(
            "N12, Shire Police: evaluation statement; waits for you to look.",
            "scr-intake show 41",
            ("The statement seems to be signed by an author of the report.",),
        ),
    ),
    traffic="Arrived since Monday 19 April: 6 (4 accepted, 1 to mend, 1 held). Letters sent: 9.",
    record=(1204, "7f3a92c104be11d0"),
    health=replace(HEALTHY, free=0.08),
    unsent=(
        Need(
            "N12, Housing: letter 31, a reminder, could not be sent: the server refused its"
            " reader's address. To try it again:",
            "scr-intake letters retry 31",
        ),
    ),
    notes=(
        "N12, Meadow Lane Surgery: Author One is away until Thursday 22 April; the note names"
        " deputy@meadowlane.example instead.",
    ),
    suppressed=(
        Need(
            "N12, City Hospital: IMR. They ask for more time, and you have not decided.",
            "scr-intake show 39",
        ),
    ),
    steps={
        OVERDUE["CSC"]: (
            ChasingStep("chaser", TODAY - timedelta(days=1)),
            ChasingStep("escalation", TODAY),
        ),
        OVERDUE["EDU"]: (ChasingStep("reminder", date(2010, 4, 13)),),
    },
)
QUIET_DAY = replace(
    BUSY_DAY,
    cases=(replace(CASE, agencies=(CASE.agencies[0], CASE.agencies[5])),),
    needs=(),
    health=HEALTHY,
    unsent=(),
    notes=(),
    suppressed=(),
    traffic="Arrived since Monday 19 April: 0. Letters sent: 0.",
)


def sample_terms(administrator: Recipient) -> DigestTerms:
    return DigestTerms(
        at=time(8),
        administrator=administrator,
        kinds=load_kinds(),
        calendar=Calendar.for_subdivision("ENG"),
        colours=load_colours(),
        diary=CalendarOwner("OFFICIAL-SENSITIVE", "board.example"),
    )
