"""What programs send: their answers, their notices, and what gateways leave of a message."""

from __future__ import annotations

from email.message import EmailMessage
from io import BytesIO

import pytest
from docx import Document

from intake.message.parse import read_message
from tests import builders as build
from tests.processors import AUTHOR, SERVICE, Desk, apart, mail, outcomes

GP = build.make_chronology(build.STORIES["GP"])
BACK = "I am away until Thursday 22 April 2010."


def automatic(body: str, subject: str = "Automatic reply: SCR N12") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = AUTHOR, SERVICE
    message["Subject"] = subject
    message["Message-ID"] = "<1@meadowlane.example>"
    message["Auto-Submitted"] = "auto-replied"
    message.set_content(body)
    return message


def ours(*documents: bytes) -> EmailMessage:
    """A letter of ours, as an automatic reply gives it back."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = SERVICE, AUTHOR, "SCR N12"
    letter.set_content("Dear Author One")
    for n, document in enumerate(documents):
        letter.add_attachment(document, "application", "octet-stream", filename=f"{n}.docx")
    return letter


def leaflet() -> bytes:
    found = Document()
    found.add_paragraph("Easter opening hours")
    found.add_paragraph("We are closed on Friday and on Monday.")
    kept = BytesIO()
    found.save(kept)
    return kept.getvalue()


# What an automatic reply gives back


@pytest.mark.parametrize(
    "subject", ["Automatic reply: SCR N12", "SCR N12", "Re: SCR N12", "Out of office"]
)
def test_what_an_automatic_reply_gives_back_is_no_return(desk: Desk, subject: str) -> None:
    """Failure modes 66 and 69."""
    message = automatic(BACK, subject)
    message.add_attachment(ours(GP))
    settlement = desk.mailed(message.as_bytes())
    assert apart(settlement) == ("automatic", "automatic")
    assert desk.registry.states()["chronology"] == "awaited"
    assert len(settlement.notes) == 1


def test_a_leaflet_with_an_absence_note_is_no_return(desk: Desk) -> None:
    message = automatic(BACK)
    message.add_attachment(leaflet(), "application", "octet-stream", filename="Easter.docx")
    message.add_attachment(b"%PDF-1.4\n%%EOF", "application", "pdf", filename="Notice.pdf")
    assert apart(desk.mailed(message.as_bytes())) == ("automatic", "automatic")


def test_a_return_with_an_absence_note_is_one_all_the_same(desk: Desk) -> None:
    """Failure mode 69."""
    message = automatic(BACK)
    message.add_attachment(GP, "application", "octet-stream", filename="Chronology.docx")
    assert outcomes(desk.mailed(message.as_bytes())) == [("chronology", "accept")]


def test_a_program_with_an_absence_note_is_held(desk: Desk) -> None:
    message = automatic(BACK)
    message.add_attachment(b"MZ" + b"\0" * 600, "application", "octet-stream", filename="x.docx")
    assert outcomes(desk.mailed(message.as_bytes())) == [(None, "hold")]


# What gateways leave

NOTICES = [
    ("ATTACHMENT REMOVED.txt", "Warning: This message has had one or more attachments removed."),
    (
        "DELETED0.TXT",
        "The file was removed because the file type is not allowed.",
    ),
    ("Malware Alert Text.txt", "Malware was detected in one or more attachments.\nAll removed."),
    ("Attachment Policy Notice - x.html", "<html><body><h1>Attachment removed</h1></body></html>"),
    ("Blocked attachment.txt", "Report.docm was blocked by your organisation's policy."),
    ("notice.txt", "The attachment has been quarantined. Ask your administrator to release it."),
    ("C.docm.removed.txt", "C.docm was removed from this message by the mail gateway."),
    ("VirusWarning.txt", "A virus was found in chronology.zip and it was deleted."),
    ("stripped.htm", "<p>An attachment was stripped from this message and is held.</p>"),
]


@pytest.mark.parametrize(("name", "says"), NOTICES)
def test_a_gateway_s_notice_stands_for_what_it_took_out(desk: Desk, name: str, says: str) -> None:
    raw = build.mail(AUTHOR, SERVICE, "N12", "Chronology attached.", [(name, says.encode())])
    assert apart(desk.mailed(raw)) == ("refer", "removed-on-the-way")


@pytest.mark.parametrize(
    "line",
    [
        "Warning: This message has had one or more attachments removed (Chronology.docm).",
        "*** ATTENTION: an attachment was blocked because it contains macros ***",
        "[Notice: the attachment has been quarantined]",
        "This message had an attachment. The attachment was deleted by the mail gateway. "
        "Attachment removed.",
    ],
)
def test_so_does_its_line_in_the_message(desk: Desk, line: str) -> None:
    raw = mail(body=f"{line}\n\nPlease find attached the chronology.")
    assert apart(desk.mailed(raw)) == ("refer", "removed-on-the-way")


@pytest.mark.parametrize(
    "body",
    [
        "I was told that my attachment was blocked because of its size. What should I do?",
        "Who can tell me whether anything is held in quarantine at your end?",
    ],
)
def test_a_person_who_asks_about_it_is_no_gateway(desk: Desk, body: str) -> None:
    assert apart(desk.mailed(mail(body=body)))[1] in ("nothing-attached", "document-missing")


def test_beside_a_document_it_is_told_too(desk: Desk) -> None:
    files = [("Chronology.docx", GP), (NOTICES[0][0], NOTICES[0][1].encode())]
    settlement = desk.mailed(build.mail(AUTHOR, SERVICE, "N12", "Attached.", files))
    assert outcomes(settlement) == [("chronology", "accept")]
    assert [s.reason for s in settlement.submissions] == ["", "removed-on-the-way"]


# Sealed messages of services we do not know, and files left elsewhere

SEALED = [
    "A secure e-mail is waiting for you.\nSign in at https://secure.x.example/m/7 to collect it.",
    "You have received an encrypted message. Log in to https://mail.x.example/r/9 to read it.",
    "Meadow Lane has sent you a secure message.\nhttps://portal.x.example/q?z=1\nRead message.",
    "You have a new secure message in our message centre.\nhttps://x.example/m\nIt expires on 3/5.",
]


@pytest.mark.parametrize("body", SEALED)
def test_the_notice_of_a_sealed_message_is_known_by_what_it_says(desk: Desk, body: str) -> None:
    assert apart(desk.mailed(mail(body=body))) == ("refer", "sealed-waiting")


@pytest.mark.parametrize(
    "body",
    [
        "Do you have a secure mailbox that we could use? See https://www.meadowlane.example",
        "We will send you a secure message next week. Please register our new address.",
    ],
)
def test_who_only_speaks_of_one_sends_none(desk: Desk, body: str) -> None:
    assert apart(desk.mailed(mail(body=body)))[1] == "nothing-attached"


def test_a_file_left_with_the_mail_program_s_own_service_waits_there(desk: Desk) -> None:
    link = "https://www.icloud.com/attachment/?u=https%3A%2F%2Fcvws.icloud-content.com%2FB&f=C.docx"
    raw = mail(body=f"Chronology attached: {link}")
    assert apart(desk.mailed(raw)) == ("refer", "share-waiting")


# What programs print beside a message


@pytest.mark.parametrize(
    "name",
    [
        "TEXT.htm",
        "TEXT.txt",
        "Mime.822",
        "oledata.mso",
        "filelist.xml",
        "themedata.thmx",
        "colorschememapping.xml",
    ],
)
def test_a_program_s_copy_of_the_text_is_no_document(desk: Desk, name: str) -> None:
    files = [(name, b"<html><body>Chronology attached.</body></html>")]
    raw = build.mail(AUTHOR, SERVICE, "N12", "Chronology attached.", files)
    assert apart(desk.mailed(raw)) == ("refer", "document-missing")


# What a person has to see to, though a machine wrote it


@pytest.mark.parametrize(
    "body",
    [
        "Author One no longer works at Meadow Lane Surgery. Please write to reception.",
        "I have left the practice. This mailbox is no longer monitored.",
        "This mailbox is no longer in use.",
        "Author One has retired and this address has been closed.",
    ],
)
@pytest.mark.parametrize("subject", ["Automatic reply: SCR N12", "SCR N12"])
def test_who_has_left_is_not_away(desk: Desk, body: str, subject: str) -> None:
    settlement = desk.mailed(automatic(body, subject).as_bytes())
    assert apart(settlement) == ("refer", "contact-left")
    assert (settlement.notes, settlement.first_origin.reference) == ((), "N12")


def test_who_will_be_back_has_not_left(desk: Desk) -> None:
    body = f"{BACK} The old number is no longer in use."
    assert apart(desk.mailed(automatic(body).as_bytes())) == ("automatic", "automatic")


@pytest.mark.parametrize(
    "body",
    [
        "Please click the link to be added to my allowed list: https://verify.x.example/abc",
        "Your message is pending until you confirm that you sent it: https://x.example/c?1",
        "Prove you are human and it will be delivered. https://x.example/h",
    ],
)
def test_a_program_that_wants_proof_of_us_is_told(desk: Desk, body: str) -> None:
    message = automatic(body, "Re: SCR N12 (please verify yourself)")
    del message["Auto-Submitted"]
    message["Precedence"] = "bulk"
    assert apart(desk.mailed(message.as_bytes())) == ("refer", "challenge")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("You have 3 messages in quarantine. From: author@meadowlane.example Subject: SCR", True),
        ("Quarantine summary\nSubject: RE: SCR N12 chronology\nRelease", True),
        ("You have 3 messages in quarantine. From: offers@shop.example", False),
    ],
)
def test_our_own_server_s_list_of_what_it_holds_is_told_where_it_is_about_us(
    desk: Desk, body: str, told: bool
) -> None:
    message = automatic(body, "Quarantine summary")
    del message["From"]
    message["From"] = f"quarantine@{SERVICE.partition('@')[2]}"
    settlement = desk.mailed(message.as_bytes())
    assert settlement.stays is not told
    assert apart(settlement)[1] == ("held-elsewhere" if told else "automatic")


@pytest.mark.parametrize(
    ("says", "weight"),
    [
        ("This is a permanent error. The following address(es) failed:", "hard"),
        ("550 5.1.1 Unknown user", "hard"),
        ("Warning: message delayed 24 hours. No action is required on your part.", "late"),
        ("retry timeout exceeded", "soft"),
    ],
)
def test_an_older_server_s_report_is_read_by_its_words(says: str, weight: str) -> None:
    """Failure mode 71."""
    named = "<scr.1.0123456789abcdef01234567.0123456789abcdef01234567@board.example>"
    message = automatic(f"{says}\n\n--- copy ---\nMessage-ID: {named}\n", "Mail delivery failed")
    message["X-Failed-Recipients"] = AUTHOR
    bounce = read_message(message.as_bytes()).bounce
    assert bounce is not None
    assert (bounce.weight, bounce.named) == (weight, (named,))
