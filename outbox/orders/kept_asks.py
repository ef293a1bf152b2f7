"""Reads back what digests and urgent letters asked, by its number or the code of a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from intake.database import RegisterDatabase, Row
from intake.vault import Vault
from outbox.orders.numbered_asks import ASK_SEAL_CONTEXT, NUMBERED_ASK_ADAPTER
from outbox.writing.asks import NumberedAsk

# Letters whose links are looked through, which are good for eleven working days: a digest a day,
# and as many urgent ones.
MAX_ASKING = 60
ANSWERED_KINDS = ("digest", "urgent", "confirmation")  # to those who may answer
# Answers that have links of their own; they are good for as long as a digest's.
MAX_ANSWERS = 60
_WENT = "l.state IN ('sent', 'sending', 'undelivered')"
_DIGEST_WENT = f"l.kind = 'digest' AND {_WENT}"


@dataclass(frozen=True, slots=True)
class KeptAsk:
    """What a digest asked. `asked` is when that was written (UTC); what came as a later entry or
    decision than those seen was not known then."""

    digest_id: int
    ask: NumberedAsk
    asked: datetime
    entry_seen: int
    decision_seen: int
    of_answer: bool = False  # an answer to a mail has its links, which went to its sender alone


class KeptAsks:
    """Reads `numbered_asks`: what digests asked."""

    def __init__(self, database: RegisterDatabase, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    def last_digest(self) -> int | None:
        """The letter that was the last digest to go."""
        row = self._database.fetch_row(
            f"SELECT max(l.id) AS id FROM letters l WHERE {_DIGEST_WENT}"  # noqa: S608
        )
        return row["id"] if row else None

    def asks_of_digest(self, digest_id: int) -> list[KeptAsk]:
        """In the order of their numbers."""
        return list(self._where("a.letter_id = ? ORDER BY a.number", digest_id))

    def recent_asks(self) -> Iterator[KeptAsk]:
        """Of the last digests and urgent letters that went, and of answers with links, the newest
        first."""
        asking = f"l.kind IN ('digest', 'urgent') AND {_WENT}"
        last = f"SELECT l.id FROM letters l WHERE {asking} ORDER BY l.id DESC LIMIT {MAX_ASKING}"  # noqa: S608
        answers = (
            "SELECT l.id FROM letters l WHERE l.kind = 'confirmation' AND EXISTS"  # noqa: S608
            " (SELECT 1 FROM numbered_asks n WHERE n.letter_id = l.id)"
            f" ORDER BY l.id DESC LIMIT {MAX_ANSWERS}"
        )
        either = f"(a.letter_id IN ({last}) OR a.letter_id IN ({answers}))"
        return self._where(f"{either} ORDER BY a.letter_id DESC, a.number")

    def digest_answered_by(self, message_id: str) -> int | None:
        """Which digest a reply to a letter of ours with this id answers: the letter itself, the one
        that it was about, or the last that went; None where it is to nobody who may answer."""
        sql = (
            "SELECT l.id, l.kind, (SELECT max(o.letter_id) FROM orders o"  # noqa: S608
            " WHERE o.delivery_id = l.delivery_id) AS about,"
            " EXISTS (SELECT 1 FROM numbered_asks n WHERE n.letter_id = l.id) AS own"
            " FROM letters l WHERE l.message_id = ? AND l.contact_id IS NULL"
            f" AND l.kind IN {ANSWERED_KINDS}"
        )
        row = self._database.fetch_row(sql, message_id)
        if row is None:
            return None
        asked = row["own"] or row["kind"] in ("digest", "urgent")
        return row["id"] if asked else row["about"] or self.last_digest()

    def _where(self, condition: str, *values: object) -> Iterator[KeptAsk]:
        sql = (
            "SELECT a.*, l.queued, l.kind FROM numbered_asks a JOIN letters l ON l.id = a.letter_id"  # noqa: S608
            f" WHERE {condition}"
        )
        return map(self._read, self._database.fetch_rows(sql, *values))

    def _read(self, row: Row) -> KeptAsk:
        opened = self._vault.unseal_bytes(row["sealed"], ASK_SEAL_CONTEXT)
        return KeptAsk(
            digest_id=row["letter_id"],
            ask=NUMBERED_ASK_ADAPTER.validate_json(opened),
            asked=datetime.fromisoformat(row["queued"]),
            entry_seen=row["entry_seen"],
            decision_seen=row["decision_seen"],
            of_answer=row["kind"] == "confirmation",
        )
