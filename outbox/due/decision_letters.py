"""Letters about decisions: what a person settled, told to whom it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from config.calendar import Calendar, utc_text
from config.kind import Kinds
from config.ladder import Ladder
from config.rules import Severity
from handlers.findings import Finding
from handlers.register.decisions import RecordedDecision
from handlers.register.entry_decisions import mendable_findings
from handlers.register.matrix import AgencyRow, ReturnRow
from handlers.register.register import Register
from handlers.register.submissions import Entry
from handlers.verdict import Verdict
from intake.database import RegisterDatabase
from outbox.due.answers import AnswerableDelivery, answer_facts, facts_for_each, is_all_news
from outbox.due.joined_answers import with_fallback_drafts
from outbox.due.ladder_steps import covered_reminders
from outbox.due.pending_answers import AgencyInCase, UnansweredDeliveries
from outbox.due.questions import TOLD
from outbox.due.recipients import answer_recipients, asker_recipients, author_recipients
from outbox.due.refused_requests import (
    RETURNS_STAND,
    RefusedRequest,
    does_not_stand,
    is_answered_alone,
    is_refused,
    is_time_refused,
    not_asked_for_words,
    refusal_sentence,
)
from outbox.due.set_apart import ANSWERS_BY_REASON, PROMISED_REASONS, sole_message_entry
from outbox.due.withdrawal_letters import WithdrawnEntry
from outbox.sending.overtaken import contacts_told, told_in_letter_sql
from outbox.writing.checklist import NOTHING_WAITS
from outbox.writing.facts import AnswerFacts
from outbox.writing.letter import Draft, LetterKey, LetterKind, LetterTopic, Recipient


@dataclass(frozen=True, slots=True)
class DecidedDelivery:
    """A decision about what came, with the delivery it is about. `of.entries` are those to tell;
    `agreed` are the returns, by the entry that asks for them, that were decided before."""

    made: RecordedDecision
    of: AnswerableDelivery
    agreed: Mapping[int, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgreedReturn:
    """A decision about a return: more time, or that the board does without it. Those that were
    taken together have one lead. `waiting` is what is said of returns for which more time was
    asked."""

    made: RecordedDecision
    reference: str
    case_id: int
    agency: AgencyRow
    row: ReturnRow
    recipients: tuple[Recipient, ...]
    waiting: Mapping[str, str] = field(default_factory=lambda: NOTHING_WAITS)


def draft_rulings(
    due: Sequence[DecidedDelivery], kinds: Kinds, ladder: Ladder, calendar: Calendar, today: date
) -> Iterator[Draft]:
    """What a person decided about documents; what is still held is not mentioned. What was decided
    of one agency's is told to a reader in one letter."""

    def drafts(several: Sequence[DecidedDelivery]) -> Iterator[Draft]:
        one = _as_one(several)
        kind = _kind(one.made, one.of.entries)
        if kind is None:
            return
        for recipient, facts in facts_for_each(one.of, _ruling(one, kinds, today), kind):
            yield Draft(
                key=decision_letter_key(one.made.id, recipient),
                kind=kind,
                recipient=recipient,
                facts=facts,
                case_id=one.of.case_id,
                agency_id=one.of.agency.id,
                thread="" if facts.instead_of else one.of.thread,
                replies=bool(one.of.thread and not facts.instead_of),
                rungs=covered_reminders(one.of.agency, ladder, calendar, today),
                tells=tuple(
                    LetterTopic(decision_id=each.made.id, entry_id=entry.id)
                    for each in several
                    for entry in each.of.entries
                ),
                about=LetterKey(decision_id=one.made.id),
            )

    told = [
        replace(x, of=replace(x.of, entries=tuple(as_decided(x.made, x.of.entries)))) for x in due
    ]
    for several in _in_one_letter(told, kinds):
        apart = [draft for each in several for draft in drafts([each])]
        yield from with_fallback_drafts(drafts(several), apart) if len(several) > 1 else apart


def _in_one_letter(due: Iterable[DecidedDelivery], kinds: Kinds) -> list[list[DecidedDelivery]]:
    """What goes together. A message without a document is answered by itself, and so is whatever
    was refused in which there is nothing to mend, and news."""
    found = defaultdict[Hashable, list[DecidedDelivery]](list)
    for each in due:
        documents = each.of.entries and not any(entry.reason for entry in each.of.entries)
        documents = documents and not is_answered_alone(each.made, each.of.entries, kinds)
        documents = documents and not is_all_news(each.of.entries, kinds)
        reader = (each.of.agency.id, tuple(to.contact_id for to in each.of.recipients))
        found[reader if documents else each.made.id].append(each)
    return list(found.values())


def _as_one(several: Sequence[DecidedDelivery]) -> DecidedDelivery:
    """All of them, as the first of them; it answers the last message."""
    first, last = several[0], max(several, key=lambda each: each.of.received)
    of = replace(
        first.of,
        received=min(each.of.received for each in several),
        until=last.of.received,
        thread=last.of.thread,
        entries=tuple(entry for each in several for entry in each.of.entries),
    )
    return replace(first, of=of)


def _kind(made: RecordedDecision, entries: Sequence[Entry]) -> LetterKind | None:
    """A message that a person has placed is answered as if it had said itself whose it is."""
    only = sole_message_entry(entries) if made.what == "assign" else None
    if only is not None:
        return ANSWERS_BY_REASON[only.reason]
    return "decision" if entries else None


def decision_letter_key(decision_id: int, to: Recipient) -> str:
    return f"decision/{decision_id}/{to.contact_id}"


def _ruling(decided: DecidedDelivery, kinds: Kinds, today: date) -> AnswerFacts:
    """Of a message without a document there is nothing to say but what a person wrote, or that
    they have looked."""
    made, of = decided.made, decided.of
    facts = answer_facts(of, "", kinds, today)
    if does_not_stand(made, of.entries, kinds):
        return replace(facts, documents=(), tell=made.because.tell or RETURNS_STAND)
    if words := not_asked_for_words(made, of.entries):
        return replace(facts, documents=(), tell=words, rejected=0)
    tell = made.because.tell
    if made.what == "accept" and is_all_news(of.entries, kinds):
        return replace(facts, documents=(), tell=tell, seen_to=not tell, urgent=True)
    if is_refused(made, of.entries, kinds):
        of_time = is_time_refused(of.entries)
        refused = RefusedRequest(of.entries, of.agency, decided.agreed)
        said = refusal_sentence(refused, kinds, today)
        part = refused.part(kinds) if of_time else ""
        facts = replace(facts, refused="" if tell and not of_time else said, time_refused=of_time)
        facts = replace(facts, refused_part=part)
    elif not all(entry.reason for entry in of.entries):
        return facts
    seen_to = not (tell or facts.refused)
    return replace(facts, documents=(), tell=tell, seen_to=seen_to, rejected=0)


def as_decided(made: RecordedDecision, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries as they stand by this decision. One that was assigned was judged anew."""
    for entry in entries:
        if made.what == "assign":
            if entry.verdict != "hold":
                yield entry
        else:
            found = (*_findings(made, entry), *_from_a_person(made))
            verdict: Verdict = "accept" if made.what == "accept" else "reject"
            # What a person found wrong is in some part, and nobody says in which.
            passed = () if made.because.tell else entry.told.passed
            told = replace(entry.told, findings=found, passed=passed)
            yield replace(entry, verdict=verdict, told=told)


def _findings(made: RecordedDecision, entry: Entry) -> tuple[Finding, ...]:
    """A person who accepts has answered the questions; who rejects asks to have all mended."""
    advice = tuple(f for f in entry.told.findings if f.severity == "advice")
    return advice if made.what == "accept" else (*mendable_findings(entry), *advice)


def _from_a_person(made: RecordedDecision) -> Iterator[Finding]:
    """As one point among the others, whatever lines it was written in."""
    if made.because.tell:
        severity: Severity = "advice" if made.what == "accept" else "fault"
        yield Finding(TOLD, severity, " ".join(made.because.tell.split()), "")


_Told = TypeVar("_Told")
PlacesByAgency = dict[int, AgencyInCase]  # by the agency's id

_UNTOLD = (
    "SELECT id FROM standing d WHERE d.agency_id IS NOT NULL AND d.what IN ({})"  # noqa: S608
    f" AND NOT {told_in_letter_sql('decision_id', 'd.id')}"
    " AND (NOT EXISTS (SELECT 1 FROM tells v WHERE v.decision_id = d.id AND v.overtaken = 1)"
    "  OR EXISTS (SELECT 1 FROM tells v WHERE v.decision_id = d.id AND v.overtaken = 0))"
    " AND {} ORDER BY d.id"
)
_RULED = _UNTOLD.format(
    "'accept', 'reject', 'assign'",
    "NOT EXISTS (SELECT 1 FROM standing later WHERE later.entry_id = d.entry_id"
    " AND later.id > d.id)",
)
_AGREED = _UNTOLD.format(
    "'extend', 'waive'",
    "NOT EXISTS (SELECT 1 FROM standing later WHERE later.return_id = d.return_id"
    " AND later.what IN ('extend', 'waive') AND later.id > d.id)",
)


_WITHDRAWN = _UNTOLD.format("'withdraw'", "1")

_LATELY = (
    "SELECT agency_id, decided FROM standing d WHERE decided > ? AND decided <= ?"  # noqa: S608
    " AND agency_id IS NOT NULL AND what IN ('accept', 'reject', 'assign', 'extend', 'waive')"
    f" AND NOT {told_in_letter_sql('decision_id', 'd.id')} ORDER BY decided DESC"
)
# However many more are decided, what was is told after so many times the quiet, from the first.
MAX_QUIETS = 4
_NOT_SO = "SELECT entry_id FROM tells WHERE decision_id = ? AND overtaken = 1"


class UntoldDecisions:
    """Decisions that are due a letter."""

    def __init__(
        self,
        database: RegisterDatabase,
        register: Register,
        unanswered: UnansweredDeliveries,
        kinds: Kinds,
    ) -> None:
        self._kinds = kinds
        self._database = database
        self._register = register
        self._unanswered = unanswered

    def untold_rulings(self, now: datetime) -> list[DecidedDelivery]:
        """Decisions about what came that no letter tells yet."""
        return list(self._each(_RULED, now, self._ruled))

    def untold_agreements(self, now: datetime) -> list[AgreedReturn]:
        """Decisions about what is owed that no letter tells yet."""
        return list(self._each(_AGREED, now, self._agreed))

    def untold_withdrawals(self, now: datetime) -> list[WithdrawnEntry]:
        """About what should never have come."""
        return list(self._each(_WITHDRAWN, now, self._withdrawn))

    def agencies_in_quiet(self, quiet: timedelta, now: datetime) -> frozenset[int]:
        """The agencies about which something was decided within the quiet that a letter is to tell:
        more may follow, and one letter tells it all; unless the first of those that followed each
        other so is several times as old."""
        window = now - quiet * (MAX_QUIETS + 1)
        rows = self._database.fetch_rows(_LATELY, *(utc_text(moment) for moment in (window, now)))
        first = dict[int, datetime]()
        for row in rows:  # the last of them first
            at = datetime.fromisoformat(row["decided"])
            if first.get(row["agency_id"], now) - at < quiet:
                first[row["agency_id"]] = at
        return frozenset(id for id, at in first.items() if now - at < quiet * MAX_QUIETS)

    def is_any_urgent(self, decision_ids: Iterable[int]) -> bool:
        """Whether any is about something urgent, or a document that was held as unsafe."""
        made = (self._register.decisions.get_decision(id) for id in decision_ids)
        entries = (
            self._register.entries.get_entry(one.entry_id) for one in made if one and one.entry_id
        )
        return any(entry is not None and self._is_urgent(entry) for entry in entries)

    def _is_urgent(self, entry: Entry) -> bool:
        kind = self._kinds.get(entry.kind)
        unsafe = any(finding.severity == "danger" for finding in entry.told.findings)
        return unsafe or (kind is not None and kind.urgent)

    def _each(
        self,
        sql: str,
        now: datetime,
        read: Callable[[RecordedDecision, PlacesByAgency, datetime], _Told | None],
    ) -> Iterator[_Told]:
        ids = [row["id"] for row in self._database.fetch_rows(sql)]
        places: PlacesByAgency = self._unanswered.agencies_in_cases(now) if ids else {}
        for id in ids:
            made = self._register.decisions.get_decision(id)
            found = read(made, places, now) if made else None
            if found is not None:
                yield found

    def _ruled(
        self, made: RecordedDecision, places: PlacesByAgency, now: datetime
    ) -> DecidedDelivery | None:
        entry = self._register.entries.get_entry(made.entry_id or 0)
        if entry is None or made.agency_id is None:
            return None
        entries = self._to_tell(made, entry)
        if not entries:
            return None
        case, agency, waiting = places[made.agency_id]
        delivery = self._unanswered.read_delivery(entry.delivery_id, made.agency_id)
        # Who sent it is answered only in the case and for the agency they sent it for, and never
        # when a machine wrote (failure mode 69).
        theirs = delivery.agency_id == made.agency_id and not delivery.automatic
        to = answer_recipients(
            self._register.people, agency.id, delivery.contact_id if theirs else None
        )
        return DecidedDelivery(
            made,
            AnswerableDelivery(
                delivery_id=entry.delivery_id,
                received=delivery.received.astimezone(now.tzinfo),
                dropped=delivery.dropped,
                thread=delivery.thread if theirs else "",
                case_id=case.id,
                reference=case.reference,
                agency=agency,
                recipients=self._not_told(made, to),
                stand_ins=self._unanswered.stand_ins_of(agency, to, now),
                entries=entries,
                again=(),
                kept=self._unanswered.versions_counted(agency, now),
                waiting=waiting,
            ),
            {each.id: self._register.entries.kinds_agreed_since(each) for each in entries},
        )

    def _withdrawn(
        self, made: RecordedDecision, places: PlacesByAgency, now: datetime
    ) -> WithdrawnEntry | None:
        entry = self._register.entries.get_entry(made.entry_id or 0)
        if entry is None or made.agency_id is None:
            return None
        case, agency, _ = places[made.agency_id]
        sent = self._unanswered.read_delivery(entry.delivery_id, made.agency_id)
        theirs = sent.agency_id == made.agency_id and not sent.automatic
        contact = sent.contact_id if theirs else None
        to = answer_recipients(self._register.people, agency.id, contact)
        return WithdrawnEntry(
            *(made, entry, case.reference, case.id, agency),
            sent.received.astimezone(now.tzinfo),
            self._not_told(made, to),
            sent.thread if theirs else "",
        )

    def _to_tell(self, made: RecordedDecision, entry: Entry) -> tuple[Entry, ...]:
        """A message without a document came to nothing that anybody waits to hear of, unless we
        said that we would write, or a person has something to say about it."""
        if made.what == "assign":
            not_so = {row["entry_id"] for row in self._database.fetch_rows(_NOT_SO, made.id)}
            return tuple(
                e for e in self._register.entries.entries_of_decision(made.id) if e.id not in not_so
            )
        return (
            (entry,)
            if entry.position or made.because.tell or entry.reason in PROMISED_REASONS
            else ()
        )

    def _agreed(
        self, made: RecordedDecision, places: PlacesByAgency, now: datetime
    ) -> AgreedReturn | None:
        case, agency, waiting = places[made.agency_id or 0]
        row = next((row for row in agency.returns if row.id == made.return_id), None)
        if row is None:
            return None
        people = author_recipients(self._register.people, agency.id, now.date())
        to = self._not_told(made, dict.fromkeys((*people, *self._askers(made))))
        return AgreedReturn(made, case.reference, case.id, agency, row, to, waiting)

    def _askers(self, made: RecordedDecision) -> Iterator[Recipient]:
        """Whoever asked for more time and was told that we would write to them."""
        for entry in self._register.entries.entries_asking_about(made):
            sent = self._unanswered.read_delivery(entry.delivery_id, made.agency_id)
            if sent.agency_id == made.agency_id and not sent.automatic:
                yield from asker_recipients(self._register.people, sent.contact_id)

    def _not_told(
        self, made: RecordedDecision, people: Iterable[Recipient]
    ) -> tuple[Recipient, ...]:
        """Those whom no letter tells of it: it was not written yet, or was called back."""
        told = contacts_told(self._database, "decision_id", made.id, made.agency_id or 0)
        return tuple(to for to in people if to.contact_id not in told)
