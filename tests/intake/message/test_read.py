"""A mail read whole: what arrives, and what is made of it."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.headers.header_block import MailLimits
from intake.message.message import (
    AUTOMATIC_MARKS,
    MESSAGE_TROUBLES,
    SENDER_TROUBLES,
    SNIFFED_FORMATS,
    Message,
    message_from_wire,
)
from intake.message.parse import ReadingOptions, read_message, unpack_task


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


# -- for any bytes at all --------------------------------------------------------------------------

TINY = MailLimits(
    header_bytes=2_000, parts=9, depth=3, containers=2, attachments=4, unpacked_bytes=9_000,
    zip_members=3, subject_chars=20, body_chars=200, ids=3, recipients=2,
)  # fmt: skip


def keeps_its_bounds(message: Message, limits: MailLimits) -> None:
    assert len(message.subject) <= limits.subject_chars
    assert len(message.body_text) <= limits.body_chars
    assert len(message.message_id) <= 250 and message.message_id.isascii()
    assert len(message.in_reply_to) <= limits.ids
    assert len(message.recipients) <= limits.recipients
    assert len(message.attachments) <= limits.attachments
    assert bool(message.sender) != bool(message.sender_trouble)
    assert message.sender_trouble in {"", *SENDER_TROUBLES}
    assert message.automatic in {"", *AUTOMATIC_MARKS}
    assert set(message.trouble) <= MESSAGE_TROUBLES.keys() and "unreadable" not in message.trouble
    assert {found.sniffed for found in message.attachments} <= SNIFFED_FORMATS
    assert all(len(found.declared) <= 8 for found in message.attachments)


def is_whole_after_the_wire(raw: bytes, limits: MailLimits) -> None:
    terms = ReadingOptions(limits)
    value, blobs = unpack_task(raw, terms, None)
    message = message_from_wire(value, blobs, limits)
    assert message == read_message(raw, terms)
    keeps_its_bounds(message, limits)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3_000))
def test_any_bytes_are_read_within_bounds(raw):
    is_whole_after_the_wire(raw, TINY)


HEADS = (
    *("From: ", "To: ", "Subject: ", "Message-ID: ", "References: ", "Content-Type: "),
    *("Return-Path: ", "Content-Disposition: ", "Content-Transfer-Encoding: ", "Content-ID: "),
)
SCRAPS = (
    *("ann@surgery.example", "<a@b.example>", "multipart/mixed; boundary=b", "text/html"),
    *("message/rfc822", "multipart/report; boundary=b; report-type=delivery-status"),
    *("message/delivery-status", "Status: 5.1.1", "\n", "\n\n", "--b\n", "--b--"),
    *("attachment; filename*=utf-8''a%2Edocx", 'name="', "a*", "*0*=", "''"),
    *("(", ")", '"', "<", ">", ",", ":", ";", "\\", "=", "==", "%", " ", "\0", "\r"),
    *("=?utf-8?q?=00?=", "=?utf-8?b?4p==?=", "base64", "quoted-printable", "é", "\ud800"),
    *("UEsDBBQ", "%PDF-", "{\\rtf", "BEGIN:VCARD", "cid:x", "https://x.sharepoint.com/"),
    *("&#x110000;", "<!--", "<style>"),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from((*HEADS, *SCRAPS)), max_size=60))
def test_scraps_of_mail_in_any_order_are_read_within_bounds(scraps):
    """Failure mode 27: what a fuzzer finds sooner when it speaks the language."""
    text = "".join(f"\n{s}" if s in HEADS else s for s in scraps).lstrip("\n")
    is_whole_after_the_wire(text.encode("utf-8", "surrogatepass"), TINY)


@pytest.fixture(scope="session")
def mail_with_everything(make) -> bytes:
    msg = make.msg(make.outlook_file("a.docx", make.word()))
    files = [make.word(True), make.zipped({"a.docx": make.word()}), msg]
    files += [make.winmail(("a.docx", make.word())), make.with_files(("b.docx", make.word()))]
    part = b'--b\r\nContent-Type: x/y; name="f"\r\nContent-Transfer-Encoding: binary\r\n\r\n'
    body = b"--b\r\nContent-Type: text/html\r\n\r\n<p>N12</p><img src='cid:x'>\r\n"
    body += b"".join(part + content + b"\r\n" for content in files) + b"--b--\r\n"
    return make.by_hand("From: a@b.example\nContent-Type: multipart/mixed; boundary=b", body)


def test_everything_in_that_mail_is_read(mail_with_everything):
    read = read_message(mail_with_everything)
    assert sniffed(read) == ["docm", "docx", "docx", "docx", "docx"]
    assert [found.inside for found in read.attachments] == ["", "zip", "message", "", "message"]
    assert read.trouble == ()


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_real_mail_with_bytes_changed_is_read_within_bounds(mail_with_everything, data):
    raw = bytearray(mail_with_everything)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(raw) - 1))
        kind = data.draw(st.sampled_from(("change", "cut", "double")))
        if kind == "change":
            raw[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del raw[at : at + data.draw(st.integers(1, 200))]
        else:
            raw[at:at] = raw[at : at + 50]
        if len(raw) < 2:
            break
    is_whole_after_the_wire(bytes(raw), MailLimits())


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_containers_with_bytes_changed_are_opened_within_bounds(make, data):
    """The containers themselves, so that changes land in their tables and not in their files."""
    build = data.draw(st.sampled_from(("msg", "winmail", "zip")))
    content = bytearray(
        {
            "msg": make.msg(make.outlook_file("a.pdf", b"%PDF-"), make.outlook_file("b", b"x")),
            "winmail": make.winmail(("a.pdf", b"%PDF-1.4")),
            "zip": make.zipped({"a.pdf": b"%PDF-1.4", "b/c.pdf": b"%PDF-1.5"}),
        }[build]
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(4, len(content) - 1))
        content[at] = data.draw(st.sampled_from((0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF)))
    raw = make.by_hand("From: ann@surgery.example\nContent-Type: x/y", bytes(content))
    is_whole_after_the_wire(raw, MailLimits())


def test_a_fault_of_our_own_is_a_trouble_and_no_exception(make, monkeypatch):
    def broken(*_: object) -> None:
        raise IndexError

    monkeypatch.setattr("intake.message.parse._addressed", broken)
    assert read_message(make.with_files()).trouble == ("unreadable",)
