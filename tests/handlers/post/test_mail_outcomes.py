"""What really arrives by mail and folder, and what comes of it: section 6 of the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from handlers.desk.settlement import Settlement
from handlers.register.entry import Absence, Back, Bounced, Rehearsal
from handlers.worker.client import Worker
from tests import builders as build
from tests.board import CASE
from tests.builders_reports import picture
from tests.builders_workbook import workbook
from tests.clerks import AUTHOR, SERVICE, Desk, apart, mail, outcomes, rules
from tests.registry import KINDS, SECOND_CASE, STRANGERS

HEADINGS = (
    "Date|Time|Agency|Name of subject|Age|Child seen|Source of Information|Event|Authors Comment"
)
ENTRY = "01/02/2009|10:00|GP|Child N|1|Y|GP records|Seen.|None."
SHEET = [tuple(row.split("|")) for row in (HEADINGS, ENTRY)]


def retitled(docx: bytes, title: str = "Internal Chronology") -> bytes:
    """With another first line."""
    found = Document(BytesIO(docx))
    first = next(p for p in found.paragraphs if p.text.strip())
    first.text = title
    kept = BytesIO()
    found.save(kept)
    return kept.getvalue()


GP = build.chronology(build.STORIES["GP"])
UNTITLED = retitled(GP)
BROKEN = build.with_cell(GP, 5, "Date", "2009")
QA = build.qa_form(dated=date(2010, 3, 30))
DAY = date(2010, 4, 1)
TWO_ROLES = CASE.replace("commissioner@meadowlane.example", AUTHOR, 1)
CHECK = SERVICE.replace("@", "+check@")


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(setup=KINDS) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, worker: Worker) -> Desk:
    return Desk(tmp_path, worker)


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
    assert (settlement.origin.code, settlement.outcome) == ("GP", "referred")


def test_a_sealed_mail_s_notice_is_one_whatever_pictures_it_shows(desk: Desk) -> None:
    raw = build.mail(
        AUTHOR, SERVICE, "N12", "https://reader.egress.com/x", [("logo.png", picture())]
    )
    assert apart(desk.mailed(raw)) == ("refer", "sealed-waiting")


def test_a_link_beside_a_document_does_not_hide_the_document(desk: Desk) -> None:
    settlement = desk.mailed(mail(GP, body="Also at https://shire.sharepoint.com/x"))
    assert outcomes(settlement) == [("chronology", "accept")]


def test_an_agency_waits_for_a_person_until_its_document_comes(desk: Desk) -> None:
    def waiting() -> list[str]:
        found = desk.registry.register.entries.unsettled()
        assert {entry.agency_id for entry in found} <= {desk.registry.place().agency_id}
        return [entry.reason for entry in found]

    desk.mailed(mail(body="https://reader.egress.com/x"))
    assert waiting() == ["sealed-waiting"]
    desk.mailed(mail(body="Did it come?"))
    assert waiting() == ["sealed-waiting", "nothing-attached"]
    desk.mailed(mail(GP))
    assert waiting() == ["nothing-attached"]


def test_a_message_too_large_to_be_fetched_is_told_to_its_sender_alone(desk: Desk) -> None:
    """Failure mode 14."""
    head = mail(GP).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    settlement = desk.oversize(head)
    assert apart(settlement) == ("refer", "too-big")
    assert settlement.origin.code == "GP"


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
        ("a.xlsx", workbook(SHEET), ["reject"], "chronology-format"),
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
    assert settlement.outcome == "duplicate"


# What lies in the folder


def test_a_zip_in_the_folder_is_opened_and_each_file_in_it_judged(desk: Desk) -> None:
    settlement = desk.dropped(zip_of(("a.docx", GP), ("b.docx", QA)))
    assert outcomes(settlement) == [("chronology", "accept"), ("qa_form", "accept")]


def test_a_message_in_the_folder_is_the_folder_s_agency_s_whoever_sent_it(desk: Desk) -> None:
    """Failure mode 30: what a message in it says of its sender proves and harms nothing."""
    raw = mail(GP, sender="author@shirepolice.example", subject="N13")
    settlement = desk.dropped(raw)
    assert (settlement.origin.code, outcomes(settlement)) == ("GP", [("chronology", "accept")])


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


# Which case


def reply_to(desk: Desk, *documents: bytes, reference: str = "N12", **more: str) -> bytes:
    place = desk.registry.place(reference=reference)
    ours = desk.registry.register.threads.message_id("a letter", place.agency_id, "board.example")
    return mail(*documents, in_reply_to=ours, **{"subject": "RE: documents", **more})


def test_a_reply_to_our_letter_goes_to_the_letter_s_case(desk: Desk) -> None:
    """Failure mode 47."""
    desk.registry.load(SECOND_CASE)
    settlement = desk.mailed(reply_to(desk, GP, reference="N13"))
    assert settlement.origin.reference == "N13"


def test_a_reply_to_a_letter_we_did_not_write_says_nothing(desk: Desk) -> None:
    """Failure mode 47."""
    desk.registry.load(SECOND_CASE)
    forged = "<scr.1.0123456789abcdef01234567.0123456789abcdef01234567@board.example>"
    raw = mail(subject="RE: documents", body="Thanks.", in_reply_to=forged)
    assert apart(desk.mailed(raw)) == ("refer", "case-unclear")


def test_a_reply_that_names_another_case_is_a_question_with_both_listed(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    settlement = desk.mailed(reply_to(desk, reference="N13", subject="N12"))
    assert apart(settlement) == ("refer", "case-unclear")
    assert settlement.submissions[0].candidates == ("N12", "N13")


def test_a_stranger_s_reply_to_our_letter_opens_no_door(desk: Desk) -> None:
    """Failure mode 47: whoever saw our letter knows its Message-ID."""
    raw = reply_to(desk, GP, sender="someone@elsewhere.example")
    assert apart(desk.mailed(raw)) == ("hold", "sender-unknown")


def test_each_document_goes_to_the_case_that_it_names_where_the_mail_names_none(
    desk: Desk,
) -> None:
    desk.registry.load(SECOND_CASE)
    other = build.qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    settlement = desk.mailed(mail(QA, other, UNTITLED, subject="Our documents"))
    placed = {
        lot.origin.reference: [s.position for s in lot.submissions] for lot in settlement.lots
    }
    assert placed == {"N12": [1], "N13": [2], None: [3]}
    assert settlement.lots[2].submissions[0].reason == "case-unclear"
    assert desk.registry.states(reference="N12")["qa_form"] == "accepted"
    assert desk.registry.states(reference="N13")["qa_form"] == "accepted"
    assert desk.registry.states(reference="N12")["chronology"] == "awaited"


def test_a_document_of_a_case_that_the_mail_does_not_mean_is_a_question(desk: Desk) -> None:
    """All three are the sender's; the mail names two of them and the document the third."""
    desk.registry.load(SECOND_CASE)
    desk.registry.load(SECOND_CASE.replace("N13", "N14"))
    other = build.qa_form(child_identifier="N14/A", dated=date(2010, 3, 30))
    settlement = desk.mailed(mail(other, subject="N12 or N13"))
    assert apart(settlement) == ("refer", "case-unclear")
    assert settlement.submissions[0].candidates == ("N12", "N13")


def test_where_no_document_tells_the_whole_message_is_one_question(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    for settlement in (
        desk.mailed(mail(UNTITLED, retitled(BROKEN), subject="Ours")),
        desk.dropped(UNTITLED),
    ):
        assert apart(settlement) == ("refer", "case-unclear")
        assert settlement.submissions[0].candidates == ("N12", "N13")


def test_a_dropped_document_goes_to_the_case_that_it_names(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    other = build.qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    assert desk.dropped(other).origin.reference == "N13"


@pytest.mark.parametrize("subject", ["SCR N13 chronology", "RE: N13", "Documents for n13"])
@pytest.mark.parametrize("body", ["Please see the attached.", "Chronology attached for N12."])
def test_a_subject_and_a_title_that_disagree_are_for_a_person(
    desk: Desk, subject: str, body: str
) -> None:
    """The very same people are in both: nothing but the title says which it is of."""
    desk.registry.load(SECOND_CASE)
    settlement = desk.mailed(mail(GP, subject=subject, body=body))
    verdicts = {v for _, v in outcomes(settlement)} or {apart(settlement)[0]}
    assert verdicts <= {"hold", "refer"}
    for reference in ("N12", "N13"):
        assert desk.registry.states(reference=reference)["chronology"] != "accepted"


@pytest.mark.parametrize("title", ["Internal Chronology: SCR N13", "SCR N12/N13 chronology", ""])
def test_a_title_that_names_the_subject_s_review_or_none_is_no_contradiction(
    desk: Desk, title: str
) -> None:
    desk.registry.load(SECOND_CASE)
    document = retitled(GP, title)
    settlement = desk.mailed(mail(document, subject="SCR N13", body="Attached."))
    assert settlement.origin.reference == "N13"
    assert "another-case" not in rules(settlement)


def test_two_documents_for_two_reviews_under_one_subject_go_each_to_its_own(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    documents = (GP, retitled(GP, "Internal Chronology: SCR N13"))
    body = "Here are the chronologies for N12 and N13."
    settlement = desk.mailed(mail(*documents, subject="SCR N12", body=body))
    assert {lot.origin.reference for lot in settlement.lots} <= {"N12", "N13", None}


def test_a_check_whose_case_is_not_clear_is_a_question_and_moves_nothing(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    settlement = desk.mailed(mail(QA, to=CHECK, subject="Please look"))
    assert apart(settlement) == ("refer", "case-unclear")
    assert set(desk.registry.states().values()) == {"awaited"}


def test_a_message_not_read_whole_is_told_beside_what_was_placed(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    many = [("a.docx", QA), *((f"{n}.bin", b"x%d" % n) for n in range(250))]
    settlement = desk.mailed(build.mail(AUTHOR, SERVICE, "Ours", "Here.", many))
    reasons = {s.reason for lot in settlement.lots for s in lot.submissions}
    assert reasons == {"", "case-unclear", "not-whole"}
    assert settlement.lots[0].origin.reference == "N12"


def test_a_document_that_disagrees_with_its_mail_is_held(desk: Desk) -> None:
    """Promise 5: replying could tell of the other case."""
    desk.registry.load(SECOND_CASE)
    other = build.qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    settlement = desk.mailed(mail(other, subject="N12"))
    assert outcomes(settlement) == [("qa_form", "hold")]
    assert "another-case" in rules(settlement)


def test_a_document_of_somebody_else_s_case_is_held_where_the_mail_names_none(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    desk.registry.load(STRANGERS.replace("N13", "N14"))
    other = build.qa_form(child_identifier="N14/A", dated=date(2010, 3, 30))
    (lot,) = desk.mailed(mail(other, subject="Our form")).lots
    assert (lot.submissions[0].verdict, lot.submissions[0].reason) == ("hold", "case-other")


# Automatic mail


def test_an_absence_is_noted_with_its_end_and_its_deputy(desk: Desk) -> None:
    """Failure modes 66 and 72b."""
    body = "I am away until Thursday 22 April. Please contact deputy@meadowlane.example."
    raw = mail(subject="Automatic reply: N12", body=body)
    settlement = desk.mailed(raw)
    assert apart(settlement) == ("automatic", "automatic")
    assert settlement.notes == (Absence(1, date(2010, 4, 22), "deputy@meadowlane.example"),)
    notes = desk.registry.register.notes
    assert notes.away(1, date(2010, 4, 22)) == settlement.notes[0]
    assert notes.away(1, date(2010, 4, 23)) is None
    (row,) = desk.registry.ledger.rows("SELECT deputy FROM absences")
    assert b"deputy" not in row["deputy"]
    assert "absence" in desk.registry.record()


def test_an_absence_in_another_language_is_noted_without_its_end(desk: Desk) -> None:
    """Failure mode 72b."""
    raw = mail(subject="Abwesenheitsnotiz: N12", body="Ich bin bis 22. April nicht da.")
    assert desk.mailed(raw).notes == (Absence(1, None, ""),)


def test_a_forged_absence_does_no_more_than_raise_a_question(desk: Desk) -> None:
    """Failure mode 71."""
    settlement = desk.mailed(build.out_of_office(AUTHOR, SERVICE), "mail-3")
    assert apart(settlement) == ("refer", "absence-unproven")
    assert settlement.notes == ()


def away(desk: Desk, contact_id: int, day: date = DAY) -> bool:
    return desk.registry.register.notes.away(contact_id, day) is not None


def test_who_is_away_is_back_once_they_write_themselves(desk: Desk) -> None:
    """Issue 7, point 6. With a document or without; and a note after that counts again."""
    note = build.out_of_office(AUTHOR, SERVICE)
    desk.mailed(note)
    assert away(desk, 1)
    assert desk.mailed(mail(body="Thank you.")).notes == (Back(1, DAY),)
    assert not away(desk, 1)
    assert desk.registry.record()[-1] == "back"
    desk.mailed(note + b"Again.\r\n")
    assert away(desk, 1)
    desk.mailed(mail(GP))
    assert not away(desk, 1)


@pytest.mark.parametrize(
    ("raw", "source"),
    [
        (mail(body="I am back."), "mail-3"),
        (mail(body="Noted.", auto_submitted="auto-replied"), "mail-1"),
        (mail(GP, auto_submitted="auto-generated"), "mail-1"),
        (mail(sender="commissioner@meadowlane.example", body="Jo is away."), "mail-1"),
        (build.bounce(mail(), AUTHOR, SERVICE), "mail-1"),
    ],
    ids=["unproven", "a machine's", "a machine's with a return", "another person", "a report"],
)
def test_nothing_else_brings_them_back(desk: Desk, raw: bytes, source: str) -> None:
    desk.mailed(build.out_of_office(AUTHOR, SERVICE))
    desk.mailed(raw, source)
    assert away(desk, 1)


def test_a_message_from_before_the_note_does_not_end_it(desk: Desk) -> None:
    """It was late to be judged, and says nothing of what came since."""
    earlier = desk.registry.arrived(mail(body="Thank you."), "mail-1")
    desk.mailed(build.out_of_office(AUTHOR, SERVICE))
    desk.settled(earlier)
    assert away(desk, 1)


def test_a_person_is_away_wherever_they_are_registered(desk: Desk) -> None:
    """In two roles, and in another case that was loaded since."""
    desk.registry.load(TWO_ROLES)
    desk.mailed(build.out_of_office(AUTHOR, SERVICE))
    desk.registry.load(SECOND_CASE)
    people = desk.registry.register.people
    mark = people.address_mark(AUTHOR)
    known = desk.registry.ledger.rows("SELECT id FROM contacts WHERE address = ?", mark)
    assert [away(desk, row["id"]) for row in known] == [True, True, True]
    assert not away(desk, 2), "the commissioner, who is somebody else"


def test_an_absence_is_of_whoever_sent_it_and_of_nobody_they_name(desk: Desk) -> None:
    """Failure mode 71: a contact of another agency says what they like of this one."""
    body = f"{AUTHOR} is away until 22 April. Please contact x@shirepolice.example."
    note = mail(sender="author@shirepolice.example", subject="Automatic reply: N12", body=body)
    desk.mailed(note)
    assert [away(desk, contact_id) for contact_id in (1, 2, 3)] == [False, False, True]


def test_a_stranger_s_absence_is_recorded_and_notes_nothing(desk: Desk) -> None:
    settlement = desk.mailed(build.out_of_office("x@elsewhere.example", SERVICE))
    assert apart(settlement) == ("automatic", "automatic")
    assert settlement.notes == ()


@pytest.mark.parametrize(("status", "weight"), [("5.1.1", "hard"), ("4.2.2", "soft")])
def test_a_bounce_is_noted_against_the_letter_it_names(
    desk: Desk, status: str, weight: str
) -> None:
    """Failure modes 66 and 71."""
    ours = desk.registry.register.threads.message_id("a letter", 1, "board.example")
    letter = build.mail(SERVICE, AUTHOR, "N12", "A reminder.", message_id=ours)
    settlement = desk.mailed(build.bounce(letter, AUTHOR, SERVICE, status=status))
    assert apart(settlement) == ("automatic", "automatic")
    assert settlement.notes == (Bounced(ours, weight, 1),)
    (row,) = desk.registry.ledger.rows("SELECT message_id, weight FROM bounces")
    assert tuple(row) == (ours, weight)


def test_an_absence_with_a_real_return_is_noted_too(desk: Desk) -> None:
    """Failure mode 69."""
    note = {"subject": "Automatic reply: N12", "auto_submitted": "auto-replied"}
    settlement = desk.mailed(mail(GP, body="Until 12 April.", **note))
    assert outcomes(settlement) == [("chronology", "accept")]
    assert settlement.notes == (Absence(1, date(2010, 4, 12), ""),)
    assert settlement.origin.automatic == "absence"


def test_a_bounce_that_names_no_letter_of_ours_notes_nothing(desk: Desk) -> None:
    """Failure mode 71."""
    settlement = desk.mailed(build.bounce(mail(), AUTHOR, SERVICE))
    assert settlement.notes == ()


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ({"x_scr_intake": "digest"}, "own-loop"),
        ({"precedence": "bulk"}, "bulk"),
        ({"list_id": "<l.example>"}, "list"),
        ({"return_path": "<>"}, "bounce"),
        ({"subject": "Read: N12", "return_path": "<>"}, "receipt"),
        ({"auto_submitted": "auto-replied; owner"}, "auto-reply"),
    ],
)
def test_a_machine_s_mail_is_recorded_for_what_it_is(
    desk: Desk, head: dict[str, str], kind: str
) -> None:
    """Failure modes 65, 66 and 68."""
    settlement = desk.mailed(mail(body="Words.", **head))
    assert apart(settlement) == ("automatic", "automatic")
    assert settlement.origin.automatic == kind


def test_suppressing_auto_responses_is_no_mark_of_a_machine(desk: Desk) -> None:
    """Failure mode 67: Outlook sets it on what people write."""
    settlement = desk.mailed(mail(GP, x_auto_response_suppress="All"))
    assert settlement.origin.automatic == ""


# Rehearsals


@pytest.mark.parametrize(
    "head",
    [
        {"to": CHECK},
        {"delivered_to": CHECK},
        {"x_original_to": CHECK.upper()},
        {"cc": CHECK},
        {"subject": "CHECK N12"},
        {"subject": "check: N12"},
    ],
)
def test_a_check_is_judged_and_nothing_of_it_is_logged(desk: Desk, head: dict[str, str]) -> None:
    settlement = desk.mailed(mail(BROKEN, QA, **head))
    (rehearsal,) = settlement.notes
    assert isinstance(rehearsal, Rehearsal)
    assert [(j.kind, j.verdict) for j in rehearsal.judgements] == [
        ("chronology", "reject"),
        ("qa_form", "accept"),
    ]
    assert (settlement.lots, settlement.outcome) == ((), "taken")
    assert set(desk.registry.states().values()) == {"awaited"}
    assert desk.registry.ledger.rows("SELECT * FROM entries") == []
    told = desk.registry.register.notes.found_in_rehearsal(1)
    assert told == rehearsal.judgements
    assert desk.registry.record()[-1] == "check asked"


@pytest.mark.parametrize(
    "head",
    [
        {"subject": "Checked chronology, N12"},
        {"subject": "Check of records, N12"},
        {"subject": "RE: CHECK N12"},
        {"to": "returns+check@elsewhere.example"},
        {"to": SERVICE.replace("@", "+checked@")},
        {"to": CHECK, "auto_submitted": "auto-generated"},
    ],
)
def test_what_does_not_plainly_ask_for_a_check_is_logged(desk: Desk, head: dict[str, str]) -> None:
    settlement = desk.mailed(mail(GP, **head))
    assert outcomes(settlement) == [("chronology", "accept")]


def test_a_stranger_may_not_have_anything_checked(desk: Desk) -> None:
    raw = mail(GP, to=CHECK, sender="someone@elsewhere.example")
    assert apart(desk.mailed(raw)) == ("hold", "sender-unknown")


def test_a_check_of_what_would_be_held_tells_nobody_of_it(desk: Desk) -> None:
    desk.registry.load(STRANGERS)
    other = build.qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    (rehearsal,) = desk.mailed(mail(other, QA, to=CHECK)).notes
    assert isinstance(rehearsal, Rehearsal)
    assert ([j.verdict for j in rehearsal.judgements], rehearsal.unsaid) == (["accept"], 1)


def test_what_was_checked_is_judged_when_it_is_sent(desk: Desk) -> None:
    desk.mailed(mail(GP, to=CHECK))
    assert outcomes(desk.mailed(mail(GP))) == [("chronology", "accept")]


RELAYED = "from x (relay.board.example [10.0.0.2]) by mx.board.example with ESMTP id 1; today"
VOUCHED = "mx.board.example; dmarc=pass header.from=meadowlane.example"


def reported(desk: Desk, source: str, **headers: str) -> Settlement:
    ours = desk.registry.register.threads.message_id("a letter", 1, "board.example")
    letter = build.mail(SERVICE, AUTHOR, "N12", "A reminder.", message_id=ours)
    status = headers.pop("status", "5.1.1")
    action = headers.pop("action", "failed")
    report = build.bounce(letter, AUTHOR, SERVICE, status=status, action=action)
    return desk.mailed(
        "".join(f"{k}: {v}\r\n" for k, v in headers.items()).encode() + report, source
    )


@pytest.mark.parametrize(
    "headers",
    [{"Received": RELAYED}, {"Authentication-Results": VOUCHED}],
    ids=["from our relay", "from its reader's domain"],
)
def test_a_report_counts_where_it_is_proven(desk: Desk, headers: dict[str, str]) -> None:
    """Failure mode 106."""
    settlement = reported(desk, "mail-3", **headers)
    assert apart(settlement) == ("automatic", "automatic")
    assert [note.weight for note in settlement.notes if isinstance(note, Bounced)] == ["hard"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Received": RELAYED.replace("relay.board", "relay.elsewhere")},
        {"Authentication-Results": VOUCHED.replace("pass", "fail")},
        {"status": "4.2.2"},
    ],
    ids=["no proof", "from another relay", "not vouched for", "soft"],
)
def test_a_report_that_is_not_proven_is_a_question(desk: Desk, headers: dict[str, str]) -> None:
    """Failure mode 106: a forged one silences nobody."""
    settlement = reported(desk, "mail-3", **headers)
    assert apart(settlement) == ("refer", "report-unproven")
    assert settlement.notes == ()


def test_a_report_by_which_nothing_stops_needs_no_proof(desk: Desk) -> None:
    settlement = reported(desk, "mail-3", status="4.4.1", action="delayed")
    assert apart(settlement) == ("automatic", "automatic")
