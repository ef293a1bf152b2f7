"""Reads the words of a letter back from the bytes that are sent; pictures are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_string
from email.message import EmailMessage
from html.parser import HTMLParser

from outbox.writing.writer import LETTER_FORMAT

# Whom it is to, and what machines tell letters apart by: no words of ours.
_NOT_SAID = ("from", "to", "date", "message-id", "in-reply-to", "references", "mime-", "content-")
_FOLD = re.compile(r"\r?\n[ \t]")  # where a calendar file breaks its lines, also inside a word
_NOT_WORDS = frozenset({"style", "class", "width", "height"})
_INLINE = frozenset(
    {"a", "abbr", "b", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "u", "wbr"}
)


def parse_letter(message: bytes) -> EmailMessage:
    return message_from_string(message.decode("utf-8", "replace"), policy=LETTER_FORMAT)


def letter_plain_text(letter: EmailMessage) -> str:
    """What a reader without HTML reads, with the line ends of a terminal, not of the wire."""
    return _said(letter, "plain")


def letter_html(letter: EmailMessage) -> str:
    """The HTML part, which most readers see."""
    return _said(letter, "html")


def letter_readings(letter: EmailMessage) -> Iterator[str]:
    """Everything it says anywhere, in every way a reader or a program might read it: the headers,
    the text, what the HTML shows, and what lies hidden in it."""
    for name, said in letter.items():
        if not name.lower().startswith(_NOT_SAID):
            yield str(said)
    for part in letter.walk():
        if part.get_content_type() == "text/html":
            yield from _Html.page_readings(part.get_content())
        elif part.get_content_type() == "text/calendar":
            yield _FOLD.sub("", part.get_content())
        elif part.get_content_maintype() == "text":
            yield part.get_content()


class _Html(HTMLParser):
    """Takes a page apart into what is shown and what is not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._shown: list[str] = []
        self._hidden: list[str] = []

    @classmethod
    def page_readings(cls, page: str) -> Iterator[str]:
        parser = cls()
        parser.feed(page)
        parser.close()
        yield "".join(parser._shown)
        yield from parser._hidden

    def handle_data(self, data: str) -> None:
        self._shown.append(data)

    def handle_comment(self, data: str) -> None:
        self._hidden.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += [said for name, said in attrs if said and name not in _NOT_WORDS]
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Words on either side of a tag are two words, unless it stands inside a line."""
        if tag not in _INLINE:
            self._shown.append(" ")


def _said(letter: EmailMessage, kind: str) -> str:
    part = letter.get_body((kind,))
    assert isinstance(part, EmailMessage)  # the writer puts both in
    text: str = part.get_content()
    return text.replace("\r\n", "\n")
