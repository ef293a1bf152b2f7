"""A mail read whole: what arrives, and what is made of it."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage

import pytest

from intake.headers.header_block import MailLimits
from intake.message.message import (
    Message,
)
from intake.message.parse import read_message


def sniffed(message: Message) -> list[str]:
    return [found.sniffed for found in message.attachments]


def test_an_ordinary_return_is_read(make):
    raw = make.with_files(("Chronology N12.DOCX", make.word()))
    message = read_message(raw)
    assert message.sender == "ann.author@surgery.example"
    assert message.recipients == ("scr-returns+k3y@board.example",)
    assert message.message_id == "<one@surgery.example>"
    assert message.subject == "Review N12"
    assert message.body_text == "Please see attached for review N12."
    assert (message.automatic, message.bounce, message.trouble) == ("", None, ())
    (found,) = message.attachments
    assert found.content == make.word()
    assert (found.sniffed, found.declared, found.damaged, found.inside) == (
        "docx", "docx", False, "",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["application/msword", "x/y", "text/plain", "text/html", ""])
def test_a_bare_document_is_the_whole_mail(make, kind):
    """Failure mode 29: no multipart, no name, and perhaps a type that says it is text."""
    head = "From: ann@surgery.example" + (f"\nContent-Type: {kind}" if kind else "")
    read = read_message(make.by_hand(head, make.word()))
    assert sniffed(read) == ["docx"]
    assert read.attachments[0].content == make.word()
    assert read.body_text == ""


def test_a_document_offered_as_an_alternative_to_the_text_is_found(make):
    """Failure mode 29."""
    message = make.letter()
    message.add_alternative(make.word(), "application", "octet-stream")
    assert sniffed(read_message(message.as_bytes())) == ["docx"]


def test_a_document_shown_inline_is_found(make):
    message = make.letter()
    message.add_attachment(
        b"%PDF-1.4 made up", "application", "pdf", disposition="inline", filename="statement.pdf"
    )
    assert sniffed(read_message(message.as_bytes())) == ["pdf"]


def test_text_attached_by_name_is_an_attachment_and_not_the_body(make):
    message = make.letter()
    message.add_attachment("Nothing known N99", filename="nil return.txt")
    read = read_message(message.as_bytes())
    assert sniffed(read) == ["text"]
    assert "N99" not in read.body_text


@pytest.mark.parametrize("line", ["inline; filename=a.txt", "attachment"])
def test_text_that_is_named_or_attached_is_not_the_body(make, line):
    head = f"From: ann@surgery.example\nContent-Disposition: {line}"
    read = read_message(make.by_hand(head, "N12"))
    assert (sniffed(read), read.body_text) == (["text"], "")


def test_the_text_is_taken_from_html_when_there_is_no_other(make):
    message = EmailMessage()
    message["From"] = "ann@surgery.example"
    message.set_content(
        "<head><title>T</title></head><style>p{}</style><p>For&nbsp;N12</p><p>Ann &amp; co</p>",
        subtype="html",
    )
    assert read_message(message.as_bytes()).body_text == "For N12\nAnn & co"


def test_a_false_charset_is_read_with_replacement_and_the_bytes_are_kept(make):
    """Failure mode 32."""
    head = 'From: ann@surgery.example\nContent-Type: text/plain; charset="{}"'
    for charset in ("no-such", "zlib_codec", "undefined", "rot13", "idna", "utf-16"):
        message = read_message(make.by_hand(head.format(charset), b"caf\xe9 N12"))
        assert message.trouble == () and message.sender, charset
        assert "N12" in message.body_text or charset == "utf-16"


def test_base64_cut_short_makes_its_attachment_damaged(make):
    """Failure mode 34."""
    raw = make.with_files(("a.docx", make.word()), ("b.docx", make.word()))
    at = raw.rindex(b"UEsDB") + 61
    end = raw.index(b"\r\n--", at)
    whole, cut = read_message(raw[:at] + raw[end:]).attachments
    assert (whole.damaged, cut.damaged) == (False, True)
    assert make.word().startswith(cut.content) and cut.content


def test_a_mail_whose_end_is_missing_says_so_and_its_last_attachment_is_damaged(make):
    """Failure mode 34: base64 cut at a multiple of four characters has no fault of its own."""
    raw = make.with_files(("a.docx", make.word()), ("b.docx", make.word()))
    read = read_message(raw[: raw.rindex(b"UEsDB") + 76 * 2])
    assert [found.damaged for found in read.attachments] == [False, True]
    assert "truncated" in read.trouble


def test_a_forwarded_mail_gives_up_its_attachments_but_not_its_sender(make):
    """Failure mode 30."""
    inner = email.message_from_bytes(
        make.with_files(("imr.docx", make.word()), From_="boss@elsewhere.example"),
        policy=email.policy.default,
    )
    outer = make.letter()
    outer.add_attachment(inner)
    read = read_message(outer.as_bytes())
    assert read.sender == "ann.author@surgery.example"
    assert [(a.sniffed, a.inside) for a in read.attachments] == [("docx", "message")]


def test_an_eml_file_attached_as_bytes_is_opened_too(make):
    inner = make.with_files(("imr.docx", make.word()), From_="boss@elsewhere.example")
    read = read_message(make.with_files(("forwarded.eml", inner)))
    assert read.sender == "ann.author@surgery.example"
    assert [(a.sniffed, a.inside) for a in read.attachments] == [("docx", "message")]


def test_a_forwarded_mail_with_nothing_attached_stands_for_itself(make):
    outer = make.letter()
    outer.add_attachment(make.letter())
    assert [(a.sniffed, a.inside) for a in read_message(outer.as_bytes()).attachments] == [
        ("eml", "")
    ]


def test_mail_in_mail_in_mail_ends_somewhere(make):
    """Failure mode 28."""
    raw = make.with_files(("deep.docx", make.word()))
    for _ in range(6):
        raw = make.with_files(("one.eml", raw))
    read = read_message(raw)
    assert sniffed(read) == ["eml"]
    assert read.trouble == ("too-deep",)


def test_fifteen_hundred_multiparts_in_one_another_are_too_deep(make):
    """Failure mode 28."""
    raw = b"From: ann@surgery.example\r\n"
    for n in range(1_500):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
    read = read_message(raw)
    assert "too-deep" in read.trouble and read.sender


def test_fifteen_hundred_mails_in_one_another_are_too_deep():
    """Failure mode 28."""
    read = read_message(
        b"From: ann@surgery.example\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 1_500
    )
    assert "too-deep" in read.trouble and read.sender


def test_a_thousand_parts_are_too_many(make):
    """Failure mode 28."""
    part = b"--b\r\nContent-Type: application/pdf\r\n\r\n%PDF-1\r\n"
    raw = b"From: ann@surgery.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    read = read_message(raw + part * 1_000 + b"--b--\r\n")
    assert "too-many-parts" in read.trouble
    assert len(read.attachments) == MailLimits().attachments


def test_a_header_block_longer_than_any_real_one_is_not_read(make):
    """Failure mode 28."""
    addresses = ", ".join(f"user{n}@surgery.example" for n in range(20_000))
    read = read_message(make.by_hand(f"From: ann@surgery.example\nTo: {addresses}", "hello"))
    assert (read.trouble, read.sender, read.sender_trouble) == (
        ("header-too-long",), "", "not-read",
    )  # fmt: skip


def test_thousands_of_addresses_within_the_bounds_are_capped(make):
    """Failure mode 28."""
    addresses = ",\n ".join(f"user{n}@surgery.example" for n in range(8_000))
    read = read_message(make.by_hand(f"From: ann@surgery.example\nTo: {addresses}", "hello"))
    assert read.sender and len(read.recipients) == MailLimits().recipients


@pytest.mark.parametrize(
    "line",
    [
        "Content-Type: x; name*",
        "Content-Type: multipart/mixed; boundary*",
        "Content-Type: multipart/mixed; boundary*0*=;;;",
        "Content-Type: text/plain; charset*=''",
        "Content-Disposition: attachment; filename*=x'",
        "Content-Disposition: attachment; filename*99999999999999999999=a",
        'To: "',
        "To: (c):",
        "Subject: =?utf-8?b?!!!?=",
        "Subject: =?undefined?q?x?=",
        "Message-ID: <" + "<" * 3_000,
        "Date: " + "(" * 3_000,
        "In-Reply-To: <" + "a" * 5_000 + "@b.example>",
    ],
)
def test_a_hostile_header_stops_nothing(make, line):
    """Failure mode 27."""
    read = read_message(make.by_hand(f"From: ann@surgery.example\n{line}", "N12"))
    assert read.sender == "ann@surgery.example"
    assert "unreadable" not in read.trouble


@pytest.mark.parametrize("value", ['"', "(c):", "=?utf-8?q?a=0D=0ABcc:_b@x.example?=", "(" * 2_000])
def test_a_hostile_from_is_no_sender(make, value):
    """Failure modes 27 and 28."""
    read = read_message(make.by_hand(f"From: {value}\nSubject: N12", "hello"))
    assert (read.sender, read.sender_trouble, read.subject) == ("", "not-an-address", "N12")


def test_an_encoded_line_break_in_a_display_name_adds_nothing(make):
    """Failure mode 27."""
    head = "From: =?utf-8?q?Ann=0D=0ABcc=3A_bob=40evil.example?= <ann@surgery.example>"
    read = read_message(make.by_hand(head, "hello"))
    assert read.sender == "ann@surgery.example"


@pytest.mark.parametrize("name", ["From", "Content-Type"])
def test_a_header_that_comes_twice_and_differs_is_told(make, name):
    """Failure mode 35."""
    head = "From: ann@surgery.example\nDate: 1\nSubject: N12\nMessage-ID: <a@b.example>"
    head += f"\nContent-Type: text/plain\n{name}: text/other"
    assert "duplicate-headers" in read_message(make.by_hand(head, "x")).trouble


def test_the_same_header_twice_with_one_value_is_no_contradiction(make):
    head = "From: ann@surgery.example\nSubject: N12\nSubject: N12"
    assert read_message(make.by_hand(head, "x")).trouble == ()


def test_a_part_with_two_content_types_is_told(make):
    """Failure mode 35."""
    head = "From: ann@surgery.example\nContent-Type: multipart/mixed; boundary=b"
    part = "--b\nContent-Type: text/plain\nContent-Type: text/html\n\nN12\n--b--\n"
    assert "duplicate-headers" in read_message(make.by_hand(head, part)).trouble


def test_a_second_from_hidden_behind_a_lone_carriage_return_is_seen(make):
    """Failure mode 35."""
    read = read_message(b"From: ann@surgery.example\r\nX: y\rFrom: bob@evil.example\r\n\r\nN12")
    assert read.sender_trouble == "several-headers"
    assert {"odd-header", "duplicate-headers"} <= set(read.trouble)


def test_a_logo_the_text_shows_is_a_picture_and_a_large_scan_is_not(make):
    message = make.letter()
    message.add_alternative('<p>Hello</p><img src="cid:logo@x"><img src="cid:scan@x">', "html")
    png = b"\x89PNG\r\n\x1a\n"
    html = message.get_payload()[1]
    html.add_related(png + b"logo", "image", "png", cid="<logo@x>")
    html.add_related(png + b"s" * 300_000, "image", "png", cid="<scan@x>")
    message.make_mixed()
    message.add_attachment(png + b"photographed form", "image", "png", filename="form.png")
    read = read_message(message.as_bytes())
    assert [found.inline_picture for found in read.attachments] == [True, False, False]
    assert len(read.documents) == 2


def test_cards_calendars_and_signatures_of_mail_are_not_documents(make):
    message = make.letter()
    message.add_attachment("BEGIN:VCARD\nEND:VCARD\n", "x-vcard", filename="ann.vcf")
    message.add_attachment(b"BEGIN:VCALENDAR\n", "application", "ics", filename="panel.ics")
    message.add_attachment(b"sig", "application", "pgp-signature")
    assert read_message(message.as_bytes()).attachments == ()


@pytest.mark.parametrize("kind", ["text/calendar", "message/delivery-status", "message/rfc822"])
def test_a_document_is_found_whatever_it_is_declared_to_be(make, kind):
    """Failure mode 29."""
    head = "From: ann@surgery.example\nContent-Type: multipart/mixed; boundary=b"
    part = f"--b\r\nContent-Type: {kind}\r\n\r\n".encode() + make.word() + b"\r\n--b--"
    assert sniffed(read_message(make.by_hand(head, part))) == ["docx"]


def test_an_encrypted_mail_is_told_from_a_signed_one(make):
    """Failure mode 36."""
    head = "From: ann@surgery.example\nContent-Type: application/pkcs7-mime; name=smime.p7m"
    der = bytes.fromhex("308006092a864886f70d0107")
    sealed = read_message(make.by_hand(head, der + b"\x03" + b"\xa0\x80" * 9))
    signed = read_message(make.by_hand(head, der + b"\x02" + b"\xa0\x80" * 9))
    assert (sniffed(sealed), sealed.trouble) == (["p7m"], ("encrypted",))
    assert (sniffed(signed), signed.trouble) == (["p7m"], ("signed",))


def test_a_signed_mail_in_the_clear_is_walked_and_its_signature_left_out(make):
    head = "From: ann@surgery.example\nContent-Type: multipart/signed; boundary=b"
    p7s = bytes.fromhex("308006092a864886f70d010702") + b"\xa0\x80" * 9
    body = b"--b\r\n\r\nN12\r\n--b\r\nContent-Type: application/msword\r\n\r\n" + make.word()
    body += b"\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n\r\n" + p7s + b"\r\n--b--"
    read = read_message(make.by_hand(head, body))
    assert (sniffed(read), read.trouble, read.body_text) == (["docx"], (), "N12")


def test_a_rights_managed_mail_is_encrypted(make):
    rpmsg = bytes.fromhex("76e80460c411e386") + b"x" * 50
    read = read_message(make.with_files(("message.rpmsg", rpmsg)))
    assert (sniffed(read), read.trouble) == (["rpmsg"], ("encrypted",))


def test_a_pgp_mail_is_encrypted(make):
    head = "From: ann@surgery.example\nContent-Type: multipart/encrypted; boundary=b"
    body = "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n"
    body += "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n\nx\n--b--\n"
    read = read_message(make.by_hand(head, body))
    assert (sniffed(read), read.trouble) == (["pgp"], ("encrypted",))
    other = read_message(make.by_hand(head, "--b\n\none\n--b\n\ntwo\n--b--\n"))
    assert other.trouble == ("encrypted",)


def test_one_piece_of_a_mail_sent_in_pieces_is_told(make):
    head = "From: ann@surgery.example\nContent-Type: message/partial; number=1; total=2; id=x"
    assert "partial" in read_message(make.by_hand(head, "From: a\nTo: b\n\nx")).trouble


def test_a_bounce_is_marked_and_the_mail_it_returns_is_no_document(make):
    head = (
        "From: MAILER-DAEMON@mx.surgery.example\nAuto-Submitted: auto-replied\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b"
    )
    body = (
        "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mx\n\nAction: failed\nStatus: 5.1.1\n"
        "--b\nContent-Type: message/rfc822\n\nFrom: scr-returns@board.example\n"
        "Message-ID: <letter-7@board.example>\n\nDear Author\n--b--\n"
    )
    read = read_message(make.by_hand(head, body))
    assert read.automatic == "bounce" and read.bounce is not None
    assert (read.bounce.weight, read.bounce.named) == ("hard", ("<letter-7@board.example>",))
    assert read.attachments == ()


def test_a_real_return_inside_automatic_mail_is_still_handed_on(make):
    """Failure mode 69."""
    raw = make.with_files(("imr.docx", make.word()), Auto_Submitted="auto-generated")
    read = read_message(raw)
    assert (read.automatic, sniffed(read)) == ("auto-reply", ["docx"])


def test_what_it_answers_is_named_latest_first(make):
    raw = make.with_files(
        In_Reply_To="<three@board.example>", References="<one@b.example> <two@b.example>"
    )
    assert read_message(raw).in_reply_to == (
        "<three@board.example>", "<two@b.example>", "<one@b.example>",
    )  # fmt: skip


def test_mail_with_bare_line_feeds_is_read_alike(make):
    raw = make.with_files(("imr.docx", make.word()))
    assert read_message(raw.replace(b"\r\n", b"\n")) == read_message(raw)


def test_a_fault_of_our_own_is_a_trouble_and_no_exception(make, monkeypatch):
    def broken(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr("intake.message.parse._addressed", broken)
    assert read_message(make.with_files()).trouble == ("unreadable",)
