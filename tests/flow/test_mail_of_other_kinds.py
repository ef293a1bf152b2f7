"""Mail as other programs, gateways and people send it, the whole way to its letters.

The kinds of issue 11, point 8, in vendors and mistakes beside those that were met first.
"""

from __future__ import annotations

import base64
from pathlib import Path
from urllib.parse import quote

import pytest

from tests import builders as build
from tests.builders_raw import attached, html, inside, message, mixed, png, uuencoded
from tests.flow.arriving import arriving

GP = build.make_chronology(build.STORIES["GP"])
WORDS = "Dear Administrator,\r\nour chronology.\r\nAuthor One\r\n"
DOCUMENT = attached("Agency chronology.docx", GP)
ACCEPTED = "accepted, thank you, no action needed now - chronology"


def picture(name: str, width: int, height: int, **fields: str) -> tuple[dict[str, str], bytes]:
    head, body = attached(name, png(width, height), "image/png", **fields)
    return dict(head), body


CARD = b"BEGIN:VCARD\r\nFN:Author One\r\nEND:VCARD\r\n"
MEETING = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
LITTER = build.zipped(
    [
        ("a/chron.docx", GP),
        ("__MACOSX/a/._chron.docx", b"\0"),
        ("a/.DS_Store", b"x"),
        ("a/desktop.ini", b"[x]"),
        ("a/~$chron.docx", b"x"),
        ("a/chron.docx:Zone.Identifier", b"z"),
    ]
)

ACCEPTABLE = {
    "Outlook, with pictures and pages between": mixed(
        WORDS,
        picture("image001.png", 300, 90, content_id="<image001.png@01CA>"),
        attached("ATT00001.htm", b"<html><body><br></body></html>", "text/html"),
        DOCUMENT,
        attached("ATT00002.htm", b"<html><body>Author One</body></html>", "text/html"),
    ),
    "Apple Mail, with text around": mixed(
        "Here it is.\r\n",
        attached("chron.docx", GP, content_disposition='inline; filename="chron.docx"'),
        "\r\nSent from my iPad\r\n",
    ),
    "signs of social networks, a card, a meeting": mixed(
        WORDS,
        DOCUMENT,
        picture("facebook.png", 32, 32),
        picture("Outlook-x1y2.png", 410, 120),
        attached("Author One.vcf", CARD, "text/vcard"),
        attached("invite.ics", MEETING, "text/calendar"),
    ),
    "a house's disclaimer attached": mixed(
        WORDS, DOCUMENT, attached("disclaimer.txt", b"Any attached files ...", "text/plain")
    ),
    "an untitled attachment": mixed(
        WORDS, DOCUMENT, attached("Untitled attachment 00012.txt", b"--\r\nx", "text/plain")
    ),
    "a page of HTML, its pictures related": mixed(
        inside(
            html('<p>Our chronology.</p><img src="cid:logo@x">'),
            picture("anything.png", 400, 200, content_id="<logo@x>"),
            kind="related",
        ),
        DOCUMENT,
    ),
    "base64 said to be quoted-printable": mixed(
        WORDS, attached("c.docx", GP, content_transfer_encoding="quoted-printable")
    ),
    "x-base64": mixed(WORDS, attached("c.docx", GP, content_transfer_encoding="x-base64")),
    "base64 with a comment": mixed(
        WORDS, attached("c.docx", GP, content_transfer_encoding="BASE64 (MIME)")
    ),
    "base64 and a scanner's line under it": mixed(
        WORDS, (DOCUMENT[0], DOCUMENT[1] + b"\r\n-- \r\nScanned for viruses\r\n")
    ),
    "a charset nobody knows": mixed(
        ({"Content-Type": "text/plain; charset=x-made-up"}, WORDS.encode()), DOCUMENT
    ),
    "passed on by a rule": mixed(
        WORDS, DOCUMENT, x_ms_exchange_inbox_rules_loop="author@meadowlane.example"
    ),
    "the subject of an automatic reply": mixed(WORDS, DOCUMENT, subject="Automatic reply: N12"),
    "the subject of a report": mixed(WORDS, DOCUMENT, subject="Undeliverable: N12 chronology"),
    "the subject of a receipt": mixed(WORDS, DOCUMENT, subject="Read: our chronology"),
    "two dates": mixed(WORDS, DOCUMENT, extra=b"Date: Wed, 31 Mar 2010 09:00:00 +0100\r\n"),
    "two ids": mixed(WORDS, DOCUMENT, extra=b"Message-ID: <b@meadowlane.example>\r\n"),
    "what systems leave": mixed(
        WORDS,
        attached("._chron.docx", b"\0\5\x16\7", "application/octet-stream"),
        attached("desktop.ini", b"[x]", "text/plain"),
        attached("~$chron.docx", b"\x0aAuthor One", "application/octet-stream"),
        DOCUMENT,
    ),
    "a zip with what systems leave": mixed(WORDS, attached("chron.zip", LITTER)),
    "a title after a comma": mixed(
        WORDS, DOCUMENT, **{"from": "One, Author, Dr <author@meadowlane.example>"}
    ),
    "uuencode under the words, and a signature": message(
        WORDS.encode() + uuencoded(GP, "Agency chronology.docx") + b"-- \r\nAuthor One\r\n"
    ),
    "uuencode by another name": mixed(
        WORDS,
        (
            {
                "Content-Type": 'application/x-uuencode; name="c.docx"',
                "Content-Transfer-Encoding": "X-UUE",
            },
            uuencoded(GP),
        ),
    ),
}


@pytest.mark.parametrize("name", ACCEPTABLE)
def test_a_return_is_accepted_whatever_comes_with_it(tmp_path: Path, name: str) -> None:
    """Failure modes 98 and 99."""
    came = arriving(tmp_path, ACCEPTABLE[name])
    assert came.entries == (("chronology", "accept", ""),)
    assert came.subject == ACCEPTED
    assert (came.away, came.automatic) == ((), "")


AWAY = "I am on leave until 12 April 2010. Please see the attached rota.\r\n"

AUTOMATIC = {
    "Gmail's vacation": (
        message(
            AWAY,
            subject="Gone fishing Re: SCR N12",
            precedence="bulk",
            x_autoreply="yes",
            auto_submitted="auto-replied",
        ),
        "auto-reply",
    ),
    "Exchange 2003": (message(AWAY, subject="Out of Office AutoReply: SCR N12"), "absence"),
    "in German, behind a tag": (
        message("Bis 12.04.2010 nicht im Büro.", subject="[EXTERN] Abwesenheitsnotiz: N12"),
        "absence",
    ),
    "behind two tags": (
        message(AWAY, subject="OFFICIAL: [External Sender] Automatic reply: SCR N12"),
        "absence",
    ),
    "Notes in German": (message(AWAY, subject="Author One/GP/GB ist außer Haus."), "absence"),
    "Notes, with a day": (
        message(AWAY, subject="Author One is out of the office (returning 13/04/2010)"),
        "absence",
    ),
    "X-Autorespond": (message(AWAY, x_autorespond="SCR N12"), "auto-reply"),
    "X-Autogenerated": (message(AWAY, x_autogenerated="Reply"), "auto-reply"),
    "by a rule": (
        message(AWAY, x_ms_exchange_inbox_rules_loop="author@meadowlane.example"),
        "auto-reply",
    ),
    "Precedence misspelt": (message(AWAY, preferences="auto_reply"), "auto-reply"),
    "an absence by a mail server": (
        message(AWAY, subject="Automatic reply: N12", extra=b"Return-Path: <>\r\n"),
        "absence",
    ),
}


@pytest.mark.parametrize("name", AUTOMATIC)
def test_a_program_s_answer_is_recorded_and_its_absence_noted(tmp_path: Path, name: str) -> None:
    """Failure modes 66 and 72b."""
    raw, kind = AUTOMATIC[name]
    came = arriving(tmp_path, raw)
    assert came.entries == ((None, "automatic", "automatic"),)
    assert (came.subject, came.automatic) == ("", kind)
    assert len(came.away) == 1
    assert came.away[0] in (None, "2010-04-12")


OTHERS = {
    "a receipt without a report": (
        message("Your message\r\n\r\n  Subject: SCR N12\r\n\r\nwas read on 01/04/2010 09:00.\r\n",
                subject="Read: SCR N12"),
        "receipt",
    ),
    "a report without a mark": (
        message("Delivery has failed to these recipients. The message is attached.\r\n",
                subject="Undeliverable: SCR N12"),
        "bounce",
    ),
    "Exim": (message("A message that you sent ...", subject="Mail delivery failed: returning "
                     "message to sender", x_failed_recipients="x@meadowlane.example"), "bounce"),
    "a Sender that is a server": (
        message("See the attached.\r\n", sender="<MAILER-DAEMON@mx.meadowlane.example>"), "bounce"
    ),
    "a newsletter": (
        message("Attached: our news.\r\n", list_unsubscribe="<mailto:x@meadowlane.example>"), "list"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_a_machine_s_word_is_no_person_s(tmp_path: Path, name: str) -> None:
    raw, kind = OTHERS[name]
    came = arriving(tmp_path, raw)
    assert came.entries == ((None, "automatic", "automatic"),)
    assert (came.subject, came.automatic, came.away) == ("", kind, ())


READER = "https://reader.egress.com/x?id=1"
PACKED = base64.b64encode(READER.encode()).decode()
FILTERS = {
    "Safe Links": f"https://eur01.safelinks.protection.outlook.com/?url={quote(READER, '')}&data=1",
    "Proofpoint, version 3": "https://urldefense.com/v3/__https://reader.egress.com/x__;!!A!b$",
    "Proofpoint, version 3, a slash lost": "https://urldefense.com/v3/__https:/reader.egress.com/x",
    "Mimecast": "https://protect-eu.mimecast.com/s/AbC1?domain=reader.egress.com",
    "Sophos": f"https://eu-west-1.protection.sophos.com?d=egress.com&u={PACKED}&i=1",
    "Barracuda": f"https://linkprotect.cudasvc.com/url?a={quote(READER, '')}&c=E",
    "Cisco": f"https://secure-web.cisco.com/1aB/{quote(READER, '')}",
    "Trend Micro": f"https://x.trendmicro.com:443/wis/clicktime/v1/query?url={quote(READER, '')}",
    "two filters": "https://eur01.safelinks.protection.outlook.com/?url="
    + quote("https://urldefense.proofpoint.com/v2/url?u=https-3A__reader.egress.com_x&d=D", ""),
    "Zix": "https://web1.zixmail.net/s/e?b=agency",
    "Voltage": "https://voltage-pp-0000.agency.example/brand/zdm",
    "Microsoft": "https://outlook.office365.com/Encryption/retrieve.ashx?x",
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_sealed_message_is_known_behind_every_filter(tmp_path: Path, name: str) -> None:
    page = f'<p>A secure message.</p><p><a href="{FILTERS[name]}">Read it</a></p>'
    came = arriving(tmp_path, mixed(inside("A secure message.\r\n", html(page))))
    assert came.entries == ((None, "refer", "sealed-waiting"),)
    assert "a person will open what you sent" in came.subject


@pytest.mark.parametrize(
    "name", ["message.html", "securedoc_20100401T090000.html", "message.rpmsg"]
)
def test_a_sealed_message_that_comes_as_a_page_waits(tmp_path: Path, name: str) -> None:
    page = attached(name, b"<html><body>Open me</body></html>", "text/html")
    came = arriving(tmp_path, mixed("You have a secure message.\r\n", page, subject="N12"))
    assert [verdict for _, verdict, _ in came.entries] == ["refer"]
    assert "no document" not in came.subject


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Our chronology is here:\r\nhttps://shire.sharepoint.com/sites/scr\r\n", "share-waiting"),
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fshire.sharepoint.com"
         "%2F%3Aw%3A%2Fs%2Fx\r\n", "share-waiting"),
        ("Noted with thanks.\r\n\r\nKind regards\r\nJo\r\nhttps://www.dropbox.com/s/x\r\n",
         "thanks"),
        ("When is it due?\r\n\r\nOn Thu, 1 Apr 2010 at 09:00, The Administrator\r\n"
         "<a@board.example> wrote:\r\n> The form is attached: https://we.tl/t-x\r\n",
         "nothing-attached"),
        ("> Please find attached the form.\r\n> https://we.tl/t-x\r\nWho is our contact?\r\n",
         "nothing-attached"),
        ("Who is our contact?\r\n\r\nThis email and any attached files are confidential and\r\n"
         "intended solely for the use of the individual to whom they are\r\naddressed.\r\n",
         "nothing-attached"),
        ("CAUTION: This email originated from outside of the organisation. Do not click links\r\n"
         "or open attachments unless you recognise the sender.\r\n\r\nPlease find our chronology "
         "attached.\r\n", "document-missing"),
        ("Who sits on the panel?\r\n\r\nFrom: The Administrator\r\nSent: 1 April 2010\r\n"
         "Subject: N12\r\n\r\nThe template is attached.\r\n", "nothing-attached"),
    ],
)  # fmt: skip
def test_only_the_sender_s_own_words_count(tmp_path: Path, words: str, reason: str) -> None:
    """Failure mode 100."""
    assert arriving(tmp_path, message(words, subject="N12")).entries == ((None, "refer", reason),)


@pytest.mark.parametrize(
    "markup",
    [
        '<div>Who is our contact?</div><div class="gmail_quote">The form is attached.</div>',
        '<div>Who is our contact?</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg">'
        "<b>From:</b> The Administrator</div><div>The form is attached.</div>",
        '<div>Who is our contact?</div><blockquote type="cite">It is attached.</blockquote>',
        "<p>[EXTERNAL] Be careful with attached files: do not open them.</p><p>Who is it?</p>",
    ],
)
def test_what_html_quotes_is_not_the_sender_s(tmp_path: Path, markup: str) -> None:
    came = arriving(tmp_path, mixed(inside(html(markup)), subject="N12"))
    assert came.entries == ((None, "refer", "nothing-attached"),)


CUT = (DOCUMENT[0], DOCUMENT[1][: len(DOCUMENT[1]) // 2 - 3])


@pytest.mark.parametrize(
    ("part", "verdict", "says"),
    [
        (CUT, "refer", "did not reach us whole"),
        (attached("Chronology.docx", b""), "reject", "nothing in it"),
        (attached("Chronology.docx", CARD), "refer", "does not read itself"),
        (attached("notes.txt", b"1/2/09 seen\r\n", "text/plain",
                  content_disposition='inline; filename="notes.txt"'),
         "refer", "plain text"),
        (attached("Chronology.doc", b"\x93\x01\x02garbage" * 40), "refer", "does not read itself"),
        (({"Content-Type": 'application/msword; name="c.doc"',
           "Content-Transfer-Encoding": "uuencode"}, b"begin 644 c.doc\nM1234\n"),
         "reject", "could not open this file"),
    ],
)  # fmt: skip
def test_what_is_damaged_is_told_as_damaged(
    tmp_path: Path, part: tuple[dict[str, str], bytes], verdict: str, says: str
) -> None:
    """Failure mode 98."""
    came = arriving(tmp_path, mixed("Our chronology is attached.\r\n", part))
    assert came.entries == ((None, verdict, ""),)
    assert says in came.text
    assert "found no document" not in came.subject


def test_a_page_photographed_large_is_a_document(tmp_path: Path) -> None:
    scan = picture("image001.png", 1240, 1754, content_id="<image001.png@x>")
    page = html('<p>Our signed statement.</p><img src="cid:image001.png@x">')
    came = arriving(tmp_path, mixed(inside(page, scan, kind="related")))
    assert [reason for _, _, reason in came.entries] == [""]


NOTICE = (
    "{name} has sent you a secure email.\r\n\r\nRead it at"
    " https://switch.egress.com/ui/message/88121-ac?id=4412\r\n"
)


@pytest.mark.parametrize("more", [{}, {"auto_submitted": "auto-generated"}])
@pytest.mark.parametrize("name", ["Author One", "ONE (author@meadowlane.example)"])
def test_a_sealed_mail_service_that_names_somebody_registered_is_told_as_what_it_is(
    tmp_path: Path, name: str, more: dict[str, str]
) -> None:
    """It was a stranger's mail like any other, and nobody heard of the sealed message."""
    raw = message(NOTICE.format(name=name), From="Egress <noreply@egress.com>", **more)
    came = arriving(tmp_path, raw)
    assert came.entries == ((None, "hold", "sealed-names-person"),)
    assert came.answers == ()
    said = " ".join(came.board.run("held", at="2010-04-01T10:00").out.split())
    assert "names a registered person: they may have sent a sealed message" in said


# From services that nobody here knows, with a link, a button's words alone, or neither.
OTHER_NOTICES = [
    "author@meadowlane.example has sent you a secure email. Click to open: https://x.example/x .",
    "You have received a secure message from author@meadowlane.example. Sign in to read it:"
    " https://x.example/y",
    "Author One (author@meadowlane.example) sent you an encrypted message. To view the message,"
    " sign in at https://x.example/z",
    "Author One <author@meadowlane.example> has sent you a secure message via Sealed Mail. Read"
    " message.",
    "You have one new secure mail waiting from author@meadowlane.example. Log in to your secure"
    " mailbox to read it.",
    "author@meadowlane.example sent you a secure message.\r\nOpen message:"
    " https://x.example/m\r\nThis message expires in 30 days.",
    "This is a secure, encrypted message from author@meadowlane.example.\r\nClick here to read it:"
    " https://x.example/",
    "Author One has sent you a protected message.\r\n\r\nRead the message\r\n"
    "https://x.example/encryption",
    "A new encrypted e-mail from author@meadowlane.example is in your portal. To read it, go to"
    " your\r\nsecure site.",
]


@pytest.mark.parametrize("body", OTHER_NOTICES)
def test_a_notice_of_a_service_nobody_knows_is_told_where_it_names_somebody_registered(
    tmp_path: Path, body: str
) -> None:
    """Two of ten such notices were left as mail for others, and nobody heard of them."""
    came = arriving(tmp_path, message(f"{body}\r\n", From="Secure <noreply@sealed.example>"))
    assert came.entries == ((None, "hold", "sealed-names-person"),)
    assert came.answers == ()


@pytest.mark.parametrize(
    "body",
    [
        "Author One is at our seminar on secure mailboxes next week: will you join?",
        "Please sign in to see the newsletter. author@meadowlane.example writes about gardens.",
    ],
)
def test_a_stranger_who_only_names_somebody_sends_no_notice(tmp_path: Path, body: str) -> None:
    came = arriving(tmp_path, message(f"{body}\r\n", From="News <news@other.example>"))
    assert "sealed-names-person" not in [reason for _, _, reason in came.entries]


@pytest.mark.parametrize(
    "body",
    [
        NOTICE.format(name="Somebody Else"),
        NOTICE.format(name="Author Onerous"),
        "Author One has sent you a photograph.\r\n",
    ],
)
def test_a_notice_that_names_nobody_or_no_notice_stays_as_it_was(tmp_path: Path, body: str) -> None:
    came = arriving(tmp_path, message(body, From="Egress <noreply@egress.com>"))
    assert "sealed-names-person" not in [reason for _, _, reason in came.entries]
