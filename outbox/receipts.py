"""Receipts: what an agency that works by folder alone finds beside what it dropped.

Does: for each judged file puts a copy with comments, where it needs changes, and then a receipt
into `returned/` of the folder it came from; writes first and remembers after. Doing it again is
harmless: the same bytes under the same name are not written twice.
Trusts: the register for whose the folder is.
Never touches: the original; mail. What is put back goes nowhere but to the folder it came from.
Known limits: documents inside a zip are answered in its receipt and get no copies. What could not
be put back for five days is given up: the letter went by mail all the same. When a crash comes
after a receipt was written, and the next try on another day, there may be two.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from config.kind import Kinds
from handlers.judging.confined import Confined
from handlers.worker.outcomes import NoWorker, Unforeseen
from intake.delivery import Delivery
from intake.drop.returned import copy_name, receipt_name
from intake.source import NotThere, Unreadable, Vanished
from intake.spool import Spool
from intake.vault import Vault
from outbox.answers import Answerable
from outbox.guard import Guard
from outbox.lighter import lighter
from outbox.receipt import ReceiptFacts, comments, receipt_facts
from outbox.slips import Outcome, Slips, What
from outbox.unanswered import Unanswered
from outbox.writer import Writer

log = logging.getLogger(__name__)

GIVE_UP = timedelta(days=5)
AWAY = "A receipt could not be put into the drop folder yet."


class PutsBack(Protocol):
    """The drop folder, for what is put back."""

    def put_back(self, way: tuple[str, ...], name: str, data: bytes) -> None:
        """Raises NotThere, Vanished, Unreadable or OSError. Doing it twice is harmless."""
        ...


@dataclass(frozen=True, slots=True)
class Handing:
    """How receipts are made: by whom, in whose name, and whether copies are."""

    spool: Spool
    vault: Vault
    confined: Confined
    writer: Writer
    guard: Guard
    kinds: Kinds
    board: str
    annotate: bool


class Receipts:
    """Puts back what is due."""

    def __init__(
        self, unanswered: Unanswered, slips: Slips, drop: PutsBack, handing: Handing
    ) -> None:
        self._unanswered = unanswered
        self._slips = slips
        self._drop = drop
        self._by = handing

    def hand_back(self, now: datetime) -> Iterator[str]:
        """Yields a sentence of trouble, or "", after each file."""
        for answerable in self._unanswered.unreceipted(now):
            facts = receipt_facts(answerable, self._by.kinds, now.date())
            if facts is None:
                continue
            try:
                delivery = self._by.spool.get(answerable.delivery_id)
                copy = self._copy(answerable, delivery, now)
                self._receipt(answerable, delivery, replace(facts, copy=copy), now)
            except NoWorker:
                raise
            except Exception as why:  # noqa: BLE001  one receipt stops no other, and no letter
                if now - answerable.received >= GIVE_UP:
                    self._ended(answerable, "receipt", "given up", now)
                yield _trouble(why)
            else:
                yield ""

    def _receipt(
        self, answerable: Answerable, delivery: Delivery, facts: ReceiptFacts, now: datetime
    ) -> None:
        said = self._said(facts)
        data = said.replace("\n", "\r\n").encode("utf-8-sig")  # for Notepad, of any age
        self._put(delivery, receipt_name(delivery.name or ""), data)
        self._ended(answerable, "receipt", "put", now)

    def _said(self, facts: ReceiptFacts) -> str:
        """Its words, without the advice that may not be told. Raises Withheld."""
        guard, said = self._by.guard, self._by.writer.receipt(facts)
        if not guard.may_say(said, facts.case):
            less = lighter(facts, lambda words: guard.may_say(words, facts.case))
            said = self._by.writer.receipt(less) if less else said
        guard.words(said, facts.case)
        return said

    def _copy(self, answerable: Answerable, delivery: Delivery, now: datetime) -> bool:
        """Whether a copy with comments lies there."""
        ended = self._slips.outcome(answerable.delivery_id, answerable.agency.id, "copy")
        if ended is None:
            copy = self._annotated(answerable, delivery)
            if copy is not None:
                ending = self._by.confined.sniff(copy)
                self._put(delivery, copy_name(delivery.name or "", ending), copy)
            ended = "none" if copy is None else "put"
            self._ended(answerable, "copy", ended, now)
        return ended == "put"

    def _annotated(self, answerable: Answerable, delivery: Delivery) -> bytes | None:
        request = comments(answerable, self._by.kinds, self._by.board)
        if not (self._by.annotate and request.notes):
            return None
        for note in request.notes:
            self._by.guard.words("\n".join(note.words), answerable.reference)
        try:
            return self._by.confined.annotate(self._by.vault.get(delivery.content), request)
        except Unforeseen as why:
            log.error("delivery %d has no annotated copy: %s", delivery.id, why)
            return None

    def _put(self, delivery: Delivery, name: str, data: bytes) -> None:
        below = delivery.case.split("/") if delivery.case else ()
        way = (delivery.agency, *below) if delivery.agency is not None else ()
        self._drop.put_back(way, name, data)

    def _ended(self, answerable: Answerable, what: What, outcome: Outcome, now: datetime) -> None:
        self._slips.ended(answerable.delivery_id, answerable.agency.id, what, outcome, now)


def _trouble(why: Exception) -> str:
    """What stood in the way, without a word of what was being written."""
    if isinstance(why, NotThere | Unreadable | Vanished | OSError):
        return AWAY
    return f"A receipt was not written: {type(why).__name__}."
