"""Receipts: what an agency that works by folder alone finds beside what it dropped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Literal, NamedTuple, Protocol, TypeVar, get_args

from config.calendar import utc_text
from config.kind import Kinds
from handlers.comments.request import CommentNote, CommentRequest
from handlers.findings import Finding
from handlers.judging.in_sandbox import SandboxJudge
from handlers.register.audit_acts import AuditAct
from handlers.register.submissions import Entry
from handlers.sandbox.protocol import UnforeseenFault, WorkerUnavailable
from intake.database import RegisterDatabase, is_register_failure
from intake.drop.archive import comments_copy_name, receipt_file_name
from intake.source import ItemUnreadable, ItemVanished, SourceUnavailable
from intake.spool import Delivery, Spool
from intake.vault import OriginalMissing, SealBroken, Vault
from outbox.due.answers import AnswerableDelivery, answer_facts, answer_kind
from outbox.due.pending_answers import UnansweredDeliveries
from outbox.due.questions import questions_for_agency
from outbox.sending.closed_addresses import unreachable_contacts
from outbox.sending.retry_waits import GIVE_UP_AFTER
from outbox.writing.disclosure_guard import DisclosureGuard
from outbox.writing.facts import AnswerFacts, CheckFacts, DocumentFacts
from outbox.writing.letter import LetterKind
from outbox.writing.places import Change, group_into_changes
from outbox.writing.writer import LetterWriter

_LONGEST_INITIALS = 5


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What the receipt's template may say. `copy`: a copy with comments lies beside it;
    `written`: a letter says the same to somebody; `asks`: something waits for its sender;
    `signing` asks to have a form signed again."""

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
    signing: str = ""


def receipt_facts(
    delivery: AnswerableDelivery, kinds: Kinds, today: date, unreachable: Collection[int] = ()
) -> ReceiptFacts | None:
    """None where nothing may be said: all of it is held. Who is `unreachable`, by contact, is not
    said to have been written to."""
    kind = answer_kind(delivery)
    if kind is None:
        return None
    said = answer_facts(delivery, "", kinds, today)
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
        written=any(to.contact_id not in unreachable for to in delivery.recipients),
        asks=said.asks,
        signing=said.signing,
    )


def comment_request(delivery: AnswerableDelivery, kinds: Kinds, board: str) -> CommentRequest:
    """A comment for each fault of what was rejected, and for what a person will also look at."""
    return CommentRequest(
        notes=tuple(
            CommentNote(finding.where, entry.kind, _words(change.place, change.message, change.fix))
            for entry in delivery.entries
            if entry.verdict == "reject"
            for finding in _told(entry, kinds)
            for change in group_into_changes([finding], kinds.get(entry.kind))
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
    return [*faults, *questions_for_agency(findings, kinds.get(entry.kind))]


def _words(place: str, message: str, fix: str) -> tuple[str, ...]:
    return (f"{place}. {message}" if place else message, fix)


Facts = TypeVar("Facts")


def without_barred_advice(facts: Facts, may: Callable[[str], bool]) -> Facts | None:
    """The facts without such advice; None where there is none. `may` says whether its reader may
    be told some words."""
    if not isinstance(facts, AnswerFacts | CheckFacts | ReceiptFacts):
        return None
    documents = tuple(_without(facts.documents, may))
    if documents == facts.documents:
        return None
    return replace(facts, documents=documents)


def _without(
    documents: Iterable[DocumentFacts], may: Callable[[str], bool]
) -> Iterator[DocumentFacts]:
    for document in documents:
        yield replace(document, advice=tuple(c for c in document.advice if may(_words_lighter(c))))


def _words_lighter(change: Change) -> str:
    return f"{change.place} {change.message} {change.fix}"


ReceiptPart = Literal["receipt", "copy"]
ReceiptOutcome = Literal["put", "none", "tried", "given up"]


class ReceiptLog:
    """Receipts and copies, by delivery and agency."""

    def __init__(self, database: RegisterDatabase) -> None:
        self._database = database

    def recorded_outcome(
        self, delivery_id: int, agency_id: int, what: ReceiptPart
    ) -> ReceiptOutcome | None:
        """How it ended; None while it is still to be done."""
        sql = "SELECT outcome FROM slips WHERE delivery_id = ? AND agency_id = ? AND what = ?"
        row = self._database.fetch_row(sql, delivery_id, agency_id, what)
        return row["outcome"] if row else None

    def record_outcome(
        self,
        delivery_id: int,
        agency_id: int,
        what: ReceiptPart,
        outcome: ReceiptOutcome,
        now: datetime,
    ) -> None:
        with self._database.transaction():
            self._database.execute_change(
                "INSERT INTO slips (delivery_id, agency_id, what, outcome, at)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                *(delivery_id, agency_id, what, outcome, utc_text(now)),
            )

    def was_taken_again(self, delivery_id: int) -> bool:
        """Whether it came before a restore, and may have its receipt from then."""
        sql = (
            "SELECT 1 FROM record WHERE what = ? AND detail ->> 'delivery' = ?"
            " AND EXISTS (SELECT 1 FROM recoveries)"
        )
        return self._database.fetch_row(sql, AuditAct.TAKEN_AGAIN, delivery_id) is not None

    def unreachable_contacts(self) -> frozenset[int]:
        """To whom no letter goes now, since mail to them came back."""
        return unreachable_contacts(self._database)


log = logging.getLogger(__name__)

DROP_FOLDER_AWAY = "A receipt could not be put into the drop folder yet."


class ReceiptFolder(Protocol):
    """A drop folder, for what is put back."""

    def write_returned_file(
        self,
        way: tuple[str, ...],
        name: str,
        data: bytes,
        same: Callable[[bytes | None], bool] | None = None,
    ) -> None:
        """But where the `same` lies there already. Doing it twice is harmless. Raises
        SourceUnavailable, ItemVanished, ItemUnreadable or OSError."""
        ...


class ReturnFolder(NamedTuple):
    """A drop folder, and whether copies with comments are put into it."""

    folder: ReceiptFolder
    annotate: bool


@dataclass(frozen=True, slots=True)
class ReceiptTools:
    """How receipts are made: by whom, and in whose name."""

    spool: Spool
    vault: Vault
    sandbox_judge: SandboxJudge
    writer: LetterWriter
    guard: DisclosureGuard
    kinds: Kinds
    board: str


class ReceiptWriter:
    """Puts back what is due."""

    def __init__(
        self,
        unanswered: UnansweredDeliveries,
        slips: ReceiptLog,
        folders: Mapping[str, ReturnFolder],
        handing: ReceiptTools,
        *,
        trial: bool = False,
    ) -> None:
        """`folders` are the drop folders by their name; in a `trial` nothing is put there, then or
        ever after."""
        self._trial = trial
        self._unanswered = unanswered
        self._slips = slips
        self._folders = folders
        self._by = handing

    def put_due_receipts(self, now: datetime) -> Iterator[str]:
        """Yields a sentence of trouble, or "", after each file."""
        for answerable in self._unanswered.unreceipted_deliveries(now, self._folders):
            away = self._slips.unreachable_contacts()
            facts = receipt_facts(answerable, self._by.kinds, now.date(), away)
            if facts is None:
                continue
            if self._trial:
                for part in get_args(ReceiptPart):
                    self._ended(answerable, part, "tried", now)
                continue
            try:
                delivery = self._by.spool.get(answerable.delivery_id)
                copy = self._copy(answerable, delivery, now)
                self._receipt(answerable, delivery, replace(facts, copy=copy), now)
            except WorkerUnavailable:
                raise
            except Exception as why:  # one receipt stops no other, and no letter
                if is_register_failure(why):
                    raise
                if now - answerable.received >= GIVE_UP_AFTER:
                    self._ended(answerable, "receipt", "given up", now)
                yield _trouble(why)
            else:
                yield ""

    def _receipt(
        self, answerable: AnswerableDelivery, delivery: Delivery, facts: ReceiptFacts, now: datetime
    ) -> None:
        said = self._said(facts)
        data = said.replace("\n", "\r\n").encode("utf-8-sig")  # for Notepad, of any age
        again = self._slips.was_taken_again(delivery.id)
        same = partial(_is_of_same_arrival, data) if again else None
        self._put(delivery, receipt_file_name(delivery.name or ""), data, same)
        self._ended(answerable, "receipt", "put", now)

    def _said(self, facts: ReceiptFacts) -> str:
        """Its words, without the advice that may not be told. Raises LetterWithheld."""
        guard, said = self._by.guard, self._by.writer.write_receipt(facts)
        if not guard.may_be_told(said, facts.case):
            less = without_barred_advice(facts, lambda words: guard.may_be_told(words, facts.case))
            said = self._by.writer.write_receipt(less) if less else said
        guard.check_words(said, facts.case)
        return said

    def _copy(self, answerable: AnswerableDelivery, delivery: Delivery, now: datetime) -> bool:
        """Whether a copy with comments lies there."""
        ended = self._slips.recorded_outcome(answerable.delivery_id, answerable.agency.id, "copy")
        if ended is None:
            copy = self._annotated(answerable, delivery)
            if copy is not None:
                ending = self._by.sandbox_judge.sniff_format(copy)
                self._put(delivery, comments_copy_name(delivery.name or "", ending), copy)
            ended = "none" if copy is None else "put"
            self._ended(answerable, "copy", ended, now)
        return ended == "put"

    def _annotated(self, answerable: AnswerableDelivery, delivery: Delivery) -> bytes | None:
        request = comment_request(answerable, self._by.kinds, self._by.board)
        if not (self._folders[delivery.source].annotate and request.notes):
            return None
        for note in request.notes:
            self._by.guard.check_words("\n".join(note.words), answerable.reference)
        try:
            return self._by.sandbox_judge.annotate_document(
                self._by.vault.read_original(delivery.content), request
            )
        except (OriginalMissing, SealBroken):
            log.error("delivery %d has no annotated copy: its original is lost", delivery.id)
            return None
        except UnforeseenFault as why:
            log.error("delivery %d has no annotated copy: %s", delivery.id, why)
            return None

    def _put(
        self,
        delivery: Delivery,
        name: str,
        data: bytes,
        same: Callable[[bytes | None], bool] | None = None,
    ) -> None:
        below = delivery.case.split("/") if delivery.case else ()
        way = (delivery.agency, *below) if delivery.agency is not None else ()
        self._folders[delivery.source].folder.write_returned_file(way, name, data, same)

    def _ended(
        self,
        answerable: AnswerableDelivery,
        what: ReceiptPart,
        outcome: ReceiptOutcome,
        now: datetime,
    ) -> None:
        self._slips.record_outcome(answerable.delivery_id, answerable.agency.id, what, outcome, now)


def _is_of_same_arrival(receipt: bytes, there: bytes | None) -> bool:
    """Whether both tell of the same thing that came at the same time, by whatever number."""
    texts = (each.decode("utf-8-sig", "replace") for each in (receipt, there or b""))
    ours, theirs = (text.split("\r\n\r\n")[1:2] for text in texts)
    return bool(ours) and ours == theirs


def _trouble(why: Exception) -> str:
    """What stood in the way, without a word of what was being written."""
    if isinstance(why, SourceUnavailable | ItemUnreadable | ItemVanished | OSError):
        return DROP_FOLDER_AWAY
    return f"A receipt was not written: {type(why).__name__}."
