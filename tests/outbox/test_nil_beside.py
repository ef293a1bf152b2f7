"""A nil return and another return from one agency: what is said once a person has decided."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.handlers.test_process_delivery import nil_return

BOTH = "We hold both a nil return and another return"


def both(board: Board) -> None:
    """Entry 1 is a nil return that settled all, entry 2 a chronology that came after it."""
    board.drop("GP", nil_return())
    board.once(at="2010-04-06T10:00")
    board.drop("GP", build.make_chronology(build.STORIES["GP"]))
    board.once(at="2010-04-06T11:00")


def test_a_nil_return_that_does_not_stand_is_not_asked_for_again(loaded: Board) -> None:
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]))
    loaded.once(at="2010-04-06T10:00")
    loaded.drop("GP", nil_return())
    loaded.once(at="2010-04-06T11:00")
    words = ("--reason", "They sent a chronology", "--tell", "Please send the other three.")
    loaded.run("reject", 2, *words, "--yes", at="2010-04-07T09:20")
    loaded.once(at="2010-04-07T10:05")
    letter = loaded.sent("author@meadowlane.example")[-1]
    said = " ".join(letter_plain_text(letter).split())
    assert letter["Subject"].endswith("action needed - about your nil return")
    assert "What we need from you Please send the other three." in said
    for untrue in (BOTH, "nil return again", "nil return is right"):
        assert untrue not in said


def test_what_came_beside_it_is_not_asked_about_it_any_more(loaded: Board) -> None:
    both(loaded)
    before = loaded.run("digest", "--preview", "--all", at="2010-04-07T08:05").out
    assert BOTH in " ".join(before.split())
    loaded.run(
        "reject", 1, "--reason", "A chronology came", "--tell", "Please send the rest.", "--yes"
    )
    after = " ".join(loaded.run("digest", "--preview", "--all", at="2010-04-08T08:05").out.split())
    assert BOTH not in after
    assert "The nil return beside which it came does not stand any more." in after
