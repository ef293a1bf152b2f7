"""A mail as an answer to one of ours: every form in which it says something, and what its
attachments and marks make of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from intake import decoding
from intake.headers.header_block import DEFAULT_LIMITS, Headers
from intake.message import auto_reply, body, mime, smime
from intake.message.file_type import sniff_format
from intake.message.markup_lines import MAX_MARKUP_CHARS, html_part
from intake.message.mime import MimeLeaf, ReadingBudget
from intake.message.outlook_formats import (
    HTML_PROPERTY,
    PLAIN_TEXT_PROPERTY,
    RTF_PROPERTY,
    MapiProperty,
    tnef_message_texts,
)
from intake.message.outlook_rtf import RichTextBroken, rich_part, unpack_rtf
from intake.message.parse import note_header_troubles
from intake.message.reply_lines import TextPart, plain_part

# A face that somebody pressed: a program writes the text beside it.
_REACTION_TYPES = frozenset(
    {"text/vnd.google.email-reaction+json", "application/vnd.reaction+json"}
)
_WIDE = 0x001F  # the type of a property in UTF-16
_BYTES_A_CHARACTER = 4  # at most, in any charset that is read
# What keeps the words of a mail from being read, or makes two mails of one.
_UNREAD = frozenset(
    {"encrypted", "truncated", "too-deep", "too-many-parts", "header-too-long", "duplicate-headers"}
)
_PIECE = "message/partial"  # one piece of a mail that was sent in several


@dataclass(frozen=True, slots=True)
class ReplyParts:
    """`parts` say the same in a mail that nobody tampered with. `unread` says that some of it could
    not be read; `automatic` is a key of AUTOMATIC_MARKS, or ""."""

    parts: tuple[TextPart, ...] = ()
    automatic: str = ""
    unread: bool = False


@dataclass(slots=True)
class _Found:
    parts: list[TextPart] = field(default_factory=list)
    unread: bool = False


def read_reply_parts(raw: bytes) -> ReplyParts:
    """The texts of the mail in `raw`. Never raises for what is in it."""
    budget = ReadingBudget(DEFAULT_LIMITS)
    whole = smime.parse_entity(raw, budget)
    if whole is None:
        return ReplyParts(unread=True)
    note_header_troubles(whole.headers, budget)
    inner = smime.unwrap_signed(whole, budget)
    leaves = list(mime.walk_leaves(inner.headers, inner.body, budget))
    sniffed = [(leaf, sniff_format(leaf.content)) for leaf in leaves]
    texts = [leaf for leaf, kind in sniffed if body.is_body_part(leaf, kind)]
    found = _Found()
    for _, branch in groupby(sorted(texts, key=_branch), key=_branch):
        of_branch = list(branch)
        for kind in ("plain", "html"):
            _add_bodies(kind, of_branch, found)
    for leaf, kind in sniffed:
        if kind == "tnef":
            _add_winmail(leaf, found)
    closed = bool(_UNREAD & budget.told.keys()) or any(
        kind in ("rpmsg", "p7m", "pgp") or leaf.kind == _PIECE for leaf, kind in sniffed
    )
    return ReplyParts(
        parts=tuple(found.parts),
        automatic=_automatic(whole.headers, leaves),
        unread=found.unread or closed,
    )


def _automatic(headers: Headers, leaves: list[MimeLeaf]) -> str:
    """The mark of a mail that a program wrote, or "". A calendar's answer is one."""
    pressed = any(
        leaf.kind in _REACTION_TYPES or leaf.headers.type_parameter("method").upper() == "REPLY"
        for leaf in leaves
    )
    marked = auto_reply.automatic_mark(headers, leaves) or auto_reply.automatic_by_words(headers)
    return marked or ("auto-reply" if pressed else "")


def _add_bodies(kind: str, leaves: list[MimeLeaf], found: _Found) -> None:
    """All parts of one kind as one text: some programs break a message where a picture stands."""
    of_kind = [leaf for leaf in leaves if _kind(leaf) == kind]
    if not of_kind:
        return
    texts = [body.decode_leaf_text(leaf, MAX_MARKUP_CHARS + 1) for leaf in of_kind]
    found.unread = found.unread or any(leaf.damaged for leaf in of_kind)
    text = "\n".join(texts)
    if kind == "html":
        found.parts.append(html_part(text))
        return
    headers = of_kind[0].headers
    found.parts.append(
        plain_part(
            text,
            flowed=headers.type_parameter("format").lower() == "flowed",
            delete_space=headers.type_parameter("delsp").lower() == "yes",
        )
    )


def _branch(leaf: MimeLeaf) -> tuple[int, ...]:
    return leaf.branch


def _kind(leaf: MimeLeaf) -> str:
    return {"text/html": "html", "text/plain": "plain"}.get(leaf.kind, "other")


def _add_winmail(leaf: MimeLeaf, found: _Found) -> None:
    """Outlook's rich text. One that holds nothing but how the mail looks says nothing more."""
    texts, whole = tnef_message_texts(leaf.content)
    found.unread = found.unread or not whole
    found.parts.extend(_winmail_parts(texts, found))


def _winmail_parts(texts: dict[int, MapiProperty], found: _Found) -> Iterator[TextPart]:
    if plain := texts.get(PLAIN_TEXT_PROPERTY):
        yield plain_part(_text_of(plain))
    if html := texts.get(HTML_PROPERTY):
        yield html_part(_text_of(html))
    if packed := texts.get(RTF_PROPERTY):
        try:
            yield rich_part(unpack_rtf(packed.value))
        except RichTextBroken:
            found.unread = True


def _text_of(said: MapiProperty) -> str:
    charset = "utf-16-le" if said.type == _WIDE else ""
    value = said.value[: (MAX_MARKUP_CHARS + 1) * _BYTES_A_CHARACTER]
    return decoding.decode_text(value, charset).partition("\0")[0]
