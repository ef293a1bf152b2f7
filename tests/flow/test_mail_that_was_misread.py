"""Mail that was misread once, the whole way to its letters: issue 11, point 8."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.signatures import signature
from tests import builders as build
from tests import builders_raw as raw
from tests import builders_smime as smime
from tests.authority import Authority
from tests.builders_raw import attached, message, mixed
from tests.flow.arriving import Came, arriving

GP = build.make_chronology(build.STORIES["GP"])
OURS = "Dear Administrator,\r\nour chronology.\r\nAuthor One\r\n"
CHRONOLOGY = attached("Agency chronology.docx", GP)
ACCEPTED = "accepted, thank you, no action needed now - chronology"
SENDER = b"Author One <author@meadowlane.example>"


def accepted(came: Came) -> bool:
    return came.entries == (("chronology", "accept", ""),) and came.subject == ACCEPTED


ACCEPTABLE = {
    "empty inline image": mixed(
        OURS,
        attached("image001.png", b"", "image/png", content_disposition="inline", content_id="<i>"),
        CHRONOLOGY,
    ),
    "empty ATT00001.txt": mixed(OURS, CHRONOLOGY, attached("ATT00001.txt", b"", "text/plain")),
    "logo attached": mixed(OURS, CHRONOLOGY, attached("logo.png", raw.png(1, 1), "image/png")),
    "words of an absence": mixed(
        "I am away until 30 April 2010. Our chronology is attached.\r\n",
        CHRONOLOGY,
        subject="On annual leave from tomorrow - chronology attached",
    ),
    "From with a comma": mixed(
        OURS, CHRONOLOGY, **{"from": "One, Author <author@meadowlane.example>"}
    ),
    "two Cc": mixed(OURS, CHRONOLOGY, extra=b"Cc: a@meadowlane.example\r\nCc: b@x.example\r\n"),
    "two Subject": mixed(OURS, CHRONOLOGY, extra=b"Subject: [EXTERNAL] Chronology as asked\r\n"),
    "base64;": mixed(OURS, attached("c.docx", GP, content_transfer_encoding="base64;")),
    "no encoding named": mixed(OURS, attached("c.docx", GP, content_transfer_encoding="")),
    "uuencode": mixed(
        OURS,
        (
            {
                "Content-Type": 'application/octet-stream; name="c.docx"',
                "Content-Disposition": 'attachment; filename="c.docx"',
                "Content-Transfer-Encoding": "x-uuencode",
            },
            raw.uuencoded(GP),
        ),
    ),
    "uuencode in the text": message(OURS.encode() + b"\r\n" + raw.uuencoded(GP)),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTABLE)
def test_the_document_is_accepted_and_nothing_else_is_spoken_of(tmp_path: Path, name: str) -> None:
    """Failure modes 98 and 99."""
    came = arriving(tmp_path, ACCEPTABLE[name])
    assert accepted(came)
    assert (came.away, came.automatic) == ((), "")


def test_the_answer_is_threaded_under_an_id_without_an_at(tmp_path: Path) -> None:
    came = arriving(tmp_path, mixed(OURS, CHRONOLOGY, message_id="<11223344556677>"))
    assert accepted(came)
    assert came.answers[0]["In-Reply-To"] == "<11223344556677>"


PAGE = b"<html><body><table><tr><td>Date</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("part", "entry", "says"),
    [
        (
            raw.attached("Chronology.docx", b"")[0] | {},
            (None, "reject", ""),
            "We could not open this file",
        ),
        (
            raw.attached("Chronology.doc", PAGE, "application/msword"),
            (None, "refer", ""),
            "does not read itself",
        ),
        (
            raw.attached("Chronology.doc", b"Date, Time, Agency\r\n", "application/msword"),
            (None, "refer", ""),
            "does not read itself",
        ),
        (
            raw.attached("Chronology.docx", b"x", content_transfer_encoding="x-yenc"),
            (None, "reject", ""),
            "We could not open this file",
        ),
    ],
    ids=["removed by a gateway", "a page named .doc", "text named .doc", "an unknown encoding"],
)
def test_what_was_attached_is_a_document_whatever_its_bytes_look_like(
    tmp_path: Path, part: raw.Part | dict[str, str], entry: tuple[None, str, str], says: str
) -> None:
    """Failure mode 98."""
    whole = part if isinstance(part, tuple) else (part, b"Removed (base64) by gateway\r\n")
    came = arriving(tmp_path, mixed("Our chronology is attached.\r\n", whole))
    assert came.entries == (entry,)
    assert says in came.text
    assert "no document" not in came.subject + came.text


@pytest.mark.parametrize(
    ("mail", "kind", "away"),
    [
        (
            message(
                "I will be out of the office from 31/03/2010 until 12/04/2010.\r\n"
                "Please see the attached rota.\r\n",
                subject="Author One/Meadow/GB is out of the office.",
            ),
            "absence",
            ("2010-04-12",),
        ),
        (
            message(
                "I am on leave until 12 April 2010. Please find attached our opening hours.\r\n",
                subject="[EXTERNAL] Automatic reply: SCR N12",
            ),
            "absence",
            ("2010-04-12",),
        ),
        (
            message(
                "The message could not be delivered. It is attached.\r\n",
                extra=b"Return-Path: <MAILER-DAEMON@mx.meadowlane.example>\r\n",
                subject="Delivery status notification",
            ),
            "bounce",
            (),
        ),
    ],
    ids=["Notes", "behind a tag", "a mail server's return path"],
)
def test_a_machine_s_mail_is_recorded_and_never_answered(
    tmp_path: Path, mail: bytes, kind: str, away: tuple[str, ...]
) -> None:
    """Failure modes 66 and 72b."""
    came = arriving(tmp_path, mail)
    assert came.entries == ((None, "automatic", "automatic"),)
    assert (came.subject, came.automatic, came.away) == ("", kind, away)


SECURE = "Our chronology was sent securely. Read it here:\r\n"


@pytest.mark.parametrize(
    "mail",
    [
        message(SECURE + "https://www.cjsm.net/x\r\n"),
        message(SECURE + "https://workspace.egress.com/x\r\n"),
        message(
            SECURE
            + "https://urldefense.proofpoint.com/v2/url?u=https-3A__reader.egress.com_x&d=D\r\n"
        ),
        mixed(
            "You have received a secure message. Open the attachment to read it.\r\n",
            attached(
                "SecureMessageAtt.html",
                b"<html><body><form action='https://securemail.meadowlane.example/formpostdir/"
                b"safeformpost.aspx'></form></body></html>",
                "text/html",
            ),
        ),
    ],
    ids=["CJSM", "Egress", "behind a filter", "a page to open"],
)
def test_a_sealed_message_waits(tmp_path: Path, mail: bytes) -> None:
    came = arriving(tmp_path, mail)
    assert came.entries == ((None, "refer", "sealed-waiting"),)
    assert came.subject == "received, no action needed now - a person will open what you sent"
    assert not came.chased()


def test_a_link_in_a_signature_under_thanks_waits_for_nothing(tmp_path: Path) -> None:
    """Failure mode 100."""
    words = (
        "Thank you, noted.\r\n\r\nAuthor One\r\n"
        "Privacy notice: https://example.sharepoint.com/sites/privacy\r\n"
    )
    came = arriving(tmp_path, message(words, subject="Re: N12"))
    assert came.entries == ((None, "refer", "thanks"),)
    assert came.subject == ""
    assert came.board.run("digest").out.count("thank you") == 0
    assert came.chased()


def test_a_banner_about_attached_files_is_not_the_sender_s_claim(tmp_path: Path) -> None:
    """Failure mode 100."""
    words = (
        "[EXTERNAL EMAIL] Think before you click: do not open any links or attached files\r\n"
        "unless you are expecting them.\r\n\r\nWho sits on the panel?\r\n"
    )
    came = arriving(tmp_path, message(words))
    assert came.entries == ((None, "refer", "nothing-attached"),)
    assert came.subject == ""


def test_who_encrypts_a_message_is_told_how_to_send_it(tmp_path: Path) -> None:
    holder = Authority().issue("Author One", "author@meadowlane.example", rsa_key=True)
    content = smime.inner(("chronology.docx", GP))
    came = arriving(tmp_path, smime.encrypted_to(content, holder, SENDER))
    assert came.entries == ((None, "refer", ""),)
    assert "a sealed message that we could not open" in came.text
    assert "send it again without encrypting the message itself" in came.text


@pytest.mark.parametrize("installed", [True, False])
def test_what_was_changed_after_it_was_signed_is_never_accepted_in_silence(
    tmp_path: Path, installed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = Authority().issue("Author One", "author@meadowlane.example")
    signed = smime.signed_beside(smime.inner(("chronology.docx", GP)), holder, SENDER)
    if not installed:
        monkeypatch.setattr(signature, "is_extra_installed", lambda: False)
        signature.load_if_installed.cache_clear()
    try:
        came = arriving(tmp_path, signed.replace(b"Attached for N12.", b"AttacheD for N12."))
    finally:
        signature.load_if_installed.cache_clear()
    assert came.entries == (("chronology", "refer", ""),)
    assert "was changed on its way" in came.text
