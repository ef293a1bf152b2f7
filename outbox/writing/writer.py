"""Writes a letter: from a draft and its template to the bytes that are sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email import message_from_string
from email.headerregistry import Address, BaseHeader, HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from typing import TypeVar

from config.colours import load_colours
from config.command_line import separate_commands
from config.settings import Board
from intake.headers import message_ids
from outbox.writing.enclosures import add_enclosures, pictures_by_text
from outbox.writing.facts import change_places
from outbox.writing.letter import Draft
from outbox.writing.letter_marks import parse_marks
from outbox.writing.letter_passages import (
    PassageSetter,
    text_of_marks,
    text_of_passages,
    wrap_letter_text,
)
from outbox.writing.subject_line import LetterHead, LetterMalformed, split_head, subject_beginning
from outbox.writing.templates import (
    MARKED_FORM,
    LetterTemplateLoader,
    board_facts,
    template_environment,
)
from outbox.writing.typeset import LetterBlocks, Typesetter

MAX_CACHED_HEADERS = 512  # headers; a letter has fewer than thirty


class _ReadOnce(HeaderRegistry):
    """Keeps what a header's words came to."""

    def __init__(self) -> None:
        super().__init__()
        self._read = lru_cache(maxsize=MAX_CACHED_HEADERS)(super().__call__)

    def __call__(self, name: str, value: str) -> BaseHeader:
        if type(value) is not str:  # an address that the writer put in
            return super().__call__(name, value)
        return self._read(name, value)


LETTER_FORMAT = SMTP.clone(header_factory=_ReadOnce())


RECEIPT = "receipt"  # the template of what is put beside a dropped file
LOOP_HEADER = "X-SCR-Intake"  # how we know our own letters when they come back

# Headers are not folded before the longest line SMTP allows: a long id would be encoded and no
# longer be one (failure mode 78).
_POLICY = LETTER_FORMAT.clone(max_line_length=998)


_Written = TypeVar("_Written", str, bytes)


class LetterWriter:
    """Writes letters in the board's name."""

    def __init__(self, board: Board, sender: str) -> None:
        self._sender = sender
        self._name = board.name
        self._marking = board_facts(board).marking
        self._environment = template_environment(board)
        self._templates = LetterTemplateLoader(board.letters)
        self._typesetter = Typesetter(self._environment, load_colours())
        self._ours = None
        if board.letters is not None:
            self._ours = LetterWriter(board.model_copy(update={"letters": None}), sender)
        # Templates of the board's own that could not be used for a letter, and why.
        self.met: dict[str, Exception] = {}

    def write(self, draft: Draft, message_id: str, now: datetime) -> bytes:
        """The message, byte for byte as every try will send it.

        Raises LetterMalformed, and what Jinja2 raises for a template of ours at fault.
        """
        return self._or_ours(
            draft.kind, lambda writer: writer.write_in_own_words(draft, message_id, now)
        )

    def write_receipt(self, facts: object) -> str:
        """What is put back beside a dropped file. Raises what Jinja2 raises."""
        return self._or_ours(RECEIPT, lambda writer: writer.receipt_in_own_words(facts))

    def template_name(self, stem: str) -> str:
        """The template of a kind of letter, or the receipt's: "rejection.md.j2"."""
        return self._templates.name_of(stem)

    def _or_ours(self, stem: str, written: Callable[[LetterWriter], _Written]) -> _Written:
        try:
            return written(self)
        except Exception as why:
            if self._ours is None:
                raise
            instead = written(self._ours)  # where that cannot be written either, it is no template
            self.met[self.template_name(stem)] = why
            return instead

    def write_in_own_words(self, draft: Draft, message_id: str, now: datetime) -> bytes:
        """With the board's own words or not at all. Raises whatever a template at fault raises."""
        head, text, blocks = self._rendered(draft)
        message = EmailMessage(LETTER_FORMAT)
        message.set_content(text, cte="quoted-printable")
        html = self._typesetter.render_html(
            head.subject, blocks, pictures_by_text(draft, message_id)
        )
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        add_enclosures(message, draft, message_id)
        message["From"] = letter_mailbox(self._name, self._sender)
        message["To"] = letter_mailbox(draft.recipient.name, draft.recipient.email)
        message["Subject"] = head.subject
        message["Date"] = format_datetime(now)
        message["Message-ID"] = message_id
        if message_ids.strict_message_id(draft.thread):
            message["In-Reply-To"] = draft.thread
            message["References"] = draft.thread
        for name, said in head.more:
            message[name] = said
        message["Auto-Submitted"] = "auto-replied" if draft.replies else "auto-generated"
        message["X-Auto-Response-Suppress"] = "All"
        message[LOOP_HEADER] = draft.kind
        return checked_message_bytes(message)

    def receipt_in_own_words(self, facts: object) -> str:
        name = self.template_name(RECEIPT)
        text = self._environment.get_template(name).render(letter=facts)
        return text_of_marks(text) if name.endswith(MARKED_FORM) else wrap_letter_text(text)

    def _rendered(self, draft: Draft) -> tuple[LetterHead, str, LetterBlocks]:
        """The head, the plain text, and what the page is made of."""
        begins = subject_beginning(self._marking, getattr(draft.facts, "case", ""))
        name = self.template_name(draft.kind)
        rendered = self._environment.get_template(name).render(
            letter=draft.facts, subject=lambda words: f"{begins}{words}"
        )
        places = change_places(draft.facts)
        if name.endswith(MARKED_FORM):
            head, source = split_head(rendered, begins)
            passages = parse_marks(source)
            blocks = PassageSetter(self._typesetter, places).blocks_of(passages)
            return head, text_of_passages(passages), blocks
        head, text = split_head(separate_commands(rendered), begins)
        return head, wrap_letter_text(text), self._typesetter.letter_blocks(text, places)


def letter_mailbox(name: str, email: str) -> Address:
    plain = "".join(c for c in name if c.isprintable())
    local, _, domain = email.rpartition("@")
    return Address(display_name=plain, username=local, domain=domain)


def checked_message_bytes(message: EmailMessage) -> bytes:
    """The bytes, once read back: one of each header and no header that was not meant
    (failure mode 77)."""
    policy = _POLICY.clone(utf8=not message["To"].addresses[0].addr_spec.isascii())
    raw = message.as_bytes(policy=policy)
    back = message_from_string(raw.decode("utf-8"), policy=policy)
    if [k.lower() for k in back] != [k.lower() for k in message] or back["To"] != message["To"]:
        raise LetterMalformed(str(message[LOOP_HEADER]))
    return raw
