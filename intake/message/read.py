"""A mail's raw bytes, read into one Message.

Does: reads headers, walks every part, and gathers what later stages ask about: who sent it, what
it answers, whether a program sent it, what it carries, and what is wrong with it.
Trusts: nothing. It runs in the confined worker and raises for no input whatever: trouble is a
value, and the mail itself stays in the spool (failure mode 27).
Never touches: the network, the clock, pydantic, names of files. It does not say whether the sender
is who From claims: that is `authenticated.py`, on the headers our own server wrote.
Known limits: what is encrypted is recognised, not opened: the service has the key, and hands in
what it opened. PGP stays closed.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from intake.message import (
    address,
    automatic,
    body,
    bounce,
    own_words,
    parts,
    smime,
    unpack,
    uuencode,
)
from intake.message.headers import Headers
from intake.message.letterhead import letterhead
from intake.message.limits import USUAL, MailLimits
from intake.message.message import Attachment, Bounce, Message
from intake.message.parts import Budget, Leaf
from intake.message.sniff import sniff
from intake.message.terms import ORDINARY, Terms
from intake.message.text import cleaned
from intake.message.wire import to_wire
from intake.signatures.signature import Signature

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
        inside = (f for f in unpack.opened(raw, budget) if f.content != raw or f.closed)
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
    leaves = list(parts.leaves(inner.headers, inner.body, budget))
    name = address.shown(headers)
    found = _attachments(leaves, budget, name)
    marked = automatic.automatic(headers, leaves)
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
        worded = automatic.by_words(headers, text)
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
    found = tuple(islice(unpack.attachments(leaves, budget, name=name), most + 1))
    if len(found) > most:
        budget.tell("too-many-parts")
    return found[:most]


def _bodies(leaves: list[Leaf]) -> list[Leaf]:
    """The parts that are text of the mail, without the files that stand in it."""
    found = (leaf for leaf in leaves if body.is_body(leaf, sniff(leaf.content)))
    return [replace(leaf, content=uuencode.without_files(leaf.content)) for leaf in found]


def _own_words(bodies: list[Leaf], budget: Budget, name: str) -> str:
    """Of the plain text; where there is none with words in it, of the HTML."""
    plain = [leaf for leaf in bodies if leaf.kind != "text/html"]
    for leaves in (plain, [leaf for leaf in bodies if leaf.kind == "text/html"]):
        texts = [unpack.own_markup(leaf, budget) for leaf in leaves]
        if any(text.strip() for text in texts):
            said = "\n".join(own_words.own_words(text, name) for text in texts)
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
    if marked != "absence" and not (marked == "auto-reply" and automatic.answers(headers)):
        return found
    return tuple(one for one in found if one.inside != "message" and one.sniffed != "eml")
