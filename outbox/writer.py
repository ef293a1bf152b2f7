"""Writing a letter: from a draft and its template to the bytes that are sent.

Does: renders the template, headers included, lays the text out, and makes one message whose
headers are ours alone.
Trusts: the templates of `config/letters/`; nothing in a draft that came from outside but an
inbound Message-ID, which must be strictly one.
Never touches: the network, the queue.
Known limits: the text's lines are wrapped at 76 columns; the HTML beside it is made of the text.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from config.colours import load_colours
from config.settings import Board
from outbox.enclosures import enclose, shown
from outbox.letter import Draft
from outbox.typeset import Typesetter
from outbox.words import possessive

TEMPLATES = Path(__file__).parent.parent / "config" / "letters"
WIDTH = 76
LOOP_HEADER = "X-SCR-Intake"  # how we know our own letters when they come back

# Headers are not folded before the longest line SMTP allows: a long id would be encoded and no
# longer be one (failure mode 78).
_POLICY = SMTP.clone(max_line_length=998)
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,200}@[A-Za-z0-9.\[\]:-]{1,200}>")
_ITEM = re.compile(r" *(?:\d+\. |- )?")


class LetterMisshapen(Exception):
    """A letter did not come out with exactly the headers it should have. It was not queued."""


@dataclass(frozen=True, slots=True)
class _BoardFacts:
    name: str
    administrator: str
    marking: str  # "OFFICIAL-SENSITIVE: " or ""


class Writer:
    """Writes letters in the board's name."""

    def __init__(self, board: Board, sender: str, templates: Path = TEMPLATES) -> None:
        self._sender = sender
        self._name = board.name
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
            autoescape=select_autoescape(("html", "html.j2")),
        )
        self._environment.filters["possessive"] = possessive
        self._typesetter = Typesetter(self._environment, load_colours())
        marking = f"{board.marking}: " if board.marking else ""
        self._environment.globals["board"] = _BoardFacts(
            board.name, board.administrator.name, marking
        )

    def write(self, draft: Draft, message_id: str, now: datetime) -> bytes:
        """The message, byte for byte as every try will send it.

        Raises LetterMisshapen, and what Jinja2 raises for a template at fault.
        """
        subject, text = self._rendered(draft)
        message = EmailMessage(SMTP)
        message.set_content(laid_out(text), cte="quoted-printable")
        html = self._typesetter.html(subject, text, shown(draft, message_id))
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        enclose(message, draft, message_id)
        message["From"] = _mailbox(self._name, self._sender)
        message["To"] = _mailbox(draft.recipient.name, draft.recipient.email)
        message["Subject"] = subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = message_id
        if _MESSAGE_ID.fullmatch(draft.thread):
            message["In-Reply-To"] = draft.thread
            message["References"] = draft.thread
        message["Auto-Submitted"] = "auto-replied" if draft.replies else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message[LOOP_HEADER] = draft.kind
        return _checked(message)

    def receipt(self, facts: object) -> str:
        """What is put back beside a dropped file. Raises what Jinja2 raises."""
        return laid_out(self._environment.get_template("receipt.txt.j2").render(letter=facts))

    def _rendered(self, draft: Draft) -> tuple[str, str]:
        reference = getattr(draft.facts, "case", "")
        board: _BoardFacts = self._environment.globals["board"]  # type: ignore[assignment]  # ours
        template = self._environment.get_template(f"{draft.kind}.txt.j2")
        text = template.render(
            letter=draft.facts, subject=lambda words: f"{board.marking}SCR {reference}: {words}"
        )
        head, _, body = text.partition("\n")
        if not head.startswith("Subject: "):
            raise LetterMisshapen(draft.kind)
        return " ".join(head.removeprefix("Subject: ").split()), body


def laid_out(text: str) -> str:
    """Wrapped, with at most one blank line running, and nothing to wrap a table's columns."""
    lines: list[str] = []
    for line in text.strip().split("\n"):
        lines += _wrapped(line.rstrip()) if line.strip() else [""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)) + "\n"


def _wrapped(line: str) -> list[str]:
    item = _ITEM.match(line)
    indent = len(item.group()) if item else 0
    if len(line) <= WIDTH or "   " in line[indent:]:
        return [line]
    return textwrap.wrap(
        line,
        WIDTH,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _mailbox(name: str, email: str) -> Address:
    plain = "".join(c for c in name if c.isprintable())
    return Address(display_name=plain, addr_spec=email)


def _checked(message: EmailMessage) -> bytes:
    """The bytes, once read back: one of each header and no header that was not meant
    (failure mode 77)."""
    raw = message.as_bytes(policy=_POLICY)
    back = message_from_bytes(raw, policy=_POLICY)
    if [k.lower() for k in back] != [k.lower() for k in message] or back["To"] != message["To"]:
        raise LetterMisshapen(str(message[LOOP_HEADER]))
    return raw
