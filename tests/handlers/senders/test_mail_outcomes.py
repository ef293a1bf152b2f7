"""What really arrives by mail and folder, and what comes of it: section 6 of the rules."""

from __future__ import annotations

import pytest

from tests import builders as build
from tests.builders_reports import picture
from tests.builders_workbook import workbook_file
from tests.handlers.senders.returns import CHECK, GP, QA
from tests.processors import AUTHOR, SERVICE, Desk, apart, mail, outcomes, rules

HEADINGS = (
    "Date|Time|Agency|Name of subject|Age|Child seen|Source of Information|Event|Authors Comment"
)
ENTRY = "01/02/2009|10:00|GP|Child N|1|Y|GP records|Seen.|None."
SHEET = [tuple(row.split("|")) for row in (HEADINGS, ENTRY)]


def carrying(name: str, content: bytes, body: str = "See N12.") -> bytes:
    return build.mail(AUTHOR, SERVICE, "N12", body, [(name, content)])


# A message without a document


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Who is our contact?", "nothing-attached"),
        ("Please find our chronology attached.", "document-missing"),
        ("I attach the IMR as discussed.", "document-missing"),
        ("Please find it below.", "document-missing"),
        ("Thank you.\n> Please find our chronology attached.", "thanks"),
        ("Thank you.\n-----Original Message-----\nThe form is attached.", "thanks"),
        ("Thanks.\nThis e-mail and any attachments are confidential.", "thanks"),
        ("Thank you. When is the panel?", "nothing-attached"),
        ("Thank you, the report has been delayed.", "nothing-attached"),
        ("You have a message:\nhttps://reader.egress.com/x?y", "sealed-waiting"),
        ("It is here: https://shire.sharepoint.com/:w:/x", "share-waiting"),
        ("It is here, attached: https://we.tl/t-abc", "share-waiting"),
    ],
)
def test_a_known_contact_s_message_with_nothing_attached_is_kept_for_what_it_is(
    desk: Desk, body: str, reason: str
) -> None:
    settlement = desk.mailed(mail(body=body))
    assert apart(settlement) == ("refer", reason)
    assert (settlement.first_origin.code, settlement.delivery_outcome) == ("GP", "referred")


def test_a_sealed_mail_s_notice_is_one_whatever_pictures_it_shows(desk: Desk) -> None:
    raw = build.mail(
        AUTHOR, SERVICE, "N12", "https://reader.egress.com/x", [("logo.png", picture())]
    )
    assert apart(desk.mailed(raw)) == ("refer", "sealed-waiting")


@pytest.mark.parametrize(
    "body", ["This message was sent by Egress.", "https://reader.egress.com/x"]
)
def test_a_file_that_only_the_program_of_a_sealing_service_opens_is_a_sealed_message(
    desk: Desk, body: str
) -> None:
    raw = build.mail(AUTHOR, SERVICE, "N12", body, [("switch.eml.switch", b"\0SWITCH0001\xca\x18")])
    assert apart(desk.mailed(raw)) == ("refer", "sealed-waiting")


def test_a_document_beside_a_sealed_file_is_looked_at(desk: Desk) -> None:
    sealed = ("switch.eml.switch", b"\0SWITCH0001\xca\x18")
    raw = build.mail(AUTHOR, SERVICE, "N12", "See N12.", [("a.docx", GP), sealed])
    assert ("chronology", "accept") in outcomes(desk.mailed(raw))


def test_a_link_beside_a_document_does_not_hide_the_document(desk: Desk) -> None:
    settlement = desk.mailed(mail(GP, body="Also at https://shire.sharepoint.com/x"))
    assert outcomes(settlement) == [("chronology", "accept")]


def test_what_waits_of_an_agency_waits_on_when_a_document_comes(desk: Desk) -> None:
    """Failure mode 107: only a person knows whether it is what was sealed."""

    def waiting() -> list[str]:
        found = desk.registry.register.entries.unsettled_entries()
        assert {entry.agency_id for entry in found} <= {desk.registry.place().agency_id}
        return [entry.reason for entry in found]

    desk.mailed(mail(body="https://reader.egress.com/x"))
    assert waiting() == ["sealed-waiting"]
    desk.mailed(mail(body="Did it come?"))
    assert waiting() == ["sealed-waiting", "nothing-attached"]
    desk.mailed(mail(GP))
    assert waiting() == ["sealed-waiting", "nothing-attached"]


def test_a_message_too_large_to_be_fetched_is_told_to_its_sender_alone(desk: Desk) -> None:
    """Failure mode 14."""
    head = mail(GP).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    settlement = desk.oversize(head)
    assert apart(settlement) == ("refer", "too-big")
    assert settlement.first_origin.code == "GP"


def test_a_check_too_large_to_be_fetched_is_told_so(desk: Desk) -> None:
    head = mail(GP, to=CHECK).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert apart(desk.oversize(head)) == ("refer", "too-big")


def test_a_stranger_s_message_too_large_to_be_fetched_is_held(desk: Desk) -> None:
    head = mail(GP, sender="x@elsewhere.example").partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert apart(desk.oversize(head)) == ("hold", "sender-unknown")


# What a message carries


def zip_of(*files: tuple[str, bytes]) -> bytes:
    return build.zipped(files)


ENCRYPTED = bytearray(zip_of(("a.docx", GP)))
ENCRYPTED[6] |= 1  # the flag in the local header ...
ENCRYPTED[ENCRYPTED.rindex(b"PK\x01\x02") + 8] |= 1  # ... and in the directory


@pytest.mark.parametrize(
    ("name", "content", "found", "rule"),
    [
        ("a.zip", zip_of(("a.docx", GP), ("b.docx", QA)), ["accept", "accept"], ""),
        ("a.zip", bytes(ENCRYPTED), ["refer"], "zip-protected"),
        ("a.zip", zip_of(("b.zip", zip_of(("a.docx", GP)))), ["refer"], "zip-nested"),
        ("a.zip", zip_of(*((f"{n}.txt", b"x") for n in range(60))), ["refer"], "zip-too-big"),
        ("a.zip", zip_of(("a.docx", GP))[:-40], ["reject"], "zip-damaged"),
        ("a.docx", b"", ["reject"], "empty"),
        ("a.docx", GP[: len(GP) // 2], ["reject"], "unreadable"),
        ("a.docx", build.encrypted(GP), ["refer"], "protected"),
        ("a.pdf", GP, ["accept"], "wrong-ending"),
        ("a.xlsx", workbook_file(SHEET), ["reject"], "chronology-format"),
        ("a.docx", build.blank_chronology(), ["reject"], "no-rows"),
    ],
)
def test_what_a_message_carries_comes_to_what_the_toolkit_says(
    desk: Desk, name: str, content: bytes, found: list[str], rule: str
) -> None:
    """Failure modes 33 and 53."""
    settlement = desk.mailed(carrying(name, content))
    assert [verdict for _, verdict in outcomes(settlement)] == found
    assert not rule or rule in rules(settlement)


def test_part_of_a_message_that_was_not_read_is_for_a_person(desk: Desk) -> None:
    """Failure mode 28: thousands of parts; those that were read are judged."""
    many = [("a.docx", GP), *((f"{n}.bin", b"x%d" % n) for n in range(250))]
    raw = build.mail(AUTHOR, SERVICE, "N12", "Attached.", many)
    settlement = desk.mailed(raw)
    assert ("chronology", "accept") in outcomes(settlement)
    (whole,) = [s for s in settlement.submissions if s.position == 0]
    assert (whole.verdict, whole.reason) == ("refer", "not-whole")


def test_the_same_content_under_another_name_is_a_duplicate(desk: Desk) -> None:
    desk.mailed(carrying("a.docx", GP))
    settlement = desk.mailed(carrying("b.docx", GP, body="Again, N12."))
    assert settlement.delivery_outcome == "duplicate"


# What lies in the folder


def test_a_zip_in_the_folder_is_opened_and_each_file_in_it_judged(desk: Desk) -> None:
    settlement = desk.dropped(zip_of(("a.docx", GP), ("b.docx", QA)))
    assert outcomes(settlement) == [("chronology", "accept"), ("qa_form", "accept")]


def test_a_message_in_the_folder_is_the_folder_s_agency_s_whoever_sent_it(desk: Desk) -> None:
    """Failure mode 30: what a message in it says of its sender proves and harms nothing."""
    raw = mail(GP, sender="author@shirepolice.example", subject="N13")
    settlement = desk.dropped(raw)
    assert (settlement.first_origin.code, outcomes(settlement)) == (
        "GP",
        [("chronology", "accept")],
    )


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (mail(body="Nothing here."), "format-not-read"),
        (zip_of(("a.txt", b"words")), "format-not-read"),
        (bytes(ENCRYPTED), "zip-protected"),
        (zip_of(("b.zip", zip_of(("a.docx", GP)))), "zip-nested"),
    ],
)
def test_a_container_in_the_folder_that_gives_up_nothing_is_a_question(
    desk: Desk, raw: bytes, rule: str
) -> None:
    settlement = desk.dropped(raw)
    assert [verdict for _, verdict in outcomes(settlement)] == ["refer"]
    assert rules(settlement) == [rule]
