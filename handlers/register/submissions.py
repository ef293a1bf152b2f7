"""An entry: one submission, where it came from and what it came to, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from handlers.findings import Clues, Finding, Judgement
from handlers.register.set_apart_reasons import PossibleReason, SetApartReason
from intake.spool import Delivery

# Why something was set apart that the service tried three times to judge, in vain.
NOT_JUDGED_REASON = SetApartReason.NOT_JUDGED

# Why the notice of a sealed-mail service, from an address of its own, was set apart.
SEALED_NOTICE_REASON = SetApartReason.SEALED_NAMES_PERSON
SEALED_UNKNOWN_REASON = SetApartReason.SEALED_UNKNOWN  # from somebody not registered
OTHER_PLACE_REASON = (
    SetApartReason.CASE_OTHER
)  # it points at a case or an agency that is not its sender's
# What waits for a person and is told to no agency, since it may be nobody's there.
UNTOLD_REASONS = frozenset({SEALED_NOTICE_REASON, OTHER_PLACE_REASON})

# What proves a delivery report: a relay of ours handed it over, or its sender is proven.
BounceProof = Literal["relay", "sender", ""]

EntryVerdict = Literal["accept", "refer", "reject", "hold", "automatic"]


@dataclass(frozen=True, slots=True)
class LeavingNotice:
    """A mail says that somebody leaves: `contacts` are they, wherever they are registered, where it
    is its sender `themselves` or a registered `colleague` whom it names; else its sender. `email`
    and `name` are whom it names instead, "" for none; `asks` says that it asks something besides,
    `automatic` that a program wrote it. `last_day` is the day to come on which they leave, None
    where none is plainly named, `gone` that they have left. `role` is the one that it says they
    have, or whoever takes over, "" for none.
    """

    contacts: tuple[int, ...]
    themselves: bool
    email: str = ""
    name: str = ""
    colleague: bool = False
    asks: bool = False
    automatic: bool = False
    last_day: date | None = None
    gone: bool = False
    role: str = ""

    @property
    def tells_who(self) -> bool:
        """Whether the contacts are whoever leaves."""
        return self.themselves or self.colleague


@dataclass(frozen=True, slots=True)
class EntryDetails:
    """The sealed part of an entry: what was found, what passed, what it says of itself, the cases
    it might be of, and the kinds of return that a message with no document names. `domain` is the
    one that the sender of what was set apart claims, "" for none: it proves nothing. `places` are
    those of a proven sender that it could be of, or of whom the notice of a sealed-mail service
    names: an agency's number, and that person's there, None for a dropped file. `leaving` is what
    it says of somebody who leaves, `several` that it is for several of its sender's reviews,
    `encrypted` that it is an encrypted message that did not open, `danger` that its words tell of
    danger to a child or of a death."""

    findings: tuple[Finding, ...] = ()
    passed: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    clues: Clues = field(default_factory=Clues)
    names: tuple[str, ...] = ()
    domain: str = ""
    places: tuple[tuple[int, int | None], ...] = ()
    leaving: LeavingNotice | None = None
    several: bool = False
    encrypted: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom a delivery is from. `thread` is the message's own id, "" for none; `domain` is the
    sender's, as the message gives it, "" for none."""

    case_id: int | None = None
    reference: str | None = None
    agency_id: int | None = None
    code: str | None = None
    contact_id: int | None = None
    thread: str = ""
    automatic: str = ""
    domain: str = ""
    says_more: bool = False  # the mail says more than that documents are attached
    handed_by: str = ""  # who of the board handed it in for the agency


@dataclass(frozen=True, slots=True)
class Submission:
    """One document of a delivery and its judgements; none when it was judged before.

    `position` counts documents from 1; 0 is the delivery itself, when it could not be placed.
    """

    position: int
    content: str
    judgements: tuple[Judgement, ...] = ()
    verdict: EntryVerdict | None = None  # set apart from what the document says, with a reason
    reason: PossibleReason = ""
    candidates: tuple[str, ...] = ()
    kind: str | None = None  # what a document that was set apart reads like
    names: tuple[str, ...] = ()  # kinds of return that a message with no document names
    asks: tuple[tuple[str, str], ...] = ()  # what it asks of them, as a request is kept
    likely: tuple[str, ...] = ()  # the kinds of return that what was set apart is known as
    places: tuple[tuple[int, int | None], ...] = ()  # where it could be of, as in EntryDetails
    leaving: LeavingNotice | None = None  # as in EntryDetails
    several: bool = False  # as in EntryDetails
    encrypted: bool = False  # as in EntryDetails
    danger: bool = False  # as there
    findings: tuple[Finding, ...] = ()  # why it may not be opened, where it was set apart for that


@dataclass(frozen=True, slots=True)
class DeliveryPart:
    """What of a delivery is one agency's in one case, or nobody's yet."""

    origin: Origin
    submissions: tuple[Submission, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A contact is away: `until` is the last day where it is said, `deputy` an address or ""."""

    contact_id: int
    until: date | None
    deputy: str


@dataclass(frozen=True, slots=True)
class AbsenceEnded:
    """A contact who was away has written on `day`, and no machine for them."""

    contact_id: int
    day: date


@dataclass(frozen=True, slots=True)
class BouncedLetter:
    """A delivery report names a letter of ours, to an agency or to nobody's; `weight` is "hard",
    "soft" or another word that stops nothing. `proof` says what proves it, "" for nothing: then it
    stops no letter. `why` is a reason of `config/bounce_reasons.toml`, or ""."""

    message_id: str
    weight: str
    agency_id: int | None = None
    proof: BounceProof = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Documents judged for whoever asked to have them checked, and not logged. `unsaid` counts
    those that nobody may be told of."""

    origin: Origin
    judgements: tuple[Judgement, ...]
    unsaid: int = 0


MailNote = Absence | AbsenceEnded | BouncedLetter | Rehearsal


@dataclass(frozen=True, slots=True)
class LoggedDelivery:
    """A delivery with all there is to log of it.

    `day` is the day it reached us, by the board's clock: what `received` remembers. `now` is when
    it is logged. `decision_id` is the decision that put it in this place; None for the service's
    own.
    """

    delivery: Delivery
    origin: Origin
    submissions: tuple[Submission, ...]
    day: date
    now: datetime
    decision_id: int | None = None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What one row of `entries` says of its own, beside what it shares with its delivery."""

    submission: Submission
    verdict: EntryVerdict
    told: EntryDetails
    part: int = 1
    kind: str | None = None
    return_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as read back. `judged` is UTC, `verdict` as it was judged."""

    id: int
    delivery_id: int
    position: int
    part: int
    content: str
    kind: str | None
    case_id: int | None
    agency_id: int | None
    return_id: int | None
    verdict: EntryVerdict
    reason: PossibleReason
    told: EntryDetails
    judged: datetime
    decision_id: int | None = None  # the decision that put it there
    decided: Literal["accept", "reject", "assign", "keep", "unplace", "withdraw"] | None = None

    @property
    def standing_verdict(self) -> EntryVerdict:
        """What it counts as: what a person decided, else what it was judged. One that was assigned
        counts for nothing any more: the entries made of it do. Nor does one that is no return, or
        that was withdrawn."""
        match self.decided:
            case "assign" | "keep" | "unplace" | "withdraw":
                return "hold"
            case None:
                return self.verdict
            case decided:
                return decided

    @property
    def is_waiting(self) -> bool:
        """Whether it is for a person to settle."""
        return self.decided is None and self.verdict in ("refer", "hold")
