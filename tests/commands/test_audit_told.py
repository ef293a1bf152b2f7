"""`audit log` tells what a court would ask: who, to whom, as what, and what stands in no case."""

from __future__ import annotations

from tests import builders as build
from tests.board import Board

GP = build.make_chronology(build.STORIES["GP"])
SERVICE, LATER = "scr-returns@board.example", "2010-04-06T10:00"
DAY = "2010-04-06T11:00"


def log(board: Board, *words: str, at: str = DAY) -> str:
    ended = board.run("audit", "log", *words, at=at)
    assert ended.status == 0, ended.err
    return " ".join(ended.out.split())


def strange(board: Board, document: bytes) -> None:
    raw = build.mail("s@meadowlane.example", SERVICE, "x", "Here.", [("c.docx", document)])
    board.mail(raw)
    board.once()


def test_who_is_paused_is_named_without_an_address(loaded: Board) -> None:
    loaded.run(
        *("contact", "pause", "N12", "GP", "author@meadowlane.example", "--until", "2010-04-20"),
        *("--reason", "She is away", "--yes"),
    )
    told = log(loaded, "N12")
    assert (
        "Decision 1: Author One, author for GP, was left in peace until Tuesday 20 April 2010, by"
    ) in told
    assert "author@meadowlane.example" not in told


def test_whoever_is_there_again_is_told_in_words(loaded: Board) -> None:
    named = ("N12", "GP", "author@meadowlane.example", "--reason", "She rang", "--yes")
    loaded.run("contact", "pause", *named, "--until", "2010-04-20")
    loaded.run("contact", "back", *named)
    told = log(loaded, "N12")
    assert "Decision 2: Author One, author for GP, was said to be there again, by The" in told


def test_a_letter_is_told_with_whom_it_went_to(loaded: Board) -> None:
    loaded.drop("GP", GP)
    loaded.once()
    assert "GP: an acknowledgement left to Author One, author (letter 1)." in log(loaded, "N12")


def test_an_assigned_entry_stands_in_its_case_from_when_it_came(loaded: Board) -> None:
    strange(loaded, GP)
    assert "(entry 1)" in log(loaded), "of no case until then"
    words = ("assign", 1, "--case", "N12", "--agency", "GP", "--reason", "She rang", "--yes")
    assert loaded.run(*words, at=LATER).status == 0
    told = log(loaded, "N12")
    assert "Delivery 1 was set apart (entry 1)" in told
    assert "It was taken as chronology, entry 2." in told
    assert "(entry 1)" not in log(loaded)


def test_an_extension_names_the_request_that_it_settled(loaded: Board) -> None:
    words = "Could we have until 11 June 2010 for the IMR?"
    loaded.mail(build.mail("author@meadowlane.example", SERVICE, "N12", words, []))
    loaded.once()
    asked = ("extend", "N12", "GP", "imr", "--until", "2010-06-11", "--agreed-by", "The chair")
    assert loaded.run(*asked, "--reason", "Ill", "--yes", at=LATER).status == 0
    assert "It settled what entry 1 asked." in log(loaded, "N12")
    shown = loaded.run("show", 1, at=DAY).out
    assert not ("nothing to decide" in shown and "the rest waits" in shown)


def test_what_is_of_no_case_is_told_without_one(loaded: Board) -> None:
    strange(loaded, GP)
    loaded.run("open", 1, at=LATER)
    loaded.run("outbox", "pause", at=LATER)
    loaded.run("outbox", "resume", at=LATER)
    told = log(loaded)
    for said in ("A copy of entry 1 was decrypted", "kept in.", "let letters leave again."):
        assert said in told
        assert said not in log(loaded, "N12")
