"""A mail's raw bytes, read into one Message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.utils import parseaddr
from itertools import islice

from intake import decoding
from intake.decoding import clean_text, decode_encoded_words, fold_to_one_line
from intake.headers import address, header_block, message_ids
from intake.headers.header_block import DEFAULT_LIMITS, Headers, MailLimits
from intake.message import attachments, auto_reply, body, bounce, mime, smime
from intake.message.file_type import sniff_format
from intake.message.message import Attachment, Bounce, Message, message_to_wire
from intake.message.mime import MimeLeaf, ReadingBudget
from intake.signatures.signature import DigitalSignature, SignatureTrust

MAX_NAME_CHARS = 60  # of the name that a sender gives themselves


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """`opened` is what the service found in an encrypted message: its parts with their headers,
    to be read in place of what is under the message's own. Without `trust` nobody is believed."""

    limits: MailLimits = DEFAULT_LIMITS
    trust: SignatureTrust | None = None
    opened: bytes | None = None


DEFAULT_OPTIONS = ReadingOptions()


@dataclass(frozen=True, slots=True)
class MessageHead:
    """What headers tell; the fields of Message of the same names, and four more.

    `shown` is what a mail program shows instead of the address: compared, never told. `twice`
    says that a header contradicts itself (failure mode 35). `marked` is the first mark of a
    program that the headers carry, a key of AUTOMATIC; `worded` what its words alone make it look
    like, where it brings no return.
    """

    sender: str = ""
    sender_trouble: str = "not-read"
    shown: str = ""
    recipients: tuple[str, ...] = ()
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    subject: str = ""
    twice: bool = False
    marked: str = ""
    worded: str = ""


def read_message_head(raw: bytes, limits: MailLimits = DEFAULT_LIMITS) -> MessageHead:
    """The letterhead of the mail in `raw`; one that was not read says so. Never raises."""
    try:
        block_and_body = header_block.split_header_block(raw, limits.header_bytes)
        if block_and_body is None:
            return MessageHead()
        return parse_message_head(header_block.parse_headers(block_and_body[0]), limits)
    except Exception:  # noqa: BLE001  the promise is for any input, so the net is for any fault
        return MessageHead()


def read_sender_name(raw: bytes) -> str:
    """The name that a mail's sender gives themselves, in letters alone, "" for none."""
    parted = header_block.split_header_block(raw, DEFAULT_LIMITS.header_bytes)
    said = header_block.parse_headers(parted[0]).values_of("from") if parted else []
    name = decode_encoded_words(parseaddr(said[0])[0]) if said else ""
    plain = " ".join("".join(c if c.isalpha() or c in " -'." else " " for c in name).split())
    return plain[:MAX_NAME_CHARS]


def parse_message_head(headers: Headers, limits: MailLimits = DEFAULT_LIMITS) -> MessageHead:
    sender, sender_trouble = address.parse_sender(headers)
    return MessageHead(
        sender=sender,
        sender_trouble=sender_trouble,
        shown=fold_to_one_line(address.display_name(headers), limits.subject_chars),
        recipients=address.parse_recipients(headers, limits.recipients),
        message_id=message_ids.parse_message_id(headers),
        in_reply_to=message_ids.answered_message_ids(headers, limits.ids),
        subject=fold_to_one_line(
            decode_encoded_words(headers.first_value("subject")), limits.subject_chars
        ),
        twice=headers.contradicts_itself,
        marked=auto_reply.automatic_mark(headers, ()),
        worded=auto_reply.automatic_by_words(headers),
    )


_ENCRYPTED = frozenset({"multipart/encrypted", "application/x-microsoft-rpmsg-message"})


def read_message(raw: bytes, terms: ReadingOptions = DEFAULT_OPTIONS) -> Message:
    """The mail in `raw`. Never raises: what cannot be read has the trouble "unreadable"."""
    try:
        return _read(raw, terms)
    except Exception:  # noqa: BLE001  # the promise is for any input, so the net is for any fault
        return Message(sender_trouble="not-read", trouble=("unreadable",))


def unpack_task(raw: bytes, argument: object, setup: object) -> tuple[object, list[bytes]]:
    """`read_message` for the worker: a description that JSON can carry, and the attachments' bytes.

    `argument` may be the Terms to read it on; `setup` is not used.
    """
    return message_to_wire(
        read_message(raw, argument if isinstance(argument, ReadingOptions) else DEFAULT_OPTIONS)
    )


def open_task(raw: bytes, argument: object, setup: object) -> tuple[object, list[bytes]]:
    """What a file put in a folder holds, a zip or a mail, described as `unpack_task` does."""
    budget = ReadingBudget(DEFAULT_LIMITS)
    try:
        inside = (
            f for f in attachments.open_container(raw, budget) if f.content != raw or f.closed
        )
        found = tuple(islice(inside, DEFAULT_LIMITS.attachments))
    except Exception:  # noqa: BLE001  as for read_message
        return message_to_wire(Message(sender_trouble="not-read", trouble=("unreadable",)))
    return message_to_wire(
        Message(sender_trouble="not-read", attachments=found, trouble=tuple(budget.told))
    )


def _read(raw: bytes, terms: ReadingOptions) -> Message:
    limits = terms.limits
    budget = ReadingBudget(limits)
    whole = smime.parse_entity(raw, budget)
    if whole is None:
        return Message(sender_trouble="not-read", trouble=("header-too-long",))
    headers = whole.headers
    note_header_troubles(headers, budget)
    if terms.opened is not None:
        whole = smime.parse_entity(terms.opened, budget) or whole
    signature = smime.check_signature(whole, terms.trust, budget)
    inner = smime.unwrap_signed(whole, budget)
    leaves = list(mime.walk_leaves(inner.headers, inner.body, budget))
    name = address.display_name(headers)
    found = _attachments(leaves, budget, name)
    marked = auto_reply.automatic_mark(headers, leaves)
    bodies = _bodies(leaves)
    text = body.extract_body_text(bodies, limits.body_chars)
    message = replace(
        _addressed(headers, limits),
        body_text=text,
        own_words=_own_words(bodies, budget, name),
        automatic=marked,
        bounce=_bounce(marked, leaves, headers),
        attachments=_without_answered_mail(_without_returned_mail(found, marked), headers, marked),
        signature=_word_for(signature),
        signed_by=signature.signer.addresses if signature and signature.signer else (),
    )
    if not marked and not message.brings_document:
        worded = auto_reply.automatic_by_words(headers, text)
        kept = _without_returned_mail(message.attachments, worded)
        kept = _without_answered_mail(kept, headers, worded)
        message = replace(message, automatic=worded, attachments=kept)
    return replace(message, trouble=tuple(budget.told))


def _word_for(signature: DigitalSignature | None) -> str:
    """A word of SIGNATURES."""
    if signature is None:
        return ""
    return "broken" if signature.broken else "proven" if signature.is_proven else "doubtful"


def note_header_troubles(headers: Headers, budget: ReadingBudget) -> None:
    """Notes in `budget` what the mail's own headers say against reading it as it stands."""
    if headers.odd:
        budget.note_trouble("odd-header")
    if headers.contradicts_itself:
        budget.note_trouble("duplicate-headers")
    if headers.content_type in _ENCRYPTED:
        budget.note_trouble("encrypted")


def _addressed(headers: Headers, limits: MailLimits) -> Message:
    """Who, to whom, about what: the part of a Message that headers alone tell."""
    head = parse_message_head(headers, limits)
    return Message(
        message_id=head.message_id,
        in_reply_to=head.in_reply_to,
        sender=head.sender,
        sender_trouble=head.sender_trouble,
        recipients=head.recipients,
        subject=head.subject,
    )


def _attachments(
    leaves: list[MimeLeaf], budget: ReadingBudget, name: str
) -> tuple[Attachment, ...]:
    most = budget.limits.attachments
    found = tuple(islice(attachments.find_attachments(leaves, budget, name=name), most + 1))
    if len(found) > most:
        budget.note_trouble("too-many-parts")
    return found[:most]


def _bodies(leaves: list[MimeLeaf]) -> list[MimeLeaf]:
    """The parts that are text of the mail, without the files that stand in it."""
    found = (leaf for leaf in leaves if body.is_body_part(leaf, sniff_format(leaf.content)))
    return [replace(leaf, content=decoding.text_without_files(leaf.content)) for leaf in found]


def _own_words(bodies: list[MimeLeaf], budget: ReadingBudget, name: str) -> str:
    """Of the plain text; where there is none with words in it, of the HTML."""
    plain = [leaf for leaf in bodies if leaf.kind != "text/html"]
    for leaves in (plain, [leaf for leaf in bodies if leaf.kind == "text/html"]):
        texts = [attachments.unquoted_body_text(leaf, budget) for leaf in leaves]
        if any(text.strip() for text in texts):
            said = "\n".join(body.sender_own_sentences(text, name) for text in texts)
            return clean_text(said, budget.limits.body_chars)
    return ""


def _bounce(marked: str, leaves: list[MimeLeaf], headers: Headers) -> Bounce | None:
    if marked != "bounce":
        return None
    return bounce.read_delivery_report(leaves, failed="x-failed-recipients" in headers)


def _without_returned_mail(found: tuple[Attachment, ...], marked: str) -> tuple[Attachment, ...]:
    """A report brings back the mail it is about: that is no document, though its files are."""
    if marked not in ("bounce", "receipt"):
        return found
    return tuple(one for one in found if one.sniffed != "eml")


def _without_answered_mail(
    found: tuple[Attachment, ...], headers: Headers, marked: str
) -> tuple[Attachment, ...]:
    """What a program answers it may attach whole: the documents in that are not sent by whoever is
    away, but were sent to them. Mail that a program sends of its own accord may pass on some."""
    if marked != "absence" and not (
        marked == "auto-reply" and auto_reply.is_automatic_answer(headers)
    ):
        return found
    return tuple(one for one in found if one.inside != "message" and one.sniffed != "eml")
