"""A receipt in plain words, and the comments of an annotated copy: what is put back for a file.

Does: derives both from what the register says of a delivery. Pure. The comments say what the
letter says, each at its own place.
Trusts: the register.
Never touches: the document, and its name.
Known limits: what is held is not mentioned, as in the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date

from config.kind import Kinds
from handlers.annotating.request import Note, Request
from handlers.finding import Finding
from handlers.register.entry import Entry
from outbox.answers import Answerable, facts_of, kind_of
from outbox.facts import DocumentFacts
from outbox.letter import LetterKind
from outbox.places import changes
from outbox.questions import told_to_agency

_LONGEST_INITIALS = 5


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the receipt's template may say. `copy`: a copy with comments lies beside it;
    `written`: a letter says the same to somebody; `asks`: something waits for its sender."""

    number: int
    kind: LetterKind
    case: str
    agency: str
    received: str
    came: str
    documents: tuple[DocumentFacts, ...]
    change_count: str
    by: str
    written: bool
    copy: bool = False
    asks: bool = False


def receipt_facts(delivery: Answerable, kinds: Kinds, today: date) -> ReceiptFacts | None:
    """None where nothing may be said: all of it is held."""
    kind = kind_of(delivery)
    if kind is None:
        return None
    said = facts_of(delivery, "", kinds, today)
    return ReceiptFacts(
        number=delivery.delivery_id,
        kind=kind,
        case=said.case,
        agency=said.agency,
        received=said.received,
        came=said.came,
        documents=said.documents,
        change_count=said.change_count,
        by=said.by,
        written=bool(delivery.recipients),
        asks=said.asks,
    )


def comments(delivery: Answerable, kinds: Kinds, board: str) -> Request:
    """A comment for each fault of what was rejected, and for what a person will also look at."""
    return Request(
        notes=tuple(
            Note(finding.where, entry.kind, _words(change.place, change.message, change.fix))
            for entry in delivery.entries
            if entry.verdict == "reject"
            for finding in _told(entry, kinds)
            for change in changes([finding], kinds.get(entry.kind))
        ),
        author=board,
        initials="".join(word[0] for word in board.split() if word[0].isupper())[
            :_LONGEST_INITIALS
        ],
        at=f"{delivery.received.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def _told(entry: Entry, kinds: Kinds) -> list[Finding]:
    findings = entry.told.findings
    faults = [finding for finding in findings if finding.severity == "fault"]
    return [*faults, *told_to_agency(findings, kinds.get(entry.kind))]


def _words(place: str, message: str, fix: str) -> tuple[str, ...]:
    return (f"{place}. {message}" if place else message, fix)
