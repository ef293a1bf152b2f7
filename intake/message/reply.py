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
from intake.message.markup_lines import html_part
from intake.message.mime import MimeLeaf, ReadingBudget
from intake.message.outlook_formats import (
    HTML_PROPERTY,
    PLAIN_TEXT_PROPERTY,
    RTF_PROPERTY,
    MapiProperty,
    tnef_message_texts,
)
from intake.message.outlook_rtf import RichTextBroken, rich_part, unpack_rtf
from intake.message.reply_lines import MAX_REPLY_CHARS, TextPart, plain_part

# A calendar's answer, and a face that somebody pressed: programs write the text beside them.
_PRESSED = frozenset({"text/vnd.google.email-reaction+json", "application/vnd.reaction+json"})
_WIDE = 0x001F
_MOST = MAX_REPLY_CHARS * 8  # characters of one part, mark-up and all
# What keeps the words of a mail from being read, or makes two mails of one.
_UNREAD = frozenset(
    {"encrypted", "truncated", "too-deep", "too-many-parts", "header-too-long", "partial"}
    | {"duplicate-headers"}
)


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
    inner = smime.unwrap_signed(whole, budget)
    leaves = list(mime.walk_leaves(inner.headers, inner.body, budget))
    found = _Found()
    for _, branch in groupby(sorted(filter(_is_text, leaves), key=_branch), key=_branch):
        of_branch = list(branch)
        for kind in ("plain", "html"):
            _add_bodies(kind, of_branch, found)
    for leaf in leaves:
        if sniff_format(leaf.content) == "tnef":
            _add_winmail(leaf, found)
    closed = bool(_UNREAD & budget.told.keys()) or any(
        sniff_format(leaf.content) in ("rpmsg", "p7m", "pgp") for leaf in leaves
    )
    return ReplyParts(
        parts=tuple(found.parts),
        automatic=_automatic(whole.headers, leaves),
        unread=found.unread or closed,
    )


def _automatic(headers: Headers, leaves: list[MimeLeaf]) -> str:
    pressed = any(
        leaf.kind in _PRESSED or leaf.headers.type_parameter("method").upper() == "REPLY"
        for leaf in leaves
    )
    marked = auto_reply.automatic_mark(headers, leaves) or auto_reply.automatic_by_words(headers)
    return marked or ("auto-reply" if pressed else "")


def _add_bodies(kind: str, leaves: list[MimeLeaf], found: _Found) -> None:
    """All parts of one kind as one text: some programs break a message where a picture stands."""
    of_kind = [leaf for leaf in leaves if _kind(leaf) == kind]
    if not of_kind:
        return
    texts = [body.decode_leaf_text(leaf, _MOST + 1) for leaf in of_kind]
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


def _is_text(leaf: MimeLeaf) -> bool:
    return body.is_body_part(leaf, sniff_format(leaf.content))


def _branch(leaf: MimeLeaf) -> tuple[int, ...]:
    return leaf.branch


def _kind(leaf: MimeLeaf) -> str:
    return {"text/html": "html", "text/plain": "plain"}.get(leaf.kind, "other")


def _add_winmail(leaf: MimeLeaf, found: _Found) -> None:
    """Outlook's rich text. One that holds nothing but how the mail looks says nothing more."""
    texts = tnef_message_texts(leaf.content)
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
    return decoding.decode_text(said.value[: _MOST * 2], charset).partition("\0")[0]
