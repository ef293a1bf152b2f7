"""The rungs that letters stand for: who was told of what, and which agencies hear no more today.

Does: reads `rungs` and `letters`.
Trusts: `outbox/queue.py`, which writes them. A letter that was called back has told nobody.
Never touches: what a letter says.
Known limits: none.
"""

from __future__ import annotations

from datetime import date

from intake.ledger import Ledger, Row
from outbox.heard import Heard, Hearing
from outbox.letter import BOARDS_OWN, OF_THE_LADDER, TO_THE_CHAIR, Letter, Rungs

_TOLD = (
    "SELECT DISTINCT r.return_id, r.due_version, r.days, l.contact_id, l.told_on"
    " FROM rungs r JOIN letters l ON l.id = r.letter_id WHERE l.state <> 'called back'"
)


def hearings(ledger: Ledger) -> Heard:
    """Every rung that a letter stands for, whose it is (None for the chair's office), and the
    letter's day."""
    return Heard(
        Hearing(_rung(row), row["contact_id"], date.fromisoformat(row["told_on"]))
        for row in ledger.rows(_TOLD)
    )


def chased_on(ledger: Ledger, day: date) -> set[Rungs]:
    """The rungs for which a letter of the ladder was written on `day`, to whomever."""
    return {_rung(row) for row in _chased(ledger, day)}


def chased_by(ledger: Ledger, day: date) -> set[int]:
    """The readers to whom a letter of the ladder was written on `day`."""
    return {row["contact_id"] for row in _chased(ledger, day) if row["contact_id"] is not None}


def _chased(ledger: Ledger, day: date) -> list[Row]:
    ours = f"l.kind IN {OF_THE_LADDER} AND l.kind <> 'to-chair'"
    return ledger.rows(f"{_TOLD} AND l.told_on = ? AND {ours}", day.isoformat())


def stood_for(ledger: Ledger, letter: Letter) -> list[Rungs]:
    """The rungs that one letter stands for."""
    sql = "SELECT * FROM rungs WHERE letter_id = ? ORDER BY return_id"
    return [_rung(row) for row in ledger.rows(sql, letter.id)]


def written_to(ledger: Ledger, day: date) -> set[int]:
    """The agencies that were written to on `day`: one letter per agency and day."""
    sql = (
        "SELECT DISTINCT agency_id FROM letters WHERE told_on = ? AND agency_id IS NOT NULL"  # noqa: S608
        f" AND kind NOT IN {(*TO_THE_CHAIR, *BOARDS_OWN)} AND state <> 'called back'"
    )
    return {row["agency_id"] for row in ledger.rows(sql, day.isoformat())}


def _rung(row: Row) -> Rungs:
    return Rungs(row["return_id"], row["due_version"], row["days"])
