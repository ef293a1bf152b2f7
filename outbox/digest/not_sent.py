"""Tells the administrator of letters that will not go by themselves (failure modes 66 and 70).

Each comes with the command that settles it; many of one agency, or for one reason, are one
sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta

from config.bounce_reasons import REASONS_IN_WORDS
from config.calendar import clock_time, date_without_year, moment_in_words, utc_text
from config.english import count_noun, join_with_and
from handlers.register.agencies import RegisteredContact
from intake.database import RegisterDatabase, Row
from outbox.sending.after_restore import recovery_standing
from outbox.sending.closed_addresses import CLOSING_LETTERS_SQL
from outbox.writing import commands_to_paste
from outbox.writing.asks import AskLine, AskTopic, letter_offers
from outbox.writing.digest_facts import Need
from outbox.writing.groups import group_alike, make_group
from outbox.writing.letter import LETTER_NAMES, URGENT_KINDS, LetterKind
from outbox.writing.letter_reasons import LOOP_REASONS, LetterReason, reasons_sql

_STUCK = (
    "SELECT l.id, l.kind, l.answer, l.queued, c.reference, a.name, a.code,"  # noqa: S608  our own words
    " l.contact_id, (SELECT max(b.why) FROM bounces b WHERE b.message_id = l.message_id"
    " AND b.weight = 'hard' AND b.proof <> '') AS closed_by,"
    f" CASE WHEN l.state = 'undelivered' AND l.id NOT IN ({CLOSING_LETTERS_SQL}) THEN 'given up'"
    f" WHEN l.state = 'held back' AND l.reason NOT IN {reasons_sql(LOOP_REASONS)} THEN 'barred'"
    " ELSE l.state END AS state"
    " FROM letters l"
    " LEFT JOIN cases c ON c.id = l.case_id LEFT JOIN agencies a ON a.id = l.agency_id"
    " WHERE l.state IN ('failed', 'held back', 'undelivered') ORDER BY l.id"
)
ROUND_GRACE = timedelta(
    minutes=5
)  # what was written since leaves in its own round, or is no wait yet
_URGENT = (
    "SELECT id, kind, answer, queued FROM letters"  # noqa: S608  our own words
    f" WHERE state IN ('queued', 'sending') AND queued <= ? AND kind IN {URGENT_KINDS} ORDER BY id"
)
_NEXT_DAY = (
    "SELECT l.id, l.kind, l.answer, c.reference, a.name, l.contact_id FROM letters l"
    " LEFT JOIN cases c ON c.id = l.case_id LEFT JOIN agencies a ON a.id = l.agency_id"
    " WHERE l.state = 'queued' AND l.reason = ? ORDER BY l.id"
)
# Why letters wait for room, and when they go. Those of a full day are told by reader.
_CAPPED = {
    LetterReason.FULL_DAY: "",
    LetterReason.FULL_HOUR: "they go within the hour",
    LetterReason.ENOUGH_THANKS: "they go on the day after",
}
_RETRY = "scr-intake letters retry {id}"
_CANCEL = "`scr-intake letters cancel {id}`"
_TOLD = {
    "failed": "could not be sent: {answer}. To try it again:",
    "held back": (
        "is held back: {answer}. No more answers of the kind go to that reader until then."
        f" To keep it in, and go on: {_CANCEL} To send it, and go on:"
    ),
    "barred": f"is held back: {{answer}}. To keep it in: {_CANCEL} To send it:",
    "undelivered": (
        "came back{why}, and nothing more is sent to that address.{another} To let this letter be,"
        f" and send nothing there: {_CANCEL} If it works again, to send it once more:"
    ),
    "given up": (
        "has not arrived: {answer}. Other letters to that address go on."
        f" To let it be: {_CANCEL} To send it again:"
    ),
}
_TOLD_OF_MANY = {
    "failed": "could not be sent: {answer}. To let them be: `{cancel}` To try them again:",
    "held back": (
        "are held back: {answer}. No more answers of the kind go to that reader until then."
        " To keep them in, and go on: `{cancel}` To send them, and go on:"
    ),
    "barred": "are held back: {answer}. To keep them in: `{cancel}` To send them:",
    "undelivered": (
        "came back{why}, and nothing more is sent to those addresses.{another} To let these letters"
        " be, and send nothing there: `{cancel}` If they work again, to send them once more:"
    ),
    "given up": (
        "have not arrived: {answer}. Other letters to those addresses go on. To let them be:"
        " `{cancel}` To send them again:"
    ),
}
_IN_SHORT = {
    "failed": "could not be sent: {answer}",
    "held back": "{is_} held back: {answer}",
    "barred": "{is_} held back: {answer}",
    "undelivered": "came back{why}, and nothing more goes to {that}",
    "given up": "{has} not arrived: {answer}",
}


def unsent_letter_needs(
    database: RegisterDatabase, contact: Callable[[int], RegisteredContact | None], now: datetime
) -> Iterator[Need]:
    """One line a letter, or for many; first what keeps all of them in. `contact` gives a reader by
    their number; `now` is in the board's time zone."""
    row = database.fetch_row("SELECT paused FROM pauses WHERE resumed IS NULL")
    if row is not None:
        since = moment_in_words(datetime.fromisoformat(row["paused"]).astimezone(now.tzinfo))
        says = f"No letter has left since {since}. To let them go:"
        yield Need(says, "scr-intake outbox resume", for_operator=True)
    if (standing := recovery_standing(database, now.tzinfo)) is not None:
        yield Need(standing.says, standing.command, for_operator=True)
    of_an_agency, of_any = ("reference", "code", "state", "answer"), ("state", "answer")
    rows = database.fetch_rows(_STUCK)
    held = _by_reader(row for row in rows if row["state"] == "held back")
    rest = group_alike(
        [row for row in rows if row["state"] != "held back"],
        lambda row: tuple(row[name] for name in of_an_agency),
        lambda row: tuple(row[name] for name in of_any),
    )
    for same in (*held, *rest):
        yield _one(same[0], contact, now) if len(same) == 1 else _many(same, contact, now)


def _by_reader(rows: Iterable[Row]) -> list[tuple[Row, ...]]:
    """However few they are: what one reader is to have is one matter."""
    found = defaultdict[object, list[Row]](list)
    for row in rows:
        found[row["contact_id"], row["answer"]].append(row)
    return [tuple(same) for same in found.values()]


def waiting_letter_notes(
    database: RegisterDatabase,
    contact: Callable[[int], RegisteredContact | None],
    now: datetime,
    read_by: time,
) -> Iterator[Need | str]:
    """What has not gone yet and will by itself, in a sentence each; with the commands for what
    waits for one reader, none of which goes before the day's `read_by`. All else may leave with
    the digest that tells of it, so it is said until when it had not."""
    for row in database.fetch_rows(_URGENT, utc_text(now - ROUND_GRACE)):
        said = f"{row['answer'].rstrip('.')}. " if row["answer"] else ""
        yield (
            f"Letter {row['id']}, {LETTER_NAMES[row['kind']]}, waits to be sent since"
            f" {_written(row, now)}, and had not left at {clock_time(now)}. {_upper(said)}"
            "To see when it goes: `scr-intake outbox`"
        )
    for same in _by_reader(database.fetch_rows(_NEXT_DAY, LetterReason.FULL_DAY)):
        yield _next_day(same, contact, read_by)
    sql = "SELECT count(*) AS n FROM letters WHERE state = 'queued' AND reason {} ?"
    for why, goes in _CAPPED.items():
        row = database.fetch_row(sql.format("="), why)
        if goes and row is not None and row["n"]:
            yield f"{count_noun(row['n'], 'letter')} waited at this time: {why.words}; {goes}."
    row = database.fetch_row(sql.format("NOT IN (?, ?,") + ") AND answer <> ''", *_CAPPED)
    if row is not None and row["n"]:
        yield (
            f"{count_noun(row['n'], 'letter')} could not be sent until {clock_time(now)}, and will"
            " be tried again. To see why, and when: `scr-intake outbox`"
        )


def _next_day(
    rows: Sequence[Row], contact: Callable[[int], RegisteredContact | None], read_by: time
) -> Need:
    """ "..., to Author One (author, ...): 4 letters go by themselves after 10:00am, on the first
    working days with room"."""
    same = make_group("letters", [row["id"] for row in rows])
    letters = (
        f"{count_noun(len(rows), 'letter')} ({letter_kinds_phrase(row['kind'] for row in rows)})"
    )
    by, days = ("goes by itself", "day") if len(rows) == 1 else ("go by themselves", "days")
    goes = f"{by} after {clock_time(read_by)}, on the first working {days} with room"
    says = f"{_of(rows)}{_reader(rows[0], contact)}: {letters} {goes}: {rows[0]['answer']}."
    cancel = commands_to_paste.letters_command("cancel", same.name)
    it = "it" if len(rows) == 1 else "them"
    send = commands_to_paste.letters_command("retry", same.name)
    says += f" To keep {it} in: `{cancel}` To send {it} now: `{send}`"
    return Need(says, group=same)


def _reader(row: Row, contact: Callable[[int], RegisteredContact | None]) -> str:
    reader = contact(row["contact_id"]) if row["contact_id"] else None
    return f", to {reader.name} ({reader.role}, {reader.email})" if reader else ""


def _one(row: Row, contact: Callable[[int], RegisteredContact | None], now: datetime) -> Need:
    reader = contact(row["contact_id"]) if row["contact_id"] else None
    ends = _TOLD[row["state"]].format(
        **dict(row), another=_another(row, reader), why=_why_it_came_back(row)
    )
    return Need(
        _whose(row, reader, now) + ends,
        _RETRY.format(id=row["id"]),
        topic=AskTopic("letters", (row["id"],), row["reference"] or "", row["code"] or ""),
        offers=letter_offers(row["state"]),
        line=_line([row], reader),
        by_command=tuple(_in_its_place(row, reader)) if row["state"] == "undelivered" else (),
    )


def _many(
    rows: Sequence[Row], contact: Callable[[int], RegisteredContact | None], now: datetime
) -> Need:
    same = make_group("letters", [row["id"] for row in rows])
    cancel = commands_to_paste.letters_command("cancel", same.name)
    ends = _TOLD_OF_MANY[rows[0]["state"]].format(
        answer=rows[0]["answer"],
        cancel=cancel,
        another=_others(rows),
        why=_why_it_came_back(rows[0]),
    )
    written = datetime.fromisoformat(min(row["queued"] for row in rows)).astimezone(now.tzinfo)
    to = _reader(rows[0], contact) if rows[0]["state"] == "held back" else ""
    kinds = letter_kinds_phrase(row["kind"] for row in rows)
    begins = f"{_of(rows)}{to}: {len(rows):,} letters ({kinds})"
    oldest = f"the oldest of {date_without_year(written.date())}"
    return Need(
        f"{begins}, {oldest}, {ends}",
        commands_to_paste.letters_command("retry", same.name),
        group=same,
        topic=AskTopic("letters", same.items, *_place(rows)),
        offers=letter_offers(rows[0]["state"]),
        line=_line(rows, None),
    )


def _line(rows: Sequence[Row], reader: RegisteredContact | None) -> AskLine:
    """ "Shire Police: a reminder to Author Two (...); came back, and ..."."""
    many = len(rows) > 1
    kinds = letter_kinds_phrase(row["kind"] for row in rows)
    what = f"{len(rows):,} letters ({kinds})" if many else kinds
    to = f" to {reader.name} ({reader.email})" if reader else ""
    found = _IN_SHORT[rows[0]["state"]].format(
        answer=rows[0]["answer"],
        why=_why_it_came_back(rows[0]),
        is_="are" if many else "is",
        has="have" if many else "has",
        that="those addresses" if many else "that address",
    )
    whose = {row["name"] for row in rows}
    name = whose.pop() if len(whose) == 1 else ""
    return AskLine(name or "", f"{what}{to} {found}")


def _why_it_came_back(row: Row) -> str:
    """ " (nobody there has that address)", "" where no report says why."""
    why = REASONS_IN_WORDS[row["closed_by"] or ""]
    return f" ({why})" if why else ""


def _place(rows: Sequence[Row]) -> tuple[str, str]:
    """The case and the agency that all of them are of, "" where they are not of one."""
    cases, codes = {row["reference"] or "" for row in rows}, {row["code"] or "" for row in rows}
    case = cases.pop() if len(cases) == 1 else ""
    return case, codes.pop() if len(codes) == 1 and case else ""


def letter_kinds_phrase(kinds: Iterable[LetterKind]) -> str:
    """ "a reminder", "each a reminder", "8 times a reminder and 7 times a request for changes"."""
    found = Counter(LETTER_NAMES[kind] for kind in kinds)
    if len(found) == 1:
        name = next(iter(found))
        return name if found.total() == 1 else f"each {name}"
    return join_with_and([f"{n:,} times {name}" for name, n in found.items()])


def _of(rows: Sequence[Row]) -> str:
    agencies = {(row["reference"], row["name"]) for row in rows}
    if len(agencies) > 1:
        return f"To {count_noun(len(agencies), 'agency')}"
    reference, name = agencies.pop()
    return f"{reference}, {name}" if name else "To the board's own officers"


def _another(row: Row, reader: RegisteredContact | None) -> str:
    return "".join(f" {line}" for line in _in_its_place(row, reader))


def _in_its_place(row: Row, reader: RegisteredContact | None) -> Iterator[str]:
    """How another is put in the place of a reader whose mail came back; an officer of the board's
    own stands in the settings."""
    if reader is not None:
        place = (row["reference"], row["code"])
        new = commands_to_paste.register_command(*place, reader.role)
        gone = commands_to_paste.remove_contact_command(*place, reader.email)
        yield f"To register another: `{new}`"
        yield f"To take this one out: `{gone}`"


def _others(rows: Sequence[Row]) -> str:
    """The same of many, whose roles and addresses a person puts there."""
    place = (rows[0]["reference"], rows[0]["code"])
    if any((row["reference"], row["code"]) != place for row in rows) or not place[1]:
        place = ("REF", "CODE")
    return (
        f" To register another: `{commands_to_paste.register_command(*place, 'ROLE')}`"
        f" To take one out: `{commands_to_paste.remove_contact_command(*place, 'ADDRESS')}`"
    )


def _whose(row: Row, reader: RegisteredContact | None, now: datetime) -> str:
    what = f"etter {row['id']}, {LETTER_NAMES[row['kind']]}, "
    if row["kind"] in URGENT_KINDS:
        what += f"which has waited since {_written(row, now)}, "
    if row["name"]:
        to = f"to {reader.name} ({reader.role}, {reader.email}), " if reader else ""
        return f"{row['reference']}, {row['name']}: l{what}{to}"
    return f"L{what}"


def _written(row: Row, now: datetime) -> str:
    return moment_in_words(datetime.fromisoformat(row["queued"]).astimezone(now.tzinfo))


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
