"""What a mail comes to once it is read, as plain values, and how these leave the confined
worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from config.bounce_reasons import REASONS_IN_WORDS
from intake.decoding import clean_text, file_ending, fold_to_one_line
from intake.headers import address, message_ids
from intake.headers.header_block import DEFAULT_LIMITS, MailLimits

# What bytes can turn out to be. The first group may be a return; the second may hold one.
SNIFFED_FORMATS = frozenset(
    {"docx", "docm", "doc", "rtf", "odt", "pdf", "xlsx", "xls", "jpeg", "png", "tiff", "gif"}
    | {"zip", "eml", "msg", "tnef"}
    | {"ole-encrypted", "rpmsg", "p7m", "pgp"}
    | {"html", "text", "vcard", "calendar", "empty", "unknown"}
)

TEXT_FORMATS = frozenset({"html", "text"})  # the text of a mail, where nobody attached it
CARD_ENDINGS = frozenset({"", "vcf", "vcard", "ics", "vcs", "ical"})

CONTAINER_KINDS = frozenset({"", "zip", "message"})

SENDER_TROUBLES = {
    "not-read": "its headers were not read",
    "none": "there is no From header",
    "several-headers": "there is more than one From header",
    "several": "From names more than one address",
    "not-an-address": "From does not hold one plain address",
}

AUTOMATIC_MARKS = {
    "bounce": "a delivery report",
    "own-loop": "one of our own letters come back",
    "receipt": "a receipt that something was read or deleted",
    "recall": "a notice that a message is recalled",
    "absence": "someone is away",
    "auto-reply": "sent by a program",
    "list": "from a mailing list",
    "bulk": "sent in bulk",
}

MESSAGE_TROUBLES = {
    "unreadable": "it could not be read as mail at all",
    "header-too-long": "a header is longer than any real one",
    "odd-header": "its header block holds lines or characters that no mail program writes",
    "duplicate-headers": "a header that may come once comes twice, with different values",
    "too-deep": "it is nested deeper than any real mail",
    "too-many-parts": "it has more parts than any real mail",
    "too-big": "what is packed inside comes to more than we unpack",
    "truncated": "its end is missing",
    "partial": "it is one piece of a mail sent in pieces",
    "encrypted": "it is encrypted, or its rights are managed",
    "signed": "what it says is wrapped in a signature",
    "sealed-link": "it is a notice that a sealed message waits elsewhere",
    "sealed-notice": "it reads like a notice that a sealed message waits elsewhere",
    "share-link": "it links to a file on a sharing site",
    "removed": "a mail gateway took a file out of it",
    "zip-encrypted": "a zip in it asks for a password",
    "zip-nested": "a zip in it holds another zip",
    "zip-too-big": "a zip in it holds too much or too many",
    "zip-damaged": "a zip in it could not be opened",
    "container-damaged": "a mail packed in it could not be opened whole",
}

SIGNATURE_STATES = {
    "proven": "it is signed, whole, by someone for whom an authority we believe vouches",
    "broken": "it was changed after it was signed",
    "doubtful": "it is signed, and nothing follows from that",
}

BOUNCE_WEIGHTS = frozenset({"", "hard", "soft", "late", "delivered"})

# Why a container was not opened; "" for one that was, and for what is none. Words of
# MESSAGE_TROUBLES.
CONTAINER_TROUBLES = frozenset(
    {"", "zip-encrypted", "zip-nested", "zip-too-big", "zip-damaged", "container-damaged"}
    | {"too-deep"}
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """One leaf of the mail that may be a document.

    `sniffed` is told from the bytes, never from a name or a declared type. `declared` is the
    ending its name had: lower case letters and digits, 8 at most, "" when there was none.
    `damaged` says that its transfer encoding is broken or its end is missing. `inside` is what
    it was unpacked from. `inline_picture` is a small picture, shown or named as one: a logo or the
    scroll of a signature, not a document. `closed` is why a container was not opened. `offered`
    says that somebody attached it: it has a name, or is said to be an attachment.
    """

    content: bytes
    sniffed: str
    declared: str = ""
    damaged: bool = False
    inside: str = ""
    inline_picture: bool = False
    closed: str = ""
    offered: bool = False

    @property
    def is_document(self) -> bool:
        """What was attached is one, whatever its bytes look like; text, a page or a card that
        nobody attached is none."""
        decorates = self.inline_picture or self.sniffed in ("vcard", "calendar")
        if decorates:
            return not self.inline_picture and self.offered and self.declared not in CARD_ENDINGS
        return self.offered or self.sniffed not in TEXT_FORMATS


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report says. A report that names none of our Message-IDs proves nothing.

    `weight` is "hard" (the address does not work), "soft" (given up, though the address may
    work), "late" (still tried), "delivered" or "" (it does not say, or says two things). `named`
    holds the Message-IDs of the mail it returns, angle brackets included. `why` is a reason of
    `config/bounce_reasons.toml`, "" where it says none that is known.
    """

    weight: str = ""
    named: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail, read.

    Ids keep their angle brackets, as the headers of a reply want them. `in_reply_to` has the
    ids of In-Reply-To, then those of References, the latest first. `sender` is the one strict
    address in the one From header, its domain an A-label in lower case; "" with a
    `sender_trouble` otherwise. `subject` and `body_text` serve to look for a case reference and
    for nothing else; `own_words` are those of it that are the sender's own, one sentence a line.
    The words of `automatic`, `trouble`, `signature` and `sender_trouble` are keys of the tables
    above. `signed_by` are the addresses, in their strict form, in the certificate of whoever
    signed the whole of it; they count for something only when it is proven.

    "share-link" and "sealed-link" mean most when there are no attachments: people's footers
    hold links too.
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    sender: str = ""
    sender_trouble: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    body_text: str = ""
    own_words: str = ""
    automatic: str = ""
    bounce: Bounce | None = None
    attachments: tuple[Attachment, ...] = ()
    trouble: tuple[str, ...] = ()
    signature: str = ""
    signed_by: tuple[str, ...] = ()

    @property
    def sealed_attachment(self) -> Attachment | None:
        """The encrypted message, where that is all there is."""
        closed = "encrypted" in self.trouble and len(self.attachments) == 1
        return self.attachments[0] if closed and self.attachments[0].sniffed == "p7m" else None

    @property
    def documents(self) -> tuple[Attachment, ...]:
        """The attachments without what mail programs add, and pictures that only decorate."""
        return tuple(a for a in self.attachments if a.is_document)

    @property
    def brings_document(self) -> bool:
        """Whether there is a document in it besides mail that it passes on or gives back."""
        return any(a.inside != "message" and a.sniffed != "eml" for a in self.documents)


_FIELDS = frozenset(
    {"message_id", "in_reply_to", "sender", "sender_trouble", "recipients", "subject", "body_text"}
    | {"own_words"}
    | {"automatic", "bounce", "attachments", "trouble", "signature", "signed_by"}
)
_ATTACHMENT_FIELDS = frozenset(
    {"sniffed", "declared", "damaged", "inside", "inline_picture", "closed", "offered"}
)


class GarbledMessage(Exception):
    """The confined worker's answer is not a description of a mail."""


def message_to_wire(message: Message) -> tuple[object, list[bytes]]:
    """(description, the attachments' bytes in their order)."""
    described: dict[str, object] = {
        name: getattr(message, name) for name in _FIELDS - {"bounce", "attachments"}
    }
    described = {k: list(v) if isinstance(v, tuple) else v for k, v in described.items()}
    report = message.bounce
    described["bounce"] = report and {
        "weight": report.weight,
        "named": list(report.named),
        "why": report.why,
    }
    described["attachments"] = [
        {name: getattr(found, name) for name in sorted(_ATTACHMENT_FIELDS)}
        for found in message.attachments
    ]
    return described, [found.content for found in message.attachments]


def message_from_wire(
    value: object, blobs: Sequence[bytes], limits: MailLimits = DEFAULT_LIMITS
) -> Message:
    """The Message that `message_to_wire` described. Raises GarbledMessage for anything else."""
    told = _record(value, _FIELDS)
    described = _list(told["attachments"], limits.attachments)
    if len(described) != len(blobs):
        raise GarbledMessage
    message = Message(
        message_id=_strict(told["message_id"], message_ids.strict_message_id),
        in_reply_to=_all_strict(told["in_reply_to"], message_ids.strict_message_id, limits.ids),
        sender=_strict(told["sender"], address.strict_address),
        sender_trouble=_word(told["sender_trouble"], SENDER_TROUBLES),
        recipients=_all_strict(told["recipients"], address.strict_address, limits.recipients),
        subject=_strict(told["subject"], lambda text: fold_to_one_line(text, limits.subject_chars)),
        body_text=_strict(told["body_text"], lambda text: clean_text(text, limits.body_chars)),
        own_words=_strict(told["own_words"], lambda text: clean_text(text, limits.body_chars)),
        automatic=_word(told["automatic"], AUTOMATIC_MARKS),
        bounce=_bounce(told["bounce"]),
        attachments=tuple(_attachment(d, b) for d, b in zip(described, blobs, strict=True)),
        signature=_word(told["signature"], SIGNATURE_STATES),
        signed_by=_all_strict(told["signed_by"], address.strict_address, limits.signers),
        trouble=tuple(
            _word(word, MESSAGE_TROUBLES) for word in _list(told["trouble"], len(MESSAGE_TROUBLES))
        ),
    )
    if bool(message.sender) == bool(message.sender_trouble) or "" in message.trouble:
        raise GarbledMessage
    return message


def _attachment(value: object, content: bytes) -> Attachment:
    told = _record(value, _ATTACHMENT_FIELDS)
    if told["sniffed"] == "" or not isinstance(content, bytes):
        raise GarbledMessage
    return Attachment(
        content=content,
        sniffed=_word(told["sniffed"], SNIFFED_FORMATS),
        declared=_strict(told["declared"], lambda text: file_ending("." + text)),
        damaged=_flag(told["damaged"]),
        inside=_word(told["inside"], CONTAINER_KINDS),
        inline_picture=_flag(told["inline_picture"]),
        closed=_word(told["closed"], CONTAINER_TROUBLES),
        offered=_flag(told["offered"]),
    )


def _bounce(value: object) -> Bounce | None:
    if value is None:
        return None
    told = _record(value, frozenset({"weight", "named", "why"}))
    return Bounce(
        _word(told["weight"], BOUNCE_WEIGHTS),
        _all_strict(told["named"], message_ids.strict_message_id, 10),
        _word(told["why"], frozenset(REASONS_IN_WORDS)),
    )


def _record(value: object, fields: frozenset[str]) -> dict[str, object]:
    if not isinstance(value, dict) or value.keys() != fields:
        raise GarbledMessage
    return cast(dict[str, object], value)


def _list(value: object, most: int) -> list[object]:
    if not isinstance(value, list) or len(value) > most:
        raise GarbledMessage
    return cast(list[object], value)


def _strict(value: object, form: Callable[[str], str]) -> str:
    """`value`, when it is text already in its strict form, which "" always is."""
    if not isinstance(value, str) or form(value) != value:
        raise GarbledMessage
    return value


def _all_strict(value: object, form: Callable[[str], str], most: int) -> tuple[str, ...]:
    found = tuple(_strict(one, form) for one in _list(value, most))
    if "" in found:
        raise GarbledMessage
    return found


def _word(value: object, words: frozenset[str] | dict[str, str]) -> str:
    if not isinstance(value, str) or (value and value not in words):
        raise GarbledMessage
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise GarbledMessage
    return value
