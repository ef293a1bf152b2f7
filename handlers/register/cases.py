"""Cases in the register: loading one, telling what changed, and giving judging its facts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeVar

from config.calendar import date_in_words
from config.case_file import AgencyEntry, CaseFile, Contact, Milestone
from config.kind import Kinds
from handlers.context import AgencyFacts, CaseFacts, Subject
from handlers.register.agencies import AgencyWriter, ContactDirectory, case_seal_context
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from handlers.values.normalise import fold_without_spaces
from intake.database import RegisterDatabase, Row
from intake.vault import Vault

_Value = TypeVar("_Value")


class LimitedCache(Generic[_Value]):
    """A cache that keeps at most `most` values."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Hashable, _Value] = {}

    def get(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """The value that was kept under this key, or else the one made now. Raises what `make`
        raises, and keeps nothing then."""
        value = self._kept.pop(key) if key in self._kept else make()
        self._kept[key] = value
        if len(self._kept) > self._most:
            del self._kept[next(iter(self._kept))]
        return value


MAX_CACHED_FILES = 1000  # case files that are kept open


@dataclass(frozen=True, slots=True)
class JudgingFacts:
    """What judging may know of one agency's place in one case."""

    case: CaseFacts
    agency: AgencyFacts


class Cases:
    """Writes `cases`; `AgencyWriter` writes the tables below it."""

    def __init__(
        self,
        database: RegisterDatabase,
        vault: Vault,
        people: ContactDirectory,
        record: AuditLog,
        kinds: Kinds,
        shapes: tuple[str, ...] = (),
    ) -> None:
        """`shapes` are how the board's references look: `config/settings.py`."""
        self.shapes = shapes
        self._database = database
        self._vault = vault
        self._record = record
        self._agencies = AgencyWriter(database, people, kinds)
        self._kept: LimitedCache[CaseFile] = LimitedCache(MAX_CACHED_FILES)

    def load_case(self, case: CaseFile, now: datetime) -> list[str]:
        """Load or update a case. Returns what changed, a sentence each; none when nothing did."""
        with self._database.transaction():
            before = self._before(case.reference)
            changes = self._added(case) if before is None else self._updated(before, case)
            if changes:
                self._record.append(
                    now,
                    AuditAct.CASE_LOADED,
                    case=case.reference,
                    changes=len(changes),
                )
        return changes

    def mark_milestone_done(self, reference: str, day: date, now: datetime) -> list[str]:
        """Mark done what was to be on a day; returns what it is. Raises KeyError."""
        with self._database.transaction():
            case = self.case_file(reference)
            found = [each for each in case.milestones if each.on == day and not each.done]
            if found:
                marked = (_done(each) if each in found else each for each in case.milestones)
                self.save_case_file(case.model_copy(update={"milestones": tuple(marked)}))
                self._record.append(
                    now,
                    AuditAct.MILESTONE_DONE,
                    case=case.reference,
                    until=day.isoformat(),
                )
        return [each.what for each in found]

    def case_references(self) -> list[str]:
        return [
            r["reference"]
            for r in self._database.fetch_rows("SELECT reference FROM cases ORDER BY id")
        ]

    def case_identifiers(self) -> list[tuple[str, str]]:
        """What documents call each case by, squashed: (reference, word)."""
        files = self.all_case_files()
        words = (
            (f.reference, fold_without_spaces(w))
            for f in files
            for w in (f.reference, f.child_identifier)
        )
        return [(reference, word) for reference, word in words if word]

    def case_file(self, reference: str) -> CaseFile:
        """The case file as it stands. Raises KeyError."""
        row = self._database.fetch_row(
            "SELECT reference, sealed FROM cases WHERE reference = ?", reference
        )
        if row is None:
            raise KeyError(reference)
        return self._opened(row)

    def all_case_files(self) -> list[CaseFile]:
        """Every case file as it stands, in the order of `case_references`."""
        rows = self._database.fetch_rows("SELECT reference, sealed FROM cases ORDER BY id")
        return [self._opened(row) for row in rows]

    def _opened(self, row: Row) -> CaseFile:
        """Each edition of a case file is opened once: its sealed bytes are never another's."""
        about = case_seal_context(row["reference"])
        return self._kept.get(
            (about, row["sealed"]),
            lambda: CaseFile.model_validate_json(self._vault.unseal_bytes(row["sealed"], about)),
        )

    def judging_facts(self, reference: str, code: str) -> JudgingFacts:
        """What judging may know. Raises KeyError."""
        case = self.case_file(reference)
        agency = next((a for a in case.agencies if a.code.casefold() == code.casefold()), None)
        if agency is None:
            raise KeyError(code)
        others = replace(facts_of_case(case), elsewhere=self._elsewhere(case), shapes=self.shapes)
        return JudgingFacts(others, facts_of_agency(agency))

    def _elsewhere(self, case: CaseFile) -> tuple[str, ...]:
        """What the other cases go by, as written; of words with no figure in them, none: "Child A"
        may stand in any document."""
        files = (file for file in self.all_case_files() if file.reference != case.reference)
        words = (word for f in files for word in (f.reference, f.child_identifier))
        ours = {fold_without_spaces(case.reference), fold_without_spaces(case.child_identifier)}
        own = (word for word in words if fold_without_spaces(word) not in ours)
        return tuple(dict.fromkeys(w for w in own if any(c.isdigit() for c in w)))

    def add_contact(self, file: CaseFile, agency_id: int, contact: Contact) -> int:
        """Register a person; `file` is the case file with them in it. Call inside the transaction
        of the decision; returns their number."""
        self.save_case_file(file)
        return self._agencies.register_contact(contact, agency_id)

    def save_case_file(self, file: CaseFile) -> None:
        """Keep a case file as it now stands, since a decision changed who is in it."""
        sql = "SELECT id FROM cases WHERE reference = ?"
        for row in self._database.fetch_rows(sql, file.reference):
            sealed = self._sealed(file, row["id"])
            self._database.execute_change(
                "UPDATE cases SET sealed = ? WHERE id = ?", sealed, row["id"]
            )

    def _before(self, reference: str) -> CaseFile | None:
        try:
            return self.case_file(reference)
        except KeyError:
            return None

    def _added(self, case: CaseFile) -> list[str]:
        # Its number first, whose key it is sealed under.
        row = self._database.fetch_row("SELECT ifnull(max(id), 0) + 1 AS next FROM cases")
        assert row is not None
        case_id = int(row["next"])
        self._database.execute_insert(
            "INSERT INTO cases (id, reference, complete_by, sealed) VALUES (?, ?, ?, ?)",
            *(case_id, case.reference, case.completion_date.isoformat()),
            self._sealed(case, case_id),
        )
        complete_by = date_in_words(case.completion_date)
        told = f"{case.reference}: a new case, to be complete by {complete_by}."
        return [told, *self._agencies.load_agencies(None, case, case_id)]

    def _updated(self, before: CaseFile, case: CaseFile) -> list[str]:
        after = _kept_from(before, case)
        row = self._database.fetch_row("SELECT id FROM cases WHERE reference = ?", case.reference)
        assert row is not None  # `before` was read from it
        changes = [f"{before.reference}: {what}." for what in _differences(before, after)]
        changes += self._agencies.load_agencies(before, case, row["id"])
        if after != before:
            self.save_case_file(after)
            # A day that was agreed since stands, unless this file gives another than the last did.
            if after.completion_date != before.completion_date:
                sql = "UPDATE cases SET complete_by = ? WHERE id = ?"
                self._database.execute_change(sql, after.completion_date.isoformat(), row["id"])
            changes = changes or [f"{before.reference}: only details that nothing hangs on yet."]
        return changes

    def _sealed(self, case: CaseFile, case_id: int) -> bytes:
        told = case.model_dump_json(by_alias=True)
        return self._vault.seal_bytes(told.encode(), case_seal_context(case.reference), case_id)


def facts_of_case(case: CaseFile) -> CaseFacts:
    return CaseFacts(
        reference=case.reference,
        child_identifier=case.child_identifier,
        period=(case.period.begins, case.period.ends) if case.period else None,
        key_issues=case.key_issues,
        subjects=tuple(Subject(s.name, s.born, s.relationship) for s in case.subjects),
    )


def facts_of_agency(agency: AgencyEntry) -> AgencyFacts:
    authors = tuple(contact.name for contact in agency.contacts if contact.role == "author")
    return AgencyFacts(agency.code, agency.name, agency.abbreviations, authors, agency.returns)


_TOLD = {
    "child_identifier": "the child identifier has changed",
    "decided": "the day of the decision has changed",
    "period": "the review period has changed",
    "key_issues": "the key issues have changed",
    "milestones": "the milestones have changed",
    "staff_interviews": "whether staff are interviewed has changed",
    "subjects": "the subjects have changed",
}


def _differences(before: CaseFile, after: CaseFile) -> list[str]:
    """What changed in the case itself; agencies, contacts and due dates are told one by one."""
    told = [words for key, words in _TOLD.items() if getattr(before, key) != getattr(after, key)]
    if before.completion_date != after.completion_date:
        told.append(f"to be complete by {date_in_words(after.completion_date)}")
    return told


def _kept_from(before: CaseFile, after: CaseFile) -> CaseFile:
    """The new file, with the agencies and contacts that only the old one has. What they send is
    still taken, so what judging may know of them has to stay too."""
    known = {agency.code.casefold(): agency for agency in before.agencies}
    named = {agency.code.casefold() for agency in after.agencies}
    agencies = [_with_contacts(a, known.get(a.code.casefold())) for a in after.agencies]
    agencies += [agency for code, agency in known.items() if code not in named]
    kept = {"agencies": tuple(agencies), "milestones": tuple(_marked(before, after))}
    return after.model_copy(update={"reference": before.reference, **kept})


def _marked(before: CaseFile, after: CaseFile) -> Iterator[Milestone]:
    """The new file's milestones. What was marked done stays so, unless this file says of it whether
    it is."""
    done = {(each.what, each.on) for each in before.milestones if each.done}
    for each in after.milestones:
        says = "done" in each.model_fields_set
        yield _done(each) if (each.what, each.on) in done and not says else each


def _done(milestone: Milestone) -> Milestone:
    return milestone.model_copy(update={"done": True})


def _with_contacts(agency: AgencyEntry, before: AgencyEntry | None) -> AgencyEntry:
    if before is None:
        return agency
    named = {(c.role, c.email.casefold()) for c in agency.contacts}
    left_out = (c for c in before.contacts if (c.role, c.email.casefold()) not in named)
    return agency.model_copy(update={"contacts": (*agency.contacts, *left_out)})


def identifiers_of_cases(cases: Iterable[CaseFile]) -> frozenset[str]:
    """What documents call these cases by, squashed."""
    words = (
        fold_without_spaces(w) for case in cases for w in (case.reference, case.child_identifier)
    )
    return frozenset(filter(None, words))


def names_of_other_agencies(cases: Iterable[CaseFile], code: str) -> frozenset[str]:
    """The names of the cases' agencies, squashed, but for those of the agency with one code."""
    own, others = set[str](), set[str]()
    for case in cases:
        for agency in case.agencies:
            names = own if agency.code.casefold() == code.casefold() else others
            names.update(
                map(fold_without_spaces, (agency.name, agency.code, *agency.abbreviations))
            )
    return frozenset(others - own - {""})
