"""What delivery reports said of letters, and what each was believed for.

Does: reads the reports about a letter, or those that came in one delivery, and puts into sentences
what each says, what proves it, and what it stopped; says which people are out of reach by which.
Trusts: the register's bounces.
Never touches: the reports themselves; `scr-intake open` shows one.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from config.calendar import moment
from handlers.register.entry import Proof
from intake.ledger import Ledger, Row
from outbox.letter import LetterKind, LetterState
from outbox.named import NAMES
from outbox.returned import FOR_GOOD

SAYS: Mapping[str, str] = {
    "hard": "it was returned for good",
    "soft": "a mail server gave it up for now",
    "late": "it is late, and still tried",
    "delivered": "it arrived",
    "": "the report does not say whether it arrived",
}
PROVEN: Mapping[Proof, str] = {
    "relay": "our own mail server took the report from the relay by which our letters leave",
    "sender": "the report's sender is proven, and of the domain of the letter's reader or of ours",
    "": "nothing proves that the report is from a mail server of ours or of the letter's reader",
}
STOPS = ("hard", "soft")

_REPORTS = (
    "SELECT l.id, l.kind, l.state, b.weight, b.proof, b.noted,"
    " (SELECT min(e.id) FROM entries e WHERE e.delivery_id = b.delivery_id) AS entry"
    " FROM bounces b JOIN letters l ON l.message_id = b.message_id WHERE {} = ?"
    " ORDER BY b.noted, b.delivery_id"
)
_STOPPED = (
    "SELECT l.id, c.reference, a.name, k.role FROM letters l"  # noqa: S608  our own words
    " JOIN contacts k ON k.id = l.contact_id JOIN agencies a ON a.id = k.agency_id"
    f" JOIN cases c ON c.id = a.case_id WHERE l.state = 'undelivered' AND {FOR_GOOD} ORDER BY l.id"
)


@dataclass(frozen=True, slots=True)
class Reported:
    """One report about one letter. `entry` is the number of the report's own entry."""

    letter: int
    kind: LetterKind
    state: LetterState
    weight: str
    proof: Proof
    noted: datetime
    entry: int | None

    @property
    def why(self) -> str:
        """What it says, and what it was believed for."""
        if self.weight not in STOPS:
            return f"{SAYS[self.weight]}. Nothing is stopped by that."
        if not self.proof:
            return (
                f"{SAYS[self.weight]}. It is not believed: {PROVEN['']}."
                " Nothing was stopped by it, and the letter's reader is written to."
            )
        return f"{SAYS[self.weight]}. It is believed: {PROVEN[self.proof]}.{self._follows()}"

    def _follows(self) -> str:
        if self.state != "undelivered":
            return " Nothing is stopped by it now."
        if self.weight == "hard":
            return " Nothing is sent to that address until a person acts."
        return " Other letters to that address go on."


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """Somebody whose mail came back: whose, and by which reports."""

    whose: str
    role: str
    letter: int
    reports: tuple[Reported, ...]


def about_letter(ledger: Ledger, id: int) -> list[Reported]:
    return [_read(row) for row in ledger.rows(_REPORTS.format("l.id"), id)]


def in_delivery(ledger: Ledger, id: int) -> list[Reported]:
    return [_read(row) for row in ledger.rows(_REPORTS.format("b.delivery_id"), id)]


def out_of_reach(ledger: Ledger) -> Iterator[OutOfReach]:
    """Whom nothing is sent to, since mail to them comes back."""
    for row in ledger.rows(_STOPPED):
        whose = f"{row['reference']}, {row['name']}"
        yield OutOfReach(whose, row["role"], row["id"], tuple(about_letter(ledger, row["id"])))


def told(report: Reported, zone: tzinfo | None) -> str:
    """ "Report of 10:15am on Thursday 1 April 2010 (entry 7): it was returned for good. ..."."""
    entry = f" (entry {report.entry})" if report.entry else ""
    return f"Report of {moment(report.noted.astimezone(zone))}{entry}: {report.why}"


def told_with_letter(report: Reported) -> str:
    """ "It is about letter 5, a reminder: it was returned for good. ..."."""
    return f"It is about letter {report.letter}, {NAMES[report.kind]}: {report.why}"


def as_json(report: Reported) -> dict[str, object]:
    return {
        "letter": report.letter,
        "entry": report.entry,
        "says": report.weight,
        "proof": report.proof,
        "noted": report.noted.isoformat(),
    }


def _read(row: Row) -> Reported:
    return Reported(
        row["id"],
        row["kind"],
        row["state"],
        row["weight"],
        row["proof"],
        datetime.fromisoformat(row["noted"]),
        row["entry"],
    )
