"""Puts pictures and files into a written message; the same letter has the same bytes every time.

A picture is shown where the text says its alt text as a paragraph of its own.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage

from outbox.writing.letter import Draft, LetterAttachment, LetterPicture


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """Where the HTML finds a picture, and how large it shows it."""

    source: str
    width: int
    height: int


def pictures_by_text(draft: Draft, message_id: str) -> Mapping[str, ShownPicture]:
    """A draft's pictures, by what they say."""
    return {
        picture.says: ShownPicture(f"cid:{_cid(n, message_id)}", picture.width, picture.height)
        for n, picture in enumerate(draft.pictures, 1)
    }


def add_enclosures(message: EmailMessage, draft: Draft, message_id: str) -> None:
    """Put in what the draft carries, and mark off the parts of the message."""
    html = message.get_body(("html",))
    assert isinstance(html, EmailMessage)  # the writer has put it in
    for n, picture in enumerate(draft.pictures, 1):
        _show(html, picture, n, message_id)
    for attachment in draft.attachments:
        _attach(message, attachment)
    multiparts = (part for part in message.walk() if part.is_multipart())
    for n, part in enumerate(multiparts):
        part.set_boundary(_boundary(n, message_id))


def self_contained_html(letter: EmailMessage) -> str:
    """The HTML of a written letter with its pictures inside it, as a browser can show it."""
    html = letter.get_body(("html",))
    assert isinstance(html, EmailMessage)
    said: str = html.get_content()
    for part in letter.walk():
        if part.get_content_type() == "image/png":
            data = base64.b64encode(part.get_content()).decode("ascii")
            cid = str(part["Content-ID"]).strip("<>")
            said = said.replace(f"cid:{cid}", f"data:image/png;base64,{data}")
    return said.replace("\r\n", "\n")


def _show(html: EmailMessage, picture: LetterPicture, n: int, message_id: str) -> None:
    html.add_related(
        picture.png,
        "image",
        "png",
        cid=f"<{_cid(n, message_id)}>",
        disposition="inline",
        filename=f"picture-{n}.png",
    )


def _attach(message: EmailMessage, attachment: LetterAttachment) -> None:
    if not attachment.method:
        message.add_attachment(
            attachment.content, "application", attachment.type, filename=attachment.name
        )
        return
    message.add_attachment(
        attachment.content,
        "text",
        attachment.type,
        filename=attachment.name,
        params={"charset": "utf-8", "method": attachment.method},
    )


def _cid(n: int, message_id: str) -> str:
    return f"picture-{n}.{message_id.strip('<>')}"


def _boundary(n: int, message_id: str) -> str:
    """None is the beginning of another (RFC 2046). "=_" can stand in no quoted-printable text."""
    local = message_id.strip("<>").partition("@")[0][:60]
    return f"=_{n}_{local}" if n else f"=_{local}"
