"""`held`, `referred` and `show`: what waits for a person, and how to settle it."""

from __future__ import annotations

from datetime import date

from outbox.wording import text_of
from tests import builders as build
from tests.board import Board

GP = build.chronology(build.STORIES["GP"])


def test_what_is_held_and_what_is_referred_are_listed_apart(loaded: Board) -> None:
    loaded.drop("NHS", GP)
    loaded.drop("GP", build.evaluation_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    held, referred = loaded.run("held"), loaded.run("referred")
    assert "it lay in a folder whose name is not an agency" in held.out
    assert referred.out.endswith("N12, Meadow Lane Surgery: evaluation statement\n")
    assert [e["verdict"] for e in loaded.run("held", "--json").json] == ["hold"]
    assert [e["kind"] for e in loaded.run("referred", "--json").json] == ["evaluation_statement"]


def test_an_entry_shows_what_was_found_and_what_can_be_done(loaded: Board) -> None:
    loaded.drop("GP", build.evaluation_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    text = loaded.run("show", 1).out
    assert text.startswith(
        "Entry 1: N12, Meadow Lane Surgery: evaluation statement.\nReached us at 10:00am on "
    )
    assert "  Question. Signed." in text
    assert "Its return: look at it; due Friday 28 May, first received Thursday 1 April." in text
    assert '  scr-intake accept 1 --reason "..."' in text
    assert loaded.run("show", 1, "--json").json["findings"]


def test_a_sender_is_told_by_name_and_role(loaded: Board) -> None:
    to = "scr-returns@board.example"
    raw = build.mail("author@meadowlane.example", to, "N12", "Here it is.", [("c.docx", GP)])
    loaded.mail(raw)
    loaded.once()
    assert "by mail from Author One, author." in loaded.run("show", 1).out


def test_the_digest_ends_each_line_with_the_command_that_settles_it(loaded: Board) -> None:
    loaded.drop("NHS", GP)
    loaded.once()
    loaded.once(at="2010-04-06T09:00")
    digest = text_of(loaded.sent("administrator@board.example")[-1])
    assert "scr-intake show 1\n" in digest.replace("\r", "")
