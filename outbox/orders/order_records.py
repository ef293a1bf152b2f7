"""The only writer of `order_mails` and `orders`: what was answered by mail, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import TypeAdapter

from config.calendar import utc_text
from config.order_words import ORDER_GRAMMAR
from handlers.register.decision import CaseStanding
from handlers.register.returns import ReturnStanding
from intake.database import RegisterDatabase, Row
from intake.vault import Vault
from outbox.orders.kept_asks import KeptAsk
from outbox.writing.asks import OrderResult
from outbox.writing.letter import LetterStanding

RefusalReason = Literal["", "unclear", "another", "unproven", "no key"]


@dataclass(frozen=True, slots=True)
class OrderMailAnswer:
    """The answer to a mail: to whom it goes, which of their messages it answers, and all it says.
    `words` are lines of theirs that were no order."""

    email: str
    name: str
    thread: str
    results: tuple[OrderResult, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderUndoing:
    """What it takes to undo an order: how returns and cases stood before it and after, how letters
    rested, which entries it made, the letters that were never written for it, and those that were
    only tried and are told no more."""

    returns: tuple[tuple[ReturnStanding, ReturnStanding], ...] = ()
    letters: tuple[LetterStanding, ...] = ()
    cases: tuple[tuple[CaseStanding, CaseStanding], ...] = ()
    entries: tuple[int, ...] = ()
    unwritten: tuple[int, ...] = ()
    tried: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Sealed:
    result: OrderResult
    undoing: OrderUndoing


@dataclass(frozen=True, slots=True)
class DoneOrder:
    """An order as it was done. `done` is UTC."""

    id: int
    delivery_id: int
    number: int
    word: str
    decisions: tuple[int, ...]
    result: OrderResult
    undoing: OrderUndoing
    done: datetime

    @property
    def moved(self) -> dict[str, date]:
        """The returns that it gave another day, each with that day."""
        return {now.kind: now.due for was, now in self.undoing.returns if now.due != was.due}


_BY_MAIL = (
    "SELECT agency_id FROM standing WHERE by_mail = 1 AND decided > ?1 AND decided <= ?2"
    " AND agency_id IS NOT NULL UNION"
    " SELECT s.agency_id FROM orders o JOIN origins s ON s.delivery_id = o.delivery_id"
    " WHERE o.word = 'hand in' AND o.undone_in IS NULL AND o.done > ?1 AND o.done <= ?2"
    " AND s.agency_id IS NOT NULL"
)
_ANSWER = TypeAdapter(OrderMailAnswer)
_DONE = TypeAdapter(_Sealed)
_BESIDE = str(tuple(sorted(ORDER_GRAMMAR.beside_an_ask)))  # for an IN of SQL
_MAIL_SEAL, _ORDER_SEAL = "order mail", "order"


class OrderRecords:
    """Writes what mails ordered and what came of it, and reads it back."""

    def __init__(self, database: RegisterDatabase, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def add_mail(
        self, delivery_id: int, why: RefusalReason, answer: OrderMailAnswer, now: datetime
    ) -> None:
        """A mail that counts, or why it does not. Call inside the transaction that marks its
        delivery as judged."""
        self._database.execute_insert(
            "INSERT INTO order_mails (delivery_id, outcome, why, sealed, settled)"
            " VALUES (?, ?, ?, ?, ?)",
            *(delivery_id, "refused" if why else "answered", why),
            *(self._vault.seal_bytes(_ANSWER.dump_json(answer), _MAIL_SEAL), utc_text(now)),
        )

    def unanswered_mails(self) -> list[tuple[int, OrderMailAnswer]]:
        """The deliveries that count and that no letter answers yet."""
        sql = (
            "SELECT delivery_id, sealed FROM order_mails m WHERE outcome = 'answered'"
            " AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.delivery_id = m.delivery_id"
            "   AND l.kind = 'confirmation') ORDER BY delivery_id"
        )
        return [
            (row["delivery_id"], self._answer(row["sealed"]))
            for row in self._database.fetch_rows(sql)
        ]

    def answered_since(self, since: datetime | None) -> list[tuple[OrderMailAnswer, datetime]]:
        """The answers to mails that counted, and when those were carried out."""
        sql = (
            "SELECT sealed, settled FROM order_mails WHERE outcome = 'answered' AND settled > ?"
            " ORDER BY delivery_id"
        )
        rows = self._database.fetch_rows(sql, utc_text(since) if since else "")
        return [
            (self._answer(row["sealed"]), datetime.fromisoformat(row["settled"])) for row in rows
        ]

    def refused_since(self, since: datetime | None) -> list[tuple[str, datetime]]:
        """Why mails did not count, and when they came to nothing."""
        sql = "SELECT why, settled FROM order_mails WHERE outcome = 'refused' AND settled > ?"
        rows = self._database.fetch_rows(sql, utc_text(since) if since else "")
        return [(row["why"], datetime.fromisoformat(row["settled"])) for row in rows]

    def count_answered_since(self, since: datetime) -> int:
        """How many mails were answered since then."""
        sql = "SELECT count(*) AS n FROM order_mails WHERE outcome = 'answered' AND settled >= ?"
        row = self._database.fetch_row(sql, utc_text(since))
        return int(row["n"]) if row else 0

    def add_order(
        self,
        delivery_id: int,
        kept: KeptAsk,
        word: str,
        decisions: Sequence[int],
        result: OrderResult,
        undoing: OrderUndoing,
        now: datetime,
    ) -> None:
        """Call inside the transaction that does it."""
        sealed = _DONE.dump_json(_Sealed(result, undoing))
        self._database.execute_insert(
            "INSERT INTO orders (delivery_id, letter_id, number, word, decisions, sealed, done)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            *(delivery_id, kept.digest_id, kept.ask.number, word, json.dumps([*decisions])),
            *(self._vault.seal_bytes(sealed, _ORDER_SEAL), utc_text(now)),
        )

    def standing_order(self, kept: KeptAsk) -> DoneOrder | None:
        """What settled an ask last, and stands; what was done beside it does not count."""
        return next(iter(self.standing_orders(kept)), None)

    def mails_about(self, kept: KeptAsk) -> list[int]:
        """The deliveries that ordered something about an ask."""
        sql = "SELECT DISTINCT delivery_id FROM orders WHERE letter_id = ? AND number = ?"
        rows = self._database.fetch_rows(sql, kept.digest_id, kept.ask.number)
        return [row["delivery_id"] for row in rows]

    def orders_to_undo(self, kept: KeptAsk, mail: int = 0) -> list[DoneOrder]:
        """What one mail did that settled an ask or handed something in by it, and stands; the
        newest first. It is the last, where no delivery is named."""
        sql = "SELECT * FROM orders WHERE letter_id = ? AND number = ? AND undone_in IS NULL"
        sql += f" AND (word = 'hand in' OR word NOT IN {_BESIDE}) ORDER BY id DESC"
        rows = self._database.fetch_rows(sql, kept.digest_id, kept.ask.number)
        of = mail or (rows[0]["delivery_id"] if rows else 0)
        return [self._order(row) for row in rows if row["delivery_id"] == of]

    def standing_orders(self, kept: KeptAsk) -> list[DoneOrder]:
        """All that settled parts of an ask, and stands, the newest first."""
        sql = "SELECT * FROM orders WHERE letter_id = ? AND number = ? AND undone_in IS NULL"
        sql += f" AND word NOT IN {_BESIDE} ORDER BY id DESC"
        rows = self._database.fetch_rows(sql, kept.digest_id, kept.ask.number)
        return [self._order(row) for row in rows]

    def orders_done_by(self, delivery_id: int, kept: KeptAsk) -> list[DoneOrder]:
        """What this very mail did about an ask, before it was read again."""
        sql = "SELECT * FROM orders WHERE delivery_id = ? AND letter_id = ? AND number = ?"
        rows = self._database.fetch_rows(sql, delivery_id, kept.digest_id, kept.ask.number)
        return [self._order(row) for row in rows]

    def agencies_to_undo(self, undo_time: timedelta, now: datetime) -> frozenset[int]:
        """The agencies about which a mail decided something, or for which it handed something in,
        within the time in which it can be undone."""
        rows = self._database.fetch_rows(_BY_MAIL, utc_text(now - undo_time), utc_text(now))
        return frozenset(row["agency_id"] for row in rows)

    def mark_undone(self, order: DoneOrder, delivery_id: int) -> None:
        """Call inside the transaction that undoes it."""
        sql = "UPDATE orders SET undone_in = ? WHERE id = ?"
        self._database.execute_change(sql, delivery_id, order.id)

    def _order(self, row: Row) -> DoneOrder:
        opened = _DONE.validate_json(self._vault.unseal_bytes(row["sealed"], _ORDER_SEAL))
        return DoneOrder(
            id=row["id"],
            delivery_id=row["delivery_id"],
            number=row["number"],
            word=row["word"],
            decisions=tuple(json.loads(row["decisions"])),
            result=opened.result,
            undoing=opened.undoing,
            done=datetime.fromisoformat(row["done"]),
        )

    def _answer(self, sealed: bytes) -> OrderMailAnswer:
        return _ANSWER.validate_json(self._vault.unseal_bytes(sealed, _MAIL_SEAL))
