"""What is said of a message that was set apart: to its sender, and to the administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from config.calendar import moment_in_words
from config.english import join_with_and
from config.kind import Kind, Kinds
from handlers.register.agencies import AgencyPlace
from handlers.register.register import Register
from handlers.register.returns import EXTENSION_REQUEST
from handlers.register.set_apart_reasons import SET_APART_REASONS, SetApartReason
from handlers.register.submissions import NOT_JUDGED_REASON, SEALED_NOTICE_REASON, Entry
from handlers.register.time_requests import WITHDRAWN_REASON
from intake.database import RegisterDatabase, Row
from outbox.due.recipients import answer_recipients, asker_recipients
from outbox.writing.facts import UnplacedFacts
from outbox.writing.letter import Draft, LetterKey, LetterKind, LetterTopic, Recipient

REMOVED_REASON = SetApartReason.REMOVED_ON_THE_WAY
UNCLEAR_REASON = SetApartReason.CASE_UNCLEAR

# What answers a message that holds nothing but this. None: nothing is said, a person reads it.
ANSWERS_BY_REASON: dict[str, LetterKind | None] = {
    SetApartReason.NOTHING_ATTACHED: None,
    SetApartReason.TAKES_BACK: "referral",
    WITHDRAWN_REASON: "acknowledgement",
    SetApartReason.THANKS: None,
    SetApartReason.STATUS_ASKED: "acknowledgement",
    SetApartReason.DOCUMENT_MISSING: "nothing-found",
    SetApartReason.REMOVED_ON_THE_WAY: "nothing-found",
    SetApartReason.SEALED_WAITING: "sealed-waiting",
    SetApartReason.SHARE_WAITING: "sealed-waiting",
    SetApartReason.TOO_BIG: "too-big",
    SetApartReason.NOT_WHOLE: "referral",
    NOT_JUDGED_REASON: "referral",
}

ENCRYPTED_WORDS = "an encrypted message that did not open"
DANGER_WORDS = "which speaks of danger to a child, or of a death"
IN_IT = "encrypted so that it did not open"

# Of these the letter says that a person looks, and that we write when they have.
PROMISED_REASONS = frozenset(
    {
        SetApartReason.SEALED_WAITING,
        SetApartReason.SHARE_WAITING,
        SetApartReason.NOT_WHOLE,
        SetApartReason.TAKES_BACK,
        NOT_JUDGED_REASON,
    }
)


def sole_message_entry(entries: Sequence[Entry]) -> Entry | None:
    """The message itself, set apart, where that is all that came."""
    return entries[0] if len(entries) == 1 and entries[0].reason in ANSWERS_BY_REASON else None


def describe_entry(entry: Entry, kind: Kind | None) -> str:
    """What an entry is, in a sentence without its end: "it could belong to more than one case,
    N12 or N13", "a message from a sender nobody is registered under, with a document that reads
    like a chronology for N12"."""
    if not entry.reason:
        return kind.noun if kind else "a document not recognised"
    said, cases = SET_APART_REASONS[entry.reason], entry.told.candidates
    if entry.told.encrypted:
        said = (
            f"{ENCRYPTED_WORDS}; {said}" if entry.reason == UNCLEAR_REASON else f"{said}, {IN_IT}"
        )
    if entry.reason == SEALED_NOTICE_REASON and cases:
        return f"{said} for {' or '.join(cases)}"
    if entry.told.places and entry.verdict != "hold" and entry.reason != UNCLEAR_REASON:
        said = with_article(kind.noun) if kind is not None else said
        return f"{said}; it could be for {' or '.join(cases)}"
    if entry.told.danger:
        return f"{said}, {DANGER_WORDS}"
    if kind is not None:
        case = f" for {join_with_and(cases)}" if cases else ""
        reads = "which reads like" if kind.urgent else "with a document that reads like"
        return f"{said}, {reads} {with_article(kind.noun)}{case}"
    return f"{said}, {' or '.join(cases)}" if len(cases) > 1 else said


def with_article(noun: str) -> str:
    """ "a chronology", "an IMR"."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


_WAITS = (
    "SELECT e.id, d.received, d.form FROM entries e JOIN deliveries d ON d.id = e.delivery_id"  # noqa: S608  our own words
    " JOIN origins o ON o.delivery_id = d.id"
    f" WHERE e.agency_id IS NULL AND e.verdict = 'refer' AND e.reason <> '{SetApartReason.THANKS}'"
    " AND o.automatic = '' AND d.state <> 'spooled'"
    " AND NOT EXISTS (SELECT 1 FROM standing c WHERE c.entry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.delivery_id = d.id AND l.kind = 'unplaced')"
    " ORDER BY e.id"
)
# Whether the same reader had such a letter, or any other just before, in whatever review.
_HEARD = (
    "SELECT 1 FROM letters l JOIN contacts k ON k.id = l.contact_id"
    " WHERE k.address = (SELECT address FROM contacts WHERE id = ?)"
    " AND (l.kind = 'unplaced' AND julianday(l.queued) >= julianday(?, ?)"
    "   OR julianday(l.sent) BETWEEN julianday(?, '-10 minutes') AND julianday(?)) LIMIT 1"
)
_A_DAY, _AT_ONCE = "-1 day", "-10 minutes"


def _leaves(entry: Entry) -> bool:
    """Whether it is only that somebody leaves: that is so in each of their reviews."""
    leaving = entry.told.leaving
    return leaving is not None and leaving.tells_who and entry.position == 0 and not entry.kind


def _is_for_several(entry: Entry, kind: Kind | None) -> bool:
    """Whether it says that it is for several reviews, so that to name one would be wrong. What has
    to be logged in each, and what was to come with it, is to be sent for each."""
    asks = entry.kind == EXTENSION_REQUEST or (kind is not None and kind.urgent)
    return (
        entry.told.several
        and entry.reason != SetApartReason.DOCUMENT_MISSING
        and (asks or not entry.kind)
    )


class UnplacedMessages:
    """Reads what waits for its place."""

    def __init__(
        self,
        database: RegisterDatabase,
        register: Register,
        kinds: Kinds,
        thread: Callable[[int], str],
    ) -> None:
        """`thread` gives the Message-ID of a delivery, "" for none."""
        self._kinds = kinds
        self._database = database
        self._register = register
        self._thread = thread

    def draft_unplaced(self, now: datetime) -> Iterator[Draft]:
        """One letter a delivery and a reader; `now` is in the board's time zone."""
        rows = {row["id"]: row for row in self._database.fetch_rows(_WAITS)}
        met = set[int]()
        for entry in self._register.entries.entries_among(rows):
            for draft in self._drafts(entry, rows[entry.id], now):
                contact = draft.recipient.contact_id
                if contact is not None and contact not in met:
                    met.add(contact)
                    yield draft

    def _drafts(self, entry: Entry, row: Row, now: datetime) -> Iterator[Draft]:
        """To who sent it; of a dropped file to its agency's authors in each of the reviews, as no
        answer to one says which of them put it there."""
        kind, received, dropped = (
            self._kinds.get(entry.kind),
            row["received"],
            row["form"] == "file",
        )
        within = _AT_ONCE if kind is not None and kind.urgent else _A_DAY
        at = moment_in_words(datetime.fromisoformat(received).astimezone(now.tzinfo))
        met = set[str]()
        for place, reader in self._readers(entry, dropped=dropped):
            address = reader.email.casefold()
            if address in met or (met and not dropped):
                continue
            met.add(address)
            heard = (reader.contact_id, received, within, received, received)
            if self._database.fetch_row(_HEARD, *heard) is None:
                yield self._draft(entry, place, reader, at, dropped=dropped)

    def _readers(self, entry: Entry, *, dropped: bool) -> Iterator[tuple[AgencyPlace, Recipient]]:
        people = self._register.people
        for agency_id, contact_id in entry.told.places:
            place = people.place_of_agency(agency_id)
            asked = asker_recipients(people, contact_id)
            if dropped:
                asked = answer_recipients(people, agency_id, None)
            yield from ((place, reader) for reader in asked if place is not None)

    def _draft(
        self, entry: Entry, place: AgencyPlace, reader: Recipient, at: str, *, dropped: bool
    ) -> Draft:
        kind, leaving = self._kinds.get(entry.kind), entry.told.leaving
        reviews = {p.case_id for p in self._register.people.places_of_sender(reader.email)}
        return Draft(
            key=f"unplaced/{entry.delivery_id}/{reader.contact_id}",
            kind="unplaced",
            recipient=reader,
            facts=UnplacedFacts(
                reader.name,
                at,
                document=entry.position > 0,
                encrypted=entry.told.encrypted,
                leaves=_leaves(entry),
                colleague=leaving is not None and leaving.colleague,
                several=_is_for_several(entry, kind),
                urgent=kind is not None and kind.urgent,
                dropped=dropped,
                one_review=len(reviews) == 1,
            ),
            case_id=place.case_id,
            agency_id=place.agency_id,
            thread=self._thread(entry.delivery_id),
            replies=True,
            tells=(LetterTopic(entry_id=entry.id),),
            about=LetterKey(delivery_id=entry.delivery_id),
        )
