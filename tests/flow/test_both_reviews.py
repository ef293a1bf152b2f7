"""A request for more time that is for several of its sender's reviews at once."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.registry import SECOND_CASE

AUTHOR, US = "author@meadowlane.example", "scr-returns@board.example"
BODY = (
    "Both of our chronologies are going to be late, as I am on my own until June. Is Friday 11 June"
    " any good for you?"
)


def asked(board: Board) -> None:
    board.load(SECOND_CASE)
    board.mail(build.mail(AUTHOR, US, "Chronologies", BODY))
    board.once(at="2010-04-01T10:00")


def test_it_is_acknowledged_as_a_request_in_each(loaded: Board) -> None:
    """Its sender was told that we could not tell which review it is for."""
    asked(loaded)
    told = [" ".join(f"{x['Subject']} {letter_plain_text(x)}".split()) for x in loaded.answers()]
    assert len(told) == 2
    for reference, said in zip(("N12", "N13"), sorted(told), strict=True):
        assert f"SCR {reference}: received, no action needed now" in said
        assert "your request for more time (for the chronology, until 11 June 2010" in said
        assert "which review" not in said


def test_each_review_has_its_own_command_and_the_ask_ends_with_it(loaded: Board) -> None:
    asked(loaded)
    at = "2010-04-06T09:00"
    said = loaded.run("digest", "--preview", "--all", at=at).out
    for reference in ("N12", "N13"):
        assert f"extend {reference} GP chronology --until 2010-06-11" in said
    until = ("--until", "2010-06-11", "--agreed-by", "The Chair", "--reason", "x", "--yes")
    loaded.run("extend", "N12", "GP", "chronology", *until, at=at)
    after = loaded.run("referred", at=at).out
    assert "N13" in after and "N12" not in after
