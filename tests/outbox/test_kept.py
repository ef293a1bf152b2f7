"""Which version of a return the board has now, as letters say it."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_dangers import dde_field

GOOD = build.make_chronology(build.STORIES["GP"])
MENDED = build.with_cell(GOOD, 14, "Event", "Seen again in surgery.")
TO_MEND = build.with_cell(GOOD, 5, "Date", "2009")


def sent(board: Board, *versions: bytes) -> list[str]:
    """What each of these was answered, sent a day apart from 1 April."""
    for day, version in enumerate(versions, 6):
        board.drop("GP", version)
        board.once(at=f"2010-04-{day:02}T10:00")
    answers = board.answers("author@meadowlane.example")
    return [" ".join(letter_plain_text(answer).split()) for answer in answers]


def test_an_accepted_return_is_named_by_its_version_and_its_day(loaded: Board) -> None:
    first, second = sent(loaded, TO_MEND, GOOD)
    assert "We hold" not in first
    assert "We hold version 2 of your chronology, received 7 April." in second


def test_what_was_accepted_stays_where_a_newer_version_needs_changes(loaded: Board) -> None:
    *_, last = sent(loaded, GOOD, TO_MEND)
    assert "needs changes before we can accept it" in last
    assert (
        "We hold version 1 of your chronology, received 6 April; that version stays with us until"
        " a new one is accepted."
    ) in last


def test_a_newer_version_that_is_accepted_takes_its_place(loaded: Board) -> None:
    *_, last = sent(loaded, GOOD, MENDED)
    assert "We hold version 2 of your chronology, received 7 April." in last


def test_what_is_held_is_never_counted(loaded: Board) -> None:
    """Its sender is told nothing of it, not even by a number."""
    answers = sent(loaded, GOOD, dde_field(GOOD), MENDED)
    assert len(answers) == 2
    assert "We hold version 2 of your chronology, received 8 April." in answers[-1]


def test_nothing_is_asked_by_a_day_where_an_accepted_version_stays(loaded: Board) -> None:
    """No letter asks for what its own list calls accepted."""
    *_, last = sent(loaded, GOOD, TO_MEND)
    subject = loaded.answers("author@meadowlane.example")[-1]["Subject"]
    assert subject.endswith("your newer chronology needs changes if it is to count")
    assert "again, if a newer version is to take the place of the one that we accepted." in last


def test_of_several_of_one_kind_only_the_last_is_to_be_mended(loaded: Board) -> None:
    for n in range(3):
        loaded.drop("GP", build.with_cell(TO_MEND, 14, "Event", f"Seen, {n}."), f"{n}.docx")
    loaded.once(at="2010-04-06T10:00")
    letter = loaded.answers("author@meadowlane.example")[-1]
    said = " ".join(letter_plain_text(letter).split())
    assert letter["Subject"].endswith("chronology needs changes")
    assert "Please make the 2 changes below, and send the chronology again by" in said
    assert "When the chronology is right" in said
    assert "Documents 1 to 2 of 3, Chronology, each: replaced by the version that came" in said
    assert "Document 3 of 3, Chronology: needs changes" in said
    assert "numbered in the order in which they were saved: list your folder by date" in said
