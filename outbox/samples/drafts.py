"""The sample letters: one of every kind, and several where a kind reads differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from outbox.digest.digest import draft_digest
from outbox.due.receipts import ReceiptFacts
from outbox.samples.days import BUSY_DAY, QUIET_DAY, sample_terms
from outbox.samples.facts import (
    ACCEPTED,
    ANSWER,
    AWAITED_CHECKLIST,
    CHASER,
    CHASER_OF_THREE,
    CHECKED,
    CONFIRMED,
    DONE_CHECKLIST,
    EMPTY,
    JOINED_CHECKLIST,
    LOOKED_AT_CHECKLIST,
    MESSAGE,
    MORE_TIME,
    REFERRED,
    REJECTED_BY_PERSON,
    REPEATED,
    REPORT_AND_STATEMENT,
    UNCHANGED,
    UNDECIDED,
    UNDECIDED_SEVERAL,
    UNOPENED,
    UNPLACED,
    URGENT,
    URGENT_FROM_UNKNOWN,
    sample_checklist,
)
from outbox.writing.facts import AlertFacts, WithdrawalFacts
from outbox.writing.letter import Draft, LetterKind, Recipient

ALERT = AlertFacts(
    about="source",
    what="the drop folder",
    said="The drop folder is not there, or the file .scr-intake is not in it.",
    fix="See whether the share is mounted on this machine.",
    since="10:15am on Thursday 1 April 2010",
    over="",
)
WITHDRAWN = WithdrawalFacts(
    to="Author One",
    case="N12",
    agency="Meadow Lane Surgery",
    noun="IMR",
    received="10:15am on Thursday 1 April 2010",
    tell="",
    checklist=sample_checklist(
        ("Chronology", "accepted 1 April", ""), ("IMR", "still to come", "due Friday 28 May")
    ),
)
TEMPLATE_MISTAKES = AlertFacts(
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
CANNOT_JUDGE = replace(CLOSED, about="judging", said="The confined worker is not there.")
CLOCK_DOUBTED = replace(CLOSED, about="clock", said="The clock is 400 days after the last round.")
NO_SCANNER = replace(
    CLOSED,
    about="scanner",
    said="The virus scanner is not there: nothing listens at its socket.",
    fix="Start it, and see that it stays: `systemctl enable --now clamav-daemon`",
)
REFUSED = replace(
    CLOSED,
    about="refused",
    what="3",
    said="Delivery 3: The virus scanner found something in this, which it calls Doc.Made.Up-1. It"
    " was not opened, and is kept encrypted, as entry 5.",
    fix="To see whose it is and what can be done: `scr-intake show 5`",
)
SET_ASIDE = replace(
    CLOSED,
    about="aside",
    what="aside/3",
    said="Delivery 3 could not be judged after three tries. It is kept, and waits as entry 5.",
    fix="To see whose it is and what can be done: `scr-intake show 5`",
)
NOT_WRITABLE = replace(
    CLOSED, about="kept", said="The vault cannot be written.", fix="See who owns it."
)
FORGED = replace(
    CLOSED,
    about="record",
    said="A row of the register is not as the record has it.",
    fix="To see all such rows: `scr-intake audit verify`",
)
FAULTS = replace(
    CLOSED,
    about="faults",
    said="A look through all that is kept found 2 things that are not as recorded, or not there.",
    fix="To see what, and what mends it: `scr-intake audit verify --originals`",
)
NO_ROOM = replace(CLOSED, about="disk", said="2% of the disk is free.", fix="Make room.")


AUTHOR = Recipient("Author One", "author@meadowlane.example", 7)
ADMINISTRATOR = Recipient("The Administrator", "administrator@board.example")
OPERATOR = Recipient("", "it@board.example")
CHAIR = Recipient("The Chair's Office", "chair@board.example")
DECISION_WORDS = "The form for the QA is on the board's page, under Toolkit."
OVER_TIME = "10:40am on Thursday 1 April 2010"


def sample_draft(kind: LetterKind, facts: object) -> Draft:
    """A draft of a kind, to the author (or the board's own officers)."""
    officers = {
        "digest": ADMINISTRATOR,
        "alert": OPERATOR,
        "urgent": ADMINISTRATOR,
        "confirmation": ADMINISTRATOR,
        "to-chair": CHAIR,
        "undecided": CHAIR,
    }
    return Draft(key=f"{kind}/1", kind=kind, recipient=officers.get(kind, AUTHOR), facts=facts)


# By a name that begins with the kind.
SAMPLES: Mapping[str, Draft] = {
    "rejection": sample_draft("rejection", ANSWER),
    "rejection-question": sample_draft(
        "rejection",
        replace(
            ANSWER,
            documents=(*ANSWER.documents[:1], *REFERRED.documents),
            checklist=REFERRED.checklist,
            promise=REFERRED.promise,
        ),
    ),
    "rejection-signing": sample_draft("rejection", REPORT_AND_STATEMENT),
    "unreadable": sample_draft("unreadable", UNOPENED),
    "unreadable-besides": sample_draft(
        "unreadable",
        replace(
            UNOPENED,
            came="QA form and document",
            documents=(*UNOPENED.documents, *ACCEPTED.documents),
        ),
    ),
    "unreadable-empty": sample_draft(
        "unreadable", replace(UNOPENED, empty=True, documents=(EMPTY,))
    ),
    "acknowledgement": sample_draft("acknowledgement", ACCEPTED),
    "acknowledgement-complete": sample_draft(
        "acknowledgement",
        replace(ACCEPTED, outstanding=False, complete=True, checklist=DONE_CHECKLIST),
    ),
    "acknowledgement-looked-at": sample_draft(
        "acknowledgement", replace(ACCEPTED, outstanding=False, checklist=LOOKED_AT_CHECKLIST)
    ),
    "referral": sample_draft("referral", REFERRED),
    "duplicate": sample_draft("duplicate", REPEATED),
    "duplicate-rejected": sample_draft(
        "duplicate", replace(REPEATED, rejected=1, documents=(UNCHANGED,))
    ),
    "decision": sample_draft("decision", ACCEPTED),
    "decision-rejected": sample_draft("decision", REJECTED_BY_PERSON),
    "decision-message": sample_draft("decision", replace(MESSAGE, tell=DECISION_WORDS)),
    "decision-time-refused": sample_draft(
        "decision",
        replace(
            MESSAGE,
            came="request for more time",
            nouns="request for more time",
            refused="More time is not agreed: the IMR stays due by Friday 7 May 2010.",
            time_refused=True,
            tell=DECISION_WORDS,
        ),
    ),
    "decision-message-seen-to": sample_draft("decision", replace(MESSAGE, seen_to=True)),
    "decision-referred": sample_draft("decision", replace(REFERRED, referred=True)),
    "extension": sample_draft("extension", MORE_TIME),
    "extension-several": sample_draft(
        "extension", replace(MORE_TIME, noun="IMR and QA form", several=True)
    ),
    "extension-told": sample_draft(
        "extension", replace(MORE_TIME, tell="The panel meets on 14 June.")
    ),
    "waiver": sample_draft(
        "waiver",
        replace(
            MORE_TIME,
            checklist=sample_checklist(
                ("Chronology", "accepted 1 April", ""), ("IMR", "not needed", "")
            ),
        ),
    ),
    "withdrawal": sample_draft("withdrawal", WITHDRAWN),
    "withdrawal-late": sample_draft(
        "withdrawal",
        replace(
            WITHDRAWN,
            noun="message",
            tell="Thank you for ringing us at once.",
            pressing="action needed now, something else is late",
            still="The IMR is late: please send it now.",
            checklist=sample_checklist(("IMR", "**4 days late**", "due Friday 16 April")),
        ),
    ),
    "reminder": sample_draft(
        "reminder",
        replace(
            CHASER, sentence="the chronology, due on Friday 16 April", checklist=AWAITED_CHECKLIST
        ),
    ),
    "reminder-today": sample_draft(
        "reminder", replace(CHASER, today=True, checklist=AWAITED_CHECKLIST)
    ),
    "reminder-joined": sample_draft(
        "reminder",
        replace(CHASER_OF_THREE, then="IMR", checklist=JOINED_CHECKLIST),
    ),
    "chaser": sample_draft("chaser", CHASER),
    "escalation": sample_draft("escalation", replace(CHASER, to="Commissioner One")),
    "escalation-joined": sample_draft(
        "escalation", replace(CHASER_OF_THREE, to="Commissioner One")
    ),
    "escalation-away": sample_draft(
        "escalation",
        replace(
            CHASER,
            to="Commissioner One",
            told="",
            away=("Author One is away until Thursday 22 April",),
        ),
    ),
    "to-chair": sample_draft(
        "to-chair",
        replace(CHASER, to="The Chair's Office", told="Author One and Commissioner One"),
    ),
    "undecided": sample_draft("undecided", UNDECIDED),
    "undecided-several": sample_draft("undecided", UNDECIDED_SEVERAL),
    "urgent": sample_draft("urgent", URGENT),
    "confirmation": sample_draft("confirmation", CONFIRMED),
    "urgent-held": sample_draft("urgent", URGENT_FROM_UNKNOWN),
    "digest": draft_digest(BUSY_DAY, sample_terms(ADMINISTRATOR)),
    "digest-quiet": draft_digest(QUIET_DAY, sample_terms(ADMINISTRATOR)),
    "alert": sample_draft("alert", ALERT),
    "alert-over": sample_draft("alert", replace(ALERT, over=OVER_TIME)),
    "alert-slips": sample_draft("alert", TEMPLATE_MISTAKES),
    "alert-slips-over": sample_draft("alert", replace(TEMPLATE_MISTAKES, over=OVER_TIME)),
    "alert-unwritten": sample_draft("alert", UNWRITTEN),
    "alert-unwritten-over": sample_draft("alert", replace(UNWRITTEN, over=OVER_TIME)),
    "alert-digest": sample_draft("alert", UNSENT),
    "alert-digest-over": sample_draft("alert", replace(UNSENT, over=OVER_TIME)),
    "alert-closed": sample_draft("alert", CLOSED),
    "alert-closed-over": sample_draft("alert", replace(CLOSED, over=OVER_TIME)),
    "alert-unable": sample_draft("alert", CANNOT_JUDGE),
    "alert-unable-over": sample_draft("alert", replace(CANNOT_JUDGE, over=OVER_TIME)),
    "alert-doubted": sample_draft("alert", CLOCK_DOUBTED),
    "alert-doubted-over": sample_draft("alert", replace(CLOCK_DOUBTED, over=OVER_TIME)),
    "alert-scanner": sample_draft("alert", NO_SCANNER),
    "alert-scanner-over": sample_draft("alert", replace(NO_SCANNER, over=OVER_TIME)),
    "alert-refused": sample_draft("alert", REFUSED),
    "alert-refused-over": sample_draft("alert", replace(REFUSED, over=OVER_TIME)),
    "alert-aside": sample_draft("alert", SET_ASIDE),
    "alert-aside-over": sample_draft("alert", replace(SET_ASIDE, over=OVER_TIME)),
    "alert-record": sample_draft("alert", FORGED),
    "alert-record-over": sample_draft("alert", replace(FORGED, over=OVER_TIME)),
    "alert-faults": sample_draft("alert", FAULTS),
    "alert-faults-over": sample_draft("alert", replace(FAULTS, over=OVER_TIME)),
    "alert-kept": sample_draft("alert", NOT_WRITABLE),
    "alert-kept-over": sample_draft("alert", replace(NOT_WRITABLE, over=OVER_TIME)),
    "alert-no-room": sample_draft("alert", NO_ROOM),
    "alert-no-room-over": sample_draft("alert", replace(NO_ROOM, over=OVER_TIME)),
    "nothing-found": sample_draft("nothing-found", MESSAGE),
    "sealed-waiting": sample_draft("sealed-waiting", MESSAGE),
    "too-big": sample_draft("too-big", MESSAGE),
    "unplaced": sample_draft("unplaced", UNPLACED),
    "unplaced-document": sample_draft("unplaced", replace(UNPLACED, document=True)),
    "unplaced-leaver": sample_draft("unplaced", replace(UNPLACED, leaves=True)),
    "unplaced-colleague": sample_draft("unplaced", replace(UNPLACED, leaves=True, colleague=True)),
    "unplaced-encrypted": sample_draft("unplaced", replace(UNPLACED, encrypted=True)),
    "unplaced-dropped": sample_draft("unplaced", replace(UNPLACED, dropped=True)),
    "unplaced-one-review": sample_draft("unplaced", replace(UNPLACED, one_review=True)),
    "unplaced-several": sample_draft("unplaced", replace(UNPLACED, several=True)),
    "check-result": sample_draft("check-result", CHECKED),
    "check-result-nothing": sample_draft(
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
    replace(RECEIPT, kind="duplicate", documents=REPEATED.documents),
)


def samples_of_kind(kind: LetterKind) -> Iterator[Draft]:
    """Every sample of a kind, the plainest first."""
    return (draft for draft in SAMPLES.values() if draft.kind == kind)
