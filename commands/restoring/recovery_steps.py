"""Takes in again what came and left after the backup that a register was restored from.

In the order of the journal beside the vault, as it happened; then what the sources put aside and no
journal tells of; last, originals in the vault that nothing names. Each step is a transaction of its
own, and what is there already is left: whatever ends it, it is gone on with.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from commands.composition.app import Application
from commands.restoring.destroyed_again import DestroyedAgain, destroy_again
from commands.restoring.only_in_register import OnlyInRegister, find_only_in_register
from commands.rounds.round_judging import judge_new, judge_retried
from commands.rounds.round_report import RoundReport
from config.calendar import utc_text
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import last_recorded
from handlers.register.integrity import originals_named_by_nothing
from handlers.register.register import Register
from intake.chain_head import ChainHead, OutsideHead
from intake.database import RegisterDatabase
from intake.delivery_names import read_taken_delivery
from intake.journal import (
    DELIVERY_TAKEN,
    LETTER_LEFT,
    PERSON_ACTED,
    JournalLine,
    OutsideJournal,
    TakenDelivery,
    without_destroyed,
)
from intake.keys import Keys
from intake.message.parse import read_message_head
from intake.source import DealtWithItem, DeliveryForm, Source, SourceUnavailable
from intake.spool import Spool
from intake.vault import OriginalMissing, SealBroken, Vault
from outbox.sending.after_restore import DepartedLetters, RecoveryRecords
from outbox.sending.departures import Departures
from outbox.writing.letter import CHAIR_KINDS, LetterKind

UNKNOWN_SOURCE = "vault"  # of an original of which nothing tells where it came from


@dataclass(slots=True)
class RecoveryReport:
    """What was done: `messages` and `files` taken in, `letters` entered as left, `told` of which
    only that their readers were told could be entered, `lost` deliveries of which the journal tells
    and nobody has the bytes, `acts` of people that no source brings again, and `decisions` how many
    decisions the register that was lost had more, as far as its last head tells; `destroyed` what
    had been destroyed after the backup, and was again; `alone` what only the register tells of, as
    it was found. `troubles` are
    sentences; `needed` says that there was anything to recover, `covered` that the journal goes
    back to the backup: else there may be more than it tells of."""

    messages: int = 0
    files: int = 0
    letters: int = 0
    told: int = 0
    lost: int = 0
    decisions: int = 0
    needed: bool = True
    covered: bool = True
    acts: list[JournalLine] = field(default_factory=list)
    destroyed: DestroyedAgain = field(default_factory=DestroyedAgain)
    alone: OnlyInRegister = field(default_factory=OnlyInRegister)
    troubles: list[str] = field(default_factory=list)


class RegisterRecovery:
    """One run of `scr-intake recover`, step by step."""

    def __init__(self, app: Application, before: Path | None) -> None:
        """`before` is the folder of the vault that was in use before, if that is another."""
        register = app.register
        departures = self._departures = Departures(app.database, app.keys, register.journal)
        self._app = app
        self._records = RecoveryRecords(app.database, register.record)
        self._letters = DepartedLetters(
            *(app.database, app.vault, departures, register.record),
            *(self._email_of, app.settings.outbox.sender),
        )
        self._before = Vault(before, app.keys) if before is not None else None
        self._outside = [OutsideHead(folder, app.keys) for folder in (before,) if folder] + [
            register.outside_head
        ]
        self._report = RecoveryReport()
        self._round = RoundReport()
        self._destroyed = frozenset[str]()
        self._last_letter = 0  # that the journal tells of

    def lacks_journal(self) -> bool:
        """Whether the register was restored beside a journal that does not go back to the backup,
        and no vault is named that has one. Raises OSError."""
        current, lines = self._records.current(), [*self._app.register.journal.read_lines()]
        if self._before is not None:
            lines += OutsideJournal(self._before.folder, self._app.keys).read_lines()
        lasts = current is not None and current.recovered is None
        return lasts and not self._covers(lines)

    def acts_since(self) -> list[JournalLine]:
        """What people did after the backup, as the journal tells. Raises OSError."""
        return list(self._acts(list(self._app.register.journal.read_lines())))

    def run(self) -> RecoveryReport:
        """Raises OSError where the vault or the journal cannot be read."""
        journal, report = self._app.register.journal, self._report
        if self._before is not None:
            journal.adopt(OutsideJournal(self._before.folder, self._app.keys))
        all_lines = list(journal.read_lines())
        lines, self._destroyed = without_destroyed(all_lines)
        self._last_letter = max((line.facts.get("number", 0) for line in lines), default=0)
        if not self._begun(lines):
            report.needed = False
            return report
        report.alone = find_only_in_register(self._app, all_lines)
        self._judge_all()  # what a run that was ended had in hand comes first, as it came first
        missing = self._from_journal(lines)
        self._from_sources(missing)
        report.covered = self._covers(lines)
        if not report.covered:
            self._from_vault()
        self._judge_all()
        report.lost = len(missing)
        report.destroyed = destroy_again(self._app, all_lines)
        report.acts = list(self._acts(lines))
        report.troubles += self._round.troubles
        if not report.troubles:
            self._finish()
        return report

    def _begun(self, lines: list[JournalLine]) -> bool:
        """Have it stand that a recovery is under way; False where there is none to make."""
        record, database = self._app.register.record, self._app.database
        heads = [head for outside in self._outside if (head := outside.read_head())]
        later = [head for head in heads if head.seq and not record.follows_head(head)]
        self._report.decisions = self._decisions_lost(later)
        if self._records.current() is None:
            until = last_recorded(database)
            if not (
                later
                or any(self._is_lost(line) for line in lines)
                or self._sources_hold_more(until)
            ):
                return False
            self._records.begin(until, self._app.now())
        own = self._outside[-1]
        if own.read_marks().last_standing(record.follows_head) is None:
            own.write_head(ChainHead(*record.chain_head()))
        return True

    def _decisions_lost(self, heads: list[ChainHead]) -> int:
        row = self._app.database.fetch_row("SELECT count(*) AS n FROM decisions")
        here = int(row["n"]) if row else 0
        return max((head.counts.get("decisions", 0) - here for head in heads), default=0)

    def _is_lost(self, line: JournalLine) -> bool:
        return is_lost(line, self._app.spool, self._departures)

    def _from_journal(self, lines: list[JournalLine]) -> dict[str, TakenDelivery]:
        """In its order. Returns what came and is in no vault, by the mark of its bytes."""
        missing = dict[str, TakenDelivery]()
        for line in lines:
            if not self._is_lost(line):
                continue
            if line.what == DELIVERY_TAKEN:
                vaults = [self._app.vault, *filter(None, [self._before])]
                taken = read_taken_delivery(line, vaults)
                if self._in_vault(taken.content):
                    self._take(taken)
                else:
                    missing[taken.content] = taken
            elif line.what == LETTER_LEFT:
                whole = self._letters.enter_departure(line.facts, self._app.now())
                self._report.letters += whole
                self._report.told += not whole
        return missing

    def _in_vault(self, mark: str) -> bool:
        """Also once it is copied from the vault that was in use before."""
        vault = self._app.vault
        if vault.holds_original(mark):
            return True
        if self._before is None:
            return False
        try:
            vault.store_original(self._before.read_original(mark))
        except (OriginalMissing, SealBroken):
            return False
        return True

    def _from_sources(self, missing: dict[str, TakenDelivery]) -> None:
        """What they put aside and nothing tells of, in the order in which it came."""
        current = self._records.current()
        since = current.until if current and current.until else datetime.fromtimestamp(0, UTC)
        found = list[TakenDelivery]()
        for source in self._app.sources:
            try:
                for item in source.list_dealt_with(since):
                    found += self._from_source(source, item, missing)
            except SourceUnavailable as why:
                self._report.troubles.append(f"{source.name}: {why.sentence} {why.fix}")
        for taken in sorted(found, key=lambda each: each.received):
            self._take(taken)

    def _sources_hold_more(self, until: datetime | None) -> bool:
        """Whether a source put something aside since then that nobody here knows of."""
        vault, spool = self._app.vault, self._app.spool
        if until is None:
            return False
        for source in self._app.sources:
            with suppress(SourceUnavailable):
                for item in source.list_dealt_with(until):
                    mark = vault.keyed_hash(item.raw)
                    if not (mark in self._destroyed or spool.knows_content(mark)):
                        return True
        return False

    def _from_source(
        self, source: Source, item: DealtWithItem, missing: dict[str, TakenDelivery]
    ) -> Iterator[TakenDelivery]:
        """Its bytes are in the vault from now on."""
        content = self._app.vault.keyed_hash(item.raw)
        if content in self._destroyed:
            return
        known = missing.pop(content, None)
        if known is not None or not self._app.spool.knows_content(content):
            self._app.vault.store_original(item.raw)
            came = self._arrival(source, item, content)
            yield replace(known, hint=came.hint, name=came.name) if known is not None else came

    def _arrival(self, source: Source, item: DealtWithItem, content: str) -> TakenDelivery:
        offer, spool = item.offer, self._app.spool
        expected = source.proves_agency or self._app.intake_memory.registered(offer.sender)
        return TakenDelivery(
            id=None,
            source=source.name,
            form=source.form.value,
            place=offer.place,
            agency=offer.agency if source.proves_agency else None,
            hint=offer.case,
            name=offer.name,
            content=content,
            size=len(item.raw),
            oversize=0,
            received=utc_text(min(item.came, self._app.now())),
            expected=int(expected),
            whose=spool.whose_hint(offer),
        )

    def _covers(self, lines: list[JournalLine]) -> bool:
        """Whether the journal goes back to the backup: then it tells of all that came."""
        current = self._records.current()
        until = current.until if current else None
        came = (DELIVERY_TAKEN, LETTER_LEFT, PERSON_ACTED)
        told = (line.facts for line in lines if line.what in came)
        times = (facts.get("received") or facts.get("at") or facts.get("sent") for facts in told)
        found = [datetime.fromisoformat(at) for at in times if at]
        return bool(found) and until is not None and min(found) <= until

    def _from_vault(self) -> None:
        """Originals of which nothing tells: one that reads as a message may tell of itself,
        any other is for a person. An attachment is named once what brought it is judged."""
        for mark in self._newer_originals():
            if mark not in originals_named_by_nothing(self._app.database, self._app.vault):
                continue
            try:
                raw = self._app.vault.read_original(mark)
            except (OriginalMissing, SealBroken):
                continue
            form, source = DeliveryForm.FILE, UNKNOWN_SOURCE
            if read_message_head(raw).sender:
                form = DeliveryForm.MESSAGE
                mailboxes = [s.name for s in self._app.sources if s.form is form]
                source = mailboxes[0] if len(mailboxes) == 1 else UNKNOWN_SOURCE
            at = utc_text(min(self._app.vault.stored_at(mark), self._app.now()))
            self._take(
                TakenDelivery(
                    *(None, source, form.value, mark, None, None, None),
                    *(mark, len(raw), 0, at, 0, ""),
                )
            )

    def _newer_originals(self) -> list[str]:
        """From after the backup, the oldest first: of another vault all that this one lacks."""
        vault = self._app.vault
        if self._before is not None:
            lacking = [m for m in self._before.list_marks() if not vault.holds_original(m)]
            lacking.sort(key=self._before.stored_at)
            return [mark for mark in lacking if self._in_vault(mark)]
        current = self._records.current()
        since = current.until if current and current.until else datetime.fromtimestamp(0, UTC)
        newer = [mark for mark in vault.list_marks() if vault.stored_at(mark) > since]
        return sorted(newer, key=vault.stored_at)

    def _take(self, taken: TakenDelivery) -> None:
        app = self._app
        with app.register.transaction():
            id = app.spool.take_again(taken)
            if id is None:
                return
            app.register.record.append(app.now(), AuditAct.TAKEN_AGAIN, delivery=id)
        if taken.id is None:
            app.spool.note_taken_again(taken, id)
        if taken.form == DeliveryForm.FILE.value:
            self._report.files += 1
        else:
            self._report.messages += 1
        self._judge_all()

    def _judge_all(self) -> None:
        for step in (judge_new, judge_retried):
            for _ in step(self._app, self._round):
                pass

    def _acts(self, lines: list[JournalLine]) -> Iterator[JournalLine]:
        """What people did after the backup."""
        current = self._records.current()
        for line in lines:
            if line.what == PERSON_ACTED and not self._app.register.record.contains_act(line):
                at = datetime.fromisoformat(line.facts["at"])
                if current is None or current.until is None or at >= current.until:
                    yield line

    def _finish(self) -> None:
        self._records.keep_letter_numbers(self._last_letter)
        current = self._records.current()
        report = self._report
        done = report.messages + report.files + report.letters + report.told
        if current is not None and (current.recovered is None or done):
            self._records.mark_recovered(
                self._app.now(),
                taken=report.messages + report.files,
                left=report.letters,
                told=report.told,
                lost=len(report.acts),
                alone=report.alone.number,
            )
            self._app.journal_upkeep.write_missing(report.alone.gaps)

    def _email_of(self, contact_id: int | None, kind: LetterKind) -> str:
        if contact_id is not None:
            person = self._app.register.people.find_contact(contact_id)
            return person.email if person else ""
        board = self._app.settings.board
        if kind == "alert":
            return board.operator
        if kind in CHAIR_KINDS and board.chair is not None:
            return board.chair.email
        return board.administrator.email


def lost_lines(
    database: RegisterDatabase, vault: Vault, register: Register, keys: Keys
) -> Iterator[JournalLine]:
    """What came or left by the journal in the vault, and the register does not have."""
    spool, departures = Spool(database, vault), Departures(database, keys, register.journal)
    lines, _ = without_destroyed(register.journal.read_lines())
    for line in lines:
        if is_lost(line, spool, departures):
            yield line


def is_lost(line: JournalLine, spool: Spool, departures: Departures) -> bool:
    """Whether it came or left, and the register does not have it."""
    if line.what == DELIVERY_TAKEN:
        return not spool.knows_arrival(TakenDelivery.from_facts(line.facts))
    return line.what == LETTER_LEFT and not departures.knows_departure(line.facts)
