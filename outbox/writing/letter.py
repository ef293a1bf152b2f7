"""A letter: decided (a Draft), then written once (a Letter) and sent as it was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from outbox.writing.asks import NumberedAsk
from outbox.writing.digest_facts import NamedGroup
from outbox.writing.letter_reasons import LetterReason

LetterKind = Literal[
    "acknowledgement",
    "rejection",
    "unreadable",
    "referral",
    "duplicate",
    "nothing-found",
    "sealed-waiting",
    "too-big",
    "unplaced",
    "check-result",
    "decision",
    "extension",
    "waiver",
    "withdrawal",
    "reminder",
    "chaser",
    "escalation",
    "to-chair",
    "undecided",
    "digest",
    "alert",
    "urgent",
    "confirmation",
]
LetterState = Literal[
    "draft",
    "queued",
    "sending",
    "sent",
    "undelivered",
    "failed",
    "held back",
    "called back",
    "cancelled",
]
OFFICER_KINDS: tuple[LetterKind, ...] = (
    "digest",
    "alert",
    "urgent",
    "confirmation",
)  # to its own officers, at any hour
URGENT_KINDS: tuple[LetterKind, ...] = ("alert", "urgent")  # what must not wait for a digest
CHAIR_KINDS: tuple[LetterKind, ...] = ("to-chair", "undecided")  # only drafted
LADDER_KINDS: tuple[LetterKind, ...] = ("reminder", "chaser", "escalation", "to-chair")
# What its reader must act on, or waits for, leaves first; what only thanks them leaves last.
ACTION_KINDS: tuple[LetterKind, ...] = (
    "rejection",
    "unreadable",
    "nothing-found",
    "sealed-waiting",
    "too-big",
    "unplaced",
    "check-result",
    "decision",
    "extension",
    "waiver",
    "withdrawal",
)
THANKS_KINDS: tuple[LetterKind, ...] = ("acknowledgement", "duplicate")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person. `contact_id` is None for the board's own officers."""

    name: str
    email: str
    contact_id: int | None = None


@dataclass(frozen=True, slots=True)
class LetterRung:
    """A rung of the ladder that a letter stands for, for one return and one due date of it."""

    return_id: int
    due_version: int
    days: int


@dataclass(frozen=True, slots=True)
class LetterTopic:
    """What a letter tells of: the delivery that it answers, the decision that it is about, the
    entry that it says something of."""

    delivery_id: int | None = None
    decision_id: int | None = None
    entry_id: int | None = None


@dataclass(frozen=True, slots=True)
class LetterKey:
    """What makes a letter to a reader the only one of its kind, as far as that is one thing: the
    delivery that it answers, the decision that it tells of (of several together, the first), the
    urgent entry, or the outage and whether it is over."""

    delivery_id: int | None = None
    decision_id: int | None = None
    entry_id: int | None = None
    outage_id: int | None = None
    outage_over: bool | None = None


class AskedEntry(NamedTuple):
    """An entry, of an agency's, that a letter to the chair's office asks to be decided; `agreed` is
    how much of what it asks was agreed by then."""

    entry_id: int
    agency_id: int | None
    agreed: int


@dataclass(frozen=True, slots=True)
class LetterPicture:
    """A PNG that the HTML shows where the text says the sentence `says`, which is its alt text."""

    says: str
    png: bytes
    width: int  # pixels
    height: int


@dataclass(frozen=True, slots=True)
class LetterAttachment:
    """A file that goes along. `type` is below "text/", `method` what iTIP calls so; with no method
    it is whatever it is, in bytes."""

    name: str
    content: bytes
    type: str
    method: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter that is due: what it is, to whom, and the facts its template may use.

    `key` is what it is called in commands, and `about` what it is the only letter about;
    `repetition` is how many like it were called back before. `asks` are the entries that it asks
    to be decided, `numbered` what a digest asks. `thread` is the Message-ID it answers, "" for
    none; `replies` says whether it answers something (RFC 3834 tells the two apart). One
    `to_release` goes only once a person lets it. `groups` are what it tells in one line each.
    `tells` are what it is about; `apart` are the letters, one for each thing, that go where all in
    one letter cannot.
    """

    key: str
    kind: LetterKind
    recipient: Recipient
    facts: object
    case_id: int | None = None
    agency_id: int | None = None
    thread: str = ""
    replies: bool = False
    rungs: tuple[LetterRung, ...] = ()
    pictures: tuple[LetterPicture, ...] = ()
    attachments: tuple[LetterAttachment, ...] = ()
    to_release: bool = False
    groups: tuple[NamedGroup, ...] = ()
    tells: tuple[LetterTopic, ...] = ()
    apart: tuple[Draft, ...] = ()
    about: LetterKey = LetterKey()
    repetition: int = 0
    asks: tuple[AskedEntry, ...] = ()
    numbered: tuple[NumberedAsk, ...] = ()

    @property
    def full_key(self) -> str:
        """ "answer/3/1", "answer/3/1/again 1": no two letters are called the same."""
        return f"{self.key}/again {self.repetition}" if self.repetition else self.key


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter in the queue, to a contact of an agency or to one of the board's own officers.
    `recipient` is the one address that it goes to, `message` is what every try sends, byte for
    byte."""

    id: int
    key: str
    kind: LetterKind
    state: LetterState
    message_id: str
    recipient: str
    message: bytes
    tries: int
    queued: datetime
    since: datetime  # when it was first tried, or a person asked for it to be tried again
    by_hand: bool
    sent: datetime | None
    answer: str  # why the last try did not succeed, or why it is kept in, in words
    agency_id: int | None = None
    contact_id: int | None = None
    reason: LetterReason | None = None  # the same, where it is a reason of ours
    repetition: int = 0
    broke: int = 0  # how often in a row handing it over ended the service, or as nobody foresaw
    not_before: datetime | None = None  # when it is tried (again)
    trial: bool = False  # it was only tried: it goes to the administrator alone


@dataclass(frozen=True, slots=True)
class LetterStanding:
    """All that a person's word changes of a letter that rests. `sent` is UTC."""

    id: int
    state: LetterState
    tries: int
    by_hand: bool
    sent: datetime | None
    answer: str
    reason: str


def letter_standing(letter: Letter) -> LetterStanding:
    """As it rests now."""
    return LetterStanding(
        *(letter.id, letter.state, letter.tries, letter.by_hand),
        *(letter.sent, letter.answer, str(letter.reason or "")),
    )


LETTER_NAMES: Mapping[LetterKind, str] = {
    "acknowledgement": "an acknowledgement",
    "rejection": "a request for changes",
    "unreadable": "a note that it could not be opened",
    "referral": "a note that a person will look",
    "duplicate": "a note that it came before",
    "nothing-found": "a note that no document was found",
    "sealed-waiting": "a note that something sealed waits",
    "too-big": "a note that a message was too large",
    "unplaced": "a receipt that asks which review a message is for",
    "check-result": "the result of a check",
    "decision": "a decision",
    "extension": "more time agreed",
    "waiver": "a note that a return is not needed",
    "withdrawal": "a note that a document is destroyed",
    "reminder": "a reminder",
    "chaser": "a chaser",
    "escalation": "an escalation",
    "to-chair": "a letter to the chair's office",
    "undecided": "a letter to the chair's office about a decision",
    "digest": "a digest",
    "alert": "an alert",
    "urgent": "a note that something urgent came",
    "confirmation": "an answer to what was ordered by mail",
}
