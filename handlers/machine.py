"""Mail that no person wrote and that carries no return: what of it is worth remembering.

Does: turns an absence into a note for every place its sender has, and a delivery report into one
for each letter of ours that it names. Pure.
Trusts: an absence only from a proven, registered sender; a report only by Message-IDs that we
made (failure mode 71).
Never touches: the register, letters. Nothing of it is ever answered (failure mode 66).
Known limits: an absence is read in English; one in another language is noted without its days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handlers.absence import read_absence
from handlers.mail import Mail
from handlers.register.entry import Absence, Bounced, Note
from intake.threads import Threads


def noted(mail: Mail, threads: Threads, day: date) -> tuple[str, tuple[Note, ...]]:
    """The reason it is logged under, of `handlers/attribution.py`, and the notes to keep."""
    if mail.message.automatic == "bounce":
        return "automatic", tuple(_bounced(mail, threads))
    if mail.message.automatic != "absence" or not mail.registered:
        return "automatic", ()
    if mail.doubt:
        return "absence-unproven", ()
    return "automatic", tuple(_absences(mail, day))


def _bounced(mail: Mail, threads: Threads) -> Iterator[Note]:
    report = mail.message.bounce
    for message_id in report.named if report else ():
        if threads.ours(message_id):
            yield Bounced(message_id, report.weight if report else "")


def _absences(mail: Mail, day: date) -> Iterator[Note]:
    away = read_absence(f"{mail.message.subject}\n{mail.message.body_text}", day)
    for place in mail.about.places:
        if place.contact is not None:
            yield Absence(place.contact.id, away.until, away.deputy)
