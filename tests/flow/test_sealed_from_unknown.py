"""Sealed mail of somebody not registered, and notices that mail for us is held back elsewhere, wait
for a person: what is in them nobody knows."""

from __future__ import annotations

import base64

import pytest

from tests.board import Board
from tests.builders_mail import mail
from tests.told import newest

SERVICE = "scr-returns@board.example"
PAGE = b'<html><form action="https://securemail.proofpoint.com/formpostdir/securereader"></form></html>'
PROOFPOINT = (
    "You have received a secure message from Records Team\n\nClick the attachment"
    " securedoc_20100408.html to read your message with Proofpoint Encryption.\n"
)
CISCO = (
    "You have a new encrypted message from A Solicitor <as@lawfirm.example>.\n\nRead the message:"
    " https://res.cisco.example/websafe/login?id=77aa\n\nThis message will expire on 27 April.\n"
)
EGRESS = (
    "You have been sent a secure message.\n\nhttps://switch.egress.com/ui/pickup?id=1\n\nEgress\n"
)
HELD = (
    "You have 2 messages in quarantine.\n\nSender: author.records@cityhospital.example\n"
    "Subject: N12 chronology City Hospital\n"
)


def smime() -> bytes:
    body = base64.encodebytes(b"0\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x03" + bytes(200))
    return (
        b"From: someone@elsewhere.example\r\nTo: scr-returns@board.example\r\nSubject: Sealed\r\n"
        b"Date: Thu, 08 Apr 2010 09:17:00 +0100\r\nMessage-ID: <a@elsewhere.example>\r\n"
        b"MIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data;"
        b' name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\n' + body
    )


SEALED = {
    "a page to open": mail(
        "secure@nhs-trust-records.example", SERVICE, "SECURE: records for review", PROOFPOINT,
        (("securedoc_20100408.html", PAGE),),
    ),
    "a link": mail("noreply@res.cisco.example", SERVICE, "Secure message", CISCO, ()),
    "a link that a program sent": mail(
        "noreply@egress.example", SERVICE, "Secure message", EGRESS, (),
        auto_submitted="auto-generated",
    ),
    "an encrypted message": smime(),
}  # fmt: skip


@pytest.mark.parametrize("raw", SEALED.values(), ids=SEALED.keys())
def test_a_sealed_message_from_somebody_unknown_waits_for_a_person(
    loaded: Board, raw: bytes
) -> None:
    loaded.mail(raw)
    ended = loaded.once("2010-04-08T09:20")
    assert "Not for the service" not in ended.out
    loaded.once("2010-04-09T08:00")
    assert "a sealed message from somebody not registered" in newest(loaded)
    assert [x["To"] for x in loaded.sent() if "elsewhere" in str(x["To"])] == []


def test_a_notice_that_mail_about_a_case_is_held_back_elsewhere_is_told(loaded: Board) -> None:
    loaded.mail(
        mail(
            "quarantine@messaging.example",
            SERVICE,
            "Spam Notification: 2 New Messages",
            HELD,
            (),
            auto_submitted="auto-generated",
        )
    )
    loaded.mail(
        mail(
            "quarantine@messaging.example",
            SERVICE,
            "Spam Notification: 1 New Message",
            "You have 1 message in quarantine.\n\nSubject: Toner\n",
            (),
            auto_submitted="auto-generated",
        )
    )
    loaded.once("2010-04-08T09:20")
    loaded.once("2010-04-09T08:00")
    said = newest(loaded)
    assert said.count("says that mail is held back that seems to be meant for the service") == 1
    assert "A mail from somebody not registered was left in the mailbox" in said
