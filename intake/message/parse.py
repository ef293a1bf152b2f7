"""A mail's raw bytes, read into one Message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice

from intake import decoding
from intake.decoding import cleaned, one_line, without_encoded_words
from intake.headers import address, header_block, message_ids
from intake.headers.header_block import USUAL, Headers, MailLimits
from intake.message import attachments, auto_reply, body, bounce, mime, smime
from intake.message.file_type import sniff
from intake.message.message import Attachment, Bounce, Message, to_wire
from intake.message.mime import Budget, Leaf
from intake.signatures.signature import Signature, Trust


@dataclass(frozen=True, slots=True)
class Terms:
    """`opened` is what the service found in an encrypted message: its parts with their headers,
    to be read in place of what is under the message's own. Without `trust` nobody is believed."""

    limits: MailLimits = USUAL
    trust: Trust | None = None
    opened: bytes | None = None


ORDINARY = Terms()


@dataclass(frozen=True, slots=True)
class Letterhead:
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


def read_letterhead(raw: bytes, limits: MailLimits = USUAL) -> Letterhead:
    """The letterhead of the mail in `raw`; one that was not read says so. Never raises."""
    try:
        block_and_body = header_block.cut(raw, limits.header_bytes)
        if block_and_body is None:
            return Letterhead()
        return letterhead(header_block.parse(block_and_body[0]), limits)
    except Exception:  # noqa: BLE001  the promise is for any input, so the net is for any fault
        return Letterhead()


def letterhead(headers: Headers, limits: MailLimits = USUAL) -> Letterhead:
    sender, sender_trouble = address.sender(headers)
    return Letterhead(
        sender=sender,
        sender_trouble=sender_trouble,
        shown=one_line(address.shown(headers), limits.subject_chars),
        recipients=address.recipients(headers, limits.recipients),
        message_id=message_ids.message_id(headers),
        in_reply_to=message_ids.answered(headers, limits.ids),
        subject=one_line(without_encoded_words(headers.first("subject")), limits.subject_chars),
        twice=headers.contradicts_itself,
        marked=auto_reply.automatic(headers, ()),
        worded=auto_reply.by_words(headers),
    )


_ENCRYPTED = frozenset({"multipart/encrypted", "application/x-microsoft-rpmsg-message"})


def read_message(raw: bytes, terms: Terms = ORDINARY) -> Message:
    """The mail in `raw`. Never raises: what cannot be read has the trouble "unreadable"."""
    try:
        return _read(raw, terms)
    except Exception:  # noqa: BLE001  # the promise is for any input, so the net is for any fault
        return Message(sender_trouble="not-read", trouble=("unreadable",))


def unpack_task(raw: bytes, argument: object, setup: object) -> tuple[object, list[bytes]]:
    """`read_message` for the worker: a description that JSON can carry, and the attachments' bytes.

    `argument` may be the Terms to read it on; `setup` is not used.
    """
    return to_wire(read_message(raw, argument if isinstance(argument, Terms) else ORDINARY))


def open_task(raw: bytes, argument: object, setup: object) -> tuple[object, list[bytes]]:
    """What a file put in a folder holds, a zip or a mail, described as `unpack_task` does."""
    budget = Budget(USUAL)
    try:
        inside = (f for f in attachments.opened(raw, budget) if f.content != raw or f.closed)
        found = tuple(islice(inside, USUAL.attachments))
    except Exception:  # noqa: BLE001  as for read_message
        return to_wire(Message(sender_trouble="not-read", trouble=("unreadable",)))
    return to_wire(
        Message(sender_trouble="not-read", attachments=found, trouble=tuple(budget.told))
    )


def _read(raw: bytes, terms: Terms) -> Message:
    limits = terms.limits
    budget = Budget(limits)
    whole = smime.entity(raw, budget)
    if whole is None:
        return Message(sender_trouble="not-read", trouble=("header-too-long",))
    headers = whole.headers
    _look_over(headers, budget)
    if terms.opened is not None:
        whole = smime.entity(terms.opened, budget) or whole
    signature = smime.signature_of(whole, terms.trust, budget)
    inner = smime.unwrapped(whole, budget)
    leaves = list(mime.leaves(inner.headers, inner.body, budget))
    name = address.shown(headers)
    found = _attachments(leaves, budget, name)
    marked = auto_reply.automatic(headers, leaves)
    bodies = _bodies(leaves)
    text = body.body_text(bodies, limits.body_chars)
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
    if not marked and not message.brings:
        worded = auto_reply.by_words(headers, text)
        kept = _without_returned_mail(message.attachments, worded)
        kept = _without_answered_mail(kept, headers, worded)
        message = replace(message, automatic=worded, attachments=kept)
    return replace(message, trouble=tuple(budget.told))


def _word_for(signature: Signature | None) -> str:
    """A word of SIGNATURES."""
    if signature is None:
        return ""
    return "broken" if signature.broken else "proven" if signature.proven else "doubtful"


def _look_over(headers: Headers, budget: Budget) -> None:
    if headers.odd:
        budget.tell("odd-header")
    if headers.contradicts_itself:
        budget.tell("duplicate-headers")
    if headers.kind in _ENCRYPTED:
        budget.tell("encrypted")


def _addressed(headers: Headers, limits: MailLimits) -> Message:
    """Who, to whom, about what: the part of a Message that headers alone tell."""
    head = letterhead(headers, limits)
    return Message(
        message_id=head.message_id,
        in_reply_to=head.in_reply_to,
        sender=head.sender,
        sender_trouble=head.sender_trouble,
        recipients=head.recipients,
        subject=head.subject,
    )


def _attachments(leaves: list[Leaf], budget: Budget, name: str) -> tuple[Attachment, ...]:
    most = budget.limits.attachments
    found = tuple(islice(attachments.attachments(leaves, budget, name=name), most + 1))
    if len(found) > most:
        budget.tell("too-many-parts")
    return found[:most]


def _bodies(leaves: list[Leaf]) -> list[Leaf]:
    """The parts that are text of the mail, without the files that stand in it."""
    found = (leaf for leaf in leaves if body.is_body(leaf, sniff(leaf.content)))
    return [replace(leaf, content=decoding.without_files(leaf.content)) for leaf in found]


def _own_words(bodies: list[Leaf], budget: Budget, name: str) -> str:
    """Of the plain text; where there is none with words in it, of the HTML."""
    plain = [leaf for leaf in bodies if leaf.kind != "text/html"]
    for leaves in (plain, [leaf for leaf in bodies if leaf.kind == "text/html"]):
        texts = [attachments.own_markup(leaf, budget) for leaf in leaves]
        if any(text.strip() for text in texts):
            said = "\n".join(body.own_words(text, name) for text in texts)
            return cleaned(said, budget.limits.body_chars)
    return ""


def _bounce(marked: str, leaves: list[Leaf], headers: Headers) -> Bounce | None:
    if marked != "bounce":
        return None
    return bounce.read(leaves, failed="x-failed-recipients" in headers)


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
    if marked != "absence" and not (marked == "auto-reply" and auto_reply.answers(headers)):
        return found
    return tuple(one for one in found if one.inside != "message" and one.sniffed != "eml")
