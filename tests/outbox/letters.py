"""Sample facts for letters, as the derivers would fill them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from config.settings import Board
from outbox.facts import (
    AlertFacts,
    AnswerFacts,
    ChaserFacts,
    CheckFacts,
    DigestFacts,
    DocumentFacts,
    Need,
    ReturnFacts,
)
from outbox.letter import Draft, Recipient
from outbox.places import Change

GOLDEN = Path(__file__).parent / "golden"
BOARD = Board.model_validate(
    {
        "name": "Shireshire Safeguarding Children Board",
        "marking": "OFFICIAL-SENSITIVE",
        "administrator": {"name": "The Administrator", "email": "administrator@board.example"},
        "operator": "it@board.example",
    }
)
AUTHOR = Recipient("Author One", "author@meadowlane.example", 7)
ADMINISTRATOR = Recipient("The Administrator", "administrator@board.example")
CHECKLIST = (
    "Chronology   needs changes   due Friday 16 April",
    "IMR          still to come   due Friday 28 May",
    "QA form      accepted 1 April",
)
DONE = ("Chronology   accepted 1 April", "QA form      accepted 1 April")
LOOKED_AT = (
    "Chronology   accepted 1 April",
    "IMR          received, a person is looking at it",
)
LATE = (
    "Chronology   late            was due Friday 16 April",
    "IMR          still to come   due Friday 28 May",
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
                    "Enter the day it happened, day first, such as 28/02/2009.",
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
            advice=(
                Change(
                    "Criterion 5",
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
REFERRED = replace(
    ACCEPTED,
    documents=(DocumentFacts("QA form", "received; a person will look at it"),),
)
TO_MEND = replace(
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
AGAIN = replace(
    ACCEPTED,
    documents=(DocumentFacts("QA form", "the same document as before, which we accepted"),),
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
        replace(ANSWER.documents[1], outcome="would be accepted"),
    ),
)
CHASE = ChaserFacts(
    to="Author One",
    case="N12",
    agency="Children's Services",
    nouns="chronology",
    count=1,
    sentence="the chronology, which was due on Friday 16 April,",
    soonest="Friday 16 April",
    today=False,
    told="Author One",
    checklist=LATE,
    how="Attaching it to a reply to this message is enough.",
)
MORE_TIME = ReturnFacts(
    to="Author One",
    case="N12",
    agency="Meadow Lane Surgery",
    noun="IMR",
    until="Friday 11 June 2010",
    by_short="11 June",
    tell="",
    checklist=("Chronology   accepted 1 April", "IMR          still to come   due Friday 11 June"),
    how="Attaching it to a reply to this message is enough.",
)
DIGEST = DigestFacts(
    day="Tuesday 20 April",
    needs=(
        Need(
            "Nobody is registered under the sender's address; held, not answered.",
            "scr-intake show 42",
        ),
        Need(
            "N12, Shire Police: evaluation statement; waits for you to look.", "scr-intake show 41"
        ),
    ),
    overdue=("N12, Children's Services: chronology, 2 working days late",),
    soon=(),
    suppressed=(),
    traffic="Arrived since Monday 19 April: 6. Letters sent: 9.",
    notes=(
        "N12, Meadow Lane Surgery: Author One is away until Thursday 22 April; the note names"
        " deputy@meadowlane.example instead.",
    ),
    cases=(
        (
            "N12                   Chronology   IMR",
            "Meadow Lane Surgery   accepted     due 28 May",
        ),
    ),
    health="The register and the vault are open and answering.",
    entries="1,204",
    seal="7f3a-92c1-04be-11d0",
)


ALERT = AlertFacts(
    what="the drop folder",
    said="The drop folder is not there, or the file .scr-intake is not in it.",
    fix="See whether the share is mounted on this machine.",
    since="10:15am on Thursday 1 April 2010",
    over="",
)
OPERATOR = Recipient("", "it@board.example")


def draft(kind: str, facts: object) -> Draft:
    """A draft of a kind, to the author (or the administrator)."""
    to = {"digest": ADMINISTRATOR, "alert": OPERATOR}.get(kind, AUTHOR)
    return Draft(key=f"{kind}/1", kind=kind, recipient=to, facts=facts)  # type: ignore[arg-type]


DRAFTS = {
    "rejection": draft("rejection", ANSWER),
    "acknowledgement": draft("acknowledgement", ACCEPTED),
    "acknowledgement-complete": draft(
        "acknowledgement", replace(ACCEPTED, outstanding=False, complete=True, checklist=DONE)
    ),
    "acknowledgement-looked-at": draft(
        "acknowledgement", replace(ACCEPTED, outstanding=False, checklist=LOOKED_AT)
    ),
    "referral": draft("referral", REFERRED),
    "duplicate": draft("duplicate", AGAIN),
    "duplicate-rejected": draft("duplicate", replace(AGAIN, rejected=1)),
    "decision": draft("decision", ACCEPTED),
    "decision-rejected": draft("decision", TO_MEND),
    "decision-referred": draft("decision", replace(REFERRED, referred=True)),
    "extension": draft("extension", MORE_TIME),
    "extension-told": draft("extension", replace(MORE_TIME, tell="The panel meets on 14 June.")),
    "waiver": draft(
        "waiver",
        replace(MORE_TIME, checklist=("Chronology   accepted 1 April", "IMR          not needed")),
    ),
    "reminder": draft(
        "reminder", replace(CHASE, sentence="the chronology, due on Friday 16 April")
    ),
    "reminder-today": draft("reminder", replace(CHASE, today=True)),
    "chaser": draft("chaser", CHASE),
    "escalation": draft("escalation", replace(CHASE, to="Commissioner One")),
    "digest": draft("digest", DIGEST),
    "digest-quiet": draft("digest", replace(DIGEST, needs=(), overdue=(), notes=())),
    "alert": draft("alert", ALERT),
    "alert-over": draft("alert", replace(ALERT, over="10:40am on Thursday 1 April 2010")),
    "nothing-found": draft("nothing-found", MESSAGE),
    "sealed-waiting": draft("sealed-waiting", MESSAGE),
    "too-big": draft("too-big", MESSAGE),
    "check-result": draft("check-result", CHECKED),
    "check-result-nothing": draft(
        "check-result",
        replace(CHECKED, came="message", documents=(), would="we found no document"),
    ),
}
