"""A Message on its way out of the confined worker.

Does: turns a Message into a description that JSON can carry plus one blob an attachment, and back
into a Message in the parent.
Trusts: nothing on the way back. A document may have taken the worker over, so every word is held
against its closed list and every text against its bounds and its strict form.
Never touches: attachments' contents.
Known limits: that an answer is well formed does not make it true. What it decides alone (who sent
the mail) is asked again from the raw headers in the parent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from intake.message import address, ids
from intake.message.limits import USUAL, MailLimits
from intake.message.message import (
    AUTOMATIC,
    CLOSED,
    INSIDE,
    SENDER_TROUBLES,
    SIGNATURES,
    SNIFFED,
    TROUBLES,
    WEIGHTS,
    Attachment,
    Bounce,
    Message,
)
from intake.message.text import cleaned, ending, one_line

_FIELDS = frozenset(
    {"message_id", "in_reply_to", "sender", "sender_trouble", "recipients", "subject", "body_text"}
    | {"own_words"}
    | {"automatic", "bounce", "attachments", "trouble", "signature", "signed_by"}
)
_ATTACHMENT_FIELDS = frozenset(
    {"sniffed", "declared", "damaged", "inside", "inline_picture", "closed", "offered"}
)


class Garbled(Exception):
    """The confined worker's answer is not a description of a mail."""


def to_wire(message: Message) -> tuple[object, list[bytes]]:
    """(description, the attachments' bytes in their order)."""
    described: dict[str, object] = {
        name: getattr(message, name) for name in _FIELDS - {"bounce", "attachments"}
    }
    described = {k: list(v) if isinstance(v, tuple) else v for k, v in described.items()}
    report = message.bounce
    described["bounce"] = report and {"weight": report.weight, "named": list(report.named)}
    described["attachments"] = [
        {name: getattr(found, name) for name in sorted(_ATTACHMENT_FIELDS)}
        for found in message.attachments
    ]
    return described, [found.content for found in message.attachments]


def from_wire(value: object, blobs: Sequence[bytes], limits: MailLimits = USUAL) -> Message:
    """The Message that `to_wire` described. Raises Garbled for anything else."""
    told = _record(value, _FIELDS)
    described = _list(told["attachments"], limits.attachments)
    if len(described) != len(blobs):
        raise Garbled
    message = Message(
        message_id=_strict(told["message_id"], ids.strict),
        in_reply_to=_all_strict(told["in_reply_to"], ids.strict, limits.ids),
        sender=_strict(told["sender"], address.strict),
        sender_trouble=_word(told["sender_trouble"], SENDER_TROUBLES),
        recipients=_all_strict(told["recipients"], address.strict, limits.recipients),
        subject=_strict(told["subject"], lambda text: one_line(text, limits.subject_chars)),
        body_text=_strict(told["body_text"], lambda text: cleaned(text, limits.body_chars)),
        own_words=_strict(told["own_words"], lambda text: cleaned(text, limits.body_chars)),
        automatic=_word(told["automatic"], AUTOMATIC),
        bounce=_bounce(told["bounce"]),
        attachments=tuple(_attachment(d, b) for d, b in zip(described, blobs, strict=True)),
        signature=_word(told["signature"], SIGNATURES),
        signed_by=_all_strict(told["signed_by"], address.strict, limits.signers),
        trouble=tuple(_word(word, TROUBLES) for word in _list(told["trouble"], len(TROUBLES))),
    )
    if bool(message.sender) == bool(message.sender_trouble) or "" in message.trouble:
        raise Garbled
    return message


def _attachment(value: object, content: bytes) -> Attachment:
    told = _record(value, _ATTACHMENT_FIELDS)
    if told["sniffed"] == "" or not isinstance(content, bytes):
        raise Garbled
    return Attachment(
        content=content,
        sniffed=_word(told["sniffed"], SNIFFED),
        declared=_strict(told["declared"], lambda text: ending("." + text)),
        damaged=_flag(told["damaged"]),
        inside=_word(told["inside"], INSIDE),
        inline_picture=_flag(told["inline_picture"]),
        closed=_word(told["closed"], CLOSED),
        offered=_flag(told["offered"]),
    )


def _bounce(value: object) -> Bounce | None:
    if value is None:
        return None
    told = _record(value, frozenset({"weight", "named"}))
    return Bounce(_word(told["weight"], WEIGHTS), _all_strict(told["named"], ids.strict, 10))


def _record(value: object, fields: frozenset[str]) -> dict[str, object]:
    if not isinstance(value, dict) or value.keys() != fields:
        raise Garbled
    return cast(dict[str, object], value)


def _list(value: object, most: int) -> list[object]:
    if not isinstance(value, list) or len(value) > most:
        raise Garbled
    return cast(list[object], value)


def _strict(value: object, form: Callable[[str], str]) -> str:
    """`value`, when it is text already in its strict form, which "" always is."""
    if not isinstance(value, str) or form(value) != value:
        raise Garbled
    return value


def _all_strict(value: object, form: Callable[[str], str], most: int) -> tuple[str, ...]:
    found = tuple(_strict(one, form) for one in _list(value, most))
    if "" in found:
        raise Garbled
    return found


def _word(value: object, words: frozenset[str] | dict[str, str]) -> str:
    if not isinstance(value, str) or (value and value not in words):
        raise Garbled
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise Garbled
    return value
