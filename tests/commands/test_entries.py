"""`held`, `referred` and `show`: what waits for a person, and how to settle it."""

from __future__ import annotations

import re
from datetime import date

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.handlers.test_in_words import NIL_PAPER
from tests.told import newest

TO = "scr-returns@board.example"
STATEMENT = build.make_statement(signed="Commissioner One", dated=date(2010, 3, 30))
GP = build.make_chronology(build.STORIES["GP"])


def test_what_is_held_and_what_is_referred_are_listed_apart(loaded: Board) -> None:
    loaded.drop("NHS", GP)
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    held, referred = loaded.run("held"), loaded.run("referred")
    assert "it lay in a folder whose name is not an agency" in held.out
    assert "N12, Meadow Lane Surgery: evaluation statement\n" in referred.out
    assert "The statement seems to be signed by an author of the report." in referred.out
    assert [e["verdict"] for e in loaded.run("held", "--json").json] == ["hold"]
    assert [e["kind"] for e in loaded.run("referred", "--json").json] == ["evaluation_statement"]


def test_an_entry_shows_what_was_found_and_what_can_be_done(loaded: Board) -> None:
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    text = loaded.run("show", 1).out
    assert text.startswith(
        "Entry 1: N12, Meadow Lane Surgery: evaluation statement.\nReached us at 10:00am on "
    )
    assert "  Question. Signed." in text
    assert "Its return: look at it; due Friday 28 May, first received Thursday 1 April." in text
    assert '  scr-intake accept 1 --reason "..."' in text
    assert loaded.run("show", 1, "--json").json["findings"]


def test_what_is_held_says_when_and_how_it_came_and_what_ends_it(loaded: Board) -> None:
    to = "scr-returns@board.example"
    loaded.drop("SURGERY", GP)
    loaded.mail(build.mail("x@place.example", to, "N12", "For N12.", [("c.docx", GP)]))
    loaded.once()
    for entry in loaded.run("held", "--json").json:
        text = loaded.run("show", entry["id"]).out
        assert "Reached us at 10:00am on Thursday 1 April 2010, " in text
        assert "in the drop folder." in text or "by mail from somebody at place.example." in text
        ends = text.partition("each but the first settles it:")[2].split("\n")
        assert [line.strip().partition(" --")[0] for line in ends if line.strip()] == [
            "To read it:",
            f"scr-intake open {entry['id']}",
            "To put it away:",
            f"scr-intake reject {entry['id']}",
            "To say whose it is:",
            f"scr-intake assign {entry['id']}",
        ]


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
    digest = loaded.run("digest", "--preview", "--all", at="2010-04-06T09:00").out
    assert "scr-intake show 1\n" in digest.replace("\r", "")


def test_the_digest_says_why_each_waits_and_its_author_is_told_only_what_is_theirs(
    loaded: Board,
) -> None:
    loaded.drop("GP", build.make_statement(signed="Author One", dated=date(2010, 3, 30)))
    loaded.once()
    loaded.once(at="2010-04-06T09:00")
    why = "The statement seems to be signed by an author of the report."
    assert why in newest(loaded)
    assert why not in " ".join(
        letter_plain_text(loaded.sent("author@meadowlane.example")[-1]).split()
    )


def test_a_version_is_compared_with_the_one_before_it_by_what_it_says(loaded: Board) -> None:
    """Issue 6: on content, not bytes."""
    mended = build.with_cell(GP, 14, "Event", "Seen again in surgery.")
    versions = (GP, build.swap_rows(GP, 3, 9), mended)
    for day, version in zip((1, 6, 7), versions, strict=True):
        loaded.drop("GP", version)
        loaded.once(at=f"2010-04-{day:02}T10:00")
    first, second, third = (loaded.run("show", number).out for number in (1, 2, 3))
    assert "against entry" not in first
    assert "Its entries, against entry 1: identical to 1 April.\n" in second
    assert "Its entries, against entry 2: 1 entry added, 1 removed since 6 April.\n" in third


def test_a_form_that_came_again_is_the_same_or_changed(loaded: Board) -> None:
    for day in (1, 6):
        loaded.drop("GP", build.make_statement(dated=date(2010, 3, day)), "statement.docx")
        loaded.once(at=f"2010-04-{day:02}T10:00")
    assert "Its text, against entry 1: changed since 1 April.\n" in loaded.run("show", 2).out


def test_what_a_mail_says_besides_is_told_and_what_it_may_take_back_is_doubted(
    loaded: Board,
) -> None:
    """Whoever decides is told its words, and its sender none of them."""
    for hour, body, papers in (
        (10, "Attached.", [("n.docx", NIL_PAPER)]),
        (
            11,
            "I withdraw our nil return. Our clinic has moved to another street.\n\nAuthor One",
            [],
        ),
        (
            12,
            "Attached. Our clinic has moved to another street.\n\nAuthor One",
            [("s.docx", STATEMENT)],
        ),
    ):
        loaded.mail(build.mail("author@meadowlane.example", TO, "N12", body, papers))
        loaded.once(at=f"2010-04-01T{hour}:00")
    assert "Doubted: entry 2, a message of the same agency, may take it back." in shown(loaded, 1)
    assert "none held, in doubt" in loaded.run("case", "show", "N12").out
    answered = " ".join(letter_plain_text(loaded.sent("author@meadowlane.example")[1]).split())
    assert "received; a person will read it" in answered
    loaded.once(at="2010-04-06T09:00")
    digest = newest(loaded)
    assert "a message that may take back what was accepted" in digest
    take_back = "It may take back the nil return, entry 1. To do so: scr-intake reject 1 "
    assert take_back in digest
    said = 'the e-mail with the evaluation statement (entry 3) says "Attached. Our clinic has moved'
    assert said in digest
    assert "clinic" not in answered
    opened = loaded.run("open", 3).out
    assert "The message it came in is beside it:" in opened


def shown(board: Board, entry: int) -> str:
    return str(board.run("show", entry).out)


def test_only_what_a_message_may_take_back_is_in_doubt(loaded: Board) -> None:
    loaded.drop("GP", build.make_chronology(build.STORIES["GP"]), "chronology.docx")
    loaded.drop("GP", STATEMENT, "statement.docx")
    loaded.once(at="2010-04-01T09:00")
    words = "We withdraw the chronology, it has the wrong patient in row 3. A new one follows."
    loaded.mail(build.mail("author@meadowlane.example", TO, "N12", words, []))
    loaded.once(at="2010-04-01T10:00")
    (surgery,) = re.findall(r"Meadow Lane Surgery.*", loaded.run("case", "show", "N12").out)
    states = re.split(r" {2,}", surgery.strip())
    assert states[1] == "accepted, in doubt" and "accepted" in states[2:]
