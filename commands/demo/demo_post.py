"""The demonstration's post: puts arrivals where real ones would come in."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP
from importlib.resources import files
from pathlib import Path

from commands.demo.demo_script import DemoArrival

WORD_SUBTYPE = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def deliver_arrival(arrival: DemoArrival, board: Path, number: int) -> None:
    """Put one arrival into the folder of a board made by `init`."""
    papers = [(name, _document(file)) for name, file in arrival.papers]
    if arrival.sender:
        raw = build_message(arrival.sender, arrival.subject, papers, number)
        _put_into_mailbox(raw, board, str(number))
        return
    for name, content in papers:
        (board / "drop" / arrival.agency / name).write_bytes(content)


def reply_to_digest(digest_id: str, line: str, board: Path) -> None:
    """The administrator's own reply to the digest with this Message-ID."""
    mail = EmailMessage(SMTP)
    mail["From"] = "administrator@board.example"
    mail["To"] = "scr-returns@board.example"
    mail["Subject"] = "RE: Case returns"
    mail["Message-ID"] = "<demo.reply@board.example>"
    mail["In-Reply-To"] = digest_id
    mail.set_content(f"{line}\n")
    _put_into_mailbox(mail.as_bytes(), board, "reply")


def _put_into_mailbox(raw: bytes, board: Path, name: str) -> None:
    waiting = board / "mail" / "tmp" / f"demo.{name}"
    waiting.write_bytes(raw)
    waiting.rename(board / "mail" / "new" / waiting.name)


def _document(name: str) -> bytes:
    return (files(__package__) / "documents" / name).read_bytes()


def build_message(
    sender: str, subject: str, papers: Sequence[tuple[str, bytes]], number: int
) -> bytes:
    """A message as an agency's own mail program would send it."""
    mail = EmailMessage(SMTP)
    mail["From"] = sender
    mail["To"] = "scr-returns@board.example"
    mail["Subject"] = subject
    mail["Message-ID"] = f"<demo.{number}@{sender.rpartition('@')[2]}>"
    mail.set_content("Please find attached.\n")
    for name, content in papers:
        mail.add_attachment(content, maintype="application", subtype=WORD_SUBTYPE, filename=name)
    return mail.as_bytes()
