"""Trial mode: every letter goes to the administrator alone, under a line that says to whom it would
have gone. Here alone it is decided; the only writer of `trials`.

A letter that was tried stays so for good: whatever becomes of it, it goes to nobody else.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email.message import EmailMessage
from html import escape
from typing import Literal

from config.calendar import day_and_month, utc_text
from config.english import join_with_and
from handlers.register.agencies import RegisteredContact
from handlers.register.audit_acts import AuditAct
from handlers.register.audit_log import AuditLog
from intake.database import RegisterDatabase
from outbox.sending.letter_queue import LetterQueue
from outbox.sending.overtaken import MARK_OVERTAKEN_SQL
from outbox.writing.letter import LETTER_NAMES, OFFICER_KINDS, Letter, LetterKind, Recipient
from outbox.writing.letter_reasons import LetterReason
from outbox.writing.letter_text import parse_letter
from outbox.writing.writer import checked_message_bytes, letter_mailbox

TRIAL_IS_ON = (
    "Trial: every letter comes to you alone, and nothing goes to anybody else. Each says on top to"
    " whom it would have gone."
)
MAX_NAMED_LETTERS = 3  # of one person, by their kind and day
FindContact = Callable[[int], RegisteredContact | None]
_BODY = re.compile(r"<body[^>]*>", re.I)
_LINE = (
    # No paragraph: those are given light ink in the dark.
    '<div style="font-family:Calibri,Arial,sans-serif;font-size:15px;line-height:22px;margin:0;'
    'padding:10px 16px;color:#1b1b1b;background-color:#ffe9a8;">{}</div>'
)
_UNSENT = (
    "SELECT id FROM letters WHERE state IN ('draft', 'queued', 'failed', 'held back')"  # noqa: S608
    f" AND (trial = 1 OR queued >= ?) AND kind NOT IN {OFFICER_KINDS} ORDER BY id"
)
# Whoever nobody has written to for good since: what was tried, or kept in when it ended.
_UNANSWERED = (
    "SELECT c.reference, a.name AS agency, a.code, l.id, l.contact_id, l.kind, l.told_on,"  # noqa: S608
    " EXISTS (SELECT 1 FROM tells t WHERE t.letter_id = l.id AND (t.delivery_id IS NOT NULL"
    "   OR t.decision_id IS NOT NULL)) AS answers FROM letters l"
    " JOIN cases c ON c.id = l.case_id LEFT JOIN agencies a ON a.id = l.agency_id"
    " WHERE l.queued >= ? AND l.queued < ? AND (l.trial = 1 OR l.reason = ?)"
    f" AND l.retold = '' AND l.kind NOT IN {OFFICER_KINDS} AND NOT EXISTS (SELECT 1 FROM letters o"
    " WHERE o.contact_id IS l.contact_id AND o.trial = 0 AND o.sent > ?"
    f" AND o.case_id = l.case_id AND o.kind NOT IN {OFFICER_KINDS})"
    " ORDER BY c.reference, a.name, l.id"
)
_HEARD_ONLY_TRIALS = (
    "SELECT DISTINCT contact_id FROM letters l WHERE trial = 1 AND contact_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM letters o WHERE o.contact_id = l.contact_id AND o.trial = 0"
    " AND o.sent IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM trials WHERE ended IS NULL)"
)


@dataclass(frozen=True, slots=True)
class Trial:
    """A stretch of it. `ended` is None while it lasts."""

    began: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class TriedLetter:
    """One that its reader never had. `answers` says that it tells of what came or was decided."""

    id: int
    kind: LetterKind
    reader: str
    day: date
    answers: bool


@dataclass(frozen=True, slots=True)
class NeverAnswered:
    """What nobody of an agency was told since letters were only tried; "" for no agency's."""

    case: str
    agency: str
    code: str
    letters: tuple[TriedLetter, ...]


class TrialMode:
    """Says of each letter to whom it is handed over."""

    def __init__(
        self, database: RegisterDatabase, record: AuditLog, administrator: Recipient, *, is_on: bool
    ) -> None:
        self._database = database
        self._record = record
        self._administrator = administrator
        self.is_on = is_on

    def as_handed_over(self, letter: Letter) -> Letter:
        """The letter as the transport gets it: where letters are tried, or this one was, it is to
        the administrator, and its `trial` is set. Theirs are left as they are."""
        hers = letter.recipient.casefold() == self._administrator.email.casefold()
        if hers or not (self.is_on or letter.trial):
            return letter
        return replace(
            letter,
            recipient=self._administrator.email,
            message=tried_message(letter.message, self._administrator),
            trial=True,
        )

    def note_change(self, queue: LetterQueue, now: datetime) -> None:
        """Write down that it began or ended. What was written and has not left by its end does not
        leave: chasing goes on from where it has come to, and the rest is told to nobody."""
        if self.is_on == (self._lasting() is not None):
            return
        with self._database.transaction():
            lasting = self._lasting()  # another thread may have been faster
            if self.is_on and lasting is None:
                self._database.execute_insert(
                    "INSERT INTO trials (began) VALUES (?)", utc_text(now)
                )
                self._record.append(now, AuditAct.TRIAL_BEGAN)
            elif not self.is_on and lasting is not None:
                self._end(queue, lasting.began, now)

    def _lasting(self) -> Trial | None:
        last = last_trial(self._database)
        return last if last is not None and last.ended is None else None

    def _end(self, queue: LetterQueue, began: datetime, now: datetime) -> None:
        for row in self._database.fetch_rows(_UNSENT, utc_text(began)):
            letter = queue.get(row["id"])
            if letter is not None:
                queue.call_back_letter(letter, LetterReason.TRIED, now)
        self._database.execute_change(
            "UPDATE trials SET ended = ? WHERE ended IS NULL", utc_text(now)
        )
        self._record.append(now, AuditAct.TRIAL_ENDED)


def last_trial(database: RegisterDatabase) -> Trial | None:
    """The one that lasts, or the last that there was."""
    row = database.fetch_row("SELECT * FROM trials ORDER BY id DESC LIMIT 1")
    if row is None:
        return None
    ended = datetime.fromisoformat(row["ended"]) if row["ended"] else None
    return Trial(datetime.fromisoformat(row["began"]), ended)


def contacts_never_written_to(database: RegisterDatabase) -> frozenset[int]:
    """Whoever had letters that were only tried, and none since: nobody is told that they were
    written to. While letters are tried nobody is left out: each shows what it would say."""
    return frozenset(row["contact_id"] for row in database.fetch_rows(_HEARD_ONLY_TRIALS))


def trial_notes(
    database: RegisterDatabase,
    find_contact: FindContact,
    since: datetime | None,
) -> Iterator[str]:
    """That a trial ended since then, and who was never answered."""
    last = last_trial(database)
    if last is None or last.ended is None or (since is not None and last.ended <= since):
        return
    yield (
        "The trial is over: from now on letters leave. Nothing of what was tried is sent, and"
        " chasing goes on with the step that comes next."
    )
    for each in list_never_answered(database, find_contact):
        if not any(letter.answers for letter in each.letters):  # else it is an ask
            yield _never_answered_sentence(each)


def never_answered_sentences(
    database: RegisterDatabase, find_contact: FindContact
) -> Iterator[str]:
    """A sentence of each agency that nobody has answered."""
    yield from map(_never_answered_sentence, list_never_answered(database, find_contact))


def list_never_answered(
    database: RegisterDatabase, find_contact: FindContact
) -> Iterator[NeverAnswered]:
    """To whom letters of the last trial, once that is over, were for, and who has had none since,
    by agency."""
    last = last_trial(database)
    if last is None or last.ended is None:
        return
    began, ended = utc_text(last.began), utc_text(last.ended)
    found = defaultdict[tuple[str, str, str], list[TriedLetter]](list)
    for row in database.fetch_rows(_UNANSWERED, began, ended, LetterReason.TRIED, ended):
        contact = find_contact(row["contact_id"]) if row["contact_id"] else None
        name = (contact.name or contact.email) if contact else "the chair's office"
        day = date.fromisoformat(row["told_on"])
        tried = TriedLetter(row["id"], row["kind"], name, day, bool(row["answers"]))
        found[row["reference"], row["agency"] or "", row["code"] or ""].append(tried)
    for (case, agency, code), letters in found.items():
        yield NeverAnswered(case, agency, code, tuple(letters))


def settle_tried(
    database: RegisterDatabase, ids: Sequence[int], how: Literal["", "anew", "never"]
) -> None:
    """What these letters tell is told in others, as it stands now, or in none; with "" it is to be
    said once more which. Call inside a transaction. What was decided or settled since one of them
    is not told anew."""
    for id in ids if how == "anew" else ():
        database.execute_change(MARK_OVERTAKEN_SQL, id)
    sql = "UPDATE letters SET retold = ? WHERE id IN (SELECT value FROM json_each(?))"
    database.execute_change(sql, how, json.dumps([*ids]))


def unsettled_tried(database: RegisterDatabase, ids: Sequence[int]) -> list[int]:
    """Those of these letters that were only tried, and of which nobody has said what becomes."""
    sql = (
        "SELECT id FROM letters WHERE id IN (SELECT value FROM json_each(?))"
        " AND (trial = 1 OR reason = ?) AND retold = '' ORDER BY id"
    )
    return [row["id"] for row in database.fetch_rows(sql, json.dumps([*ids]), LetterReason.TRIED)]


def _never_answered_sentence(never: NeverAnswered) -> str:
    people = defaultdict[str, list[TriedLetter]](list)
    for letter in never.letters:
        people[letter.reader].append(letter)
    whose = ", ".join(filter(None, (never.case, never.agency)))
    told = (f"{name} ({_letters(theirs)})" for name, theirs in people.items())
    return f"{whose}, never answered since letters were only tried: {join_with_and([*told])}."


def _letters(letters: Sequence[TriedLetter]) -> str:
    """ "a reminder on 1 April and 3 more letters"."""
    said = [
        f"{LETTER_NAMES[letter.kind]} on {day_and_month(letter.day)}"
        for letter in letters[:MAX_NAMED_LETTERS]
    ]
    more = len(letters) - len(said)
    return join_with_and([*said, *([f"{more:,} more"] if more else [])])


def tried_message(message: bytes, administrator: Recipient) -> bytes:
    """The same message to the administrator, under the line."""
    tried = parse_letter(message)
    own = ", whose message it answers" if tried["X-SCR-Intake"] == "confirmation" else ""
    line = f"Trial: nobody else has this letter. It would have gone to {_whom(tried)}{own}."
    subject = str(tried["Subject"])
    for name, said in (
        ("Subject", f"Trial: {subject}"),
        ("To", letter_mailbox(administrator.name, administrator.email)),
    ):
        del tried[name]
        tried[name] = said
    text, page = tried.get_body(("plain",)), tried.get_body(("html",))
    if isinstance(text, EmailMessage):
        said = text.get_content().replace("\r\n", "\n")
        text.set_content(f"{line}\n\n{said}", cte="quoted-printable")
    if isinstance(page, EmailMessage):
        shown = _LINE.format(escape(line))
        html = _BODY.sub(lambda found: found[0] + shown, page.get_content(), count=1)
        page.set_content(html, subtype="html", cte="quoted-printable")
    return checked_message_bytes(tried)


def _whom(message: EmailMessage) -> str:
    return ", ".join(
        f"{each.display_name} <{each.addr_spec}>" if each.display_name else each.addr_spec
        for each in message["To"].addresses
    )
