"""The disclosure guard: nobody is told of a case that is not theirs (promise 5)."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from config.case_file import load_case_file
from config.kind_loading import load_kinds
from outbox.samples.drafts import ADMINISTRATOR, OPERATOR, SAMPLES
from outbox.samples.facts import ACCEPTED
from outbox.writing.disclosure_guard import DisclosureGuard, LetterWithheld
from outbox.writing.letter import Draft, Letter, Recipient
from outbox.writing.letter_text import parse_letter
from outbox.writing.writer import LetterWriter
from tests.board import CASE
from tests.outbox.conftest import BOARD, NOW, Desk

NAMED = CASE.replace('name         = "Child N"', 'name         = "Zebedee Quill"')


@pytest.fixture
def guard(desk: Desk, tmp_path: Path) -> DisclosureGuard:
    for text in (NAMED, NAMED.replace('"N12"', '"N13"').replace("meadowlane", "elsewhere")):
        file = tmp_path / "case.toml"
        file.write_text(text)
        desk.register.cases.load_case(load_case_file(file, load_kinds()), NOW)
    return DisclosureGuard(desk.register, ADMINISTRATOR, OPERATOR)


@pytest.fixture
def answer(desk: Desk, guard: DisclosureGuard) -> Draft:
    (place,) = desk.register.people.places_of_sender("author@meadowlane.example")
    assert place.contact is not None
    to = Recipient(place.contact.name, place.contact.email, place.contact.id)
    return Draft("answer/1/1", "acknowledgement", to, ACCEPTED, place.case_id, place.agency_id)


def words(text: str) -> bytes:
    return f"Subject: SCR N12: received\r\n\r\n{text}\r\n".encode()


def test_a_registered_person_is_written_to_about_their_own_case(
    guard: DisclosureGuard, answer: Draft
) -> None:
    guard.check_recipient(answer)
    guard.check_message(answer, words("Thank you for the QA form for review N12."))


@pytest.mark.parametrize("email", ["someone@elsewhere.example", "author@meadow1ane.example"])
def test_nobody_else_is(guard: DisclosureGuard, answer: Draft, email: str) -> None:
    """Failure mode 43."""
    with pytest.raises(LetterWithheld):
        guard.check_recipient(replace(answer, recipient=replace(answer.recipient, email=email)))


def test_a_contact_of_another_agency_is_not(
    desk: Desk, guard: DisclosureGuard, answer: Draft
) -> None:
    (place,) = desk.register.people.places_of_sender("author@elsewhere.example")
    with pytest.raises(LetterWithheld):
        guard.check_recipient(replace(answer, agency_id=place.agency_id))


def test_a_digest_goes_to_the_administrator_alone(guard: DisclosureGuard) -> None:
    digest = Draft("digest/1", "digest", ADMINISTRATOR, ACCEPTED)
    guard.check_recipient(digest)
    with pytest.raises(LetterWithheld):
        guard.check_recipient(replace(digest, recipient=Recipient("X", "x@elsewhere.example")))


@pytest.mark.parametrize(
    "text", ["About Zebedee Quill.", "about ZEBEDEE\r\n  quill's review", "(Zebedee Quill)"]
)
def test_a_subjects_name_stops_the_letter(guard: DisclosureGuard, answer: Draft, text: str) -> None:
    with pytest.raises(LetterWithheld):
        guard.check_message(answer, words(text))


def test_another_cases_reference_stops_the_letter(guard: DisclosureGuard, answer: Draft) -> None:
    with pytest.raises(LetterWithheld):
        guard.check_message(answer, words("See also N13."))


def test_a_word_that_only_begins_like_another_reference_does_not(
    guard: DisclosureGuard, answer: Draft
) -> None:
    guard.check_message(answer, words("N134 and XN13 are not cases."))


def test_an_agency_of_one_case_is_not_written_to_about_another(
    desk: Desk, guard: DisclosureGuard, answer: Draft
) -> None:
    (place,) = desk.register.people.places_of_sender("author@elsewhere.example")
    with pytest.raises(LetterWithheld):
        guard.check_recipient(replace(answer, case_id=place.case_id))


def test_an_identifier_of_another_case_stops_the_letter(
    desk: Desk, guard: DisclosureGuard, answer: Draft, tmp_path: Path
) -> None:
    file = tmp_path / "case.toml"
    file.write_text(NAMED.replace('"N12"', '"N14"').replace("N12/A", "Child Q-7"))
    desk.register.cases.load_case(load_case_file(file, load_kinds()), NOW)
    with pytest.raises(LetterWithheld):
        guard.check_message(answer, words("As for child Q 7, see below."))


def test_the_operator_is_sent_alerts_and_nothing_else(guard: DisclosureGuard) -> None:
    alert = Draft("alert/1", "alert", OPERATOR, None)
    guard.check_recipient(alert)
    for kind, to in (("alert", ADMINISTRATOR), ("digest", OPERATOR)):
        with pytest.raises(LetterWithheld):
            guard.check_recipient(replace(alert, kind=kind, recipient=to))  # type: ignore[arg-type]


# A letter of every kind, with a canary in every place where a word can stand

NAME = "Zebedee Quill"
KINDS = tuple(name for name, draft in SAMPLES.items() if name == draft.kind)
CANARIES = (
    NAME,
    NAME.upper(),
    unicodedata.normalize("NFD", "Zébedee Quill"),
    "Zebedee\u00a0Quill",
    "Zebedee-Quill",
    "Quill, Zebedee",
    "Zebedee  \n   Quill",
    "padding " * 8 + NAME,  # quoted-printable breaks the line inside the name
)
PLACES = ("subject", "another header", "text", "HTML", "alt text", "comment", "across tags")


def planted(letter: bytes, place: str, canary: str) -> bytes:
    message = parse_letter(letter)
    if place == "subject":
        message.replace_header("Subject", f"{message['Subject']} {' '.join(canary.split())}")
    elif place == "another header":
        message["X-Board"] = " ".join(canary.split())
    elif place == "text":
        part = message.get_body(("plain",))
        part.set_content(f"{part.get_content()}{canary}\n", cte="quoted-printable")  # type: ignore[union-attr]
    else:
        part = message.get_body(("html",))
        put = {
            "HTML": f"<p>{canary}</p>",
            "alt text": f'<img alt="{canary}">',
            "comment": f"<!-- {canary} -->",
            "across tags": f"<td>about</td><td>{canary[:3]}<b>{canary[3:]}</b></td><td>and</td>",
        }[place]
        page = part.get_content().replace("</body>", f"{put}</body>")  # type: ignore[union-attr]
        part.set_content(page, subtype="html", cte="quoted-printable")  # type: ignore[union-attr]
    return message.as_bytes()


def of_n12(answer: Draft, sample: str) -> Draft:
    """A sample as a letter to the surgery about N12, or to the board's own officers."""
    draft = SAMPLES[sample]
    if draft.kind in ("digest", "alert"):
        return draft
    who = {"recipient": answer.recipient, "case_id": answer.case_id, "agency_id": answer.agency_id}
    return replace(draft, **who)  # type: ignore[arg-type]


@pytest.mark.parametrize("sample", KINDS)
def test_no_letter_of_any_kind_names_a_child_anywhere(
    guard: DisclosureGuard, answer: Draft, sample: str
) -> None:
    """Promise 5: whatever put the name there, and however it is spelled."""
    draft = of_n12(answer, sample)
    letter = LetterWriter(BOARD, "x@board.example").write(draft, "<a@board.example>", NOW)
    guard.check_message(draft, letter)
    for place in PLACES:
        for canary in CANARIES:
            with pytest.raises(LetterWithheld):
                guard.check_message(draft, planted(letter, place, canary))
                pytest.fail(f"{canary!r} went through in the {place}")


@pytest.mark.parametrize("sample", KINDS)
def test_no_letter_but_those_of_the_board_itself_names_another_case(
    guard: DisclosureGuard, answer: Draft, sample: str
) -> None:
    draft = of_n12(answer, sample)
    letter = LetterWriter(BOARD, "x@board.example").write(draft, "<a@board.example>", NOW)
    for place in PLACES:
        planted_letter = planted(letter, place, "see n13")
        if draft.kind in ("digest", "confirmation", "alert", "urgent"):
            guard.check_message(draft, planted_letter)
            continue
        with pytest.raises(LetterWithheld):
            guard.check_message(draft, planted_letter)
            pytest.fail(f"it went through in the {place}")


@pytest.mark.parametrize("fold", range(7, 21))
def test_no_calendar_names_a_child_wherever_its_lines_are_folded(
    guard: DisclosureGuard, fold: int
) -> None:
    """RFC 5545 folds a line after so many bytes, also inside a name."""
    draft = SAMPLES["digest"]
    letter = parse_letter(
        LetterWriter(BOARD, "x@board.example").write(draft, "<a@board.example>", NOW)
    )
    (calendar,) = [p for p in letter.walk() if p.get_content_type() == "text/calendar"]
    line = f"SUMMARY:{NAME} is due"
    folded = f"{line[:fold]}\r\n {line[fold:]}\r\n"
    calendar.set_content(folded, subtype="calendar", cte="quoted-printable")
    with pytest.raises(LetterWithheld):
        guard.check_message(draft, letter.as_bytes())


# The last step before it is sent


def queued(desk: Desk, answer: Draft) -> Letter:
    letter = LetterWriter(BOARD, "x@board.example").write(answer, "<a@board.example>", NOW)
    found = desk.queue.get(desk.queue.add(answer, letter, NOW, NOW.date()))
    assert found is not None
    return found


def test_a_letter_that_may_go_goes(desk: Desk, guard: DisclosureGuard, answer: Draft) -> None:
    guard.check_leaving(queued(desk, answer))


def test_what_a_case_names_since_the_letter_was_written_stops_it(
    desk: Desk, guard: DisclosureGuard, answer: Draft, tmp_path: Path
) -> None:
    letter = queued(desk, answer)
    file = tmp_path / "case.toml"
    file.write_text(NAMED.replace('"Mother"', '"The Administrator"'))
    desk.register.cases.load_case(load_case_file(file, load_kinds()), NOW)
    with pytest.raises(LetterWithheld):
        guard.check_leaving(letter)


def test_officers_of_other_days_get_nothing(desk: Desk, guard: DisclosureGuard) -> None:
    digest = replace(SAMPLES["digest"], key="digest/2")
    letter = queued(desk, digest)
    guard.check_leaving(letter)
    with pytest.raises(LetterWithheld):
        DisclosureGuard(desk.register, OPERATOR, OPERATOR).check_leaving(letter)
