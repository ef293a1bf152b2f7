"""Letters that have not gone and will not by themselves, told to the administrator.

Does: puts each into a sentence with the command that settles it (failure modes 66 and 70).
Trusts: the queue's rows; what a transport said of them is in words of ours.
Never touches: what a letter says, or whom it is to; the agency is named.
Known limits: none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from config.calendar import moment
from intake.ledger import Ledger, Row
from outbox.caps import FULL_HOUR
from outbox.facts import Need
from outbox.named import NAMES
from outbox.returned import FOR_GOOD
from outbox.words import count

_STUCK = (
    "SELECT l.id, l.kind, l.answer, c.reference, a.name, a.code,"  # noqa: S608  our own words
    f" iif(l.state = 'undelivered' AND NOT {FOR_GOOD}, 'given up', l.state) AS state"
    " FROM letters l"
    " LEFT JOIN cases c ON c.id = l.case_id LEFT JOIN agencies a ON a.id = l.agency_id"
    " WHERE l.state IN ('failed', 'held back', 'undelivered') ORDER BY l.id"
)
_RETRY = "scr-intake letters retry {id}"
_TOLD = {
    "failed": "could not be sent: {answer}. To try it again:",
    "held back": (
        "is held back: {answer}. To send it (or keep it in with `scr-intake letters cancel {id}`):"
    ),
    "undelivered": (
        "came back, and nothing more is sent to that address. Register another with"
        " `scr-intake contact add {reference} {code}` and take this one out; or write to it all the"
        " same with `scr-intake letters cancel {id}`; or, if it works again:"
    ),
    "given up": (
        "has not arrived: {answer}. Other letters to that address go on. To send it again (or let"
        " it be with `scr-intake letters cancel {id}`):"
    ),
}


def not_sent(ledger: Ledger, now: datetime) -> Iterator[Need]:
    """One line a letter; first what keeps all of them in. `now` is in the board's time zone."""
    row = ledger.row("SELECT paused FROM pauses WHERE resumed IS NULL")
    if row is not None:
        since = moment(datetime.fromisoformat(row["paused"]).astimezone(now.tzinfo))
        yield Need(f"No letter has left since {since}. To let them go:", "scr-intake outbox resume")
    for row in ledger.rows(_STUCK):
        said = _whose(row) + _TOLD[row["state"]].format(**dict(row))
        yield Need(said, _RETRY.format(id=row["id"]))


def waiting(ledger: Ledger) -> Iterator[str]:
    """What has not gone yet and will by itself, in a sentence each."""
    sql = "SELECT count(*) AS n FROM letters WHERE state = 'queued' AND answer {} ?"
    row = ledger.row(sql.format("="), FULL_HOUR)
    if row is not None and row["n"]:
        yield f"{count(row['n'], 'letter')} waited at this time: {FULL_HOUR}."
    row = ledger.row(sql.format("NOT IN ('',") + ")", FULL_HOUR)
    if row is not None and row["n"]:
        yield f"{count(row['n'], 'letter')} could not be sent yet, and will be tried again."


def _whose(row: Row) -> str:
    if row["name"]:
        return f"{row['reference']}, {row['name']}: letter {row['id']}, {NAMES[row['kind']]}, "
    return f"Letter {row['id']}, {NAMES[row['kind']]}, "
