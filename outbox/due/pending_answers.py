"""What has been judged and not yet answered, and who may be told."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from config.calendar import utc_text
from config.kind import Kinds
from handlers.register.matrix import AgencyRow, CaseRow
from handlers.register.register import Register
from handlers.register.submissions import Entry
from intake.database import RegisterDatabase, Row
from intake.source import DeliveryForm
from intake.vault import Vault
from outbox.due.answers import AnswerableDelivery
from outbox.due.check_replies import CheckedDelivery
from outbox.due.counted_versions import CountedVersion, counted_versions, replaced_versions
from outbox.due.recipients import StandIns, answer_recipients, ladder_readers, stand_ins_for
from outbox.due.waiting_matters import settled_request_words, waiting_wordings
from outbox.sending.closed_addresses import unreachable_contacts
from outbox.sending.mail_loops import PROGRAM_REPLY_SQL
from outbox.sending.overtaken import contacts_told, told_in_letter_sql
from outbox.writing.letter import Recipient

# For how long what was judged goes unanswered while more of the same sender is still to be judged.
MAX_WAIT_FOR_MORE = timedelta(minutes=10)

_ORIGINS = (
    "SELECT d.id AS delivery, d.received, d.form, o.* FROM deliveries d"
    " JOIN origins o ON o.delivery_id = d.id"
)


class AgencyInCase(NamedTuple):
    """An agency in its case, and what is said of its returns about which something waits."""

    case: CaseRow
    agency: AgencyRow
    waiting: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReceivedDelivery:
    """A delivery in the register: whom it is from, and what a letter about it has to carry."""

    id: int
    received: datetime
    dropped: bool
    thread: str
    agency_id: int | None
    contact_id: int | None
    automatic: bool
    says_more: bool = False
    handed_by: str = ""  # who of the board handed it in for the agency


_JUDGED = f"{_ORIGINS} WHERE d.state <> 'spooled' AND o.automatic = '' AND o.agency_id IS NOT NULL"
# An agency has many letters, so they are found by what they answer.
_TOLD = told_in_letter_sql("delivery_id", "d.id", " AND +l.agency_id = o.agency_id")
_STILL_SO = (
    "NOT EXISTS (SELECT 1 FROM standing c WHERE c.entry_id = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM tells v WHERE v.entry_id = e.id AND v.overtaken = 1)"
)
_SO = f"SELECT e.id FROM entries e WHERE e.delivery_id = ? AND {_STILL_SO}"  # noqa: S608
# Something of the same sender still waits to be judged, which a checklist written now would call
# still to come. A delivery that was tried before is not waited for: it may never be judged.
_MORE_LIES_HERE = (
    "EXISTS (SELECT 1 FROM deliveries s WHERE s.state = 'spooled' AND s.tries = 0"
    " AND s.whose = d.whose AND s.whose <> '') AND d.received > ?"
)
# What is held is not told, and what a person decided is told by `outbox/due/decision_letters.py`.
_DUE = (
    f"{_JUDGED} AND o.id IN (SELECT origin_id FROM unanswered)"  # noqa: S608  our words
    f" AND NOT {_TOLD} AND NOT ({_MORE_LIES_HERE})"
    " AND (EXISTS (SELECT 1 FROM entries e WHERE e.delivery_id = d.id AND e.decision_id IS NULL"
    f"   AND e.agency_id = o.agency_id AND e.verdict <> 'hold' AND {_STILL_SO})"
    "  OR EXISTS (SELECT 1 FROM repeats r WHERE r.delivery_id = d.id))"
    " AND NOT EXISTS (SELECT 1 FROM orders r WHERE r.delivery_id = d.id AND r.word = 'hand in'"
    "   AND r.undone_in IS NOT NULL)"
    f" AND NOT ({PROGRAM_REPLY_SQL}) ORDER BY o.id"
)
_ANSWERED = (
    "SELECT u.origin_id FROM unanswered u JOIN origins o ON o.id = u.origin_id"  # noqa: S608
    f" JOIN deliveries d ON d.id = o.delivery_id WHERE {_TOLD}"
)
_UNRECEIPTED = (
    f"{_JUDGED} AND d.form = 'file' AND d.source IN (SELECT value FROM json_each(?))"  # noqa: S608
    " AND NOT EXISTS (SELECT 1 FROM slips s"
    " WHERE s.delivery_id = d.id AND s.agency_id = o.agency_id AND s.what = 'receipt')"
    " AND NOT EXISTS (SELECT 1 FROM entries e JOIN decisions w ON w.entry_id = e.id"
    "   WHERE e.delivery_id = d.id AND w.what = 'withdraw')"
    " ORDER BY o.id"
)


class UnansweredDeliveries:
    """Deliveries that are due an answer."""

    def __init__(
        self, database: RegisterDatabase, vault: Vault, register: Register, kinds: Kinds
    ) -> None:
        self._kinds = kinds
        self._database = database
        self._vault = vault
        self._register = register

    def unanswered_deliveries(
        self, now: datetime, *, at_once: bool = False
    ) -> Iterator[AnswerableDelivery]:
        """Judged deliveries of a known agency, not automatic, that no letter answers yet; with what
        of them is to be told still, and to whom. For a while they wait for what else lies there
        unread, so that one letter never asks for what the next one tells of; `at_once` they do
        not."""
        since = utc_text(now if at_once else now - MAX_WAIT_FOR_MORE)
        for one in self._answerable(_DUE, now, since):
            so = {row["id"] for row in self._database.fetch_rows(_SO, one.delivery_id)}
            told = contacts_told(self._database, "delivery_id", one.delivery_id, one.agency.id)
            yield replace(
                one,
                recipients=tuple(to for to in one.recipients if to.contact_id not in told),
                entries=tuple(entry for entry in one.entries if entry.id in so),
                stand_ins=self.stand_ins_of(one.agency, one.recipients, now),
            )

    def forget_answered(self) -> None:
        """Take what everybody was told off the list of what may be due an answer."""
        told = [row["origin_id"] for row in self._database.fetch_rows(_ANSWERED)]
        sql = "DELETE FROM unanswered WHERE origin_id IN (SELECT value FROM json_each(?))"
        if told:
            with self._database.transaction():
                self._database.execute_change(sql, json.dumps(told))

    def unreceipted_deliveries(
        self, now: datetime, folders: Iterable[str]
    ) -> Iterator[AnswerableDelivery]:
        """Deliveries, as `unanswered_deliveries` gives them, that are files from these drop
        folders and have no receipt yet."""
        yield from self._answerable(_UNRECEIPTED, now, json.dumps(list(folders)))

    def _answerable(self, due: str, now: datetime, *values: object) -> Iterator[AnswerableDelivery]:
        places: dict[int, AgencyInCase] = {}
        counted: dict[int, dict[str, CountedVersion]] = {}  # by agency: it may have many waiting
        for row in self._database.fetch_rows(due, *values):
            places = places or self.agencies_in_cases(now)
            case, agency, waiting = places[row["agency_id"]]
            if agency.id not in counted:
                counted[agency.id] = self.versions_counted(agency, now)
            delivery, people = self._read(row), self._register.people
            recipients = answer_recipients(people, agency.id, delivery.contact_id)
            yield AnswerableDelivery(
                delivery_id=delivery.id,
                received=delivery.received.astimezone(now.tzinfo),
                dropped=delivery.dropped,
                thread=delivery.thread,
                case_id=case.id,
                reference=case.reference,
                agency=agency,
                recipients=tuple(recipients),
                entries=_of(agency, self._register.entries.entries_of_delivery(delivery.id)),
                again=_again(agency, self._register.entries.entries_repeated_in(delivery.id)),
                kept=counted[agency.id],
                waiting=waiting,
                settled=self._settled(delivery.id, agency),
                handed_in=bool(delivery.handed_by),
            )

    def _settled(self, delivery_id: int, agency: AgencyRow) -> dict[int, str]:
        """What is said of the requests in it that ask for what is settled, and of the versions that
        a later one has replaced, by their numbers."""
        entries = self._register.entries
        came, again = entries.entries_of_delivery(delivery_id), entries.entries_repeated_in
        sent = (*came, *again(delivery_id))
        says = {entry.id: settled_request_words(entry, agency, self._kinds) for entry in sent}
        replaced = replaced_versions(self._database, delivery_id, self._kinds)
        return replaced | {id: words for id, words in says.items() if words}

    def stand_ins_of(
        self, agency: AgencyRow, asked: Collection[Recipient], now: datetime
    ) -> StandIns:
        """Who is asked as well, where none of those can act on it now."""
        returned = unreachable_contacts(self._database)
        left = self._register.entries.departures()
        readers = ladder_readers(self._register, agency.id, now.date(), returned, left)
        return stand_ins_for(asked, readers)

    def versions_counted(self, agency: AgencyRow, now: datetime) -> dict[str, CountedVersion]:
        """The version of each return that counts, by kind."""
        return counted_versions(self._database, agency.returns, now.tzinfo)

    def unanswered_checks(self, now: datetime) -> Iterator[CheckedDelivery]:
        """Checks that were asked for and that no letter answers yet."""
        sql = (
            "SELECT d.received, r.* FROM rehearsals r JOIN deliveries d ON d.id = r.delivery_id"
            " WHERE NOT EXISTS (SELECT 1 FROM letters l WHERE l.delivery_id = r.delivery_id"
            " AND l.contact_id = r.contact_id AND l.kind = 'check-result')"
            " ORDER BY r.delivery_id"
        )
        rows = self._database.fetch_rows(sql)
        places = self.agencies_in_cases(now) if rows else {}
        for row in rows:
            case, agency, waiting = places[row["agency_id"]]
            for recipient in answer_recipients(self._register.people, agency.id, row["contact_id"]):
                yield CheckedDelivery(
                    delivery_id=row["delivery_id"],
                    received=datetime.fromisoformat(row["received"]).astimezone(now.tzinfo),
                    thread=self._unsealed(row["thread"]),
                    case_id=case.id,
                    reference=case.reference,
                    agency=agency,
                    recipient=recipient,
                    judgements=self._register.notes.rehearsal_judgements(row["delivery_id"]),
                    unsaid=row["unsaid"],
                    waiting=waiting,
                )

    def agencies_in_cases(self, now: datetime) -> dict[int, AgencyInCase]:
        """Every agency in its case, by its id."""
        said = waiting_wordings(self._register.entries.unsettled_entries(), self._kinds)
        return {
            agency.id: AgencyInCase(case, agency, said(agency))
            for case in self._register.case_matrix(now.date())
            for agency in case.agencies
        }

    def _unsealed(self, thread: bytes | None) -> str:
        return self._vault.unseal_bytes(thread, "thread").decode() if thread else ""

    def read_delivery(self, id: int, agency_id: int | None) -> ReceivedDelivery:
        """One delivery that was judged, as it was sent for that agency. Raises KeyError."""
        row = self._database.fetch_row(
            f"{_ORIGINS} WHERE d.id = ? ORDER BY o.agency_id IS NOT ?, o.id", id, agency_id
        )
        if row is None:
            raise KeyError(id)
        return self._read(row)

    def _read(self, row: Row) -> ReceivedDelivery:
        return ReceivedDelivery(
            id=row["delivery"],
            received=datetime.fromisoformat(row["received"]),
            dropped=DeliveryForm(row["form"]) is DeliveryForm.FILE,
            thread=self._unsealed(row["thread"]),
            agency_id=row["agency_id"],
            contact_id=row["contact_id"],
            automatic=bool(row["automatic"]),
            says_more=bool(row["says_more"]),
            handed_by=self._register.logbook.opened_name(row["handed_by"]),
        )


def _again(agency: AgencyRow, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What came again of an agency, also where a person has said that it is theirs."""
    return tuple(e for e in entries if e.agency_id == agency.id)


def _of(agency: AgencyRow, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """A delivery may hold documents of more than one case: each is answered for its own."""
    return tuple(e for e in entries if e.agency_id == agency.id and e.decision_id is None)
