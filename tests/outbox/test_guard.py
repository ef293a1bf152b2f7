"""The disclosure guard: nobody is told of a case that is not theirs (promise 5)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from config.casefile import load_case
from config.kinds import load_kinds
from outbox.guard import Guard, Withheld
from outbox.letter import Draft, Recipient
from outbox.samples.drafts import ADMINISTRATOR
from outbox.samples.facts import ACCEPTED
from tests.board import CASE
from tests.outbox.conftest import NOW, Desk

NAMED = CASE.replace('name         = "Child N"', 'name         = "Zebedee Quill"')


@pytest.fixture
def guard(desk: Desk, tmp_path: Path) -> Guard:
    for text in (NAMED, NAMED.replace('"N12"', '"N13"').replace("meadowlane", "elsewhere")):
        file = tmp_path / "case.toml"
        file.write_text(text)
        desk.register.cases.load(load_case(file, load_kinds()), NOW)
    return Guard(desk.register, ADMINISTRATOR)


@pytest.fixture
def answer(desk: Desk, guard: Guard) -> Draft:
    (place,) = desk.register.people.places_of_sender("author@meadowlane.example")
    assert place.contact is not None
    to = Recipient(place.contact.name, place.contact.email, place.contact.id)
    return Draft("answer/1/1", "acknowledgement", to, ACCEPTED, place.case_id, place.agency_id)


def words(text: str) -> bytes:
    return f"Subject: SCR N12: received\r\n\r\n{text}\r\n".encode()


def test_a_registered_person_is_written_to_about_their_own_case(
    guard: Guard, answer: Draft
) -> None:
    guard.check(answer)
    guard.read(answer, words("Thank you for the QA form for review N12."))


@pytest.mark.parametrize("email", ["someone@elsewhere.example", "author@meadow1ane.example"])
def test_nobody_else_is(guard: Guard, answer: Draft, email: str) -> None:
    """Failure mode 43."""
    with pytest.raises(Withheld):
        guard.check(replace(answer, recipient=replace(answer.recipient, email=email)))


def test_a_contact_of_another_agency_is_not(desk: Desk, guard: Guard, answer: Draft) -> None:
    (place,) = desk.register.people.places_of_sender("author@elsewhere.example")
    with pytest.raises(Withheld):
        guard.check(replace(answer, agency_id=place.agency_id))


def test_a_digest_goes_to_the_administrator_alone(guard: Guard) -> None:
    digest = Draft("digest/1", "digest", ADMINISTRATOR, ACCEPTED)
    guard.check(digest)
    with pytest.raises(Withheld):
        guard.check(replace(digest, recipient=Recipient("X", "x@elsewhere.example")))


@pytest.mark.parametrize(
    "text", ["About Zebedee Quill.", "about ZEBEDEE\r\n  quill's review", "(Zebedee Quill)"]
)
def test_a_subjects_name_stops_the_letter(guard: Guard, answer: Draft, text: str) -> None:
    with pytest.raises(Withheld):
        guard.read(answer, words(text))


def test_another_cases_reference_stops_the_letter(guard: Guard, answer: Draft) -> None:
    with pytest.raises(Withheld):
        guard.read(answer, words("See also N13."))


def test_a_word_that_only_begins_like_another_reference_does_not(
    guard: Guard, answer: Draft
) -> None:
    guard.read(answer, words("N134 and XN13 are not cases."))
