"""The sample letters: one of every kind, and several where a kind reads differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from outbox.digest.digest import digest
from outbox.due.receipts import ReceiptFacts
from outbox.samples.facts import (
    ACCEPTED,
    AGAIN,
    ANSWER,
    AWAITED,
    BUSY,
    CHASE,
    CHECKED,
    DONE,
    EMPTY,
    JOINED,
    LOOKED_AT,
    MESSAGE,
    MORE_TIME,
    QUIET,
    REFERRED,
    THREE,
    TO_MEND,
    UNCHANGED,
    UNDECIDED,
    UNDECIDED_SEVERAL,
    UNOPENED,
    UNPLACED,
    URGENT,
    terms,
)
from outbox.writing.facts import AlertFacts
from outbox.writing.letter import Draft, LetterKind, Recipient

ALERT = AlertFacts(
    about="source",
    what="the drop folder",
    said="The drop folder is not there, or the file .scr-intake is not in it.",
    fix="See whether the share is mounted on this machine.",
    since="10:15am on Thursday 1 April 2010",
    over="",
)
SLIPS = AlertFacts(
    about="templates",
    what="templates",
    said='rejection.txt.j2, line 3: asks for "deadline", which this letter does not have.'
    " It has letter.to, letter.case, letter.by.\nchaser.txt.j2, line 1: the first line does not"
    ' begin with "Subject: ". Begin the file with such a line.',
    fix="Mend them in the folder that `letters` in the settings names.",
    since=ALERT.since,
    over="",
)
UNWRITTEN = AlertFacts(
    about="letters",
    what="decision",
    said="The letter would tell somebody what is not theirs to know. It does not go.",
    fix="The administrator should look at what was last decided for it, and say it in other words.",
    since=ALERT.since,
    over="",
)
UNSENT = AlertFacts(
    about="digest",
    what="the daily digest",
    said="The digest could not be sent yet: the mail server did not take the password.",
    fix="To try each way that letters leave: `scr-intake doctor`",
    since="10:00am on Thursday 1 April 2010",
    over="",
)
CLOSED = AlertFacts(
    about="way",
    what="outbox",
    said="The mail server did not take the password.",
    fix="To try each way that letters leave: `scr-intake doctor`",
    since=ALERT.since,
    over="",
)
UNABLE = replace(CLOSED, about="judging", said="The confined worker is not there.")
DOUBTED = replace(CLOSED, about="clock", said="The clock is 400 days after the last round.")
ASIDE = replace(
    CLOSED,
    about="aside",
    what="aside/3",
    said="Delivery 3 could not be judged after three tries. It is kept, and waits as entry 5.",
    fix="To see whose it is and what can be done: `scr-intake show 5`",
)
SHUT = replace(CLOSED, about="kept", said="The vault cannot be written.", fix="See who owns it.")
NO_ROOM = replace(CLOSED, about="disk", said="2% of the disk is free.", fix="Make room.")


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
            promise=REFERRED.promise,
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
