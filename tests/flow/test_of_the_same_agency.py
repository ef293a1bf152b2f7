"""What is held since it points elsewhere: a colleague's return, and another agency's file."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.registry import SECOND_CASE

COLLEAGUE, US = "second@meadowlane.example", "scr-returns@board.example"
GOOD = build.make_chronology(build.STORIES["GP"])
OTHERS = SECOND_CASE.replace("author@meadowlane.example", COLLEAGUE).replace(
    "commissioner@meadowlane.example", "head@meadowlane.example"
)


def sent_by_a_colleague(board: Board, sender: str = COLLEAGUE) -> None:
    board.load(OTHERS)
    words = "The author left this nearly finished, so here is ours for N12."
    board.mail(build.mail(sender, US, "Chronology", words, [("chronology.docx", GOOD)]))
    board.once(at="2010-04-13T10:00")


def test_its_command_has_its_values_and_its_return_is_not_chased(loaded: Board) -> None:
    """The author and the commissioner were chased for what lay with the board."""
    sent_by_a_colleague(loaded)
    shown = loaded.run("show", 1, at="2010-04-13T10:00").out
    assert "assign 1 --case N12 --agency GP" in shown
    assert "held" in shown
    loaded.once(at="2010-04-20T10:00")
    for reader in ("author@meadowlane.example", "commissioner@meadowlane.example"):
        told = [letter_plain_text(letter) for letter in loaded.sent(reader)]
        assert not any("not yet received the chronology" in " ".join(x.split()) for x in told)
        assert not any("is looking at" in x for x in told)
    assert loaded.answers(COLLEAGUE) == []


def test_once_it_is_assigned_it_counts(loaded: Board) -> None:
    sent_by_a_colleague(loaded)
    words = ("--case", "N12", "--agency", "GP", "--reason", "theirs", "--yes")
    ended = loaded.run("assign", 1, *words, at="2010-04-14T10:00")
    assert ended.status == 0, ended.err
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"


def test_of_somebody_of_another_agency_nothing_is_silent(loaded: Board) -> None:
    """The counter-example."""
    sent_by_a_colleague(loaded, "author@shirepolice.example")
    loaded.once(at="2010-04-20T10:00")
    told = [letter_plain_text(x) for x in loaded.sent("author@meadowlane.example")]
    assert any("not yet received the chronology" in " ".join(x.split()) for x in told)


def test_a_file_of_another_agency_is_held_as_that(loaded: Board) -> None:
    """It was asked which case it is of, and both cases' returns were silent."""
    loaded.load(SECOND_CASE)
    loaded.drop(
        "GP", build.make_qa_form(agency="Shire Police", child_identifier="Child N"), "form.docx"
    )
    loaded.once(at="2010-04-13T10:00")
    held = loaded.run("held", at="2010-04-13T10:00").out
    assert "it points at a case or an agency that is not the sender's" in held
    assert "it could belong to" not in loaded.run("referred", at="2010-04-13T10:00").out
    loaded.once(at="2010-04-20T10:00")
    assert "not chased" not in loaded.run("digest", "--preview", "--all", at="2010-04-20T10:00").out
