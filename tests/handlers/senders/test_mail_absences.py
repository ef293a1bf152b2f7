"""Mail that a machine wrote: who is away and until when, and what is noted of it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.register.submissions import Absence, AbsenceEnded
from tests import builders as build
from tests.handlers.senders.returns import DAY, GP, TWO_ROLES
from tests.processors import AUTHOR, SERVICE, Desk, apart, mail, outcomes
from tests.registry import SECOND_CASE


def test_an_absence_is_noted_with_its_end_and_its_deputy(desk: Desk) -> None:
    """Failure modes 66 and 72b."""
    body = "I am away until Thursday 22 April. Please contact deputy@meadowlane.example."
    raw = mail(subject="Automatic reply: N12", body=body)
    settlement = desk.mailed(raw)
    assert apart(settlement) == ("automatic", "automatic")
    assert settlement.notes == (Absence(1, date(2010, 4, 22), "deputy@meadowlane.example"),)
    notes = desk.registry.register.notes
    assert notes.find_absence(1, date(2010, 4, 22)) == settlement.notes[0]
    assert notes.find_absence(1, date(2010, 4, 23)) is None
    (row,) = desk.registry.database.fetch_rows("SELECT deputy FROM absences")
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
    return desk.registry.register.notes.find_absence(contact_id, day) is not None


def test_who_is_away_is_back_once_they_write_themselves(desk: Desk) -> None:
    """Issue 7, point 6. With a document or without; and a note after that counts again."""
    note = build.out_of_office(AUTHOR, SERVICE)
    desk.mailed(note)
    assert away(desk, 1)
    assert desk.mailed(mail(body="Thank you.")).notes == (AbsenceEnded(1, DAY),)
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
    known = desk.registry.database.fetch_rows("SELECT id FROM contacts WHERE address = ?", mark)
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


def test_an_absence_with_a_real_return_is_noted_too(desk: Desk) -> None:
    """Failure mode 69."""
    note = {"subject": "Automatic reply: N12", "auto_submitted": "auto-replied"}
    settlement = desk.mailed(mail(GP, body="Until 12 April.", **note))
    assert outcomes(settlement) == [("chronology", "accept")]
    assert settlement.notes == (Absence(1, date(2010, 4, 12), ""),)
    assert settlement.first_origin.automatic == "absence"


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
    assert settlement.first_origin.automatic == kind


RECALLED = 'Author One would like to recall the message, "N12 chronology".'


def test_a_notice_that_a_message_is_recalled_asks_nothing(desk: Desk) -> None:
    settlement = desk.mailed(mail(subject="Recall: N12 IMR", body=RECALLED))
    assert apart(settlement) == ("automatic", "automatic")
    assert settlement.first_origin.automatic == "recall"


def test_somebody_who_writes_of_a_recall_is_no_machine(desk: Desk) -> None:
    for head in ({"subject": "Recall: N12 IMR"}, {"subject": "N12"}):
        body = RECALLED if head["subject"] == "N12" else "Which version do you have?"
        assert desk.mailed(mail(body=body, **head)).first_origin.automatic == ""


def test_suppressing_auto_responses_is_no_mark_of_a_machine(desk: Desk) -> None:
    """Failure mode 67: Outlook sets it on what people write."""
    settlement = desk.mailed(mail(GP, x_auto_response_suppress="All"))
    assert settlement.first_origin.automatic == ""
