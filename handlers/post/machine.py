"""Mail that no person wrote and that carries no return: what of it is worth remembering.

Does: turns an absence into a note for every place its sender has, and a delivery report into one
for the letter of ours that it names. Pure.
Trusts: an absence only from a proven, registered sender. A report only by the one Message-ID of
ours that it names (failure mode 71), and one that stops letters only where it is proven
(`handlers/post/report.py`, failure mode 106). Any other is kept and a question, and so is what no
server would write: one from a registered person's address, or about several letters at once.
Never touches: the register, letters. Nothing of it is ever answered (failure mode 66).
Known limits: an absence is read in English; one in another language is noted without its days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from config.mail_words import MAIL_WORDS
from handlers.post.absence import Away, read_absence
from handlers.post.mail import Mail
from handlers.post.report import STOPS
from handlers.register.entry import Absence, Bounced, Note
from intake.threads import Threads


def noted(mail: Mail, threads: Threads, day: date) -> tuple[str, tuple[Note, ...]]:
    """The reason it is logged under, of `handlers/post/attribution.py`, and the notes to keep."""
    if mail.message.automatic == "bounce":
        return _reported(mail, threads)
    asks = next((reason for reason, is_so in _ASKS if is_so(mail, day)), "")
    if asks:
        return asks, ()
    away = _away(mail, day)
    if away is None or not mail.registered:
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
    if not (answers and mail.registered and not mail.doubt):
        return False
    known = read_absence(f"{mail.message.subject}\n{mail.message.body_text}", day)
    return known.until is None and _says(mail, MAIL_WORDS.machines.left)


def _challenges(mail: Mail, day: date) -> bool:
    link = "http" in mail.message.body_text.lower()
    known = mail.registered and not mail.doubt
    return known and link and _says(mail, MAIL_WORDS.machines.challenge)


def _is_held_elsewhere(mail: Mail, day: date) -> bool:
    return mail.tells_of_held and _says(mail, MAIL_WORDS.machines.quarantine)


# What a person has to see to, though a machine wrote it.
_ASKS: tuple[tuple[str, Callable[[Mail, date], bool]], ...] = (
    ("contact-left", _has_left),
    ("challenge", _challenges),
    ("held-elsewhere", _is_held_elsewhere),
)


def _away(mail: Mail, day: date) -> Away | None:
    """What it says of an absence; of a program's answer with a subject of its own, only where it
    says until when."""
    kind = mail.message.automatic
    if kind not in ("absence", "auto-reply"):
        return None
    away = read_absence(f"{mail.message.subject}\n{mail.message.body_text}", day)
    return away if kind == "absence" or away.until else None


def _reported(mail: Mail, threads: Threads) -> tuple[str, tuple[Note, ...]]:
    report = mail.message.bounce
    ours = [each for each in report.named if threads.ours(each)] if report else []
    if report is None or not ours:
        return "automatic", ()
    if mail.registered or len(ours) > 1:
        return "report-odd", ()
    note = Bounced(ours[0], report.weight, threads.agency(ours[0]), mail.report_proof)
    stops = report.weight in STOPS
    return "report-unproven" if stops and not note.proof else "automatic", (note,)


def _absences(mail: Mail, away: Away) -> Iterator[Note]:
    for place in mail.about.places:
        if place.contact is not None:
            yield Absence(place.contact.id, away.until, away.deputy)
