"""The administrator at their mailbox: presses links of the digest, and replies to it.

Does: sends the mail that a link writes, or a reply with some lines, and plays the next round.
Trusts: `digest --json` for the links, as any mail program would.
Never touches: the board's shell, but to look.
Known limits: the mail programs of this world are played by tests/builders_replies.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import EmailMessage
from typing import Any
from urllib.parse import unquote

from outbox.writing.letter_text import letter_plain_text
from tests.board import Board
from tests.builders_mail import mail

HER, SERVICE = "administrator@board.example", "scr-returns@board.example"
OPERATOR = "it@board.example"
LINK = re.compile(r"mailto:([^?]+)\?subject=([^&]+)&body=([^&]+)")


class Desk:
    """A board, and whoever answers its digests. Each mail has an id of its own."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self._mails = 0

    def asks(self, at: str) -> list[dict[str, Any]]:
        """What the last digest asked."""
        return list(self.board.run("digest", "--json", at=at).json["asks"])

    def link(self, number: int, word: str, at: str) -> str:
        """Of the last digest, the link that begins with a word."""
        labels = {
            link["label"]: link["mailto"]
            for ask in self.asks(at)
            if ask["number"] == number
            for link in ask["links"]
        }
        found = [to for label, to in labels.items() if label.startswith(word)]
        assert found, f"{number} {word}: there are {list(labels)}"
        return str(found[0])

    def press(
        self, mailto: str, at: str, sender: str = HER,
        *, papers: Sequence[tuple[str, bytes]] = (), **headers: str,
    ) -> None:  # fmt: skip
        """Send the mail that a link writes, as it stands, with what is attached."""
        found = LINK.fullmatch(mailto)
        assert found, mailto
        to, subject, body = map(unquote, found.groups())
        self.send(subject, body, at, sender, to=to, papers=papers, **headers)

    def reply(
        self, lines: str, at: str, sender: str = HER,
        *, papers: Sequence[tuple[str, bytes]] = (), **headers: str,
    ) -> None:  # fmt: skip
        """A reply to the last letter that she has, which quotes it."""
        letter = self.letters()[-1]
        quoted = "\n".join(f"> {line}" for line in letter_plain_text(letter).splitlines())
        subject = "RE: " + " ".join(str(letter["Subject"]).split())
        given = {"In_Reply_To": str(letter["Message-ID"]).strip(), **headers}
        self.send(
            subject,
            f"{lines}\n\nOn 6 April 2010 at 08:05 they wrote:\n{quoted}\n",
            at,
            sender,
            papers=papers,
            **given,
        )

    def send(
        self, subject: str, body: str, at: str, sender: str = HER, *, to: str = SERVICE,
        papers: Sequence[tuple[str, bytes]] = (), **headers: str,
    ) -> None:  # fmt: skip
        self._mails += 1
        given = {"Message_ID": f"<desk.{self._mails}@board.example>", **headers}
        self.board.mail(mail(sender, to, subject, body, papers, **given))
        self.board.once(at)

    def letters(self) -> list[EmailMessage]:
        return self.board.sent(HER)

    def answers(self) -> list[EmailMessage]:
        """The answers to what she sent."""
        return [letter for letter in self.letters() if letter["X-SCR-Intake"] == "confirmation"]

    def answer(self) -> str:
        """The newest of them, as one line."""
        return " ".join(letter_plain_text(self.answers()[-1]).split())

    def digest(self) -> str:
        """The newest digest, as one line."""
        found = [letter for letter in self.letters() if letter["X-SCR-Intake"] == "digest"]
        return " ".join(letter_plain_text(found[-1]).split())

    def shown_link(self, label: str) -> str:
        """The link of this label in the newest answer."""
        page = self.answers()[-1].get_body(("html",))
        assert page is not None
        found = re.findall(rf'<a href="([^"]+)"[^>]*>{re.escape(label)}</a>', page.get_content())
        assert len(found) == 1
        return str(found[0]).replace("&amp;", "&")

    def links(self, label: str, which: int = -1) -> list[str]:
        """The links of one of the answers, whose labels begin so."""
        page = self.answers()[which].get_body(("html",))
        assert page is not None
        found = re.findall(rf'<a href="([^"]+)"[^>]*>{re.escape(label)}', page.get_content())
        return [str(each).replace("&amp;", "&") for each in found]

    def undo_link(self) -> str:
        """The link that takes back what the newest answer says was done."""
        return self.shown_link("undo")

    def entry(self, id: int, at: str) -> dict[str, Any]:
        return dict(self.board.run("show", id, "--json", at=at).json)
