"""Which case a message and each document in it go to; a person is asked where that is not clear."""

from __future__ import annotations

from datetime import date

import pytest

from tests import builders as build
from tests.handlers.senders.returns import BROKEN, CHECK, GP, QA, UNTITLED, retitled
from tests.processors import AUTHOR, SERVICE, Desk, apart, mail, outcomes, rules
from tests.registry import SECOND_CASE, STRANGERS


def reply_to(desk: Desk, *documents: bytes, reference: str = "N12", **more: str) -> bytes:
    place = desk.registry.place(reference=reference)
    ours = desk.registry.register.threads.make_message_id(
        "a letter", place.agency_id, "board.example"
    )
    return mail(*documents, in_reply_to=ours, **{"subject": "RE: documents", **more})


def test_a_reply_to_our_letter_goes_to_the_letter_s_case(desk: Desk) -> None:
    """Failure mode 47."""
    desk.registry.load(SECOND_CASE)
    settlement = desk.mailed(reply_to(desk, GP, reference="N13"))
    assert settlement.first_origin.reference == "N13"


def test_a_reply_to_a_letter_we_did_not_write_says_nothing(desk: Desk) -> None:
    """Failure mode 47."""
    desk.registry.load(SECOND_CASE)
    forged = "<scr.1.0123456789abcdef01234567.0123456789abcdef01234567@board.example>"
    raw = mail(subject="RE: documents", body="Thanks.", in_reply_to=forged)
    settlement = desk.mailed(raw)
    assert settlement.first_origin.reference is None
    assert settlement.submissions[0].candidates == ("N12", "N13")


def test_a_reply_that_names_another_case_is_a_question_with_both_listed(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    settlement = desk.mailed(reply_to(desk, reference="N13", subject="N12"))
    assert apart(settlement) == ("refer", "document-missing")
    assert settlement.submissions[0].candidates == ("N12", "N13")


def test_a_stranger_s_reply_to_our_letter_opens_no_door(desk: Desk) -> None:
    """Failure mode 47: whoever saw our letter knows its Message-ID."""
    raw = reply_to(desk, GP, sender="someone@elsewhere.example")
    assert apart(desk.mailed(raw)) == ("hold", "sender-unknown")


def test_each_document_goes_to_the_case_that_it_names_where_the_mail_names_none(
    desk: Desk,
) -> None:
    desk.registry.load(SECOND_CASE)
    other = build.make_qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    settlement = desk.mailed(mail(QA, other, UNTITLED, subject="Our documents"))
    placed = {
        part.origin.reference: [s.position for s in part.submissions] for part in settlement.parts
    }
    assert placed == {"N12": [1], "N13": [2], None: [3]}
    assert settlement.parts[2].submissions[0].reason == "case-unclear"
    assert desk.registry.states(reference="N12")["qa_form"] == "accepted"
    assert desk.registry.states(reference="N13")["qa_form"] == "accepted"
    assert desk.registry.states(reference="N12")["chronology"] == "awaited"


def test_a_document_of_a_case_that_the_mail_does_not_mean_is_a_question(desk: Desk) -> None:
    """All three are the sender's; the mail names two of them and the document the third."""
    desk.registry.load(SECOND_CASE)
    desk.registry.load(SECOND_CASE.replace("N13", "N14"))
    other = build.make_qa_form(child_identifier="N14/A", dated=date(2010, 3, 30))
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
    other = build.make_qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    assert desk.dropped(other).first_origin.reference == "N13"


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
    assert settlement.first_origin.reference == "N13"
    assert "another-case" not in rules(settlement)


def test_two_documents_for_two_reviews_under_one_subject_go_each_to_its_own(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    documents = (GP, retitled(GP, "Internal Chronology: SCR N13"))
    body = "Here are the chronologies for N12 and N13."
    settlement = desk.mailed(mail(*documents, subject="SCR N12", body=body))
    assert {part.origin.reference for part in settlement.parts} <= {"N12", "N13", None}


def test_a_check_whose_case_is_not_clear_is_a_question_and_moves_nothing(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    settlement = desk.mailed(mail(QA, to=CHECK, subject="Please look"))
    assert apart(settlement) == ("refer", "case-unclear")
    assert set(desk.registry.states().values()) == {"awaited"}


def test_a_message_not_read_whole_is_told_beside_what_was_placed(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    many = [("a.docx", QA), *((f"{n}.bin", b"x%d" % n) for n in range(250))]
    settlement = desk.mailed(build.mail(AUTHOR, SERVICE, "Ours", "Here.", many))
    reasons = {s.reason for part in settlement.parts for s in part.submissions}
    assert reasons == {"", "case-unclear", "not-whole"}
    assert settlement.parts[0].origin.reference == "N12"


def test_a_document_that_disagrees_with_its_mail_is_held(desk: Desk) -> None:
    """Promise 5: replying could tell of the other case."""
    desk.registry.load(SECOND_CASE)
    other = build.make_qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    settlement = desk.mailed(mail(other, subject="N12"))
    assert outcomes(settlement) == [("qa_form", "hold")]
    assert "another-case" in rules(settlement)


def test_a_document_of_somebody_else_s_case_is_held_where_the_mail_names_none(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    desk.registry.load(STRANGERS.replace("N13", "N14"))
    other = build.make_qa_form(child_identifier="N14/A", dated=date(2010, 3, 30))
    (part,) = desk.mailed(mail(other, subject="Our form")).parts
    assert (part.submissions[0].verdict, part.submissions[0].reason) == ("hold", "case-other")
