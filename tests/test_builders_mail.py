"""Each message, parsed again, is the message that was asked for."""

from __future__ import annotations

import io
import zipfile
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

from tests.builders import bounce, forwarded, mail, out_of_office, zipped
from tests.papers.statement_paper import make_statement

AUTHOR, BOARD = "author@meadowlane.example", "scr-returns@board.example"


def read(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, _class=EmailMessage, policy=SMTP)
    assert isinstance(message, EmailMessage)
    assert not [p for p in message.walk() if p.defects]
    return message


def test_a_message_carries_its_documents() -> None:
    docx = make_statement()
    message = read(mail(AUTHOR, BOARD, "N12", attachments=[("Statement.docx", docx)]))
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "Statement.docx"
    assert attached.get_content_type().endswith("wordprocessingml.document")
    assert attached.get_content() == docx
    assert message["From"] == AUTHOR
    assert message["Date"] == "Thu, 01 Apr 2010 10:15:00 +0100"


def test_the_same_words_make_the_same_message_and_others_another() -> None:
    one = mail(AUTHOR, BOARD, "N12", attachments=[("a.docx", b"one")])
    assert one == mail(AUTHOR, BOARD, "N12", attachments=[("a.docx", b"one")])
    other = mail(AUTHOR, BOARD, "N12", attachments=[("a.docx", b"two")])
    assert read(one)["Message-ID"] != read(other)["Message-ID"]


def test_headers_are_added_and_replaced() -> None:
    later = "Fri, 02 Apr 2010 09:00:00 +0100"
    message = read(mail(AUTHOR, BOARD, "N12", in_reply_to="<x@board.example>", date=later))
    assert message["In-Reply-To"] == "<x@board.example>"
    assert message.get_all("Date") == [later]


def test_a_message_is_authenticated_by_the_boards_own_server() -> None:
    raw = mail(f"Author One <{AUTHOR}>", BOARD, "N12", authenticated_by="mx.board.example")
    verdict = "mx.board.example; dmarc=pass header.from=meadowlane.example"
    assert read(raw)["Authentication-Results"].strip() == verdict


def test_a_forwarded_message_holds_the_other_whole() -> None:
    inner = mail(AUTHOR, "other@meadowlane.example", "N12", attachments=[("a.docx", b"PK")])
    outer = read(forwarded(inner, "other@meadowlane.example", BOARD))
    (attached,) = outer.iter_attachments()
    assert attached.get_content_type() == "message/rfc822"
    assert attached.get_content()["From"] == AUTHOR
    assert [p.get_filename() for p in outer.walk() if p.get_filename()] == ["a.docx"]


def test_a_bounce_is_a_delivery_report_that_names_the_message() -> None:
    sent = mail(BOARD, AUTHOR, "N12")
    message = read(bounce(sent, AUTHOR, BOARD))
    assert message.get_content_type() == "multipart/report"
    assert message.get_param("report-type") == "delivery-status"
    assert message["Return-Path"] == "<>"
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "message/delivery-status", "text/rfc822-headers"]
    _, _, about, returned = [part for part in message.walk() if not part.is_multipart()]
    assert about["Final-Recipient"] == f"rfc822; {AUTHOR}"
    assert about["Status"] == "5.1.1"
    assert read(sent)["Message-ID"] in str(returned.get_payload())


def test_an_absence_note_is_marked_or_not() -> None:
    assert read(out_of_office(AUTHOR, BOARD))["Auto-Submitted"] == "auto-replied"
    plain = read(out_of_office(AUTHOR, BOARD, marked=False))
    assert plain["Auto-Submitted"] is None
    assert plain["Subject"] == "Automatic reply: N12"


def test_files_are_zipped() -> None:
    with zipfile.ZipFile(io.BytesIO(zipped([("a.docx", b"PK"), ("b.txt", b"x")]))) as archive:
        assert archive.namelist() == ["a.docx", "b.txt"]
        assert archive.read("a.docx") == b"PK"
