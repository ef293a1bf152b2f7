"""The letter queue: the only writer of `letters`, `rungs`, `tells`, `asks` and `listed`, but for
what `after_restore.py` enters after a restore.

A letter is written once; its bytes are kept as the writer made them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, get_args

from config.calendar import utc_text
from intake.database import RegisterDatabase, Row
from intake.keys import Keys
from intake.letter_ids import LetterMessageIds
from intake.schema_steps import read_schema_steps
from intake.vault import Vault
from outbox.orders.numbered_asks import add_numbered_asks
from outbox.sending.overtaken import MARK_OVERTAKEN_SQL
from outbox.sending.queue_counts import next_letter_number
from outbox.sending.retry_waits import LONGEST_WAIT
from outbox.writing.groups import KEPT_DAYS
from outbox.writing.letter import (
    ACTION_KINDS,
    LADDER_KINDS,
    OFFICER_KINDS,
    THANKS_KINDS,
    AskedEntry,
    Draft,
    Letter,
    LetterKind,
    LetterStanding,
    LetterState,
)
from outbox.writing.letter_reasons import LetterReason

SCHEMA = read_schema_steps("outbox", Path(__file__).parent.parent)
LETTER_STATES: tuple[LetterState, ...] = get_args(LetterState)
LETTER_KINDS: tuple[LetterKind, ...] = get_args(LetterKind)
RESTING_STATES: tuple[LetterState, ...] = (
    "draft",
    "failed",
    "held back",
    "undelivered",
)  # until a person acts
UNSENT_STATES: tuple[LetterState, ...] = (
    "draft",
    "queued",
    "failed",
    "held back",
)  # by nobody's server
_SEALED = "letter"
_RECIPIENT = "letter recipient"


def seal_letter(vault: Vault, message: bytes, case_id: int | None) -> bytes:
    """As `letters.sealed` keeps a message."""
    return vault.seal_bytes(message, _SEALED, case_id)


def seal_recipient(vault: Vault, email: str, case_id: int | None) -> bytes:
    """As `letters.recipient` keeps an address."""
    return vault.seal_bytes(email.encode(), _RECIPIENT, case_id)


class LetterQueue:
    """Letters, from written to sent."""

    def __init__(self, database: RegisterDatabase, vault: Vault, keys: Keys, domain: str) -> None:
        """`domain` is that of our own address, for Message-IDs."""
        self._database = database
        self._vault = vault
        self._threads = LetterMessageIds(keys)
        self._domain = domain

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written together or not at all."""
        with self._database.transaction():
            yield

    def message_id_for(self, draft: Draft) -> str:
        """The one Message-ID of the letter: ours to recognise, nobody's to guess (failure
        mode 47)."""
        # Of a reply to a letter that asks which review something is for, that is still asked.
        agency = None if draft.kind == "unplaced" else draft.agency_id
        # What a register that was lost called another letter is no name for one of this register.
        row = self._database.fetch_row("SELECT max(begun) AS at FROM recoveries")
        key = f"{draft.full_key}/{row['at']}" if row and row["at"] else draft.full_key
        return self._threads.make_message_id(key, agency, self._domain)

    def has_letter(self, key: str, repetition: int = 0) -> bool:
        sql = "SELECT 1 FROM letters WHERE key = ? AND repetition = ?"
        return self._database.fetch_row(sql, key, repetition) is not None

    def has_letter_like(self, draft: Draft) -> bool:
        """Whether it is written already."""
        return self.has_letter(draft.key, draft.repetition)

    def has_alert_of(self, outage_id: int) -> bool:
        """Whether it was written that an outage began, and not dropped as over before it left."""
        sql = "SELECT 1 FROM letters WHERE outage_id = ? AND outage_over = 0 AND reason <> ?"
        return self._database.fetch_row(sql, outage_id, LetterReason.OVER) is not None

    def add(
        self,
        draft: Draft,
        message: bytes,
        now: datetime,
        day: date,
        state: LetterState | None = None,
    ) -> int:
        """Queue a written letter and the rungs it stands for; returns its id. `state` is that of
        one that is not to go. A letter about the same to the same reader is already there when
        deriving ran twice: the unique indexes keep the first.
        """
        at = utc_text(now)
        with self._database.transaction():
            id = self._database.execute_insert(
                "INSERT INTO letters (id, key, repetition, delivery_id, decision_id, entry_id,"
                " outage_id, outage_over, kind, state, case_id, agency_id, contact_id, recipient,"
                " message_id, sealed, not_before, queued, since, told_on)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(next_letter_number(self._database), draft.key, draft.repetition),
                *astuple(draft.about),
                *(draft.kind, state or ("draft" if draft.to_release else "queued")),
                *(draft.case_id, draft.agency_id, draft.recipient.contact_id),
                seal_recipient(self._vault, draft.recipient.email, draft.case_id),
                self.message_id_for(draft),
                *(seal_letter(self._vault, message, draft.case_id), at, at, at, day.isoformat()),
            )
            for rung in draft.rungs:
                self._database.execute_insert(
                    "INSERT INTO rungs (return_id, due_version, days, letter_id)"
                    " VALUES (?, ?, ?, ?)",
                    *(rung.return_id, rung.due_version, rung.days, id),
                )
            for told in draft.tells:
                self._database.execute_insert(
                    "INSERT INTO tells (letter_id, delivery_id, decision_id, entry_id)"
                    " VALUES (?, ?, ?, ?)",
                    *(id, told.delivery_id, told.decision_id, told.entry_id),
                )
            for asked in draft.asks:
                self._database.execute_insert(
                    "INSERT INTO asks (letter_id, entry_id, agency_id, agreed) VALUES (?, ?, ?, ?)",
                    *(id, *asked),
                )
            self._list(id, draft, day)
            add_numbered_asks(self._database, self._vault, id, draft.numbered)
        return id

    def _list(self, id: int, draft: Draft, day: date) -> None:
        """What a digest tells in one line each; what was listed long ago is forgotten."""
        if not draft.groups:
            return
        oldest = (day - timedelta(days=KEPT_DAYS)).isoformat()
        self._database.execute_change(
            "DELETE FROM listed WHERE letter_id IN (SELECT id FROM letters WHERE told_on < ?)",
            oldest,
        )
        for group in draft.groups:
            self._database.execute_insert(
                "INSERT INTO listed (letter_id, name, what, items) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                *(id, group.name, group.what, json.dumps(group.items)),
            )

    def with_repetition(self, draft: Draft) -> Draft:
        """The draft as a repetition, when letters like it were called back or only tried before."""
        again = "(+state = 'called back' OR +retold = 'anew')"
        sql = f"SELECT count(*) AS n FROM letters WHERE {again} AND key = ?"  # noqa: S608
        row = self._database.fetch_row(sql, draft.key)
        return replace(draft, repetition=int(row["n"])) if row and row["n"] else draft

    def unsent_chasing_letters(self) -> list[Letter]:
        """Letters of the ladder that have not left, and about what is undecided: drafts too, and
        whatever keeps them in."""
        kinds = (*LADDER_KINDS, "undecided")
        return self._where(f"state IN {UNSENT_STATES} AND kind IN {kinds} ORDER BY id")

    def ready_letter_ids(
        self, now: datetime, kinds: Sequence[LetterKind] = LETTER_KINDS
    ) -> list[int]:
        """The ids of the letters to send now. The order: letters whose hand-over never broke off,
        the board's own letters, those tried least, those that ask their reader to act (thanks come
        last), the oldest. A letter that was being sent when the service last stopped is among them,
        since nobody knows whether it arrived (promise 3).

        A wait longer than the longest was written while the clock was wrong, and is over.
        """
        sql = (
            "SELECT id, kind FROM letters WHERE state = 'sending' OR"  # noqa: S608  our own words
            " (state = 'queued' AND (not_before <= ? OR not_before > ?))"
            f" ORDER BY broke, kind NOT IN {OFFICER_KINDS}, tries,"
            f" kind NOT IN {ACTION_KINDS}, kind IN {THANKS_KINDS}, id"
        )
        found = self._database.fetch_rows(sql, utc_text(now), utc_text(now + LONGEST_WAIT))
        return [row["id"] for row in found if row["kind"] in kinds]

    def get_if_ready(self, id: int) -> Letter | None:
        """The letter, unless somebody called it back or cancelled it in the meantime."""
        letter = self.get(id)
        return letter if letter is not None and letter.state in ("queued", "sending") else None

    def list_letters(self) -> list[Letter]:
        return self._where("TRUE ORDER BY id")

    def letters_on_the_way(self, kinds: Sequence[LetterKind]) -> list[Letter]:
        """Those of these kinds that wait or have come to rest before they reached anybody, in
        order; looked up by their state, of which only few are so."""
        states = ("queued", "sending", *RESTING_STATES)
        marks, wanted = ", ".join("?" * len(states)), ", ".join("?" * len(kinds))
        condition = f"state IN ({marks}) AND kind IN ({wanted}) ORDER BY id"
        return self._where(condition, *states, *kinds)

    def untried_letters(self, key: str) -> list[Letter]:
        """The letter with this key, and its repetitions, that no transport was given."""
        return self._where("state = 'queued' AND tries = 0 AND key = ?", key)

    def entries_asked(self, *, released: bool) -> dict[int, frozenset[AskedEntry]]:
        """What each letter to the chair's office asks to be decided, by its number, without those
        that were called back; only those that a person `released`, or did not let go."""
        sql = (
            "SELECT a.* FROM asks a JOIN letters l ON l.id = a.letter_id"
            " WHERE l.state <> 'called back' AND (l.state <> 'draft' OR ?)"
        )
        found = defaultdict[int, set[AskedEntry]](set)
        for row in self._database.fetch_rows(sql, int(not released)):
            asked = AskedEntry(row["entry_id"], row["agency_id"], row["agreed"])
            found[row["letter_id"]].add(asked)
        return {id: frozenset(asked) for id, asked in found.items()}

    def waiting_letters(self) -> list[Letter]:
        """What has not left and will, in order."""
        return self._where("state IN ('queued', 'sending') ORDER BY id")

    def resting_letters(self, contact_id: int) -> list[Letter]:
        """What was for this reader and has come to rest before it reached them."""
        states = ", ".join("?" * len(RESTING_STATES))
        return self._where(
            f"contact_id = ? AND state IN ({states}) ORDER BY id", contact_id, *RESTING_STATES
        )

    def get(self, id: int) -> Letter | None:
        found = self._where("id = ?", id)
        return found[0] if found else None

    def mark_sending(self, letter: Letter) -> None:
        """Committed before the transport is asked (failure mode 73), with whether it is tried."""
        what = "state = 'sending', tries = tries + 1, broke = broke + 1, trial = max(trial, ?)"
        self._change(what, letter, int(letter.trial))

    def mark_sent(self, letter: Letter, now: datetime) -> None:
        self._change(
            "state = 'sent', answer = '', reason = '', broke = 0, sent = ?", letter, utc_text(now)
        )

    def retry_later(self, letter: Letter, answer: str | LetterReason, when: datetime) -> None:
        """Not now: the same letter again at `when`."""
        self._keep("state = 'queued', broke = 0, not_before = ?", letter, answer, utc_text(when))

    def mark_broken(self, letter: Letter, answer: str | LetterReason, when: datetime) -> None:
        """Handing it over ended as nobody foresaw, which stays counted: again at `when`."""
        self._keep("state = 'queued', not_before = ?", letter, answer, utc_text(when))

    def uncount_try(self, letter: Letter) -> None:
        """The transport was away before the letter was given to it: no try of the letter's."""
        self._change("state = 'queued', tries = tries - 1, broke = broke - 1", letter)

    def postpone_letter(self, letter: Letter, answer: str | LetterReason, when: datetime) -> None:
        """It was not tried; it is at `when`."""
        self._keep("not_before = ?", letter, answer, utc_text(when))

    def mark_failed(self, letter: Letter, answer: str | LetterReason) -> None:
        """Never: it goes on the digest."""
        self._keep("state = 'failed'", letter, answer)

    def hold_back(self, letter: Letter, answer: str | LetterReason) -> None:
        """A program may be what it answers, or the guard stops it: it waits for a person."""
        self._keep("state = 'held back'", letter, answer)

    def mark_undelivered(self, letter: Letter, answer: str | LetterReason) -> None:
        """It was taken, and has come back."""
        self._keep("state = 'undelivered'", letter, answer)

    def retry_letter(self, letter: Letter, now: datetime) -> None:
        """A person wants it to go, whatever held it up: from now on it has its days again."""
        at = utc_text(now)
        self._change(
            "state = 'queued', by_hand = 1, tries = 0, broke = 0, sent = NULL, since = ?,"
            " not_before = ?",
            letter,
            at,
            at,
        )

    def hasten_retries(self, now: datetime) -> None:
        """A person has mended something: what was tried in vain is tried in the next round."""
        with self._database.transaction():
            self._database.execute_change(
                "UPDATE letters SET not_before = ? WHERE state = 'queued' AND tries > 0"
                " AND not_before > ?",
                *(utc_text(now), utc_text(now)),
            )

    def release_draft(self, letter: Letter, now: datetime, *, one_of_many: bool = False) -> None:
        """A person lets a draft go; one of many that they did not read each goes as all letters
        do, in office hours and as the caps allow."""
        sets, at = "state = 'queued', by_hand = ?, since = ?, not_before = ?", utc_text(now)
        self._change(sets, letter, int(not one_of_many), at, at)

    def put_back(self, letter: Letter, before: LetterStanding) -> None:
        """As it rested before a person had it go, or not go, and took that back."""
        sent = utc_text(before.sent) if before.sent else None
        self._change(
            "state = ?, tries = ?, by_hand = ?, sent = ?, answer = ?, reason = ?",
            letter,
            *(before.state, before.tries, int(before.by_hand), sent),
            *(before.answer, before.reason),
        )

    def call_back_letter(self, letter: Letter, answer: str | LetterReason, now: datetime) -> None:
        """There is no more reason to send it. What it tells of that is not so any more is told by
        no letter that is written in its place."""
        with self._database.transaction():
            self._database.execute_change(MARK_OVERTAKEN_SQL, letter.id)
            self._keep("state = 'called back', called_back = ?", letter, answer, utc_text(now))

    def withdraw_digests(self, now: datetime) -> None:
        """Of digests that have not left only the newest goes, which tells what the others would."""
        older = (
            "kind = 'digest' AND +state = 'queued' AND told_on < (SELECT max(told_on) FROM letters"
            " WHERE kind = 'digest' AND +state IN ('queued', 'sending', 'sent'))"
        )
        for letter in self._where(older):
            self.call_back_letter(letter, "a newer digest tells what it would", now)

    def cancel_letter(self, letter: Letter) -> None:
        """A person wants it not to go."""
        self._change("state = 'cancelled'", letter)

    def about(self, what: Literal["decision", "delivery"], id: int) -> list[Letter]:
        """The letters that tell of a decision or a delivery, but for those called back."""
        tells = f"SELECT letter_id FROM tells WHERE {what}_id = ?"  # noqa: S608  our own words
        return self._where(f"id IN ({tells}) AND state <> 'called back' ORDER BY id", id)

    def count_by_state(self) -> dict[str, int]:
        """How many letters are in each state; every state is named."""
        sql = "SELECT state, count(*) AS n FROM letters GROUP BY state"
        found = {row["state"]: row["n"] for row in self._database.fetch_rows(sql)}
        return {state: found.get(state, 0) for state in LETTER_STATES}

    def _keep(self, what: str, letter: Letter, answer: str | LetterReason, *values: object) -> None:
        """A change with why it is so: a reason of ours in its words, or what a server said."""
        why = (answer.words, answer) if isinstance(answer, LetterReason) else (answer, "")
        self._change(f"{what}, answer = ?, reason = ?", letter, *values, *why)

    def _change(self, what: str, letter: Letter, *values: object) -> None:
        with self._database.transaction():
            self._database.execute_change(
                f"UPDATE letters SET {what} WHERE id = ?",  # noqa: S608  our own words
                *values,
                letter.id,
            )

    def _where(self, condition: str, *values: object) -> list[Letter]:
        sql = f"SELECT * FROM letters WHERE {condition}"  # noqa: S608  our own words
        return [self._letter(row) for row in self._database.fetch_rows(sql, *values)]

    def _letter(self, row: Row) -> Letter:
        return Letter(
            id=row["id"],
            key=row["key"],
            repetition=row["repetition"],
            kind=row["kind"],
            state=row["state"],
            message_id=row["message_id"],
            recipient=self._vault.unseal_bytes(row["recipient"], _RECIPIENT).decode(),
            message=self._vault.unseal_bytes(row["sealed"], _SEALED),
            tries=row["tries"],
            queued=datetime.fromisoformat(row["queued"]),
            since=datetime.fromisoformat(row["since"]),
            by_hand=bool(row["by_hand"]),
            sent=datetime.fromisoformat(row["sent"]) if row["sent"] else None,
            answer=row["answer"],
            reason=LetterReason(row["reason"]) if row["reason"] else None,
            agency_id=row["agency_id"],
            contact_id=row["contact_id"],
            broke=row["broke"],
            not_before=datetime.fromisoformat(row["not_before"]),
            trial=bool(row["trial"]),
        )
