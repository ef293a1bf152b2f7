"""The processor: a delivery in, everything in the register, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handlers.register.decision import Decision, DecisionReason
from handlers.sandbox.client import Worker
from handlers.sandbox.protocol import UnforeseenFault
from tests import builders as build
from tests.board import CASE
from tests.plain_reports import report
from tests.processors import AUTHOR, SERVICE, Desk, apart, mail, outcomes, rules
from tests.registry import KINDS, NOW, SECOND_CASE, STRANGERS

HERE = Path(__file__).parent
GP = build.make_chronology(build.STORIES["GP"])
POLICE = build.make_chronology(build.STORIES["POL"])
BROKEN = build.with_cell(GP, 5, "Date", "2009")
STATEMENT = build.make_statement(signed="Commissioner One", dated=date(2010, 3, 30))
QA = build.make_qa_form(dated=date(2010, 3, 30))


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker(setup=KINDS) as made:
        yield made


@pytest.fixture(scope="module")
def odd() -> Iterator[Worker]:
    """A worker whose tasks do what the document says: crash, stumble."""
    tasks = {name: f"odd_tasks:{name}" for name in ("judge", "unpack", "sniff")}
    with Worker(tasks=tasks, setup=KINDS, path=[HERE]) as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, worker: Worker) -> Desk:
    return Desk(tmp_path, worker)


# Dropped files


def test_a_file_in_an_agency_s_folder_is_judged_for_that_agency(desk: Desk) -> None:
    settlement = desk.dropped(GP)
    assert outcomes(settlement) == [("chronology", "accept")]
    assert (settlement.first_origin.reference, settlement.first_origin.code) == ("N12", "GP")
    assert desk.registry.states()["chronology"] == "accepted"


def test_the_day_of_receipt_is_the_board_s_own(desk: Desk) -> None:
    """Half past eleven at night in UTC is the next day in a British summer."""
    late = datetime(2010, 4, 1, 23, 30, tzinfo=UTC)
    delivery = desk.registry.arrived(GP, "drop", "GP", now=late)
    desk.settled(delivery)
    assert desk.registry.owed()[0].received == date(2010, 4, 2)


def test_a_folder_of_nobody_or_of_another_case_is_held(desk: Desk) -> None:
    assert apart(desk.dropped(GP, "XX")) == ("hold", "agency-unknown")
    assert apart(desk.dropped(GP, "GP", "N99")) == ("hold", "case-other")


def test_a_folder_of_two_cases_is_a_question_until_one_is_named(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    assert apart(desk.dropped(UNTITLED)) == ("refer", "case-unclear")
    assert outcomes(desk.dropped(UNTITLED, "GP", "N13")) == [("chronology", "accept")]
    assert desk.registry.states(reference="N12")["chronology"] == "awaited"


# It does not say of which review it is.
UNTITLED = build.make_chronology(build.STORIES["GP"], reference="")
LATER_CASE = (
    SECOND_CASE.replace("from = 2007-01-01, to = 2010-02-14", "from = 2001-01-01, to = 2004-02-14")
    .replace('"Child N"', '"Child R"')
    .replace('"Mother"', '"Adult R"')
)


def test_a_chronology_is_of_the_one_of_two_cases_whose_period_it_fits(desk: Desk) -> None:
    """D11: what a document says decides, and only then a question."""
    desk.registry.load(LATER_CASE)
    assert outcomes(desk.dropped(GP)) == [("chronology", "accept")]
    assert desk.registry.states(reference="N12")["chronology"] == "accepted"
    assert desk.registry.states(reference="N13")["chronology"] == "awaited"


def test_a_return_that_one_of_two_cases_owes_is_of_that_one(desk: Desk) -> None:
    owes = 'abbreviations = ["GP", "MLS"]\nreturns = ["imr"]'
    desk.registry.load(SECOND_CASE.replace('abbreviations = ["GP", "MLS"]', owes))
    assert outcomes(desk.dropped(GP)) == [("chronology", "accept")]
    assert desk.registry.states(reference="N12")["chronology"] == "accepted"


def test_the_same_file_accepted_for_another_case_is_a_question(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    assert outcomes(desk.dropped(UNTITLED, "GP", "N12")) == [("chronology", "accept")]
    again = desk.dropped(UNTITLED, "GP", "N13")
    assert outcomes(again) == [("chronology", "refer")]
    assert rules(again) == ["accepted-elsewhere"]


def test_a_letter_about_another_review_is_held_whatever_its_reference(desk: Desk) -> None:
    """D3: "SAR26-2" is another review's as "N13" is."""
    desk.registry.load(SECOND_CASE.replace("N13/A", "SAR26-2/K").replace("N13", "SAR26-2"))
    for subject, verdict in (("SAR26-2", "hold"), ("SAR26-2/K", "hold"), ("N12", "accept")):
        letter = nil_letter(f"Re: Serious Case Review {subject}")
        assert outcomes(desk.dropped(letter, "GP", "N12")) == [("nil_return", verdict)], subject


def nil_letter(*lines: str) -> bytes:
    said = "No member of the family is or has been known to this agency."
    signed = ("Yours sincerely", "Author One", "Practice Manager")
    return report("Nil return", ("Meadow Lane Surgery", "20 March 2010", *lines, said, *signed), {})


def test_a_small_return_dropped_for_two_reviews_is_of_the_one_it_names(desk: Desk) -> None:
    """No agency owes it, so that it fitted no place whatever it said."""
    desk.registry.load(SECOND_CASE)
    lines = (
        "Serious Case Review {}",
        "Re: review {}",
        "Review: {}",
        "Review reference {}",
        "Case reference: {}",
        "Child Identifier: {}/A",
        "{}",
    )
    wrong = []
    for line in lines:
        for reference in ("N12", "N13"):
            settlement = desk.dropped(nil_letter(line.format(reference)))
            if settlement.first_origin.reference != reference:
                wrong.append((line, reference))
    assert wrong == []


def test_a_small_return_that_names_both_reviews_or_none_is_a_question(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    for lines in ((), ("Reviews: N12 and N13",), ("Review N12", "Child Identifier: N13/A")):
        assert apart(desk.dropped(nil_letter(*lines))) == ("refer", "case-unclear"), lines


def test_a_nil_return_is_of_the_one_of_two_cases_in_which_something_is_owed(desk: Desk) -> None:
    owes = 'abbreviations = ["GP", "MLS"]\nreturns = []'
    desk.registry.load(SECOND_CASE.replace('abbreviations = ["GP", "MLS"]', owes))
    settlement = desk.dropped(nil_letter())
    assert settlement.first_origin.reference == "N12"


def test_a_nil_return_settles_all_that_this_agency_owes(desk: Desk) -> None:
    """D2: by what the case lists, not by what a kind is."""
    owes = 'abbreviations = ["GP", "MLS"]\nreturns = ["chronology", "overview_report"]'
    due = "[due]\noverview_report = 2010-05-28"
    text = CASE.replace('abbreviations = ["GP", "MLS"]', owes).replace("[due]", due)
    desk.registry.load(text.replace('"N12', '"N15'))
    assert outcomes(desk.dropped(nil_letter(), "GP", "N15")) == [("nil_return", "accept")]
    assert set(desk.registry.states(reference="N15").values()) == {"nil"}


def test_a_chronology_of_another_agency_of_the_case_is_held(desk: Desk) -> None:
    """To answer would tell the surgery what the police know."""
    settlement = desk.dropped(POLICE, "GP")
    assert outcomes(settlement) == [("chronology", "hold")]
    assert "another-agency" in rules(settlement)
    assert desk.registry.states()["chronology"] == "awaited"


def test_a_report_on_another_case_is_held(desk: Desk) -> None:
    other = build.make_imr(in_respect_of="N13/A", reference="N13")
    assert "identifier-unknown" in rules(desk.dropped(other))
    desk.registry.load(STRANGERS)
    again = build.make_imr(in_respect_of="N13/A", reference="N13", author="Author Nine")
    settlement = desk.dropped(again, "GP", "N12")
    assert outcomes(settlement) == [("imr", "hold")]
    assert "another-case" in rules(settlement)


def test_the_same_file_again_is_not_judged_again(desk: Desk) -> None:
    """Failure mode 25."""
    desk.dropped(BROKEN)
    again = desk.dropped(BROKEN)
    assert outcomes(again) == []
    assert len(desk.registry.register.entries.entries_of_agency(1)) == 1
    assert desk.registry.register.entries.entries_repeated_in(2)[0].verdict == "reject"


def test_the_same_file_is_judged_anew_once_its_day_has_come(desk: Desk) -> None:
    """It was told for ever that its date was in the future."""
    ahead = build.make_statement(dated=date(2010, 5, 18))
    entries = desk.registry.register.entries

    def sent(day: int) -> list[tuple[str | None, str]]:
        now = datetime(2010, 5, day, 9, 0, tzinfo=UTC)
        delivery = desk.registry.arrived(ahead, agency="GP", now=now)
        return outcomes(desk.processor.settle_delivery(delivery, now))

    assert sent(16) == [("evaluation_statement", "reject")]
    assert sent(17) == []
    assert sent(21) == [("evaluation_statement", "accept")]
    assert sent(22) == []
    assert [e.verdict for e in entries.entries_of_agency(1)] == ["reject", "accept"]
    assert [e.verdict for e in entries.entries_repeated_in(2)] == ["reject"]
    assert [e.verdict for e in entries.entries_repeated_in(4)] == ["accept"]
    assert desk.registry.register.record.first_broken_row() is None


def test_the_same_file_from_another_agency_is_theirs_to_answer_for(desk: Desk) -> None:
    desk.dropped(QA)
    assert outcomes(desk.dropped(QA, "POL")) == [("qa_form", "hold")]


# Mail


def test_each_document_of_a_message_is_judged_and_logged_on_its_own(desk: Desk) -> None:
    settlement = desk.mailed(mail(BROKEN, QA, STATEMENT))
    assert outcomes(settlement) == [
        ("chronology", "reject"),
        ("qa_form", "accept"),
        ("evaluation_statement", "accept"),
    ]
    assert [s.position for s in settlement.submissions] == [1, 2, 3]
    assert desk.registry.states()["qa_form"] == "accepted"


def test_the_sender_and_the_message_s_own_id_are_kept_for_the_answer(desk: Desk) -> None:
    settlement = desk.mailed(mail(GP, message_id="<one@meadowlane.example>"))
    assert settlement.first_origin.thread == "<one@meadowlane.example>"
    contact = desk.registry.register.people.find_contact(settlement.first_origin.contact_id or 0)
    assert contact is not None
    assert contact.email == AUTHOR


def test_the_same_bytes_twice_in_one_message_are_one_submission(desk: Desk) -> None:
    settlement = desk.mailed(mail(GP, QA, GP))
    assert outcomes(settlement) == [("chronology", "accept"), ("qa_form", "accept")]


def test_what_was_known_before_is_a_repeat_and_what_is_new_is_judged(desk: Desk) -> None:
    desk.dropped(GP)
    settlement = desk.mailed(mail(GP, QA))
    assert outcomes(settlement) == [("qa_form", "accept")]
    assert [e.kind for e in desk.registry.register.entries.entries_repeated_in(2)] == ["chronology"]


def test_the_same_message_twice_is_logged_once_and_stops_nothing(desk: Desk) -> None:
    """Promise 2: two copies of one message in the mailbox."""
    for raw in (mail(GP), mail(body="We shall send it on Monday.")):
        first, again = desk.mailed(raw), desk.mailed(raw)
        assert len(first.submissions) == len(again.submissions) == 1
        assert again.submissions[0].verdict is None
        assert again.submissions[0].judgements == ()
    assert len(desk.registry.register.entries.entries_of_agency(1)) == 2


def test_a_forwarded_message_is_its_outer_sender_s(desk: Desk) -> None:
    """Failure modes 29 and 30."""
    inner = mail(GP, sender="author@shirepolice.example")
    settlement = desk.mailed(build.forwarded(inner, AUTHOR, SERVICE))
    assert settlement.first_origin.code == "GP"
    assert outcomes(settlement) == [("chronology", "accept")]


def test_a_message_with_nothing_attached_is_kept_for_a_person(desk: Desk) -> None:
    settlement = desk.mailed(mail(body="Who is our contact?"))
    assert apart(settlement) == ("refer", "nothing-attached")
    assert settlement.first_origin.code == "GP"


def test_a_document_cut_short_on_its_way_is_a_question(desk: Desk) -> None:
    """Failure mode 34."""
    raw = mail(GP)
    cut = raw[: raw.rindex(b"\r\n--", 0, raw.rindex(b"--\r\n") - 40) - 2_001]
    settlement = desk.mailed(cut)
    assert outcomes(settlement) == [(None, "refer")]
    assert rules(settlement) == ["cut-short"]


@pytest.mark.parametrize(
    ("sender", "source", "reason"),
    [
        ("someone@elsewhere.example", "mail-1", "sender-unknown"),
        (AUTHOR, "mail-2", "sender-unproven"),
        (SERVICE, "mail-1", "sender-ours"),
        (SERVICE.upper(), "mail-1", "sender-ours"),
        ("Author One", "mail-1", "sender-unclear"),
    ],
)
def test_a_sender_who_is_not_proven_and_registered_is_held(
    desk: Desk, sender: str, source: str, reason: str
) -> None:
    """Failure modes 42, 44, 47, 68 and 72."""
    settlement = desk.mailed(mail(GP, sender=sender), source)
    assert apart(settlement) == ("hold", reason)
    assert settlement.first_origin.agency_id is None
    assert desk.registry.states()["chronology"] == "awaited"


def test_our_own_address_is_not_believed_even_where_it_was_registered(desk: Desk) -> None:
    """Failure modes 44 and 68."""
    desk.registry.load(CASE.replace(AUTHOR, SERVICE))
    assert apart(desk.mailed(mail(GP, sender=SERVICE))) == ("hold", "sender-ours")


def test_a_header_that_comes_twice_proves_nobody(desk: Desk) -> None:
    """Failure mode 35."""
    raw = b"Content-Type: text/plain\r\nSubject: another\r\n" + mail(GP)
    assert apart(desk.mailed(raw)) == ("hold", "headers-twice")


def test_mail_that_names_a_case_of_somebody_else_is_held_untold(desk: Desk) -> None:
    """Promise 5, failure mode 47."""
    desk.registry.load(STRANGERS)
    settlement = desk.mailed(mail(GP, subject="N13 chronology"))
    assert apart(settlement) == ("hold", "case-other")
    assert settlement.first_origin.agency_id is None


def test_mail_about_a_closed_case_is_not_put_into_an_open_one(desk: Desk) -> None:
    desk.registry.load(SECOND_CASE)
    desk.registry.decided(Decision("close", DecisionReason("It is done.", "her"), case_id=2))
    assert apart(desk.mailed(mail(GP, subject="N13"))) == ("hold", "case-other")


# Automatic mail


def test_an_absence_is_recorded_and_never_answered(desk: Desk) -> None:
    """Failure modes 65, 66 and 72b."""
    for marked in (True, False):
        settlement = desk.mailed(build.out_of_office(AUTHOR, SERVICE, marked=marked))
        assert apart(settlement) == ("automatic", "automatic")
        assert settlement.first_origin.automatic
        assert settlement.first_origin.agency_id is None


def test_a_real_return_in_automatic_mail_is_registered_and_marked_not_to_be_answered(
    desk: Desk,
) -> None:
    """Failure mode 69."""
    settlement = desk.mailed(mail(GP, auto_submitted="auto-generated"))
    assert outcomes(settlement) == [("chronology", "accept")]
    assert settlement.first_origin.automatic == "auto-reply"
    row = desk.registry.database.fetch_row("SELECT automatic FROM origins")
    assert row is not None
    assert row["automatic"] == "auto-reply"
    assert desk.registry.states()["chronology"] == "accepted"


def test_a_real_return_in_automatic_mail_from_a_stranger_is_held(desk: Desk) -> None:
    raw = mail(GP, sender="someone@elsewhere.example", auto_submitted="auto-generated")
    settlement = desk.mailed(raw)
    assert apart(settlement) == ("hold", "sender-unknown")
    assert settlement.first_origin.automatic


def test_a_bounce_is_recorded(desk: Desk) -> None:
    """Failure modes 66 and 71."""
    raw = build.bounce(mail(), AUTHOR, SERVICE)
    assert apart(desk.mailed(raw)) == ("automatic", "automatic")


# Nil returns

NIL_LETTER = (
    "Agency: Meadow Lane Surgery",
    "No members of the family are or have been known to the agency.",
    "We have searched our paper and electronic records.",
    "Name: Commissioner One",
    "Role: Practice Manager",
    "Date: 30/03/2010",
)


def nil_return() -> bytes:
    return report("Nil return", NIL_LETTER, {})


def test_a_nil_return_alone_settles_the_pack(desk: Desk) -> None:
    assert outcomes(desk.mailed(mail(nil_return()))) == [("nil_return", "accept")]
    assert set(desk.registry.states().values()) == {"nil"}


def test_a_nil_return_for_an_empty_chronology_settles_the_pack(desk: Desk) -> None:
    """It is what we told them to send instead."""
    assert outcomes(desk.mailed(mail(build.blank_chronology()))) == [("chronology", "reject")]
    assert outcomes(desk.mailed(mail(nil_return()))) == [("nil_return", "accept")]
    assert set(desk.registry.states().values()) == {"nil"}


def test_a_nil_return_and_a_chronology_are_a_question_whichever_came_first(desk: Desk) -> None:
    desk.dropped(GP)
    settlement = desk.dropped(nil_return())
    assert outcomes(settlement) == [("nil_return", "refer")]
    assert rules(settlement) == ["nil-and-chronology"]
    assert desk.registry.states()["imr"] == "awaited"


def test_a_chronology_after_a_nil_return_is_put_before_a_person(desk: Desk) -> None:
    desk.dropped(nil_return())
    settlement = desk.dropped(GP)
    assert rules(settlement) == ["nil-and-chronology"]
    assert desk.registry.states()["chronology"] == "referred"
    assert desk.registry.states()["imr"] == "nil"


def test_a_nil_return_sent_back_and_what_comes_the_same_day_are_asked_about(desk: Desk) -> None:
    """In whichever order a folder gives them: one letter tells of both."""
    unsigned = report("Nil return", NIL_LETTER[:-1], {})
    assert outcomes(desk.dropped(unsigned)) == [("nil_return", "reject")]
    assert rules(desk.dropped(GP)) == ["nil-and-chronology"]


def test_both_in_one_message_settle_nothing(desk: Desk) -> None:
    settlement = desk.mailed(mail(nil_return(), GP))
    assert outcomes(settlement) == [("nil_return", "refer"), ("chronology", "refer")]
    assert set(desk.registry.states().values()) == {"referred", "awaited"}


# When something goes wrong


def test_a_document_the_worker_dies_of_is_a_question_and_is_logged(
    tmp_path: Path, odd: Worker
) -> None:
    """Failure mode 55."""
    desk = Desk(tmp_path, odd)
    settlement = desk.dropped(b"crash")
    assert (outcomes(settlement), rules(settlement)) == ([(None, "refer")], ["too-much"])


def test_a_message_the_worker_dies_of_is_held(tmp_path: Path, odd: Worker) -> None:
    """Failure modes 27 and 28."""
    assert apart(Desk(tmp_path, odd).mailed(b"crash")) == ("hold", "sender-unclear")


@pytest.mark.parametrize("source", ["drop", "mail-1"])
def test_a_bug_of_ours_is_raised_and_nothing_is_logged(
    tmp_path: Path, odd: Worker, source: str
) -> None:
    """Promise 6: it is tried again, and then set aside."""
    desk = Desk(tmp_path, odd)
    delivery = desk.registry.arrived(b"stumble", source, "GP")
    before = desk.registry.register.record.chain_head()
    with pytest.raises(UnforeseenFault):
        desk.processor.settle_delivery(delivery, NOW)
    assert desk.registry.spool.get(delivery.id).state == "spooled"
    assert desk.registry.register.record.chain_head() == before
    assert desk.registry.database.fetch_rows("SELECT * FROM origins") == []


def test_a_disk_that_fills_up_while_logging_leaves_nothing_half_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Failure modes 56, 57 and 60."""
    delivery = desk.registry.arrived(mail(GP, QA), "mail-1")
    before = desk.registry.register.record.chain_head()

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(desk.registry.spool, "mark_judged", full)
    with pytest.raises(OSError, match="no space"):
        desk.processor.settle_delivery(delivery, NOW)
    assert desk.registry.register.record.chain_head() == before
    assert set(desk.registry.states().values()) == {"awaited"}
    monkeypatch.undo()
    assert outcomes(desk.settled(delivery)) == [("chronology", "accept"), ("qa_form", "accept")]
