"""A letter the guard stops: listed with its case, agency and entry, and the ways on."""

from __future__ import annotations

from outbox.writing.letter_text import letter_plain_text
from tests import builders as build
from tests.board import CASE, Board
from tests.told import newest

YEAR = build.with_cell(build.make_chronology(build.STORIES["GP"]), 5, "Date", "2009")
BOTH = build.with_cell(YEAR, 6, "Child seen", "perhaps")


def named(name: str) -> str:
    """The case, with a subject called like words of our own."""
    return CASE.replace('name         = "Child N"', f'name         = "{name}"')


def flat(text: str) -> str:
    return " ".join(text.split())


def stopped_by(board: Board, name: str) -> None:
    board.load(named(name))
    board.drop("GP", YEAR)
    board.once()


def test_it_is_listed_with_its_case_its_agency_and_its_entry(loaded: Board) -> None:
    """Failure mode 90."""
    stopped_by(loaded, "This gives")
    assert not loaded.answers("author@meadowlane.example")
    listed = loaded.run("letters")
    assert listed.status == 1
    assert (
        "N12, Meadow Lane Surgery: a request for changes to their author, about entry 1, is not"
        " written: it would name a subject of a review"
    ) in listed.out
    assert "give that subject another name in the case file" in listed.out
    assert "scr-intake letters drop answer/1/1" in listed.out
    (told,) = [x for x in loaded.run("letters", "--json").json if x["state"] == "stopped"]
    assert (told["case"], told["agency"], told["entries"]) == ("N12", "GP", [1])


def test_the_digest_and_the_alert_say_whose_it_is_and_not_the_name(loaded: Board) -> None:
    stopped_by(loaded, "This gives")
    loaded.once(at="2010-04-06T09:00")
    digest = flat(letter_plain_text(loaded.sent("administrator@board.example")[-1]))
    alert = flat(letter_plain_text(loaded.sent("it@board.example")[0]))
    for words in (newest(loaded), digest, alert):
        assert "N12, Meadow Lane Surgery" in words
        assert words is digest or "about entry 1" in words
        assert "This gives" not in words
    assert "[cancel] · [details]" in digest
    assert "1 needs you" in str(loaded.sent("administrator@board.example")[-1]["Subject"])


def test_it_goes_by_itself_once_the_subject_has_another_name(loaded: Board) -> None:
    stopped_by(loaded, "This gives")
    loaded.load(CASE)
    loaded.once(at="2010-04-01T11:00")
    (answer,) = loaded.answers("author@meadowlane.example")
    assert "This gives a year" in letter_plain_text(answer)
    assert "stopped" not in loaded.run("letters").out


def test_it_is_not_written_any_more_once_a_person_said_so(loaded: Board) -> None:
    stopped_by(loaded, "This gives")
    assert loaded.run("letters", "drop", "answer/1/1").status == 0
    loaded.once(at="2010-04-01T11:00")
    assert not loaded.answers("author@meadowlane.example")
    states = [x["state"] for x in loaded.run("letters", "--json").json if x["kind"] == "rejection"]
    assert states == ["cancelled"]
    assert "No letter answer/1/1 is stopped" in loaded.run("letters", "drop", "answer/1/1").err


def test_an_advice_that_may_not_be_told_is_left_out_and_the_letter_goes(loaded: Board) -> None:
    """What has to be mended does not wait for what would be nice to know."""
    loaded.load(named("Neither Y nor"))
    loaded.drop("GP", BOTH)
    loaded.once()
    (answer,) = loaded.answers("author@meadowlane.example")
    assert "This gives a year" in letter_plain_text(answer)
    assert "Neither" not in letter_plain_text(answer)
    (receipt,) = (loaded.folder / "drop" / "GP" / "returned").glob("*.txt")
    assert "This gives a year" in receipt.read_text("utf-8")
    assert "Neither" not in receipt.read_text("utf-8")
