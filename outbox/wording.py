"""The words of a letter, read back from the bytes that are sent.

Does: opens a written letter and hands out its subject, its text and its HTML.
Trusts: the writer, who made it.
Never touches: the queue, transports.
Known limits: none.
"""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP


def opened(message: bytes) -> EmailMessage:
    return message_from_bytes(message, policy=SMTP)


def text_of(letter: EmailMessage) -> str:
    """What a reader without HTML reads, with the line ends of a terminal, not of the wire."""
    return _said(letter, "plain")


def html_of(letter: EmailMessage) -> str:
    """What most readers see."""
    return _said(letter, "html")


def all_words(letter: EmailMessage) -> str:
    """Everything it says anywhere: the subject, the text and the HTML."""
    parts = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    return "\n".join([str(letter["Subject"]), *parts])


def _said(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert isinstance(part, EmailMessage)  # the writer puts both in
    text: str = part.get_content()
    return text.replace("\r\n", "\n")
