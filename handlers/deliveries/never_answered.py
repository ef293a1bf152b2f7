"""Which mail is never answered: what a program wrote and brings no return; and what is kept of it.

`intake/message/auto_reply.py` recognises the marks of a program. What such a mail asks of a
person (an address that nobody uses any more, a challenge) is told to the administrator, and to
nobody else. Of what is held because its sender is not proven no letter tells either:
`handlers/register/set_apart_reasons.py` says what is held, and `outbox/due/pending_answers.py`
asks for none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from config.mail_words import MAIL_WORDS
from handlers.deliveries.judge_documents import origin_of_place, unplaced_origin
from handlers.deliveries.judged_delivery import JudgedDelivery
from handlers.register.agencies import ContactDirectory
from handlers.register.set_apart_reasons import SetApartReason, verdict_of_reason
from handlers.register.submissions import (
    Absence,
    BouncedLetter,
    DeliveryPart,
    EntryVerdict,
    MailNote,
    Submission,
)
from handlers.senders.absence_notes import AbsenceNote, read_absence
from handlers.senders.leavers import read_leaving_notice
from handlers.senders.mail import Mail
from handlers.senders.sender_proof import STOPPING_WEIGHTS
from intake.letter_ids import LetterMessageIds
from intake.spool import Delivery

CONTACT_REASONS = frozenset(
    {SetApartReason.CONTACT_LEFT, SetApartReason.CHALLENGE}
)  # what to tell by the agency's name


def is_never_answered(mail: Mail, brings_a_return: Callable[[], bool]) -> bool:
    """Whether a program wrote it and it brings no return. The notice of a sealed message is no such
    mail: a person of the board has to fetch what it tells of; nor is what tells of danger."""
    return bool(mail.message.automatic) and not mail.asks_for_a_person and not brings_a_return()


def settle_unanswered(
    delivery: Delivery, mail: Mail, why: SetApartReason, people: ContactDirectory, day: date
) -> JudgedDelivery:
    """One entry for what is never answered, logged under the reason `why`."""
    verdict: EntryVerdict = (
        "automatic" if why is SetApartReason.AUTOMATIC else verdict_of_reason(why)
    )
    left = read_leaving_notice(mail, people, day) if why is SetApartReason.CONTACT_LEFT else None
    whole = Submission(0, delivery.content, verdict=verdict, reason=why, leaving=left)
    origin, places = unplaced_origin(mail.message), mail.about.places
    if why in CONTACT_REASONS and len(places) == 1:
        origin = origin_of_place(places[0], mail.message)
    stays = mail.is_for_others and verdict == "automatic"
    return JudgedDelivery((DeliveryPart(origin, (whole,)),), stays=stays)


def read_automatic_mail(
    mail: Mail, threads: LetterMessageIds, day: date
) -> tuple[SetApartReason, tuple[MailNote, ...]]:
    """The reason that a machine's mail is logged under, of `register/set_apart_reasons.py`, and
    the notes to keep of it: who is away, and which letter came back."""
    if mail.message.automatic == "bounce":
        return _reported(mail, threads)
    asks = next((reason for reason, is_so in _ASKS if is_so(mail, day)), None)
    if asks is not None:
        return asks, ()
    away = _away(mail, day)
    if away is None or not mail.is_registered:
        return SetApartReason.AUTOMATIC, ()
    if mail.doubt:
        return SetApartReason.ABSENCE_UNPROVEN, ()
    return SetApartReason.AUTOMATIC, tuple(_absences(mail, away))


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


def _is_held_for_others(mail: Mail, day: date) -> bool:
    return mail.is_machines_about_ours and _says(mail, MAIL_WORDS.machines.quarantine)


# What a person has to see to, though a machine wrote it.
_ASKS: tuple[tuple[SetApartReason, Callable[[Mail, date], bool]], ...] = (
    (SetApartReason.CONTACT_LEFT, _has_left),
    (SetApartReason.CHALLENGE, _challenges),
    (SetApartReason.HELD_ELSEWHERE, _is_held_elsewhere),
    (SetApartReason.HELD_NOTICE, _is_held_for_others),
)


def _away(mail: Mail, day: date) -> AbsenceNote | None:
    """What it says of an absence; of a program's answer with a subject of its own, only where it
    says until when."""
    kind = mail.message.automatic
    if kind not in ("absence", "auto-reply"):
        return None
    away = read_absence(f"{mail.message.subject}\n{mail.message.body_text}", day)
    return away if kind == "absence" or away.until else None


def _reported(mail: Mail, threads: LetterMessageIds) -> tuple[SetApartReason, tuple[MailNote, ...]]:
    report = mail.message.bounce
    ours = [each for each in report.named if threads.is_our_message_id(each)] if report else []
    if report is None or not ours:
        return SetApartReason.AUTOMATIC, ()
    if mail.is_registered or len(ours) > 1:
        return SetApartReason.REPORT_ODD, ()
    note = BouncedLetter(
        *(ours[0], report.weight, threads.agency_of_letter(ours[0])),
        *(mail.report_proof, report.why),
    )
    stops = report.weight in STOPPING_WEIGHTS
    unproven = stops and not note.proof
    return SetApartReason.REPORT_UNPROVEN if unproven else SetApartReason.AUTOMATIC, (note,)


def _absences(mail: Mail, away: AbsenceNote) -> Iterator[MailNote]:
    for place in mail.about.places:
        if place.contact is not None:
            yield Absence(place.contact.id, away.until, away.deputy)
