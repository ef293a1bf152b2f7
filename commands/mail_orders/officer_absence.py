"""Notices an automatic answer of the administrator's that says that they are away. Their mail is
left where it is."""

from __future__ import annotations

from commands.composition.app import Application
from commands.mail_orders.order_claims import is_proven_mail
from handlers.orders.reading import ReplyRequest
from handlers.senders.absence_notes import read_absence
from intake.message.parse import read_message_head
from outbox.orders.officer_absences import OfficerAbsences


def note_officer_absence(app: Application, source: str, raw: bytes) -> None:
    """Write it down, where it is theirs. Raises UnforeseenFault or WorkerUnavailable."""
    board, head = app.settings.board, read_message_head(raw)
    theirs = {board.administrator.email.casefold(), *map(str.casefold, board.administrator_also)}
    if not board.deputies or head.sender.casefold() not in theirs:
        return
    today = app.now().date()
    reading = app.replies.read_reply(raw, ReplyRequest("", today))
    if reading.automatic != "absence":
        return
    if board.answers == "proven" and not is_proven_mail(app, source, raw):
        return
    note = read_absence("\n".join((head.subject, *reading.words)), today)
    OfficerAbsences(app.database).note(note.until, app.now())
