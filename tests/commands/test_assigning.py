"""`assign`: what nobody could place is judged under the place a person gives it."""

from __future__ import annotations

from datetime import date

import pytest

from tests import builders as build
from tests.board import Board, Ended

GP = build.make_chronology(build.STORIES["GP"])
BROKEN = build.with_cell(GP, 14, "Date", "2009")
SERVICE = "scr-returns@board.example"


def assign(board: Board, *words: object) -> Ended:
    return board.run("assign", *words, "--reason", "She rang", "--yes", at="2010-04-06T10:00")


def strange(board: Board, document: bytes = GP) -> None:
    """A message from nobody we know."""
    raw = build.mail("stranger@meadowlane.example", SERVICE, "x", "Here.", [("c.docx", document)])
    board.mail(raw)
    board.once()


def test_a_strangers_document_counts_for_the_agency_a_person_names(loaded: Board) -> None:
    strange(loaded)
    ended = assign(loaded, 1, "--case", "n12", "--agency", "gp")
    assert ended.out.splitlines() == [
        "N12, GP: chronology accepted.",
        "N12, Meadow Lane Surgery: chronology was still to come, and is accepted.",
        "Letter (decision) to Author One, author.",
        "Done, and in the record. Letters go with the next round.",
    ]
    assert loaded.returns("GP")["chronology"]["state"] == "accepted"
    assert loaded.status()["held"] == 0


def test_the_answer_goes_to_the_agency_and_never_to_the_stranger(loaded: Board) -> None:
    """Failure mode 72: backscatter."""
    strange(loaded, BROKEN)
    assign(loaded, 1, "--case", "N12", "--agency", "GP")
    loaded.once(at="2010-04-06T10:01")
    letter = loaded.sent("author@meadowlane.example")[-1]
    assert "needs changes" in letter["Subject"]
    assert letter["In-Reply-To"] is None
    assert not loaded.sent("stranger@meadowlane.example")


def test_nothing_is_logged_when_nobody_says_yes(loaded: Board) -> None:
    strange(loaded)
    assert loaded.run("assign", 1, "--case", "N12", "--agency", "GP", "--reason", "x").status == 1
    assert loaded.returns("GP")["chronology"]["state"] == "awaited"
    assert loaded.status()["held"] == 1


def test_a_document_is_judged_as_what_a_person_says_it_is(loaded: Board) -> None:
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    ended = assign(loaded, 1, "--kind", "qa_form")
    assert "N12, GP: QA form needs changes." in ended.out
    assert loaded.run("show", 2, "--json").json["kind"] == "qa_form"
    assert loaded.run("referred").out == "Nothing waits here.\n"


def test_what_was_assigned_is_not_assigned_again(loaded: Board) -> None:
    strange(loaded)
    assign(loaded, 1, "--case", "N12", "--agency", "GP")
    again = assign(loaded, 1, "--case", "N12", "--agency", "POL")
    assert again.err == "Entry 1 was assigned already.\n"


def test_a_message_without_a_document_has_nothing_to_assign(loaded: Board) -> None:
    loaded.mail(build.mail("author@meadowlane.example", SERVICE, "x", "Hello.", []))
    loaded.once()
    assert "There is no document in it." in assign(loaded, 1).err


def test_the_same_document_as_before_is_said_to_be_the_same(loaded: Board) -> None:
    """Promise 2."""
    loaded.drop("GP", GP)
    strange(loaded)
    ended = assign(loaded, 2, "--case", "N12", "--agency", "GP")
    assert ended.out.splitlines()[0] == "N12, GP: the same document as one that came before."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--case", "N99", "--agency", "GP"), "There is no such agency"),
        ((), "There is no such agency"),
        (("--case", "N12", "--agency", "GP", "--kind", "poem"), "is not a kind of return"),
    ],
)
def test_a_place_that_is_not_there_is_told(
    loaded: Board, words: tuple[str, ...], told: str
) -> None:
    strange(loaded)
    ended = assign(loaded, 1, *words)
    assert ended.status and told in ended.err


def test_what_is_held_where_it_is_and_would_be_again_is_not_assigned(loaded: Board) -> None:
    """Nothing would come of it: what ends it is told instead."""
    form = build.make_qa_form(child_identifier="N13/A", dated=date(2010, 3, 30))
    loaded.drop("GP", form)
    loaded.once()
    assert loaded.status()["held"] == 1
    again = assign(loaded, 1, "--case", "N12", "--agency", "GP")
    assert "would be held again for the same" in again.err
    assert "scr-intake show 1" in again.err
    assert loaded.status()["held"] == 1
