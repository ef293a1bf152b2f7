"""Mail as it arrives: with documents, forwarded, bounced, or written by a machine.

Does: builds whole messages, byte for byte the same from the same words.
Trusts: nothing.
Never touches: the network, the clock. A message is dated 1 April 2010 unless told otherwise.
Known limits: well-formed messages only; the hostile headers of failure modes 27 to 35 are for
their tests to write by hand, because Python's own library will not write them.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import SMTP
from mimetypes import guess_type

DATED = "Thu, 01 Apr 2010 10:15:00 +0100"
Attachment = tuple[str, bytes]


def mail(
    sender: str,
    to: str,
    subject: str,
    body: str = "Please find our documents attached.\n",
    attachments: Sequence[Attachment] = (),
    *,
    authenticated_by: str = "",
    **headers: str,
) -> bytes:
    """One message. `headers` are further ones, "_" standing for "-"; one that is already there is
    replaced. `authenticated_by` is the authserv-id that says dmarc=pass for the sender's domain.

    >>> mail("a@b.example", "c@d.example", "Hello", auto_submitted="auto-replied")[:6]
    b'From: '
    """
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = DATED
    message["Message-ID"] = _id(sender, to, subject, body, *(data for _, data in attachments))
    if authenticated_by:
        domain = sender.rpartition("@")[2].rstrip("> ")
        verdict = f"{authenticated_by}; dmarc=pass header.from={domain}"
        message["Authentication-Results"] = verdict
    message.set_content(body)
    for name, data in attachments:
        _attach(message, name, data)
    return _sent(message, headers)


def _attach(message: EmailMessage, name: str, data: bytes) -> None:
    main, _, sub = (guess_type(name)[0] or "application/octet-stream").partition("/")
    message.add_attachment(data, maintype=main, subtype=sub, filename=name)


def _id(sender: str, *content: str | bytes) -> str:
    digest = hashlib.sha256()
    for piece in (sender, *content):
        digest.update(piece if isinstance(piece, bytes) else piece.encode())
    return f"<{digest.hexdigest()[:20]}@{sender.rpartition('@')[2].rstrip('> ')}>"


def _sent(message: EmailMessage, headers: dict[str, str]) -> bytes:
    for name, value in headers.items():
        header = name.replace("_", "-").title()
        del message[header]
        message[header] = value
    for number, part in enumerate(p for p in message.walk() if p.is_multipart()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_part_{number}_of_a_made_up_message")
    return message.as_bytes()


def forwarded(
    inner: bytes,
    sender: str,
    to: str,
    subject: str = "FW: documents",
    note: str = "Forwarding this for the agency.\n",
    **headers: str,
) -> bytes:
    """A message that carries another whole, as an attachment (message/rfc822)."""
    message = BytesParser(_class=EmailMessage, policy=SMTP).parsebytes(
        mail(sender, to, subject, note)
    )
    assert isinstance(message, EmailMessage)
    message.add_attachment(BytesParser(_class=EmailMessage, policy=SMTP).parsebytes(inner))
    return _sent(message, headers)


def bounce(
    of: bytes,
    recipient: str,
    to: str,
    *,
    status: str = "5.1.1",
    diagnostic: str = "",
    action: str = "failed",
    **headers: str,
) -> bytes:
    """A delivery report (RFC 3464) about the message `of`, which was meant for `recipient`."""
    daemon = f"MAILER-DAEMON@{recipient.rpartition('@')[2]}"
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = f"Mail Delivery System <{daemon}>", to
    message["Subject"], message["Date"] = "Undelivered Mail Returned to Sender", DATED
    message["Message-ID"] = _id(daemon, of)
    message["Return-Path"], message["Auto-Submitted"] = "<>", "auto-replied"
    message.set_content("Your message could not be delivered.\n")
    message.make_mixed()
    message.attach(_report(recipient, status, diagnostic, action))
    original = BytesParser(_class=EmailMessage, policy=SMTP).parsebytes(of, headersonly=True)
    returned = EmailMessage(policy=SMTP)
    returned.set_content("".join(f"{k}: {v}\n" for k, v in original.items()))
    returned.replace_header("Content-Type", "text/rfc822-headers; charset=utf-8")
    message.attach(returned)
    message.replace_header("Content-Type", "multipart/report; report-type=delivery-status")
    return _sent(message, headers)


def _report(recipient: str, status: str, diagnostic: str, action: str) -> EmailMessage:
    about_host, about_recipient = Message(policy=SMTP), Message(policy=SMTP)
    about_host["Reporting-MTA"] = f"dns; mx.{recipient.rpartition('@')[2]}"
    about_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    about_recipient["Action"], about_recipient["Status"] = action, status
    about_recipient["Diagnostic-Code"] = f"smtp; {diagnostic or status}"
    report = EmailMessage(policy=SMTP)
    report["Content-Type"] = "message/delivery-status"
    report.set_payload([about_host, about_recipient])
    return report


def out_of_office(
    sender: str,
    to: str,
    subject: str = "Automatic reply: N12",
    until: str = "Thursday 22 April 2010",
    *,
    marked: bool = True,
    **headers: str,
) -> bytes:
    """An absence note. Without `marked` it has no header that says a machine wrote it."""
    marks = {"auto_submitted": "auto-replied", "x_auto_response_suppress": "All"} if marked else {}
    body = f"Thank you for your message. I am away from the office until {until}.\n"
    return mail(sender, to, subject, body, (), **{**marks, **headers})


def zipped(files: Iterable[Attachment]) -> bytes:
    """A zip archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, (2010, 4, 1, 9, 0, 0)), data, 8)
    return out.getvalue()
