"""A mail's own header block: who it says it is from, to whom it went, what it answers.

Does: reads the headers alone, within bounds. The confined worker reads them with the rest of the
mail; the service reads them again for itself, so that no document decides who sent it.
Trusts: nothing.
Never touches: the body, parts, attachments. It is cheap and safe enough for the parent.
Known limits: a header block longer than any real one is not read at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from intake.message import address, automatic, ids
from intake.message import headers as header_block
from intake.message.headers import Headers
from intake.message.limits import USUAL, MailLimits
from intake.message.text import one_line, without_encoded_words


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
        message_id=ids.message_id(headers),
        in_reply_to=ids.answered(headers, limits.ids),
        subject=one_line(without_encoded_words(headers.first("subject")), limits.subject_chars),
        twice=headers.contradicts_itself,
        marked=automatic.automatic(headers, ()),
        worded=automatic.by_words(headers),
    )
