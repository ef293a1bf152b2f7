"""What the administrator has to be told today, gathered; which digest is due."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from typing import cast

from config.calendar import Calendar, date_without_year, moment_in_words, utc_text
from config.english import count_noun, join_with_and
from config.kind import Kinds
from handlers.register.held_strangers import HeldStrangers
from handlers.register.matrix import CaseRow
from handlers.register.register import Register
from handlers.register.submissions import Entry
from intake.database import RegisterDatabase
from intake.source_backlog import StrayRecords
from intake.source_health import OutageRecords
from intake.unregistered_senders import WaitingDomain, count_passed_over
from outbox.chasing.chasing import Chasing
from outbox.digest.arrivals import ArrivalReader
from outbox.digest.digest import DigestDay, DigestTerms, digest_key, draft_digest, is_digest_due
from outbox.digest.digest_history import (
    DigestNotSent,
    last_digest_day,
    last_digest_written_at,
    newest_digest,
    overdue_digest_reason,
    unsent_digest_notes,
)
from outbox.digest.ended_outages import ended_outage_notes
from outbox.digest.first_words import NOTHING_TOLD, EntryTelling
from outbox.digest.needs import NeedsReader
from outbox.digest.not_sent import ROUND_GRACE, unsent_letter_needs, waiting_letter_notes
from outbox.digest.notes import DigestNotes, leaving_stranger_notes
from outbox.digest.out_of_reach import unreachable_reader_needs, waiting_for_reader_notes
from outbox.digest.overdue import ChasingStep, ChasingSteps
from outbox.digest.tried_letters import never_answered_needs
from outbox.digest.waiting_messages import (
    StrangersInTurn,
    left_in_mailbox_notes,
    tell_strangers_in_turn,
)
from outbox.due.stopped_letters import StoppedLetters, stopped_letter_needs
from outbox.due.waiting_matters import more_time_asked
from outbox.health.health_for_digest import ServiceHealth
from outbox.orders.officer_absences import OfficerAbsence, OfficerAbsences
from outbox.orders.order_records import OrderRecords
from outbox.orders.refused_mails import refused_mail_notes
from outbox.sending.bounces import late_bounce_notes
from outbox.sending.gate import paused_since
from outbox.sending.letter_queue import LetterQueue
from outbox.sending.mail_loops import program_reply_notes
from outbox.sending.transport_back_off import TransportWait
from outbox.sending.trial import trial_notes
from outbox.writing.digest_facts import DigestFacts, NamedGroup, Need
from outbox.writing.letter import LADDER_KINDS, OFFICER_KINDS, Draft, LetterKind, Recipient
from outbox.writing.policy import LetterPolicy

DeputyOrdersSince = Callable[[datetime | None, tzinfo | None], Iterable[Need]]
# Every letter about a return that is late. One about what is late may be a reminder of the rest.
_STEPS = (
    "SELECT DISTINCT r.return_id, iif(r.days > 0, l.kind, 'reminder') AS kind, l.told_on, l.sent,"  # noqa: S608  our own words
    " l.queued, l.answer, r.due_version FROM rungs r JOIN letters l ON l.id = r.letter_id"
    " WHERE l.state IN ('sent', 'queued', 'sending')"
    " AND r.return_id IN (SELECT value FROM json_each(?))"
    f" AND l.kind IN {LADDER_KINDS} ORDER BY l.told_on"
)
_CAME_TO = (
    ("accept", "accepted"),
    ("reject", "to mend"),
    ("refer", "for you to look at"),
    ("hold", "held"),
)
_APART = "received >= ? AND outcome IS NOT 'not ours' AND state"
_UNLOGGED = "NOT EXISTS (SELECT 1 FROM entries WHERE delivery_id = deliveries.id)"
# Nor what the administrator herself answered: it came from her.
_NOT_HERS = "NOT EXISTS (SELECT 1 FROM order_mails WHERE delivery_id = deliveries.id)"
_ASKS_NOTHING = f"{_APART} <> 'spooled' AND {_UNLOGGED} AND {_NOT_HERS}"
_NOT_JUDGED = f"{_APART} = 'spooled'"


class DigestBriefing:
    """Gathers from the register, the spool and the queue what a digest tells."""

    def __init__(
        self,
        database: RegisterDatabase,
        register: Register,
        strays: StrayRecords,
        chasing: Chasing,
        kinds: Kinds,
        look: Callable[[datetime], ServiceHealth],
        drafted: Collection[LetterKind] = (),
        *,
        outages: OutageRecords,
        ways: Mapping[str, Collection[LetterKind]],
        turns: Callable[[date], Sequence[WaitingDomain]],
        may_say: Callable[[str], bool],
        calendar: Calendar,
        read_by: time,
        orders: OrderRecords,
        arrivals: ArrivalReader,
        telling: Callable[[Entry], EntryTelling] = lambda entry: NOTHING_TOLD,
        besides: Callable[[Entry], str] = lambda entry: "",
        leaving: HeldStrangers | None = None,
        deputies: DeputyOrdersSince = lambda last, zone: (),
    ) -> None:
        """`look` looks at the service's health; `drafted` are the kinds of letter that a person
        sends, `ways` those that leave by each way; `turns` tells which messages of strangers wait
        for theirs, `may_say` of words whether the administrator may be told them; after `read_by`
        what a full day kept in may go; `leaving` finds what of strangers is soon destroyed;
        `arrivals` tells who sent what waits and where it lies, `telling` what its own words tell,
        `besides` what the message says that brought it, and `deputies` what others settled in the
        administrator's name."""
        self._deputies = deputies
        self._read_by = read_by
        self._leaving = leaving
        self._outages = outages
        self._ways = ways
        self._database = database
        self._register = register
        self._chasing = chasing
        self._look = look
        self._drafted = frozenset(drafted)
        self._kinds, self._calendar = kinds, calendar
        self._needs = NeedsReader(
            *(database, register, strays, kinds, may_say, calendar),
            came=arrivals.sender_and_day,
            telling=telling,
        )
        self._turns = turns
        self._may_say = may_say
        self._orders = orders
        self._noted = DigestNotes(database, register, kinds, besides)

    def first_recorded_at(self) -> datetime | None:
        """When there was first something to tell."""
        return self._register.record.began_recording_at()

    def urgent_needs(self, now: datetime) -> tuple[Need, ...]:
        """What is urgent and waits for a person, with since when."""
        return tuple(
            self._needs.urgent_needs(self._register.matrix_with_milestones(now.date()), {}, now)
        )

    def needs_of_entries(self, entries: Sequence[Entry], now: datetime) -> tuple[Need, ...]:
        """What each asks of a person, in the digest's line and with its answers."""
        cases = self._register.matrix_with_milestones(now.date())
        return self._needs.needs_of_entries(entries, cases, now)

    def strangers_in_turn(self, now: datetime) -> StrangersInTurn:
        """What there is to tell of messages of strangers that wait for their turn."""
        turns = self._turns(now.date())
        domains = self._register.people.registered_domains() if turns else ()
        return tell_strangers_in_turn(turns, domains, self._may_say, now)

    def gather_day(self, now: datetime) -> DigestDay:
        cases = self._register.matrix_with_milestones(now.date())
        last = last_digest_written_at(self._database, before=now.date())
        turns, health = self.strangers_in_turn(now), self._look(now)
        behind = [wait for wait in health.closed if "digest" in self._ways.get(wait.transport, ())]
        apart = tuple(wait for wait in health.closed if wait not in behind)
        asked = self._chasing.undecided.long_waiting_entries(cases, now)
        silencing = self._chasing.undecided.suppressing_entries(cases, now)
        suppressed = self._chasing.suppression_needs(now, last)
        return DigestDay(
            now=now,
            began=self.first_recorded_at(),
            cases=cases,
            needs=(*turns.needs, *self._needs.list_needs(cases, last, now, asked, silencing)),
            first=tuple(self._needs.urgent_needs(cases, asked, now)),
            traffic=self._traffic(last, now.date()),
            record=self._register.record.chain_head(),
            health=replace(health, closed=apart, digest_late=""),
            unsent=(
                *self._stopped(),
                *unsent_letter_needs(self._database, self._register.people.find_contact, now),
                *unreachable_reader_needs(self._database, self._register.people.find_contact),
                *never_answered_needs(self._database, self._register.people.find_contact),
            ),
            notes=(
                *_behind(behind, now),
                *unsent_digest_notes(self._database, now.date()),
                *ended_outage_notes(
                    self._database, self._outages.outages_ended_since(last), self._ways, now
                ),
                *refused_mail_notes(self._orders, last, now.tzinfo),
                *trial_notes(self._database, self._register.people.find_contact, last),
                *turns.notes,
                *left_in_mailbox_notes(count_passed_over(self._database, last)),
                *self._noted.notes_since(last, now.tzinfo, [each.says for each in suppressed]),
                *(leaving_stranger_notes(self._leaving, now) if self._leaving else ()),
                *program_reply_notes(self._database, last),
                *late_bounce_notes(self._database, last),
                *waiting_for_reader_notes(self._database, self._register.people.find_contact),
                *waiting_letter_notes(
                    self._database, self._register.people.find_contact, now, self._read_by
                ),
            ),
            suppressed=suppressed,
            deputies=tuple(self._deputies(last, now.tzinfo)),
            steps=self._steps(cases, now),
            asked=more_time_asked(
                self._register.entries.unsettled_entries(), cases, self._kinds, self._calendar
            ),
        )

    def told_groups(self, now: datetime) -> Iterator[NamedGroup]:
        """What would be told in one line each at this moment."""
        day = self.gather_day(now)
        for need in (*day.first, *day.needs, *day.unsent, *day.suppressed, *day.notes):
            if isinstance(need, Need) and need.group is not None:
                yield need.group

    def _stopped(self) -> tuple[Need, ...]:
        """Letters that the guard stops, each with the ways on."""
        return tuple(stopped_letter_needs(StoppedLetters(self._database).list_stopped()))

    def _traffic(self, last: datetime | None, today: date) -> str:
        """ "Since Monday 19 April: 6 documents (5 accepted, 1 held) and 1 other message (1 noted).
        9 letters sent.". Documents are counted as they are logged; of a message that was set apart
        as a whole it is not said whether there is one in it."""
        at = utc_text(last) if last else ""
        day = last_digest_day(self._database, today)
        since = f"Since {date_without_year(day)}" if day else "So far"
        if self._count("recoveries", "recovered >= ?", at):
            since += ", with what was taken in again after a restore and may have been told before"
        went = f"sent >= ? AND kind NOT IN {OFFICER_KINDS} AND trial = "
        sent, tried = (self._count("letters", f"{went}{how}", at) for how in (0, 1))
        documents = self._came_to(at, "position > 0", "file")
        messages = self._came_to(at, "position = 0", "message")
        came = [_counted(documents, "document")]
        if messages:
            came.append(_counted(messages, "other message" if documents else "message"))
        if unseen := self._count("deliveries", _NOT_JUDGED, at):
            came.append(f"{unseen:,} not looked at yet")
        tries = f", {tried:,} tried" if tried else ""
        return f"{since}: {join_with_and(came)}. {count_noun(sent, 'letter')} sent{tries}."

    def _came_to(self, at: str, which: str, form: str) -> list[tuple[int, str]]:
        condition = f"judged >= ? AND decision_id IS NULL AND {which} AND verdict = ?"
        numbers = {v: self._count("entries", condition, at, v) for v, _ in _CAME_TO}
        waiting = self._register.entries.waiting_entries("refer")
        documents = form == "file"
        waits = sum(_since(one, at) and (one.position > 0) == documents for one in waiting)
        found = [(numbers[v] if v != "refer" else waits, word) for v, word in _CAME_TO]
        found.append((numbers["refer"] - waits, "settled since"))
        noted = self._count("entries", condition, at, "automatic")
        nothing = self._count("deliveries", f"{_ASKS_NOTHING} AND form = ?", at, form)
        return [(number, word) for number, word in (*found, (noted + nothing, "noted")) if number]

    def _count(self, table: str, condition: str, *values: object) -> int:
        sql = f"SELECT count(*) AS n FROM {table} WHERE {condition}"  # noqa: S608  our own words
        row = self._database.fetch_row(sql, *values)
        return int(row["n"]) if row else 0

    def _steps(self, cases: Iterable[CaseRow], now: datetime) -> ChasingSteps:
        """What was written about each return that is late, with the day on which it left."""
        late = {
            r.id: r.due_version for c in cases for a in c.agencies for r in a.returns if r.overdue
        }
        steps = defaultdict[int, list[ChasingStep]](list)
        this_round, paused = utc_text(now - ROUND_GRACE), paused_since(self._database) is not None
        for row in self._database.fetch_rows(_STEPS, json.dumps([*late])):
            day, unsent = date.fromisoformat(row["told_on"]), row["sent"] is None
            if not unsent:
                day = datetime.fromisoformat(row["sent"]).astimezone(now.tzinfo).date()
            drafted = row["kind"] in self._drafted
            before = row["due_version"] != late[row["return_id"]]
            leaving = unsent and not (paused or row["answer"]) and row["queued"] >= this_round
            step = ChasingStep(row["kind"], day, drafted, unsent, before, leaving)
            steps[row["return_id"]].append(step)
        return steps


def _counted(found: Sequence[tuple[int, str]], noun: str) -> str:
    """ "6 documents (4 accepted, 2 held)"."""
    came_to = ", ".join(f"{number:,} {word}" for number, word in found)
    how = f" ({came_to})" if came_to else ""
    return f"{count_noun(sum(number for number, _ in found), noun)}{how}"


def _since(entry: Entry, at: str) -> bool:
    """Whether it came since then, and was not made by a decision."""
    return entry.decision_id is None and utc_text(entry.judged) >= at


def _behind(waits: Iterable[TransportWait], now: datetime) -> Iterator[str]:
    """Of a way by which digests leave: whoever reads one knows that it takes letters again."""
    for wait in waits:
        begun = moment_in_words(wait.since.astimezone(now.tzinfo))
        yield f"No letters left by {wait.transport} from {begun} until this one: {wait.answer}."


class DigestSchedule:
    """Says when a digest is due: one each working day."""

    def __init__(
        self,
        briefing: DigestBriefing,
        database: RegisterDatabase,
        queue: LetterQueue,
        terms: DigestTerms,
        policy: LetterPolicy,
    ) -> None:
        self._absences = OfficerAbsences(database)
        self._briefing = briefing
        self._database = database
        self._queue = queue
        self._terms = terms
        self._policy = policy

    def draft_due_digest(self, now: datetime) -> list[Draft]:
        """Today's, unless it is written or not due; `now` is in the board's time zone."""
        written = self._queue.has_letter(digest_key(now.date()))
        if written or not self._is_due(now):
            return []
        draft, away = self.draft_digest_at(now), self._absences.find(now)
        return [*(self._copies(draft, away) if away else ()), draft]

    def _copies(self, draft: Draft, away: OfficerAbsence) -> Iterator[Draft]:
        """The same for each who answers for the administrator while they are away."""
        until = f" until {date_without_year(away.until)}" if away.until else ""
        whose = self._terms.administrator.name
        for n, email in enumerate(self._policy.deputies, 1):
            facts = cast(DigestFacts, draft.facts)
            says = f"You have this digest since {whose} is away{until}. {facts.above}".strip()
            yield replace(
                draft,
                key=f"{draft.key}/deputy {n}",
                recipient=Recipient("", email),
                facts=replace(facts, above=says),
            )

    def draft_digest_at(self, now: datetime, *, whole: bool = False) -> Draft:
        """As it would be written at this moment; the `whole` of it is cut nowhere."""
        return draft_digest(self._briefing.gather_day(now), self._terms, whole=whole)

    def overdue_reason(self, now: datetime) -> DigestNotSent | None:
        """Why the last one has not gone; None when it has, or there is time yet."""
        return overdue_digest_reason(
            newest_digest(self._database), max(self._terms.at, self._policy.opens), now
        )

    def has_newest_left(self) -> bool:
        """Whether the newest one has left: one that waits anew, or that a person cancelled, has
        not."""
        last = newest_digest(self._database)
        return last is not None and last.state == "sent"

    def _is_due(self, now: datetime) -> bool:
        return self._policy.is_office_open(now) and is_digest_due(
            now, self._briefing.first_recorded_at(), self._terms
        )
