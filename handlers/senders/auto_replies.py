"""Mail that no person wrote and that carries no return: what of it is worth remembering."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from config.mail_words import MAIL_WORDS
from handlers.register.submissions import Absence, BouncedLetter, MailNote
from handlers.senders.mail import Mail
from handlers.senders.sender_proof import STOPPING_WEIGHTS
from handlers.values.dates import read_date
from handlers.values.day_words import MONTH_PATTERN
from intake.headers import address
from intake.letter_ids import LetterMessageIds

MAX_ABSENCE_DAYS = 400  # days; who is away longer has left
MAX_DAYS_AHEAD = 200  # days; a day without a year that is further off is one that has passed
MAX_NOTE_LENGTH = 4_000  # characters of a note; what follows is footers

_DAY = (
    r"(?P<day>(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
    rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH_PATTERN}(?:,? \d{{4}})?"
    rf"|{MONTH_PATTERN} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}))"
)
_BACK = (
    r"(?:back (?:in (?:the )?office |at work |at my desk )?(?:on |from )?|returning (?:to (?:the )?"
    r"office |to work )?on |return (?:to (?:the )?office |to work )?on |"
    r"(?:be )?available (?:again )?(?:on|from) )"
)
_LAST = r"(?:until|till|up to(?: and including)?|through(?: to)?) "
_SAYS_BACK = re.compile(rf"\b{_BACK}{_DAY}(?!\w)", re.I)
_SAYS_LAST = re.compile(rf"\b{_LAST}(?:and including )?{_DAY}(?!\w)", re.I)

_WORD = r"[^\s<>,;:()\[\]\"]{1,254}"
_DEPUTY = re.compile(
    r"\b(?:contact|e-?mail|write to|speak to|reach|forward(?:ed)? to|cover(?:ed)? by)\b"
    r"[^.@\n]{0,80}?"
    rf"(?P<address>{_WORD}@{_WORD})",
    re.I,
)
# The rest of what an address may hold says something to a shell, and stands in no deputy's.
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.'_+-]*@")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class AbsenceNote:
    """`until` is the last day away, None where that is not plain; `deputy` an address or ""."""

    until: date | None = None
    deputy: str = ""


def read_absence(text: str, today: date) -> AbsenceNote:
    """What a note says. `today` is the day it reached us."""
    said = " ".join(text[:MAX_NOTE_LENGTH].split())
    lasts = {
        day for day in _lasts(said, today) if today <= day <= today + timedelta(MAX_ABSENCE_DAYS)
    }
    deputies = list(dict.fromkeys(_deputies(text[:MAX_NOTE_LENGTH])))
    return AbsenceNote(
        until=next(iter(lasts)) if len(lasts) == 1 else None,
        deputy=deputies[0] if len(deputies) == 1 else "",
    )


def _lasts(said: str, today: date) -> Iterator[date]:
    """Each last day away that is said, by whichever phrase."""
    for found in _SAYS_LAST.finditer(said):
        if day := _date(found, today):
            yield day
    for found in _SAYS_BACK.finditer(said):
        if day := _date(found, today):
            yield day - timedelta(days=1)


def _date(found: re.Match[str], today: date) -> date | None:
    written = found["day"].replace(",", "")
    read = read_date(written).value
    if read is None and not re.search(r"\d{4}|[/.-]", written):
        years = (read_date(f"{written} {year}").value for year in (today.year, today.year + 1))
        soon = (day for day in years if day and today <= day <= today + timedelta(MAX_DAYS_AHEAD))
        read = next(soon, None)
    weekday = (found["weekday"] or "").lower()[:3]
    if read is None or (weekday and _WEEKDAYS[read.weekday()] != weekday):
        return None
    return read


def _deputies(text: str) -> Iterator[str]:
    for found in _DEPUTY.finditer(text):
        strict = address.strict_address(found["address"].strip(".'*_").removeprefix("mailto:"))
        if _PLAIN.match(strict):
            yield strict


def read_auto_reply(
    mail: Mail, threads: LetterMessageIds, day: date
) -> tuple[str, tuple[MailNote, ...]]:
    """The reason it is logged under, of `senders/attribution.py`, and the notes to keep."""
    if mail.message.automatic == "bounce":
        return _reported(mail, threads)
    asks = next((reason for reason, is_so in _ASKS if is_so(mail, day)), "")
    if asks:
        return asks, ()
    away = _away(mail, day)
    if away is None or not mail.is_registered:
        return "automatic", ()
    if mail.doubt:
        return "absence-unproven", ()
    return "automatic", tuple(_absences(mail, away))


def _says(mail: Mail, words: tuple[str, ...]) -> bool:
    said = " ".join(mail.evidence.words.lower().split())
    return any(phrase in said for phrase in words)


def _has_left(mail: Mail, day: date) -> bool:
    """An end of the absence that is said, or a day of return, says that they come back."""
    answers = mail.message.automatic in ("absence", "auto-reply")
    if not (answers and mail.is_registered and not mail.doubt):
        return False
    known = read_absence(f"{mail.message.subject}\n{mail.message.body_text}", day)
    return known.until is None and _says(mail, MAIL_WORDS.machines.left)


def _challenges(mail: Mail, day: date) -> bool:
    link = "http" in mail.message.body_text.lower()
    known = mail.is_registered and not mail.doubt
    return known and link and _says(mail, MAIL_WORDS.machines.challenge)


def _is_held_elsewhere(mail: Mail, day: date) -> bool:
    return mail.reports_held_mail and _says(mail, MAIL_WORDS.machines.quarantine)


# What a person has to see to, though a machine wrote it.
_ASKS: tuple[tuple[str, Callable[[Mail, date], bool]], ...] = (
    ("contact-left", _has_left),
    ("challenge", _challenges),
    ("held-elsewhere", _is_held_elsewhere),
)


def _away(mail: Mail, day: date) -> AbsenceNote | None:
    """What it says of an absence; of a program's answer with a subject of its own, only where it
    says until when."""
    kind = mail.message.automatic
    if kind not in ("absence", "auto-reply"):
        return None
    away = read_absence(f"{mail.message.subject}\n{mail.message.body_text}", day)
    return away if kind == "absence" or away.until else None


def _reported(mail: Mail, threads: LetterMessageIds) -> tuple[str, tuple[MailNote, ...]]:
    report = mail.message.bounce
    ours = [each for each in report.named if threads.is_our_message_id(each)] if report else []
    if report is None or not ours:
        return "automatic", ()
    if mail.is_registered or len(ours) > 1:
        return "report-odd", ()
    note = BouncedLetter(
        ours[0], report.weight, threads.agency_of_letter(ours[0]), mail.report_proof
    )
    stops = report.weight in STOPPING_WEIGHTS
    return "report-unproven" if stops and not note.proof else "automatic", (note,)


def _absences(mail: Mail, away: AbsenceNote) -> Iterator[MailNote]:
    for place in mail.about.places:
        if place.contact is not None:
            yield Absence(place.contact.id, away.until, away.deputy)
