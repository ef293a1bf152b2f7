"""The sample letters: one of every kind, and several where a kind reads differently.

Does: puts the sample facts into drafts, by which every template is tried and shown.
Trusts: nothing.
Never touches: the queue; a sample is never sent.
Known limits: a kind without a sample would not be tried; a test sees that each has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from outbox.digest import digest
from outbox.letter import Draft, LetterKind, Recipient
from outbox.receipt import ReceiptFacts
from outbox.samples.alerts import (
    ALERT,
    ASIDE,
    CLOSED,
    DOUBTED,
    NO_ROOM,
    SHUT,
    SLIPS,
    UNABLE,
    UNSENT,
    UNWRITTEN,
)
from outbox.samples.day import BUSY, QUIET, terms
from outbox.samples.facts import (
    ACCEPTED,
    AGAIN,
    ANSWER,
    AWAITED,
    CHASE,
    CHECKED,
    DONE,
    EMPTY,
    JOINED,
    LOOKED_AT,
    MESSAGE,
    MORE_TIME,
    REFERRED,
    THREE,
    TO_MEND,
    UNCHANGED,
    UNDECIDED,
    UNDECIDED_SEVERAL,
    UNOPENED,
    UNPLACED,
    URGENT,
)

AUTHOR = Recipient("Author One", "author@meadowlane.example", 7)
ADMINISTRATOR = Recipient("The Administrator", "administrator@board.example")
OPERATOR = Recipient("", "it@board.example")
CHAIR = Recipient("The Chair's Office", "chair@board.example")
TELL = "The form for the QA is on the board's page, under Toolkit."
LATER = "10:40am on Thursday 1 April 2010"


def draft(kind: LetterKind, facts: object) -> Draft:
    """A draft of a kind, to the author (or the board's own officers)."""
    officers = {
        "digest": ADMINISTRATOR,
        "alert": OPERATOR,
        "urgent": ADMINISTRATOR,
        "to-chair": CHAIR,
        "undecided": CHAIR,
    }
    return Draft(key=f"{kind}/1", kind=kind, recipient=officers.get(kind, AUTHOR), facts=facts)


# By a name that begins with the kind.
SAMPLES: Mapping[str, Draft] = {
    "rejection": draft("rejection", ANSWER),
    "rejection-question": draft(
        "rejection",
        replace(
            ANSWER,
            documents=(*ANSWER.documents[:1], *REFERRED.documents),
            checklist=REFERRED.checklist,
            referred_nouns="QA form",
        ),
    ),
    "unreadable": draft("unreadable", UNOPENED),
    "unreadable-besides": draft(
        "unreadable",
        replace(
            UNOPENED,
            came="QA form and document",
            documents=(*UNOPENED.documents, *ACCEPTED.documents),
        ),
    ),
    "unreadable-empty": draft("unreadable", replace(UNOPENED, empty=True, documents=(EMPTY,))),
    "acknowledgement": draft("acknowledgement", ACCEPTED),
    "acknowledgement-complete": draft(
        "acknowledgement", replace(ACCEPTED, outstanding=False, complete=True, checklist=DONE)
    ),
    "acknowledgement-looked-at": draft(
        "acknowledgement", replace(ACCEPTED, outstanding=False, checklist=LOOKED_AT)
    ),
    "referral": draft("referral", REFERRED),
    "duplicate": draft("duplicate", AGAIN),
    "duplicate-rejected": draft("duplicate", replace(AGAIN, rejected=1, documents=(UNCHANGED,))),
    "decision": draft("decision", ACCEPTED),
    "decision-rejected": draft("decision", TO_MEND),
    "decision-message": draft("decision", replace(MESSAGE, rejected=1, tell=TELL)),
    "decision-message-accepted": draft("decision", replace(MESSAGE, tell=TELL)),
    "decision-message-seen-to": draft("decision", replace(MESSAGE, seen_to=True)),
    "decision-referred": draft("decision", replace(REFERRED, referred=True)),
    "extension": draft("extension", MORE_TIME),
    "extension-several": draft(
        "extension", replace(MORE_TIME, noun="IMR and QA form", several=True)
    ),
    "extension-told": draft("extension", replace(MORE_TIME, tell="The panel meets on 14 June.")),
    "waiver": draft(
        "waiver",
        replace(MORE_TIME, checklist=("Chronology   accepted 1 April", "IMR          not needed")),
    ),
    "reminder": draft(
        "reminder",
        replace(CHASE, sentence="the chronology, due on Friday 16 April", checklist=AWAITED),
    ),
    "reminder-today": draft("reminder", replace(CHASE, today=True, checklist=AWAITED)),
    "reminder-joined": draft(
        "reminder",
        replace(THREE, then="IMR", checklist=JOINED),
    ),
    "chaser": draft("chaser", CHASE),
    "escalation": draft("escalation", replace(CHASE, to="Commissioner One")),
    "escalation-joined": draft("escalation", replace(THREE, to="Commissioner One")),
    "escalation-away": draft(
        "escalation",
        replace(
            CHASE,
            to="Commissioner One",
            told="",
            away=("Author One is away until Thursday 22 April",),
        ),
    ),
    "to-chair": draft(
        "to-chair",
        replace(CHASE, to="The Chair's Office", told="Author One and Commissioner One"),
    ),
    "undecided": draft("undecided", UNDECIDED),
    "undecided-several": draft("undecided", UNDECIDED_SEVERAL),
    "urgent": draft("urgent", URGENT),
    "urgent-held": draft("urgent", replace(URGENT, case="", agency="")),
    "digest": digest(BUSY, terms(ADMINISTRATOR)),
    "digest-quiet": digest(QUIET, terms(ADMINISTRATOR)),
    "alert": draft("alert", ALERT),
    "alert-over": draft("alert", replace(ALERT, over=LATER)),
    "alert-slips": draft("alert", SLIPS),
    "alert-slips-over": draft("alert", replace(SLIPS, over=LATER)),
    "alert-unwritten": draft("alert", UNWRITTEN),
    "alert-unwritten-over": draft("alert", replace(UNWRITTEN, over=LATER)),
    "alert-digest": draft("alert", UNSENT),
    "alert-digest-over": draft("alert", replace(UNSENT, over=LATER)),
    "alert-closed": draft("alert", CLOSED),
    "alert-closed-over": draft("alert", replace(CLOSED, over=LATER)),
    "alert-unable": draft("alert", UNABLE),
    "alert-unable-over": draft("alert", replace(UNABLE, over=LATER)),
    "alert-doubted": draft("alert", DOUBTED),
    "alert-doubted-over": draft("alert", replace(DOUBTED, over=LATER)),
    "alert-aside": draft("alert", ASIDE),
    "alert-aside-over": draft("alert", replace(ASIDE, over=LATER)),
    "alert-kept": draft("alert", SHUT),
    "alert-kept-over": draft("alert", replace(SHUT, over=LATER)),
    "alert-no-room": draft("alert", NO_ROOM),
    "alert-no-room-over": draft("alert", replace(NO_ROOM, over=LATER)),
    "nothing-found": draft("nothing-found", MESSAGE),
    "sealed-waiting": draft("sealed-waiting", MESSAGE),
    "too-big": draft("too-big", MESSAGE),
    "unplaced": draft("unplaced", UNPLACED),
    "unplaced-document": draft("unplaced", replace(UNPLACED, document=True)),
    "check-result": draft("check-result", CHECKED),
    "check-result-nothing": draft(
        "check-result",
        replace(CHECKED, came="message", documents=(), would="we found no document"),
    ),
}


# What lies beside a dropped file.
RECEIPT = ReceiptFacts(
    number=1,
    kind="rejection",
    case=ANSWER.case,
    agency=ANSWER.agency,
    received=ANSWER.received,
    came=ANSWER.came,
    documents=ANSWER.documents,
    change_count=ANSWER.change_count,
    by=ANSWER.by,
    written=True,
    copy=True,
)
RECEIPTS = (
    RECEIPT,
    replace(RECEIPT, written=False, copy=False),
    replace(RECEIPT, kind="acknowledgement", documents=ACCEPTED.documents),
    replace(RECEIPT, kind="unreadable", documents=UNOPENED.documents, copy=False),
    replace(RECEIPT, kind="referral", documents=REFERRED.documents),
    replace(RECEIPT, kind="duplicate", documents=AGAIN.documents),
)


def samples(kind: LetterKind) -> Iterator[Draft]:
    """Every sample of a kind, the plainest first."""
    return (draft for draft in SAMPLES.values() if draft.kind == kind)
