"""Letters that came back: what a delivery report does to the letter it names, and what it was
believed for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from config.bounce_reasons import REASONS_IN_WORDS
from config.calendar import moment_in_words
from handlers.register.submissions import BounceProof
from handlers.senders.sender_proof import STOPPING_WEIGHTS
from intake.database import RegisterDatabase, Row
from outbox.sending.closed_addresses import CLOSING_LETTERS_SQL, TIMELY_SQL
from outbox.sending.letter_queue import LetterQueue
from outbox.writing.groups import group_alike, number_range_phrase
from outbox.writing.letter import LETTER_NAMES, Letter, LetterKind, LetterState

CAME_BACK = "its reader's mail server returned it"
GIVEN_UP = "a mail server gave it up for now"
_BACK = (
    # From the few reports to the letters: CROSS JOIN keeps SQLite to that order.
    "SELECT l.id, max(b.weight = 'hard') AS hard,"  # noqa: S608  our own words
    " coalesce(max(CASE WHEN b.weight = 'hard' THEN b.why END), max(b.why)) AS why FROM bounces b"
    " CROSS JOIN letters l ON l.message_id = b.message_id"
    f" WHERE l.state = 'sent' AND b.weight IN ('hard', 'soft') AND {TIMELY_SQL}"
    " GROUP BY l.id ORDER BY l.id"
)
# What was reported of a letter and has changed nothing.
_LATE = (
    "SELECT DISTINCT l.id, l.kind, b.weight, c.reference, a.name FROM bounces b"
    " CROSS JOIN letters l ON l.message_id = b.message_id"
    " LEFT JOIN agencies a ON a.id = l.agency_id LEFT JOIN cases c ON c.id = a.case_id"
    " WHERE l.state = 'sent' AND b.weight <> 'delivered' AND b.noted >= ?"
    " AND NOT (b.weight IN ('hard', 'soft') AND b.proof = '')"  # a person is asked about it
    " ORDER BY l.id"
)
_NOT_COUNTED = (
    "{A} report about letter {id}, {name}, is not of its last sending,"
    " or came too long after that to count."
)
_SAID = {
    "late": "{Letter} {id}, {name}, is late, as a report about it says: it is still tried.",
    "": "{A} report about letter {id}, {name}, does not say whether it arrived.",
    "hard": _NOT_COUNTED,
    "soft": _NOT_COUNTED,
}
_TOO_LONG = (
    "Reports about {letters}, are not of their last sending, or came too long after that to count."
)
_SAID_OF_MANY = {
    "late": "{letters}, are late, as reports about them say: they are still tried.",
    "": "Reports about {letters}, do not say whether they arrived.",
    "hard": _TOO_LONG,
    "soft": _TOO_LONG,
}


def mark_returned(database: RegisterDatabase, queue: LetterQueue) -> list[Letter]:
    """Every letter that has come back and was not known to have."""
    returned = []
    for row in database.fetch_rows(_BACK):
        letter = queue.get(row["id"])
        assert letter is not None  # it was just read
        what = CAME_BACK if row["hard"] else GIVEN_UP
        queue.mark_undelivered(letter, _with_reason(what, row["why"]))
        returned.append(letter)
    return returned


def late_bounce_notes(database: RegisterDatabase, since: datetime | None) -> Iterator[str]:
    """What was reported since then and needs nobody yet, a sentence each, or one of
    many."""
    rows = database.fetch_rows(_LATE, since.isoformat() if since else "")
    for same in group_alike(rows, lambda row: _SAID_OF_MANY[row["weight"]]):
        row, ids = same[0], [each["id"] for each in same]
        if len(same) > 1:
            yield _SAID_OF_MANY[row["weight"]].format(letters=number_range_phrase("letters", ids))
        else:
            yield _said_of(row)


def _said_of(row: Row) -> str:
    """ "N12, Shire Police: letter 7, a chaser, is late ..."."""
    whose = f"{row['reference']}, {row['name']}: " if row["name"] else ""
    a, letter = ("a", "letter") if whose else ("A", "Letter")
    said = _SAID[row["weight"]]
    name = LETTER_NAMES[row["kind"]]
    return f"{whose}{said.format(id=row['id'], name=name, A=a, Letter=letter)}"


REPORT_WORDS: Mapping[str, str] = {
    "hard": "it was returned for good",
    "soft": "a mail server gave it up for now",
    "late": "it is late, and still tried",
    "delivered": "it arrived",
    "": "the report does not say whether it arrived",
}
PROOF_WORDS: Mapping[BounceProof, str] = {
    "relay": "our own mail server took the report from the relay by which our letters leave",
    "sender": "the report's sender is known, and of the domain of the letter's reader or of ours",
    "": "nothing proves that the report is from a mail server of ours or of the letter's reader",
}

_REPORTS = (
    "SELECT l.id, l.kind, l.state, b.weight, b.why, b.proof, b.noted,"  # noqa: S608  our own words
    " (SELECT min(e.id) FROM entries e WHERE e.delivery_id = b.delivery_id) AS entry,"
    f" l.id IN ({CLOSING_LETTERS_SQL}) AS closes"
    " FROM bounces b JOIN letters l ON l.message_id = b.message_id WHERE {} = ?"
    " ORDER BY b.noted, b.delivery_id"
)
_STOPPED = (
    "SELECT l.id, c.reference, a.name, k.role FROM letters l"  # noqa: S608  our own words
    " JOIN contacts k ON k.id = l.contact_id JOIN agencies a ON a.id = k.agency_id"
    " JOIN cases c ON c.id = a.case_id"
    f" WHERE k.state = 'active' AND l.id IN ({CLOSING_LETTERS_SQL}) ORDER BY l.id"
)


@dataclass(frozen=True, slots=True)
class BounceReport:
    """One report about one letter. `entry` is the number of the report's own entry; `closes` says
    that nothing goes to the letter's reader, since it came back for good."""

    letter: int
    kind: LetterKind
    state: LetterState
    weight: str
    proof: BounceProof
    noted: datetime
    entry: int | None
    closes: bool = False
    why: str = ""

    @property
    def explanation(self) -> str:
        """What it says, and what it was believed for."""
        said = _with_reason(REPORT_WORDS[self.weight], self.why)
        if self.weight not in STOPPING_WEIGHTS:
            return f"{said}. Nothing is stopped by that."
        if not self.proof:
            return (
                f"{said}. It is not believed: {PROOF_WORDS['']}."
                " Nothing was stopped by it, and the letter's reader is written to."
            )
        return f"{said}. It is believed: {PROOF_WORDS[self.proof]}.{self._follows()}"

    def _follows(self) -> str:
        if self.weight == "hard" and self.closes:
            return " Nothing is sent to that address until a person says that it works again."
        if self.state != "undelivered":
            return " Nothing is stopped by it now."
        return " Other letters to that address go on."


@dataclass(frozen=True, slots=True)
class UnreachableContact:
    """Somebody whose mail came back: whose, and by which reports."""

    whose: str
    role: str
    letter: int
    reports: tuple[BounceReport, ...]


def reports_about_letter(database: RegisterDatabase, id: int) -> list[BounceReport]:
    return [_read(row) for row in database.fetch_rows(_REPORTS.format("l.id"), id)]


def reports_in_delivery(database: RegisterDatabase, id: int) -> list[BounceReport]:
    return [_read(row) for row in database.fetch_rows(_REPORTS.format("b.delivery_id"), id)]


def list_unreachable(database: RegisterDatabase) -> Iterator[UnreachableContact]:
    """Whom nothing is sent to, since mail to them comes back."""
    for row in database.fetch_rows(_STOPPED):
        whose = f"{row['reference']}, {row['name']}"
        yield UnreachableContact(
            whose, row["role"], row["id"], tuple(reports_about_letter(database, row["id"]))
        )


def report_sentence(report: BounceReport, zone: tzinfo | None) -> str:
    """ "Report of 10:15am on Thursday 1 April 2010 (entry 7): it was returned for good. ..."."""
    entry = f" (entry {report.entry})" if report.entry else ""
    return (
        f"Report of {moment_in_words(report.noted.astimezone(zone))}{entry}: {report.explanation}"
    )


def report_letter_sentence(report: BounceReport) -> str:
    """ "It is about letter 5, a reminder: it was returned for good. ..."."""
    return f"It is about letter {report.letter}, {LETTER_NAMES[report.kind]}: {report.explanation}"


def report_as_json(report: BounceReport) -> dict[str, object]:
    return {
        "letter": report.letter,
        "entry": report.entry,
        "says": report.weight,
        "why": report.why,
        "proof": report.proof,
        "noted": report.noted.isoformat(),
    }


def _read(row: Row) -> BounceReport:
    return BounceReport(
        row["id"],
        row["kind"],
        row["state"],
        row["weight"],
        row["proof"],
        datetime.fromisoformat(row["noted"]),
        row["entry"],
        closes=bool(row["closes"]),
        why=row["why"],
    )


def _with_reason(what: str, why: str) -> str:
    """ "its reader's mail server returned it: nobody there has that address"."""
    return f"{what}: {REASONS_IN_WORDS[why]}" if why else what
