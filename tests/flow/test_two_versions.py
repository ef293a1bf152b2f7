"""One message brings two versions of one return."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import Board
from tests.builders_raw import attached, mixed
from tests.flow.arriving import AT, arriving

ROWS = build.STORIES["GP"]
LONG, SHORT = build.make_chronology(ROWS), build.make_chronology(ROWS[:-1])
WORDS = "Dear Administrator,\r\nour chronology.\r\nAuthor One\r\n"


def test_author_and_administrator_are_asked_which_is_meant(tmp_path: Path) -> None:
    came = arriving(tmp_path, mixed(WORDS, attached("1.docx", LONG), attached("2.docx", SHORT)))
    assert [entry[:2] for entry in came.entries] == [("chronology", "refer")] * 2
    assert "action needed" in came.subject
    assert "Two different versions of the chronology came together." in came.text
    assert f"{len(ROWS)} and {len(ROWS) - 1} entries" in came.text
    assert "Reply and tell us which of them is meant to count." in came.text
    shown = came.board.run("referred", at=AT).out
    assert "Two different versions of the chronology came together." in shown


def test_the_same_document_twice_is_one(tmp_path: Path) -> None:
    came = arriving(tmp_path, mixed(WORDS, attached("1.docx", LONG), attached("2.docx", LONG)))
    assert [entry[:2] for entry in came.entries] == [("chronology", "accept")]


def test_a_zip_with_two_versions_is_asked_about_too(tmp_path: Path) -> None:
    packed = build.zipped([("a.docx", LONG), ("b.docx", SHORT)])
    came = arriving(tmp_path, mixed(WORDS, attached("all.zip", packed)))
    assert [entry[:2] for entry in came.entries] == [("chronology", "refer")] * 2


def digest(board: Board, at: str) -> str:
    board.once(at=at)
    return " ".join(board.run("digest", "--preview", "--all", at=at).out.split())


def test_no_version_is_said_to_count_before_it_is_known_which(tmp_path: Path) -> None:
    """Each document bore "We hold version 2"."""
    came = arriving(tmp_path, mixed(WORDS, attached("1.docx", LONG), attached("2.docx", SHORT)))
    says = "We hold 2 versions of your chronology that came together; none counts until"
    assert came.text.count(says) == 2
    assert "We hold version" not in came.text


def test_an_accepted_version_still_counts_beside_them(loaded: Board) -> None:
    loaded.drop("GP", build.make_chronology(ROWS[:-2]))
    loaded.once(at="2010-04-01T10:00")
    loaded.drop("GP", build.zipped([("a.docx", LONG), ("b.docx", SHORT)]), "all.zip")
    loaded.once(at="2010-04-02T10:00")
    text = " ".join(letter_plain_text(loaded.sent("author@meadowlane.example")[-1]).split())
    stays = "We hold version 1 of your chronology, received 1 April; that version stays with us"
    assert text.count(stays) == 2


def test_they_are_one_item_of_the_digest_with_the_way_to_each(loaded: Board) -> None:
    loaded.drop("GP", build.zipped([("a.docx", LONG), ("b.docx", SHORT)]), "all.zip")
    loaded.once(at="2010-04-06T10:00")
    told = digest(loaded, "2010-04-07T09:00")
    one = "Meadow Lane Surgery: chronology, in 2 versions that came together; waits for you to look"
    assert told.count(one) == told.count("Two different versions of the chronology") == 1
    assert "scr-intake show 1" in told
    assert "To see the next: scr-intake show 2" in told
    loaded.run("accept", 1, "--reason", "meant", "--yes", at="2010-04-07T10:00")
    assert "in 2 versions" not in digest(loaded, "2010-04-08T09:00")
    assert loaded.run("referred", at="2010-04-08T10:00").out == "Nothing waits here.\n"


WITHOUT_SOURCE = replace(ROWS[0], source="")
BAD = build.make_chronology([WITHOUT_SOURCE, *ROWS[1:]])


def answers_to(board: Board) -> list[str]:
    return [
        " ".join(f"{x['Subject']} {letter_plain_text(x)}".split())
        for x in board.answers("author@meadowlane.example")
    ]


def send(board: Board, document: bytes, words: str = "N12") -> None:
    board.mail(mixed(f"Dear Administrator,\r\n{words}\r\n", attached("1.docx", document)))


def test_what_a_later_message_of_the_same_round_mends_needs_nothing(loaded: Board) -> None:
    """The author was told to mend the first, as if it were the newer."""
    send(loaded, BAD, "our chronology")
    send(loaded, LONG, "sorry, this one")
    loaded.once(at=AT)
    (said,) = answers_to(loaded)
    assert "action needed" not in said.replace("no action needed", "")
    assert "Document 1 of 2, Chronology: replaced by the version that came after it" in said
    assert "Document 2 of 2, Chronology: accepted, thank you We hold version 2" in said
    assert "newer" not in said


def test_of_two_that_need_changes_only_the_later_is_to_be_mended(loaded: Board) -> None:
    send(loaded, BAD, "our chronology")
    send(loaded, build.make_chronology([WITHOUT_SOURCE]), "sorry, this one")
    loaded.once(at=AT)
    (said,) = answers_to(loaded)
    assert "Please make the change below" in said
    assert said.count("Source of Information") == 1


def test_a_faulty_version_after_a_good_one_is_still_told(loaded: Board) -> None:
    """The counter-example: it is the newer, and the accepted one stays."""
    send(loaded, LONG, "our chronology")
    send(loaded, BAD, "a newer one")
    loaded.once(at=AT)
    first, second = answers_to(loaded)
    assert "accepted, thank you" in first
    assert "your newer chronology needs changes if it is to count" in second


def test_a_version_that_was_replaced_by_somebody_elses_is_told_so(loaded: Board) -> None:
    send(loaded, BAD, "our chronology")
    loaded.drop("GP", LONG)
    loaded.once(at=AT)
    told = answers_to(loaded)
    assert any("replaced by a later version, no action needed now - chronology" in x for x in told)
