"""The case register, whole: its parts opened on one database."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from config.kind import Kind, Kinds
from config.kind_shape import FormShape
from handlers.document import Stamp, is_stamp_text
from handlers.findings import Clues, Judgement
from handlers.register.agencies import AgencyPlace, ContactDirectory
from handlers.register.agency_standing import (
    ACCEPTED_VERDICTS,
    CHANGED_RULE,
    HELD_VERDICTS,
    MAX_VERSIONS,
    RECEIVED_VERDICTS,
    SPEAKING_VERDICTS,
    AgencyStanding,
    KnownReport,
    SentBackForm,
    says_something,
    with_date_question,
)
from handlers.register.audit_log import AuditEvent, AuditLog, history_of_case, history_of_no_case
from handlers.register.cases import Cases, identifiers_of_cases, names_of_other_agencies
from handlers.register.decisions import Decisions
from handlers.register.dependent_returns import report_kind
from handlers.register.document_owners import DocumentOwners
from handlers.register.entries import Entries
from handlers.register.entry_decisions import EntryToDecide
from handlers.register.logbook import Logbook
from handlers.register.matrix import CaseRow, ReturnRow, read_matrix
from handlers.register.notes import Notes
from handlers.register.reconciliation import find_unrecorded_changes
from handlers.register.returns import Returns
from handlers.register.submissions import Entry, EntryVerdict
from handlers.register.withdrawals import Withdrawals
from handlers.values.normalise import fold_without_spaces
from intake.chain_head import OutsideHead
from intake.database import RegisterDatabase
from intake.journal import OutsideJournal
from intake.keys import Keys
from intake.letter_ids import LetterMessageIds
from intake.schema_steps import read_schema_steps
from intake.vault import Vault


class Stamps:
    """Makes stamps and knows them again."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def format_stamp(self, stamp: Stamp) -> str:
        said = "/".join(quote(part, safe="") for part in (stamp.reference, stamp.code, stamp.kind))
        return f"{said}/{self._seal(said)}"

    def read_stamp(self, text: str | None) -> Stamp | None:
        """The stamp that the text is; None for anything that we did not make."""
        if not text or not is_stamp_text(text):
            return None
        said, _, seal = text.rpartition("/")
        if not hmac.compare_digest(seal, self._seal(said)):
            return None
        reference, code, kind = map(unquote, said.split("/"))
        return Stamp(reference, code, kind)

    def _seal(self, said: str) -> str:
        return self._keys.keyed_hash("stamp", said.encode())[:32]


REGISTER_SCHEMA = read_schema_steps("handlers", Path(__file__).parent.parent)

_SENT_BACK: frozenset[EntryVerdict] = frozenset({"reject", "refer"})


class Register:
    """What the board relies on."""

    def __init__(
        self,
        database: RegisterDatabase,
        vault: Vault,
        keys: Keys,
        kinds: Kinds,
        shapes: tuple[str, ...] = (),
    ) -> None:
        """`shapes` are how the board's case references look: `config/settings.py`."""
        self._database = database
        self._vault = vault
        self._kinds = kinds
        self.people = ContactDirectory(database, vault, keys)
        self.outside_head = OutsideHead(vault.folder, keys)
        self.journal = OutsideJournal(vault.folder, keys)
        self.record = AuditLog(database, keys, self.outside_head, self.journal)
        self.record.witness_commits()
        self.cases = Cases(database, vault, self.people, self.record, kinds, shapes)
        self.entries = Entries(database, vault, kinds)
        self.threads = LetterMessageIds(keys)
        self.stamps = Stamps(keys)
        self.owed = Returns(database, kinds)
        self.notes = Notes(database, vault, self.record)
        self.decisions = Decisions(database, vault, self.record, self.owed, self.notes)
        self.owners = DocumentOwners(database, vault)
        self.withdrawals = Withdrawals(
            database, vault, self.entries, self.decisions, kinds, self.journal
        )
        self.logbook = Logbook(database, vault, self.record, self.owed, kinds, self.owners)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is logged together or not at all."""
        with self._database.transaction():
            yield
        self.owners.leave_earlier_owners()

    def case_matrix(self, today: date, reference: str | None = None) -> list[CaseRow]:
        """Every case, or the one named, agency by return."""
        doubted = self.entries.kinds_doubted()
        return read_matrix(self._database, today, self._kinds, doubted, reference)

    def matrix_with_milestones(self, today: date, reference: str | None = None) -> list[CaseRow]:
        """The same with the milestones that the case files give and do not mark done, by day."""
        return [self._dated(case) for case in self.case_matrix(today, reference)]

    def _dated(self, case: CaseRow) -> CaseRow:
        file = self.cases.case_file(case.reference)
        given = [(each.what, each.on) for each in file.milestones if not each.done]
        return replace(case, milestones=tuple(sorted(given, key=lambda each: each[1])))

    def agency_standing(self, place: AgencyPlace, day: date) -> AgencyStanding:
        """Where an agency stands in its case, to hold against it what came on `day`."""
        cases = self.cases.all_case_files()
        here = [case for case in cases if case.reference.casefold() == place.reference.casefold()]
        return AgencyStanding(
            owed=self.owed.kinds_owed(place.agency_id),
            come=frozenset(
                k.id for k in self._kinds.all if self._has_come(place.agency_id, k, day)
            ),
            others=names_of_other_agencies(here, place.code),
            elsewhere=identifiers_of_cases(case for case in cases if case not in here),
            here=identifiers_of_cases(here),
            shapes=self.cases.shapes,
            identifier=fold_without_spaces(here[0].child_identifier),
            reports=dict(self._reports(place.agency_id, day)),
            sent_back=dict(self._sent_back(place.agency_id)),
            accepted=dict(self._latest(place.agency_id, ACCEPTED_VERDICTS)),
            held=dict(self._latest(place.agency_id, HELD_VERDICTS)),
            day=day,
        )

    def _reports(self, agency_id: int, day: date) -> Iterator[tuple[str, KnownReport]]:
        """What is known of each report that some form is about."""
        about = {k.shape.about for k in self._kinds.all if isinstance(k.shape, FormShape)}
        for kind in about & self.owed.kinds_owed(agency_id):
            report = KnownReport(late=self.owed.is_first_late(agency_id, kind, day))
            latest = list(
                islice(
                    self.entries.entries_newest_first(agency_id, kind, RECEIVED_VERDICTS),
                    MAX_VERSIONS,
                )
            )
            for entry in reversed(latest):
                told = entry.told
                report = report.followed_by(told.findings, told.clues, entry.judged.date())
            yield kind, report

    def _sent_back(self, agency_id: int) -> Iterator[tuple[str, SentBackForm]]:
        """What is known of the latest version of each form that was not accepted as it came."""
        for kind in self._kinds.all:
            if not kind.includes_rule(CHANGED_RULE):
                continue
            for entry in self.entries.entries_newest_first(agency_id, kind.id, _SENT_BACK):
                told = entry.told
                rules = frozenset(finding.rule for finding in told.findings)
                yield kind.id, SentBackForm(told.clues.dated, entry.judged.date(), rules)
                break

    def _latest(
        self, agency_id: int, standing: Collection[EntryVerdict]
    ) -> Iterator[tuple[str, Clues]]:
        """What the latest version of each kind that counts as one of these says of itself."""
        for kind in self._kinds.all:
            for entry in self.entries.entries_newest_first(agency_id, kind.id, standing):
                yield kind.id, entry.told.clues
                break

    def _has_come(self, agency_id: int, kind: Kind, day: date) -> bool:
        """Whether a document of this kind came and said something. Usually the latest did. What
        came on the same day is answered together, as a rule."""
        return any(
            says_something(
                kind,
                entry.standing_verdict,
                (finding.rule for finding in entry.told.findings),
                just_came=entry.judged.date() == day,
            )
            for entry in self.entries.entries_newest_first(agency_id, kind.id, SPEAKING_VERDICTS)
        )

    def unrecorded_changes(self) -> list[str]:
        """What the register holds and the record does not tell, a sentence each."""
        return [x.sentence for x in find_unrecorded_changes(self.record, self._vault)]

    def case_history(self, reference: str | None) -> list[AuditEvent]:
        """What the record tells of a case, in order; without one, of no case."""
        if reference is None:
            return list(history_of_no_case(self._database))
        return list(history_of_case(self._database, reference))

    def count_held_entries(self) -> int:
        """How many entries nobody is told of until a person decides."""
        sql = (
            "SELECT count(*) AS n FROM entries WHERE verdict = 'hold'"
            " AND NOT EXISTS (SELECT 1 FROM standing WHERE entry_id = entries.id)"
        )
        row = self._database.fetch_row(sql)
        return int(row["n"]) if row else 0

    def change_counter(self) -> tuple[int, int]:
        """The same for as long as nobody has changed anything."""
        return self._database.change_counter()

    @contextmanager
    def dry_run_transaction(self) -> Iterator[None]:
        """Everything inside is seen, and taken back at the end."""
        with self._database.dry_run_transaction():
            yield

    def entry_to_decide(self, id: int, zone: ZoneInfo) -> EntryToDecide | None:
        """An entry with all there is to decide about it, asked about what came since; None when
        there is no such entry."""
        entry = self.entries.get_entry(id)
        if entry is None:
            return None
        return next(self.entries_to_decide([self._asked_by_now(entry)], zone))

    def _asked_by_now(self, entry: Entry) -> Entry:
        """A form that waits, with the question whether its report was sent again meanwhile."""
        about, told = report_kind(entry.kind or "", self._kinds), entry.told
        if not about or not entry.is_waiting or entry.agency_id is None:
            return entry
        report = dict(self._reports(entry.agency_id, entry.judged.date())).get(about)
        if report is None:
            return entry
        judged = Judgement(
            entry.kind, 1.0, findings=told.findings, passed=told.passed, clues=told.clues
        )
        asked = with_date_question(judged, self._kinds[entry.kind or ""], report)
        return replace(entry, told=replace(told, findings=asked.findings, passed=asked.passed))

    def entries_to_decide(
        self, entries: Iterable[Entry], zone: ZoneInfo
    ) -> Iterator[EntryToDecide]:
        """The same of each of these; where every return stands is read once for a day."""
        matrix = cache(self.case_matrix)
        for entry in entries:
            yield self._matter(entry, zone, matrix)

    def _matter(
        self, entry: Entry, zone: ZoneInfo, matrix: Callable[[date], list[CaseRow]]
    ) -> EntryToDecide:
        row = self._database.fetch_row(
            "SELECT received FROM deliveries WHERE id = ?", entry.delivery_id
        )
        assert row is not None  # the schema refuses an entry without its delivery
        day = datetime.fromisoformat(row["received"]).astimezone(zone).date()
        cases = matrix(day)
        owed = _owed_by(entry.agency_id, cases)
        versions = self.entries.entries_for_return(entry.return_id) if entry.return_id else []
        closed = (c.reference for c in cases if c.id == entry.case_id and c.state == "closed")
        return EntryToDecide(entry, owed, tuple(versions), day, next(closed, ""))


def _owed_by(agency_id: int | None, cases: Iterable[CaseRow]) -> tuple[ReturnRow, ...]:
    agencies = (agency for case in cases for agency in case.agencies)
    return next((agency.returns for agency in agencies if agency.id == agency_id), ())
